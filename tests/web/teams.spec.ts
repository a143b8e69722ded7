// Who works, and when: holidays, absences, joiners and leavers, several teams, tags and what is left; on the built page.
import type { Locator, Page } from "@playwright/test";
import { accessible } from "./axe.ts";
import { expect, planners, test } from "./fixtures.ts";
import { Planner, dayOf, today } from "./planner.ts";

const headline = (page: Page): Locator => page.locator("landfall-forecast h2").first();
const panel = (page: Page): Locator => page.locator("landfall-assumptions");
const calendar = (page: Page): Locator => page.locator("landfall-calendar");
const teams = (page: Page): Locator => page.locator("landfall-teams");

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await planners(page);
  await page.getByRole("tab", { name: "Forecast" }).click();
  await expect(headline(page)).toBeVisible();
}

/** The day of the headline. */
async function sureBy(page: Page): Promise<number> {
  const text = (await headline(page).innerText()).replaceAll("\u00a0", " ");
  expect(text).toMatch(/85 % sure.* by \d/);
  return dayOf(text.slice(text.lastIndexOf(" by ") + 4).trim());
}

/** Opens a line of the assumptions, unfolding them where it is folded away. */
async function line(page: Page, name: RegExp): Promise<void> {
  const button = panel(page).getByRole("button", { name });
  if (!(await button.isVisible())) await panel(page).getByText("More assumptions").click();
  await button.click();
}

/** Fills the open form, and sends it. */
async function fill(part: Locator, fields: Record<string, string>, send: string): Promise<void> {
  for (const [label, value] of Object.entries(fields)) await part.getByLabel(label, { exact: true }).fill(value);
  await part.getByRole("button", { name: send, exact: true }).last().click();
}

const people = "People in the team, as in the past sprints";
const undo = (page: Page): Locator => page.getByRole("button", { name: /^Undo/ }).first();

test("holidays, absences and leavers move the date, one undo takes each back, and a reload keeps them", async ({ page, site }) => {
  await open(page, site.url(`/pages/whole.html?today=${today}`));
  const before = await sureBy(page);
  await line(page, /^Days off and people/);
  await expect(calendar(page)).toContainText("Sprints to come are taken to be as in the past");

  await calendar(page).getByRole("button", { name: "Holiday" }).click();
  await expect(calendar(page).getByLabel("From")).toBeFocused();
  await fill(calendar(page), { From: "2026-12-24", "to (if longer)": "2026-12-01" }, "Add");
  await expect(calendar(page).getByRole("alert").filter({ hasText: "before it begins" })).toBeVisible();
  // What it would change is said before it is added.
  await calendar(page).getByLabel("to (if longer)").fill("2027-01-01");
  await expect(calendar(page).locator(".preview")).toHaveText(/^85 % sure by .*, \d+ days later\.$/);
  expect(await sureBy(page)).toBe(before);
  await fill(calendar(page), { From: "2026-12-24", "to (if longer)": "2027-01-01", "Name, if it has one": "Christmas" }, "Add");
  await expect(calendar(page).getByText("Christmas 24 Dec – 1 Jan")).toBeVisible();
  await expect.poll(() => sureBy(page)).toBeGreaterThan(before);
  const holiday = await sureBy(page);
  const line_ = panel(page).locator(".item", { hasText: "Days off and people" });
  await expect(line_.locator(".effect")).toHaveText(`+${holiday - before} days at 85 %`);

  await calendar(page).getByRole("button", { name: "Joins or leaves" }).click();
  await calendar(page).getByLabel("They", { exact: true }).selectOption("leave");
  await fill(calendar(page), { "How many": "7", From: "2027-01-11", [people]: "4" }, "Add");
  await expect(calendar(page).getByRole("alert").filter({ hasText: "let fewer leave" })).toBeVisible();
  await fill(calendar(page), { "How many": "1", From: "2027-01-11", [people]: "4" }, "Add");
  await expect(calendar(page).getByText("1 person leaves on 11 Jan")).toBeVisible();
  await expect.poll(() => sureBy(page)).toBeGreaterThan(holiday);
  const leaver = await sureBy(page);

  await calendar(page).getByRole("button", { name: "Absence" }).click();
  await fill(calendar(page), { Who: "Ada", From: "2026-11-30", "to (if longer)": "2026-12-04" }, "Add");
  await expect(calendar(page).getByText("Ada away 30 Nov – 4 Dec")).toBeVisible();

  // The picture says why, sprint by sprint.
  const bars = calendar(page).getByRole("slider", { name: "Capacity of the next sprints" });
  await bars.focus();
  await page.keyboard.press("Home");
  await expect(bars).toHaveAttribute("aria-valuetext", "Sprint to 6 Dec: 88 % — Ada away 5 days");
  for (let k = 0; k < 2; k++) await page.keyboard.press("ArrowRight");
  await expect(bars).toHaveAttribute("aria-valuetext", "Sprint to 3 Jan: 30 % — Christmas 7 days");
  await expect(calendar(page).locator("figcaption")).toHaveText("Sprint to 3 Jan: 30 % — Christmas 7 days");

  const all = await headline(page).innerText();
  await page.reload();
  await page.getByRole("tab", { name: "Forecast" }).click();
  await expect(headline(page)).toHaveText(all);
  await expect(panel(page).getByRole("button", { name: /^Days off and people 1 holiday, 1 absence, 1 change/ })).toBeVisible();
  await line(page, /^Days off and people/);
  await calendar(page).getByRole("button", { name: "Take out: Ada away 30 Nov – 4 Dec" }).click();
  await expect.poll(() => sureBy(page)).toBe(leaver);
  await calendar(page).getByRole("button", { name: /^Take out: 1 person leaves/ }).click();
  await expect.poll(() => sureBy(page)).toBe(holiday);
  await undo(page).click();
  await expect.poll(() => sureBy(page)).toBe(leaver);
});

