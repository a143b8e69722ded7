// The Forecast view of the built page: its numbers agree, what it says can be changed in its place, and everybody can read it.
import type { Locator, Page } from "@playwright/test";
import { accessible } from "./axe.ts";
import { expect, planners, test } from "./fixtures.ts";

const today = "2026-11-23";
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY = 86_400_000;

/** A date of the page: a year that is left out is this one, or the next where that has gone by. */
function day(text: string): number {
  const [, date = "", month = "", year] = /(\d{1,2})\s(\w{3})(?:\s(\d{4}))?/.exec(text) ?? [];
  const of = (year: number): number => Date.UTC(year, months.indexOf(month), Number(date)) / DAY;
  const now = Date.parse(today) / DAY;
  return year ? of(Number(year)) : of(2026) >= now ? of(2026) : of(2027);
}

/** The day of the headline. */
async function sureBy(page: Page): Promise<number> {
  const text = await headline(page).innerText();
  expect(text).toMatch(/85\s%\ssure.* by \d/);
  return day(text.slice(text.lastIndexOf(" by ")));
}

const headline = (page: Page): Locator => page.locator("landfall-forecast h2").first();
const burnUp = (page: Page): Locator => page.locator("landfall-burn-up");
const past = (page: Page): Locator => page.locator("landfall-velocity");
const panel = (page: Page): Locator => page.locator("landfall-assumptions");

/** The cells of a table, row by row. */
const rows = (table: Locator): Promise<string[][]> =>
  table.locator("tbody tr").evaluateAll((all) => all.map((row) => [...row.children].map((cell) => (cell.textContent ?? "").trim())));

const percent = (text: string): number => (text.startsWith("<") ? 0 : text.startsWith(">") ? 100 : Number.parseFloat(text));

test.beforeEach(async ({ page }) => {
  await page.clock.setFixedTime(`${today}T10:00:00`);
});

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await planners(page);
  await page.getByRole("tab", { name: "Forecast" }).click();
  await expect(headline(page)).toBeVisible();
}

/** A page of somebody's own, with a plan that it publishes. */
async function publish(page: Page, at: string, plan: object, attributes = ""): Promise<void> {
  await page.route("**/host.html", (route) => route.fulfill({
    contentType: "text/html",
    body: `<!doctype html><html lang="en"><title>Wiki</title><script src="landfall.js"></script><landfall-planner src="plan.json" view="forecast" ${attributes}></landfall-planner></html>`,
  }));
  await page.route("**/plan.json", (route) => route.fulfill({ contentType: "application/json", body: JSON.stringify(plan) }));
  await page.goto(at);
  await planners(page);
}

const young = {
  format: "landfall",
  version: 1,
  name: "A young team",
  unit: "points",
  calendar: { sprintDays: 14, sprintStart: "2026-11-16", workingDays: [1, 2, 3, 4, 5] },
  items: [3, 5, 8, 5, 3].map((size, k) => ({ id: `LF-${k + 1}`, title: `Item ${k + 1}`, type: "story", status: "todo", size })),
};

test("headline, burn-up and finish histogram name the same day, and the tables agree with them", async ({ page, site }) => {
  await open(page, site.url("/pages/whole.html"));
  const sure = await sureBy(page);

  // The axis below the mark says the year.
  const mark = await burnUp(page).locator("svg text", { hasText: /^85 % · / }).textContent();
  expect(mark).toBe(`85 % · ${new Date(sure * DAY).getUTCDate()} ${months[new Date(sure * DAY).getUTCMonth()]}`);
  expect(day((await page.locator("landfall-finish svg text", { hasText: /^85 % sure by / }).textContent()) ?? "")).toBe(sure);

  await burnUp(page).getByText("Show the numbers").click();
  const burned = await rows(burnUp(page).locator("table"));
  const done = burned.filter((cells) => cells[1] !== "");
  const said = await burnUp(page).locator("figcaption").innerText();
  expect(Number.parseFloat(done[0]?.[1] ?? "")).toBeCloseTo(Number.parseFloat(said), 0);
  for (const [, , p95, p85, p50, p15] of burned.filter((cells) => cells[1] === "")) {
    const amounts = [p95, p85, p50, p15].map((text) => Number((text ?? "").replaceAll(",", "")));
    expect(amounts).toEqual(amounts.toSorted((a, b) => a - b));
  }

  await page.locator("landfall-finish").getByText("Show the numbers").click();
  const finish = await rows(page.locator("landfall-finish table"));
  const lands = finish.findIndex(([end = ""]) => day(end) >= sure);
  expect(percent(finish[lands]?.[2] ?? "")).toBeGreaterThanOrEqual(85);
  expect(percent(finish[lands - 1]?.[2] ?? "")).toBeLessThanOrEqual(85);
});

