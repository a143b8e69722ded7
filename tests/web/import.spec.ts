// Somebody's real backlog in, dates out; on the built page.
import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures.ts";
import { Planner, dayOf, sample, today } from "./planner.ts";

const page_ = (site: { url(path: string): string }) => site.url(`/pages/whole.html?today=${today}`);

test("an Azure DevOps export becomes work, history and dates, and outlives a reload", async ({ page, site }) => {
  await page.goto(page_(site));
  const planner = await new Planner(page).ready();
  await planner.choose(sample("azure-devops-lighthouse.csv"));
  const card = planner.dialog;
  await expect(card).toContainText("Azure DevOps export: 117 rows read, 117 new, 0 updated, 0 rejected");
  for (const [n, label] of [["22", "items to do"], ["81", "finished: the history"], ["6", "declined"], ["8", "of them epics without parts"], ["7", "closed epics"]]) {
    await expect(card.locator(".stats div").filter({ hasText: label! }).locator("b")).toHaveText(n!);
  }
  await expect(card).toContainText(/85\s%\s*sure that all 22 items land by/);
  await card.getByRole("button", { name: "Import 117 items" }).click();
  await expect(card).toBeHidden();

  // 14 open stories and bugs and 8 epics without parts remain, each with its date.
  await page.setViewportSize({ width: 1280, height: 1200 });
  await expect(planner.rows).toHaveCount(22);
  await expect(planner.rows.getByText("Not broken down")).toHaveCount(8);
  const before = await planner.dates();
  for (const date of before.values()) expect(() => dayOf(date)).not.toThrow();
  await expect(planner.headline).toContainText(/85\s%\s*sure that all 22 items land by/);
  await planner.root.getByRole("button", { name: /^Filter: Work 22$/ }).click();
  await planner.root.getByRole("radio", { name: /^Done 81$/ }).check();
  await planner.root.getByRole("radio", { name: /^Declined 6$/ }).check();
  await expect(planner.rows).toHaveCount(6);
  await planner.root.getByRole("radio", { name: /^Work 22$/ }).check();
  await page.keyboard.press("Escape");

  // The last to the top: its date comes earlier, others' later. What is in progress stays first.
  const order = await planner.titles();
  const last = order.at(-1)!;
  const box = (await planner.row(last).boundingBox())!;
  const top = (await planner.rows.first().boundingBox())!;
  await page.mouse.move(box.x + 400, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + 400, box.y - 40, { steps: 4 });
  await page.mouse.move(box.x + 400, top.y + 10, { steps: 10 });
  await expect(planner.root.locator("landfall-plan .sentence")).toContainText(`${last}: `);
  await page.mouse.up();
  await expect(planner.toast).toContainText(/instead of .*; \d+ others? later by/);
  const after = await planner.dates();
  expect(dayOf(after.get(last)!)).toBeLessThan(dayOf(before.get(last)!));
  const later = order.filter((title) => title !== last && dayOf(after.get(title)!) > dayOf(before.get(title)!));
  expect(later.length).toBeGreaterThan(5);
  for (const title of order.filter((title) => title !== last)) expect(dayOf(after.get(title)!)).toBeGreaterThanOrEqual(dayOf(before.get(title)!));

  const moved = await planner.titles();
  expect(moved.indexOf(last)).toBeLessThan(order.indexOf(last));
  await page.reload();
  await planner.ready();
  await expect(planner.rows).toHaveCount(22);
  expect(await planner.titles()).toEqual(moved);
  expect(await planner.dates()).toEqual(after);

  await planner.button(/^Undo move/).click();
  expect(await planner.titles()).toEqual(order);
  expect(await planner.dates()).toEqual(before);
});

