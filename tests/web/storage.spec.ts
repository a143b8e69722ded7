// What is kept, where, and what is said when it cannot be.
import { chromium } from "@playwright/test";
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

test("two tabs with two hundred edits each lose none, and undo leaves those of the other", async ({ page, context, site }) => {
  test.slow();
  await page.goto(home(site));
  const one = await new Planner(page).ready();
  const other = await context.newPage();
  await other.goto(home(site));
  const two = await new Planner(other).ready();
  const edit = (tab: Planner, name: string) => tab.root.evaluate(async (element, name) => {
    const planner = element as HTMLElement & { run(command: unknown): void };
    for (let k = 0; k < 200; k++) {
      planner.run({ type: "addItem", item: { title: `${name} ${k}` } });
      if (k % 3 === 0) await new Promise((go) => setTimeout(go));
    }
  }, name);
  await Promise.all([edit(one, "one"), edit(two, "two")]);
  const titles = (tab: Planner) => tab.root.evaluate((element) => (element as HTMLElement & { planner: { toJSON(): { items: { title: string }[] } } }).planner.toJSON().items.map(({ title }) => title).filter((title) => /^(one|two) \d+$/.test(title)));
  await expect.poll(async () => (await titles(one)).length, { timeout: 60_000 }).toBe(400);
  expect(new Set(await titles(one)).size).toBe(400);
  await expect.poll(() => titles(two), { timeout: 30_000 }).toEqual(await titles(one));
  await one.root.evaluate((element) => (element as HTMLElement & { undo(): void }).undo());
  await expect.poll(async () => (await titles(two)).length, { timeout: 30_000 }).toBe(399);
  expect(await titles(two)).not.toContain("one 199");
  // One is killed: what it was told to be kept is there.
  await other.close({ runBeforeUnload: false });
  await page.reload();
  await one.ready();
  expect((await titles(one)).length).toBe(399);
  await expect(one.root.locator(".notices .bad")).toHaveCount(0);
});

test("a page that comes back from the back-forward cache takes in what other tabs did meanwhile", async ({ site, launchOptions }) => {
  // A browser that keeps pages: the one of the other tests is started without that cache.
  const browser = await chromium.launch({ ...launchOptions, ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(home(site));
    const one = await new Planner(page).ready();
    await rename(one, "Before");
    await page.evaluate(() => window.addEventListener("pageshow", ({ persisted }) => { document.title = persisted ? "Came back" : "Loaded"; }));
    await page.goto(site.url("/pages/column.html"));
    const other = await context.newPage();
    await other.goto(home(site));
    await rename(await new Planner(other).ready(), "Meanwhile");
    await page.goBack({ waitUntil: "commit" });
    await expect(page).toHaveTitle("Came back");
    await expect(one.root.locator("button.name")).toHaveText("Meanwhile");
    await rename(one, "Afterwards");
    await expect(new Planner(other).root.locator("button.name")).toHaveText("Afterwards");
  } finally {
    await browser.close();
  }
});

test("a full storage is said at once, and what it refused is kept as soon as there is room", async ({ page, site }) => {
  await page.goto(home(site));
  const planner = await new Planner(page).ready();
  await rename(planner, "Kept");
  const units = await page.evaluate(() => {
    // Days that are kept would give way first.
    for (const key of Object.keys(localStorage)) if (key.includes("/d/")) localStorage.removeItem(key);
    let size = 4_000_000;
    for (let k = 0; size > 0; k++) {
      try {
        localStorage.setItem(`filler ${k}`, "x".repeat(size));
      } catch {
        size = Math.floor(size / 2);
      }
    }
    return Object.entries(localStorage).reduce((sum, [key, value]) => sum + key.length + (value as string).length, 0);
  });
  // What README says a browser's storage holds: 5 Mi UTF-16 units.
  expect(units).toBeGreaterThan(5 * 1024 * 1024 - 20);
  expect(units).toBeLessThanOrEqual(5 * 1024 * 1024);
  await planner.root.evaluate((element) => (element as HTMLElement & { run(command: unknown): void }).run({ type: "renamePlan", name: "Not kept yet" }));
  const banner = planner.root.getByRole("alert");
  await expect(banner).toContainText("Not saved: storage is full", { timeout: 1000 });
  await expect(planner.root.locator(".state")).toContainText("Not saved: storage is full");
  const [download] = await Promise.all([page.waitForEvent("download"), banner.getByRole("button", { name: "Download the plan" }).click()]);
  expect(download.suggestedFilename()).toBe("Not kept yet.json");
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith("filler")) localStorage.removeItem(key);
  });
  await expect(banner).toHaveCount(0);
  await expect(planner.root.locator(".state")).toHaveText("Saved in this browser");
  await page.reload();
  await planner.ready();
  await expect(planner.root.locator("button.name")).toHaveText("Not kept yet");
  // It is announced before it is full.
  await page.evaluate(() => localStorage.setItem("filler", "x".repeat(4_400_000)));
  await rename(planner, "Nearly full");
  await expect(planner.root.locator(".notices")).toContainText(/storage for this site is 8\d % full/);
});

