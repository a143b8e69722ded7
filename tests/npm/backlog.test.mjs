// The backlog through the package: stories, scores, order, requests and decisions, as a program uses them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Planner, checkStory, rank, readStories } from "../../www/dist/npm/index.js";

const today = "2026-11-23";

test("a story is checked as an item of a plan, and as it was read", () => {
  const rules = (story) => checkStory(story).map(({ rule, where }) => `${rule} ${where}`);
  const story = { asA: "treasurer", iWant: "export the member list", soThat: "the bank gets it without retyping" };
  const criteria = ["Given 300 members, when I export, then the file has 301 lines"];
  assert.deepEqual(rules({ title: "Export the member list", story, criteria: criteria.map((text) => ({ text })), objective: "less-typing" }), []);
  assert.deepEqual(rules({ title: "Export the member list", ...story, criteria }), []);
  assert.deepEqual(rules({ title: "Export the member list", story: { ...story, soThat: "" } }), ["benefit-missing /story/soThat", "criteria-missing /criteria", "objective-missing /objective"]);
  const [finding] = checkStory({ title: "Export", ...story, criteria: ["The export is fast and user-friendly"] });
  assert.equal(finding.where, "/criteria/0");
  for (const text of [finding.message, finding.fix]) assert.match(text, /\S/);
  for (const nonsense of [null, 3, "a story", [], { title: 3 }, { criteria: "all of them" }]) {
    assert.throws(() => checkStory(nonsense), { name: "LandfallError", code: "invalid-request" });
  }
});

test("an assistant's answer becomes stories", () => {
  const stories = readStories(`Sure! Here are two stories:

1. **As a** treasurer, **I want** to export the member list, **so that** the bank gets it without retyping.
   - Given 300 members, when I export, then the file has 301 lines
   - The file opens in a spreadsheet
2. As an auditor, I'd like to see who exported it so that nobody has to be asked

Let me know if you need more!`);
  assert.deepEqual(stories, [
    {
      title: "Export the member list", asA: "treasurer", iWant: "export the member list", soThat: "the bank gets it without retyping",
      criteria: ["Given 300 members, when I export, then the file has 301 lines", "The file opens in a spreadsheet"],
    },
    { title: "See who exported it", asA: "auditor", iWant: "see who exported it", soThat: "nobody has to be asked", criteria: [] },
  ]);
  assert.deepEqual(readStories(""), []);
});

test("a ranking tells the chance to be among the best", () => {
  const item = (id, value) => ({ id, value, effort: 1 });
  const { scores } = rank({ method: "value-effort", items: [item("a", { low: 0, high: 10 }), item("b", 6)], top: 1 });
  // a lies above 6 in four cases of ten; four standard errors of 10,000 trials.
  assert.ok(Math.abs(scores[0].top - 0.4) < 4 * Math.sqrt(0.24 / 10_000), `${scores[0].top}`);
  assert.equal(scores[0].top + scores[1].top, 1);
});

test("a backlog is scored, put in order with a look ahead, and taken back", () => {
  const planner = Planner.sample(today);
  const before = planner.toJSON();
  const { items, sentence, cost } = planner.ranking({ top: 5, count: 10, today });
  assert.equal(items.length, 10);
  assert.match(sentence, /^today's order costs \S+ % more delay than the best one found/);
  assert.ok(cost.best < cost.given);
  const preview = planner.order({ by: "value", today });
  assert.equal(preview.command.type, "orderItems");
  assert.ok(preview.moves.every(({ before, after }) => before && after), "every move has both its dates");
  planner.apply(preview.command);
  assert.match(planner.ranking({ today }).sentence, /today's order is the best one found/);
  planner.undo();
  assert.deepEqual(planner.toJSON(), before);
});

test("a request is declined with a reason, which stands among the decisions", () => {
  const planner = Planner.sample(today);
  const { command } = planner.apply({ type: "setRequest", request: { from: "Acme", problem: "No dark mode" } });
  const { id } = command.request;
  assert.throws(() => planner.apply({ type: "decline", requests: [id], why: " " }), { code: "invalid-request", path: "/why" });
  planner.apply({ type: "decline", requests: [id], why: "two of 4,000 asked for it", date: today });
  assert.deepEqual(planner.requests({ state: "declined", from: "Acme" }).map(({ why }) => why), ["two of 4,000 asked for it"]);
  assert.equal(planner.decisions()[0].decision.what, "Decline the request of Acme: No dark mode");
});

test("an item is split by a proposal, and the pieces inherit", () => {
  const planner = Planner.sample(today);
  planner.apply({ type: "addItem", item: {
    id: "X-1", title: "Export orders as CSV, Excel and PDF", objective: "renewals", tags: ["export"],
    story: { asA: "bookkeeper", iWant: "export orders as CSV, Excel and PDF", soThat: "I need not retype them" },
    criteria: [{ text: "The CSV opens in a spreadsheet" }, { text: "The PDF has the letterhead" }, { text: "The Excel file keeps numbers as numbers" }],
  } });
  const [proposal] = planner.splits("X-1");
  assert.equal(proposal.by, "data");
  const { ids } = planner.apply({ type: "splitItem", id: "X-1", pieces: proposal.pieces });
  assert.equal(ids.length, 3);
  for (const id of ids) {
    const { item } = planner.item(id, { today });
    assert.deepEqual([item.objective, item.tags, item.criteria.length], ["renewals", ["export"], 1]);
  }
  assert.match(planner.prompt("X-1"), /bookkeeper/);
});
