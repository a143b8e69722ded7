// What is kept, where, and what is said when it cannot be.
import { expect, onDisk, test } from "./fixtures.ts";
import { Planner, sample, today } from "./planner.ts";

const home = (site: { url(path: string): string }) => site.url(`/dist/landfall.html?today=${today}`);

const rename = async (planner: Planner, name: string) => {
  await planner.root.locator("button.name").click();
  await planner.root.locator("input.name").fill(name);
  await planner.root.locator("input.name").press("Enter");
  await expect(planner.root.locator("button.name")).toHaveText(name);
};

test("every change is kept at once, and undo reaches behind a reload", async ({ page, site }) => {
  await page.goto(home(site));
  const planner = await new Planner(page).ready();
  const first = await planner.root.locator("button.name").innerText();
  await rename(planner, "Second name");
  await expect(planner.root.locator(".state")).toHaveText("Saved in this browser");
  await rename(planner, "Third name");
  await page.reload();
  await planner.ready();
  await expect(planner.root.locator("button.name")).toHaveText("Third name");
  await planner.button(/^Undo/).click();
  await expect(planner.root.locator("button.name")).toHaveText("Second name");
  await page.reload();
  await planner.ready();
  await expect(planner.root.locator("button.name")).toHaveText("Second name");
  await planner.button(/^Undo/).click();
  await expect(planner.root.locator("button.name")).toHaveText(first);
});

test("what was undone stays undone though a hundred changes were made between", async ({ page, site }) => {
  await page.goto(home(site));
  const planner = await new Planner(page).ready();
  await planner.root.evaluate((element) => {
    const planner = element as HTMLElement & { run(command: unknown): void; undo(): void };
    for (let k = 0; k < 120; k++) planner.run({ type: "renamePlan", name: `Name ${k}` });
    for (let k = 0; k < 60; k++) planner.undo();
  });
  await expect(planner.root.locator("button.name")).toHaveText("Name 59");
  await page.reload();
  await planner.ready();
  await expect(planner.root.locator("button.name")).toHaveText("Name 59");
});

test("two tabs see each other's changes, and lose none", async ({ page, context, site }) => {
  await page.goto(home(site));
  const one = await new Planner(page).ready();
  const other = await context.newPage();
  await other.goto(home(site));
  const two = await new Planner(other).ready();
  await rename(one, "From the first tab");
  await expect(two.root.locator("button.name")).toHaveText("From the first tab");
  await two.root.evaluate((element) => (element as HTMLElement & { run(command: unknown): void }).run({ type: "addItem", item: { title: "From the second tab" } }));
  await one.root.getByRole("searchbox", { name: "Search" }).fill("From the second tab");
  await expect(one.row("From the second tab")).toBeVisible();
  await page.reload();
  await one.ready();
  await expect(one.root.locator("button.name")).toHaveText("From the first tab");
  await one.root.getByRole("searchbox", { name: "Search" }).fill("From the second tab");
  await expect(one.row("From the second tab")).toBeVisible();
});

test("a full storage is said, nothing is lost in this tab, and it is kept when there is room again", async ({ page, site }) => {
  await page.goto(home(site));
  const planner = await new Planner(page).ready();
  await rename(planner, "Kept");
  await page.evaluate(() => {
    let size = 4_000_000;
    for (let k = 0; size > 8; k++) {
      try {
        localStorage.setItem(`filler ${k}`, "x".repeat(size));
      } catch {
        size = Math.floor(size / 2);
      }
    }
  });
  await rename(planner, "Not kept yet, though long enough to need some room in the storage of the browser");
  await expect(planner.root.locator(".state")).toContainText("Not saved: storage is full");
  await expect(planner.root.locator(".state").getByRole("button", { name: "Save a file" })).toBeVisible();
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith("filler")) localStorage.removeItem(key);
  });
  await rename(planner, "Kept again");
  await expect(planner.root.locator(".state")).toHaveText("Saved in this browser");
  await page.reload();
  await planner.ready();
  await expect(planner.root.locator("button.name")).toHaveText("Kept again");
});

