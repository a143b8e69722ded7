// The package keeps the contract of tests/data/contract.d.ts: a program written against that compiles against this.
// Checked by tsc alone. (`make check` runs it, after `make package`.)
import type * as contract from "../data/contract.js";
import * as landfall from "../../www/dist/npm/index.js";

type Kept = keyof typeof landfall & keyof typeof contract;
export const functions: Pick<typeof contract, Kept> = landfall;

// What src/wasm.rs does not export yet. A name that is neither here nor exported is an error; in the end this is `never`.
type NotYet = "checkStory" | "readStories";
type Missing = Exclude<keyof typeof contract, keyof typeof landfall | NotYet>;
export const missing: [Missing] extends [never] ? "nothing" : Missing = "nothing";

// The names of types. Move them up as they come.
export type { LandfallError, Range } from "../../www/dist/npm/index.js";
// History, WorkItem, Risk, ForecastRequest, Completion, Forecast, Uncertain, RankRequest, Ranking,
// Command, Change, PlanDocument, Rows, Row, ItemDetail, Summary, PlanForecast, Comparison
