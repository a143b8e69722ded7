// Scoring inputs: what they are called, and how their values are written and read.
import type { Method, Uncertain } from "../../pkg/landfall.js";
import { capital, number, percent, readUncertain, uncertain } from "../text.ts";

/** The scoring methods, as a choice of them names them, and what each multiplies, adds and divides. */
export const formulas: Record<Method, [name: string, formula: string]> = {
  "rice": ["RICE", "reach × impact × confidence ÷ effort"],
  "ice": ["ICE", "impact × confidence × ease"],
  "wsjf": ["WSJF", "(business value + time criticality + risk reduction) ÷ job size"],
  "value-effort": ["Value / effort", "value ÷ effort"],
  "weighted": ["Weighted", "the sum of weight × value over your own criteria"],
};

const hints: Record<string, string> = {
  reach: "how many people it reaches in a quarter, or whichever period you use for all items",
  impact: "how much it moves each of them",
  confidence: "how sure you are of the other figures",
  ease: "how easily it is done: the higher, the less work",
  value: "what it is worth",
  businessValue: "what it is worth to users and the business",
  timeCriticality: "how fast that worth decays",
  riskReduction: "which risk it takes away, or what it makes possible",
  effort: "how much work it is; the item’s size unless you say otherwise",
  jobSize: "how much work it is; the item’s size unless you say otherwise",
  size: "how much work it is",
};

/** "Business value" for `businessValue`; the team's own criteria are called as they are. */
export const inputName = (name: string): string => (name in hints ? capital(name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)) : name);

/** What an input asks. */
export const inputHint = (name: string): string => hints[name] ?? "one of your own criteria";

/** Whether an input is entered in percent: the confidence of RICE; that of ICE is a grade. */
export const isShare = (method: Method | undefined, name: string): boolean => name === "confidence" && (method ?? "rice") === "rice";

/** "5", "3–8", "50–80 %". */
export const writeInput = (value: Uncertain | null | undefined, share: boolean): string => uncertain(value, share ? percent : number).replace(/ %(?=–)/g, "");

/** What somebody typed for an input; 80 for a share is 80 %. */
export function readInput(text: string, what: string, share: boolean): Uncertain | null {
  const read = readUncertain(text, what);
  if (!share || read === null || text.includes("%")) return read;
  const most = typeof read === "number" ? read : read.high;
  return most > 1 ? scaled(read, 0.01) : read;
}

/** A number or range times a factor, to two significant digits. */
export function scaled(value: Uncertain, factor: number): Uncertain {
  const round = (n: number): number => Number((n * factor).toPrecision(2));
  return typeof value === "number" ? round(value) : { low: round(value.low), ...(value.likely == null ? {} : { likely: round(value.likely) }), high: round(value.high) };
}

/** The mean of a number or range. */
export const mean = (value: Uncertain): number => (typeof value === "number" ? value : value.likely == null ? (value.low + value.high) / 2 : (value.low + value.likely + value.high) / 3);
