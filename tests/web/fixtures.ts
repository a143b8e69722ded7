// What every browser test starts from: `site`, a server of the built files and the test pages on the loopback address, and a
// `page` whose uncaught errors, refused requests and policy violations fail the test, unless it calls `mayComplain`.
import { fileURLToPath, pathToFileURL } from "node:url";
import { type FrameLocator, type Page, expect, test as base } from "@playwright/test";
import { serve } from "../../www/build/serve.mjs";

const folder = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The single file as it lies on disk. */
export const onDisk = pathToFileURL(folder("www/dist/landfall.html")).href;

/** The strictest content security policy that Landfall promises to run under. */
export const strictPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html";

interface Site {
  /** /dist/…: what was built; /pages/…: tests/web/pages; /data/…: tests/data. `?csp=` sends a policy along. */
  url(path: string, options?: { csp?: string }): string;
}

interface Fixtures {
  /** Lets the page complain: the patterns are of what it may say. */
  mayComplain(...patterns: RegExp[]): void;
  complaints: { said: string[]; allowed: RegExp[] };
}

export const test = base.extend<Fixtures, { site: Site }>({
  site: [
    async ({}, use) => {
      const server = await serve({ "/dist/": folder("www/dist"), "/pages/": folder("tests/web/pages"), "/data/": folder("tests/data") });
      await use({ url: (path, { csp } = {}) => `${server.url}${path}${csp ? `?csp=${encodeURIComponent(csp)}` : ""}` });
      await server.close();
    },
    { scope: "worker" },
  ],
  complaints: async ({}, use) => {
    await use({ said: [], allowed: [] });
  },
  mayComplain: async ({ complaints }, use) => {
    await use((...patterns) => void complaints.allowed.push(...patterns));
  },
  page: async ({ page, complaints }, use) => {
    page.on("pageerror", (error) => complaints.said.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.said.push(message.text());
    });
    await use(page);
    expect(complaints.said.filter((text) => !complaints.allowed.some((pattern) => pattern.test(text)))).toEqual([]);
  },
});

/** Waits until every planner of the page (or frame) has drawn something, and gives them. */
export async function planners(page: Page | FrameLocator, count = 1) {
  const all = page.locator("landfall-planner");
  await expect(all).toHaveCount(count);
  for (const planner of await all.all()) await expect(planner).toContainText(/\S/);
  return all;
}

export { expect };
