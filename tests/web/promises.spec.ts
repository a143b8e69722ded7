// What was told to whom, how that stands, and why dates moved; on the built page, with a real file taken in twice.
import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { accessible } from "./axe.ts";
import { expect, test } from "./fixtures.ts";
import { Planner, dayOf, sample, today } from "./planner.ts";

const FILE = "azure-devops-lighthouse.csv";
const then = "2025-09-01";
const now = "2025-09-12";

const section = (page: Page): Locator => page.locator("landfall-promises");
const lines = (page: Page): Locator => section(page).getByRole("list", { name: "Promises" }).getByRole("listitem");
const between = (page: Page): Locator => section(page).locator(".between");

async function open(page: Page, url: string): Promise<Planner> {
  await page.goto(url);
  return new Planner(page).ready();
}

async function told(page: Page): Promise<Planner> {
  const planner = await new Planner(page).ready();
  await page.getByRole("tab", { name: "Tell" }).click();
  await expect(section(page).getByRole("heading", { name: "Promises" })).toBeVisible();
  return planner;
}

/** The file as the tracker exports it eleven days later: two items closed, one split off its epic and sized by it, seven new ones. */
function newer(): Buffer {
  let text = readFileSync(sample(FILE), "utf8");
  const replace = (row: string, by: string): void => {
    expect(text).toContain(row);
    text = text.replace(row, by);
  };
  replace('"CSV Configuration Options","Active",,"27.8.2025 19:18:15",,', '"CSV Configuration Options","Closed",,"27.8.2025 19:18:15","4.9.2025 10:02:11",');
  replace('"Jira Endpoints","Resolved",,"29.8.2025 16:35:38",,', '"Jira Endpoints","Closed",,"29.8.2025 16:35:38","10.9.2025 16:20:00",');
  replace('"3042","User Story","Update Website with Premium Feature Overview","New"', '"3042","User Story","Update Website with Premium Feature Overview","Removed"');
  text = text.trimEnd();
  for (let k = 0; k < 7; k++) text += `\r\n"${3100 + k}","User Story","Export as format ${k + 1}","New",,,,`;
  return Buffer.from(text);
}

/** What an explanation says, and whether its table adds up to that. */
async function explained(why: Locator, from: string): Promise<{ sentence: string; shift: number; causes: string[] }> {
  const said = why.locator("figcaption");
  await expect(said).toHaveText(/85\s%\ssure\sby/);
  await expect(why).toHaveAttribute("aria-busy", "false");
  const sentence = (await said.innerText()).replaceAll("\u00a0", " ");
  const [, before, , after, days, how] = /^85 % sure by (\d+ \w+(?: \d{4})?) as seen on (\d+ \w+), by (\d+ \w+(?: \d{4})?) now, (\d+) days? (later|earlier)/.exec(sentence) ?? [];
  expect(days, sentence).toBeDefined();
  const shift = Number(days) * (how === "later" ? 1 : -1);
  expect(dayOf(after!, from) - dayOf(before!, from)).toBe(shift);
  await why.getByText("Show the numbers").click();
  const rows = await why.getByRole("table").locator("tbody tr").evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent!.trim())));
  expect(rows[0]![2]).toBe(before);
  expect(rows.at(-1)![2]).toBe(after);
  let [sum, day] = [0, dayOf(before!, from)];
  for (const [, share, by] of rows.slice(1, -1)) {
    const own = share === "no change" ? 0 : Number(share!.replace("−", "-").replace(/ days?$/, ""));
    expect(Number.isFinite(own), share).toBe(true);
    sum += own;
    day += own;
    expect(dayOf(by!, from)).toBe(day);
  }
  expect(sum).toBe(shift);
  return { sentence, shift, causes: rows.slice(1, -1).map(([name]) => name!) };
}

