// Reports to hand on, and how the backlog is owned.
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { accessible } from "./axe.ts";
import { expect, test } from "./fixtures.ts";
import { Planner } from "./planner.ts";

type Site = { url(path: string): string };

async function tell(page: Page, site: Site, query = ""): Promise<{ planner: Planner; reports: Locator; owned: Locator }> {
  await page.goto(site.url(`/pages/whole.html?today=2026-11-23${query}`));
  const planner = await new Planner(page).ready();
  await planner.root.getByRole("tab", { name: "Tell" }).click();
  const reports = planner.root.locator("landfall-reports");
  await expect(reports.locator("article h4")).toBeVisible();
  return { planner, reports, owned: planner.root.locator("landfall-ownership") };
}

const text = (reports: Locator): Promise<string> => reports.getByLabel("The report as text").inputValue();

/** What a text says, part by part, as the browser's parser reads it. */
const parsed = (page: Page, source: string, type: "text/html" | "text/xml"): Promise<string[]> =>
  page.evaluate(([source, type]) => {
    const whole = type === "text/xml" ? `<page xmlns:ac="http://atlassian.com/content" xmlns:ri="http://atlassian.com/resource/identifier">${source}</page>` : source!;
    const tree = new DOMParser().parseFromString(whole, type as DOMParserSupportedType);
    if (tree.querySelector("parsererror")) throw new Error(tree.documentElement.textContent ?? "");
    const strange = [...tree.querySelectorAll("page *, body *")].filter(({ localName }) => !/^(h1|h2|p|ul|li|table|tbody|tr|th|td)$/.test(localName));
    if (strange.length) throw new Error(`${strange[0]!.localName} is no part of a report`);
    return [...tree.querySelectorAll("h1, h2, p, li, th, td")].map((one) => one.textContent ?? "");
  }, [source, type]);

/** The same of the report in the page. A date is held together there. */
const shown = (reports: Locator): Promise<string[]> =>
  reports.locator("article :is(h4, h5, p, li, th, td)").evaluateAll((all) => all.map((one) => (one.textContent ?? "").replaceAll("\u00a0", " ")));

test("reports are chosen by keyboard, and speak of outcomes first", async ({ page, site }) => {
  const { planner, reports } = await tell(page, site);
  const headings = (): Promise<string[]> => reports.locator("h5").allInnerTexts();
  await expect(reports.locator("h4")).toHaveText("Update: Checkout revamp, 23 Nov 2026");
  expect(await headings()).toEqual(["Outcomes", "Delivered since 9 Nov", "Decided", "Next"]);
  await reports.getByRole("radio", { name: "Stakeholder update" }).press("ArrowLeft");
  await expect(reports.getByRole("radio", { name: "Sprint review" })).toBeFocused();
  await expect(reports.locator("h4")).toHaveText("Sprint review: Checkout revamp, 23 Nov 2026");
  expect(await headings()).toEqual(["Outcomes", "What was finished, and for what", "What is next"]);
  await expect(reports.locator("article > p").first()).toHaveText(/^Sprint\sfrom\s9\sNov\sto\s22\sNov:\s[1-9]\d*\sitems?\sfinished/);
  await reports.getByRole("button", { name: "Sprint before" }).press("Enter");
  await expect(reports.locator("article > p").first()).toHaveText(/^Sprint\sfrom\s26\sOct\sto\s8\sNov:\s\d+\sitems?\sfinished/);
  await reports.getByRole("button", { name: "Sprint after" }).press("Enter");
  await expect(reports.locator("article > p").first()).toContainText("from 9 Nov");
  await reports.getByRole("radio", { name: "Roadmap" }).click();
  await expect(reports.locator("h5")).toHaveText(["Outcomes", "Now: begun, or 85 % sure by 6 Dec", "Next: 85 % sure by 17 Jan", "Later", "By quarter"]);
  // What stands in the list stands here too.
  const date = await reports.getByRole("row", { name: /^LF-6 / }).getByRole("cell").last().innerText();
  await expect(reports.locator("article > p").last()).toContainText((await planner.headline.innerText()).replace("guess", ""));
  await planner.root.getByRole("tab", { name: "Plan" }).click();
  expect(await planner.date("Faster search results")).toBe(date);
});

