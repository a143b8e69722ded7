// The core's code in streams: the page's half against the build's, on the core and on instructions that it may not hold.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { join, split } from "../../www/build/streams.mjs";

const section = (id, ...contents) => [id, contents.length, ...contents];
const module = (...body) =>
  Buffer.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 1, 0x60, 0, 0),
    ...section(3, 1, 0),
    ...section(10, 1, body.length + 2, 0, ...body, 0x0b),
    ...section(11, 0),
  ]);

test("the core comes back out of its streams, byte by byte", () => {
  const core = readFileSync(new URL("../../www/pkg/landfall_bg.wasm", import.meta.url));
  assert.ok(Buffer.from(join(split(core))).equals(core));
});

const instructions = {
  "blocks in blocks": [0x02, 0x40, 0x03, 0x40, 0x04, 0x40, 0x05, 0x0b, 0x0b, 0x0b],
  "a table of branches": [0x0e, 2, 0, 1, 0x80, 0x01],
  "calls": [0x10, 0xff, 0x01, 0x11, 0, 0],
  "numbers of every sort": [0x41, 0x7f, 0x42, 0x80, 0x7f, 0x43, 0x0b, 0x0b, 0x0b, 0x0b, 0x44, 0x0b, 1, 2, 3, 4, 5, 6, 0x0b],
  "memory": [0x28, 2, 0x80, 0x08, 0x3f, 0, 0x40, 0],
  "memory in bulk": [0xfc, 0, 0xfc, 8, 0, 0, 0xfc, 9, 0, 0xfc, 10, 0, 0, 0xfc, 11, 0],
  "tables and references": [0x25, 0, 0xd0, 0x70, 0xd1, 0xd2, 0, 0xfc, 12, 0, 0, 0xfc, 13, 0, 0xfc, 14, 0, 0, 0xfc, 15, 0, 0xfc, 16, 0, 0xfc, 17, 0],
  "a choice between values of a type": [0x1c, 1, 0x7f],
};

for (const [name, body] of Object.entries(instructions)) {
  test(`code comes back out of its streams: ${name}`, () => {
    const whole = module(...body);
    assert.ok(Buffer.from(join(split(whole))).equals(whole));
  });
}

test("an instruction that is not known stops the build", () => {
  assert.throws(() => split(module(0xfd, 0x0c, ...new Array(16).fill(0x0b))), /streams/);
});