for (const [file, finished, name] of [["linear-shortcut-repl.csv", 1, "Linear"], ["jira-server-poinz.csv", 0, "Jira"]] as const) {
  test(`${file} has no history: the page asks for a guess and marks every date as one`, async ({ page, site }) => {
    await page.goto(page_(site));
    const planner = await new Planner(page).ready();
    await planner.choose(sample(file));
    const card = planner.dialog;
    await expect(card).toContainText(`${name} export`);
    await expect(card.locator(".stats div").filter({ hasText: "finished" }).locator("b")).toHaveText(String(finished));
    await card.getByLabel("A poor one").fill("2");
    await card.getByLabel("A usual one").fill("4");
    await card.getByLabel("A good one").fill("7");
    await card.getByLabel("A good one").press("Tab");
    await expect(card).toContainText(/85\s%\s*sure, by your guess, that all \d+ items land by/);
    await card.getByRole("button", { name: /^Import/ }).click();
    await expect(card).toBeHidden();
    await expect(planner.headline.locator(".chip")).toHaveText("guess");
    await expect(planner.root.locator("landfall-plan .head")).toContainText("guess");
    for (const date of (await planner.dates()).values()) expect(() => dayOf(date)).not.toThrow();
  });

  test(`${file} without an answer: the list asks again, and takes what the last sprints finished`, async ({ page, site }) => {
    await page.goto(page_(site));
    const planner = await new Planner(page).ready();
    await planner.choose(sample(file));
    await planner.dialog.getByRole("button", { name: /^Import/ }).click();
    const ask = planner.root.locator("landfall-guess");
    await expect(ask).toBeVisible();
    await ask.getByLabel("What the last sprints finished").fill("8 zwölf 9");
    await ask.getByRole("button").click();
    await expect(ask.getByRole("alert")).toContainText("“zwölf” is no number");
    await expect(ask.getByLabel("What the last sprints finished")).toHaveValue("8 zwölf 9");
    await ask.getByLabel("What the last sprints finished").fill("8 12 9");
    await ask.getByRole("button").click();
    await expect(ask).toHaveCount(0);
    await expect(planner.headline).toContainText(/85\s%\s*sure/);
    await expect(planner.headline.locator(".chip")).toHaveCount(0);
  });
}

test("one undo takes an import back", async ({ page, site }) => {
  await page.goto(page_(site));
  const planner = await new Planner(page).ready();
  const name = await planner.root.locator("button.name").innerText();
  await planner.choose(sample("azure-devops-lighthouse.csv"));
  await planner.dialog.getByRole("button", { name: /^Import/ }).click();
  await expect(planner.root.locator("button.name")).toHaveText("azure devops lighthouse");
  await planner.toast.getByRole("button", { name: "Undo" }).click();
  await expect(planner.root.locator("button.name")).toHaveText(name);
});

test("the same file again updates by key", async ({ page, site }) => {
  await page.goto(page_(site));
  const planner = await new Planner(page).ready();
  await planner.choose(sample("azure-devops-lighthouse.csv"));
  await planner.dialog.getByRole("button", { name: /^Import/ }).click();
  await expect(planner.dialog).toBeHidden();
  await planner.choose(sample("azure-devops-lighthouse.csv"));
  await expect(planner.dialog.getByLabel("Into this plan")).toBeChecked();
  await expect(planner.dialog).toContainText("117 rows read, 0 new, 117 updated, 0 rejected");
  await planner.dialog.getByRole("button", { name: "Update 117 items" }).click();
  await expect(planner.rows.first()).toBeVisible();
  await expect(planner.root.getByRole("button", { name: /^Filter: Work 22$/ })).toBeVisible();
});

test("a correction of the card changes what would come in", async ({ page, site }) => {
  await page.goto(page_(site));
  const planner = await new Planner(page).ready();
  await planner.choose(sample("azure-devops-lighthouse.csv"));
  await planner.dialog.getByLabel("Status Planned means").selectOption({ label: "Declined" });
  await expect(planner.dialog.locator(".stats div").filter({ hasText: "declined" }).locator("b")).toHaveText("8");
  await planner.dialog.getByLabel("A sprint has").fill("7");
  await planner.dialog.getByLabel("A sprint has").press("Tab");
  await expect(planner.dialog).toContainText(/1[12] sprints of 1 week/);
});

