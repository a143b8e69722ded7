// The plan seen through its objectives, its dependencies, and what people asked for.
import type { Locator, Page } from "@playwright/test";
import { accessible } from "./axe.ts";
import { expect, test } from "./fixtures.ts";
import { Planner } from "./planner.ts";

type Site = { url(path: string): string };
type Lens = "objectives" | "dependencies" | "requests";

// A row of choices where there is room, else a list of them.
async function choose({ root }: Planner, lens: Lens): Promise<void> {
  const chooser = root.getByLabel("Look at", { exact: true });
  if ((await chooser.getAttribute("role")) === "radiogroup") await chooser.getByRole("radio", { name: new RegExp(`^${lens}`, "i") }).click();
  else await chooser.selectOption(lens);
}

async function look(page: Page, site: Site, lens: Lens, path = "/pages/column.html"): Promise<{ planner: Planner; view: Locator }> {
  await page.goto(site.url(path));
  const planner = await new Planner(page).ready();
  await choose(planner, lens);
  return { planner, view: planner.root.locator(`landfall-${lens}`) };
}

/** The items that a lens asks to open. */
async function opened(view: Locator): Promise<() => Promise<string[]>> {
  await view.evaluate((element) => {
    const ids: string[] = [];
    Object.assign(element, { ids });
    element.addEventListener("open-item", (event) => ids.push((event as CustomEvent<string>).detail));
  });
  return () => view.evaluate((element) => (element as unknown as { ids: string[] }).ids);
}

test("an objective gets a metric, readings and a target by keyboard, and shows how far it has come", async ({ page, site }) => {
  const { planner, view } = await look(page, site, "objectives");
  const leads = view.locator("section").filter({ has: page.getByRole("heading", { name: "Leads +20 %" }) });
  await leads.getByRole("button", { name: "Edit Leads +20 %" }).press("Enter");
  await expect(view.getByLabel("Outcome")).toBeFocused();
  await view.getByLabel("Metric").fill("leads a month");
  await view.getByLabel("Target").fill("1,200");
  await view.getByLabel("Worth").fill("40k–80k");
  await view.getByLabel("Readings").fill("2026-10-26 1000\nlast week 1010");
  await view.getByRole("button", { name: "Save" }).press("Enter");
  await expect(view.getByRole("alert").filter({ hasText: /./ })).toContainText("“last week 1010”");
  await view.getByLabel("Readings").fill("2026-10-26 1000\n2026-09-28 980");
  await view.getByRole("button", { name: "Save" }).press("Enter");
  await expect(leads).toContainText("40,000–80,000");
  await expect(leads.getByRole("button", { name: "Edit Leads +20 %" })).toBeFocused();

  await leads.getByRole("button", { name: "Add a reading of Leads +20 %" }).press("Enter");
  await page.keyboard.type("1090");
  await page.keyboard.press("Enter");
  const chart = leads.locator("landfall-readings");
  await expect(chart.locator("figcaption")).toContainText("1,090 of 1,200 leads a month on 23 Nov");
  await expect(chart.locator("svg circle")).toHaveCount(3);
  await expect(leads.locator(".facts")).toContainText("50 %");

  const effect = leads.getByLabel("Effect expected of Guest checkout");
  await effect.fill("lots");
  await effect.press("Enter");
  await expect(leads.getByRole("alert")).toContainText("“lots” is no effect");
  await expect(effect).toHaveValue("lots");
  await effect.fill("-20 – 60");
  await effect.press("Enter");
  await expect(effect).toHaveValue("−20 to +60");
  await expect(chart.locator("figcaption")).toContainText("+20");
  await planner.button("Undo").first().click();
  await expect(effect).toHaveValue("");
});

test("items that serve no objective get one, alone or all at once, and a removed objective lets its items go", async ({ page, site }) => {
  const { planner, view } = await look(page, site, "objectives");
  await view.getByRole("button", { name: "4 items serve no objective" }).click();
  await view.getByLabel("Objective of Invoice by e-mail").selectOption("Renewals");
  await expect(view.getByRole("button", { name: "3 items serve no objective" })).toBeVisible();
  await view.getByLabel("Objective for all 3").selectOption("Leads +20 %");
  await expect(view.getByRole("button", { name: /no objective$/ })).toHaveCount(0);
  await view.getByRole("button", { name: "Edit Renewals" }).click();
  await view.getByRole("button", { name: "Take out" }).click();
  await expect(planner.toast).toContainText("Removed Renewals; its 3 items serve no objective now");
  await planner.toast.getByRole("button", { name: "Undo" }).click();
  await expect(view.getByRole("heading", { name: "Renewals" })).toBeVisible();
  await expect(view.getByRole("button", { name: /no objective$/ })).toHaveCount(0);
});

