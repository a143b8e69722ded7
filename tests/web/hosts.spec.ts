// The main job, in every kind of page that Landfall is put into: open, reorder, import a real file, ask what if, save, come back.
import { type Page } from "@playwright/test";
import { expect, onDisk, strictPolicy, test } from "./fixtures.ts";
import { Planner, sample, today } from "./planner.ts";

interface Host {
  name: string;
  open(page: Page, url: (path: string, options?: { csp?: string }) => string): Promise<Planner>;
  /** Nothing is stored there. */
  forgets?: boolean;
  /** Whether the page may use it. */
  clipboard?: boolean;
}

const at = (path: string, options: { csp?: string } = {}, nth = 0): Host["open"] => async (page, url) => {
  await page.goto(url(path, options));
  return new Planner(page, page, nth);
};

const hosts: Host[] = [
  { name: "under the strictest policy", open: at("/pages/planner.html", { csp: strictPolicy }) },
  { name: "in a sandboxed frame", forgets: true, clipboard: false, open: async (page, url) => {
    await page.goto(url("/pages/sandboxed.html"));
    return new Planner(page, page.frameLocator("iframe"));
  } },
  { name: "from disk", open: async (page) => {
    await page.goto(`${onDisk}?today=${today}`);
    return new Planner(page);
  } },
  { name: "on a host without https that is not localhost", clipboard: false, open: async (page, url) => {
    await page.goto(url("/pages/planner.html").replace("127.0.0.1", "wiki.test"));
    expect(await page.evaluate(() => [isSecureContext, "randomUUID" in crypto, "clipboard" in navigator])).toEqual([false, false, false]);
    return new Planner(page);
  } },
  { name: "as the second of two on a page", open: at("/pages/wiki.html", {}, 1) },
];

for (const { name, open, forgets, clipboard = true } of hosts) {
  test(`the main job ${name}`, async ({ page, site, mayComplain }) => {
    mayComplain(/The Clipboard API has been blocked/);
    const reports: string[] = [];
    await page.exposeFunction("report", (what: string) => reports.push(what));
    await page.addInitScript(() => addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => (window as unknown as { report(what: string): void }).report(`${effectiveDirective} ${blockedURI}`)));
    const planner = await (await open(page, site.url)).ready();
    await planner.choose(sample("azure-devops-lighthouse.csv"));
    await planner.dialog.getByRole("button", { name: "Import 117 items" }).click();
    await expect(planner.headline).toContainText(/85\s%\s*sure that all 22 items land by/);

    const order = await planner.titles();
    await planner.rows.nth(4).focus();
    await page.keyboard.press("Alt+ArrowUp");
    await expect.poll(() => planner.titles()).not.toEqual(order);
    const [from, to] = [(await planner.rows.nth(5).boundingBox())!, (await planner.rows.nth(2).boundingBox())!];
    await page.mouse.move(from.x + 200, from.y + 15);
    await page.mouse.down();
    await page.mouse.move(from.x + 200, to.y + 10, { steps: 6 });
    await page.mouse.up();
    await expect(planner.toast.getByRole("button", { name: "Undo" })).toBeVisible();

    await planner.root.getByRole("tab", { name: "Forecast" }).click();
    await expect(planner.root.locator("landfall-forecast svg").first()).toBeVisible();
    await planner.root.getByRole("tab", { name: "Plan" }).click();
    await planner.rows.nth(6).focus();
    await page.keyboard.press("w");
    await planner.root.locator("landfall-what-if dialog").getByRole("button", { name: "Show me" }).click();
    const strip = planner.root.locator("landfall-scenario");
    await expect(strip.locator(".said[aria-busy=false]")).toContainText("first: ");
    await strip.getByRole("button", { name: "Copy the sentence" }).click();
    // Where the page may not use the clipboard, the sentence is selected.
    await expect(planner.toast).toContainText(clipboard ? /Copied|copy it with the keyboard/ : "copy it with the keyboard");
    await strip.getByRole("button", { name: "Take over" }).click();
    await expect(planner.toast).toContainText("taken over");

    await planner.button("More").click();
    await planner.root.getByRole("menuitem", { name: "Save as a file" }).click();
    const text = planner.root.getByLabel("The plan as text");
    await expect(text).toHaveValue(/"azure devops lighthouse"/);
    await page.keyboard.press("Escape");
    const kept = await planner.titles();
    if (!forgets) {
      await page.reload();
      await planner.ready();
      await expect.poll(() => planner.titles()).toEqual(kept);
    }
    expect(reports).toEqual([]);
  });
}

const long = {
  format: "landfall", version: 1, name: "Long", calendar: { sprintDays: 14, sprintStart: "2026-11-16" },
  history: { sprints: { "2026-10-05": { finished: 160 }, "2026-10-19": { finished: 120 }, "2026-11-02": { finished: 130 } } },
  items: Array.from({ length: 2500 }, (_, k) => ({ id: `L-${k}`, title: `Item ${k}`, size: 2 })),
};
const openLong = async (page: Page, url: string): Promise<Planner> => {
  await page.goto(url);
  const planner = await new Planner(page).ready();
  await planner.root.evaluate((node, plan) => { (node as HTMLElement & { plan: unknown }).plan = plan; }, long);
  await expect(planner.root.locator("button.name")).toHaveText("Long");
  return planner;
};

test("under the strictest policy a long plan has its worker", async ({ page, site }) => {
  const planner = await openLong(page, site.url("/pages/planner.html", { csp: strictPolicy }));
  await expect.poll(() => page.workers().length).toBe(1);
  await expect(planner.headline).toContainText(/85\s%\s*sure that all 2,500 items land by/, { timeout: 50_000 });
});

test("a host whose policy refuses workers is told so, and has its dates all the same", async ({ page, site, mayComplain }) => {
  mayComplain(/content security policy|worker/i);
  const planner = await openLong(page, site.url("/pages/planner.html", { csp: `${strictPolicy}; worker-src 'none'` }));
  await expect(planner.root.locator(".notices")).toContainText("This page lets no worker run", { timeout: 20_000 });
  expect(page.workers()).toHaveLength(0);
  await expect(planner.headline).toContainText(/85\s%\s*sure that all 2,500 items land by/, { timeout: 50_000 });
});