test("every chart has a sentence and a table, and its figures follow the arrow keys", async ({ page, site }) => {
  await open(page, site.url("/pages/whole.html"));
  for (const name of ["landfall-burn-up", "landfall-finish", "landfall-velocity"]) {
    const chart = page.locator(name);
    await expect(chart.locator("svg[role=img]").first()).toBeVisible();
    await expect(chart.locator("figcaption")).toContainText(/\d.*\.$/);
    await expect(chart.getByText("Show the numbers")).toBeVisible();
  }
  const slider = burnUp(page).getByRole("slider");
  const before = await slider.getAttribute("aria-valuetext");
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await expect(slider).not.toHaveAttribute("aria-valuetext", before ?? "");
  await expect(slider).toHaveAttribute("aria-valuetext", /by .* 85 percent sure of .* half sure of/);
  await expect(burnUp(page).locator(".tip")).toContainText("85 % sure");
  await page.keyboard.press("Escape");
  await expect(burnUp(page).locator(".tip")).toHaveCount(0);
});

test("a past sprint is corrected by keyboard, dates follow, and one undo brings them back", async ({ page, site }) => {
  await open(page, site.url("/pages/whole.html"));
  const before = await headline(page).innerText();
  const bar = past(page).locator(".bars button").last();
  const name = (await bar.getAttribute("aria-label")) ?? "";
  await bar.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("-3");
  await page.keyboard.press("Enter");
  await expect(past(page).getByRole("alert").filter({ hasText: "too small" })).toBeVisible();
  expect(await headline(page).innerText()).toBe(before);

  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("90");
  await page.keyboard.press("Enter");
  await expect(headline(page)).not.toHaveText(before);
  await expect(past(page).getByRole("button", { name: /90 .*by hand/ })).toBeFocused();

  await page.getByRole("button", { name: "Undo", exact: false }).first().click();
  await expect(headline(page)).toHaveText(before);
  await expect(past(page).locator(".bars button").last()).toHaveAttribute("aria-label", name);
});

test("the table of past sprints takes numbers too, and gives up what it does not understand", async ({ page, site }) => {
  await open(page, site.url("/pages/whole.html"));
  const before = await headline(page).innerText();
  await past(page).getByText("Show the numbers").click();
  const cell = past(page).locator("td input").first();
  await cell.fill("many");
  await cell.press("Enter");
  await expect(past(page).getByRole("alert").filter({ hasText: "give a number" })).toBeVisible();
  expect(await headline(page).innerText()).toBe(before);
  await cell.fill("80,5");
  await cell.press("Enter");
  await expect(headline(page)).not.toHaveText(before);
  await expect(past(page).locator(".bars button").last()).toHaveAttribute("aria-label", /80.5 .*by hand/);
  await past(page).getByRole("button", { name: /^Take back/ }).first().click();
  await expect(past(page).locator(".bars button").last()).not.toHaveAttribute("aria-label", /80.5/);
});

