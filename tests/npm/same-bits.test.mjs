// The same seed gives the same bits on every platform: tests/it/same_bits.rs asks the same of the native build.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { forecast } from "../../www/dist/npm/index.js";

const { cases } = JSON.parse(readFileSync(new URL("../data/same-bits.json", import.meta.url), "utf8"));
const bytes = new DataView(new ArrayBuffer(8));

/** FNV-1a over the bits of numbers, smallest byte first. */
function digest(numbers) {
  let hash = 2_166_136_261;
  for (const number of numbers) {
    bytes.setFloat64(0, number, true);
    for (let k = 0; k < 8; k++) hash = Math.imul(hash ^ bytes.getUint8(k), 16_777_619);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}

const numbersOf = ({ percentiles, within }) => [...percentiles.flatMap(({ p, period }) => [p, period ?? -1]), ...within];

for (const { name, request, digest: expected } of cases) {
  test(`a forecast of fifty items has the digest it has everywhere: ${name}`, () => {
    const { total, items } = forecast(request);
    assert.equal(items.length, 50);
    assert.equal(digest([total, ...items].flatMap(numbersOf)), expected);
  });
}