test("a promise, a newer file, and what moved the date: the shares add up; withdrawn, changed, removed and undone", async ({ page, site }) => {
  const url = (day: string): string => site.url(`/pages/whole.html?today=${day}`);
  let planner = await open(page, url(then));
  await planner.choose(sample(FILE));
  await planner.dialog.getByRole("button", { name: /^Import \d/ }).click();
  await expect(planner.toast).toContainText("imported");
  await expect(planner.toast.getByRole("button", { name: "Why?" })).toHaveCount(0);
  await told(page);
  await expect(section(page)).toContainText("A date that somebody was told is a promise. Note to whom, by when and how sure it was");
  await expect(between(page).locator("figcaption")).toHaveText(/the\sdate\shas\snot\smoved\.$/);

  // The date that is 85 % sure stands there, with its chance; both follow what is chosen.
  await section(page).getByRole("button", { name: "Note a promise" }).click();
  const form = section(page).getByRole("form", { name: "Note a promise" });
  const sureBy = dayOf((await planner.headline.innerText()).replaceAll("\u00a0", " ").split(" by ")[1]!, then);
  const day = async (): Promise<number> => Date.parse(await form.getByLabel("By").inputValue()) / 86_400_000;
  await expect(form.getByRole("status").first()).toHaveText(/^All\s22\sitems\sare\s8[56]\s%\slikely\sby/);
  expect(await day()).toBe(sureBy);
  await form.getByRole("button", { name: "Note it" }).click();
  await expect(form.getByRole("alert").filter({ hasText: "Say to whom" })).toBeVisible();
  await expect(form.getByLabel("To whom")).toBeFocused();
  await form.getByLabel("To whom").fill("<b>Sales</b>");
  await form.getByLabel("By").fill("2025-10-01");
  await expect(form.getByRole("status").first()).toHaveText(/likely\sby\s1\sOct/);
  await form.getByLabel("About").selectOption("An item or epic");
  await expect(form.getByRole("status").first()).toHaveText("Name the item by its key or title");
  await form.getByLabel("Item").fill("Auto-Update");
  await form.getByLabel("Item").press("Tab");
  await expect(form.getByRole("status").first()).toHaveText(/^3039.*\sis\s8\d\s%\slikely\sby/);
  expect(await day()).toBeLessThanOrEqual(sureBy);
  await form.getByLabel("About").selectOption("All of the plan");
  await expect(form.getByRole("status").first()).toHaveText(/^All\s22\sitems\sare\s8[56]\s%\slikely\sby/);
  await form.getByRole("button", { name: "Note it" }).click();
  await expect(planner.toast).toContainText("Noted: what was told <b>Sales</b>");
  await expect(lines(page)).toHaveCount(1);
  await expect(lines(page).first()).toContainText(/Told\s<b>Sales<\/b>\s.*\sat\s8[56]\s%\son\s1\sSep;\snow\s8[56]\s%\./);
  await expect(lines(page).first().locator(".chip")).toHaveText(/^Open\s8[56]\s%$/);
  await expect(section(page).getByRole("button", { name: "Note a promise" })).toBeFocused();

  // Eleven days later the tracker's file comes again.
  planner = await open(page, url(now));
  await planner.choose({ name: "newer.csv", mimeType: "text/csv", buffer: newer() });
  await planner.dialog.getByRole("button", { name: /^Import \d/ }).click();
  await planner.toast.getByRole("button", { name: "Why?" }).click();
  await expect(page.getByRole("tab", { name: "Tell" })).toHaveAttribute("aria-selected", "true");
  await expect(between(page).getByRole("combobox", { name: "from" })).toBeFocused();
  await expect(between(page)).toBeInViewport();
  const all = await explained(between(page).locator("landfall-why"), now);
  expect(all.causes).toEqual(expect.arrayContaining(["Scope added", "Scope removed", "What was finished"]));
  await expect(between(page).locator("dl")).toContainText("7 items added: 3100 Export as format 1, 3101 Export as format 2, 3102 Export as format 3 and 4 more");
  await expect(between(page).locator("dl")).toContainText("1 item taken out: 3042 Update Website with Premium Feature Overview");

  // The promise says what is left of it, and the same moved it.
  const line = lines(page).first();
  await expect(line.locator(".chip.warn")).toHaveText(/^Open\s([1-7]?\d|<\s1)\s%$/);
  const why = line.getByRole("button", { name: /^Why\?/ });
  await why.click();
  await expect(why).toHaveAttribute("aria-expanded", "true");
  expect(await explained(line.locator("landfall-why"), now)).toEqual(all);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await line.getByRole("button", { name: "Copy" }).click();
  await expect(line.getByText("Copied")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(all.sentence);
  await why.click();
  await expect(line.locator("landfall-why")).toHaveCount(0);

  // Between two that are kept: from the older to the newer.
  const to = between(page).getByRole("combobox", { name: "to" });
  await expect(to.getByRole("option")).toHaveText(["now", "12 Sep, when a file was taken in"]);
  await to.selectOption({ index: 1 });
  await expect(between(page).locator("figcaption")).toContainText(/by\s.*\son\s12\sSep,\s\d+\sdays\slater/);

  const undo = page.getByRole("button", { name: /^Undo/ }).first();
  await line.getByRole("button", { name: /^Withdraw/ }).click();
  await expect(line.locator(".chip")).toHaveText("Withdrawn");
  await undo.click();
  await expect(line.locator(".chip")).toHaveText(/^Open/);
  await line.getByRole("button", { name: /^Edit/ }).click();
  await line.getByLabel("To whom").fill("Sales");
  await line.getByLabel("Chance that was told").fill("90");
  await line.getByRole("button", { name: "Save" }).click();
  await expect(line).toContainText(/Told\sSales\s.*\sat\s90\s%\son\s1\sSep/);
  await line.getByRole("button", { name: /^Remove/ }).click();
  await expect(lines(page)).toHaveCount(0);
  await expect(section(page).getByRole("button", { name: "Note a promise" })).toBeFocused();
  await undo.click();
  await expect(lines(page)).toHaveCount(1);
  await page.reload();
  await told(page);
  await expect(lines(page).first()).toContainText(/Told\sSales\s.*\sat\s90\s%\son\s1\sSep/);
});

test("by keyboard alone: a promise is noted, explained, withdrawn, and that is undone", async ({ page, site }) => {
  await open(page, site.url(`/pages/whole.html?today=${today}`));
  await page.keyboard.press("3");
  await expect(lines(page)).toHaveCount(2);
  const press = async (...keys: string[]): Promise<void> => { for (const key of keys) await page.keyboard.press(key); };
  const tabTo = async (target: Locator): Promise<void> => {
    for (let k = 0; k < 60; k++) {
      if (await target.evaluate((one) => one === (one.getRootNode() as ShadowRoot).activeElement)) return;
      await page.keyboard.press("Tab");
    }
    await expect(target).toBeFocused();
  };
  await tabTo(section(page).getByRole("button", { name: "Note a promise" }));
  await press("Enter");
  await expect(section(page).getByLabel("To whom")).toBeFocused();
  await page.keyboard.type("Fabrikam");
  await press("Tab", "ArrowDown");
  await expect(section(page).locator("form").getByRole("status").first()).toHaveText(/^The\swork\sfor\sLeads\s\+20\s%\sis\s8[56]\s%\slikely\sby/);
  await press("Enter");
  // In a select, Enter opens or does nothing: the button is one more step.
  if (!(await lines(page).count().then((n) => n === 3))) {
    await press("Escape");
    if (await section(page).locator("form").count()) {
      await tabTo(section(page).getByRole("button", { name: "Note it" }));
      await press("Enter");
    }
  }
  await expect(lines(page)).toHaveCount(3);
  await expect(lines(page).first()).toContainText(/Told\sFabrikam\s.*the\swork\sfor\sLeads\s\+20\s%/s);

  const line = lines(page).nth(1);
  await tabTo(line.getByRole("button", { name: /^Why\?/ }));
  await press("Enter");
  const picture = line.getByRole("slider", { name: "Why the date moved" });
  await expect(picture).toBeVisible();
  await tabTo(line.getByRole("button", { name: /^Withdraw/ }));
  await press("Enter");
  await expect(line.locator(".chip")).toHaveText("Withdrawn");
  await press("Control+z");
  await expect(line.locator(".chip")).toHaveText(/^Open/);
  await tabTo(picture);
  await press("Home");
  await expect(picture).toHaveAttribute("aria-valuetext", "Seen on 3 Nov: 17 Jun 2027; 85 % sure by then");
  await press("ArrowRight");
  await expect(picture).toHaveAttribute("aria-valuetext", /^Scope added: \+5 days; 2 items added: LF-40 Subscriptions/);
  await expect(line.locator(".tip")).toContainText("2 items added");
  await press("End");
  await expect(picture).toHaveAttribute("aria-valuetext", /^Now: 22 Jun 2027/);
});

test("axe finds nothing to mend, and 390 px are enough", async ({ page, site }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await open(page, site.url(`/pages/whole.html?today=${today}&view=tell`));
  await expect(lines(page)).toHaveCount(2);
  await lines(page).first().getByRole("button", { name: /^Why\?/ }).click();
  await expect(lines(page).first().locator("figcaption")).toContainText("85 % sure by 17");
  await lines(page).first().getByText("Show the numbers").click();
  await section(page).getByRole("button", { name: "Note a promise" }).click();
  await expect(section(page).locator("form").getByRole("status").first()).toHaveText(/likely\sby/);
  await expect(between(page).locator("figcaption")).toContainText("85 % sure by 17");
  for (const [part, name] of [[section(page), "the section"], [section(page).locator(".between landfall-waterfall"), "the picture"]] as const) {
    expect(await part.evaluate((one) => one.scrollWidth - one.clientWidth), name).toBeLessThanOrEqual(0);
  }
  // Every word of the picture lies inside of it.
  expect(await between(page).locator("svg[role=img] text").evaluateAll((words) => words.filter((word) => word.getBoundingClientRect().right > innerWidth || word.getBoundingClientRect().left < 0).map((word) => word.textContent))).toEqual([]);
  await accessible(page, "promises");
});

test("what does not fit the element is reached by the wheel, in Tell and in Forecast", async ({ page, site }) => {
  await page.setViewportSize({ width: 900, height: 500 });
  for (const view of ["tell", "forecast"]) {
    await open(page, site.url(`/pages/whole.html?today=${today}&view=${view}`));
    const element = page.locator(`landfall-${view}`);
    await expect.poll(() => element.evaluate((one) => one.scrollHeight)).toBeGreaterThan(600);
    await page.mouse.move(300, 300);
    await page.mouse.wheel(0, 300);
    await expect.poll(() => element.evaluate((one) => one.scrollTop)).toBeGreaterThan(100);
  }
});

test("a plan that is only to be read shows its promises and explains them, and takes none", async ({ page, site }) => {
  await open(page, site.url(`/pages/whole.html?today=${today}&view=tell`));
  await page.locator("landfall-planner").evaluate((one) => { (one as HTMLElement & { readonly: boolean }).readonly = true; });
  await expect(lines(page)).toHaveCount(2);
  await expect(section(page).getByRole("button", { name: /^(Note|Withdraw|Edit|Remove)/ })).toHaveCount(0);
  await lines(page).first().getByRole("button", { name: /^Why\?/ }).click();
  await explained(lines(page).first().locator("landfall-why"), today);
});
