// In pages of others: published plans, drafts, several planners, attributes, events.
import { expect, strictPolicy, test } from "./fixtures.ts";
import { Planner } from "./planner.ts";

const moveSecondUp = async (planner: Planner) => {
  await planner.rows.nth(1).focus();
  await planner.page.keyboard.press("Alt+ArrowUp");
};

test("two planners of one published plan: both show it, an edit in one is its draft alone, and all survives a reload", async ({ page, site }) => {
  await page.goto(site.url("/pages/published.html"));
  const [ours, theirs] = [await new Planner(page, page, 0).ready(), await new Planner(page, page, 1).ready()];
  for (const planner of [ours, theirs]) {
    await expect(planner.root.locator(".name").first()).toHaveText("Roadmap of team Blue");
    await expect(planner.rows).toHaveCount(8);
  }
  const published = await theirs.titles();
  await moveSecondUp(ours);
  expect(await ours.titles()).toEqual([published[1], published[0], ...published.slice(2)]);
  await expect(ours.root.locator(".notices")).toContainText("Draft of the published plan");
  expect(await theirs.titles()).toEqual(published);
  await expect(theirs.root.locator(".notices > div")).toHaveCount(0);

  await page.reload();
  await Promise.all([ours.ready(), theirs.ready()]);
  expect(await ours.titles()).toEqual([published[1], published[0], ...published.slice(2)]);
  await expect(ours.root.locator(".notices")).toContainText("Draft of the published plan");
  expect(await theirs.titles()).toEqual(published);

  await ours.root.locator(".notices").getByRole("button", { name: "Back to the published plan" }).click();
  expect(await ours.titles()).toEqual(published);
  await expect(ours.root.locator(".notices > div")).toHaveCount(0);
  await ours.button(/^Undo/).first().click();
  await expect(ours.root.locator(".notices")).toContainText("Draft of the published plan");
});

test("a draft learns that the published plan has changed, and an untouched reader just sees the new one", async ({ page, site }) => {
  await page.goto(site.url("/pages/published.html"));
  const planner = await new Planner(page).ready();
  await moveSecondUp(planner);
  await page.route("**/plan.json", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace("Roadmap of team Blue", "Roadmap of team Blue, second edition") });
  });
  await page.reload();
  await planner.ready();
  await expect(planner.root.locator("button.name")).toHaveText("Roadmap of team Blue");
  await expect(planner.root.locator(".notices")).toContainText("The published plan has changed");
  await expect(new Planner(page, page, 1).root.locator(".name").first()).toHaveText("Roadmap of team Blue, second edition");
  await planner.button("Show the published plan").click();
  await expect(planner.root.locator("button.name")).toHaveText("Roadmap of team Blue, second edition");
  await page.reload();
  await planner.ready();
  await expect(planner.root.locator("button.name")).toHaveText("Roadmap of team Blue, second edition");
  await expect(planner.root.locator(".notices > div")).toHaveCount(0);
});

test("read-only offers nothing that would change the plan", async ({ page, site }) => {
  await page.goto(site.url("/pages/published.html"));
  const planner = await new Planner(page, page, 1).ready();
  await expect(planner.root.locator(".state")).toHaveText("Read-only");
  await expect(planner.button("Import")).toHaveCount(0);
  await expect(planner.button("Add an item")).toHaveCount(0);
  await expect(planner.root.locator(".grip")).toHaveCount(0);
  await planner.open("SSO for Acme");
  await expect(planner.panel).toContainText("leavers lose access the same day");
  await expect(planner.panel.locator("input:not([type=checkbox]), select, textarea")).toHaveCount(0);
  await expect(planner.panel.locator("input[type=checkbox]").first()).toBeDisabled();
  await page.keyboard.press("Escape");
  const order = await planner.titles();
  await moveSecondUp(planner);
  expect(await planner.titles()).toEqual(order);
  await page.keyboard.press("2");
  await expect(planner.root.locator("landfall-forecast")).toContainText(/85\s%\s*sure/);
});