test("the picture of needs is walked, a need added and taken out by keyboard, and a circle is spelt out", async ({ page, site }) => {
  const { planner, view } = await look(page, site, "dependencies");
  const ids = await opened(view);
  const card = (id: string): Locator => view.locator(`button.card[data-id=${id}]`);
  await card("B-3").focus();
  await page.keyboard.press("ArrowRight");
  await expect(card("B-6")).toBeFocused();
  await page.keyboard.press("Enter");
  expect(await ids()).toEqual(["B-6"]);
  await page.keyboard.press("ArrowLeft");
  await expect(card("B-3")).toBeFocused();

  await page.keyboard.press("n");
  await expect(view.getByLabel("B-3 needs")).toBeFocused();
  await page.keyboard.type("Audit trail");
  await page.keyboard.press("Enter");
  await expect(view.getByRole("alert").filter({ hasText: /./ })).toContainText(/B-\d needs B-\d needs B-\d/);
  await expect(view.getByLabel("B-3 needs")).toHaveValue("Audit trail");
  await view.getByLabel("B-3 needs").fill("guest checkout");
  await page.keyboard.press("Enter");
  await expect(card("B-1")).toBeVisible();
  await expect(card("B-3")).toBeFocused();
  await expect(card("B-6")).toHaveClass(/lit/);
  await page.keyboard.press("Delete");
  await expect(view.getByRole("button", { name: "Take out: B-3 needs B-1" })).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(card("B-1")).toHaveCount(0);
  await planner.toast.getByRole("button", { name: "Undo" }).click();
  await expect(card("B-1")).toBeVisible();
  await view.getByText("Show as a table").click();
  await expect(view.getByRole("row", { name: /^B-3 SSO for Acme B-1 B-6/ })).toBeVisible();
});

test("a line drawn from one item to another adds a need, and one that closes a circle is refused", async ({ page, site }) => {
  const { view } = await look(page, site, "dependencies", "/pages/whole.html?today=2026-11-23");
  const card = (id: string): Locator => view.locator(`button.card[data-id=${id}]`);
  await card("LF-4").dragTo(card("LF-3"));
  await expect(view.getByRole("button", { name: "Take out: LF-3 needs LF-4" })).toBeVisible();
  await card("LF-8").dragTo(card("LF-2"));
  await expect(view.getByRole("alert").filter({ hasText: /./ })).toContainText(/LF-\d needs LF-\d needs LF-\d needs LF-\d/);
});

test("a request is written down by keyboard, made an item, declined with a reason and found in the decisions", async ({ page, site }) => {
  const { planner, view } = await look(page, site, "requests");
  await expect(view).toContainText("No requests yet");
  const ask = async (who: string, problem: string, item: string) => {
    await view.getByLabel("Who").fill(who);
    await page.keyboard.press("Tab");
    await page.keyboard.type(problem);
    await page.keyboard.press("Tab");
    await page.keyboard.type(item);
    await page.keyboard.press("Enter");
  };
  await ask("Acme", "Our leavers keep access", "SSO for Acme");
  await expect(view.locator("li")).toHaveCount(1);
  await expect(view.getByLabel("Who")).toBeFocused();
  await ask("Globex", "Nobody can give a present", "Presents");
  await expect(view.getByRole("alert").filter({ hasText: /./ })).toContainText("No item is called “Presents”");
  await expect(view.getByLabel("Item", { exact: true })).toHaveValue("Presents");
  await view.getByLabel("Item", { exact: true }).fill("+ Gift cards");
  await page.keyboard.press("Enter");
  await expect(view.locator("li").first()).toContainText(/B-9\s*Gift cards\s*85 % by \d/);
  await ask("Acme", "A fax for every invoice", "");
  await expect(view.locator("li")).toHaveCount(3);

  await view.getByRole("button", { name: "Globex" }).click();
  await expect(view.locator("li")).toHaveCount(1);
  await view.getByRole("button", { name: "No longer only From Globex" }).click();
  await view.getByLabel("State").selectOption({ label: "Open 1" });
  const fax = view.locator("li", { hasText: "A fax" });
  await expect(view.locator("li")).toHaveCount(1);
  await view.getByLabel("State").selectOption({ label: "All states" });

  await fax.getByLabel(/^Answer to/).focus();
  await fax.getByLabel(/^Answer to/).selectOption("declined");
  const dialog = view.locator("landfall-decline dialog");
  await expect(dialog.getByLabel("Why")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert").filter({ hasText: /./ })).toBeVisible();
  await dialog.getByRole("button", { name: "not worth its effort" }).click();
  await expect(dialog.getByLabel("Why")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(fax.getByLabel(/^Answer to/)).toBeFocused();
  await expect(planner.toast).toContainText("Declined. The reason stands under Requests, Decisions");
  await expect(fax).toContainText("Declined on 23 Nov: not worth its effort");
  await view.getByRole("button", { name: "Decisions 1" }).click();
  await expect(view.locator("li")).toContainText("A fax for every invoice");
  await view.locator("li").getByRole("button", { name: /of Acme$/ }).click();
  await fax.getByLabel(/^Answer to/).selectOption("");
  await expect(fax).not.toContainText("not worth");
});

test("axe finds nothing in objectives, dependencies and requests", async ({ page, site }) => {
  test.slow();
  const { planner } = await look(page, site, "objectives", `/pages/whole.html?today=2026-11-23`);
  await planner.button("Edit Leads +20 %").click();
  await planner.button(/no objective$/).click();
  await accessible(page, "objectives");
  await choose(planner, "dependencies");
  await accessible(page, "dependencies");
  await page.locator("button.card[data-id=LF-7]").focus();
  await page.keyboard.press("n");
  await accessible(page, "dependencies of one");
  await choose(planner, "requests");
  await accessible(page, "no requests");
  await page.getByLabel("Who").fill("Acme");
  await page.getByLabel("Asked for which problem").fill("Leavers keep access");
  await page.keyboard.press("Enter");
  await accessible(page, "requests");
  await page.getByLabel("Answer to R-1").selectOption("declined");
  await accessible(page, "decline");
  await page.getByRole("button", { name: "not worth its effort" }).click();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /^Decisions \d/ }).click();
  await page.getByRole("button", { name: "Edit D-1" }).click();
  await accessible(page, "decisions");
});
