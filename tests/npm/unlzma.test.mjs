// The unpacker of what is shipped, against the packer that the build uses, on what WebAssembly may not happen to hold.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compress } from "lzma1";
import { encode } from "../../www/build/base85.mjs";

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL("../../www/src/unlzma.ts", import.meta.url))],
  bundle: true,
  format: "esm",
  write: false,
});
const { unpack } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);

let seed = 1;
const random = (below) => (seed = (seed * 48271) % 2147483647) % below;

const inputs = {
  "one byte": [7],
  "one byte many times": new Array(300_000).fill(65),
  "noise": Array.from({ length: 70_000 }, () => random(256)),
  "a long text": Array.from({ length: 200_000 }, (_, i) => (i % 1009 < 40 ? random(64) : (i % 251) ^ (i >> 12))),
  "what comes back from far away": [...Array.from({ length: 150_000 }, (_, i) => (i * i) >> 7), ...Array.from({ length: 150_000 }, (_, i) => (i * i) >> 7)].map((n) => n & 255),
};

for (const [name, values] of Object.entries(inputs)) {
  test(`what was packed is unpacked: ${name}`, () => {
    const bytes = Uint8Array.from(values);
    assert.ok(Buffer.from(unpack(encode(compress(bytes, 9)))).equals(Buffer.from(bytes)));
  });
}