test("new work shows what it costs: the days between the dates with it and without it", async ({ page, site }) => {
  await open(page, site.url("/pages/whole.html"));
  const set = async (low: string, high: string): Promise<void> => {
    await panel(page).getByRole("button", { name: /^New work a sprint/ }).click();
    await panel(page).getByLabel("At least").fill(low);
    await panel(page).getByLabel("most likely").fill("");
    await panel(page).getByLabel("at most").fill(high);
    await panel(page).getByRole("button", { name: "Save" }).click();
  };
  await set("4", "2");
  await expect(panel(page).getByRole("alert").filter({ hasText: "out of order" })).toBeVisible();
  await panel(page).getByRole("button", { name: "Cancel" }).click();
  await set("1", "3");
  const line = panel(page).locator(".item", { hasText: "New work a sprint" });
  await expect(line.getByRole("button")).toHaveText("1–3 points");
  await expect(line.locator(".effect")).toHaveAttribute("aria-busy", "false");
  await expect(line.locator(".effect")).toHaveText(/^\+\d+ days? at 85 %$/);
  const costs = Number.parseInt((await line.locator(".effect").innerText()).slice(1), 10);
  const withIt = await sureBy(page);
  const text = await headline(page).innerText();

  await line.getByRole("button", { name: /^New work a sprint/ }).click();
  await panel(page).getByRole("button", { name: "Take out" }).click();
  await expect(headline(page)).not.toHaveText(text);
  expect(withIt - (await sureBy(page))).toBe(costs);
  await expect(line.getByRole("button")).toHaveText("none");
});

test("a risk is added, weighed, and taken out again", async ({ page, site }) => {
  await open(page, site.url("/pages/whole.html"));
  const before = await headline(page).innerText();
  await panel(page).getByText("More assumptions").click();
  await panel(page).getByRole("button", { name: /isk.*add one/ }).click();
  await panel(page).getByRole("button", { name: "Save" }).click();
  await expect(panel(page).getByRole("alert").filter({ hasText: "what may go wrong" })).toBeVisible();
  await panel(page).getByLabel("What may go wrong").fill("Key person leaves");
  await panel(page).getByLabel("Chance, in %").fill("90");
  await panel(page).getByLabel("at least").fill("40");
  await panel(page).getByLabel("at most").fill("60");
  await panel(page).getByRole("button", { name: "Save" }).click();
  const line = panel(page).locator(".item", { hasText: "Key person leaves, 90 %" });
  await expect(line.locator(".effect")).toHaveText(/^\+\d+ days? at 85 %$/);
  await line.getByRole("button").first().click();
  await panel(page).getByRole("button", { name: "Take out" }).click();
  await expect(headline(page)).toHaveText(before);
});

test("objectives show the chance that their work lands in time, or what is missing for it", async ({ page, site }) => {
  await open(page, site.url("/pages/whole.html"));
  const list = page.locator("landfall-forecast .objectives > li");
  const likely = list.filter({ hasText: "likely" });
  await expect(likely.first()).toContainText(/(< 1|> 99|\d+) % likely/);

  const name = (await likely.first().locator(".name > span").innerText()).split("\n")[0]?.replace(/\s*by .*$/, "").trim() ?? "";
  const one = list.filter({ hasText: name });
  const due = async (date: string): Promise<void> => {
    await one.getByRole("button", { name: /Change$/ }).click();
    await one.locator("input[type=date]").fill(date);
    await one.locator("input[type=date]").press("Enter");
  };
  await due("2026-11-24");
  await expect(one).toContainText("< 1 % likely");
  await due("");
  await expect(one).toContainText("no date");
  await due("2036-01-31");
  await expect(one).toContainText(/(> 99|9\d) % likely/);

  await page.getByRole("button", { name: "Add an objective" }).click();
  await page.getByLabel("Objective", { exact: true }).fill("Fewer calls");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(list.filter({ hasText: "Fewer calls" })).toContainText("no work linked");
});

const takes = (page: Page): Locator => page.locator("landfall-takes");

/** Types a day, and waits for what it would take. */
async function until(page: Page, date: string): Promise<void> {
  await takes(page).getByLabel("by", { exact: true }).fill(date);
  await expect(takes(page).locator("dl[aria-busy=false]")).toContainText("Velocity");
}

const iso = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