test("the stakeholder update comes back from every format as it stands in the page", async ({ page, site, context }) => {
  const { planner, reports } = await tell(page, site);
  // The policy lets nothing of the planner's page parse.
  const reader = await context.newPage();
  const hostile = "<img src=x onerror=alert(1)> | *bold* & \"quoted\" \u202egnp";
  await planner.root.evaluate((element, title) => {
    (element as unknown as { run(command: unknown): void }).run({ type: "addItem", item: { id: "X-1", title, size: 1, status: "in-progress" }, before: "LF-2" });
  }, hostile);
  await expect(reports.locator("article")).toContainText(hostile);
  await expect(reports.locator("article img")).toHaveCount(0);
  const here = await shown(reports);
  expect(here.length).toBeGreaterThan(15);
  const format = reports.getByLabel("Format");
  await format.selectOption({ label: "HTML" });
  await expect.poll(async () => (await text(reports)).slice(0, 15)).toBe("<!DOCTYPE html>");
  expect(await parsed(reader, await text(reports), "text/html")).toEqual(here);
  await format.selectOption({ label: "Confluence storage format" });
  await expect.poll(async () => (await text(reports)).slice(0, 4)).toBe("<h1>");
  expect(await parsed(reader, await text(reports), "text/xml")).toEqual(here);
  await format.selectOption({ label: "Plain text" });
  await expect.poll(async () => (await text(reports)).split("\n")[1]).toMatch(/^=+$/);
  const lines = (await text(reports)).split("\n").filter((line) => line && !/^[=-]+$/.test(line)).map((line) => line.replace(/^[-*] /, ""));
  expect(lines).toEqual(here);
  await format.selectOption({ label: "Markdown" });
  await expect.poll(async () => (await text(reports)).slice(0, 2)).toBe("# ");
  expect(await text(reports)).toContain("\\<img src=x onerror=alert(1)\\> \\| \\*bold\\* \\& \"quoted\"");
  const saving = page.waitForEvent("download");
  await reports.getByRole("button", { name: "Save file" }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe("Update Checkout revamp 23 Nov 2026.md");
  expect(await readFile(await file.path(), "utf8")).toBe(await text(reports));
});

test("a report is copied with its form; where a page may not, its text is selected", async ({ page, site, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { reports } = await tell(page, site);
  const here = await shown(reports);
  await reports.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(reports.getByRole("status").filter({ hasText: "Copied" })).toBeVisible();
  const copied = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return Promise.all(["text/html", "text/plain"].map(async (type) => (await item!.getType(type)).text()));
  });
  // A browser may take the head of a page away when it cleans what is copied.
  const reader = await context.newPage();
  expect(await reader.evaluate((html) => [...new DOMParser().parseFromString(html!, "text/html").querySelectorAll("h1, h2, p, li")].map((one) => one.textContent), copied[0])).toEqual(here);
  await page.bringToFront();
  expect(copied[1]).toContain(`${here[0]}\n====`);
  await reports.getByRole("button", { name: "Copy as text" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(await text(reports));
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await reports.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(reports.getByLabel("The report as text")).toBeFocused();
  await expect(reports.getByRole("status").filter({ hasText: "may not use the clipboard" })).toBeVisible();
});

test("how the backlog is owned: counts open their items, answers stay, one step follows", async ({ page, site }) => {
  const { planner, owned } = await tell(page, site);
  await owned.getByText("How the backlog is owned").click();
  await expect(owned.locator(".counts li").first()).toHaveText(/^34\sof\s40\sitems\sserve\san\sobjective\s·\sshow\sthe\sother\s6$/);
  await expect(owned.locator(".counts")).toContainText(/Today's\sorder\scosts\s\S+\s%\smore\sdelay\sthan\sthe\sbest\sone\sfound/);
  await owned.getByRole("button", { name: "See how forecasts held" }).click();
  await expect(owned.locator(".counts")).toContainText(/our\s85\s%\sheld|a\sbacktest\sneeds/i);
  await expect(owned.locator(".step")).toContainText("Six answers show where the role stands");
  const groups = owned.locator("fieldset");
  await expect(groups).toHaveCount(6);
  for (let k = 0; k < 6; k++) {
    await groups.nth(k).getByRole("radio").first().focus();
    await page.keyboard.press("Space");
    if (k !== 3) await page.keyboard.press("ArrowLeft");
  }
  await expect(owned.locator(".step")).toContainText("The set-up is that of a strategist");
  await expect(owned.locator(".step")).toContainText("Next step: Talk to two users in this sprint");
  await page.reload();
  await planner.ready();
  await planner.root.getByRole("tab", { name: "Tell" }).click();
  await owned.getByText("How the backlog is owned").click();
  await expect(owned.locator(".step")).toContainText("Talk to two users");
  expect(await planner.root.evaluate((element) => JSON.stringify((element as unknown as { planner: { toJSON(): unknown } }).planner.toJSON()))).not.toContain("ownership");
  await owned.getByRole("button", { name: "show the other 6" }).press("Enter");
  await expect(planner.rows).toHaveCount(6);
  await expect(planner.root.locator("landfall-filter")).toContainText("6 chosen");
  await planner.button("Remove 6 chosen").click();
  await expect(planner.root.locator("landfall-filter .button")).toContainText("Work 40");
});

test("axe finds nothing in reports and ownership, and nothing is wider than a phone", async ({ page, site }) => {
  test.slow();
  const { reports, owned } = await tell(page, site);
  await owned.getByText("How the backlog is owned").click();
  await owned.getByRole("radio").first().check();
  await accessible(page, "update and ownership");
  await reports.getByRole("radio", { name: "Roadmap" }).click();
  await expect(reports.locator("table").first()).toBeVisible();
  await accessible(page, "roadmap");
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => page.evaluate(() => {
    const view = document.querySelector("landfall-planner")!.shadowRoot!.querySelector("#view")!;
    return Math.max(0, view.querySelector("landfall-tell")!.scrollWidth - view.clientWidth);
  })).toBe(0);
  await accessible(page, "roadmap on a phone");
});