test("a plan that is missing, and one of a newer format, are said with a remedy", async ({ page, site, mayComplain }) => {
  mayComplain(/404/);
  await page.goto(site.url("/pages/missing.html"));
  const [missing, newer] = [page.locator("landfall-planner").first(), page.locator("landfall-planner").last()];
  await expect(missing).toContainText("The published plan cannot be shown");
  await expect(missing).toContainText("“nowhere.json” was not found: the server said 404. Check the attribute src");
  await expect(missing.getByRole("button", { name: "Try again" })).toBeVisible();
  await expect(newer).toContainText("open it with a newer Landfall");
});

test("pages of one host do not see each other's plans, unless they name the same storage-key", async ({ page, site }) => {
  await page.goto(site.url("/dist/landfall.html?today=2026-11-23"));
  const planner = await new Planner(page).ready();
  const name = () => planner.root.locator("button.name");
  await planner.root.evaluate((element) => (element as HTMLElement & { run(command: unknown): void }).run({ type: "renamePlan", name: "Of this page" }));
  await page.goto(site.url("/pages/wiki.html"));
  await planner.ready();
  await expect(name()).not.toHaveText("Of this page");
  await planner.root.evaluate((element) => element.setAttribute("storage-key", "shared"));
  await planner.ready();
  await planner.root.evaluate(async (element) => {
    await new Promise((done) => setTimeout(done, 300));
    (element as HTMLElement & { run(command: unknown): void }).run({ type: "renamePlan", name: "Shared" });
  });
  const other = page.locator("landfall-planner").nth(1);
  await other.evaluate((element) => element.setAttribute("storage-key", "shared"));
  await expect(other.locator("button.name")).toHaveText("Shared");
});

test("it is fit for a column of 760 pixels, and for a phone", async ({ page, site }) => {
  await page.goto(site.url("/pages/column.html"));
  const planner = await new Planner(page).ready();
  const overflow = () => planner.root.evaluate((element) => {
    const shell = element.shadowRoot!.querySelector(".shell")!;
    return shell.scrollWidth - shell.clientWidth;
  });
  expect(await overflow()).toBe(0);
  await expect(planner.rows.first().locator("svg.strip")).toBeVisible();
  await planner.open("SSO for Acme");
  const [list, panel] = [(await planner.root.locator(".list").boundingBox())!, (await planner.panel.boundingBox())!];
  expect(list.width).toBe(758);
  expect(panel.x).toBeGreaterThan(list.x + 300);
  await page.keyboard.press("Escape");

  await page.setViewportSize({ width: 390, height: 780 });
  await page.locator("body > main").evaluate((main) => { main.style.width = "auto"; });
  await page.locator("body").evaluate((body) => { body.style.margin = "0"; });
  expect(await overflow()).toBe(0);
  await expect(planner.rows.first().locator(".date")).toBeVisible();
  await planner.open("SSO for Acme");
  expect((await planner.panel.boundingBox())!.width).toBe(388);
  await page.keyboard.press("Escape");
  await expect(planner.panel).toHaveCount(0);
});

test("the page learns what happens: ready, change, error", async ({ page, site }) => {
  await page.addInitScript(() => {
    (window as unknown as { heard: string[] }).heard = [];
    for (const name of ["landfall-ready", "landfall-change", "landfall-error"]) {
      document.addEventListener(name, (event) => (window as unknown as { heard: string[] }).heard.push(`${name} ${(event as CustomEvent).detail?.label ?? (event as CustomEvent).detail?.code ?? ""}`.trim()));
    }
  });
  await page.goto(site.url("/pages/column.html"), {});
  const planner = await new Planner(page).ready();
  await planner.root.evaluate((element) => (element as HTMLElement & { run(command: unknown): void }).run({ type: "moveItem", id: "B-2", before: "B-1" }));
  await planner.choose({ name: "empty.csv", mimeType: "text/csv", buffer: Buffer.from("") });
  await expect(planner.dialog.getByRole("alert")).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual(["landfall-ready", "landfall-change move B-2", "landfall-error empty-file"]);
});