test("a second team gets its own past, its items, and what to do while nothing is known of it", async ({ page, site }) => {
  await open(page, site.url(`/pages/whole.html?today=${today}`));
  const before = await headline(page).innerText();
  await line(page, /^Teams/);
  await teams(page).getByRole("button", { name: "Add a team" }).click();
  await fill(teams(page), { "The team there is": "Web", "The new one": "Web" }, "Add");
  await expect(teams(page).getByRole("alert").filter({ hasText: "another name" })).toBeVisible();
  await fill(teams(page), { "The new one": "Mobile" }, "Add");
  await expect(teams(page).getByText("No past and no guess: its items have no date until it has one")).toBeVisible();

  // An item for the team of which nothing is known has no date, and says why.
  await page.getByRole("tab", { name: "Plan" }).click();
  const planner = await new Planner(page).ready();
  await planner.open("Faster search results");
  await planner.panel.getByLabel("Team").selectOption("Mobile");
  await expect(planner.panel.locator(".lands")).toContainText("No date until Mobile says what its sprints finish.");
  await expect(planner.headline).toContainText("No date for all 40 items: say what the sprints of Mobile finish");

  await page.getByRole("tab", { name: "Forecast" }).click();
  await line(page, /^Teams/);
  await teams(page).getByRole("button", { name: "Enter its past" }).click();
  await fill(teams(page), { "points finished, sprint by sprint, oldest first": "3 many" }, "Save");
  await expect(teams(page).getByRole("alert").filter({ hasText: "“many” is no number" })).toBeVisible();
  await fill(teams(page), { "points finished, sprint by sprint, oldest first": "3 5 4 2 6" }, "Save");
  await expect(teams(page).getByText("Velocity: 5 sprints, 2–6, median 4")).toBeVisible();
  await expect(teams(page).getByText(/^1 item · 85 % sure by /)).toBeVisible();
  await sureBy(page);

  // The past by team: the sum is read, each team's is corrected.
  const choice = page.getByLabel("Past sprints of");
  await expect(page.locator("landfall-velocity .bars")).toHaveCount(0);
  await choice.selectOption("Mobile");
  await expect(page.locator("landfall-velocity .bars button")).toHaveCount(5);
  await page.locator("landfall-velocity .bars button").last().click();
  await page.locator("landfall-velocity form input").fill("9");
  await page.keyboard.press("Enter");
  await expect(teams(page).getByText("Velocity: 5 sprints, 2–9, median 4")).toBeVisible();

  // A capacity by hand is one team's, or everybody's.
  await page.getByText("Capacity of the next sprints", { exact: true }).first().click();
  const cell = page.locator("#capacity td input").nth(1);
  await cell.fill("50 %");
  await cell.press("Enter");
  await expect(page.locator("#capacity td.reason").nth(1)).toHaveText("50 % — × 50 % by hand");
  await page.getByLabel("Capacity of", { exact: true }).selectOption("");
  await expect(page.locator("#capacity td.reason").nth(1)).toHaveText(/^8\d % — Web 100 %, Mobile 50 %$/);

  await teams(page).getByRole("button", { name: "Forecast as one team" }).click();
  await expect(headline(page)).toHaveText(before);
  await undo(page).click();
  await expect(headline(page)).not.toHaveText(before);
});

