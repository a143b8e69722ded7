// Reports through the package, as a program uses them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Planner, planIn } from "../../www/dist/npm/index.js";

const today = "2026-11-23";

test("the plan and its reports are exported in every format, the same each time", () => {
  const planner = Planner.sample(today);
  const { headline } = planner.summary({ today });
  const starts = { markdown: "# ", html: "<!DOCTYPE html>\n<html lang=\"en\">", confluence: "<h1>", text: "" };
  for (const [format, start] of Object.entries(starts)) {
    for (const [report, title] of [[undefined, "Plan"], ["plan", "Plan"], ["review", "Sprint review"], ["update", "Update"], ["roadmap", "Roadmap"]]) {
      const text = planner.export(format, { today, report });
      assert.ok(text.startsWith(start), text.slice(0, 80));
      assert.ok(text.includes(`${title}: Checkout revamp, 23 Nov 2026`), text.slice(0, 200));
      assert.ok(text.includes(headline), `${format} ${report}`);
      assert.equal(planner.export(format, { today, report }), text);
    }
  }
  assert.deepEqual(JSON.parse(planner.export("json")), planner.toJSON());
  assert.deepEqual(planner.toJSON(), Planner.sample(today).toJSON(), "nothing has changed");
});

test("a page of the plan is the plan again, a report is not", () => {
  const planner = Planner.sample(today);
  const page = planner.export("html", { today });
  assert.deepEqual(planIn(page), planner.toJSON());
  assert.deepEqual(planIn(new TextEncoder().encode(page)), planner.toJSON());
  assert.deepEqual(planIn(planner.export("json")), planner.toJSON());
  assert.equal(planIn(planner.export("html", { today, report: "update" })), undefined);
  assert.equal(planIn("key,title\nA-1,Log in\n"), undefined);
  assert.throws(() => planIn("https://wiki.example/#landfall=1.AAAA"), { code: "damaged" });
  assert.throws(() => planIn(7), { code: "invalid-request" });
});

test("the items go out as a table in every format, come back the same, and what is lost is told", () => {
  const planner = Planner.sample(today);
  const { items } = planner.toJSON();
  const own = new Planner();
  const report = own.import(planner.export("csv"));
  assert.deepEqual([report.read, report.imported, report.updated, report.rejected], [items.length, items.length, 0, []]);
  assert.deepEqual(own.toJSON().items, items);
  for (const format of ["jira-csv", "linear-csv", "azure-csv", "github-csv"]) {
    const text = planner.export(format);
    const other = new Planner();
    const { format: read, imported, rejected } = other.import(new TextEncoder().encode(text));
    assert.deepEqual([read, imported, rejected], [format, items.length, []]);
    const held = (all) => all.map(({ id, title, status, parent, needs }) => ({ id, title, status, parent, needs }));
    assert.deepEqual(held(other.toJSON().items), held(items), format);
    const notes = planner.exportNotes(format);
    assert.ok(notes.some((note) => /^\d+ items? ha(s|ve) a size range: .+ holds one number, the likely one$/.test(note)), notes.join("\n"));
    assert.match(notes.at(-1), /^only a file of the whole plan holds \d+ objectives/);
  }
  assert.deepEqual(planner.exportNotes("json"), []);
  assert.throws(() => planner.exportNotes("docx"), { code: "unknown-format" });
  assert.deepEqual(planner.toJSON().items, items, "nothing has changed");
});

test("what is no format, no report or no scenario is an error that says what there is", () => {
  const planner = Planner.sample(today);
  assert.throws(() => planner.export("docx"), { code: "unknown-format", message: /use json, csv, jira-csv, linear-csv, azure-csv, github-csv, markdown, confluence, html or text/ });
  assert.throws(() => planner.export("text", { report: "minutes" }), { code: "invalid-request", path: "/report" });
  assert.throws(() => planner.export("text", { scenario: "Nobody's" }), { code: "unknown-id", path: "/scenario" });
});

test("a report is given in blocks, of the sprint that is asked for", () => {
  const planner = Planner.sample(today);
  const { title, blocks, from, to } = planner.report({ report: "review", today });
  assert.deepEqual([title, from, to], ["Sprint review: Checkout revamp, 23 Nov 2026", "2026-11-09", "2026-11-22"]);
  assert.deepEqual(blocks.filter(({ type }) => type === "heading").map(({ text }) => text), ["Outcomes", "What was finished, and for what", "What is next"]);
  assert.match(blocks.find(({ type }) => type === "paragraph").text, /^Sprint from 9 Nov to 22 Nov: \d+ items finished, \d+ of \d+ committed points\.$/);
  assert.equal(planner.report({ report: "review", today, sprint: "2026-10-30" }).from, "2026-10-26");
});

test("how the backlog is owned: counts with what stands behind them, and a place for the role", () => {
  const planner = Planner.sample(today);
  const { counts, stance } = planner.ownership();
  for (const { of, ids, missing } of counts.filter(({ of }) => of === "items")) {
    assert.equal(planner.rows({ filter: { ids }, today }).total, ids.length, of);
    assert.equal(ids.length + missing.length, planner.summary({ today }).counts.work);
  }
  assert.equal(stance, "");
  assert.equal(planner.ownership({ answers: [3, 3, 3, 3, 3, 3] }).stance, "strategist");
  assert.throws(() => planner.ownership({ answers: [7] }), { code: "invalid-number", path: "/answers/0" });
});
