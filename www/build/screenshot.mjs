// Takes a picture of the built page; without arguments the one in the README.
//   node www/build/screenshot.mjs [file.png] [--query view=forecast] [--width 1280] [--height 800] [--dark] [--wait 500]
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { serve } from "./serve.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    query: { type: "string", default: "" },
    width: { type: "string", default: "1280" },
    height: { type: "string", default: "800" },
    wait: { type: "string", default: "500" },
    dark: { type: "boolean" },
  },
});
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const executablePath = execFileSync(here("setup.sh"), ["which", "browser"], { encoding: "utf8" }).trim();
const args = ["--disable-gpu", "--disable-background-networking", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];

const site = await serve({ "/": here("../dist") });
const browser = await chromium.launch({ executablePath, args });
try {
  const page = await browser.newPage({
    viewport: { width: Number(values.width), height: Number(values.height) },
    deviceScaleFactor: 2,
    colorScheme: values.dark ? "dark" : "light",
    locale: "en-GB",
  });
  page.on("console", (message) => console.log(`page: ${message.text()}`));
  page.on("pageerror", (error) => console.log(`page: ${error}`));
  await page.goto(`${site.url}/landfall.html?${values.query}`);
  await page.locator("landfall-planner").filter({ hasText: /\S/ }).waitFor();
  await page.waitForTimeout(Number(values.wait)); // until transitions have ended
  const file = positionals[0] ?? here("../screenshot.png");
  await page.screenshot({ path: file });
  console.log(file);
} finally {
  await browser.close();
  await site.close();
}
