// What if: a scenario is begun in one gesture, read in one sentence, and taken over or left; the plan stays as it is.
import type { Page } from "@playwright/test";
import { accessible } from "./axe.ts";
import { expect, onDisk, test } from "./fixtures.ts";
import { Planner, dayOf, sample } from "./planner.ts";

const open = async (page: Page, url: string): Promise<Planner> => {
  await page.goto(url);
  return new Planner(page).ready();
};
const strip = ({ root }: Planner) => root.locator("landfall-scenario");
const said = (planner: Planner) => strip(planner).locator(".said[aria-busy=false]");
const dialog = ({ root }: Planner) => root.locator("landfall-what-if dialog");

test("with a real file: this comes first, its sentence is copied, taken over, and undone as one", async ({ page, site, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const planner = await open(page, site.url("/pages/whole.html?today=2026-11-23"));
  await planner.choose(sample("azure-devops-lighthouse.csv"));
  await planner.dialog.getByRole("button", { name: /^Import \d+ items?$/ }).click();
  await expect(planner.toast).toContainText("imported");
  await planner.root.evaluate((element) => (element as unknown as { session: { settled: Promise<unknown> } }).session.settled);
  const before = await planner.titles();
  const dates = await planner.dates();
  const title = before[6]!;
  await planner.open(title);
  await planner.panel.getByRole("button", { name: "Actions" }).click();
  await planner.panel.getByRole("menuitem", { name: "What if…" }).click();
  await dialog(planner).getByLabel("It comes first").check();
  await dialog(planner).getByRole("button", { name: "Show me" }).click();
  await expect(said(planner)).toContainText("lands");
  const sentence = await said(planner).innerText();
  expect(sentence).toContain(`${title} first: `);
  expect(sentence).toMatch(/lands\s\d+\sdays?\searlier, by .* instead of .* \(85\s%\ssure\)/);
  await strip(planner).getByRole("button", { name: "Copy the sentence" }).click();
  await expect(planner.toast).toContainText("Copied");
  const plain = (text: string): string => text.replace(/\s+/g, " ").trim();
  expect(plain(await page.evaluate(() => navigator.clipboard.readText()))).toBe(plain(sentence));
  // The row carries its shift: the days between the date that it had and the one that it has.
  const row = planner.row(title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const shift = await row.locator(".date small").innerText();
  const date = (await row.locator(".date").innerText()).replace(shift, "").trim();
  expect(shift).toBe(`−${dayOf(dates.get(title)!) - dayOf(date)} days`);
  await planner.panel.getByRole("button", { name: "Close" }).click();

  await strip(planner).getByRole("button", { name: "Take over" }).click();
  await expect(strip(planner)).toHaveCount(0);
  await expect(planner.toast).toContainText("taken over");
  await expect(planner.rows.first()).toBeVisible();
  const after = await planner.titles();
  expect(after.indexOf(title)).toBeLessThan(6);
  await planner.toast.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => planner.titles()).toEqual(before);
  await expect.poll(() => planner.dates()).toEqual(dates);
});

test("by keyboard alone: W asks, the plan is changed in the scenario only, and left as it was", async ({ page, site }) => {
  const planner = await open(page, site.url("/pages/whole.html?today=2026-11-23"));
  const before = await planner.dates();
  await planner.root.locator("landfall-plan .row").nth(5).focus();
  await page.keyboard.press("w");
  await expect(dialog(planner)).toBeVisible();
  await expect(dialog(planner).getByRole("radio", { name: "It comes first" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Control+Enter");
  await expect(said(planner)).toContainText("is left out");
  const sentence = await said(planner).innerText();
  // Whatever is done now is assumed too.
  await planner.root.locator("landfall-plan .row").nth(4).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(said(planner)).not.toHaveText(sentence);
  await expect(strip(planner).locator("summary")).toContainText("2 things assumed");
  await page.keyboard.press("Control+z");
  await expect(strip(planner).locator("summary")).toContainText("1 thing assumed");
  await strip(planner).getByRole("button", { name: "Leave" }).press("Enter");
  await expect(strip(planner)).toHaveCount(0);
  await expect.poll(() => planner.dates()).toEqual(before);
  // It is kept, and entered again from the switcher; a reload begins with the plan.
  await planner.root.getByLabel("Plan or scenario").selectOption({ index: 1 });
  await expect(said(planner)).toHaveText(sentence);
  await page.reload();
  await planner.ready();
  await expect(strip(planner)).toHaveCount(0);
  await expect(planner.root.getByLabel("Plan or scenario")).toHaveValue("");
});

test("several scenarios stand in one table, whose figures are those of the forecast", async ({ page, site }) => {
  const planner = await open(page, site.url("/pages/whole.html?today=2026-11-23"));
  const ask = async (gesture: string, fill: () => Promise<void>): Promise<void> => {
    await page.keyboard.press("Escape");
    await planner.root.locator(".shell").focus();
    await page.keyboard.press("w");
    await dialog(planner).getByLabel(gesture).check();
    await fill();
    await dialog(planner).getByRole("button", { name: "Show me" }).click();
    await expect(said(planner)).toContainText(":");
    await strip(planner).getByRole("button", { name: "Leave" }).click();
  };
  const field = (name: string) => dialog(planner).locator(`[name=${name}]`);
  await ask("Fewer people, from a day on", async () => {
    await field("from").fill("2027-01-04");
    if (await field("all").count()) await field("all").fill("5");
  });
  await ask("It cannot begin before a day", async () => {
    await field("item").fill("LF-5");
    await field("day").fill("2027-04-01");
  });
  await ask("Only a first slice of it", async () => {
    await field("item").fill("LF-14");
    await field("slice").fill("For one customer");
    await field("size").fill("3");
  });
  await planner.root.getByLabel("Plan or scenario").selectOption("all");
  const table = planner.root.locator("landfall-scenarios table").first();
  await expect(table.locator("tbody tr")).toHaveCount(4);
  await expect(planner.root.locator("landfall-scenarios [role=status]")).toHaveCount(0);
  const [plan, fewer] = await table.locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent!.replace(/\s+/g, " ").trim())));
  expect(plan![1]).toBe((await planner.headline.locator("b").innerText()).replace(/\s/g, " "));
  expect(fewer![1]).toMatch(/\+\d+ days$/);
  // The chances of the plan are those of the Forecast view.
  await page.keyboard.press("Escape");
  await planner.root.getByRole("tab", { name: "Forecast" }).click();
  const likely = await planner.root.locator("landfall-forecast .objectives .likely").allInnerTexts();
  expect(likely.map((text) => text.replace(/\s+/g, " ").replace(" likely", ""))).toEqual(plan!.slice(2, 2 + likely.length));
});

test("a colleague's edited copy opens as a scenario, and is taken over", async ({ page }) => {
  const planner = await open(page, `${onDisk}?today=2026-11-23`);
  const document = await planner.root.evaluate((element) => {
    const { planner } = element as unknown as { planner: { toJSON(): { items: { title: string; size?: number }[] } } };
    const copy = planner.toJSON();
    const big = copy.items.find(({ title }) => title === "Audit trail")!;
    big.size = 20;
    copy.items.push({ title: "From a colleague", id: "LF-99", size: 3 } as never);
    return JSON.stringify(copy);
  });
  await planner.choose({ name: "copy.json", mimeType: "application/json", buffer: Buffer.from(document) });
  await planner.dialog.getByRole("button", { name: "Compare with mine" }).click();
  await expect(said(planner)).toContainText("LF-99 From a colleague is added");
  await strip(planner).locator("summary").click();
  await expect(strip(planner).locator("li").filter({ hasText: "add LF-99" })).toBeVisible();
  // In part: the new item stays out.
  await strip(planner).getByRole("button", { name: "Do not assume: add LF-99" }).click();
  await expect(said(planner)).not.toContainText("From a colleague is added");
  await strip(planner).getByRole("button", { name: "Take over" }).click();
  await expect(strip(planner)).toHaveCount(0);
  await expect(planner.row("Audit trail").locator(".size")).toHaveText("20");
  await expect(planner.row("From a colleague")).toHaveCount(0);
});

test("on a phone the panel makes way for what a scenario means", async ({ page, site }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  const planner = await open(page, site.url("/pages/whole.html?today=2026-11-23"));
  await planner.open("Saved baskets");
  await planner.panel.getByRole("button", { name: "Actions" }).click();
  await planner.panel.getByRole("menuitem", { name: "What if…" }).click();
  await dialog(planner).getByRole("button", { name: "Show me" }).click();
  await expect(said(planner)).toContainText("Saved baskets first");
  await strip(planner).getByRole("button", { name: "Leave" }).click();
  await expect(strip(planner)).toHaveCount(0);
});

test("axe finds nothing in scenario mode, and it fits a phone", async ({ page, site }) => {
  const planner = await open(page, site.url(`/pages/whole.html?today=2026-11-23`));
  await planner.root.locator("landfall-plan .row").nth(6).focus();
  await page.keyboard.press("w");
  await accessible(page, "what if");
  await dialog(planner).getByRole("button", { name: "Show me" }).click();
  await expect(said(planner)).toContainText(":");
  await strip(planner).locator("summary").click();
  await accessible(page, "strip");
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await planner.root.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  await strip(planner).getByRole("button", { name: "Compare…" }).click();
  await expect(planner.root.locator("landfall-scenarios [role=status]")).toHaveCount(0);
  await accessible(page, "table");
});
