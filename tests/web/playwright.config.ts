import { execFileSync } from "node:child_process";
import { defineConfig } from "@playwright/test";

const setup = new URL("../../www/build/setup.sh", import.meta.url).pathname;
const browser = execFileSync(setup, ["which", "browser"], { encoding: "utf8" }).trim();
const root = process.getuid?.() === 0;

export default defineConfig({
  // How long the page is held up is measured when nothing else runs: beside other specs it would be the machine.
  projects: [
    { name: "page", testMatch: "*.spec.ts", testIgnore: "beside.spec.ts" },
    { name: "alone", testMatch: "beside.spec.ts", dependencies: ["page"] },
  ],
  fullyParallel: true,
  workers: 2,
  timeout: 60_000, // axe takes half of that on two busy cores
  forbidOnly: !!process.env["CI"],
  reporter: "list",
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    timezoneId: "Europe/Berlin",
    locale: "en-GB",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: browser,
      args: [
        ...(root ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // A host without https that is not localhost.
        "--host-resolver-rules=MAP wiki.test 127.0.0.1",
      ],
    },
  },
});
