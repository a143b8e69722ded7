// The unpacker of landfall.html against its packer, on what it may not happen to hold.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compress } from "lzma1";
import { pack, unmix } from "../../www/build/mix.mjs";

let seed = 1;
const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
const core = readFileSync(new URL("../../www/pkg/landfall_bg.wasm", import.meta.url));
const source = readFileSync(new URL("../../www/src/element.ts", import.meta.url));

const inputs = {
  "nothing": [],
  "one byte": [7],
  "one byte many times": new Array(30_000).fill(65),
  "noise": Array.from({ length: 20_000 }, () => random(256)),
  "ones and zeros alone": Array.from({ length: 20_000 }, () => 255 * random(2)),
  "a script": source,
  "a script that comes again": [...source, ...source],
  "a script as long as the page's": Buffer.concat(Array.from({ length: 12 }, (_, i) => Buffer.from(`/* ${i} */${source}`))),
  "the core": core,
  "a module that ends in the middle of its code": core.subarray(0, 200_000),
  "what only begins as a module": [...core.subarray(0, 4), ...Array.from({ length: 3000 }, () => random(256))],
  "a code section of noise": [...core.subarray(0, 8), 10, 200, 1, ...Array.from({ length: 3000 }, () => random(256))],
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

test("the core is packed to less than nine tenths of what LZMA leaves of its streams", () => {
  assert.ok(pack(core).length < 0.9 * readFileSync(new URL("../../www/pkg/landfall_bg.wasm.lzma", import.meta.url)).length);
});

test("code that is cut short or damaged gives bytes, as many as were packed", () => {
  const packed = pack(source);
  const damaged = Buffer.from(packed);
  damaged.fill(0x5a, 100, 200);
  for (const bytes of [packed.subarray(0, 50), damaged]) assert.equal(unmix(bytes).length, source.length);
});

test("what comes again costs next to nothing", () => {
  const [once, twice] = [pack(source).length, pack(Buffer.concat([source, source])).length];
  assert.ok(twice < once * 1.1, `${once}, then ${twice}`);
});