test("damaged records are said, can be downloaded, and stay where they are", async ({ page, site }) => {
  await page.goto(home(site));
  const planner = await new Planner(page).ready();
  await rename(planner, "Before");
  await rename(planner, "After");
  const damaged = await page.evaluate(() => {
    const key = Object.keys(localStorage).filter((key) => /\/r\/\d+$/.test(key)).sort((a, b) => Number(a.split("/").pop()) - Number(b.split("/").pop())).pop()!;
    localStorage.setItem(key, localStorage.getItem(key)!.slice(0, -9));
    return { key, text: localStorage.getItem(key) };
  });
  await page.reload();
  await planner.ready();
  await expect(planner.root.locator("button.name")).toHaveText("Before");
  await expect(planner.root.locator(".notices .bad")).toContainText("cannot be read");
  await rename(planner, "Gone on");
  expect(await page.evaluate((key) => localStorage.getItem(key), damaged.key)).toBe(damaged.text);
  const [download] = await Promise.all([page.waitForEvent("download"), planner.button("Download what was found").click()]);
  expect(download.suggestedFilename()).toBe("landfall-found.json");
  await page.reload();
  await planner.ready();
  await expect(planner.root.locator("button.name")).toHaveText("Gone on");
});

test("what a newer Landfall has saved is left alone", async ({ page, site }) => {
  await page.goto(home(site));
  const planner = await new Planner(page).ready();
  await rename(planner, "Of today");
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith("landfall/")) localStorage.setItem(key, localStorage.getItem(key)!.replace(/^landfall\d+/, "landfall99"));
  });
  const before = await page.evaluate(() => JSON.stringify(Object.entries(localStorage).sort()));
  await page.reload();
  await planner.ready();
  await rename(planner, "In this tab alone");
  await expect(planner.root.locator(".state")).toContainText("Not saved: a newer Landfall has saved here");
  expect(await page.evaluate(() => JSON.stringify(Object.entries(localStorage).sort()))).toBe(before);
});

test("the file on disk does the same: import, move, reload", async ({ page }) => {
  await page.goto(`${onDisk}?today=${today}`);
  const planner = await new Planner(page).ready();
  await planner.choose(sample("azure-devops-lighthouse.csv"));
  await planner.dialog.getByRole("button", { name: "Import 117 items" }).click();
  await expect(planner.headline).toContainText(/85\s%\s*sure that all 22 items land by/);
  await expect(planner.root.locator(".state")).toHaveText("Saved in this browser");
  const dates = await planner.dates();
  await page.reload();
  await planner.ready();
  expect(await planner.dates()).toEqual(dates);
});

test("in a sandboxed frame it does the same, in memory, and says so", async ({ page, site }) => {
  await page.goto(site.url("/pages/sandboxed.html"));
  const planner = await new Planner(page, page.frameLocator("iframe")).ready();
  await expect(planner.root.locator(".state")).toContainText("In memory only: this page may not keep anything in the browser");
  await planner.choose(sample("azure-devops-lighthouse.csv"));
  await planner.dialog.getByRole("button", { name: "Import 117 items" }).click();
  await expect(planner.headline).toContainText(/85\s%\s*sure that all 22 items land by/);
  const order = await planner.titles();
  await planner.rows.nth(6).focus();
  await page.keyboard.press("Alt+ArrowUp");
  expect(await planner.titles()).not.toEqual(order);
  await planner.button(/^Undo move/).click();
  expect(await planner.titles()).toEqual(order);
  // The text to copy by hand is there where a frame may download nothing.
  await planner.root.locator(".state").getByRole("button", { name: "Save a file" }).click();
  await expect(planner.root.getByLabel("The plan as text")).toHaveValue(/"azure devops lighthouse"/);
});