test("under a strict content security policy the whole page works without a complaint", async ({ page, site, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(site.url("/pages/published.html", { csp: `${strictPolicy}; connect-src 'self'` }));
  const planner = await new Planner(page).ready();
  await moveSecondUp(planner);
  await planner.open("SSO for Acme");
  await planner.panel.getByLabel("Size").fill("8-13");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.keyboard.press("2");
  await expect(planner.root.locator("landfall-forecast svg").first()).toBeVisible();
  await planner.button("Import").click();
  await expect(planner.dialog).toBeVisible();
  await page.keyboard.press("Escape");
  // What is copied formatted becomes elements of the page on its way.
  await planner.root.getByRole("tab", { name: "Tell" }).click();
  const tell = planner.root.locator("landfall-tell");
  await tell.locator("article + .row").getByRole("button", { name: "Copy", exact: true }).click();
  await expect(tell.getByText("Copied", { exact: true })).toBeVisible();
  await planner.button("Share").click();
  const door = planner.root.locator("landfall-share");
  await door.getByRole("radio", { name: "Table" }).click();
  await door.getByRole("button", { name: "Copy table" }).click();
  await expect(door.getByText("Copied", { exact: true })).toBeVisible();
});

type Hosted = HTMLElement & { plan: unknown; run(command: unknown): void };

test("a page keeps the plan itself: given as a table, told of every change, given back as a document, moved, taken out and put back", async ({ page, site }) => {
  await page.goto(site.url("/pages/hosted.html"));
  const planner = await new Planner(page).ready();
  await expect(planner.root.locator("button.name")).toHaveText("Fahrplan");
  expect(await planner.titles()).toEqual(['Bezahlen, "bar"', "Drucken"]);
  await expect(planner.root.locator("table").first()).toBeHidden();
  await expect(planner.root.locator(".shell")).toHaveAttribute("lang", "en");
  await expect(planner.rows.first().locator(".name")).toHaveAttribute("lang", "de");
  const kept = await planner.root.evaluate(async (node) => {
    const element = node as Hosted;
    const kept: string[] = [];
    document.addEventListener("landfall-change", (event) => kept.push(`${(event as CustomEvent<{ label: string }>).detail.label} ${event.composed} ${(element.plan as { name: string }).name}`));
    element.run({ type: "renamePlan", name: "Umbenannt" });
    element.run({ type: "addItem", item: { title: "Neu" } });
    // Moved, and out for a while: nothing is stored, and nothing is lost.
    document.body.prepend(element);
    element.remove();
    await new Promise((done) => setTimeout(done, 50));
    if (element.plan !== undefined) throw new Error("an element outside of the page holds on to its plan");
    document.body.append(element);
    return kept;
  });
  expect(kept).toEqual(["rename the plan true Umbenannt", expect.stringMatching(/^add .* true Umbenannt$/)]);
  await planner.ready();
  await expect(planner.root.locator("button.name")).toHaveText("Umbenannt");
  await expect(planner.row("Neu")).toBeVisible();
  await planner.button(/^Undo add/).click();
  await expect(planner.row("Neu")).toHaveCount(0);
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  await planner.root.evaluate((node) => { (node as Hosted).plan = { format: "landfall", version: 1, name: "Given", calendar: { sprintDays: 14, sprintStart: "2026-11-16" }, items: [{ id: "G-1", title: "By the page" }] }; });
  await expect(planner.root.locator("button.name")).toHaveText("Given");
  await expect(planner.row("By the page")).toBeVisible();
});

test("a long plan that nobody keeps loses nothing when it is taken out again while it opens", async ({ page, site }) => {
  await page.goto(site.url("/pages/hosted.html"));
  const planner = await new Planner(page).ready();
  const items = Array.from({ length: 2000 }, (_, k) => ({ id: `L-${k}`, title: `Item ${k} ${"of a long plan ".repeat(6)}` }));
  await planner.root.evaluate((node, items) => { (node as Hosted).plan = { format: "landfall", version: 1, name: "Long", calendar: { sprintDays: 14, sprintStart: "2026-11-16" }, items }; }, items);
  await expect(planner.root.locator("button.name")).toHaveText("Long");
  await planner.root.evaluate(async (node) => {
    (node as Hosted).run({ type: "renamePlan", name: "Renamed" });
    for (const wait of [50, 0, 200]) {
      node.remove();
      await new Promise((done) => setTimeout(done, 50));
      document.body.append(node);
      await new Promise((done) => setTimeout(done, wait));
    }
  });
  await expect(planner.root.locator("button.name")).toHaveText("Renamed");
});

test("what stands inside is shown where the published plan cannot be fetched, and where no script or WebAssembly runs", async ({ page, site, browser, mayComplain }) => {
  mayComplain(/404|content security policy|wasm-unsafe-eval/i);
  await page.goto(site.url("/pages/inside.html"));
  const planner = await new Planner(page).ready();
  await expect(planner.root.locator("button.name")).toHaveText("Written into the page");
  await page.goto(site.url("/pages/hosted.html", { csp: "default-src 'none'; script-src 'self'; img-src data:" }));
  await expect(page.locator("landfall-planner")).toContainText("'wasm-unsafe-eval'");
  await expect(page.getByRole("cell", { name: "Drucken" })).toBeVisible();
  const plain = await browser.newPage({ javaScriptEnabled: false });
  await plain.goto(site.url("/pages/hosted.html"));
  await expect(plain.getByRole("cell", { name: "Drucken" })).toBeVisible();
  await plain.close();
});

test("a frame tells the page around it its height, and nothing else", async ({ page, site }) => {
  await page.goto(site.url("/pages/framed.html"));
  const planner = await new Planner(page, page.frameLocator("iframe")).ready();
  const heard = () => page.evaluate<{ type: string; height: number }[]>("heard");
  const list = planner.root.locator(".list");
  await expect.poll(() => list.evaluate((node) => node.scrollHeight - node.clientHeight)).toBe(0);
  const high = (await heard()).at(-1)!.height;
  await planner.root.getByRole("searchbox", { name: "Search" }).fill("SSO");
  await expect.poll(async () => (await heard()).at(-1)!.height).toBeLessThan(high);
  for (const message of await heard()) expect(message).toEqual({ type: "landfall-height", height: expect.any(Number) });
});

test("a published plan that changes under a draft is noticed when the page is looked at again, and compared", async ({ page, site }) => {
  await page.goto(site.url("/pages/published.html"));
  const [planner, reader] = [await new Planner(page, page, 0).ready(), await new Planner(page, page, 1).ready()];
  await moveSecondUp(planner);
  await page.route("**/plan.json", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace("SSO for Acme", "SSO for everybody") });
  });
  await page.evaluate(() => {
    const { now } = Date;
    Date.now = () => now() + 60_000;
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect(planner.root.locator(".notices")).toContainText("The published plan has changed");
  await expect(reader.row("SSO for everybody")).toBeVisible();
  await planner.button("Compare").click();
  await expect(planner.root.locator("landfall-scenario")).toContainText("Published: Roadmap of team Blue");
  await expect(planner.row("SSO for everybody")).toBeVisible();
  await planner.root.locator("landfall-scenario").getByRole("button", { name: "Leave" }).click();
  await expect(planner.row("SSO for Acme")).toBeVisible();
});

test("an earlier version that is looked at stays in sight when the page is looked at again; the published plan is asked for behind it", async ({ page, site }) => {
  await page.goto(site.url("/pages/published.html"));
  const planner = await new Planner(page).ready();
  await moveSecondUp(planner);
  await planner.root.evaluate((node) => node.shadowRoot!.querySelector("landfall-versions")!.dispatchEvent(new CustomEvent("look", { detail: [(node as Hosted).plan, "21 Nov"] })));
  const notices = planner.root.locator(".notices");
  await expect(notices).toContainText("as it was before the changes of 21 Nov");
  await page.route("**/plan.json", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace("SSO for Acme", "SSO for everybody") });
  });
  const reader = new Planner(page, page, 1);
  await page.evaluate(() => {
    const { now } = Date;
    Date.now = () => now() + 60_000;
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect(reader.row("SSO for everybody")).toBeVisible();
  await expect(notices).toContainText("as it was before the changes of 21 Nov");
  await planner.button("Back to the plan of now").click();
  await expect(notices).toContainText("The published plan has changed");
});