test("a file whose items name two teams is forecast as one until somebody chooses by team", async ({ page, site }) => {
  await page.goto(site.url(`/pages/whole.html?today=${today}`));
  const planner = await new Planner(page).ready();
  const line = (cells: unknown[]): string => cells.map((cell) => `"${cell}"`).join(",");
  const rows = [["ID", "Team", "Title", "Description", "Status", "Estimate", "Priority", "Project", "Creator", "Assignee", "Labels", "Cycle Number", "Cycle Name", "Cycle Start", "Cycle End", "Created", "Updated", "Started", "Completed", "Canceled", "Archived", "Parent issue"]];
  const add = (id: string, team: string, completed: string): void => {
    rows.push([id, team, `Item ${id}`, "", completed === "" ? "Todo" : "Done", "3", "", "", "", "", "", "", "", "", "", "2026-06-01", "2026-11-22", "", completed, "", "", ""]);
  };
  for (let k = 0; k < 12; k++) {
    const day = new Date(Date.parse("2026-11-22") - k * 14 * 86_400_000 - (k === 11 ? 13 : 0) * 86_400_000).toISOString().slice(0, 10);
    add(`WEB-${k}`, "Web", day);
    for (const n of [1, 2]) add(`APP-${k}-${n}`, "Apps", day);
  }
  for (let k = 20; k < 26; k++) add(`WEB-${k}`, "Web", "");
  add("APP-20", "Apps", "");
  await planner.choose({ name: "linear.csv", mimeType: "text/csv", buffer: Buffer.from(rows.map(line).join("\n")) });
  await planner.dialog.getByRole("button", { name: /^Import 43 items/ }).click();
  await page.getByRole("tab", { name: "Forecast" }).click();

  const offer = page.locator("landfall-forecast .offer");
  await expect(offer).toContainText("Items name 2 teams, and are forecast as the work of one.");
  const one = await sureBy(page);
  await offer.getByRole("button", { name: "Forecast by team" }).click();
  await expect(offer).toHaveCount(0);
  // Web has six items, and finishes a third of what both do.
  await expect.poll(() => sureBy(page)).toBeGreaterThan(one);
  await expect(panel(page).getByRole("button", { name: /^Teams Apps, Web/ })).toBeVisible();
  const two = await sureBy(page);
  await expect(panel(page).locator(".item", { hasText: "Apps, Web" }).locator(".effect")).toHaveText(`as one team: ${two - one} days earlier`);
  await undo(page).click();
  await expect.poll(() => sureBy(page)).toBe(one);
  await expect(offer).toBeVisible();
});

test("a tag says when the last of its items lands, and what is in progress what is left of it", async ({ page, site }) => {
  await page.goto(site.url(`/pages/whole.html?today=${today}`));
  const planner = await new Planner(page).ready();
  await planner.rows.first().focus();
  await page.keyboard.press("f");
  const filter = planner.root.getByRole("dialog", { name: "Filter" });
  await filter.getByLabel("Tag", { exact: true }).selectOption({ label: "acme" });
  const said = planner.root.locator("landfall-plan .tagged");
  await expect(said).toHaveText(/^85.% sure that the 4 items tagged acme land by \d/);
  const dates = [...(await planner.dates()).values()].map((date) => dayOf(date));
  expect(dates).toHaveLength(4);
  const shown = /by (\d+.\w{3}(?: \d{4})?)/.exec(await said.innerText())?.[1]?.replace(/\s/g, " ") ?? "";
  expect(dayOf(shown)).toBeGreaterThanOrEqual(Math.max(...dates));
  await filter.getByLabel("Tag", { exact: true }).selectOption({ index: 0 });
  await expect(said).toHaveCount(0);
  await page.keyboard.press("Escape");

  await planner.open("Pay without an account");
  const left = planner.panel.getByLabel("Left of it");
  await expect(planner.panel.locator(".lands")).toContainText("In progress, counted at full size.");
  await left.fill("1");
  await left.press("Enter");
  await expect(planner.panel.locator(".lands")).toContainText("1 of 5 left.");
  await left.fill("lots");
  await left.press("Enter");
  await expect(planner.panel.getByRole("alert")).toContainText("is no remainder");
  await planner.open("Faster search results");
  await expect(planner.panel.getByLabel("Left of it")).toHaveCount(0);
});

test("the calendar and the teams are accessible, and fit a phone", async ({ page, site }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await open(page, site.url(`/pages/whole.html?today=${today}`));
  const check = async (): Promise<void> => {
    await accessible(page, "assumptions", "landfall-forecast", "landfall-assumptions");
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  };
  await line(page, /^Days off and people/);
  await calendar(page).getByRole("button", { name: "Absence" }).click();
  await fill(calendar(page), { Who: "Ada", From: "2026-12-07", [people]: "5" }, "Add");
  await calendar(page).getByRole("button", { name: "Joins or leaves" }).click();
  await check();
  await line(page, /^Teams/);
  await teams(page).getByRole("button", { name: "Add a team" }).click();
  await fill(teams(page), { "The team there is": "Web", "The new one": "Mobile" }, "Add");
  await teams(page).getByRole("button", { name: "Enter its past" }).click();
  await check();
});
