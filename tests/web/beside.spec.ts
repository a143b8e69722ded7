// Forecasts that take seconds: beside the page, which goes on, and shows the dates from before meanwhile.
import type { Page } from "@playwright/test";
import { accessible } from "./axe.ts";
import { jiraExport } from "../bench/export.mjs";
import { expect, onDisk, strictPolicy, test } from "./fixtures.ts";
import { Planner, today } from "./planner.ts";

type Element = HTMLElement & { run(command: unknown): void; planner: { rows(query: object): { rows: { id: string; lands?: { p85: string | null } }[] } } };

// Several of them at once would measure the machine.
test.describe.configure({ mode: "default", timeout: 120_000 });

/** A plan of so many items, all to be done. */
function long(items: number) {
  const day = (k: number): string => new Date(Date.UTC(2026, 5, 8 + 14 * k)).toISOString().slice(0, 10);
  return {
    format: "landfall", version: 1, name: "Long plan", unit: "points", calendar: { sprintDays: 14, sprintStart: "2026-11-09" },
    objectives: [{ id: "one", name: "First objective", due: "2028-06-01" }],
    items: Array.from({ length: items }, (_, k) => ({
      id: `L-${k + 1}`, title: `Item ${k + 1}`, type: "story", status: "todo", ...(k % 5 ? { size: k % 7 ? (k % 8) + 1 : { low: 1, high: 5 } } : {}), ...(k % 3 ? {} : { objective: "one" }),
    })),
    history: { sprints: Object.fromEntries(Array.from({ length: 12 }, (_, k) => [day(k), { finished: (items / 12) * (1 + (k % 5) / 6) }])) },
  };
}

const run = (planner: Planner, command: object): Promise<void> => planner.root.evaluate((element, command) => (element as Element).run(command), command);
const open = async (planner: Planner, items = 10_000): Promise<void> => run(planner, { type: "replacePlan", document: long(items) });
const progress = (planner: Planner) => planner.root.getByRole("progressbar", { name: "Forecast" });
const done = (planner: Planner): Promise<void> => expect(progress(planner)).toHaveCount(0, { timeout: 100_000 });
const toTheTop = { type: "moveItem", id: "L-9000", before: "L-2" };

/** The dates that the core gives when it simulates here and now. */
const dates = (planner: Planner, count = 40): Promise<(string | null | undefined)[]> =>
  planner.root.evaluate((element, query) => (element as Element).planner.rows(query).rows.map((row) => row.lands?.p85), { today, count });

/** From now on, the longest time in which the page did not draw, in milliseconds. */
const watch = (page: Page): Promise<void> => page.evaluate(() => {
  const heart = window as unknown as { longest: number };
  let before = performance.now();
  heart.longest = 0;
  const beat = (now: number): void => {
    heart.longest = Math.max(heart.longest, now - before);
    before = now;
    requestAnimationFrame(beat);
  };
  requestAnimationFrame((now) => { before = now; beat(now); });
});
const longest = (page: Page): Promise<number> => page.evaluate(() => Math.round((window as unknown as { longest: number }).longest));

