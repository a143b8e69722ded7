// Sprints and flow, as a program asks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Planner } from "../../www/dist/npm/index.js";

const today = "2026-11-23";
const ids = (items) => items.map(({ id }) => id);

test("a program starts the sprint that is proposed, watches it, closes it and takes all of it back", () => {
  const planner = Planner.sample(today);
  const before = planner.toJSON();
  const { next, running, unit } = planner.sprints({ today, count: 2 });
  assert.deepEqual([next.length, running, unit], [2, undefined, "points"]);
  const [first] = next;
  assert.equal(first.amount, first.commit.reduce((sum, { size }) => sum + size, 0));
  assert.ok(next[1].stretch.every(({ id }) => !ids(next[1].commit).includes(id)));

  // As likely as it was proposed to be, before and after it is started.
  const start = { type: "startSprint", today, items: ids(first.commit), goal: first.goal };
  const assumed = planner.sprints({ today, assume: [start] }).running;
  assert.ok(assumed.chance >= 0.85 && !assumed.over);
  assert.deepEqual(planner.toJSON(), before);
  const change = planner.apply(start);
  assert.equal(change.command.start, first.start);
  assert.deepEqual(planner.sprints({ today }).running, assumed);

  const [done] = ids(first.commit);
  planner.apply({ type: "editItem", id: done, patch: { status: "done", finished: "2026-11-25" } });
  const now = planner.sprints({ today: "2026-11-26" }).running;
  assert.equal(now.left, assumed.left - first.commit[0].size);
  assert.equal(now.days.reduce((sum, { finished }) => sum + finished, 0), first.commit[0].size);

  assert.throws(() => planner.apply({ ...start, start: "2026-12-10" }), { code: "invalid-request", path: "/start" });
  planner.apply({ type: "closeSprint", today: "2026-12-04" });
  const { sprints } = planner.flow({ today: "2026-12-04" });
  const { start: day, finished, committed } = sprints.at(-1);
  assert.deepEqual([day, finished, committed], [first.start, first.commit[0].size, first.amount]);
  assert.deepEqual(ids(planner.sprints({ today: "2026-12-04" }).next[0].commit).slice(0, 1), [first.commit[1].id]);
  assert.throws(() => planner.apply({ type: "closeSprint", today }), { code: "invalid-request" });
  for (let k = 0; k < 3; k++) planner.undo();
  assert.deepEqual(planner.toJSON(), before);
});
