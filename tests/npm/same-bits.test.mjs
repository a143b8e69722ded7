// The same seed gives the same bits on every platform: tests/it/same_bits.rs asks the same of the native build.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { forecast } from "../../www/dist/npm/index.js";
import { digestOf } from "../data/same-bits.mjs";

const { seeds, models } = JSON.parse(readFileSync(new URL("../data/same-bits.json", import.meta.url), "utf8"));

for (const { name, request, digest } of models) {
  test(`a hundred forecasts have the digest they have everywhere: ${name}`, () => {
    assert.equal(digestOf(forecast, request, seeds), digest);
  });
}
