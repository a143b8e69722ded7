// The plan for others: as a link, a file, a picture, a table, on paper; and back again.
import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Browser, Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { Planner, sample, today } from "./planner.ts";

type Site = { url(path: string): string };
type Element_ = HTMLElement & { planner: { toJSON(): unknown }; run(command: unknown): void };

async function open(page: Page, site: Site, query = ""): Promise<Planner> {
  await page.goto(site.url(`/dist/landfall.html?today=${today}${query}`));
  return new Planner(page).ready();
}

/** A browser of somebody else. */
async function elsewhere(browser: Browser, site: Site): Promise<Planner> {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 } });
  return open(await context.newPage(), site);
}

const plan = (planner: Planner): Promise<unknown> => planner.root.evaluate((element) => (element as Element_).planner.toJSON());
const stored = (page: Page): Promise<string> => page.evaluate(() => JSON.stringify(Object.entries(localStorage).sort()));

async function share(planner: Planner, way: string): Promise<Locator> {
  const door = planner.root.locator("landfall-share dialog");
  if (!(await door.isVisible())) await planner.button("Share").click();
  await door.getByRole("radio", { name: way, exact: true }).click();
  await expect(door.locator(".actions .primary")).toBeVisible();
  return door;
}

async function saved(planner: Planner, door: Locator, button: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const [file] = await Promise.all([planner.page.waitForEvent("download"), door.getByRole("button", { name: button, exact: true }).click()]);
  return { name: file.suggestedFilename(), mimeType: "application/octet-stream", buffer: await readFile(await file.path()) };
}

test("a real file goes in, pictures and pages of it go out, and each comes back as the same plan", async ({ page, site, browser }) => {
  test.slow();
  const planner = await open(page, site);
  await planner.choose(sample("azure-devops-lighthouse.csv"));
  await planner.dialog.getByRole("button", { name: /^Import/ }).click();
  await expect(planner.dialog).toBeHidden();
  const mine = await plan(planner);
  const door = await share(planner, "Picture");
  await expect(door.locator(".seen text").first()).toHaveText("azure devops lighthouse");
  const files = [await saved(planner, door, "Save PNG"), await saved(planner, door, "Save SVG")];
  const drawn = files[1]!.buffer.toString();
  expect(drawn).not.toMatch(/var\(|class=|style=|rgb\(|<script/);
  const headline = (await planner.headline.innerText()).replace(/guess$/, "").trim().replace(/\s/g, " ");
  expect(drawn).toContain(`>${headline}<`);
  await door.getByLabel("With the plan inside").uncheck();
  await expect(door.getByLabel("The plan as text")).not.toHaveValue(/data-landfall/);
  await share(planner, "File");
  await door.getByLabel("With the plan inside").waitFor({ state: "detached" });
  await door.getByLabel("Format").selectOption("html");
  await door.getByLabel("With the plan inside").check();
  await expect(door.getByLabel("The plan as text")).toHaveValue(/^<!DOCTYPE html>[^]* data-landfall="1\./);
  files.push(await saved(planner, door, "Save file"));
  await door.getByRole("button", { name: "Close" }).click();

  // A chart carries it as well.
  await planner.root.getByRole("tab", { name: "Forecast" }).click();
  await planner.root.locator("landfall-burn-up").getByRole("button", { name: "Picture…" }).click();
  await door.getByLabel("With the plan inside").check();
  await expect(door.locator(".seen > svg")).toContainText("85 % sure");
  files.push(await saved(planner, door, "Save PNG"));
  expect(files.map(({ name }) => name)).toEqual(["azure devops lighthouse.png", "azure devops lighthouse.svg", "azure devops lighthouse.html", "azure devops lighthouse.png"]);

  const other = await elsewhere(browser, site);
  for (const file of files) {
    await other.choose(file);
    await expect(other.dialog.locator(".headline")).toContainText("azure devops lighthouse is a Landfall plan");
    await other.dialog.getByRole("button", { name: "Open this plan" }).click();
    await expect(other.dialog).toBeHidden();
    expect(await plan(other)).toEqual(mine);
    await other.page.keyboard.press("Control+z");
    await expect(other.toast).toContainText("Undone");
    expect(await plan(other)).not.toEqual(mine);
  }
  await other.choose({ name: "cut.png", mimeType: "image/png", buffer: files[0]!.buffer.subarray(0, files[0]!.buffer.length - 60) });
  await expect(other.dialog.getByRole("alert")).toContainText("The picture was cut off or changed");
  await other.page.context().close();
});

test("a link shows its plan beside one's own, which stays as it is until the reader says so", async ({ page, site, browser }) => {
  test.slow();
  const planner = await open(page, site);
  await planner.root.evaluate((element) => (element as Element_).run({ type: "renamePlan", name: "Theirs" }));
  const theirs = await plan(planner);
  const door = await share(planner, "Link");
  await expect(door).toContainText(/\d,\d{3} characters/);
  const link = await door.getByLabel("The plan as text").inputValue();
  expect(link.length).toBeLessThanOrEqual(8000);

  const other = await elsewhere(browser, site);
  await other.root.evaluate((element) => (element as Element_).run({ type: "renamePlan", name: "Mine" }));
  const mine = await plan(other);
  const before = await stored(other.page);
  const [, hash] = link.split("#");
  const strip = other.root.locator(".notices .draft");
  await other.page.evaluate((hash) => { location.hash = hash!; }, hash);
  await expect(strip).toContainText("You are looking at a plan from a link. Yours is untouched.");
  await expect(other.root.locator(".name").first()).toHaveText("Theirs");
  expect(await plan(other)).toEqual(theirs);
  await expect(other.root.locator(".state")).toHaveText("Read-only");
  await expect(other.button("Import")).toHaveCount(0);
  await other.root.getByRole("tab", { name: "Forecast" }).click();
  await other.page.reload();
  await expect(strip).toContainText("You are looking");
  expect(await stored(other.page)).toBe(before);
  await strip.getByRole("button", { name: "Back to mine" }).click();
  expect(await plan(other)).toEqual(mine);
  expect(await stored(other.page)).toBe(before);
  expect(new URL(other.page.url()).hash).toBe("");

  // As an address opened anew, by somebody who wants it.
  await other.page.goto(link);
  await strip.getByRole("button", { name: "Compare with mine" }).click();
  await expect(other.toast).toContainText("shown as a scenario, your plan is untouched");
  await expect(other.root.locator("landfall-scenario")).toContainText("Copy of Theirs");
  await other.root.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await other.page.goto(link);
  await strip.getByRole("button", { name: "Open it in place of mine" }).click();
  await expect(strip).toContainText("It takes the place of your plan, Mine. One undo brings that back.");
  expect(await plan(other)).toEqual(theirs);
  await strip.getByRole("button", { name: "Open it", exact: true }).click();
  await expect(strip).toHaveCount(0);
  expect(await plan(other)).toEqual(theirs);
  await other.button(/^Undo Open/).or(other.button(/^Undo/).first()).first().click();
  expect(await plan(other)).toEqual(mine);

  // Pasted, it opens as a file does.
  await other.root.locator(".shell").evaluate((shell, link) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", link);
    shell.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, composed: true }));
  }, link);
  await expect(other.dialog.locator(".headline")).toContainText("Theirs is a Landfall plan");
  await other.page.context().close();
});

