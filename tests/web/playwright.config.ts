import { execFileSync } from "node:child_process";
import { defineConfig } from "@playwright/test";

const setup = new URL("../../www/build/setup.sh", import.meta.url).pathname;
const browser = execFileSync(setup, ["which", "browser"], { encoding: "utf8" }).trim();
const root = process.getuid?.() === 0;

export default defineConfig({
  testMatch: "*.spec.ts",
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
      ],
    },
  },
});
