// Words and numbers as people write and read them.
import { type TemplateResult, html } from "lit";
import type { Range, Uncertain } from "../pkg/landfall.js";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY = 86_400_000;

/** The civil date of this computer's clock. */
export function localToday(now = new Date()): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** How many days later `to` is. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY);

/** "12 May", with the year where it is neither today's nor within the next half year: as the core says it. */
export function spoken(date: string, today: string): string {
  const [year, month, day] = date.split("-");
  const short = `${Number(day)} ${months[Number(month) - 1] ?? "?"}`;
  const ahead = daysBetween(today, date);
  return year === today.slice(0, 4) || (ahead >= 0 && ahead <= 183) ? short : `${short} ${year}`;
}

/** "1 item", "3 items", "1,204 items". */
export const count = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString("en-GB")} ${n === 1 ? one : many}`;

/** "3 days". */
export const days = (n: number): string => count(n, "day");

const plain = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });
/** A number with at most two decimals. */
export const number = (value: number): string => plain.format(value);

/** A score: three digits are enough. */
export const score = (value: number): string =>
  new Intl.NumberFormat("en-GB", Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 }).format(value);

/** "5", "3–8", "3–5–13"; empty for nothing. */
export function uncertain(value: Uncertain | null | undefined, write: (n: number) => string = number): string {
  if (value == null) return "";
  if (typeof value === "number") return write(value);
  return [value.low, value.likely, value.high].filter((n) => n != null).map((n) => write(n)).join("–");
}

/** "80 %" for 0.8. */
export const percent = (value: number): string => `${number(value * 100)} %`;

/**
 * What somebody typed, as a number or a range: `5`, `3-8`, `3–5–13`, `2,5`, `1,400`, `80 %`, `2k`. Nothing for an empty
 * field. Order and bounds are the core's to judge.
 */
export function readUncertain(text: string, what: string): Uncertain | null {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed === "?" || trimmed === "—") return null;
  const shares = trimmed.includes("%");
  const parts = trimmed.split(/\s*(?:–|—|-|\.\.+|…|\bto\b)\s*/);
  const numbers = parts.map((part) => readNumber(part));
  if (parts.length > 3 || numbers.some((value) => value === undefined)) {
    throw new Error(shares ? `“${trimmed}” is no ${what}: write 80 %, or 50–80 %` : `“${trimmed}” is no ${what}: write 5, 3–8 or 3–5–8`);
  }
  const [a, b, c] = (numbers as number[]).map((value) => (shares ? value / 100 : value));
  if (b === undefined) return a!;
  return c === undefined ? { low: a!, high: b } : { low: a!, likely: b, high: c };
}

/**
 * What somebody typed, as a change: `40`, `+10–20`, `−30`, `−50 to −30`. A hyphen behind a digit stands between two
 * numbers, elsewhere it is a minus.
 */
export function readChange(text: string, what: string): Uncertain | null {
  const parts = text.trim().split(/\s*(?:(?<=[\d%k]\s*)[-–—]|\.\.+|…|\bto\b)\s*/i);
  const numbers = parts.map((part) => {
    const [, sign, bare] = /^([-−–+]?)\s*(.*)$/.exec(part)!;
    const value = readUncertain(bare!, what);
    return typeof value === "number" && sign && sign !== "+" ? -value : value;
  });
  if (numbers.every((value) => typeof value === "number") && numbers.length < 4) {
    // "−30 to −50" means the same as "−50 to −30".
    const [a, b, c] = numbers.every((value) => value < 0) ? numbers.sort((one, other) => one - other) : numbers;
    return b === undefined ? a! : c === undefined ? { low: a!, high: b } : { low: a!, likely: b, high: c };
  }
  if (numbers.length > 1) throw new Error(`“${text.trim()}” is no ${what}: write 40, 20–60 or −30`);
  return numbers[0] ?? null;
}

function readNumber(text: string): number | undefined {
  const match = /^(\d+(?:[.,]\d+)*)\s*(k?)\s*%?$/i.exec(text.trim());
  if (!match) return undefined;
  // 1,400 is a thousand and four hundred; 2,5 is two and a half.
  const digits = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(match[1]!) ? match[1]!.replaceAll(",", "") : match[1]!.replace(",", ".");
  const value = Number(digits) * (match[2] ? 1000 : 1);
  return Number.isFinite(value) ? value : undefined;
}

/** A poor, a usual and a good sprint as a range; an error where one of them is no number. */
export function readGuess(poor: string, usual: string, good: string): Range | undefined {
  if (![poor, usual, good].some((text) => text.trim())) return undefined;
  const [low, likely, high] = [poor, usual, good].map((text) => readNumber(text));
  if (low === undefined || high === undefined || (usual.trim() && likely === undefined)) {
    throw new Error("give a number for a poor, a usual and a good sprint");
  }
  return likely === undefined ? { low, high } : { low, likely, high };
}

/** "8 12 9" as numbers. */
export function readList(text: string): number[] {
  const parts = text.split(/[\s;]+|,\s+/).filter(Boolean);
  const numbers = parts.map((part) => readNumber(part));
  const bad = parts[numbers.indexOf(undefined)];
  if (bad !== undefined) throw new Error(`“${bad}” is no number: write what each sprint finished, like 8 12 9`);
  return numbers as number[];
}

/** A sentence of the core with its dates set off. */
export function dated(sentence: string): TemplateResult[] {
  const glued = sentence.replace(/(\d) (?=%|[A-Z][a-z]{2}\b|days?\b)/g, "$1\u00a0");
  return glued.split(/(\d{1,2}\u00a0(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: \d{4})?)/)
    .map((part, k) => (k % 2 ? html`<b>${part}</b>` : html`${part}`));
}

/** The sentence of an error, as it begins a line. */
export function reason(error: unknown): string {
  let text = error instanceof Error ? error.message : String(error);
  // A pointer into the request says nothing beside the field; a line of a file does.
  const { path } = (error ?? {}) as { path?: string };
  if (path?.startsWith("/") && text.startsWith(`${path}: `)) text = text.slice(path.length + 2);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The word for a status. */
export const statuses = { "todo": "To do", "in-progress": "In progress", "done": "Done", "declined": "Declined" } as const;
/** The word for a type. */
export const kinds = { "story": "Story", "bug": "Bug", "task": "Task", "spike": "Spike", "epic": "Epic", "sub-task": "Sub-task" } as const;
/** The names of scoring methods. */
export const methods = { "rice": "RICE", "ice": "ICE", "wsjf": "WSJF", "value-effort": "Value", "weighted": "Score" } as const;

/** The text with a capital letter at its beginning. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
