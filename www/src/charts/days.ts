import type { Axis, Lands } from "../../pkg/landfall";

// Civil days as whole numbers, and the words for them. A day has no zone: everything here counts in UTC and never asks
// what the time is.

const names = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAY = 86_400_000;

/** The day's number, counted from 1970-01-01. */
export function dayOf(date: string): number {
  return Math.round(Date.parse(date) / DAY);
}

/** The day of a number. */
export function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** "29 Jan", where an axis says the year. */
export function shortDate(date: string): string {
  const [, month, day] = date.split("-");
  return `${Number(day)} ${names[Number(month) - 1]?.slice(0, 3) ?? "?"}`;
}

/**
 * The last day that a picture of the finish needs: the one of 95 %, unless a long tail puts it so far off that the rest
 * would be pressed into a corner.
 */
export function shownUntil({ p85, p95 }: Lands, today: string): number {
  if (p85 == null) return Infinity;
  const far = dayOf(p85) + Math.max(14, 0.5 * (dayOf(p85) - dayOf(today)));
  return p95 == null ? far : Math.min(far, dayOf(p95));
}

/** A day that divides an axis, and what stands beside it. */
export interface Tick {
  day: number;
  /** Empty where only a line is drawn. */
  label: string;
}

/**
 * What divides an axis of this width: weeks when it spans weeks, else every month, or as many of them as there is room
 * for. The year stands where it changes.
 */
export function divide(axis: Axis, width: number): Tick[] {
  const from = dayOf(axis.from);
  const to = dayOf(axis.to);
  if (!(to > from) || !(width > 0)) return [];
  const pixels = width / (to - from);
  return to - from <= 56 ? weeks(from, to, pixels) : months(from, to, pixels);
}

function weeks(from: number, to: number, pixels: number): Tick[] {
  const step = [1, 2, 4].find((k) => k * 7 * pixels >= 46) ?? 8;
  const ticks: Tick[] = [];
  // 1970-01-05 was a Monday, day 4.
  for (let day = from + ((((4 - from) % 7) + 7) % 7); day < to; day += 7 * step) ticks.push({ day, label: shortDate(dateOf(day)) });
  return ticks;
}

function months(from: number, to: number, pixels: number): Tick[] {
  const step = [1, 2, 3, 6].find((k) => k * 30.4 * pixels >= 34) ?? 12 * Math.max(1, Math.ceil(40 / (365 * pixels)));
  const long = step === 1 && 30.4 * pixels >= 74;
  const first = new Date(from * DAY);
  const ticks: Tick[] = [];
  let month = Math.ceil((first.getUTCFullYear() * 12 + first.getUTCMonth() + (first.getUTCDate() > 1 ? 1 : 0)) / step) * step;
  for (; ; month += step) {
    const year = Math.floor(month / 12);
    const day = Date.UTC(year, month % 12, 1) / DAY;
    if (!(day < to)) return ticks;
    const name = names[month % 12] ?? "";
    ticks.push({ day, label: month % 12 > 0 ? (long ? name : name.slice(0, 3)) : step * 30.4 * pixels >= 62 && step < 12 ? `Jan ${year}` : String(year) });
  }
}
