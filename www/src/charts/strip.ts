import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import type { Axis, Lands } from "../../pkg/landfall";
import { spoken } from "../text.ts";
import { dayOf, divide, shortDate } from "./days.ts";

/** An objective's date, which is a dotted line through all rows. */
export interface Due {
  date: string;
  name: string;
}

/** How a strip is drawn. */
export interface StripOptions {
  width: number;
  height: number;
  /** The day beside which years are left out. */
  today?: string;
  /** All dates that matter; the same array for all rows is the quickest. */
  objectives?: readonly Due[];
  /** The date of the row's own objective: a tick behind it is drawn as late. */
  due?: string | undefined;
}

/**
 * When something lands, on the axis that all rows share: a light bar from 15 % to the half-way date, a stronger one on
 * to the firm tick at 85 %, a hairline to 95 %. What lies beyond the horizon leaves through the right edge as an arrow.
 *
 * Made to be drawn by the hundred while a row is dragged: always the same elements, so that only attributes change.
 */
export function strip(lands: Lands, axis: Axis, options: StripOptions): TemplateResult {
  const { width, height } = options;
  const beside = options.today ?? axis.from;
  const from = dayOf(axis.from);
  const scale = width / Math.max(1, dayOf(axis.to) - from);
  const at = (date: string | null | undefined): number =>
    date == null ? Infinity : Math.max(0, (dayOf(date) - from) * scale);
  const [x15, x50, x85, x95] = [at(lands.p15), at(lands.p50), at(lands.p85), at(lands.p95)];
  const middle = height / 2;
  const bar = Math.max(5, Math.min(8, Math.round(height / 3)));
  const top = middle - bar / 2;
  const away = x95 > width;
  // The arrow stands alone at the edge.
  const edge = away ? width - 8 : width - 1;
  const late = options.due !== undefined && x85 > at(options.due);
  // A bar that is less than a pixel wide would not be seen.
  const length = (a: number, b: number): number => (a >= edge ? 0 : Math.max(1, Math.min(b, edge) - a));
  const tip = `M${width - 5} ${middle - 4}l4 4l-4 4`;
  return html`<svg class="strip" width=${width} height=${height} role="img" aria-label=${landsSentence(lands, beside, late ? options.due : undefined)}><title>${landsLine(lands, beside)}</title><path d=${gridPath(axis, width, height)} stroke="var(--line)"></path><path d=${duePath(options.objectives, axis, width, height)} stroke="var(--warn)" stroke-dasharray="2 3" opacity=".75"></path><rect x=${Math.min(x85, edge)} y=${middle - 1} width=${length(x85, x95)} height="2" fill="var(--sea-3)"></rect><rect x=${Math.min(x15, edge)} y=${top} width=${length(x15, x50)} height=${bar} rx="2" fill="var(--sea-3)"></rect><rect x=${Math.min(x50, edge)} y=${top} width=${length(x50, x85)} height=${bar} fill="var(--sea-2)"></rect><rect x=${x85 > width ? -9 : Math.min(x85 - 1.25, width - 2.5)} y=${middle - 7} width="2.5" height="14" rx="1" fill=${late ? "var(--bad)" : "var(--sea-1)"}></rect><path d=${away ? tip : ""} fill="none" stroke=${x85 > width ? "var(--sea-1)" : "var(--sea-2)"} stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round"></path></svg>`;
}

/** "85 percent sure by 29 Jan, half sure by 20 Jan". */
export function landsSentence(lands: Lands, beside: string, due?: string): string {
  const sure = lands.p85 == null ? "not 85 percent sure within the horizon" : `85 percent sure by ${spoken(lands.p85, beside)}`;
  const half = lands.p50 == null ? "not half sure within it" : `half sure by ${spoken(lands.p50, beside)}`;
  const late = due === undefined ? "" : `; its objective is due on ${spoken(due, beside)}`;
  return `${sure}, ${half}${late}`;
}

function landsLine(lands: Lands, beside: string): string {
  const part = (chance: string, date: string | null | undefined): string =>
    `${chance} by ${date == null ? "no date within the horizon" : spoken(date, beside)}`;
  return [part("15 %", lands.p15), part("50 %", lands.p50), part("85 %", lands.p85), part("95 %", lands.p95)].join(" · ");
}

