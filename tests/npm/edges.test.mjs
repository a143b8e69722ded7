// What can go wrong with numbers, through the package: tests/it/forecast_any.rs asks the same of the native build.
import assert from "node:assert/strict";
import { test } from "node:test";
import { forecast } from "../../www/dist/npm/index.js";

const work = [{ id: "a", size: 3 }, { id: "b", size: 2 }];

for (const model of ["bootstrap", "calibrated"]) {
  const ask = (more) => forecast({ history: [4, 5, 6], work, model, trials: 500, ...more });

  test(`what makes no sense is an error with a code and its place: ${model}`, () => {
    const refused = (more, code, path) => assert.throws(() => ask(more), { name: "LandfallError", code, path });
    refused({ history: [] }, "empty-history", "/history");
    refused({ history: [4, 1e300] }, "invalid-number", "/history/1");
    refused({ history: [4, -1] }, "invalid-number", "/history/1");
    refused({ history: [4, NaN] }, "invalid-number", "/history/1");
    refused({ work: [{ id: "a", size: { low: 1, high: Infinity } }] }, "invalid-number", "/work/0/size/high");
    refused({ history: { "a/b": [1, NaN] } }, "invalid-number", "/history/a~1b/1");
    refused({ trials: 0 }, "invalid-number", "/trials");
    refused({ trials: 1e9 }, "too-large", "/trials");
    refused({ risks: [{ probability: 1.1, impact: { low: 1, high: 2 } }] }, "invalid-number", "/risks/0/probability");
    refused({ percentiles: [0.5, 1] }, "invalid-number", "/percentiles/1");
    refused({ work: [{ id: "a", size: 1, needs: ["b"] }, { id: "b", size: 1, needs: ["a"] }] }, "cycle", "/work/0/needs");
  });

  test(`what can never be finished is answered at once: ${model}`, () => {
    for (const more of [{ history: [0, 0, 0] }, { capacity: new Array(520).fill(0) }]) {
      const { total, items } = ask(more);
      for (const { percentiles, within } of [total, ...items]) {
        assert.deepEqual(percentiles.map(({ period }) => period), [null, null, null, null]);
        assert.equal(within.length, 520);
        assert.ok(Array.isArray(within) && within.every((share) => share === 0));
      }
    }
  });

  test(`a hundred thousand periods of history and ten thousand items are fine: ${model}`, () => {
    const history = Array.from({ length: 100_000 }, (_, period) => period % 3);
    assert.ok(ask({ history }).total.percentiles[3].period >= 2);
    const many = Array.from({ length: 10_000 }, (_, item) => ({ id: `LF-${item}`, size: 1 }));
    const { total, items } = ask({ history: [4000, 5000, 6000], work: many, trials: 20 });
    assert.equal(items.length, 10_000);
    assert.deepEqual(items[9999].within, total.within);
    assert.ok(total.within.every((share, period) => share >= (total.within[period - 1] ?? 0)) && total.within.at(-1) === 1);
  });
}
