// The plan without a mouse, and for those who hear it.
import type { Page } from "@playwright/test";
import { accessible } from "./axe.ts";
import { expect, test } from "./fixtures.ts";
import { Planner, dayOf } from "./planner.ts";

const open = async (page: Page, site: { url(path: string): string }) => {
  await page.goto(site.url("/pages/column.html"));
  return new Planner(page).ready();
};

test("rows are walked, opened, moved and undone by keys", async ({ page, site }) => {
  const planner = await open(page, site);
  await planner.rows.first().focus();
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  await expect(planner.row("SSO for Acme")).toBeFocused();
  await page.keyboard.press("End");
  await expect(planner.rows.last()).toBeFocused();
  await page.keyboard.press("Home");
  await expect(planner.rows.first()).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await expect(planner.panel).toBeVisible();
  await expect(planner.panel.getByLabel("Title")).toHaveValue("Guest checkout");
  await page.keyboard.press("Escape");
  await expect(planner.panel).toHaveCount(0);
  await expect(planner.row("Guest checkout")).toBeFocused();

  const before = await planner.date("Guest checkout");
  await page.keyboard.press("Alt+ArrowDown");
  await page.keyboard.press("Alt+ArrowDown");
  await expect(planner.row("Guest checkout")).toBeFocused();
  expect((await planner.titles()).indexOf("Guest checkout")).toBe(2);
  expect(dayOf(await planner.date("Guest checkout"))).toBeGreaterThan(dayOf(before));
  await expect(planner.root.locator(".sr[role=status]")).toContainText(/Place 3 of 8\. Guest checkout: \d+ \w{3} instead of/);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  expect((await planner.titles())[0]).toBe("Guest checkout");
  expect(await planner.date("Guest checkout")).toBe(before);
  await page.keyboard.press("Control+y");
  expect((await planner.titles())[1]).toBe("Guest checkout");
});

test("an item is added, several lines at once too", async ({ page, site }) => {
  const planner = await open(page, site);
  await planner.rows.first().focus();
  await page.keyboard.press("c");
  await page.keyboard.type("Gift cards");
  await page.keyboard.press("Enter");
  await expect(planner.rows).toHaveCount(9);
  await expect(planner.row("Gift cards").locator(".rank")).toHaveText("9");
  await page.keyboard.type("Before all others");
  await page.keyboard.press("Shift+Enter");
  expect((await planner.titles())[0]).toBe("Before all others");
  await planner.root.getByLabel("Title of the new item").evaluate((input) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "- Wish list\n- Split payments\n3. Volume discounts\n");
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, composed: true, cancelable: true }));
  });
  await expect(planner.rows).toHaveCount(13);
  expect((await planner.titles()).slice(-3)).toEqual(["Wish list", "Split payments", "Volume discounts"]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");
  await expect(planner.rows).toHaveCount(10);
});

test("title and size change in the row, and a size that is none keeps what was typed", async ({ page, site }) => {
  const planner = await open(page, site);
  const row = planner.row("Basket loses items after sign-in");
  await row.focus();
  const before = await planner.date("Basket loses items after sign-in");
  await page.keyboard.press("s");
  for (const wrong of ["large", "NaN", "8-3", "-2", "3-5-8-9"]) {
    await planner.root.locator("input.edit").fill(wrong);
    await page.keyboard.press("Enter");
    await expect(row.getByRole("alert")).toBeVisible();
    await expect(planner.root.locator("input.edit")).toHaveValue(wrong);
  }
  for (const [typed, shown] of [["13 – 21", "13–21"], ["3-5-8", "3–5–8"], ["2,5", "2.5"], ["20", "20"]]) {
    if (!(await planner.root.locator("input.edit").isVisible())) await page.keyboard.press("s");
    await planner.root.locator("input.edit").fill(typed!);
    await page.keyboard.press("Enter");
    await expect(row.locator(".size")).toHaveText(shown!);
  }
  expect(dayOf(await planner.date("Basket loses items after sign-in"))).toBeGreaterThan(dayOf(before));
  await page.keyboard.press("e");
  await planner.root.locator("input.edit").fill("Basket keeps its items");
  await page.keyboard.press("Enter");
  await expect(planner.row("Basket keeps its items")).toBeFocused();
});

