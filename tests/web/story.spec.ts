// An item from a title to a story that is ready: written, judged, scored, cut, joined, drafted elsewhere and taken in.
import type { Locator, Page } from "@playwright/test";
import { accessible } from "./axe.ts";
import { expect, test } from "./fixtures.ts";
import { Planner, today } from "./planner.ts";

const open = async (page: Page, site: { url(path: string): string }, title?: string) => {
  await page.goto(site.url("/pages/column.html"));
  const planner = await new Planner(page).ready();
  if (title) await planner.open(title);
  return planner;
};

/** Goes on with Tab until something has the focus. */
const tabTo = async (page: Page, target: Locator, key = "Tab") => {
  for (let k = 0; k < 60; k++) {
    if (await target.evaluateAll((all) => all.some((one) => one.matches(":focus")))) return;
    await page.keyboard.press(key);
  }
  await expect(target).toBeFocused();
};

/** What can be done with the item in the panel. */
const act = async ({ panel }: Planner, name: string) => {
  await panel.getByRole("button", { name: "Actions" }).click();
  await panel.getByRole("menuitem", { name }).click();
};

const stored = (planner: Planner, id: string) => planner.root.evaluate((element, id) => (element as HTMLElement & { planner: { item(id: string): { item: Record<string, unknown> } } }).planner.item(id).item, id);

