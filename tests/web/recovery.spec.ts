// The core dies, and the page goes on. A trap is a real one: an export of the core is made to run into `unreachable`.
import { type Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { Planner } from "./planner.ts";

type Element = HTMLElement & { run(command: unknown): void; undo(): unknown; redo(): unknown; plan: { name: string; items: { id: string; title: string }[] }; planner: Record<string, (...given: unknown[]) => unknown> };
type Window_ = Window & { later(): void; trap(name: string | undefined, times?: number): void; sprung: number };

/** Lets exports of every instance be armed: `trap(name)` makes the next call of it trap, `trap("name!")` when it has done its work. */
const arm = (page: Page): Promise<unknown> => page.addInitScript(() => {
  const Instance = WebAssembly.Instance;
  // (module (func (export "f") unreachable))
  const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11]);
  const { f } = new Instance(new WebAssembly.Module(bytes)).exports as { f(): void };
  let armed: string | undefined;
  let left = 0;
  const it = window as unknown as Window_;
  it.sprung = 0;
  const { now } = performance;
  let ahead = 0;
  performance.now = () => now.call(performance) + ahead;
  it.later = () => { ahead += 11_000; };
  it.trap = (name, times = 1) => { [armed, left] = [name, times]; };
  WebAssembly.Instance = class {
    constructor(module: WebAssembly.Module, imports: WebAssembly.Imports) {
      const { exports } = new Instance(module, imports);
      const wrapped = Object.fromEntries(Object.entries(exports).map(([name, value]) => [name, typeof value !== "function" ? value : (...given: unknown[]) => {
        if (armed?.split("|").includes(name) && left > 0) {
          left--;
          it.sprung++;
          f();
        }
        const answer: unknown = value(...given);
        if (armed === `${name}!` && left-- > 0) f();
        return answer;
      }]));
      return { exports: wrapped };
    }
  } as unknown as typeof WebAssembly.Instance;
});

const places = {
  apply: "planner_apply", undo: "planner_undo", redo: "planner_redo", rows: "planner_rows", summary: "planner_summary", item: "planner_item",
  forecast: "planner_forecast", import: "planner_import", export: "planner_export", compare: "planner_compare", report: "planner_report", simulate: "trials_advance",
  store: "journal_keep",
};

test("a trap at thirteen places and three moments: the plan is there again within a second, with every change", async ({ page, site }) => {
  test.setTimeout(150_000);
  await arm(page);
  let longest = 0;
  for (const moment of ["first", "after 20 edits", "nothing stored"]) {
    await page.goto(site.url(moment === "nothing stored" ? "/pages/hosted.html" : "/pages/planner.html"));
    const planner = await new Planner(page).ready();
    for (const [place, name] of Object.entries(places)) {
      // Where nothing is stored the core has no store to die in.
      if (moment === "nothing stored" && place === "store") continue;
      if (moment === "first") {
        await planner.root.evaluate((node) => {
          localStorage.clear();
          node.replaceWith(node.cloneNode());
        });
        await planner.ready();
      }
      const { took, sprung, before, after, wrong } = await planner.root.evaluate(async (node, [place, name, moment]) => {
        const element = node as Element;
        const it = window as unknown as Window_;
        for (let k = moment === "first" ? 20 : place === "apply" ? 0 : 19; k < 20; k++) element.run({ type: "addItem", item: { title: `${place} ${k}` } });
        if (place === "compare") element.run({ type: "assume", scenario: "S", command: { type: "moveItem", id: element.plan.items[1]!.id, before: element.plan.items[0]!.id } });
        if (place === "redo") {
          element.run({ type: "renamePlan", name: "To be undone" });
          element.undo();
        }
        element.planner["whenMissing"]!("simulate");
        const before = JSON.stringify(element.plan);
        const [sprung, began] = [it.sprung, performance.now()];
        it.trap(name!);
        let wrong = "";
        try {
          const { planner } = element;
          const day = { today: "2026-11-23" };
          if (place === "apply") element.run({ type: "renamePlan", name: "Deadly" });
          else if (place === "undo") element.undo();
          else if (place === "redo") element.redo();
          else if (place === "item") planner["item"]!(element.plan.items[0]!.id, day);
          else if (place === "import") planner["import"]!("Title\nOne\n", { ...day, preview: true });
          else if (place === "export") planner["export"]!("markdown", { ...day, report: "update" });
          else if (place === "compare") planner["compare"]!("S", day);
          else if (place === "store") element.run({ type: "renamePlan", name: `Kept ${moment}` });
          else if (place === "simulate") element.run({ type: "addItem", item: { title: "More work", size: 5 } });
          else planner[place!]!(day);
        } catch (error) {
          wrong = `${(error as { code?: string }).code} ${(error as Error).message}`;
        }
        it.trap(undefined);
        const after = JSON.stringify(element.plan);
        element.planner["rows"]!({ today: "2026-11-23" });
        element.planner["whenMissing"]!("previous");
        return { took: performance.now() - began, sprung: it.sprung - sprung, before, after, wrong };
      }, [place, name, moment] as const);
      const at = `${place}, ${moment}`;
      if (place === "store") expect(after, at).toContain(`"Kept ${moment}"`);
      else if (place !== "simulate") expect(after, at).toBe(before);
      if (["apply", "undo", "redo", "import"].includes(place)) expect(wrong, at).toMatch(/^core-stopped .*nothing of it was done/);
      else expect(wrong, at).toBe("");
      expect(sprung, at).toBe(1);
      await expect(planner.root.locator(".notices .bad"), at).toContainText("was started anew");
      longest = Math.max(longest, took);
      // Two within ten seconds would be the end.
      await page.evaluate(() => (window as unknown as Window_).later());
      if (moment === "after 20 edits") {
        await planner.root.evaluate((node) => node.replaceWith(node.cloneNode()));
        await planner.ready();
        expect(await planner.root.evaluate((node) => JSON.stringify((node as Element).plan)), `${at}, after a reload`).toBe(after);
      }
    }
  }
  console.log(`the longest recovery took ${Math.round(longest)} ms`);
  expect(longest).toBeLessThan(1000);
});