test("a deadline has its chance, to the day, and says what it would take", async ({ page, site }) => {
  await open(page, site.url("/pages/whole.html"));
  const sure = await sureBy(page);
  const output = takes(page).locator("output");
  await until(page, iso(sure));
  await expect(output).toHaveText(/^8[5-9] % likely$/);
  await expect(takes(page)).toContainText("the very day");
  await expect(takes(page).getByRole("button", { name: "Leave out" })).toHaveCount(0);
  await expect(page.locator("landfall-finish svg path[stroke='var(--warn)']")).not.toHaveCount(0);

  await until(page, iso(sure - 90));
  await expect(output).toHaveText(/^[1-7]\d % likely$/);
  await expect(takes(page)).toContainText(/Deadline\s*85\s% sure by .*, 90\sdays later/);
  await expect(takes(page)).toContainText(/Velocity\s*It takes [\d.]+ points a sprint instead of [\d.]+: \d+\s% more/);
  await expect(takes(page)).toContainText(/Scope\s*Leave out .*points\), and all that stays is 8\d\s% likely/);
  await takes(page).getByLabel("by", { exact: true }).fill("2026-11-24");
  await expect(output).toHaveText("< 1 % likely");
  await takes(page).getByLabel("by", { exact: true }).fill("2025-11-24");
  await expect(output).toContainText("has gone by");
  await takes(page).getByRole("button", { name: "clear" }).click();
  await expect(output).toContainText("type a date");
});

test("what is left out makes the date, and one undo brings it back", async ({ page, site }) => {
  await open(page, site.url("/pages/whole.html"));
  const before = await headline(page).innerText();
  await until(page, iso((await sureBy(page)) - 60));
  await takes(page).getByText(/^Show the \d+ items/).click();
  const left = await rows(takes(page).locator("table"));
  const chances = left.map((cells) => percent(cells[2] ?? ""));
  expect(chances).toEqual(chances.toSorted((a, b) => a - b));
  expect(chances.at(-1)).toBeGreaterThanOrEqual(85);

  await takes(page).getByRole("button", { name: "Leave out" }).click();
  await expect(headline(page)).toContainText(`all ${40 - left.length} items land`);
  await expect(takes(page).locator("output")).toHaveText(`${chances.at(-1)} % likely`);
  await expect(takes(page).getByRole("button", { name: "Leave out" })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo", exact: false }).first().click();
  await expect(headline(page)).toHaveText(before);
});

test("an objective that is not sure asks what it would take for itself", async ({ page, site }) => {
  await open(page, site.url("/pages/whole.html"));
  const renewals = page.locator(".objectives li").filter({ hasText: "Renewals" });
  const likely = await renewals.locator(".likely").innerText();
  await renewals.getByRole("button", { name: /What would it take/ }).click();
  await expect(takes(page).getByLabel("by", { exact: true })).toBeFocused();
  await expect(takes(page).locator("output")).toHaveText(likely);
  await expect(takes(page)).toContainText("the work for Renewals: 5 contracts is");
  await expect(takes(page).getByLabel("What should land").locator("option:checked")).toHaveText("Renewals: 5 contracts");
});

test("how forecasts held is told in a sentence, a picture and tables, when somebody opens it", async ({ page, site }) => {
  await open(page, site.url("/pages/whole.html"));
  await expect(page.locator("landfall-backtest")).toHaveCount(0);
  await page.getByText("How well forecasts like this have held").click();
  const held = page.locator("landfall-backtest");
  await expect(held).toContainText(/In your last \d+ sprints our 85\s% held .*by luck alone \d to \d would be usual\. The bootstrap's held/);
  await expect(held).toContainText("2,000 trials each");
  await expect(held.locator("svg[role=img]").first()).toBeVisible();
  const slider = held.getByRole("slider");
  await slider.focus();
  await page.keyboard.press("ArrowLeft");
  await expect(slider).toHaveAttribute("aria-valuetext", /finished; .* were 85 percent sure: (held|missed)$/);

  await held.getByText("Show the amounts").click();
  const amounts = await rows(held.locator("table").nth(0));
  for (const [, finished, sure, , kept] of amounts) expect(kept).toBe(Number(finished) >= Number(sure) ? "yes" : "no");
  await held.getByText("Show how often which chance held").click();
  const counts = await rows(held.locator("table").nth(2));
  expect(counts[2]?.[1]).toBe(`${amounts.filter((cells) => cells[4] === "yes").length} of ${amounts.length}`);
});

test("every assumption shows its cost, and a value its effect while it is typed", async ({ page, site }) => {
  await open(page, site.url("/pages/whole.html"));
  const line = panel(page).locator(".item", { hasText: "New work a sprint" });
  await expect(line.locator(".effect")).toHaveText(/^\+\d+ days at 85 %$/);
  await expect(panel(page).locator(".item", { hasText: "Velocity" }).locator(".effect")).toHaveText(/^with bootstrap: \d+ days earlier, but that holds less often$/);
  const before = await headline(page).innerText();
  await line.getByRole("button", { name: /New work/ }).click();
  await panel(page).getByLabel("at most").fill("12");
  const preview = panel(page).locator(".preview");
  await expect(preview).toHaveText(/^(85 % sure by .*, \d+ days later|No date at 85 % any more)\.$/);
  const first = await preview.innerText();
  await panel(page).getByLabel("at most").fill("1");
  await expect(preview).toHaveText(/^85 % sure by .*, \d+ days earlier\.$/);
  expect(first).not.toBe(await preview.innerText());
  await panel(page).getByLabel("at most").fill("x");
  await expect(preview).toHaveText("");
  expect(await headline(page).innerText()).toBe(before);

  await panel(page).getByLabel("at most").fill("1");
  await expect(preview).toHaveText(/earlier/);
  const told = day((await preview.innerText()).replace(/,.*/, ""));
  await panel(page).getByRole("button", { name: "Save" }).click();
  await expect.poll(() => sureBy(page)).toBe(told);
});

test("a sprint with less capacity moves the date, and is marked among the assumptions", async ({ page, site }) => {
  await open(page, site.url("/pages/whole.html"));
  const before = await sureBy(page);
  await page.getByText("Capacity of the next sprints").click();
  const share = page.getByLabel(/^Share of a usual sprint/).nth(1);
  await share.fill("none");
  await share.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "give a share" })).toBeVisible();
  await share.fill("0 %");
  await share.press("Enter");
  await expect.poll(() => sureBy(page)).toBeGreaterThan(before);
  await expect(panel(page).locator(".item", { hasText: "differs in 1 sprint" }).locator(".effect")).toHaveText(/^\+\d+ days? at 85 %$/);
});

