// What people write who mean harm: through every text of a plan, in at every door and out of every export, with every
// element hovered and clicked. Nothing of it runs, opens a dialog, or asks the network for anything.
//
// A sample of the lists is tried each time; HOSTILE=all tries every text (an hour).
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, strictPolicy, test } from "./fixtures.ts";
import { Planner, today } from "./planner.ts";

const data = (path: string): string => readFileSync(new URL(`../data/hostile/${path}`, import.meta.url), "utf8");

/** One that tells on the page where it ran; then the lists of others. */
const own = [
  `<img src=x onerror="ran('img')">`, `<script>ran('script')</script>`, `"><svg onload=ran('svg')>`, `javascript:ran('link')`, `' onfocus=ran('attribute') autofocus='`,
  `]]></ac:plain-text-body><script>ran('cdata')</script>`, `--><img src=x onerror=ran('comment')>`, `</style><img src=x onerror=ran('style')>`, `</script><img src=x onerror=ran('end')>`,
  `\${ran('template')}`, `{{ran('mustache')}}`, `url(javascript:ran('css'))`, `expression(ran('css'))`, `[x](javascript:ran('markdown'))`, `![x](https://outside.invalid/picture)`,
  `<iframe srcdoc="<img src=x onerror=parent.ran('frame')>">`, `<a href="data:text/html,<script>opener.ran('data')</script>">x</a>`, `&lt;img src=x onerror=ran('twice')&gt;`, `\u202e<b>turned</b>`,
];
const lists: string[][] = [
  own,
  JSON.parse(data("blns/blns.json")) as string[],
  data("xss/payloadbox.txt").split("\n"),
  (JSON.parse(data("dompurify-fixtures/expect.json")) as { payload: string }[]).map(({ payload }) => payload),
  (JSON.parse(data("own/unicode.json")) as { well_formed: string[] }).well_formed,
  data("csv-formulas.txt").split("\n"),
].map((list) => list.filter((text) => text.trim()));

const all = process.env["HOSTILE"] === "all";
/** Every own text, and of each list what makes up to 25, spread over it. */
const texts = lists.flatMap((list, k) => (all || k === 0 ? list : list.filter((_, at) => at % Math.ceil(list.length / 25) === 0)));
const BATCH = 60;

/** The sample, every text of which is one of these in turn, ids and the names in columns too. */
function poisoned(page: Page, texts: string[]): Promise<void> {
  return page.locator("landfall-planner").evaluate((element, texts) => {
    type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
    const planner = element as unknown as { planner: { toJSON(): Json }; run(command: unknown): unknown };
    // Where a word is one of a list, a date or a reference, it stays.
    const words = new Set(["format", "unit", "type", "status", "moscow", "rule", "method", "state", "show", "velocity", "occasion"]);
    let next = 0;
    const one = (most: number): string => [...texts[next++ % texts.length]!].slice(0, most).join("");
    const document = planner.planner.toJSON() as { [key: string]: Json };
    delete document["kept"];
    const items = document["items"] as { [key: string]: Json }[];
    const ids = new Map(items.map((item, k) => [item["id"] as string, `${one(200)} ${k}`]));
    const change = (value: Json, key: string): Json => {
      if (typeof value === "string") {
        if (ids.has(value)) return ids.get(value)!;
        if (words.has(key) || /^\d{4}-\d\d-\d\d$/.test(value) || /^[A-Z]-\d+$/.test(value) || ["id", "objective", "forecast"].includes(key)) return value;
        return one(200);
      }
      if (Array.isArray(value)) return value.map((part) => change(part, key));
      if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, change(part, key)]));
      return value;
    };
    const changed = change(document, "") as { [key: string]: Json };
    (changed["items"] as { [key: string]: Json }[]).forEach((item, k) => {
      const blocked = k % 3 === 0 ? { blocked: { reason: one(200), since: "2026-11-14" } } : {};
      Object.assign(item, { notes: one(2000), link: one(200), team: one(60), sprint: one(60), tags: [one(60), one(60)], columns: { [one(60)]: one(200) }, ...blocked });
      item["criteria"] = [{ text: one(200) }, { text: one(200) }];
      item["story"] = { asA: one(100), iWant: one(100), soThat: one(100) };
    });
    changed["scenarios"] = [{ name: one(100), commands: [{ type: "addItem", item: { id: one(100), title: one(100), size: 3 } }], on: "" }];
    delete changed["promises"];
    planner.run({ type: "replacePlan", document: changed });
  }, texts);
}

/** A planner as on a first visit, in one of its views. */
async function fresh(page: Page, view: string): Promise<void> {
  await page.evaluate(async ({ view, today }) => {
    try { localStorage.clear(); } catch { /* a frame without storage */ }
    const next = document.createElement("landfall-planner");
    next.setAttribute("today", today);
    next.setAttribute("view", view);
    const ready = new Promise((resolve) => next.addEventListener("landfall-ready", resolve, { once: true }));
    document.querySelector("landfall-planner")!.replaceWith(next);
    await ready;
  }, { view, today });
}