test("ten thousand items are forecast while the page goes on, from disk", async ({ page }) => {
  await page.goto(`${onDisk}?today=${today}`);
  const planner = await new Planner(page).ready();
  await open(planner);

  // The list is there before the dates are.
  await expect(planner.rows.first()).toBeVisible();
  await expect(progress(planner)).toBeVisible();
  await expect(planner.root.getByRole("grid")).toHaveAttribute("aria-busy", "true");
  await expect(planner.headline).toContainText("not forecast yet");
  await expect(planner.rows.first().locator(".date")).toHaveText("—");
  await done(planner);
  await expect(planner.headline).toContainText(/85\s%\s*sure that all 10,000 items land by/);
  // The worker has done it, and is kept for the next change.
  expect(page.workers()).toHaveLength(1);
  await expect(planner.root.getByRole("grid")).toHaveAttribute("aria-busy", "false");
  const before = await planner.date("Item 2");

  // A change: the new order at once, with the dates from before.
  await watch(page);
  const seen = await planner.root.evaluate(async (element, command) => {
    const shadow = element.shadowRoot!;
    const until = async <T>(find: () => T | null | undefined): Promise<T> => {
      for (;;) {
        const found = find();
        if (found) return found;
        await new Promise(requestAnimationFrame);
      }
    };
    (element as Element).run(command);
    const progress = () => shadow.querySelector("[role=progressbar]");
    await until(progress);
    const rows = [...shadow.querySelector("landfall-plan")!.shadowRoot!.querySelector("landfall-list")!.shadowRoot!.querySelectorAll(".row")].slice(0, 3)
      .map((row) => [row.querySelector(".name")!.textContent, row.querySelector(".date")!.textContent!.trim()]);
    // What is clicked is answered while the forecast goes on.
    const began = performance.now();
    shadow.querySelector<HTMLElement>("#tab-forecast")!.click();
    await until(() => shadow.querySelector("landfall-forecast")?.shadowRoot?.querySelector("h2"));
    return { rows, answered: Math.round(performance.now() - began), progress: progress()?.getAttribute("aria-valuenow") };
  }, toTheTop);
  expect(seen.rows[1]![0]).toBe("Item 9000");
  expect(seen.rows[2]).toEqual(["Item 2", before]);
  const far = seen.rows[1]![1]!;
  console.log(`a click was answered in ${seen.answered} ms, at ${seen.progress} %`);
  expect(Number(seen.progress ?? 100)).toBeLessThan(100);
  await done(planner);
  await planner.root.getByRole("tab", { name: "Plan" }).click();
  const held = await longest(page);
  console.log(`the page was held up for at most ${held} ms`);
  expect(held).toBeLessThan(1000);
  expect(await planner.date("Item 9000")).not.toBe(far);
});

test("a forecast can be cancelled: the dates from before stay and say so, and undo needs none", async ({ page, site }) => {
  await page.goto(site.url(`/pages/whole.html?today=${today}`));
  const planner = await new Planner(page).ready();
  await open(planner);
  await done(planner);
  const headline = await planner.headline.innerText();
  await run(planner, toTheTop);
  await planner.button("Cancel").click();
  await done(planner);
  const notice = planner.root.locator(".notices").filter({ hasText: "the dates are from before the last change" });
  await expect(notice).toBeVisible();
  await expect(planner.headline).toHaveText(headline);
  await expect(planner.rows.nth(1).locator(".name")).toHaveText("Item 9000");
  await expect(planner.root.getByRole("columnheader", { name: "85 % by" })).toContainText("before");
  await expect(planner.root.getByRole("grid")).toHaveAttribute("aria-busy", "false");
  await accessible(page, "cancelled");

  // What was forecast before is still known.
  await planner.button(/^Undo/).first().click();
  await expect(planner.root.getByRole("columnheader", { name: "85 % by" })).not.toContainText("before");
  await expect(notice).toHaveCount(0);
  await expect(progress(planner)).toHaveCount(0);

  await planner.button(/^Redo/).click();
  await planner.button("Cancel").click();
  await notice.getByRole("button", { name: "Forecast now" }).click();
  await expect(progress(planner)).toBeVisible();
  // A title changes no date: the forecast goes on.
  await expect.poll(async () => Number(await progress(planner).getAttribute("aria-valuenow"))).toBeGreaterThan(5);
  await run(planner, { type: "editItem", id: "L-1", patch: { title: "Another title" } });
  expect(Number(await progress(planner).getAttribute("aria-valuenow"))).toBeGreaterThan(5);
  await done(planner);
  await expect(notice).toHaveCount(0);
});

