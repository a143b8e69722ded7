// Scenarios, promises and why a date moved, through the package.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Planner } from "../../www/dist/npm/index.js";

const today = "2026-11-23";

test("a scenario is compared with the plan, and against another", () => {
  const planner = Planner.sample(today);
  const { rows } = planner.rows({ today });
  const moved = rows[20].id;
  planner.apply({ type: "assume", scenario: "Acme first", command: { type: "moveItem", id: moved, before: rows[4].id } });
  const before = planner.toJSON();
  const compared = planner.compare("Acme first", { today });
  assert.match(compared.sentence, new RegExp(`^Acme first: ${moved} .* lands \\d+ days earlier, by .* instead of .* \\(85 % sure\\)`));
  const own = compared.items.find(({ id }) => id === moved);
  assert.equal(own.shift.days85 < 0, true);
  // The same figures as rows, forecast and item give in the scenario.
  const inScenario = planner.rows({ today, scenario: "Acme first" }).rows;
  assert.deepEqual(inScenario.find(({ id }) => id === moved).lands, own.shift.after);
  assert.deepEqual(rows.find(({ id }) => id === moved).lands, own.shift.before);
  assert.deepEqual(planner.item(moved, { today, scenario: "Acme first" }).row.lands, own.shift.after);
  assert.deepEqual(planner.forecast({ today, scenario: "Acme first" }).lands, compared.total.after);
  assert.deepEqual(planner.summary({ today, scenario: "Acme first" }).lands, compared.total.after);
  assert.equal(inScenario.length, compared.items.length + compared.unchanged);
  planner.apply({ type: "assume", scenario: "Other", command: { type: "moveItem", id: moved, before: rows[4].id } });
  assert.equal(planner.compare("Other", { today, against: "Acme first" }).sentence, "Other: no date and no chance changes");
  assert.throws(() => planner.compare("nothing"), { code: "unknown-id" });
  assert.throws(() => planner.compare("Other", { against: "nothing" }), { code: "unknown-id", path: "/against" });
  // What is assumed is no part of the plan, until it is taken over.
  assert.deepEqual(before.items, Planner.sample(today).toJSON().items);
  planner.apply({ type: "takeOver", scenario: "Acme first" });
  assert.deepEqual(planner.rows({ today }).rows.map(({ id }) => id), inScenario.map(({ id }) => id));
  planner.undo();
  assert.deepEqual(Planner.fromJSON(planner.toJSON()).toJSON(), planner.toJSON());
});

test("a promise says how it stands, and what moved it, in shares that add up", () => {
  const planner = Planner.sample(today);
  const by = planner.summary({ today }).lands.p85;
  planner.apply({ type: "setPromise", promise: { to: "Sales", by, chance: 0.85, told: today } });
  planner.apply({ type: "addItem", item: { title: "An audit", size: 13 } });
  planner.apply({ type: "setAssumptions", assumptions: { growth: { low: 1, high: 3 } } });
  const [promise] = planner.promises({ today });
  assert.match(promise.sentence, /^told Sales .* at 85 % on 23 Nov; now \d+ %$/);
  assert.equal(promise.state, "open");
  const why = planner.why({ promise: promise.promise.id, today });
  assert.deepEqual(why.causes.map(({ cause }) => cause), ["scope-added", "assumptions"]);
  assert.equal(why.causes.reduce((sum, { days }) => sum + days, 0), why.days);
  assert.equal(planner.keptForecasts().length, planner.toJSON().kept.length);
});

test("what a colleague changed in a copy are commands", () => {
  const mine = Planner.sample(today);
  const copy = mine.toJSON();
  copy.items[3].title = "Renamed";
  const commands = mine.differences(copy);
  assert.deepEqual(commands, [{ type: "editItem", id: copy.items[3].id, patch: { title: "Renamed" } }]);
  mine.apply({ type: "setScenario", scenario: { name: "Theirs", commands } });
  mine.apply({ type: "takeOver", scenario: "Theirs" });
  assert.deepEqual(mine.toJSON(), copy);
});
