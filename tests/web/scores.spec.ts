// The scores of the work as a spreadsheet, the picture of value over effort, and the order that follows.
import type { Locator, Page } from "@playwright/test";
import { accessible } from "./axe.ts";
import { expect, test } from "./fixtures.ts";
import { Planner } from "./planner.ts";

type Site = { url(path: string): string };

const open = async (page: Page, site: Site, path = "/pages/column.html", nth = 0) => {
  await page.goto(site.url(path));
  const planner = await new Planner(page, page, nth).ready();
  // A row of choices where there is room for it.
  const chooser = planner.root.getByLabel("Look at", { exact: true });
  if (await chooser.evaluate((element) => element instanceof HTMLSelectElement)) await chooser.selectOption("scores");
  else await chooser.getByRole("radio", { name: "Scores" }).click();
  const lens = planner.root.locator("landfall-scores");
  await expect(lens.getByRole("grid")).toBeVisible();
  return { planner, lens };
};

/** A cell by its item and column. */
const cell = async (lens: Locator, title: string, column: string): Promise<Locator> => {
  const heads = (await lens.getByRole("columnheader").allInnerTexts()).map((text) => text.replace(/ ↓$/, ""));
  return lens.getByRole("row").filter({ hasText: title }).getByRole("gridcell").nth(heads.indexOf(column));
};

const paste = (target: Locator, text: string) => target.evaluate((element, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, composed: true, cancelable: true }));
}, text);

