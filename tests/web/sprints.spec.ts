// Sprints in the Tell view, from the proposal to the history; how work flows under More in the Forecast view.
import type { Locator, Page } from "@playwright/test";
import { accessible } from "./axe.ts";
import { expect, planners, test } from "./fixtures.ts";
import { Planner, today } from "./planner.ts";

const sprints = (page: Page): Locator => page.locator("landfall-sprints");
const running = (page: Page): Locator => sprints(page).getByRole("article", { name: "Running sprint" });
const next = (page: Page): Locator => sprints(page).getByRole("article", { name: /^Sprint to/ });
const flow = (page: Page): Locator => page.locator("landfall-flow");
const tab = (page: Page, name: string): Promise<void> => page.getByRole("tab", { name }).click();

async function open(page: Page, url: string, view = "Tell"): Promise<void> {
  await page.goto(url);
  await planners(page);
  await tab(page, view);
}

/** The cells of a table behind a chart, row by row. */
async function numbers(chart: Locator): Promise<string[][]> {
  const details = chart.locator("details.numbers, details").first();
  if (!(await details.evaluate((node: HTMLDetailsElement) => node.open))) await details.locator("summary").click();
  await expect(details.locator("tbody tr").first()).toBeVisible();
  return details.locator("tbody tr").evaluateAll((all) => all.map((row) => [...row.children].map((cell) => (cell.querySelector("input")?.value ?? cell.textContent ?? "").trim())));
}

const plain = (text: string): string => text.replaceAll("\u00a0", " ");
const sum = (column: (string | undefined)[]): number => column.reduce((sum, text) => sum + Number(text || 0), 0);
const ids = (card: Locator): Promise<string[]> => card.locator("li .link").allInnerTexts();
/** "Commit, 85 % · 8 points" as 8. */
const amountIn = async (heading: Locator): Promise<number> => Number(/· ([\d.]+)/.exec(await heading.innerText())![1]);

