// The same seed gives the same bits in the browser as natively: tests/it/same_bits.rs.
import { readFile } from "node:fs/promises";
import { expect, test } from "./fixtures.ts";

test("a hundred forecasts of every model have the digests they have everywhere", async ({ page, site }) => {
  const file = JSON.parse(await readFile(new URL("../data/same-bits.json", import.meta.url), "utf8"));
  const expected = Object.fromEntries(file.models.map(({ name, digest }: { name: string; digest: string }) => [name, digest]));
  await page.goto(site.url("/pages/same-bits.html"));
  await expect.poll(async () => JSON.parse((await page.locator("pre").textContent()) || "{}")).toEqual(expected);
});
