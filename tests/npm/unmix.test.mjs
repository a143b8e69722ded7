// The unpacker of the page's script against its packer, on what a script may not happen to hold.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compress } from "lzma1";
import { pack, unmix } from "../../www/build/mix.mjs";

let seed = 1;
const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
const source = readFileSync(new URL("../../www/src/element.ts", import.meta.url));

const inputs = {
  "nothing": [],
  "one byte": [7],
  "one byte many times": new Array(30_000).fill(65),
  "noise": Array.from({ length: 20_000 }, () => random(256)),
  "ones and zeros alone": Array.from({ length: 20_000 }, () => 255 * random(2)),
  "a script": source,
  "a script that comes again": [...source, ...source],
  "letters of two and three bytes": Buffer.from("„Größe” – 85 % ".repeat(500)),
};

for (const [name, values] of Object.entries(inputs)) {
  test(`what was packed is unpacked: ${name}`, () => {
    const bytes = Uint8Array.from(values);
    assert.ok(Buffer.from(unmix(pack(bytes))).equals(Buffer.from(bytes)));
  });
}

test("a script is packed to less than LZMA leaves of it", () => {
  assert.ok(pack(source).length < 0.9 * compress(source, 9).length);
});

test("what comes again costs next to nothing", () => {
  const [once, twice] = [pack(source).length, pack(Buffer.concat([source, source])).length];
  assert.ok(twice < once * 1.1, `${once}, then ${twice}`);
});