test("a storage that may not even be asked for leaves the plan in memory, and says so", async ({ page, site }) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });
  });
  await page.goto(home(site));
  const planner = await new Planner(page).ready();
  await rename(planner, "In memory");
  await expect(planner.root.locator(".state")).toContainText("In memory only");
  await planner.button(/^Undo/).click();
  await expect(planner.root.locator("button.name")).not.toHaveText("In memory");
});

test("storage that refuses once costs nothing; where it goes on, that is said and nothing is written over", async ({ page, context, site }) => {
  await page.goto(home(site));
  const planner = await new Planner(page).ready();
  await rename(planner, "Mine");
  const refuse = (times: number) => {
    const { getItem } = Storage.prototype;
    let left = times;
    Storage.prototype.getItem = function (key) {
      if (key.startsWith("landfall/") && left-- > 0) throw new DOMException("no", "SecurityError");
      return getItem.call(this, key);
    };
  };
  const once = await context.newPage();
  await once.addInitScript(refuse, 1);
  await once.goto(home(site));
  await expect(new Planner(once).root.locator("button.name")).toHaveText("Mine");
  // What is refused while it is open is tried again without a change, and no change throws for it.
  await once.evaluate(() => { localStorage.setItem("other", "x"); });
  await once.evaluate(refuse, 1);
  await rename(planner, "Still mine");
  await expect(new Planner(once).root.locator("button.name")).toHaveText("Still mine");
  await expect(new Planner(once).root.locator(".state")).toHaveText("Saved in this browser");
  const always = await context.newPage();
  await always.addInitScript(refuse, 1e9);
  await always.goto(home(site));
  const other = await new Planner(always).ready();
  await expect(other.root.locator(".notices .bad")).toContainText("cannot be read, and was left as it is");
  await rename(other, "In memory");
  await page.reload();
  await expect(planner.root.locator("button.name")).toHaveText("Still mine");
});

test("a window opened by a tab leaves that tab's changes alone; what is taken out under an open page costs nothing that follows", async ({ page, site }) => {
  await page.goto(home(site));
  const planner = await new Planner(page).ready();
  await rename(planner, "Before");
  const [popup] = await Promise.all([page.waitForEvent("popup"), page.evaluate(() => { window.open(location.href); })]);
  const opened = new Planner(popup);
  await expect(opened.root.locator("button.name")).toHaveText("Before", { timeout: 15_000 });
  await rename(planner, "After");
  await expect(opened.root.locator("button.name")).toHaveText("After");
  await expect(opened.button("Undo")).toBeDisabled();
  await popup.reload();
  await expect(opened.root.locator("button.name")).toHaveText("After");
  await expect(opened.button("Undo")).toBeDisabled();
  await popup.close();
  await page.evaluate(() => { localStorage.removeItem(Object.keys(localStorage).find((key) => key.includes("/r/"))!); });
  await rename(planner, "Gone on");
  await page.reload();
  await expect(planner.root.locator("button.name")).toHaveText("Gone on");
});

test("two elements with one name on a page follow each other", async ({ page, site }) => {
  await page.goto(home(site));
  const one = await new Planner(page).ready();
  await one.root.evaluate((node) => {
    node.setAttribute("storage-key", "both");
    node.after(node.cloneNode());
  });
  const two = await new Planner(page, page, 1).ready();
  await rename(one, "Of the first");
  await expect(two.root.locator("button.name")).toHaveText("Of the first");
  await rename(two, "Of the second");
  await expect(one.root.locator("button.name")).toHaveText("Of the second");
  await one.button(/^Undo/).click();
  await expect(two.root.locator("button.name")).not.toHaveText("Of the first");
  await expect(two.root.locator("button.name")).toHaveText("Of the second");
});

