// What an order under the hand means: the moved row's new date, and what it costs the others.
import type { Row } from "../pkg/landfall.js";
import { count, days, daysBetween, spoken } from "./text.ts";

/** "SSO for Acme: 29 Jan instead of 14 Feb; 3 others later by up to 5 days". */
export function tradeOff(id: string, before: ReadonlyMap<string, string | null>, after: readonly Row[], today: string): string {
  const moved = after.find((row) => row.id === id);
  if (!moved) return "";
  const date = (day: string | null | undefined): string => (day == null ? "not within the horizon" : spoken(day, today));
  const [was, is] = [before.get(id), moved.lands?.p85];
  const own = was === undefined || date(was) === date(is) ? `${moved.title}: still ${date(is)}` : `${moved.title}: ${date(is)} instead of ${date(was)}`;
  const later: number[] = [];
  const earlier: number[] = [];
  for (const row of after) {
    const [old, now] = [before.get(row.id), row.lands?.p85];
    if (row.id === id || !old || !now) continue;
    const shift = daysBetween(old, now);
    if (shift > 0) later.push(shift);
    if (shift < 0) earlier.push(-shift);
  }
  const group = (shifts: number[], how: string): string[] =>
    shifts.length ? [`${count(shifts.length, "other")} ${how} by ${shifts.length > 1 ? "up to " : ""}${days(Math.max(...shifts))}`] : [];
  return [own, ...group(later, "later"), ...group(earlier, "earlier")].join("; ");
}

/** The 85 % date of every row. */
export const datesOf = (rows: readonly Row[]): Map<string, string | null> => new Map(rows.map((row) => [row.id, row.lands?.p85 ?? null]));
