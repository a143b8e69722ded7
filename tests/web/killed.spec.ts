// What outlives a browser that is killed.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Page, chromium } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { Planner, today } from "./planner.ts";

type Element = HTMLElement & { run(command: unknown): void; planner: { toJSON(): { name: string } } };

/** A browser of its own, with its own profile, as a person has it. */
async function start(profile: string, executable: string, args: string[]): Promise<{ process: ChildProcess; page: Page }> {
  const process = spawn(executable, [...args, "--headless", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
  const address = await new Promise<string>((found, failed) => {
    let said = "";
    process.stderr!.on("data", (bytes) => {
      said += bytes;
      const [, address] = /listening on (ws:\S+)/.exec(said) ?? [];
      if (address) found(address);
    });
    process.on("exit", () => failed(new Error(said)));
  });
  const browser = await chromium.connectOverCDP(address);
  return { process, page: browser.contexts()[0]!.pages()[0]! };
}

// A trace cannot be written of a browser that is gone.
test.use({ trace: "off" });

test("a killed browser loses the last seconds at most", async ({ site, launchOptions }) => {
  test.slow();
  const profile = mkdtempSync(join(tmpdir(), "landfall-"));
  const url = site.url(`/dist/landfall.html?today=${today}`);
  const { executablePath, args } = launchOptions;
  let running: ChildProcess | undefined;
  const open = async () => {
    const { process, page } = await start(profile, executablePath!, args ?? []);
    running = process;
    await page.goto(url);
    return { page, root: (await new Planner(page).ready()).root };
  };
  const kill = () => new Promise<void>((gone) => {
    running!.once("exit", () => gone());
    running!.kill("SIGKILL");
  });
  try {
    const first = await open();
    // A change every tenth of a second, for so long that the browser has to write some of them.
    const made = await first.root.evaluate(async (element) => {
      const begun = performance.now();
      let k = 0;
      for (; performance.now() - begun < 9000; k++) {
        (element as Element).run({ type: "renamePlan", name: `${Math.round(performance.now() - begun)}` });
        await new Promise((go) => setTimeout(go, 100));
      }
      return Number((element as Element).planner.toJSON().name);
    });
    await kill();
    const second = await open();
    const kept = await second.root.evaluate((element) => (element as Element).planner.toJSON().name);
    await expect(second.root.locator(".notices .bad")).toHaveCount(0);
    const lost = made - (Number(kept) || 0);
    console.log(`a killed browser lost the changes of the last ${(lost / 1000).toFixed(1)} s`);
    expect(lost).toBeLessThan(8000);
    await kill();
  } finally {
    running?.kill("SIGKILL");
    // Its own processes may write a little longer.
    rmSync(profile, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
  }
});