test("the top items are scored by keyboard, like a spreadsheet", async ({ page, site }) => {
  const { planner, lens } = await open(page, site);
  const score = await cell(lens, "Basket loses items", "RICE");
  await expect(score).toHaveText("–");
  await (await cell(lens, "Basket loses items", "Reach")).click();
  await page.keyboard.type("1000-2000");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await expect(lens.getByRole("option", { name: "3 massive" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await page.keyboard.type("80");
  await page.keyboard.press("Enter");
  await expect(await cell(lens, "Basket loses items", "Reach")).toHaveText("1,000–2,000");
  await expect(await cell(lens, "Basket loses items", "Impact")).toHaveText("2");
  await expect(await cell(lens, "Basket loses items", "Confidence")).toHaveText("80 %");
  // About 1,500 × 2 × 0.8 / 3, with its range.
  await expect(score).toHaveText(/^80\d\s*[\d,]+–[\d,]+$/);
  // Enter went down; what is typed replaces, Escape gives up, Delete clears.
  await expect(await cell(lens, "Spike: tax engine", "Confidence")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.type("5");
  await page.keyboard.press("Escape");
  await expect(await cell(lens, "Basket loses items", "Confidence")).toHaveText("80 %");
  await page.keyboard.press("Delete");
  await expect(score).toHaveText("–");
  await page.keyboard.press("Control+z");
  await expect(score).toHaveText(/^80\d/);
  await page.keyboard.press("Control+Home");
  await expect(lens.getByRole("gridcell").first()).toBeFocused();
  await page.keyboard.press("Control+End");
  await expect(lens.getByRole("gridcell").last()).toBeFocused();
  await expect(planner.button(/^Undo/).first()).toBeEnabled();
});

test("what is no number stays in its cell, with the reason beside it", async ({ page, site }) => {
  const { planner, lens } = await open(page, site);
  await (await cell(lens, "Invoice by e-mail", "Reach")).click();
  for (const wrong of ["many", "8-3"]) {
    await page.keyboard.press("F2");
    await lens.locator("td input").fill(wrong);
    await page.keyboard.press("Enter");
    await expect(lens.getByRole("alert")).not.toBeEmpty();
    await expect(lens.locator("td input")).toHaveValue(wrong);
    await page.keyboard.press("Escape");
  }
  await expect(lens.getByRole("alert")).toHaveCount(0);
  await expect(planner.button(/^Undo/).first()).toBeDisabled();
});

test("a block of a spreadsheet fills cells in one step, or none of them", async ({ page, site }) => {
  const { planner, lens } = await open(page, site);
  const from = await cell(lens, "Audit trail", "MoSCoW");
  await from.click();
  await paste(from, "must\t500\t2\t80 %\r\nshould\t300-400\t1\tsure\r\n");
  await expect(lens.getByRole("alert")).toHaveText(/^B-7, Confidence: .*“sure”.*Nothing was taken$/);
  await expect(from).toHaveText("");
  await paste(from, "must\t500\t2\t80 %\r\nshould\t300-400\t1\t50\r\n");
  await expect(await cell(lens, "Audit trail", "RICE")).toHaveText("100");
  await expect(await cell(lens, "Invoice by e-mail", "MoSCoW")).toHaveText("Should");
  await expect(await cell(lens, "Invoice by e-mail", "Confidence")).toHaveText("50 %");
  const copied = await from.evaluate((element) => {
    const clipboardData = new DataTransfer();
    element.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true, composed: true, cancelable: true }));
    return clipboardData.getData("text/plain");
  });
  expect(copied).toBe("Must\t500\t2\t80 %\nShould\t300–400\t1\t50 %");
  await planner.button(/^Undo/).first().click();
  await expect(from).toHaveText("");
  await expect(planner.button(/^Undo/).first()).toBeDisabled();
});

test("the method changes, another stands beside, and what is missing is no nought", async ({ page, site }) => {
  const { planner, lens } = await open(page, site);
  await lens.getByLabel("beside").selectOption("WSJF");
  await expect(lens.getByRole("columnheader", { name: "WSJF" })).toBeVisible();
  await lens.getByLabel("Scored by").selectOption("Value / effort");
  await (await cell(lens, "Guest checkout", "Value")).click();
  await page.keyboard.type("4");
  await page.keyboard.press("Enter");
  // The item's size stands in for its effort.
  await expect(await cell(lens, "Guest checkout", "Effort")).toHaveText("8");
  await expect(lens.getByRole("row").filter({ hasText: "Guest checkout" })).toContainText("0.5");
  await expect(await cell(lens, "SSO for Acme", "Value")).toHaveText("missing");
  await expect(lens.locator("landfall-quadrant figcaption")).toContainText("7 items are not here, for want of figures: value for 7, effort for 1.");
  await planner.button(/^Undo/).first().click();
  await planner.button(/^Undo/).first().click();
  await expect(lens.getByLabel("Scored by")).toHaveValue("rice");
});

test("criteria of one’s own are added, renamed with their values, and given a scale", async ({ page, site }) => {
  const { planner, lens } = await open(page, site);
  await lens.getByLabel("Scored by").selectOption("Weighted");
  await lens.getByRole("button", { name: "Weights and scales…" }).click();
  await lens.getByRole("button", { name: "Add a criterion" }).click();
  await lens.getByLabel("Name").fill("Fit");
  await lens.getByLabel("Weight", { exact: true }).fill("a lot");
  await lens.getByRole("button", { name: "Add criterion" }).click();
  await expect(lens.getByRole("alert").filter({ hasText: "a lot" })).toBeVisible();
  await lens.getByLabel("Weight", { exact: true }).fill("3");
  await lens.getByRole("button", { name: "Add criterion" }).click();
  await (await cell(lens, "Guest checkout", "Fit ×3")).click();
  await page.keyboard.type("4");
  await page.keyboard.press("Enter");
  await expect(await cell(lens, "Guest checkout", "Score")).toHaveText("12");
  await lens.getByRole("button", { name: "Edit Fit" }).click();
  await lens.getByLabel("Name").fill("Strategy");
  await lens.getByLabel(/^Scale/).fill("9 perfect\n1 hardly");
  await lens.getByRole("button", { name: "Save" }).click();
  await expect(await cell(lens, "Guest checkout", "Strategy ×3")).toHaveText("4");
  await expect(lens.locator("landfall-scoring")).toContainText("9 perfect · 1 hardly (your scale)");
  await planner.button(/^Undo/).first().click();
  await expect(await cell(lens, "Guest checkout", "Fit ×3")).toHaveText("4");
});

test("a dot changes its inputs by hand and by keys, and opens its item", async ({ page, site }) => {
  const { planner, lens } = await open(page, site);
  const dot = lens.getByRole("slider", { name: "Guest checkout" });
  await dot.scrollIntoViewIfNeeded();
  const box = (await dot.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 4, y + 60, { steps: 5 });
  await page.mouse.up();
  const reach = Number((await (await cell(lens, "Guest checkout", "Reach")).innerText()).replace(",", ""));
  expect(reach).toBeLessThan(4000);
  expect(Number(reach.toPrecision(2))).toBe(reach);
  // A hand that went down has left the effort to the size.
  await expect((await cell(lens, "Guest checkout", "Effort")).locator(".of")).toHaveText("8");
  await dot.focus();
  await page.keyboard.press("ArrowLeft");
  await expect(await cell(lens, "Guest checkout", "Effort")).toHaveText("7.5");
  await planner.button(/^Undo/).first().click();
  await planner.button(/^Undo/).first().click();
  await expect(await cell(lens, "Guest checkout", "Reach")).toHaveText("4,000");
  const opened = lens.evaluate((element) => new Promise((resolve) => element.addEventListener("open-item", (event) => resolve((event as CustomEvent<string>).detail), { once: true })));
  await lens.getByRole("slider").first().focus();
  await page.keyboard.press("PageDown");
  await page.keyboard.press("Enter");
  expect(await opened).toBe("B-1");
});

test("the order is shown with its dates before it is taken, and taken back in one step", async ({ page, site }) => {
  const { planner, lens } = await open(page, site, "/pages/whole.html?today=2026-11-23");
  const places = () => lens.locator("td.title").allInnerTexts();
  const before = await places();
  await expect(lens.locator(".bar .said")).toContainText(/^Today's order costs \d+ % more delay/);
  await lens.getByRole("button", { name: "Put in order…" }).click();
  const dialog = lens.getByRole("dialog", { name: "Put in order" });
  await expect(dialog).toContainText(/items move: \d+ land earlier, \d+ later; delay costs \d+ % less than today/);
  await expect(dialog.locator("td .earlier").first()).toHaveText(/^\d+ \w{3}/);
  await dialog.getByLabel("By score", { exact: true }).check();
  await expect(dialog).toContainText("whatever waits for what");
  await dialog.getByLabel("By value, under dependencies").check();
  await dialog.getByRole("button", { name: "Put in this order" }).click();
  await expect(dialog).toBeHidden();
  await expect(planner.toast).toContainText(/Put in order by value: \d+ items moved/);
  await expect(lens.locator(".bar .said")).toContainText("Today's order is the best one found");
  expect(await places()).not.toEqual(before);
  await lens.getByRole("button", { name: "Put in order…" }).click();
  await expect(dialog).toContainText("This is the order already: nothing moves.");
  await expect(dialog.getByRole("button", { name: "Put in this order" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await planner.button(/^Undo/).first().click();
  expect(await places()).toEqual(before);
});

test("by score is a view, ten more at a time, and titles stay in sight on a telephone", async ({ page, site }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const { planner, lens } = await open(page, site, "/pages/whole.html?today=2026-11-23");
  await lens.getByRole("button", { name: /show the highest first/ }).click();
  await expect(lens.locator("td.title").first()).toHaveText("Faster search results");
  await expect(planner.button(/^Undo/).first()).toBeDisabled();
  await lens.getByRole("button", { name: "Show 10 more" }).click();
  await expect(lens.locator("td.title")).toHaveCount(20);
  await lens.locator(".wide").evaluate((element) => { element.scrollLeft = 400; });
  const left = (await lens.locator("td.title").first().boundingBox())!.x;
  expect(left).toBeLessThan(40);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("a plan to read shows its scores and changes nothing", async ({ page, site }) => {
  const { lens } = await open(page, site, "/pages/published.html", 1);
  await expect(lens.getByLabel("Scored by")).toBeDisabled();
  await expect(lens.getByRole("button", { name: "Weights and scales…" })).toHaveCount(0);
  const reach = await cell(lens, "Guest checkout", "Reach");
  await reach.click();
  await page.keyboard.type("7");
  await page.keyboard.press("Delete");
  await paste(reach, "12");
  await expect(lens.locator("td input")).toHaveCount(0);
  await expect(reach).toHaveText("4,000");
  await lens.getByRole("button", { name: "Put in order…" }).click();
  await expect(lens.getByRole("dialog")).toContainText(/items move/);
  await expect(lens.getByRole("button", { name: "Put in this order" })).toHaveCount(0);
});

test("axe finds nothing in the scores", async ({ page, site }) => {
  test.slow();
  const { lens } = await open(page, site, `/pages/whole.html?today=2026-11-23`);
  await accessible(page, "grid");
  await (await cell(lens, "Faster search results", "Impact")).click();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await accessible(page, "cell");
  await page.keyboard.type("x");
  await page.keyboard.press("Enter");
  await accessible(page, "refused cell");
  await page.keyboard.press("Escape");
  await lens.getByRole("button", { name: "Weights and scales…" }).click();
  await lens.getByRole("button", { name: "Edit Impact" }).click();
  await accessible(page, "scales");
  await lens.getByRole("button", { name: "Put in order…" }).click();
  await accessible(page, "order");
});