test("a sprint is proposed, judged, started, watched, closed into the history, and taken back", async ({ page, site }) => {
  await open(page, site.url(`/pages/whole.html?today=${today}`));
  await expect(next(page)).toHaveCount(3);
  const first = next(page).first();
  await expect(first).toContainText(/85.% sure by 6.Dec: \d+ items? \([\d.]+ points\)/);
  const commit = first.locator("div", { has: page.getByText(/^Commit, 85 %/) }).last();
  const committed = await amountIn(commit.locator("h5"));
  expect(sum(await commit.locator("li > :last-child").allInnerTexts())).toBe(committed);
  const chosen = await ids(commit);

  // More than is sure is seen to be more before it is started.
  await first.getByRole("button", { name: "Start this sprint" }).click();
  const form = sprints(page).locator("form");
  await expect(form.getByLabel("Goal")).toBeFocused();
  await expect(form.getByRole("status")).toContainText(/(8[5-9]|9\d).% likely to be finished by 6.Dec\.$/);
  await expect(form.locator("input:checked")).toHaveCount(chosen.length);
  await form.getByLabel("Another item, by key or title").fill("LF-14");
  await form.getByLabel("Another item, by key or title").press("Tab");
  await expect(form.getByRole("status")).toContainText("more is committed to than is 85 % sure");
  await form.getByRole("checkbox", { name: /^LF-14 / }).uncheck();
  await expect(form.getByRole("status")).not.toContainText("more is committed to");
  await form.getByLabel("Another item, by key or title").fill("nothing like it");
  await form.getByLabel("Another item, by key or title").press("Tab");
  await expect(form.getByRole("alert")).toContainText("No item is called");
  await form.getByLabel("Goal").fill("Buyers pay <b>without</b> an account");
  await form.getByRole("button", { name: "Start", exact: true }).click();

  await expect(running(page)).toContainText("Buyers pay <b>without</b> an account");
  await expect(next(page)).toHaveCount(3);
  expect(await ids(running(page))).toEqual(chosen);
  await expect(running(page).locator("figcaption")).toHaveText(`0 of ${committed} points are finished; ${committed} points left, where an even pace would leave ${Math.round(committed * 9) / 10}.`);
  expect((await numbers(running(page).locator("landfall-burn-down"))).map((row) => row[0])).toHaveLength(15);

  // Finished in the plan, it is finished in the sprint.
  const planner = new Planner(page);
  await running(page).locator("li .link").first().click();
  await expect(planner.panel).toBeVisible();
  await planner.panel.getByLabel("Status").selectOption("done");
  await tab(page, "Tell");
  await expect(running(page).locator("li").first().locator(".chip")).toHaveText("done");
  await running(page).getByRole("button", { name: "Change what is in it" }).click();
  await form.locator("input[type=checkbox]:not(:checked)").first().check();
  await form.getByRole("button", { name: "Save" }).click();
  await expect(running(page).locator(".chip.warn")).toHaveText("added");
  const days = await numbers(running(page).locator("landfall-burn-down"));
  let left = 0;
  for (const [, added, finished, now] of days.filter((row) => row[3] !== "")) {
    left += Number(added) - Number(finished);
    expect(left).toBeCloseTo(Number(now), 6);
  }
  expect(sum(days.map((row) => row[2]))).toBeGreaterThan(0);

  // It is closed with what was finished ticked; the rest comes next.
  const open_ = await running(page).locator("li", { hasNot: page.locator(".chip", { hasText: "done" }) }).locator(".link").allInnerTexts();
  await running(page).getByRole("button", { name: "Close the sprint" }).click();
  await expect(form.locator("input:checked")).toHaveCount(1);
  await expect(form.locator("input:checked")).toBeDisabled();
  await form.getByRole("checkbox").nth(1).check();
  await form.getByRole("button", { name: "Close it" }).click();
  await expect(running(page)).toHaveCount(0);
  await expect(sprints(page).getByRole("heading", { name: "Next sprints" })).toBeFocused();
  await expect(next(page).first()).toHaveAccessibleName("Sprint to 20 Dec");
  const rest = open_.filter((id) => id !== open_[0]);
  expect((await ids(next(page).first())).slice(0, rest.length)).toEqual(rest);

  // What was committed to and finished is the same wherever it stands.
  await tab(page, "Forecast");
  const past = (await numbers(page.locator("landfall-velocity")))[0]!;
  expect(Number(past[2])).toBe(committed);
  await page.getByText("More: how work flows").click();
  const flowed = (await numbers(flow(page).locator("landfall-pairs").first()))[0]!;
  expect(flowed.slice(0, 3)).toEqual([past[0]!.split(" – ")[1], past[1], past[2]]);

  await tab(page, "Tell");
  const undo = page.getByRole("button", { name: /^Undo/ }).first();
  await undo.click();
  await expect(running(page)).toBeVisible();
  for (let k = 0; k < 3; k++) await undo.click();
  await expect(running(page)).toHaveCount(0);
  expect(await ids(commit)).toEqual(chosen);
});