test("a file can be dropped, a table pasted", async ({ page, site }) => {
  await page.goto(page_(site));
  const planner = await new Planner(page).ready();
  await planner.drop("team.csv", "Key,Title,Status,Points,Closed\nA-1,Log in,Done,3,2026-11-02\nA-2,Log out,To Do,5,\n");
  await expect(planner.dialog).toContainText("2 rows read");
  await planner.dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(planner.dialog).toBeHidden();
  await planner.root.locator(".shell").evaluate((shell) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "Title\tStatus\nOne\tTo Do\nTwo\tTo Do\nThree\tTo Do\n");
    shell.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, composed: true, cancelable: true }));
  });
  await expect(planner.dialog).toContainText("3 rows read");
});

test("rows that cannot be imported are named by line, and the numbers add up", async ({ page, site }) => {
  await page.goto(page_(site));
  const planner = await new Planner(page).ready();
  await planner.choose({ name: "bad.csv", mimeType: "text/csv", buffer: Buffer.from("Key,Title,Status,Points\nA-1,Log in,To Do,3\nA-2,Log out,To Do,NaN\nA-1,Twice,To Do,1\n") });
  const text = await planner.dialog.locator(".body").innerText();
  const [, read, fresh, updated, rejected] = /(\d+) rows read, (\d+) new, (\d+) updated, (\d+) rejected/.exec(text)!.map(Number);
  expect(fresh! + updated! + rejected!).toBe(read);
  expect(rejected).toBeGreaterThan(0);
  await expect(planner.dialog.locator(".rejected")).toContainText(/Line \d/);
});

