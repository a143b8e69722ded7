// The list: its lenses, filters and kept views, several items at once, and quick add.
import type { Locator, Page } from "@playwright/test";
import { accessible } from "./axe.ts";
import { expect, test } from "./fixtures.ts";
import { Planner, dayOf } from "./planner.ts";

const open = async (page: Page, site: { url(path: string): string }, path = "/pages/column.html"): Promise<Planner> => {
  await page.goto(site.url(path));
  return new Planner(page).ready();
};
const sample = "/pages/whole.html?today=2026-11-23";

const sheet = (planner: Planner): Locator => planner.root.getByRole("dialog", { name: "Filter" });
const bulk = (planner: Planner): Locator => planner.root.locator("landfall-bulk");
const picked = (planner: Planner): Promise<string[]> => planner.rows.and(planner.page.locator("[aria-selected=true]")).locator(".name").allInnerTexts();

/** Pastes into the field of quick add. */
const paste = (planner: Planner, text: string): Promise<void> => planner.root.getByLabel("Title of the new item").evaluate((input, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, composed: true, cancelable: true }));
}, text);

test("the lenses are reached by arrows, keys of the plan hold in each of them, and the list is where it was left", async ({ page, site }) => {
  const planner = await open(page, site, sample);
  const lenses = planner.root.getByRole("radiogroup", { name: "Look at" });
  await lenses.getByRole("radio", { name: "List" }).focus();
  for (const [name, tag] of [["Scores", "landfall-scores"], ["Objectives", "landfall-objectives"], ["Dependencies", "landfall-dependencies"], ["Requests", "landfall-requests"]] as const) {
    await page.keyboard.press("ArrowRight");
    await expect(lenses.getByRole("radio", { name })).toBeChecked();
    await expect(lenses.getByRole("radio", { name })).toBeFocused();
    await expect(planner.root.locator(tag)).toHaveCount(1);
    await expect(planner.rows).toHaveCount(0);
    for (const key of ["Alt+ArrowDown", "j", "x", "Enter", "e", "Shift+ArrowDown"]) await page.keyboard.press(key);
  }
  // What a lens opens stands in the panel beside it, and Escape gives the focus back.
  await planner.root.locator("landfall-requests").evaluate((lens) => lens.dispatchEvent(new CustomEvent("open-item", { detail: "LF-14", bubbles: true, composed: true })));
  await expect(planner.panel.getByLabel("Title", { exact: true })).toHaveValue("Audit trail");
  await expect(planner.root.locator("landfall-requests")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(planner.panel).toHaveCount(0);
  // The lens stays while another view is looked at.
  await page.keyboard.press("2");
  await page.keyboard.press("1");
  await expect(lenses.getByRole("radio", { name: "Requests" })).toBeChecked();
  await lenses.getByRole("radio", { name: "Scores" }).click();
  // An item is added from any of them.
  await page.keyboard.press("c");
  await page.keyboard.type("From the scores");
  await page.keyboard.press("Enter");
  await expect(planner.toast).toContainText("Added From the scores at place 41: 85 % by");
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  await expect(planner.root.getByRole("searchbox", { name: "Search" })).toBeFocused();
  await planner.root.getByRole("searchbox", { name: "Search" }).press("Escape");
  // The search has gone, and with it the place; without one the list stands where it stood.
  await planner.rows.first().focus();
  await page.keyboard.press("End");
  await lenses.getByRole("radio", { name: "Scores" }).click();
  await expect(planner.rows).toHaveCount(0);
  await lenses.getByRole("radio", { name: "List" }).click();
  await expect(planner.row("From the scores")).toBeInViewport();
});

test("in a narrow column the lens is a choice of one field", async ({ page, site }) => {
  const planner = await open(page, site);
  await planner.root.getByLabel("Look at").selectOption("dependencies");
  await expect(planner.root.locator("landfall-dependencies")).toHaveCount(1);
  await planner.root.getByLabel("Look at").selectOption("list");
  await expect(planner.rows).toHaveCount(8);
});

test("conditions stand beside the filter, are taken off one by one, and are kept as a view", async ({ page, site }) => {
  const planner = await open(page, site, sample);
  await planner.rows.first().focus();
  await page.keyboard.press("f");
  const filter = sheet(planner);
  await expect(filter.getByRole("radio", { name: /^Work/ })).toBeFocused();
  await filter.getByLabel("Objective", { exact: true }).selectOption({ label: "Renewals: 5 contracts" });
  await filter.getByLabel("Tag", { exact: true }).selectOption("acme");
  await expect(filter.getByRole("status")).toHaveText("4 items");
  expect(await planner.titles()).toEqual(["Sign-in with the customer's own identity provider", "Audit trail", "Roles and permissions", "Purchase orders"]);
  await filter.getByRole("button", { name: "Save this view…" }).click();
  await filter.getByLabel("Name of the view").press("Enter");
  await expect(filter.getByRole("alert")).toHaveText("Give the view a name");
  await filter.getByLabel("Name of the view").fill("Contract");
  await filter.getByLabel("Name of the view").press("Enter");
  await expect(filter.getByRole("button", { name: "Contract", exact: true })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Escape");
  await expect(filter).toHaveCount(0);
  await expect(planner.button("Filter: Work 4")).toBeFocused();
  await planner.button("Remove Renewals: 5 contracts").click();
  await planner.button("Remove #acme").click();
  await expect(planner.button("Filter: Work 40")).toBeVisible();

  await planner.button("Filter: Work 40").click();
  await filter.getByRole("button", { name: "Contract", exact: true }).click();
  await expect(planner.rows).toHaveCount(4);
  await filter.getByRole("button", { name: "Rename Contract" }).click();
  await filter.getByLabel("Name of the view").fill("Contract of spring");
  await filter.getByLabel("Name of the view").press("Enter");
  // The same name takes the place of the one that had it.
  await filter.getByLabel("Tag", { exact: true }).selectOption("security");
  await filter.getByRole("button", { name: "Save this view…" }).click();
  await filter.getByLabel("Name of the view").fill("Contract of spring");
  await filter.getByLabel("Name of the view").press("Enter");
  await expect(planner.toast).toContainText("View “Contract of spring” replaced");
  await filter.getByRole("button", { name: "Clear" }).click();
  await expect(planner.button("Filter: Work 40")).toBeVisible();
  await page.reload();
  await planner.ready();
  await planner.button("Filter: Work 40").click();
  await filter.getByRole("button", { name: "Contract of spring", exact: true }).click();
  await expect(planner.button("Remove #security")).toBeVisible();
  await filter.getByRole("button", { name: "Remove Contract of spring" }).click();
  await expect(filter.getByRole("button", { name: "Contract of spring", exact: true })).toHaveCount(0);
  // Tab goes round in it; a click beside closes it.
  await filter.getByRole("button", { name: "Done" }).focus();
  await page.keyboard.press("Tab");
  await expect(filter.getByRole("button", { name: "Acme deal", exact: true })).toBeFocused();
  await planner.headline.click();
  await expect(filter).toHaveCount(0);
});

test("items are selected by keys and mouse, and changed by one command each", async ({ page, site }) => {
  const planner = await open(page, site, sample);
  await planner.rows.nth(3).focus();
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+J");
  await page.keyboard.press("Shift+K");
  expect(await picked(planner)).toEqual(["Sign-in with the customer's own identity provider", "Faster search results"]);
  await expect(bulk(planner)).toContainText("2 selected");
  await planner.row("Audit trail").locator(".name").click({ modifiers: ["ControlOrMeta"] });
  await expect(planner.panel).toHaveCount(0);
  expect(await picked(planner)).toHaveLength(3);
  await planner.row("Refund status page").locator(".name").click({ modifiers: ["Shift"] });
  expect(await picked(planner)).toHaveLength(4);
  await planner.row("Refund status page").getByRole("checkbox").click();
  expect(await picked(planner)).toHaveLength(3);

  const bar = bulk(planner);
  await bar.getByRole("button", { name: "MoSCoW" }).click();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(planner.toast).toContainText("3 items: Should");
  await expect(bar.getByRole("button", { name: "MoSCoW" })).toBeFocused();
  for (const title of await picked(planner)) await expect(planner.row(title).getByRole("img", { name: "Should" })).toHaveCount(1);
  await bar.getByRole("button", { name: "Tags" }).click();
  await page.keyboard.type("winter, #gifts");
  await page.keyboard.press("Enter");
  await expect(planner.toast).toContainText("3 items: tagged winter, gifts");
  await bar.getByRole("button", { name: "Size" }).click();
  await page.keyboard.type("big");
  await page.keyboard.press("Enter");
  await expect(bar.getByRole("alert")).toHaveText("“big” is no size: write 5, 3–8 or 3–5–8");
  await page.keyboard.press("Escape");
  await bar.getByRole("button", { name: "Parent" }).click();
  await page.keyboard.type("Self-service onboarding");
  await page.keyboard.press("Enter");
  await expect(planner.toast).toContainText("3 items: part of LF-9");
  await bar.getByRole("button", { name: "Move", exact: true }).click();
  await bar.getByRole("menuitem", { name: "To the top" }).click();
  // What is in progress comes first all the same.
  expect((await planner.titles()).slice(2, 5)).toEqual(["Sign-in with the customer's own identity provider", "Faster search results", "Audit trail"]);
  await planner.button("Undo move 3 items").click();
  expect((await planner.titles())[2]).toBe("Remember the delivery address");
  await bar.getByRole("button", { name: "Move", exact: true }).click();
  await bar.getByRole("menuitem", { name: "Before…" }).click();
  await page.keyboard.type("LF-10");
  await page.keyboard.press("Enter");
  expect((await planner.titles()).slice(5, 9)).toEqual(["Sign-in with the customer's own identity provider", "Faster search results", "Audit trail", "Sign up with a company domain"]);
  await bar.getByRole("button", { name: "Status" }).click();
  await bar.getByRole("menuitem", { name: "Done" }).click();
  await expect(planner.toast).toContainText("3 items: done");
  // What is done leaves the list, and the selection with it.
  await expect(bar).toHaveCount(0);
  await expect(planner.headline).toContainText("all 37 items");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(planner.headline).toContainText("all 40 items");
});

test("all that is shown is selected at once, asks why when it is declined, and is given up by Escape", async ({ page, site }) => {
  const planner = await open(page, site);
  await planner.root.getByRole("searchbox", { name: "Search" }).fill("a");
  const shown = await planner.titles();
  await planner.root.getByRole("searchbox", { name: "Search" }).press("Enter");
  await page.keyboard.press("ControlOrMeta+a");
  expect(await picked(planner)).toEqual(shown);
  // A column of 760 pixels has room for one button.
  await bulk(planner).getByRole("button", { name: "Change" }).click();
  await bulk(planner).getByRole("menuitem", { name: "Decline…" }).click();
  await expect(planner.root.locator("landfall-decline dialog[open]")).toContainText(`Decline ${shown.length} items`);
  await page.keyboard.press("Escape");
  await expect(planner.root.locator("landfall-decline dialog[open]")).toHaveCount(0);
  await planner.rows.first().focus();
  await page.keyboard.press("Escape");
  await expect(bulk(planner)).toHaveCount(0);
  await expect(planner.rows.first()).toBeFocused();
});

test("a selection is moved together, by keys and by the hand, and one undo brings it back", async ({ page, site }) => {
  const planner = await open(page, site);
  const order = await planner.titles();
  await planner.row("SSO for Acme").focus();
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+ArrowDown");
  const before = await planner.date("SSO for Acme");
  await page.keyboard.press("Alt+ArrowDown");
  expect((await planner.titles()).slice(2, 5)).toEqual(["Spike: tax engine", "SSO for Acme", "Basket loses items after sign-in"]);
  await expect(planner.toast).toContainText(/2 items from place 4\. SSO for Acme: \d+ \w{3} instead of/);
  expect(dayOf(await planner.date("SSO for Acme"))).toBeGreaterThan(dayOf(before));
  await page.keyboard.press("Alt+ArrowUp");
  await page.keyboard.press("Alt+ArrowUp");
  expect((await planner.titles()).slice(0, 4)).toEqual(["Guest checkout", "SSO for Acme", "Basket loses items after sign-in", "Faster search results"]);
  for (let k = 0; k < 3; k++) await page.keyboard.press("ControlOrMeta+z");
  expect(await planner.titles()).toEqual(order);

  const box = (await planner.row("SSO for Acme").boundingBox())!;
  await page.mouse.move(box.x + 200, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y + 10 + 3 * box.height, { steps: 8 });
  await expect(planner.root.locator(".row.held")).toContainText("2 items");
  await expect(planner.root.locator(".sentence")).toContainText("SSO for Acme");
  await page.mouse.up();
  const moved = await planner.titles();
  expect(moved.indexOf("Basket loses items after sign-in")).toBe(moved.indexOf("SSO for Acme") + 1);
  expect(moved.filter((title) => !/^(SSO|Basket)/.test(title))).toEqual(order.filter((title) => !/^(SSO|Basket)/.test(title)));
  expect(moved).not.toEqual(order);
  await page.keyboard.press("ControlOrMeta+z");
  expect(await planner.titles()).toEqual(order);
});

test("a finger that rests on a row selects it, and the next touch of its box takes it off", async ({ browser, site }) => {
  const context = await browser.newContext({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 780 } });
  const page = await context.newPage();
  await page.goto(site.url("/pages/whole.html?today=2026-11-23"));
  const planner = await new Planner(page).ready();
  await planner.rows.nth(2).dispatchEvent("pointerdown", { pointerType: "touch", pointerId: 7, button: 0, isPrimary: true });
  await expect(bulk(planner)).toContainText("1 selected");
  await planner.rows.nth(2).dispatchEvent("pointerup", { pointerType: "touch", pointerId: 7, button: 0 });
  await page.waitForTimeout(1100); // as long as the click after it is waited for
  await planner.rows.nth(2).getByRole("checkbox").tap();
  await expect(bulk(planner)).toHaveCount(0);
  await context.close();
});

test("the end of a line sets tag, class and size, unless a backslash stands before it, and pasted lines are items", async ({ page, site }) => {
  const planner = await open(page, site);
  await planner.rows.first().focus();
  await page.keyboard.press("c");
  await page.keyboard.type("Gift cards #shop !must (3-5)");
  await page.keyboard.press("Enter");
  const row = planner.row("Gift cards");
  await expect(row.getByRole("img", { name: "Must" })).toBeVisible();
  await expect(row.locator(".size")).toHaveText("3–5");
  await page.keyboard.type("Answer to issue #12 \\(5)");
  await page.keyboard.press("Enter");
  await expect(planner.row("Answer to issue #12 \\(5\\)")).toBeVisible();
  await page.keyboard.press("Escape");
  await planner.open("Gift cards");
  await expect(planner.panel).toContainText("shop");
  await page.keyboard.press("Escape");

  // Plain lines are items at once.
  await page.keyboard.press("c");
  await paste(planner, "- Wish list\n- Split payments\n");
  await expect(planner.rows).toHaveCount(12);
});

test("pasted stories are shown before they are taken, and come with story and criteria in one step", async ({ page, site }) => {
  const planner = await open(page, site, sample);
  await planner.rows.first().focus();
  await page.keyboard.press("c");
  await paste(planner, "As a buyer, I want to save a basket, so that I can finish it at home\n- The basket is there after signing in\n- It is kept for 30 days\n\nAs a seller, I want to see returns, so that I can plan the stock\n- Returns of a week are listed\n");
  await expect(planner.root.locator("landfall-add").getByRole("status")).toContainText("2 stories with 3 criteria: Enter adds them");
  await expect(planner.headline).toContainText("all 40 items");
  await page.keyboard.press("Escape");
  await expect(planner.root.locator("landfall-add").getByRole("status")).toBeHidden();
  await paste(planner, "As a buyer, I want to save a basket, so that I can finish it at home\n- The basket is there after signing in\n- It is kept for 30 days\n\nAs a seller, I want to see returns, so that I can plan the stock\n- Returns of a week are listed\n");
  await page.keyboard.press("Enter");
  await expect(planner.headline).toContainText("all 42 items");
  await expect(planner.toast).toContainText("Added 2 items at place 41");
  await page.keyboard.press("Escape");
  await planner.rows.last().focus();
  await page.keyboard.press("Enter");
  await expect(planner.panel).toContainText("of 1 met");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(planner.headline).toContainText("all 40 items");
});

test("a selection is merged and declined where it stands", async ({ page, site }) => {
  const planner = await open(page, site, sample);
  await planner.rows.nth(4).focus();
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+ArrowDown");
  await bulk(planner).getByRole("button", { name: "Decline…" }).click();
  const no = planner.root.locator("dialog[open]");
  await expect(no).toContainText("Decline 2 items");
  await page.keyboard.press("Escape");
  await expect(no).toHaveCount(0);
  await bulk(planner).getByRole("button", { name: "Merge" }).click();
  await expect(no).toContainText("LF-6");
  await expect(no.getByRole("checkbox", { checked: true })).toHaveCount(1);
});

test("axe finds nothing in the filter, the selection and quick add", async ({ page, site }) => {
  test.slow();
  const planner = await open(page, site, sample);
  await planner.rows.nth(3).focus();
  await page.keyboard.press("f");
  await sheet(planner).getByLabel("Tag", { exact: true }).selectOption("acme");
  await sheet(planner).getByRole("button", { name: "Save this view…" }).click();
  await page.keyboard.type("Contract");
  await page.keyboard.press("Enter");
  await sheet(planner).getByRole("button", { name: "Rename Contract" }).click();
  await accessible(page, "filter");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await planner.rows.nth(1).focus();
  await page.keyboard.press("x");
  await bulk(planner).getByRole("button", { name: "Status" }).click();
  await accessible(page, "selection");
  await page.keyboard.press("Escape");
  await bulk(planner).getByRole("button", { name: "Size" }).click();
  await page.keyboard.type("big");
  await page.keyboard.press("Enter");
  await accessible(page, "refused size");
  await page.setViewportSize({ width: 390, height: 780 });
  await accessible(page, "narrow");
  await page.keyboard.press("Escape");
  await page.keyboard.press("c");
  await accessible(page, "quick add");
});