test("a sprint is started, read and closed by keyboard", async ({ page, site }) => {
  await open(page, site.url(`/pages/whole.html?today=${today}`));
  await next(page).first().getByRole("button", { name: "Start this sprint" }).focus();
  await page.keyboard.press("Enter");
  await expect(sprints(page).getByLabel("Goal")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(next(page).first().getByRole("button", { name: "Start this sprint" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(sprints(page).getByLabel("Goal")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(running(page)).toBeVisible();
  const slider = running(page).getByRole("slider", { name: "Days of the sprint" });
  await slider.focus();
  await page.keyboard.press("Home");
  await expect(slider).toHaveAttribute("aria-valuetext", /^22 Nov: ([\d.]+) left, \1 at an even pace$/);
  await page.keyboard.press("End");
  await expect(slider).toHaveAttribute("aria-valuetext", "6 Dec: 0 at an even pace");
  await running(page).getByRole("button", { name: "Close the sprint" }).focus();
  await page.keyboard.press("Enter");
  await sprints(page).getByRole("checkbox").first().focus();
  await page.keyboard.press("Space");
  await sprints(page).getByRole("button", { name: "Close it" }).focus();
  await page.keyboard.press("Enter");
  await expect(running(page)).toHaveCount(0);
});

test("how work flows: every chart has its sentence and a table that adds up and agrees", async ({ page, site }) => {
  await open(page, site.url(`/pages/whole.html?today=${today}`), "Forecast");
  await page.getByText("More: how work flows").click();
  const [velocity, bugs] = [flow(page).locator("landfall-pairs").nth(0), flow(page).locator("landfall-pairs").nth(1)];
  const table = await numbers(velocity);
  const all = table.pop()!;
  for (const column of [1, 2, 3]) expect(Number(all[column]), `column ${column}`).toBe(sum(table.map((row) => row[column])));
  const past = await numbers(page.locator("landfall-velocity"));
  expect(table.map((row) => row.slice(1, 3))).toEqual(past.map((row) => [row[1], row[2]]));
  const kept = table.filter((row) => Number(row[1]) >= Number(row[2])).length;
  await expect(velocity.locator("figcaption")).toHaveText(`12 sprints, 8–22, median 17; ${kept} of 12 finished as much as was committed to.`);

  const fixed = await numbers(bugs);
  const [, created, mended] = fixed.pop()!;
  expect([Number(created), Number(mended)]).toEqual([sum(fixed.map((row) => row[1])), sum(fixed.map((row) => row[2]))]);
  await expect(bugs.locator("figcaption")).toContainText(new RegExp(`^${created} bugs? (was|were) created in these sprints and ${mended} fixed, \\d+.% of what was finished, by size; \\d open now\\.$`));

  for (const name of ["Cycle time", "Lead time"]) {
    const chart = flow(page).locator("landfall-times").nth(name === "Cycle time" ? 0 : 1);
    const rows = await numbers(chart);
    const took = rows.slice(4).map((row) => Number(row[2])).sort((a, b) => a - b);
    // The least number of days within which that share of the items listed was finished.
    for (const [k, share] of [0.5, 0.7, 0.85, 0.95].entries()) expect(Number(rows[k]![2])).toBe(took[Math.ceil(share * took.length - 1e-9) - 1]);
    expect(plain(await chart.locator("figcaption").innerText())).toContain(`half of ${took.length} items took ${rows[0]![2]} day`.replace("half", "Half"));
    const slider = chart.getByRole("slider", { name: `${name} of finished items` });
    await slider.focus();
    await page.keyboard.press("End");
    await expect(slider).toHaveAttribute("aria-valuetext", new RegExp(`^${rows[4]![0]}: ${rows[4]![2]} days?, finished on ${rows[4]![1]}$`));
  }
  // What was blocked has a text to send, which is there to be copied by hand too.
  const message = flow(page).getByLabel("Message about LF-19", { exact: true });
  await expect(message).toHaveValue(/^LF-19 “Tax for orders abroad” has been blocked for 9 days, since 14 Nov: waiting for the offer of the tax provider\./);
  await flow(page).getByRole("button", { name: "Copy the message about LF-19" }).click();
  await expect(page.locator(".toast")).toContainText(/Copied|copy it with the keyboard/);
});

test("sprints and flow are accessible, and fit a phone", async ({ page, site }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  const check = async (part: string): Promise<void> => {
    await accessible(page, part, part);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  };
  await open(page, site.url(`/pages/whole.html?today=${today}`));
  await next(page).first().getByRole("button", { name: "Start this sprint" }).click();
  await expect(sprints(page).getByRole("status")).toContainText("likely");
  await check("landfall-tell");
  await sprints(page).getByRole("button", { name: "Start", exact: true }).click();
  await running(page).getByRole("button", { name: "Close the sprint" }).click();
  await numbers(running(page).locator("landfall-burn-down"));
  await check("landfall-tell");
  await tab(page, "Forecast");
  await page.getByText("More: how work flows").click();
  for (const chart of await flow(page).locator("landfall-pairs, landfall-times").all()) await numbers(chart);
  await check("landfall-forecast");
});
