// The package keeps the contract of tests/data/contract.d.ts: a program written against that compiles against this.
// Checked by tsc alone. (`make check` runs it, after `make package`.)
import type * as contract from "../data/contract.js";
import * as landfall from "../../www/dist/npm/index.js";

type Kept = Exclude<keyof typeof landfall & keyof typeof contract, "Planner">;
export const functions: Pick<typeof contract, Kept> = landfall;

export const planner = (planner: landfall.Planner): contract.Planner => planner;
export const constructed: { new (): landfall.Planner; sample(today?: string): landfall.Planner; fromJSON(document: unknown): landfall.Planner } = landfall.Planner;

// What src/wasm.rs does not export yet: nothing. A name that is not exported is an error.
type NotYet = never;
type Missing = Exclude<keyof typeof contract, keyof typeof landfall | NotYet>;
export const missing: [Missing] extends [never] ? "nothing" : Missing = "nothing";

// The names of types.
export type {
  Change, Command, Comparison, Completion, Forecast, ForecastRequest, History, ItemDetail, LandfallError, PlanDocument, PlanForecast,
  Range, RankRequest, Ranking, Risk, Row, Rows, Summary, Uncertain, WorkItem,
} from "../../www/dist/npm/index.js";

// What the contract leaves open: which report is exported.
export const exported = (planner: landfall.Planner): string[] =>
  (["json", "csv", "jira-csv", "linear-csv", "azure-csv", "github-csv", "markdown", "html", "confluence", "text"] as const).map((format) => planner.export(format, { report: "update", scenario: "Acme first", today: "2026-11-23" }));
export const lost = (planner: landfall.Planner): string[] => planner.exportNotes("jira-csv", { scenario: "Acme first" });
