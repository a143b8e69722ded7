// How long 100,000 rows take, and what the page can do meanwhile: `node tests/bench/import.mjs [rows] [open]`, on the built
// single file in the browser of the tests. Prints figures; nothing here fails for being slow.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { jiraExport } from "./export.mjs";

const root = new URL("../..", import.meta.url);
const { chromium } = createRequire(new URL("www/", root))("playwright-core");
const executablePath = execFileSync(fileURLToPath(new URL("www/build/setup.sh", root)), ["which", "browser"], { encoding: "utf8" }).trim();
const rows = Number(process.argv[2] ?? 100_000);
const shares = process.argv[3] ? [Number(process.argv[3])] : [5_000, 50_000];

const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
for (const open of shares) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(new URL("www/dist/landfall.html?today=2026-11-23", root).href);
  await page.locator("landfall-planner .header").waitFor();
  const text = jiraExport(rows, open);
  // Each task longer than 50 ms, with what was going on.
  await page.evaluate(() => {
    window.tasks = [];
    window.doing = "idle";
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) window.tasks.push({ at: startTime, ms: Math.round(duration) });
    }).observe({ type: "longtask" });
    window.marks = [];
    window.mark = (name) => {
      window.marks.push({ name, at: performance.now() });
      performance.mark(name);
    };
  });
  const dialog = page.locator("landfall-import dialog");
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "export.csv", { type: "text/csv" }));
    const shell = document.querySelector("landfall-planner").shadowRoot.querySelector(".shell");
    window.start = () => shell.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true, composed: true }));
  }, text);
  await page.waitForTimeout(1000);
  await browser.startTracing(page, { categories: ["toplevel", "disabled-by-default-devtools.timeline", "blink.user_timing"] });
  await page.evaluate(() => { window.tasks.length = 0; window.mark("dropped"); window.start(); });
  const button = dialog.getByRole("button", { name: /^Import [\d,]+ items$/ });
  await button.waitFor({ timeout: 120_000 });
  await page.evaluate(() => window.mark("read"));
  await page.waitForTimeout(300);
  await page.evaluate(() => window.mark("pressed"));
  await button.evaluate((one) => one.click());
  await dialog.waitFor({ state: "hidden", timeout: 120_000 });
  await page.locator("landfall-planner landfall-list .row").first().waitFor();
  await page.evaluate(() => window.mark("shown"));
  await page.waitForTimeout(3000);
  await page.evaluate(() => window.mark("later"));
  await page.getByRole("button", { name: /^Undo/ }).first().evaluate((one) => one.click());
  await page.waitForTimeout(1500);
  await page.evaluate(() => window.mark("undone"));
  const { marks, tasks, memory } = await page.evaluate(() => ({ marks: window.marks, tasks: window.tasks, memory: performance.memory?.usedJSHeapSize }));
  console.log(`\n${rows.toLocaleString("en")} rows, ${open.toLocaleString("en")} open, ${(text.length / 2 ** 20).toFixed(1)} MiB`);
  // In the time of the processor: what a busy machine adds is not there.
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const own = traceEvents.find(({ name, cat }) => name === "dropped" && cat.includes("user_timing"));
  const run = traceEvents.filter(({ name, tid, pid, ph }) => name === "RunTask" && ph === "X" && tid === own.tid && pid === own.pid);
  const stamp = (name) => traceEvents.find((event) => event.name === name && event.cat.includes("user_timing")).ts;
  let total = 0;
  for (const [k, { name, at }] of marks.entries()) {
    const next = marks[k + 1];
    if (!next) break;
    const within = tasks.filter((task) => task.at >= at - 60 && task.at < next.at);
    if (name === "dropped" || name === "pressed") total += next.at - at;
    const [from, to] = [stamp(name), stamp(next.name)];
    const spent = run.filter(({ ts, dur }) => ts + dur >= from && ts < to).map(({ ts, tdur }) => ({ at: Math.round((ts - from) / 1000), ms: Math.round(tdur / 1000) }));
    const slow = spent.toSorted((a, b) => b.ms - a.ms).slice(0, 6).map(({ at, ms }) => `${ms} at +${at}`);
    console.log(`  ${`${name} → ${next.name}`.padEnd(20)} processor: ${spent.reduce((sum, { ms }) => sum + ms, 0)} ms on the page's thread, the longest tasks ${slow.join(", ")}`);
    console.log(`  ${`${name} → ${next.name}`.padEnd(20)} ${Math.round(next.at - at).toString().padStart(6)} ms; ${within.length} tasks above 50 ms, the longest ${Math.max(0, ...within.map(({ ms }) => ms))} ms${within.some(({ ms }) => ms > 100) ? `: ${within.filter(({ ms }) => ms > 100).map(({ at: begun, ms }) => `${ms} at +${Math.round(begun - at)}`).join(", ")}` : ""}`);
  }
  console.log(`  read and taken in: ${Math.round(total)} ms; JavaScript's heap ${Math.round(memory / 2 ** 20)} MiB`);
  await page.close();
}
await browser.close();