test("a story is written from nothing, accepted, scored and made to wait, by keyboard alone", async ({ page, site }) => {
  const planner = await open(page, site);
  const { panel } = planner;
  await planner.rows.first().focus();
  await page.keyboard.press("c");
  await page.keyboard.type("Pay by invoice");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(planner.row("Pay by invoice")).toBeVisible();
  await page.keyboard.press("End");
  await expect(planner.row("Pay by invoice")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(panel.getByLabel("Title")).toHaveValue("Pay by invoice");
  const dates = panel.locator(".lands");
  await tabTo(page, panel.getByLabel("Size", { exact: true }));
  await page.keyboard.type("2");
  await page.keyboard.press("Enter");
  const alone = await dates.innerText();
  await tabTo(page, panel.getByRole("button", { name: "+ Story" }));
  await page.keyboard.press("Enter");
  await expect(panel.getByLabel("As", { exact: true })).toBeFocused();
  await page.keyboard.type("a purchasing clerk");
  await page.keyboard.press("Tab");
  await page.keyboard.type("to pay by invoice");
  await page.keyboard.press("Tab");
  await page.keyboard.type("nobody here needs a card of their own");
  await tabTo(page, panel.getByRole("button", { name: "+ Acceptance criteria" }));
  await page.keyboard.press("Enter");
  await expect(panel.getByLabel("New criterion")).toBeFocused();
  await page.keyboard.type("The invoice names the order");
  await page.keyboard.press("Enter");
  await tabTo(page, panel.getByRole("button", { name: "Given / when / then" }));
  await page.keyboard.press("Enter");
  await page.keyboard.type("a company with credit");
  await page.keyboard.press("Enter");
  await page.keyboard.type("it orders");
  await page.keyboard.press("Enter");
  await page.keyboard.type("the invoice is due in 30 days");
  await page.keyboard.press("Enter");
  await expect(panel.getByLabel("Criterion 2", { exact: true })).toHaveValue("Given a company with credit\nWhen it orders\nThen the invoice is due in 30 days");
  await expect(panel.locator(".off b")).toHaveText(["Given", "When", "Then"]);
  await tabTo(page, panel.getByLabel("Criterion 2", { exact: true }), "Shift+Tab");
  await page.keyboard.press("Alt+ArrowUp");
  await expect(panel.getByLabel("Criterion 1", { exact: true })).toBeFocused();
  await expect(panel.getByLabel("Criterion 2", { exact: true })).toHaveValue("The invoice names the order");
  await tabTo(page, panel.getByRole("button", { name: "+ Score" }));
  await page.keyboard.press("Enter");
  await page.keyboard.type("300-900");
  await page.keyboard.press("Tab");
  await page.keyboard.type("3");
  await page.keyboard.press("Tab");
  // The steps of the scale stand behind the field.
  await tabTo(page, panel.getByLabel("Confidence", { exact: true }));
  await page.keyboard.type("80");
  await page.keyboard.press("Tab");
  await expect(panel.getByRole("heading", { name: /RICE \d+ between \d+ and \d+/ })).toBeVisible();
  await expect(panel.locator("[data-section=score] .note")).toContainText(/Third by RICE.*Place 9.*best order.*>\s99\s% likely among the top 10/);
  await tabTo(page, panel.getByRole("button", { name: "+ Needs" }));
  await page.keyboard.press("Enter");
  await page.keyboard.type("B-6");
  await page.keyboard.press("Enter");
  await expect(panel.locator("[data-section=needs]")).toContainText("Audit trail");
  await expect(dates).toContainText("Needs B-6");
  expect(await dates.innerText()).not.toBe(alone);
  await page.keyboard.press("Escape");
  await expect(planner.row("Pay by invoice")).toBeFocused();
  const before = await planner.date("Pay by invoice");
  await page.keyboard.press("Alt+ArrowUp");
  await expect(planner.row("Pay by invoice").locator(".rank")).toHaveText("8");
  expect(await planner.date("Pay by invoice")).not.toBe("");
  expect(before).not.toBe("");
});

test("what is to be mended is said under its field, after a rest, and goes when it is mended", async ({ page, site }) => {
  const planner = await open(page, site, "SSO for Acme");
  const { panel } = planner;
  await panel.getByLabel("Size", { exact: true }).fill("3");
  await panel.getByLabel("Size", { exact: true }).press("Enter");
  await expect(panel.locator(".found")).toHaveCount(0);
  await expect(panel.getByRole("button", { name: /to mend/ })).toHaveCount(0);
  const field = panel.getByLabel("New criterion");
  await field.click();
  await page.keyboard.type("Signing in is fast");
  const line = panel.locator(".found", { hasText: "cannot be tested" });
  await expect(line).toContainText("“fast”".replaceAll(/[“”]/g, '"'));
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("Signing in is fast");
  await page.keyboard.press("Enter");
  const third = panel.getByLabel("Criterion 3", { exact: true });
  await expect(third).toHaveAttribute("aria-describedby", "found-criterion-2");
  await expect(panel.getByRole("button", { name: "1 to mend" })).toBeVisible();
  await panel.getByLabel("Title").click();
  await panel.getByRole("button", { name: "1 to mend" }).click();
  await expect(third).toBeFocused();
  await third.fill("Signing in takes 2 seconds at most");
  await expect(panel.locator(".found")).toHaveCount(0);
  await expect(third).toBeFocused();

  // Empty, it is said when the field is left, and aloud then only.
  const aloud = planner.root.locator(".shell > .sr[role=status]");
  await panel.getByLabel("so that").fill("");
  await page.waitForTimeout(400);
  await expect(aloud).not.toContainText("why it is wanted");
  await page.keyboard.press("Tab");
  await expect(panel.locator("#found-story-soThat")).toContainText("It does not say why it is wanted");
  await expect(aloud).toContainText("It does not say why it is wanted");
  await panel.locator("#found-story-soThat").hover();
  await panel.getByRole("button", { name: /^Hide/ }).click();
  await expect(panel.locator("#found-story-soThat")).toHaveCount(0);
  await panel.getByRole("button", { name: "1 hidden" }).click();
  await expect(panel.locator("#found-story-soThat")).toBeVisible();
});

test("a half-written story is not scolded, and nothing moves under the caret", async ({ page, site }) => {
  const planner = await open(page, site, "Invoice by e-mail");
  const { panel } = planner;
  await panel.getByRole("button", { name: "+ Story" }).click();
  await page.keyboard.type("a buyer");
  await page.waitForTimeout(300);
  await expect(panel.locator(".found")).toHaveCount(0);
  await page.keyboard.press("Tab");
  await expect(panel.getByLabel("I want")).toBeFocused();
  await expect(panel.locator("#found-story-soThat")).toBeVisible();
  await page.keyboard.type("to have the invoice");
  await expect(panel.locator("#found-story-iWant")).toHaveCount(0);
  await page.keyboard.type(" by e-mail");
  await expect(panel.getByLabel("I want")).toHaveValue("to have the invoice by e-mail");
});

test("an item is split by what its words suggest, its criteria move by keys, and one undo joins it again", async ({ page, site }) => {
  const planner = await open(page, site, "SSO for Acme");
  const { panel } = planner;
  const count = await planner.rows.count();
  await act(planner, "Split…");
  const dialog = panel.locator("landfall-split dialog");
  await expect(dialog.getByRole("heading", { level: 2 })).toHaveText("Split B-3 SSO for Acme");
  const byHand = dialog.getByRole("button", { name: /^By hand/ });
  if (await byHand.isVisible()) await byHand.click();
  await dialog.getByLabel("Title of piece 1").fill("Sign in with the directory");
  await dialog.getByLabel("Size of piece 1").fill("large");
  await dialog.getByLabel("Title of piece 2").fill("Leavers lose access");
  await dialog.getByLabel("Size of piece 2").fill("3-5");
  await dialog.getByRole("button", { name: /open sessions end.* to piece 2/ }).focus();
  await page.keyboard.press("Alt+ArrowDown");
  await expect(dialog.getByRole("list", { name: "Criteria of piece 2" })).toContainText("open sessions end");
  await page.keyboard.press("Control+Enter");
  await expect(dialog.getByRole("alert")).toContainText("“large” is no size");
  await expect(dialog.getByLabel("Size of piece 1")).toBeFocused();
  await dialog.getByLabel("Size of piece 1").fill("5");
  await page.keyboard.press("Control+Enter");
  await expect(dialog).toBeHidden();
  await expect(planner.toast).toContainText(/Split into 2: the first lands by \d+ \w{3}.*85.% sure/);
  await expect(planner.rows).toHaveCount(count + 1);
  await expect(panel.getByLabel("Title")).toHaveValue("Sign in with the directory");
  await planner.row("Leavers lose access").locator(".name").click();
  await expect(panel.getByLabel("Criterion 1", { exact: true })).toHaveValue(/open sessions end/);
  await expect(panel.getByLabel("Objective", { exact: true })).toHaveValue("renewals");
  await planner.toast.getByRole("button", { name: "Undo" }).click();
  await expect(planner.rows).toHaveCount(count);
  await expect(planner.row("SSO for Acme")).toBeVisible();
});

test("a split is proposed with its reason", async ({ page, site }) => {
  const planner = await open(page, site);
  await planner.root.evaluate((element) => void (element as HTMLElement & { run(command: unknown): void }).run({ type: "addItem", item: { id: "B-20", title: "Export orders", story: { asA: "a bookkeeper", iWant: "to export orders as CSV, Excel or PDF", soThat: "I can close the month" }, criteria: [{ text: "CSV opens in our ledger" }, { text: "PDF carries the letterhead" }] } }));
  await planner.open("Export orders");
  await act(planner, "Split…");
  const dialog = planner.panel.locator("landfall-split dialog");
  const way = dialog.getByRole("group", { name: "Ways to cut it" }).getByRole("button", { pressed: true });
  await expect(way).toContainText(/pieces.+\w/s);
  expect(await dialog.getByLabel(/^Title of piece/).count()).toBeGreaterThan(1);
  await dialog.getByRole("button", { name: /^Split into/ }).click();
  await expect(planner.toast).toContainText("Split into");
});

test("items are merged, sizes kept or added up", async ({ page, site }) => {
  const planner = await open(page, site, "SSO for Acme");
  await act(planner, "Merge…");
  const dialog = planner.panel.locator("landfall-merge dialog");
  await expect(dialog.getByRole("button", { name: "Merge", exact: true })).toBeDisabled();
  await dialog.getByLabel("Items to take in").fill("B-7");
  await dialog.getByLabel("Items to take in").press("Enter");
  await expect(dialog.getByRole("checkbox", { name: /Invoice by e-mail/ })).toBeChecked();
  await expect(dialog).toContainText("B-3 takes in 1 tag, and notes. B-7 goes; what named it names B-3.");
  await expect(dialog.getByLabel("Keep 8–13–21")).toBeChecked();
  await dialog.getByLabel("Add up: 13–18–26").check();
  await dialog.getByRole("button", { name: "Merge 2 items" }).click();
  await expect(planner.toast).toContainText("Merged 2 items into B-3");
  await expect(planner.row("Invoice by e-mail")).toHaveCount(0);
  await expect(planner.panel.getByLabel("Size", { exact: true })).toHaveValue("13–18–26");
  await expect(planner.panel.getByLabel("Notes")).toHaveValue(/B-7 Invoice by e-mail/);
});

const answer = `Here are two stories:

1. **Mail the invoice**
As a bookkeeper, I want the invoice by e-mail, so that I can pay without the portal.
- Given a paid order, when it ships, then the invoice is sent within 5 minutes
- The invoice is a PDF

2. **Choose the address**
As a bookkeeper, I want to name an address for invoices, so that they reach the right desk.
- An address can be named per company
`;

test("an assistant's answer is previewed and added behind the item, in one step", async ({ page, site, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const planner = await open(page, site, "Invoice by e-mail");
  const { panel } = planner;
  const before = await planner.titles();
  await act(planner, "Draft with an assistant…");
  const dialog = panel.locator("landfall-assistant dialog");
  await expect(dialog.getByLabel("The prompt")).toHaveValue(/Invoice by e-mail/);
  await dialog.getByRole("button", { name: "Copy" }).click();
  await expect(dialog.getByRole("status").first()).toHaveText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("Invoice by e-mail");
  await dialog.getByLabel("The answer").fill(answer);
  await expect(dialog).toContainText("2 stories read, 2 ticked");
  await dialog.getByRole("button", { name: "Add 2 stories behind it" }).click();
  await expect(planner.toast).toContainText("Added 2 stories behind B-7");
  const at = before.indexOf("Invoice by e-mail");
  expect((await planner.titles()).slice(at, at + 3)).toEqual(["Invoice by e-mail", "Mail the invoice", "Choose the address"]);
  await planner.row("Mail the invoice").locator(".name").click();
  await expect(panel.getByLabel("I want")).toHaveValue(/invoice by e-mail/);
  await expect(panel.getByLabel("Criterion 2", { exact: true })).toHaveValue("The invoice is a PDF");
  await expect(panel.getByRole("button", { name: "Remove tag finance" })).toBeVisible();
  await planner.toast.getByRole("button", { name: "Undo" }).click();
  expect(await planner.titles()).toEqual(before);
});

test("one story of an answer is put into the item, whose title stays", async ({ page, site }) => {
  const planner = await open(page, site, "Invoice by e-mail");
  const { panel } = planner;
  await act(planner, "Draft with an assistant…");
  const dialog = panel.locator("landfall-assistant dialog");
  await dialog.getByLabel("The answer").fill(answer);
  await dialog.getByRole("checkbox", { name: "Choose the address" }).uncheck();
  await dialog.getByRole("button", { name: "Put into this item" }).click();
  await expect(panel.getByLabel("Title")).toHaveValue("Invoice by e-mail");
  await expect(panel.getByLabel("As", { exact: true })).toHaveValue(/bookkeeper/);
  await expect(panel).toContainText("0 of 2 met");
});

test("the definition of ready is agreed on, seen by the plan, and ticked where it cannot see", async ({ page, site }) => {
  const planner = await open(page, site, "SSO for Acme");
  const { panel } = planner;
  const points = panel.locator("details[data-section=ready]");
  await expect(points.locator("summary")).toHaveText("Ready every point holds");
  await points.locator("summary").click();
  await points.getByRole("button", { name: "Edit the definition of ready…" }).click();
  const dialog = panel.locator("landfall-agreement dialog");
  await dialog.getByLabel("Add a point").selectOption("small");
  await dialog.getByLabel("Add a point").selectOption("own");
  await page.keyboard.press("Control+Enter");
  await expect(dialog.getByRole("alert")).toContainText("says something");
  await expect(dialog.getByLabel("Point 5", { exact: true })).toBeFocused();
  await page.keyboard.type("Design has looked at it");
  await page.keyboard.press("Alt+ArrowUp");
  await expect(dialog.getByLabel("Point 4", { exact: true })).toHaveValue("Design has looked at it");
  await dialog.getByLabel("House rules").fill("No passive voice.");
  await page.keyboard.press("Control+Enter");
  await expect(dialog).toBeHidden();
  await expect(points.locator("summary")).toHaveText("Ready 3 of 5 points");
  await points.getByLabel("Design has looked at it").check();
  await expect(points.locator("summary")).toHaveText("Ready 4 of 5 points");
  expect((await stored(planner, "B-3"))["ready"]).toEqual(["Design has looked at it"]);
});

test("class, effect and a request are given in place", async ({ page, site }) => {
  const planner = await open(page, site, "SSO for Acme");
  const { panel } = planner;
  await panel.getByRole("button", { name: "+ MoSCoW" }).click();
  await expect(panel.getByRole("button", { name: "Must", exact: true })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  await expect(panel.getByRole("button", { name: "Should", exact: true })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Space");
  await expect(panel.getByRole("button", { name: "Should", exact: true })).toHaveAttribute("aria-pressed", "false");
  await page.keyboard.press("Space");
  expect((await stored(planner, "B-3"))["moscow"]).toBe("should");

  for (const [typed, shown, value] of [["2-3", "2–3", { low: 2, high: 3 }], ["-30 to -50", "−50 to −30", { low: -50, high: -30 }], ["+4", "4", 4]] as const) {
    await panel.getByLabel("Expected effect").fill(typed);
    await panel.getByLabel("Expected effect").press("Enter");
    await expect(panel.getByLabel("Expected effect")).toHaveValue(shown);
    expect((await stored(planner, "B-3"))["effect"]).toEqual(value);
  }
  await panel.getByLabel("Expected effect").fill("much");
  await panel.getByLabel("Expected effect").press("Tab");
  await expect(panel.getByRole("alert")).toContainText("“much” is no effect");
  await panel.getByLabel("Expected effect").press("Escape");

  await panel.getByRole("button", { name: "+ Requests" }).click();
  await expect(panel.getByLabel("Who")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("alert")).toBeVisible();
  await page.keyboard.type("Acme");
  await page.keyboard.press("Tab");
  await page.keyboard.type("leavers keep their access for days");
  await page.keyboard.press("Enter");
  await expect(panel.locator(".voice")).toContainText("Acme leavers keep their access for days");
  await expect(panel.getByRole("alert")).toHaveCount(0);
  await panel.getByLabel("Status").selectOption("done");
  await expect(panel).toContainText("Expected to move Renewals by +4; no reading since it landed.");
});

test("an item is copied and declined from its menu, by keys", async ({ page, site }) => {
  const planner = await open(page, site, "Invoice by e-mail");
  const { panel } = planner;
  await panel.getByRole("button", { name: "Actions" }).focus();
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("menuitem", { name: "What if…" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(panel.getByRole("menuitem", { name: "Duplicate" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(panel.getByLabel("Title")).toHaveValue("Invoice by e-mail (copy)");
  await panel.getByLabel("Status").selectOption("declined");
  const dialog = planner.root.locator("landfall-decline dialog");
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel.getByLabel("Status")).toHaveValue("todo");
  await act(planner, "Decline…");
  await page.keyboard.type("one of them is enough");
  await page.keyboard.press("Enter");
  await expect(planner.row("Invoice by e-mail \\(copy\\)")).toHaveCount(0);
  await expect(panel).toContainText("One of them is enough");
});

test("axe finds nothing in the panel and its dialogs", async ({ page, site }) => {
  test.slow();
  await page.goto(site.url(`/pages/whole.html?today=${today}`));
  const planner = await new Planner(page).ready();
  await planner.open("Audit trail");
  const { panel } = planner;
  for (const name of ["Needs", "Requests", "Score"]) {
    const chip = panel.getByRole("button", { name: `+ ${name}` });
    if (await chip.isVisible()) await chip.click();
  }
  await panel.getByRole("button", { name: "+ Acceptance criteria" }).click();
  await page.keyboard.type("It is fast");
  await page.keyboard.press("Enter");
  await panel.locator("summary", { hasText: "Ready" }).click();
  await panel.getByLabel("Reach").focus();
  await accessible(page, "panel");
  await panel.getByRole("button", { name: "Actions" }).click();
  await accessible(page, "menu");
  await page.keyboard.press("Escape");
  for (const name of ["Split…", "Merge…", "Draft with an assistant…"]) {
    await act(planner, name);
    const dialog = panel.locator("dialog[open]");
    if (name.startsWith("Merge")) await dialog.getByRole("checkbox").first().check();
    if (name.startsWith("Draft")) await dialog.getByLabel("The answer").fill(answer);
    await accessible(page, name);
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
  }
  await panel.getByRole("button", { name: "Edit the definition of ready…" }).click();
  await accessible(page, "agreement");
});