test("a second trap within ten seconds ends in a safe mode that exports, and from there it goes on", async ({ page, site, mayComplain }) => {
  mayComplain(/core stopped|unreachable/);
  await arm(page);
  await page.goto(site.url("/pages/hosted.html"));
  const planner = await new Planner(page).ready();
  const heard = await planner.root.evaluate((node) => {
    const element = node as Element;
    const heard: string[] = [];
    element.addEventListener("landfall-error", (event) => heard.push((event as CustomEvent<{ code: string }>).detail.code));
    element.run({ type: "addItem", item: { title: "First", size: 3 } });
    element.run({ type: "addItem", item: { title: "Taken back", size: 3 } });
    element.undo();
    element.run({ type: "addItem", item: { title: "Last", size: 3 } });
    (window as unknown as Window_).trap("planner_summary", 2);
    try {
      element.planner["summary"]!({});
    } catch {
      // Whoever called is told as well.
    }
    return heard;
  });
  expect(heard).toEqual(["core-stopped"]);
  await expect(planner.root.getByRole("heading")).toHaveText("Your plan is safe, the planner has stopped");
  const plan = JSON.parse(await planner.root.getByLabel("The plan as text").inputValue()) as { items: { title: string }[] };
  expect(plan.items.map(({ title }) => title)).toEqual(["Anmelden", "Suchen", "Merken", 'Bezahlen, "bar"', "Drucken", "First", "Last"]);
  const [download] = await Promise.all([page.waitForEvent("download"), planner.button("Save file").click()]);
  expect(download.suggestedFilename()).toBe("plan.json");
  await planner.button("Try again").click();
  await planner.ready();
  await expect(planner.row("Last")).toBeVisible();
  await expect(planner.row("Taken back")).toHaveCount(0);
});

test("two planners on a page: what kills the core in one costs neither a change, and the one that did it says which was left out", async ({ page, site }) => {
  await page.goto(site.url("/pages/wiki.html"));
  const [one, two] = [await new Planner(page, page, 0).ready(), await new Planner(page, page, 1).ready()];
  const named = (planner: Planner, name: string) => planner.root.evaluate((node, name) => (node as Element).run({ type: "renamePlan", name }), name);
  await named(one, "Ours");
  await named(two, "Theirs");
  // A pointer that leads nowhere: a real death by an access out of bounds.
  const wrong = await one.root.evaluate((node) => {
    const element = node as Element;
    (element.planner as unknown as { __wbg_ptr: number }).__wbg_ptr = 0xfffffff0;
    try {
      element.planner["apply"]!({ type: "renamePlan", name: "Never" });
      return "";
    } catch (error) {
      return (error as Error).message;
    }
  });
  expect(wrong).toBe("the core stopped at “rename plan” and was started anew: nothing of it was done");
  await expect(one.root.locator(".notices .bad")).toContainText("stopped at “rename plan” and was started anew. That change was left out; all others are here.");
  await expect(two.root.locator(".notices .bad")).toContainText("Nothing is lost.");
  await expect(one.root.locator("button.name")).toHaveText("Ours");
  await expect(two.root.locator("button.name")).toHaveText("Theirs");
  await named(two, "Theirs again");
  await one.button(/^Undo/).first().click();
  await expect(one.root.locator("button.name")).not.toHaveText("Ours");
  const [download] = await Promise.all([page.waitForEvent("download"), one.button("Download the plan").click()]);
  expect(download.suggestedFilename()).toMatch(/\.json$/);
  await page.reload();
  await two.ready();
  await expect(two.root.locator("button.name")).toHaveText("Theirs again");
});

