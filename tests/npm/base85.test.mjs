// The text in which what is shipped travels: the page's decoder against the build's encoder.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { transform } from "esbuild";
import { encode } from "../../www/build/base85.mjs";

const { code } = await transform(readFileSync(new URL("../../www/src/base85.ts", import.meta.url), "utf8"), { loader: "ts" });
const { decode } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

const back = (bytes) => Buffer.from(decode(encode(bytes)));
const everyByte = Uint8Array.from({ length: 256 }, (_, value) => value);

test("bytes of every value come back from every place in a group", () => {
  for (let before = 0; before < 4; before++) {
    const bytes = Buffer.concat([Buffer.alloc(before, 0xa5), everyByte]);
    assert.deepEqual(back(bytes), bytes);
  }
});

test("any number of bytes comes back, the lowest and the highest among them", () => {
  for (let length = 0; length < 20; length++) {
    for (const value of [0, 1, 84, 85, 127, 128, 254, 255]) {
      const bytes = Buffer.alloc(length, value);
      assert.deepEqual(back(bytes), bytes);
      assert.equal(encode(bytes).length, Math.ceil((length * 5) / 4));
    }
  }
});

test("every last group comes back: one, two and three bytes of any value", () => {
  for (let value = 0; value < 256; value++) {
    for (const bytes of [[value], [255 - value, value], [value, value ^ 0x5a, 255 - value]]) {
      assert.deepEqual([...back(bytes)], bytes);
    }
  }
});

test("the text holds nothing that a string, a script, HTML or a wiki's template takes for its own", () => {
  const bytes = Uint8Array.from({ length: 400_000 }, (_, i) => Math.imul(i, 2654435761) >>> 24);
  const used = new Set(encode(bytes));
  assert.equal(used.size, 85);
  for (const character of used) assert.match(character, /[!-~]/);
  for (const character of "\"$&'<>\\`{ ") assert.ok(!used.has(character), character);
});

test("a group is written with its highest digit first, as Ascii85 does: there these are 9jqo^ and s8W-!", () => {
  assert.equal(encode(Buffer.from("Man ")), "?rywf");
  assert.equal(encode([255, 255, 255, 255]), "|=^1!");
});