test("the plan of an earlier day can be looked at and brought back", async ({ page, site }) => {
  await page.goto(home(site));
  const planner = await new Planner(page).ready();
  await rename(planner, "On Monday");
  await page.goto(site.url("/dist/landfall.html?today=2026-11-24"));
  await planner.ready();
  await planner.root.evaluate((element) => (element as HTMLElement & { run(command: unknown): void }).run({ type: "addItem", item: { title: "Of Tuesday" } }));
  await rename(planner, "On Tuesday");
  await planner.button("More").click();
  await planner.root.getByRole("menuitem", { name: "Earlier versions…" }).click();
  const days = planner.root.locator("landfall-versions li");
  await expect(days).toHaveCount(2);
  await expect(days.first()).toContainText("Since then: 1 item added and other things than items changed");
  await days.first().getByRole("button", { name: "Look at the plan before 24 Nov" }).click();
  await expect(planner.root.locator(".header .name")).toHaveText("On Monday");
  await expect(planner.root.locator(".state")).toHaveText("Read-only");
  await expect(planner.root.locator(".notices")).toContainText("as it was before the changes of 24 Nov");
  await planner.button("Back to the plan of now").click();
  await expect(planner.root.locator("button.name")).toHaveText("On Tuesday");
  await planner.button("More").click();
  await planner.root.getByRole("menuitem", { name: "Earlier versions…" }).click();
  await days.first().getByRole("button", { name: /^Look/ }).click();
  await planner.button("Bring it back").click();
  await expect(planner.root.locator("button.name")).toHaveText("On Monday");
  await planner.button("Undo bring back the plan of 24 Nov").click();
  await expect(planner.root.locator("button.name")).toHaveText("On Tuesday");
});

test("damaged records are said, can be downloaded, and stay where they are", async ({ page, site }) => {
  await page.goto(home(site));
  const planner = await new Planner(page).ready();
  await rename(planner, "Before");
  await rename(planner, "After");
  const damaged = await page.evaluate(() => {
    const key = Object.keys(localStorage).filter((key) => /\/r\/\d+/.test(key)).sort((a, b) => parseInt(a.split("/").pop()!) - parseInt(b.split("/").pop()!)).pop()!;
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
  await expect(planner.root.locator(".state")).toHaveText("Read-only");
  await expect(planner.root.getByRole("alert")).toContainText("A newer Landfall has saved here");
  await expect(planner.root.locator("button.name")).toHaveCount(0);
  expect(await page.evaluate(() => JSON.stringify(Object.entries(localStorage).sort()))).toBe(before);
});

test("a plan of the first layout is taken over, and its bytes stay until two snapshots of the new one stand", async ({ page, site }) => {
  await page.goto(home(site));
  const planner = await new Planner(page).ready();
  await planner.root.evaluate((element) => {
    const checksum = (generation: number, text: string): string => {
      const bytes = [...new Uint8Array(new BigUint64Array([BigInt(generation)]).buffer), ...new TextEncoder().encode(text)];
      let crc = -1;
      for (const byte of bytes) for (let k = 0, bits = (crc ^ byte) & 255; k < 8; k++) bits = k === 7 ? (crc = (crc >>> 8) ^ ((bits >>> 1) ^ (bits & 1 ? 0xedb88320 : 0)), 0) : (bits >>> 1) ^ (bits & 1 ? 0xedb88320 : 0);
      return ((crc ^ -1) >>> 0).toString(16).padStart(8, "0");
    };
    const put = (kind: string, generation: number, payload: unknown): void => {
      const text = JSON.stringify(payload);
      localStorage.setItem(`landfall/${location.pathname}/${kind}/${generation}`, `landfall1 ${generation} ${checksum(generation, text)} ${text}`);
    };
    const plan = { ...(element as HTMLElement & { planner: { toJSON(): object } }).planner.toJSON(), name: "Of the first layout" };
    put("s", 1, { plan });
    put("r", 2, { apply: { type: "renamePlan", name: "First" } });
    put("r", 3, { apply: { type: "renamePlan", name: "Second" } });
    put("r", 4, { undo: true });
  });
  await page.reload();
  await planner.ready();
  await expect(planner.root.locator("button.name")).toHaveText("First");
  await rename(planner, "Third");
  const versions = () => page.evaluate(() => Object.entries(localStorage).filter(([key]) => /^landfall\//.test(key)).map(([, text]) => (text as string).slice(0, 9)).sort());
  expect(await versions()).toEqual(["landfall1", "landfall1", "landfall1", "landfall1", "landfall2", "landfall2", "landfall2"]);
  await planner.button(/^Undo/).click();
  await planner.button(/^Undo/).click();
  await expect(planner.root.locator("button.name")).toHaveText("Of the first layout");
  await page.reload();
  await planner.ready();
  await expect(planner.root.locator("button.name")).toHaveText("Of the first layout");
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