test("the panel keeps what does not fit beside its reason, and takes what does", async ({ page, site }) => {
  const planner = await open(page, site);
  await planner.open("SSO for Acme");
  const { panel } = planner;
  await panel.getByLabel("Size").fill("big");
  await panel.getByLabel("Size").press("Tab");
  await expect(panel.getByRole("alert")).toContainText("“big” is no size: write 5, 3–8 or 3–5–8");
  await expect(panel.getByLabel("Size")).toHaveValue("big");
  await panel.getByLabel("Size").fill("13");
  await panel.getByLabel("Size").press("Enter");
  await expect(panel.getByRole("alert")).toHaveCount(0);
  await panel.getByRole("button", { name: "+ Needs" }).click();
  await panel.getByLabel("Key or title of what must be done first").fill("B-99");
  await panel.getByLabel("Key or title of what must be done first").press("Enter");
  await expect(panel.getByRole("alert")).toContainText("No item is called “B-99”");
  // B-6 waits for this one already.
  await panel.getByLabel("Key or title of what must be done first").fill("Audit trail");
  await panel.getByLabel("Key or title of what must be done first").press("Enter");
  await expect(panel.getByRole("alert")).toBeVisible();
  await panel.getByLabel("Key or title of what must be done first").fill("B-1");
  await panel.getByLabel("Key or title of what must be done first").press("Enter");
  await expect(panel.locator("[data-section=needs]")).toContainText("Guest checkout");
  await panel.getByRole("button", { name: "+ Score" }).click();
  await panel.getByLabel("Reach").fill("900-1,400");
  await panel.getByLabel("Reach").press("Tab");
  await panel.getByRole("button", { name: "2 high" }).click();
  await panel.getByLabel("Confidence", { exact: true }).fill("80");
  await panel.getByLabel("Confidence", { exact: true }).press("Tab");
  await expect(panel.getByLabel("Confidence", { exact: true })).toHaveValue("80 %");
  await expect(panel.getByRole("heading", { name: /RICE \d/ })).toContainText(/between \d+ and \d+/);
  await panel.getByLabel("New criterion").fill("The setting can be switched off again");
  await panel.getByLabel("New criterion").press("Enter");
  await expect(panel).toContainText("1 of 3 met");
  await page.reload();
  await planner.ready();
  await planner.open("SSO for Acme");
  await expect(panel).toContainText("1 of 3 met");
  await expect(panel.getByLabel("Size")).toHaveValue("13");
});

test("search and filters show what was asked for, and say when there is nothing", async ({ page, site }) => {
  const planner = await open(page, site);
  await planner.rows.first().focus();
  await page.keyboard.press("/");
  await expect(planner.root.getByRole("searchbox", { name: "Search" })).toBeFocused();
  await page.keyboard.type("finance");
  expect(await planner.titles()).toEqual(["Invoice by e-mail"]);
  await planner.root.getByRole("searchbox", { name: "Search" }).fill("nowhere");
  await expect(planner.root).toContainText("Nothing matches");
  await page.keyboard.press("Escape");
  await page.keyboard.press("f");
  const filter = planner.root.getByRole("dialog", { name: "Filter" });
  await filter.getByLabel("Objective", { exact: true }).selectOption({ label: "Renewals" });
  expect(await planner.titles()).toEqual(["SSO for Acme", "Audit trail"]);
  await filter.getByLabel("Objective", { exact: true }).selectOption({ label: "Any" });
  await filter.getByRole("radio", { name: /^Unsized/ }).check();
  expect(await planner.titles()).toEqual(["Spike: tax engine"]);
});

test("a drag is given up by Escape, and keys of the page around stay its own", async ({ page, site }) => {
  const planner = await open(page, site);
  const order = await planner.titles();
  const box = (await planner.row("Audit trail").boundingBox())!;
  await page.mouse.move(box.x + 200, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y - 120, { steps: 6 });
  await expect(planner.root.locator(".row.held")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.mouse.up();
  expect(await planner.titles()).toEqual(order);
  await expect(planner.button("Undo")).toBeDisabled();
  await page.locator("h1").click();
  await page.keyboard.press("c");
  await expect(planner.root.getByLabel("Title of the new item")).toHaveCount(0);
});

test("axe finds nothing in any view", async ({ page, site }) => {
  test.slow();
  await page.goto(site.url(`/pages/whole.html?today=2026-11-23`));
  const planner = await new Planner(page).ready();
  await accessible(page, "plan");
  await planner.rows.nth(3).locator(".name").click();
  await accessible(page, "panel");
  await planner.rows.nth(3).focus();
  await page.keyboard.press("Alt+ArrowDown");
  await page.keyboard.press("s");
  await page.keyboard.type("x");
  await page.keyboard.press("Enter");
  await accessible(page, "refused edit");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await planner.button("More").click();
  await accessible(page, "menu");
  await page.keyboard.press("Escape");
  await page.keyboard.press("2");
  await accessible(page, "forecast");
  await page.keyboard.press("3");
  await expect(planner.root.locator("landfall-sprints")).toContainText("85 % sure by");
  await accessible(page, "tell");
  await page.keyboard.press("2");
  await planner.button("Import").click();
  await accessible(page, "import");
  await planner.dialog.locator("input[type=file]").setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer: Buffer.from("Key,Title,Status,Type\nA-1,One,To Do,Story\nA-2,Two,Weird,Odd\n") });
  await expect(planner.dialog).toContainText("2 rows read");
  await accessible(page, "import card");
  await planner.dialog.getByRole("button", { name: /^Import/ }).click();
  await page.keyboard.press("1");
  await accessible(page, "guess");
  await page.keyboard.press("?");
  await accessible(page, "help");
});
