// A linear scale. d3-scale has one, and brings colours, formats and times with it: a tenth of the page's script.
import { ticks } from "d3-array";

export interface Scale {
  (value: number): number;
  readonly domain: readonly [number, number];
  /** Round values over the domain, about so many. */
  ticks(count: number): number[];
}

/** Maps `domain` to `range`; clamped, nothing lies beyond the range. */
export function linear([from, to]: [number, number], [start, end]: [number, number], clamped = false): Scale {
  const share = (value: number) => (to === from ? 0 : (value - from) / (to - from));
  const scale = (value: number) => start + (clamped ? Math.min(Math.max(share(value), 0), 1) : share(value)) * (end - start);
  return Object.assign(scale, { domain: [from, to] as const, ticks: (count: number) => ticks(from, to, count) });
}
