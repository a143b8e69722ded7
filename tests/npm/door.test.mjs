// What comes in from JavaScript: bounded before anything is copied, whole in its characters, and after a death a new start.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as landfall from "../../www/dist/npm/index.js";

const { Planner, checkStory, forecast, readStories, renew, version } = landfall;
const { ill_formed_utf16: illFormed, well_formed: wellFormed } = JSON.parse(readFileSync(new URL("../data/hostile/own/unicode.json", import.meta.url), "utf8"));

test("texts that are no well-formed UTF-16 are made whole at the door, all others stay as they are", () => {
  for (const units of illFormed) {
    const text = `t${String.fromCharCode(...units)}`;
    const whole = text.toWellFormed();
    const planner = new Planner();
    planner.apply({ type: "addItem", item: { id: `i${text}`, title: text, notes: text, tags: [text], criteria: [{ text }] } });
    planner.apply({ type: "renamePlan", name: text });
    const [item] = planner.toJSON().items;
    assert.deepEqual([item.id, item.title, item.notes, item.tags[0], item.criteria[0].text], [`i${whole}`, whole, whole, whole, whole]);
    assert.equal(planner.item(`i${text}`).item.title, whole);
    assert.equal(Planner.fromJSON(JSON.stringify(planner.toJSON())).toJSON().name, whole);
    assert.equal(Planner.fromJSON({ ...planner.toJSON(), name: text }).toJSON().name, whole);
    for (const format of ["json", "markdown", "html", "confluence", "text"]) assert.ok(planner.export(format).isWellFormed(), format);
    planner.import(`Key,Title\nA-1,${text}\n`);
    assert.equal(planner.toJSON().items.at(-1).title, whole);
    assert.ok(JSON.stringify(readStories(`As a ${text}, I want ${text}`)).isWellFormed());
  }
  for (const text of wellFormed.filter((text) => text.trim() && text.length <= 2000)) {
    const planner = new Planner();
    planner.apply({ type: "addItem", item: { id: "a", title: text } });
    assert.equal(Planner.fromJSON(planner.export("json")).toJSON().items[0].title, text.trim() === text ? text : planner.toJSON().items[0].title);
  }
});

test("no size is taken in before it is known to fit: bytes, texts, items, nesting, circles, trials × items", () => {
  const planner = new Planner();
  const large = "x".repeat(65 << 20);
  const deep = JSON.parse(`${"[".repeat(5000)}${"]".repeat(5000)}`);
  const circle = {};
  circle.left = circle.right = circle;
  const doors = {
    fromJSON: (value) => Planner.fromJSON(value), apply: (value) => planner.apply(value), check: (value) => planner.check(value), rows: (value) => planner.rows(value),
    checkStory, forecast, differences: (value) => planner.differences(value),
  };
  for (const [name, door] of Object.entries(doors)) {
    for (const [what, value] of Object.entries({ large: { name: large }, key: { [large]: 1 }, deep, circle, sparse: { items: new Array(4e9) }, many: { items: new Array(9e6).fill(0) } })) {
      const began = performance.now();
      assert.throws(() => door(value), { name: "LandfallError", code: "too-large" }, `${name} ${what}`);
      assert.ok(performance.now() - began < 3000, `${name} ${what} took ${performance.now() - began} ms`);
    }
  }
  for (const file of [large, new Uint8Array(65 << 20)]) assert.throws(() => planner.import(file), { code: "too-large" });
  assert.throws(() => Planner.fromJSON(large), { code: "too-large" });
  assert.throws(() => planner.summary({ trials: 1e9 }), { code: "too-large" });
  const work = Array.from({ length: 100_000 }, (_, k) => ({ id: `${k}`, size: 1 }));
  assert.throws(() => forecast({ history: [1, 2, 3], work, trials: 1_000_000 }), { code: "too-large" });
  assert.equal(planner.rows().total, 0);
});

test("after a death the next call starts anew: what was made before throws, what is made now works", () => {
  const old = Planner.sample("2026-11-23");
  const { __wbg_ptr: pointer } = old;
  old.__wbg_ptr = 0xfffffff0;
  assert.throws(() => old.summary(), WebAssembly.RuntimeError);
  renew();
  assert.match(version(), /^\d/);
  old.__wbg_ptr = pointer;
  assert.throws(() => old.summary(), /stale/);
  assert.equal(Planner.sample("2026-11-23").summary({ today: "2026-11-23" }).sample, true);
});