test("a hostile link leaves one's own plan in sight, with the reason; the first of several planners opens a good one", async ({ page, site }) => {
  const planner = await open(page, site);
  await planner.root.evaluate((element) => (element as Element_).run({ type: "renamePlan", name: "Mine" }));
  const [mine, before] = [await plan(planner), await stored(page)];
  const { cases } = JSON.parse(await readFile(new URL("../data/hostile/own/share-links.json", import.meta.url), "utf8")) as { cases: { name: string; data: string }[] };
  const notice = planner.root.locator(".notices .bad");
  for (const { name, data } of cases) {
    await page.evaluate((data) => { location.hash = `landfall=1.${data}`; }, data);
    await expect(notice, name).toHaveCount(1);
    await expect(notice, name).toContainText(/The link in the address cannot be opened; your plan is as it was\. .{20}/);
    await notice.getByRole("button", { name: "Dismiss" }).click();
  }
  await page.evaluate(() => { location.hash = "landfall=9.abc"; });
  await expect(notice).toContainText("open it with a newer Landfall");
  expect(await plan(planner)).toEqual(mine);
  expect(await stored(page)).toBe(before);

  const door = await share(planner, "Link");
  const [, hash] = (await door.getByLabel("The plan as text").inputValue()).split("#");
  await page.goto(`${site.url("/pages/wiki.html")}#${hash}`);
  const [first, second] = [new Planner(page), new Planner(page, page, 1)];
  await first.ready();
  await second.ready();
  await expect(first.root).toContainText("You are looking at a plan from a link");
  await expect(second.root).not.toContainText("from a link");
});

