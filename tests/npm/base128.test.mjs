// The text in which the single file's contents travel: the page's decoder against the build's encoder.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { transform } from "esbuild";
import { encode } from "../../www/build/base128.mjs";

const { code } = await transform(readFileSync(new URL("../../www/src/base128.ts", import.meta.url), "utf8"), { loader: "ts" });
const { decode } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

const noise = (length) => Uint8Array.from({ length }, (_, i) => Math.imul(i + length, 2654435761) >>> 24);

/** After the last byte there may be one of zero. */
function comesBack(bytes) {
  const back = decode(encode(bytes));
  assert.ok(back.length === bytes.length || (back.length === bytes.length + 1 && back.at(-1) === 0), `${bytes.length}, ${back.length}`);
  assert.deepEqual(Buffer.from(back.subarray(0, bytes.length)), Buffer.from(bytes));
}

test("any number of bytes of any value comes back", () => {
  for (let length = 0; length < 40; length++) {
    for (let value = 0; value < 256; value++) comesBack(new Uint8Array(length).fill(value));
  }
  for (let length = 0; length < 300; length++) comesBack(noise(length));
});

test("every seven bits come back behind and before every other", () => {
  for (let one = 0; one < 128; one++) {
    for (let two = 0; two < 128; two++) comesBack(Uint8Array.of(one << 1, two << 2, one << 3, two << 4, one, two));
  }
});

test("the text is as long as seven bits a byte, and survives UTF-8", () => {
  const bytes = noise(400_000);
  const text = encode(bytes);
  const written = Buffer.from(text, "utf8");
  assert.ok(written.length <= Math.ceil((bytes.length * 8) / 7) + 1, `${written.length}`);
  assert.equal(written.toString("utf8"), text);
});

test("nothing in it ends a string, a script or a line, or means anything to a terminal or an HTML parser", () => {
  const used = new Set(encode(noise(400_000)));
  for (const character of "\0\x04\b\n\v\f\r\x1a\x1b\"&<\\\x7f\u2028\u2029") assert.ok(!used.has(character), JSON.stringify(character));
  for (const character of used) assert.ok(character < "\x80" || (character >= "\u0100" && character < "\u0800"), character);
});
