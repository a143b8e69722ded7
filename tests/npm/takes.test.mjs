// What would it take, how forecasts held, and what assumptions cost, as a program asks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Planner, backtest, backtestFinish } from "../../www/dist/npm/index.js";

const today = "2026-11-23";

test("a program asks what it would take, applies the answer, and takes it back", () => {
  const planner = Planner.sample(today);
  const { lands } = planner.summary({ today });
  const query = { by: lands.p50, today };
  const takes = planner.whatWouldItTake(query);
  assert.equal(takes.holds, false);
  assert.equal(takes.deadline.by, lands.p85);
  assert.equal(takes.now.chance, planner.chance(query).chance);
  assert.ok(takes.now.chance >= 0.5 && takes.now.chance < 0.85);
  assert.ok(takes.velocity.factor > 1);
  assert.match(takes.scope.sentence, /^leave out .* points\), and all that stays is 8\d % likely by /);
  const before = planner.toJSON();
  planner.apply(takes.scope.command);
  assert.equal(planner.chance(query).chance, takes.scope.chance);
  assert.equal(planner.whatWouldItTake(query).holds, true);
  planner.undo();
  assert.deepEqual(planner.toJSON(), before);
  for (const [wrong, code, path] of [
    [{ by: "2026-11-22" }, "invalid-date", "/by"],
    [{ by: "tomorrow" }, "invalid-request", "/by"],
    [{ by: lands.p50, at: 85 }, "invalid-number", "/at"],
    [{ by: lands.p50, item: "LF-999" }, "unknown-id", "/item"],
    [{}, "invalid-request", ""],
  ]) {
    assert.throws(() => planner.whatWouldItTake({ today, ...wrong }), (error) => {
      assert.deepEqual({ code: error.code, path: error.path ?? "" }, { code, path });
      return true;
    });
  }
});

test("one question is answered for an objective, an epic, an item and a tag", () => {
  const planner = Planner.sample(today);
  const by = planner.summary({ today }).lands.p15;
  for (const what of [{ objective: "leads" }, { item: "LF-1" }, { item: "LF-5" }, { tag: "acme" }]) {
    const takes = planner.whatWouldItTake({ ...what, by, today });
    assert.ok(takes.now.chance > 0 && takes.now.items > 0, JSON.stringify(what));
    for (const { id } of takes.scope.items) assert.notEqual(id, what.item);
    if (takes.scope.possible) assert.ok(takes.scope.chance >= 0.85);
  }
});

test("a backtest counts how often forecasts held, beside what luck would do", () => {
  const planner = Planner.sample(today);
  const held = planner.backtest({ today });
  assert.equal(held.missing, 0);
  assert.deepEqual(held.amounts.coverage.map(({ p }) => p), [0.5, 0.7, 0.85, 0.95]);
  assert.equal(held.pastAmounts.length, held.amounts.forecasts);
  assert.equal(held.pastAmounts.filter(({ calibrated }) => calibrated.held).length, held.amounts.coverage[2].calibrated);
  assert.equal(held.pastFinishes.filter(({ bootstrap }) => bootstrap.held).length, held.finish.coverage[2].bootstrap);
  assert.match(held.sentence, /our 85 % held .* by luck alone \d+ to \d+ would be usual\. The bootstrap's held /);
  assert.equal(new Planner().backtest().missing, 11);

  const history = [8, 12, 9, 11, 10, 7, 13, 9, 10, 12, 8, 11, 10, 9, 12, 10];
  const [amounts, finish] = [backtest, backtestFinish].map((count) => count({ history, window: 6, periods: 2, trials: 2000 }));
  assert.equal(amounts.forecasts, 9);
  assert.equal(finish.forecasts, 7);
  for (const { coverage } of [amounts, finish]) assert.deepEqual(coverage, coverage.toSorted((a, b) => a.held - b.held));
});

test("every assumption has its cost, and a change its effect before it is made", () => {
  const planner = Planner.sample(today);
  const effects = planner.effects({ today });
  assert.deepEqual(effects.map(({ assumption }) => assumption), ["model", "growth", "risk-0"]);
  const { assumptions, lands } = planner.summary({ today });
  const { growth, ...rest } = assumptions;
  const change = [{ type: "setAssumptions", assumptions: rest }];
  const effect = planner.effect({ change, today });
  assert.ok(growth && effect.days < 0);
  assert.equal(effect.days, -effects[1].effect.days);
  assert.notEqual(effect.by, lands.p85);
  planner.apply(change[0]);
  assert.equal(planner.summary({ today }).lands.p85, effect.by);
});