const broken: [what: string, name: string, text: string, says: RegExp][] = [
  ["an empty file", "empty.csv", "", /empty/i],
  ["a header alone", "header.csv", readFileSync(sample("jira-cloud-header-48-columns.csv"), "utf8"), /no rows/i],
  ["a file that is no CSV", "letter.csv", readFileSync(sample("not-a-csv-lighthouse.csv"), "utf8"), /not a table/i],
  ["a plan of a newer format", "plan.json", `{"format":"landfall","version":99,"name":"x","items":[]}`, /newer Landfall/i],
  ["JSON that is no plan", "other.json", `{"a":1}`, /no column could be taken for the title/],
  ["half a JSON file", "half.json", `{"format":"landfall","ver`, /JSON/],
];
for (const [what, name, text, says] of broken) {
  test(`${what} is refused with a reason, and nothing changes`, async ({ page, site }) => {
    await page.goto(page_(site));
    const planner = await new Planner(page).ready();
    const headline = await planner.headline.innerText();
    await planner.choose({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
    await expect(planner.dialog.getByRole("alert")).toContainText(says);
    await expect(planner.dialog.getByRole("button", { name: /^Import/ })).toBeDisabled();
    await planner.dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(planner.headline).toHaveText(headline);
    await expect(planner.button("Undo")).toBeDisabled();
  });
}

test("a saved plan opens again as it was", async ({ page, site }) => {
  await page.goto(page_(site));
  const planner = await new Planner(page).ready();
  await planner.choose(sample("azure-devops-lighthouse.csv"));
  await planner.dialog.getByRole("button", { name: /^Import/ }).click();
  await expect(planner.toast).toContainText("imported");
  const titles = await planner.titles();
  await planner.button("More").click();
  await planner.root.getByRole("menuitem", { name: "Save as a file" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), planner.root.locator("landfall-share").getByRole("button", { name: "Save file" }).click()]);
  expect(download.suggestedFilename()).toBe("azure devops lighthouse.json");
  const text = readFileSync((await download.path())!, "utf8");
  expect(await planner.root.getByLabel("The plan as text").inputValue()).toBe(text);
  await planner.root.locator("landfall-share").getByRole("button", { name: "Close" }).click();
  await planner.button("More").click();
  await planner.root.getByRole("menuitem", { name: "New empty plan" }).click();
  await expect(planner.rows).toHaveCount(0);
  await page.keyboard.press("Escape");
  await planner.choose({ name: "back.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await planner.dialog.getByRole("button", { name: "Open this plan" }).click();
  await expect(planner.rows).toHaveCount(titles.length);
  expect(await planner.titles()).toEqual(titles);
});

const csv = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

test("what was corrected is remembered for the next file of that shape, and can be forgotten", async ({ page, site }) => {
  await page.goto(page_(site));
  const planner = await new Planner(page).ready();
  const file = (n: number) => csv(`export-${n}.csv`, `Key;Title;Status;Points;Closed\nA-1;Log in;Done;3;03/04/2026\nA-2;Log out ${n};Parked;5;\nA-3;Sign up;To Do;1,250;\n`);
  const declined = planner.dialog.locator(".stats div").filter({ hasText: "declined" }).locator("b");
  await planner.choose(file(1));
  await expect(planner.dialog.getByLabel("Columns separated by")).toHaveValue(";");
  await planner.dialog.getByLabel("Status Parked means").selectOption("declined");
  await expect(declined).toHaveText("1");
  await planner.dialog.locator("summary", { hasText: "Columns" }).click();
  await planner.dialog.getByLabel("3/4/2025 in Closed is").selectOption("month-first");
  await planner.dialog.getByLabel("1,250 in Points is").selectOption("false");
  await expect(planner.dialog.getByLabel("1,250 in Points is")).toHaveValue("false");
  await planner.dialog.getByRole("button", { name: /^Import/ }).click();
  await expect(planner.dialog).toBeHidden();

  await page.reload();
  await planner.ready();
  await planner.choose(file(2));
  await expect(planner.dialog).toContainText("Corrections from last time are applied");
  await expect(declined).toHaveText("1");
  await expect(planner.dialog.getByLabel("3/4/2025 in Closed is")).toHaveValue("month-first");
  await planner.dialog.getByRole("button", { name: "Forget them" }).click();
  await expect(planner.dialog).not.toContainText("Corrections from last time");
  await expect(declined).toHaveText("0");
  await expect(planner.dialog.getByLabel("1,250 in Points is")).toHaveValue("true");
  await planner.dialog.getByRole("button", { name: "Other file" }).click();
  await planner.choose(file(3));
  await expect(planner.dialog).not.toContainText("Corrections from last time");

  // Another shape knows nothing of it.
  await planner.choose(csv("other.csv", "Key;Title;Status;Points\nA-1;Log in;Parked;3\n"));
  await expect(planner.dialog).not.toContainText("Corrections from last time");
});

test("a table of a web page is pasted as it stands there, lines and Markdown as lists", async ({ page, site }) => {
  await page.goto(page_(site));
  const planner = await new Planner(page).ready();
  const paste = (plain: string, html = "", picture = false) => planner.root.locator(".shell").evaluate((shell, [plain, html, picture]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", plain);
    if (html) clipboardData.setData("text/html", html);
    if (picture) clipboardData.items.add(new File(["not read"], "image.png", { type: "image/png" }));
    shell.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, composed: true, cancelable: true }));
  }, [plain, html, picture] as const);
  await paste("Title Status\nOne, and more Done\nTwo To Do", "<html><body><!--StartFragment--><table><tr><th>Title</th><th>Status</th></tr><tr><td>One, and <b>more</b></td><td>Done</td></tr><tr><td>Two</td><td>To Do</td></tr></table><!--EndFragment--></body></html>");
  await expect(planner.dialog).toContainText("2 rows read");
  await planner.dialog.getByRole("button", { name: "Cancel" }).click();
  // As a spreadsheet puts it on the clipboard.
  await paste("Title\tStatus\nOne\tDone\n", "<table><tr><td>Title</td><td>Status</td></tr><tr><td>One</td><td>Done</td></tr></table>", true);
  await expect(planner.dialog).toContainText("1 row read");
  await planner.dialog.getByRole("button", { name: "Cancel" }).click();
  await paste("- [x] Pay by card\n- [ ] Pay by invoice\n- [ ] Refund\n");
  await expect(planner.dialog).toContainText(/3 (tasks|notes|items) read/);
  await planner.dialog.getByRole("button", { name: "Cancel" }).click();
  await planner.button("Import").click();
  await planner.dialog.getByLabel(/^Or paste/).fill("Pay by card\nPay by invoice\nRefund\n");
  await planner.dialog.getByLabel(/^Or paste/).blur();
  await expect(planner.dialog).toContainText("3 notes read");
});

