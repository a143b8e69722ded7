// The published examples of tests/data/goldens.json, through the package. tests/it/goldens.rs has them natively, and the
// histograms that only Rust can reach.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { forecast, howMany, rank } from "../../www/dist/npm/index.js";

const goldens = JSON.parse(readFileSync(new URL("../data/goldens.json", import.meta.url), "utf8"));
const exactly = (value) => ({ low: value, high: value });

test("bootstrap_when lies within four standard errors of the exact distribution", () => {
  const { history, work, exact, exact_within, published_range } = goldens.bootstrap_when;
  const trials = 100_000;
  const { total } = forecast({ history, work, trials, model: "bootstrap" });
  for (const [day, share] of Object.entries(exact_within)) {
    const error = Math.sqrt((share * (1 - share)) / trials);
    assert.ok(Math.abs(total.within[day - 1] - share) <= 4 * error + 5e-7, `by day ${day}`);
  }
  for (const { p, period } of total.percentiles) {
    const name = String(Math.round(p * 100));
    assert.equal(period, exact[name], `at ${name} %`);
    const [low, high] = published_range[name];
    assert.ok(low <= period && period <= high, `at ${name} %`);
  }
});

test("bootstrap_how_many is what convolution gives", () => {
  const { history, periods, exact } = goldens.bootstrap_how_many;
  const { percentiles } = howMany({ history, periods, trials: 100_000, model: "bootstrap" });
  for (const { p, amount } of percentiles) assert.equal(amount, exact[Math.round(p * 100)]);
});

test("growth_deterministic moves the end as published", () => {
  for (const { backlog, velocity, scope_growth_per_sprint = 0, sprints } of goldens.growth_deterministic.cases) {
    const { total } = forecast({ history: [velocity], work: backlog, growth: exactly(scope_growth_per_sprint), model: "bootstrap", trials: 100 });
    for (const { period } of total.percentiles) assert.equal(period, typeof sprints === "number" ? sprints : null);
  }
});

test("rice_intercom scores are those of its inventors", () => {
  const { items } = goldens.rice_intercom;
  const { order, scores } = rank({ method: "rice", items: items.map(({ name, score, ...inputs }) => ({ id: name, ...inputs })) });
  assert.deepEqual(scores.map(({ score }) => score), items.map(({ score }) => score));
  assert.deepEqual(order, ["Project 3", "Project 1", "Project 2"]);
});

test("wsjf_sheet scores are those of the sheet, to a hundredth", () => {
  const { rows } = goldens.wsjf_sheet;
  const items = rows.map(([id, jobSize, businessValue, timeCriticality, riskReduction]) => ({ id, jobSize, businessValue, timeCriticality, riskReduction }));
  const { scores } = rank({ method: "wsjf", items });
  for (const [k, row] of rows.entries()) assert.ok(Math.abs(scores[k].score - row[6]) <= 0.01, `${row[0]}: ${scores[k].score}`);
});

test("wsjf_with_dependents: the order found is the best", () => {
  const items = goldens.wsjf_with_dependents.rows.map(({ id, days, parent }, k) => ({
    id: String(id), jobSize: days, costOfDelay: [1000, 70000 / 30, 3000, 0][k], ...(parent && { needs: [String(parent)] }),
  }));
  const { order, delayCost } = rank({ method: "wsjf", items });
  assert.deepEqual(order, ["2", "4", "3", "1"]);
  assert.equal(Math.round(delayCost.best), 92_333);
});

test("cut_line_deterministic falls on the published days", () => {
  const work = Array.from({ length: 10 }, (_, k) => ({ id: `f${k}`, size: exactly(1) }));
  const { items } = forecast({ history: exactly(1), work, start: "2015-01-01", periodDays: 7, split: exactly(1) });
  const done = items.map(({ percentiles }) => Date.parse(percentiles[0].date) / 86_400_000 - Date.parse("2015-01-01") / 86_400_000 + 42_005 + 1);
  assert.deepEqual(done, goldens.cut_line_deterministic.cases[0].done);
});

test("sequence: items of one team finish one after the other", () => {
  const { sizes, done_days } = goldens.sequence.featureWip1[0];
  const { items } = forecast({ history: goldens.sequence.throughput, work: sizes.map((size, k) => ({ id: `f${k}`, size })), model: "bootstrap", trials: 100 });
  assert.deepEqual(items.map(({ percentiles }) => percentiles[0].period), done_days);
});