test("a row dragged through a long plan says what it would cost as soon as that is known", async ({ page, site }) => {
  await page.goto(site.url(`/pages/whole.html?today=${today}`));
  const planner = await new Planner(page).ready();
  await open(planner, 6000);
  await done(planner);
  const [from, to] = [(await planner.row("Item 9").boundingBox())!, (await planner.row("Item 2").boundingBox())!];
  await page.mouse.move(from.x + 300, from.y + 15);
  await page.mouse.down();
  await page.mouse.move(from.x + 300, to.y + 12, { steps: 8 });
  await expect(planner.root.locator("landfall-plan .sentence")).toContainText("Item 9: ");
  await page.mouse.up();
  await expect(planner.rows.nth(1).locator(".name")).toHaveText("Item 9");
  await expect(planner.toast).toContainText("Item 9");
  await done(planner);
  await expect(planner.toast).toContainText(/Item 9: (still|\d)/);
});

const refusals: [name: string, path: string, csp: string | undefined, stub: boolean][] = [
  ["a policy refuses it", "/pages/planner.html", `${strictPolicy}; worker-src 'none'`, false],
  ["the page cannot make one", "/pages/planner.html", undefined, true],
];
for (const [name, path, csp, stub] of refusals) {
  test(`without a worker, because ${name}, the same dates come in slices`, async ({ page, site, mayComplain }) => {
    mayComplain(/content security policy|worker/i);
    if (stub) await page.addInitScript(() => {
      if (location.pathname === "/pages/planner.html") window.Worker = class { constructor() { throw new Error("no workers here"); } } as unknown as typeof Worker;
    });
    await page.goto(site.url(path, csp === undefined ? {} : { csp }));
    const planner = await new Planner(page).ready();
    await open(planner);
    await expect(progress(planner)).toBeVisible();
    await watch(page);
    await planner.root.getByRole("tab", { name: "Forecast" }).click();
    await expect(planner.root.locator("landfall-forecast h2").first()).toBeVisible();
    await expect(progress(planner)).toBeVisible();
    await planner.root.getByRole("tab", { name: "Plan" }).click();
    await done(planner);
    console.log(`in slices the page was held up for at most ${await longest(page)} ms`);
    const shown = await dates(planner);

    // The same plan in a worker.
    await page.goto(site.url("/pages/whole.html?today=" + today));
    await planner.ready();
    await open(planner);
    await expect(progress(planner)).toBeVisible();
    expect(page.workers()).toHaveLength(1);
    await done(planner);
    expect(shown).toEqual(await dates(planner));
    expect(shown).not.toContain(undefined);
  });
}

test("a policy that allows workers from blobs alone gets one", async ({ page, site, mayComplain }) => {
  // The page's own script is tried first.
  mayComplain(/content security policy|worker/i);
  await page.goto(site.url("/pages/planner.html", { csp: `${strictPolicy}; worker-src blob:` }));
  const planner = await new Planner(page).ready();
  await open(planner, 4000);
  await expect(progress(planner)).toBeVisible();
  expect(page.workers()).toHaveLength(1);
  await done(planner);
});

test("in a sandboxed frame a long plan is forecast beside the page too", async ({ page, site }) => {
  await page.goto(site.url("/pages/sandboxed.html"));
  const planner = await new Planner(page, page.frameLocator("iframe")).ready();
  await open(planner, 4000);
  await expect(progress(planner)).toBeVisible();
  await done(planner);
  await expect(planner.headline).toContainText(/85\s%\s*sure/);
  expect(page.workers()).toHaveLength(1);
});

test("a plan of usual size never sees a worker", async ({ page, site }) => {
  await page.goto(site.url(`/pages/whole.html?today=${today}`));
  const planner = await new Planner(page).ready();
  await run(planner, { type: "renamePlan", name: "Renamed" });
  await planner.rows.nth(4).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await page.keyboard.press("2");
  await expect(planner.root.locator("landfall-assumptions .effect").nth(1)).toHaveText(/85 %/);
  expect(page.workers()).toHaveLength(0);
});