test("a plan without a history takes what sprints finished, or a guess that every date names", async ({ page, site }) => {
  await publish(page, site.url("/dist/host.html"), young);
  await expect(headline(page)).toContainText("say what your sprints finish");
  await page.getByLabel("poor").fill("4");
  await page.getByLabel("usual").fill("6");
  await page.getByRole("button", { name: "Use this guess" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "good sprint" })).toBeVisible();
  await page.getByLabel("good").fill("9");
  await page.getByRole("button", { name: "Use this guess" }).click();
  await expect(headline(page)).toContainText("by your guess");
  await sureBy(page);

  await page.getByLabel("finished, sprint by sprint").fill("8 12 9");
  await page.getByRole("button", { name: "Use these sprints" }).click();
  await expect(headline(page)).not.toContainText("guess");
  await expect(past(page).locator(".bars button")).toHaveCount(3);
  await sureBy(page);
});

test("a reader of a read-only plan sees everything and can change nothing", async ({ page, site }) => {
  const plan = { ...young, history: { sprints: Object.fromEntries(["2026-10-05", "2026-10-19", "2026-11-02"].map((start, k) => [start, { finished: 6 + k }])) } };
  await publish(page, site.url("/dist/host.html"), plan, "readonly");
  await sureBy(page);
  await expect(panel(page).getByText("Velocity")).toBeVisible();
  // A picture changes nothing.
  await expect(page.locator("landfall-forecast").getByRole("button").filter({ hasNotText: "Picture" })).toHaveCount(0);
});

for (const width of [1280, 390]) {
  test(`the forecast is accessible, ${width} pixels wide`, async ({ page, site }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page, site.url("/pages/whole.html"));
    await until(page, "2027-02-26");
    for (const summary of await page.locator("landfall-forecast summary").all()) await summary.click();
    await panel(page).getByRole("button", { name: /^New work a sprint/ }).click();
    await accessible(page, `${width} px`, "landfall-forecast");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide).toBe(0);
  });
}