test("a trap while the storage is full costs nothing, and what was stored in the moment of death is there once", async ({ page, site }) => {
  await arm(page);
  await page.goto(site.url("/pages/planner.html"));
  const planner = await new Planner(page).ready();
  const add = (title: string, trap: string, full = false) => planner.root.evaluate((node, [title, trap, full]) => {
    const element = node as Element;
    const it = window as unknown as Window_;
    for (let k = 0, size = full ? 4_000_000 : 0; size > 0; k++) {
      for (const key of Object.keys(localStorage)) if (key.includes("/d/")) localStorage.removeItem(key);
      try {
        localStorage.setItem(`filler ${k}`, "x".repeat(size));
      } catch {
        size = Math.floor(size / 2);
      }
    }
    it.later();
    if (!full) it.trap(trap);
    element.run({ type: "addItem", item: { title } });
    if (full) {
      element.run({ type: "addItem", item: { title: "Taken back" } });
      element.undo();
      it.trap(trap);
    }
    element.planner["summary"]!({ today: "2026-11-23" });
    it.trap(undefined);
    return element.plan.items.map((item) => item.title).filter((one) => one === title || one === "Taken back");
  }, [title, trap, full] as const);
  const bad = planner.root.locator(".notices .bad");
  await planner.root.evaluate((node) => (node as Element).run({ type: "renamePlan", name: "Kept" }));
  expect(await add("Not stored yet", "planner_summary", true)).toEqual(["Not stored yet"]);
  await expect(bad.filter({ hasText: "Nothing is lost" })).toBeVisible();
  await expect(planner.root.getByRole("alert")).toContainText("Not saved: storage is full");
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith("filler")) localStorage.removeItem(key);
  });
  await expect(planner.root.locator(".state")).toHaveText("Saved in this browser");
  expect(await add("Stored in the moment of death", "journal_keep!")).toEqual(["Stored in the moment of death"]);
  await page.reload();
  await planner.ready();
  const kept = await planner.root.evaluate((node) => (node as Element).plan.items.map(({ title }) => title));
  for (const title of ["Not stored yet", "Stored in the moment of death"]) expect(kept.filter((one) => one === title)).toHaveLength(1);
  expect(kept).not.toContain("Taken back");
});

for (const deaths of [1, 2]) {
  test(`a worker whose core dies ${deaths === 1 ? "once is replaced, and the dates come" : "twice is given up, and it is said"}`, async ({ page, site }) => {
    await page.addInitScript((deaths) => {
      let made = 0;
      const Real = Blob;
      window.Blob = class extends Real {
        constructor(parts: BlobPart[] = [], options?: BlobPropertyBag) {
          super(options?.type === "text/javascript" && made++ < deaths ? [`const I = WebAssembly.Instance; WebAssembly.Instance = class { constructor(...given) { const { exports } = new I(...given);
            return { exports: { ...exports, trials_advance: () => exports.trials_advance(0xfffffff0, 1) } }; } };`, ...parts] : parts, options);
        }
      };
    }, deaths);
    await page.goto(site.url("/dist/landfall.html?today=2026-11-23"));
    const planner = await new Planner(page).ready();
    const items = Array.from({ length: 3000 }, (_, k) => ({ id: `L-${k}`, title: `Item ${k}`, size: 2 }));
    await planner.root.evaluate((node, items) => (node as Element).run({ type: "replacePlan", document: { format: "landfall", version: 1, name: "Long", calendar: { sprintDays: 14, sprintStart: "2026-11-16" }, history: { sprints: { "2026-10-19": { finished: 120 }, "2026-11-02": { finished: 130 } } }, items } }), items);
    if (deaths === 1) await expect(planner.headline).toContainText(/85\s%\s*sure that all 3,000 items land by/, { timeout: 30_000 });
    else await expect(planner.root.locator(".notices .bad")).toContainText("The forecast could not be computed. The core stopped while it simulated.", { timeout: 30_000 });
  });
}

test("a trap behind a stored change loses nothing and is said, too", async ({ page, site }) => {
  await arm(page);
  await page.goto(site.url("/pages/planner.html"));
  const planner = await new Planner(page).ready();
  await planner.root.evaluate((node) => {
    (window as unknown as Window_).trap("journal_isDue");
    (node as Element).run({ type: "renamePlan", name: "Stored" });
  });
  await expect(planner.root.locator(".notices .bad")).toContainText("Nothing is lost");
  await expect(planner.root.locator("button.name")).toHaveText("Stored");
});