test("a plan too long for a link is handed on as a file; a table is safe in a sheet; what a page may not do has a text", async ({ page, site, context }) => {
  test.slow();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const planner = await open(page, site);
  const titles = Array.from({ length: 500 }, (_, k) => `Item ${(k * 7919 + 13) ** 2 % 1_000_003} of ${(k * 104_729) % 999_983} and ${(k * 1299_709) % 999_961}`);
  titles[0] = `"""=1+1"""`;
  await planner.drop("long.csv", `key,title,status\nX-0,"=HYPERLINK(""http://x"")",todo\n${titles.map((title, k) => `X-${k + 1},${title},todo`).join("\n")}\n`);
  await planner.dialog.getByLabel("A poor one").fill("10");
  await planner.dialog.getByLabel("A good one").fill("20");
  await planner.dialog.getByLabel("A good one").blur();
  await planner.dialog.getByRole("button", { name: /^Import 501/ }).click();
  const door = await share(planner, "Link");
  await expect(door).toContainText(/The link would have \d+,\d{3} characters\. Mail and chat cut links above 8,000/);
  await door.getByRole("button", { name: "Save a file" }).click();
  await expect(door.getByLabel("The plan as text")).toHaveValue(/^\{\n {2}"[^]*"format": "landfall"/);

  await share(planner, "Table");
  await door.getByRole("button", { name: "Copy table" }).click();
  await expect(door.getByRole("status").filter({ hasText: "Copied" })).toBeVisible();
  const [html, text] = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return Promise.all(["text/html", "text/plain"].map(async (type) => (await item!.getType(type)).text()));
  });
  expect(text!.split("\n")[1]!.split("\t").slice(0, 3)).toEqual(["1", "X-0", "'=HYPERLINK(\"http://x\")"]);
  // Sheets take quotes around a cell off.
  expect(text!.split("\n")[2]!.split("\t")[2]).toBe(`'"=1+1"`);
  expect(html).not.toMatch(/<td[^>]*>[\s"]*[=+@]/);
  expect(html).toContain("data-landfall=");
  const mine = await plan(planner);
  await door.getByRole("button", { name: "Close" }).click();
  await planner.root.locator(".shell").focus();
  await page.keyboard.press("Control+v");
  await expect(planner.dialog.locator(".headline")).toContainText("is a Landfall plan: 501 open items");
  await planner.dialog.getByRole("button", { name: "Open this plan" }).click();
  await expect(planner.dialog).toBeHidden();
  expect(await plan(planner)).toEqual(mine);

  await page.evaluate(() => {
    Object.defineProperty(navigator, "clipboard", { value: undefined });
    HTMLCanvasElement.prototype.toBlob = (done) => done(null);
  });
  await share(planner, "Picture");
  await door.getByRole("button", { name: "Save PNG" }).click();
  await expect(door.getByRole("status").last()).toContainText("the picture as SVG text is selected");
  await expect(door.getByLabel("The plan as text")).toBeFocused();
});

test("on paper stands the whole plan, black on white, with its name and date on every page", async ({ page, site }) => {
  const planner = await open(page, site, "&theme=dark");
  const headline = (await planner.headline.innerText()).replace(/\s/g, " ");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const paper = planner.root.locator(".paper");
  await expect(paper.locator("h1")).toHaveText("Plan: Checkout revamp, 23 Nov 2026");
  await expect(paper.locator("p").first()).toContainText(headline);
  await expect(paper.locator("table").last().locator("tbody tr")).toHaveCount(40);
  await expect(planner.root.locator(".shell")).toBeHidden();
  const looks = await paper.locator("td").first().evaluate((cell) => [getComputedStyle(cell).color, getComputedStyle((cell.getRootNode() as ShadowRoot).host).backgroundColor]);
  expect(looks).toEqual(["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
  await page.emulateMedia({ media: null });
  await planner.root.evaluate((element) => (element as Element_).run({ type: "renamePlan", name: "For the committee" }));
  const pdf = await page.pdf({ format: "A4" });
  expect((pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length).toBeGreaterThan(1);
  // The page fills the paper again before it prints.
  await expect(paper.locator("h1")).toContainText("For the committee");
});

for (const theme of ["light", "dark"] as const) {
  test(`axe finds nothing in the Share door and beside a link, ${theme}, and nothing is wider than a phone`, async ({ page, site }) => {
    test.slow();
    const planner = await open(page, site, `&theme=${theme}`);
    const clean = async (what: string) => {
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).disableRules(["landmark-one-main", "page-has-heading-one", "region"]).analyze();
      expect(violations.map(({ id, nodes }) => `${what}: ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join("\n")}`)).toEqual([]);
    };
    const door = await share(planner, "Link");
    const [, hash] = (await door.getByLabel("The plan as text").inputValue()).split("#");
    // By keyboard alone.
    await door.getByRole("radio", { name: "Link" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expect(door.getByRole("radio", { name: "Picture" })).toBeFocused();
    await expect(door.locator(".seen > svg")).toBeVisible();
    await clean("picture");
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await door.evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)).toBe(0);
    await share(planner, "File");
    await clean("file on a phone");
    await page.keyboard.press("Escape");
    await expect(door).toBeHidden();
    await page.evaluate((hash) => { location.hash = hash!; }, hash);
    await expect(planner.root.locator(".notices .draft")).toBeVisible();
    expect(await planner.root.evaluate((element) => element.shadowRoot!.querySelector(".shell")!.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
    await clean("beside a link on a phone");
  });
}