/** Hovers, focuses and clicks everything in sight, links to other sites excepted: these are meant to be followed. */
function poke(page: Page): Promise<{ poked: number; links: string[] }> {
  return page.evaluate(async () => {
    window.print = () => {};
    window.open = () => null;
    const found: Element[] = [];
    const walk = (root: Document | ShadowRoot | Element): void => {
      for (const element of root.querySelectorAll("*")) {
        found.push(element);
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(document);
    const links: string[] = [];
    const schemes = new Set(["http:", "https:", "mailto:", "blob:"]);
    let poked = 0;
    const shown = (element: Element): boolean => element.isConnected && element.getClientRects().length > 0;
    for (const element of found.filter(shown)) {
      for (const type of ["pointerover", "pointerenter", "mouseover", "mouseenter", "pointermove", "mousemove"]) element.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true }));
      if (element instanceof HTMLElement || element instanceof SVGElement) element.focus();
      if (element instanceof HTMLAnchorElement && element.href && !schemes.has(element.protocol)) links.push(element.href);
      if (++poked % 100 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
    // From the end, since what stands at the top leads to other views.
    for (const element of found.reverse()) {
      const calm = element instanceof HTMLAnchorElement || (element instanceof HTMLButtonElement && /^(Start empty|Other file)/.test(element.textContent?.trim() ?? ""));
      if (calm || !(element instanceof HTMLElement) || !shown(element)) continue;
      element.click();
      if (++poked % 100 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
    return { poked, links };
  });
}

interface Seen {
  dialogs: string[];
  asked: string[];
  reported: string[];
  ran: string[];
}

/** Watches a page for everything that must not happen. */
async function watch(page: Page): Promise<Seen> {
  const seen: Seen = { dialogs: [], asked: [], reported: [], ran: [] };
  page.on("dialog", (dialog) => {
    if (dialog.type() !== "beforeunload") seen.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.exposeFunction("ran", (where: string) => void seen.ran.push(where));
  await page.exposeFunction("reported", (what: string) => void seen.reported.push(what));
  await page.addInitScript(() => document.addEventListener("securitypolicyviolation", (event) => (window as unknown as { reported(what: string): void }).reported(`${event.violatedDirective} ${event.blockedURI}`)));
  return seen;
}

/** From here on nothing may leave the page. */
async function closed(page: Page, seen: Seen): Promise<void> {
  await page.context().route("**/*", (route) => {
    const url = route.request().url();
    if (!/^(blob|data):/.test(url)) seen.asked.push(url);
    return route.abort();
  });
}

/** A page without a policy, watched and closed, with time for every text. */
async function watched(page: Page, site: { url(path: string): string }): Promise<{ planner: Planner; seen: Seen }> {
  test.setTimeout(all ? 3_600_000 : 180_000);
  const seen = await watch(page);
  await page.goto(site.url(`/dist/landfall.html?today=${today}`));
  const planner = await new Planner(page).ready();
  await closed(page, seen);
  return { planner, seen };
}

const nothing: Seen = { dialogs: [], asked: [], reported: [], ran: [] };

const batches = Array.from({ length: Math.ceil(texts.length / BATCH) }, (_, k) => texts.slice(k * BATCH, (k + 1) * BATCH));

for (const [k, batch] of batches.entries()) {
  // Without a policy a text that becomes markup runs; under one it is reported.
  const policy = k % 2 === 1;
  test(`nothing of ${batch.length} hostile texts runs, ${policy ? "under a strict policy" : "without a policy"} (${k + 1} of ${batches.length})`, async ({ page, site, mayComplain }) => {
    test.slow();
    mayComplain(/./); // refusals are said on the console
    const seen = await watch(page);
    await page.goto(policy ? site.url("/pages/planner.html", { csp: strictPolicy }) : site.url(`/dist/landfall.html?today=${today}`));
    const planner = await new Planner(page).ready();
    await closed(page, seen);
    let poked = 0;
    const lens = (name: string) => () => planner.root.getByLabel("Look at", { exact: true }).getByRole("radio", { name: new RegExp(`^${name}`, "i") }).click();
    const steps: [view: string, step?: () => Promise<void>][] = [
      ["plan"], ["plan", () => planner.rows.nth(1).locator(".name").click()], ["plan", lens("objectives")], ["plan", lens("dependencies")], ["plan", lens("requests")], ["plan", lens("scores")], ["forecast"], ["tell"],
    ];
    for (const [view, step] of steps) {
      await fresh(page, view);
      await poisoned(page, batch);
      await step?.();
      await page.waitForTimeout(150);
      const { poked: count, links } = await poke(page);
      poked += count;
      expect(links).toEqual([]);
    }
    expect(poked).toBeGreaterThan(3000);
    expect(seen).toEqual(nothing);
  });
}

test("what would run is seen", async ({ page, mayComplain }) => {
  mayComplain(/./);
  const seen = await watch(page);
  await page.goto("about:blank");
  await closed(page, seen);
  await page.setContent(`<script>alert(1)</script><img src="https://outside.invalid/picture"><a href="javascript:ran('link')">x</a>${own.filter((text) => text.includes("<")).join("")}`);
  const { links } = await poke(page);
  await expect.poll(() => seen.ran.length).toBeGreaterThan(3);
  expect(links).toEqual(["javascript:ran('link')"]);
  expect(seen.dialogs).toEqual(["1"]);
  expect(seen.asked.length).toBeGreaterThan(0);
});

test("what is exported of hostile texts runs nowhere, without any policy", async ({ page, site, mayComplain }) => {
  mayComplain(/./);
  const { planner, seen } = await watched(page, site);
  for (const batch of batches) {
    await poisoned(page, batch);
    const exported = await page.locator("landfall-planner").evaluate((element) => {
      const { planner } = element as unknown as { planner: { export(format: string, query: object): string; whenMissing(how: string): string } };
      const before = planner.whenMissing("simulate");
      const texts = ["html", "confluence"].flatMap((format) => ["plan", "review", "update", "roadmap"].map((report) => planner.export(format, { report, today: "2026-11-23", trials: 100 })));
      planner.whenMissing(before);
      return texts;
    });
    const door = planner.root.locator("landfall-share dialog");
    await planner.button("Share").click();
    await door.getByRole("radio", { name: "Picture" }).click();
    await expect(door.locator("textarea")).toBeVisible();
    const picture = await door.locator("textarea").inputValue();
    await page.keyboard.press("Escape");
    const reader = await page.context().newPage();
    reader.on("dialog", (dialog) => { seen.dialogs.push(dialog.message()); void dialog.dismiss(); });
    await reader.exposeFunction("ran", (where: string) => void seen.ran.push(where));
    const shown = async () => {
      const { poked, links } = await poke(reader);
      expect(poked).toBeGreaterThan(5);
      expect(links).toEqual([]);
    };
    // A picture may stand in a page, or be opened by itself.
    for (const text of [...exported, picture]) {
      await reader.setContent(text);
      await shown();
    }
    await reader.goto(`data:image/svg+xml,${encodeURIComponent(picture)}`);
    await shown();
    await reader.close();
  }
  expect(seen).toEqual(nothing);
});

test("the name of a file, its headers and its cells are said as they are, and do nothing", async ({ page, site, mayComplain }) => {
  mayComplain(/./);
  const { planner, seen } = await watched(page, site);
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  // Of all, a quarter: each file takes a second.
  const tried = texts.filter((_, k) => k % 4 === 0);
  for (let k = 0; k + 6 < tried.length; k += 7) {
    const [name, header, title, status, tag, cause, key] = tried.slice(k, k + 7).map((text) => [...text].slice(0, 150).join(""));
    // A good file, and one that is refused with its own words in the message.
    for (const file of [`Key,Title,Status,Type,Tags,${cell(header!)}\n${cell(key!)},${cell(title!)},${cell(status!)},${cell(status!)},${cell(tag!)},${cell(cause!)}\n${cell(key!)},x,y,z,,\n`, `${cell(header!)},${cell(cause!)}\n1,2\n`]) {
      await planner.drop(`${name!.replaceAll("/", "∕")}.csv`, file);
      await expect(planner.dialog.locator(".reading")).toHaveCount(0);
      await expect(planner.dialog.getByText(/row read|rows read|no column|cannot|Nothing has changed/).first()).toBeVisible();
      const { links } = await poke(page);
      expect(links).toEqual([]);
      await page.evaluate(() => { const dialog = document.querySelector("landfall-planner")?.shadowRoot?.querySelector("landfall-import")?.shadowRoot?.querySelector("dialog"); if (dialog?.open) dialog.close(); });
    }
  }
  expect(seen).toEqual(nothing);
});

test("a plan from a link does nothing but stand there", async ({ page, site, mayComplain }) => {
  mayComplain(/./);
  const { planner, seen } = await watched(page, site);
  const door = planner.root.locator("landfall-share dialog");
  for (let k = 0; k < texts.length; k += 12) {
    await planner.root.evaluate((element, texts) => {
      const of = (k: number) => [...texts[k % texts.length]!].slice(0, 150).join("");
      const items = [2, 3].map((k) => ({ id: `${of(k)} ${k}`, title: of(k + 2), tags: [of(k + 4)], notes: of(k + 6), size: 3 }));
      const objectives = [{ id: "O-1", name: of(10) }];
      (element as unknown as { run(command: unknown): void }).run({ type: "replacePlan", document: { format: "landfall", version: 1, name: of(0), calendar: { sprintDays: 14, sprintStart: "2026-11-16" }, items, objectives } });
    }, texts.slice(k, k + 12));
    await planner.button("Share").click();
    await door.getByRole("radio", { name: "Link" }).click();
    const [, hash] = (await door.locator("textarea").inputValue()).split("#");
    await page.keyboard.press("Escape");
    await page.evaluate((hash) => { location.hash = hash!; }, hash);
    const strip = planner.root.locator(".notices .draft");
    await expect(strip).toContainText("You are looking at a plan from a link");
    expect((await poke(page)).links).toEqual([]);
    await page.evaluate(() => history.replaceState(null, "", location.pathname + location.search));
    await fresh(page, "plan");
  }
  expect(seen).toEqual(nothing);
});
