// Every way in which Landfall reaches a page, on the built files.
import { readFile, stat } from "node:fs/promises";
import { expect, onDisk, planners, strictPolicy, test } from "./fixtures.ts";

const dist = new URL("../../www/dist/", import.meta.url);

test("the single file runs from a server", async ({ page, site }) => {
  await page.goto(site.url("/dist/landfall.html"));
  await planners(page);
});

test("the single file runs from disk", async ({ page }) => {
  await page.goto(onDisk);
  await planners(page);
});

test("the single file runs in a sandboxed frame", async ({ page, site }) => {
  await page.goto(site.url("/pages/sandboxed.html"));
  await planners(page.frameLocator("iframe"));
});

test("the single file asks the network for nothing", async ({ page, site }) => {
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(site.url("/dist/landfall.html"));
  await planners(page);
  expect(requests.filter((url) => !/^(data|blob):/.test(url))).toEqual([site.url("/dist/landfall.html")]);
});

test("one script tag brings every planner of a wiki page, included twice too, under a strict policy", async ({ page, site }) => {
  await page.goto(site.url("/pages/wiki.html", { csp: strictPolicy }));
  await planners(page, 2);
});

test("a policy that forbids WebAssembly is named, and what would allow it", async ({ page, site, mayComplain }) => {
  mayComplain(/content security policy|wasm-unsafe-eval/i);
  await page.goto(site.url("/pages/wiki.html", { csp: "default-src 'none'; script-src 'self'; img-src data:" }));
  for (const planner of await (await planners(page, 2)).all()) await expect(planner).toContainText("'wasm-unsafe-eval'");
});

test("the single file too names the policy that forbids WebAssembly", async ({ page, site, mayComplain }) => {
  mayComplain(/content security policy|wasm-unsafe-eval/i);
  await page.goto(site.url("/dist/landfall.html", { csp: "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:" }));
  await expect(page.locator("body")).toContainText("'wasm-unsafe-eval'");
  await expect(page.locator("landfall-planner")).toHaveCount(0);
});

test("the single file runs under a policy that allows WebAssembly but not eval", async ({ page, site }) => {
  await page.goto(site.url("/dist/landfall.html", { csp: "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; img-src data:" }));
  await planners(page);
});

test("the single file is under 500 KiB", async () => {
  expect((await stat(new URL("landfall.html", dist))).size).toBeLessThan(500 * 1024);
});

test("nothing inside the single file's script can end it early", async () => {
  const html = await readFile(new URL("landfall.html", dist), "utf16le");
  expect(html.match(/<\/script/gi)).toHaveLength(1);
  expect(html).not.toContain("<!--");
  expect(html).not.toMatch(/<script[^>]*(type="module"|src=)/);
});