test("the worker ends with the last planner of the page", async ({ page, site }) => {
  await page.goto(site.url("/pages/planner.html"));
  const planner = await new Planner(page).ready();
  await open(planner, 4000);
  await expect(progress(planner)).toBeVisible();
  expect(page.workers()).toHaveLength(1);
  await planner.root.evaluate((element) => element.remove());
  await expect.poll(() => page.workers().length).toBe(0);
});

test("a hundred thousand rows are read and taken in while the page goes on, and can be given up half-way", async ({ page, site }) => {
  test.slow();
  await page.goto(site.url(`/dist/landfall.html?today=${today}`));
  const planner = await new Planner(page).ready();
  const file = { name: "export.csv", mimeType: "text/csv", buffer: Buffer.from(jiraExport(100_000, 5_000)) };
  const plan = (): Promise<string> => planner.root.evaluate((element) => JSON.stringify((element as unknown as { planner: { toJSON(): unknown } }).planner.toJSON()));
  const before = await plan();
  const bar = planner.dialog.getByRole("progressbar", { name: /^Reading export\.csv/ });
  // What the page does meanwhile: it draws, and hears of progress.
  await page.evaluate(() => {
    const seen = { frames: 0, shares: new Set<number>(), longest: 0 };
    (window as unknown as { seen: typeof seen }).seen = seen;
    new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => { seen.longest = Math.max(seen.longest, Math.round(duration)); })).observe({ type: "longtask" });
    const beat = (): void => {
      const bar = document.querySelector("landfall-planner")!.shadowRoot!.querySelector("landfall-import")!.shadowRoot!.querySelector("progress");
      if (bar) { seen.frames++; seen.shares.add(bar.value); }
      requestAnimationFrame(beat);
    };
    requestAnimationFrame(beat);
  });
  const seen = () => page.evaluate(() => {
    const { frames, shares, longest } = (window as unknown as { seen: { frames: number; shares: Set<number>; longest: number } }).seen;
    return { frames, shares: shares.size, longest };
  });

  // Given up half-way: nothing has changed, and the dialog is ready for another file.
  await planner.button("Import").click();
  await planner.dialog.locator("input[type=file]").setInputFiles(file);
  await expect.poll(async () => Number(await bar.evaluate((one: HTMLProgressElement) => one.value)), { intervals: [50], timeout: 60_000 }).toBeGreaterThan(0.3);
  await planner.dialog.getByRole("button", { name: "Cancel" }).press("Escape");
  await expect(planner.dialog).toBeHidden();
  expect(await plan()).toBe(before);

  const began = Date.now();
  await planner.button("Import").click();
  await planner.dialog.locator("input[type=file]").setInputFiles(file);
  await expect(bar).toBeVisible();
  // What it took to hand the file over is the test's own.
  await page.evaluate(() => { (window as unknown as { seen: { longest: number } }).seen.longest = 0; });
  const take = planner.dialog.getByRole("button", { name: "Import 100,000 items" });
  await expect(take).toBeVisible({ timeout: 100_000 });
  const read = Date.now() - began;
  const { frames, shares } = await seen();
  expect(frames).toBeGreaterThan(20);
  expect(shares).toBeGreaterThan(10);
  expect(await plan()).toBe(before);
  await take.click();
  await expect(planner.dialog).toBeHidden({ timeout: 60_000 });
  await expect(planner.headline).toContainText("4,800 items");
  await expect(planner.rows.first()).toBeVisible();
  console.log(`100,000 rows were read in ${read} ms, and shown ${Date.now() - began - read} ms after that; the page drew ${frames} times; its longest task took ${(await seen()).longest} ms`);
  // No browser keeps so much; one undo takes it back, and that is kept again.
  await done(planner);
  await expect(planner.root.locator(".state")).toContainText("Not saved: the plan is too long for this browser's storage");
  await planner.button(/^Undo import 100000 items$/).first().click();
  await expect(planner.headline).not.toContainText("4,800 items");
  expect(await plan()).toBe(before);
  await expect(planner.root.locator(".state")).toHaveText("Saved in this browser");
});
