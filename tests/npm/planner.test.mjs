// The planner as a program meets it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { Planner, Trials, forecast } from "../../www/dist/npm/index.js";

const data = (name) => readFileSync(new URL(`../data/import/${name}`, import.meta.url));

test("a real export goes in, dates come out, and undo takes it back", () => {
  const planner = new Planner();
  const report = planner.import(data("azure-devops-lighthouse.csv"));
  assert.equal(report.read, 117);
  assert.equal(report.read, report.imported + report.updated + report.rejected.length);
  const { total, rows } = planner.rows();
  assert.equal(total, 22);
  for (const row of rows) assert.match(row.lands.p85, /^\d{4}-\d{2}-\d{2}$/);
  const before = planner.toJSON();
  planner.apply({ type: "moveItem", id: rows.at(-1).id, before: rows[2].id });
  assert.notDeepEqual(planner.toJSON(), before);
  planner.undo();
  assert.deepEqual(planner.toJSON(), before);
  assert.deepEqual(Planner.fromJSON(before).toJSON(), before);
  assert.deepEqual(Planner.fromJSON(JSON.parse(planner.export("json"))).toJSON(), before);
  planner.undo();
  assert.equal(planner.rows().total, 0);
  assert.equal(planner.undo(), undefined);
});

test("errors carry a code and a place, and change nothing", () => {
  const planner = Planner.sample("2026-11-22");
  const before = planner.toJSON();
  const thrown = (call, expected) => {
    assert.throws(call, (error) => {
      assert.ok(error instanceof Error && error.name === "LandfallError");
      assert.deepEqual({ code: error.code, path: error.path }, expected);
      return true;
    });
    assert.deepEqual(planner.toJSON(), before);
  };
  const edit = (patch) => () => planner.apply({ type: "editItem", id: "LF-3", patch });
  thrown(edit({ size: NaN }), { code: "invalid-number", path: "/patch/size" });
  thrown(edit({ size: -1 }), { code: "invalid-number", path: "/patch/size" });
  thrown(edit({ size: { low: 5, high: 3 } }), { code: "invalid-range", path: "/patch/size" });
  thrown(edit({ size: "large" }), { code: "invalid-request", path: "/patch/size" });
  thrown(edit({ colour: "red" }), { code: "invalid-request", path: "/patch/colour" });
  thrown(() => planner.apply({ type: "explode" }), { code: "invalid-request", path: "/type" });
  thrown(() => planner.apply(() => 0), { code: "invalid-request", path: "" });
  thrown(() => planner.item("nobody"), { code: "unknown-id", path: undefined });
  thrown(() => planner.import(""), { code: "empty-file", path: "line 1" });
  thrown(() => planner.import("ID,Work Item Type,Title,State\n"), { code: "no-rows", path: "line 2" });
  thrown(() => planner.import(data("not-a-csv-lighthouse.csv")), { code: "not-a-table", path: "line 1" });
  thrown(() => Planner.fromJSON({ ...before, version: 2 }), { code: "newer-format", path: "/version" });
  thrown(() => Planner.fromJSON({ ...before, items: [{ id: "a", title: 3 }] }), { code: "invalid-request", path: "/items/0/title" });
  thrown(() => Planner.fromJSON("{"), { code: "not-json", path: "line 1, column 1" });
  thrown(() => Planner.fromJSON({}), { code: "not-a-plan", path: "/format" });
  thrown(() => forecast({ history: [1, NaN], work: 3 }), { code: "invalid-number", path: "/history/1" });
  thrown(() => forecast({ history: [], work: 3 }), { code: "empty-history", path: "/history" });
});

test("numbers are plain, absent values are absent", () => {
  const document = Planner.sample("2026-11-22").toJSON();
  assert.equal(JSON.stringify(document).includes("null"), false);
  assert.equal(document.items.find(({ id }) => id === "LF-3").size, 3);
  const { total } = forecast({ history: [0, 0], work: 3, start: "2026-11-23", periodDays: 14 });
  assert.deepEqual(total.percentiles[0], { p: 0.5, period: null, date: null });
});

test("a query that waits for its simulations answers the same, wherever they run", async () => {
  const today = "2026-11-23";
  const here = Planner.sample(today);
  const planner = Planner.sample(today);
  assert.equal(planner.whenMissing("wait"), "simulate");
  const waits = async (query) => {
    for (let runs = 0; ; runs++) {
      try {
        return [query(planner), runs];
      } catch (error) {
        assert.equal(error.code, "simulation-pending");
        const { key, trials, model } = planner.pending();
        assert.match(key, /^[0-9a-f]{32}$/);
        assert.equal(trials, 10_000);
        planner.supply(await inAnotherThread(model));
      }
    }
  };
  const forecast = (planner) => planner.forecast({ today });
  assert.deepEqual(await waits(forecast), [forecast(here), 2]);
  const rows = (planner) => planner.rows({ today });
  assert.deepEqual(await waits(rows), [rows(here), 0]);
});

test("meanwhile a planner answers with the dates from before", () => {
  const today = "2026-11-23";
  const planner = Planner.sample(today);
  const before = new Map(planner.rows({ today }).rows.map(({ id, lands }) => [id, lands]));
  planner.whenMissing("previous");
  planner.apply({ type: "moveItem", id: "LF-20", before: "LF-9" });
  const { stale, bands, rows } = planner.rows({ today });
  assert.deepEqual([stale, bands], [true, []]);
  for (const { id, lands } of rows) assert.deepEqual(lands, before.get(id));
  planner.whenMissing("simulate");
  assert.equal(planner.rows({ today }).stale, false);
});

test("a command can be checked without applying it", () => {
  const planner = Planner.sample("2026-11-23");
  const before = planner.toJSON();
  planner.check({ type: "moveItem", id: "LF-20", before: "LF-9" });
  assert.throws(() => planner.check({ type: "removeItem", id: "LF-999" }), { code: "unknown-id", path: "/id" });
  assert.deepEqual(planner.toJSON(), before);
});

test("bytes that are no simulation are refused, and cost nothing", () => {
  const planner = Planner.sample("2026-11-23");
  for (const bytes of [new Uint8Array(), new Uint8Array(1000).fill(255), new TextEncoder().encode("Key,Title")]) {
    assert.throws(() => new Trials(bytes), { name: "LandfallError", code: "invalid-request" });
    assert.throws(() => planner.supply(bytes), { name: "LandfallError", code: "invalid-request" });
  }
});

/** Runs a simulation in slices, in a thread of its own. */
function inAnotherThread(model) {
  const code = `
    import { parentPort, workerData } from "node:worker_threads";
    const { Trials } = await import(workerData.landfall);
    const trials = new Trials(workerData.model);
    while (trials.advance(700) > 0);
    parentPort.postMessage(trials.finish());`;
  const landfall = new URL("../../www/dist/npm/index.js", import.meta.url).href;
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), { workerData: { landfall, model } });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}
