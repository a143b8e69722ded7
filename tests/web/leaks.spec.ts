// What comes and goes leaves nothing behind: memory of the core, listeners, workers. In full with LEAKS=whole: a thousand mounts,
// a hundred thousand edits over three tabs.
import type { CDPSession, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { Planner } from "./planner.ts";

const whole = process.env["LEAKS"] === "whole";
type Element = HTMLElement & { run(command: unknown): void; undo(): unknown; plan: { items: { id: string }[] } };

/** The core's memory in bytes, as its instance was made. */
const spy = (page: Page) => page.addInitScript(() => {
  const Instance = WebAssembly.Instance;
  WebAssembly.Instance = class {
    constructor(...given: [WebAssembly.Module, WebAssembly.Imports]) {
      const instance = new Instance(...given);
      (window as unknown as { memory: WebAssembly.Memory }).memory = instance.exports["memory"] as WebAssembly.Memory;
      return instance;
    }
  } as unknown as typeof WebAssembly.Instance;
});
const memory = (page: Page) => page.evaluate(() => (window as unknown as { memory: WebAssembly.Memory }).memory.buffer.byteLength);
const counts = async (client: CDPSession) => {
  for (let k = 0; k < 3; k++) await client.send("HeapProfiler.collectGarbage");
  const { metrics } = await client.send("Performance.getMetrics");
  const of = (name: string) => metrics.find((one) => one.name === name)!.value;
  return { listeners: of("JSEventListeners"), nodes: of("Nodes"), heap: of("JSHeapUsedSize") };
};
/** By how much the second half of a series grew, as a share of what there was in the middle. */
const growth = (middle: number, end: number): number => (end - middle) / middle;

test("planners that come and go leave neither memory nor listeners behind", async ({ page, site }) => {
  const mounts = whole ? 1000 : 100;
  test.setTimeout(whole ? 1_800_000 : 90_000);
  await spy(page);
  await page.goto(site.url("/pages/planner.html"));
  await new Planner(page).ready();
  const client = await page.context().newCDPSession(page);
  await client.send("Performance.enable");
  const cycle = (times: number) => page.evaluate(async (times) => {
    for (let k = 0; k < times; k++) {
      const element = document.createElement("landfall-planner");
      element.setAttribute("today", "2026-11-23");
      element.setAttribute("storage", k % 2 ? "none" : "local");
      const ready = new Promise((done) => element.addEventListener("landfall-ready", done, { once: true }));
      localStorage.clear();
      document.body.append(element);
      await ready;
      (element as unknown as Element).run({ type: "renamePlan", name: `Mount ${k}` });
      element.remove();
      await new Promise((done) => setTimeout(done));
    }
  }, times);
  await cycle(mounts / 2);
  const [middle, bytes] = [await counts(client), await memory(page)];
  await cycle(mounts / 2);
  const [end, last] = [await counts(client), await memory(page)];
  console.log(`${mounts} mounts: memory ${bytes >> 10} KiB, then ${last >> 10} KiB; listeners ${middle.listeners}, then ${end.listeners}; nodes ${middle.nodes}, then ${end.nodes}; heap ${middle.heap >> 10} KiB, then ${end.heap >> 10} KiB`);
  expect(growth(bytes, last)).toBeLessThanOrEqual(0.05);
  expect(growth(middle.listeners, end.listeners)).toBeLessThanOrEqual(0.05);
  expect(growth(middle.nodes, end.nodes)).toBeLessThanOrEqual(0.05);
});

test("edits over tabs level off", async ({ context, page, site }) => {
  const edits = whole ? 100_000 : 1_200;
  test.setTimeout(whole ? 3_600_000 : 90_000);
  const pages = [page, await context.newPage(), await context.newPage()];
  const clients: CDPSession[] = [];
  for (const one of pages) {
    await spy(one);
    await one.goto(site.url("/pages/planner.html"));
    await new Planner(one).ready();
    const client = await context.newCDPSession(one);
    await client.send("Performance.enable");
    clients.push(client);
  }
  // The draws of a simple generator: the same edits each time.
  const batch = (one: Page, seed: number, count: number) => one.evaluate(async ([seed, count]) => {
    const element = document.querySelector("landfall-planner") as unknown as Element;
    let state = seed!;
    const draw = (below: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    // Each thirtieth time a plan that is forecast, which takes ten times as long as the edit.
    const calendar = { sprintDays: 14, sprintStart: "2026-11-16" };
    const sprints = seed! % 3000 === 1 ? { "2026-10-19": { finished: 9 }, "2026-11-02": { finished: 12 } } : {};
    const twenty = Array.from({ length: 20 }, (_, k) => ({ id: `S-${k}`, title: `Start ${k}`, size: 3 }));
    element.run({ type: "replacePlan", document: { format: "landfall", version: 1, name: "Leaks", calendar, history: { sprints }, items: twenty } });
    let items: { id: string }[] = [];
    for (let k = 0; k < count!; k++) {
      if (k % 20 === 0) ({ items } = element.plan);
      const id = items[draw(items.length)]?.id;
      const which = draw(10);
      try {
        if (id === undefined || (which < 2 && items.length < 40)) element.run({ type: "addItem", item: { title: `Item ${k}`, size: 1 + draw(8) } });
        else if (which < 2) element.run({ type: "removeItem", id });
        else if (which < 5) element.run({ type: "editItem", id, patch: { title: `Title ${draw(1000)}` } });
        else if (which < 7) element.run({ type: "moveItem", id, before: items[draw(items.length)]!.id });
        else if (which < 9) element.run({ type: "renamePlan", name: `Plan ${draw(1000)}` });
        else element.undo();
      } catch {
        // What another tab has removed cannot be edited.
      }
      if (k % 25 === 24) await new Promise((done) => setTimeout(done));
    }
  }, [seed, count] as const);
  const size = 100;
  const go = async (count: number, from: number) => {
    for (let done = 0; done < count; done += size) await batch(pages[(done / size) % 3]!, from + done, size);
  };
  const look = () => Promise.all(pages.map(async (one, k) => ({ bytes: await memory(one), ...(await counts(clients[k]!)) })));
  await go(edits / 2, 1);
  const middle = await look();
  await go(edits / 2, edits);
  const end = await look();
  for (const [k, one] of end.entries()) {
    const before = middle[k]!;
    console.log(`${edits} edits, tab ${k + 1}: memory ${before.bytes >> 10} KiB, then ${one.bytes >> 10} KiB; listeners ${before.listeners}, then ${one.listeners}; heap ${before.heap >> 10} KiB, then ${one.heap >> 10} KiB`);
    expect(growth(before.bytes, one.bytes)).toBeLessThanOrEqual(0.05);
    expect(growth(before.listeners, one.listeners)).toBeLessThanOrEqual(0.05);
  }
});