test("usage finds its items: dropped, one name mapped, taken in as one step, told beside reach", async ({ page, site }) => {
  test.slow();
  await page.goto(page_(site));
  const planner = await new Planner(page).ready();
  await planner.choose(csv("backlog.csv", "Key,Title,Status\nA-1,Guest checkout,To Do\nA-2,Reports as PDF,To Do\nA-3,Schedule an export,To Do\n"));
  await planner.dialog.getByRole("button", { name: /^Import 3/ }).click();
  await expect(planner.dialog).toBeHidden();

  await planner.drop("november.csv", readFileSync(sample("usage/amplitude-uniques-totals.csv"), "utf8"));
  const card = planner.dialog;
  await expect(card).toContainText("Amplitude, 1 to 30 Nov 2026: 4 rows read, 1 matched, 3 unmatched, 0 rejected");
  await expect(card.getByLabel("Guest checkout is")).toHaveValue("A-1");
  await card.getByLabel("Report Exported is").selectOption("A-2");
  await expect(card).toContainText("2 matched, 2 unmatched");
  await card.getByLabel("Report Scheduled is").selectOption("?");
  await card.getByLabel("Report Scheduled is").fill("A-3 Schedule an export");
  await card.getByLabel("Report Scheduled is").press("Tab");
  await expect(card).toContainText("3 matched, 1 unmatched");
  await expect(card).toContainText("Reports as PDF A-2: reach 310");
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 780 });
    expect(await card.locator(".body").evaluate((body) => body.scrollWidth - body.clientWidth)).toBe(0);
  }
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(200);
    const { violations } = await new AxeBuilder({ page }).include("landfall-planner").withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
    expect(violations.map(({ id, nodes }) => `${colorScheme}: ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join("\n")}`)).toEqual([]);
  }
  await card.getByRole("button", { name: "Take in for 3 items" }).click();
  await expect(planner.toast).toContainText("Usage of 3 items taken in");

  await planner.open("Guest checkout");
  await expect(planner.panel.getByLabel("Reach")).toHaveValue(/^1[, ]?240$/);
  await expect(planner.panel).toContainText("Reach: 1,240 users, Amplitude, 1 to 30 Nov 2026.");
  await page.reload();
  await planner.ready();
  await planner.open("Reports as PDF");
  await expect(planner.panel).toContainText("Reach: 310 users, Amplitude, 1 to 30 Nov 2026.");
  // What was mapped is found again.
  await planner.drop("december.csv", "Event,Uniques\nReport Exported,420\n");
  await expect(card.getByLabel("Report Exported is")).toHaveValue("A-2");
  await expect(card).toContainText("reach 420 instead of 310");
  await card.getByRole("button", { name: "Cancel" }).click();
  await planner.button(/^Undo take in the usage of 3 items/).click();
  await expect(planner.panel).not.toContainText("Amplitude");
  await expect(planner.panel.getByLabel("Reach")).toHaveCount(0);
});