/** The head of the column of strips: months, thinned where it is narrow, and the objectives' names at their lines. */
export function axisHeader(axis: Axis, width: number, options: { height?: number; objectives?: readonly Due[]; today?: string } = {}): TemplateResult {
  const height = options.height ?? 34;
  const beside = options.today ?? axis.from;
  const from = dayOf(axis.from);
  const scale = width / Math.max(1, dayOf(axis.to) - from);
  const objectives = within(options.objectives, axis);
  const two = objectives.length > 0 && height >= 30;
  const base = two ? height / 2 - 4 : height / 2 + 4;
  const ticks = divide(axis, width);
  const firstTick = ticks[0] === undefined ? width : (ticks[0].day - from) * scale;
  return html`<svg class="axis" width=${width} height=${height} role="img" aria-label=${axisSentence(axis, objectives, beside)}>
    <path d=${gridPath(axis, width, height)} stroke="var(--line)"></path>
    ${firstTick >= 40 ? svg`<text class="month" x="0" y=${base}>${shortDate(axis.from)}</text>` : nothing}
    ${ticks.map((tick) => {
      const x = (tick.day - from) * scale;
      // A label that would leave the picture is not begun.
      return x + 4 + 6.6 * tick.label.length > width ? nothing : svg`<text class="month" x=${x + 4} y=${base}>${tick.label}</text>`;
    })}
    ${two ? flags(objectives, from, scale, width, height, beside) : nothing}
  </svg>`;
}

// A name stands where there is room for it; where there is none its line still has its tooltip.
function flags(objectives: readonly Due[], from: number, scale: number, width: number, height: number, beside: string): SVGTemplateResult[] {
  const sorted = objectives.map((due) => ({ due, x: (dayOf(due.date) - from) * scale })).sort((a, b) => a.x - b.x);
  let taken = -Infinity;
  return sorted.map(({ due, x }, k) => {
    const next = sorted[k + 1]?.x ?? Infinity;
    const room = (side: number): number => Math.floor((side - 8) / 6.2);
    const right = room(Math.min(width, next) - x);
    const left = room(x - Math.max(taken, 0));
    const leftwards = right < 8 && left > right;
    const text = clip(due.name, leftwards ? left : right);
    taken = leftwards || text === "" ? x : x + 8 + 6.2 * text.length;
    return svg`<g class="flag"><title>${due.name}, by ${spoken(due.date, beside)}</title><path d="M${x} ${height / 2}V${height}" stroke="var(--warn)" stroke-dasharray="2 3"></path><path d="M${x - 3} ${height / 2}h6l-3 5z" fill="var(--warn)"></path><text x=${leftwards ? x - 6 : x + 6} y=${height - 6} text-anchor=${leftwards ? "end" : "start"}>${text}</text></g>`;
  });
}

function clip(text: string, letters: number): string {
  if (text.length <= letters) return text;
  return letters < 5 ? "" : `${text.slice(0, letters - 1).trimEnd()}…`;
}

function axisSentence(axis: Axis, objectives: readonly Due[], beside: string): string {
  const named = objectives.map((due) => `; ${due.name} by ${spoken(due.date, beside)}`).join("");
  return `From ${spoken(axis.from, beside)} to ${spoken(axis.to, beside)}${named}`;
}

function within(objectives: readonly Due[] | undefined, axis: Axis): Due[] {
  return (objectives ?? []).filter((due) => due.date >= axis.from && due.date <= axis.to);
}

// All rows of a list ask for the same two paths.
let grid: { key: string; path: string } | undefined;

function gridPath(axis: Axis, width: number, height: number): string {
  const key = `${axis.from} ${axis.to} ${width} ${height}`;
  if (grid?.key !== key) {
    const from = dayOf(axis.from);
    const scale = width / Math.max(1, dayOf(axis.to) - from);
    grid = { key, path: divide(axis, width).map((tick) => `M${crisp((tick.day - from) * scale)} 0V${height}`).join("") };
  }
  return grid.path;
}

let due: { objectives: readonly Due[]; key: string; path: string } | undefined;

function duePath(objectives: readonly Due[] | undefined, axis: Axis, width: number, height: number): string {
  if (objectives === undefined || objectives.length === 0) return "";
  const key = `${axis.from} ${axis.to} ${width} ${height}`;
  if (due?.key !== key || due.objectives !== objectives) {
    const from = dayOf(axis.from);
    const scale = width / Math.max(1, dayOf(axis.to) - from);
    const path = within(objectives, axis).map((one) => `M${crisp((dayOf(one.date) - from) * scale)} 0V${height}`).join("");
    due = { objectives, key, path };
  }
  return due.path;
}

// A line of one pixel is sharp in the middle of a pixel.
function crisp(x: number): number {
  return Math.floor(x) + 0.5;
}
