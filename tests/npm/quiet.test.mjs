// What the build takes out of the core: who panicked where, and with it the paths of the machine that has built it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { data } from "../../www/build/module.mjs";

test("the core names no source file of the machine that has built it", () => {
  const core = readFileSync(new URL("../../www/pkg/landfall_bg.wasm", import.meta.url));
  const texts = data(core).map(({ bytes }) => bytes.toString("latin1"));
  assert.ok(texts.some((text) => text.includes("a story")), "the core has texts");
  assert.deepEqual(texts.flatMap((text) => text.match(/[\w./-]+\.rs\b/g) ?? []), []);
});
