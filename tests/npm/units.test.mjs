// The text in which the single file's contents travel: the page's decoder against the build's encoder.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { transform } from "esbuild";
import { encode } from "../../www/build/units.mjs";

const { code } = await transform(readFileSync(new URL("../../www/src/units.ts", import.meta.url), "utf8"), { loader: "ts" });
const { decode } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

const noise = (length) => Uint8Array.from({ length }, (_, i) => Math.imul(i + length, 2654435761) >>> 24);
const comesBack = (bytes) => assert.deepEqual(Buffer.from(decode(encode(bytes))), Buffer.from(bytes));

test("any number of bytes of any value comes back", () => {
  for (let length = 0; length < 60; length++) {
    for (let value = 0; value < 256; value++) comesBack(new Uint8Array(length).fill(value));
  }
  for (let length = 0; length < 400; length++) comesBack(noise(length));
});

test("the text takes 48 bits for 47, and survives UTF-16", () => {
  const bytes = noise(400_000);
  const text = encode(bytes);
  const written = Buffer.from(text, "utf16le");
  assert.ok(written.length <= Math.ceil((bytes.length * 48) / 47) + 12, `${written.length}`);
  assert.equal(new TextDecoder("utf-16le", { fatal: true }).decode(written), text);
});

test("nothing in it means anything to a parser, or is no letter", () => {
  const used = new Set(encode(noise(400_000)));
  for (const character of used) assert.ok(character >= "\u0100" && (character < "\ud800" || character > "\udfff") && character < "\ufffe", character.charCodeAt(0).toString(16));
});
