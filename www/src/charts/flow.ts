import { html, nothing, svg } from "lit";
import { property } from "lit/decorators.js";
import type { FlowTimes } from "../../pkg/landfall";
import { dated, days, percent, spoken } from "../text.ts";
import { Chart, amount, chartStyles, define, numbers, sentence, thinned } from "./chart.ts";
import { dayOf, shortDate } from "./days.ts";
import { linear } from "./scale.ts";

const HEIGHT = 168;
const TOP = 14;
const BOTTOM = HEIGHT - 22;

/** How long each finished item took, by the day on which it was finished, and within which time most were. */
export class LandfallTimes extends Chart {
  static override styles = chartStyles;

  @property({ attribute: false }) times!: FlowTimes;
  @property({ attribute: false }) label = "";
  @property({ attribute: false }) today = "";

  override render() {
    const { width, today, label, times: { items, sentence: said, ...shares } } = this;
    const points = items.map(({ id, title, finished, days }) => ({ id, title, finished: finished!, days: days! }));
    const percentiles = ([[0.5, "p50"], [0.7, "p70"], [0.85, "p85"], [0.95, "p95"]] as const).map(([p, name]) => ({ p, days: shares[name]! }));
    const [left, right] = [34, width - 44];
    const at = points.map(({ finished }) => dayOf(finished));
    const x = linear([at[0]! - 1, at.at(-1)! + 1], [left, right]);
    const y = linear([0, Math.max(2, ...points.map((point) => point.days)) * 1.05], [BOTTOM, TOP]);
    // Where there is no room for all, 85 % goes first.
    const labels: typeof percentiles = [];
    for (const k of [2, 0, 3, 1]) if (labels.every(({ days }) => Math.abs(y(days) - y(percentiles[k]!.days)) >= 11)) labels.push(percentiles[k]!);
    const say = (k: number): string => `${points[k]!.id} ${points[k]!.title}: ${days(points[k]!.days)}, finished on ${spoken(points[k]!.finished, today)}`;
    const nearest = (pixel: number): number => at.reduce((best, day, k) => (Math.abs(x(day) - pixel) < Math.abs(x(at[best]!) - pixel) ? k : best), 0);
    return html`<figure>
      <div class="plot">
        <svg width=${width} height=${HEIGHT} role="img" aria-label="${label}: ${said}">
          ${y.ticks(4).map((value) => svg`<path d="M${left} ${Math.round(y(value)) + 0.5}H${right}" stroke="var(--line)"></path><text x=${left - 8} y=${y(value) + 4} text-anchor="end">${value}</text>`)}
          ${thinned([...new Set(points.map(({ finished }) => finished))], (day) => x(dayOf(day)), 54).map((day) => svg`<text x=${x(dayOf(day))} y=${HEIGHT - 5} text-anchor="middle">${shortDate(day)}</text>`)}
          ${points.map((point, k) => svg`<circle cx=${x(at[k]!)} cy=${y(point.days)} r=${k === this.active ? 5 : 3.5} fill=${k === this.active ? "var(--sea-1)" : "var(--sea-2)"}></circle>`)}
          ${percentiles.map(({ p, days }) => svg`<path d="M${left} ${y(days)}H${right}" stroke="var(--ink)" stroke-dasharray=${p === 0.85 ? "" : "2 3"}></path>`)}
          ${labels.map(({ p, days }) => svg`<text class="ink" x=${right + 6} y=${y(days) + 4}>${percent(p)}</text>`)}
        </svg>
        ${this.scrubber({ label: `${label} of finished items`, count: points.length, start: points.length - 1, at: nearest, say })}
        ${this.active === undefined ? nothing : this.tip(x(at[this.active]!), html`<b>${days(points[this.active]!.days)}</b>${points[this.active]!.id}, ${spoken(points[this.active]!.finished, today)}`)}
      </div>
      <figcaption class="sentence">${sentence(said)}</figcaption>
      ${numbers(label, ["Item", "finished", "days"], [...percentiles.map(({ p, days }) => [`${percent(p)} of them within`, "", `${days}`]), ...points.toReversed().map((point) => [`${point.id} ${point.title}`, spoken(point.finished, today), `${point.days}`])])}
    </figure>`;
  }
}

/** A sprint with two figures. */
export interface Pair {
  end: string;
  bar: number;
  tick?: number | undefined;
}

/** Two figures of every sprint: a bar, and a line across it. */
export class LandfallPairs extends Chart {
  static override styles = chartStyles;

  @property({ attribute: false }) pairs: readonly Pair[] = [];
  /** What the bars and the lines are. */
  @property({ attribute: false }) names: readonly [string, string] = ["", ""];
  @property({ attribute: false }) said = "";
  @property({ attribute: false }) label = "";
  @property({ attribute: false }) today = "";
  @property({ attribute: false }) head: readonly string[] = [];
  @property({ attribute: false }) rows: readonly (readonly string[])[] = [];

  override render() {
    const { width, today, names } = this;
    const [left, right] = [34, width - 14];
    const shown = this.pairs.slice(-Math.max(4, Math.floor((right - left) / 12)));
    const step = (right - left) / Math.max(1, shown.length);
    const bar = Math.min(26, step * 0.7);
    const y = linear([0, Math.max(1, ...shown.map(({ bar, tick = 0 }) => Math.max(bar, tick))) * 1.08], [BOTTOM, TOP]);
    const middle = (k: number): number => left + step * (k + 0.5);
    const say = (k: number): string => {
      const { end, bar, tick } = shown[k]!;
      return `Sprint to ${spoken(end, today)}: ${amount(bar)} ${names[0]}${tick === undefined ? "" : `, ${amount(tick)} ${names[1]}`}`;
    };
    return html`<figure>
      ${shown.length === 0 ? nothing : html`<div class="plot">
        <svg width=${width} height=${HEIGHT} role="img" aria-label="${this.label}: ${this.said}">
          ${y.ticks(4).filter((value) => value % 1 === 0).map((value) => svg`<path d="M${left} ${Math.round(y(value)) + 0.5}H${right}" stroke="var(--line)"></path><text x=${left - 8} y=${y(value) + 4} text-anchor="end">${amount(value)}</text>`)}
          ${thinned(shown.map((_, k) => k), middle, 54).map((k) => svg`<text x=${Math.min(middle(k), right - 12)} y=${HEIGHT - 5} text-anchor="middle">${shortDate(shown[k]!.end)}</text>`)}
          ${shown.map((pair, k) => svg`<rect x=${middle(k) - bar / 2} y=${y(pair.bar)} width=${bar} height=${BOTTOM - y(pair.bar)} rx="2" fill=${k === this.active ? "var(--sea-1)" : "var(--sea-2)"}></rect>
            ${pair.tick === undefined ? nothing : svg`<path d="M${middle(k) - bar / 2 - 3} ${y(pair.tick)}h${bar + 6}" stroke="var(--ink)" stroke-width="1.5"></path>`}`)}
        </svg>
        ${this.scrubber({ label: this.label, count: shown.length, start: shown.length - 1, at: (pixel) => Math.floor((pixel - left) / step), say })}
        ${this.active === undefined ? nothing : this.tip(middle(this.active), html`<b>Sprint to ${spoken(shown[this.active]!.end, today)}</b>${say(this.active).replace(/^.*?: /, "")}`)}
      </div>
      <ul class="legend" aria-hidden="true">
        <li><svg width="12" height="12"><rect width="12" height="12" rx="2" fill="var(--sea-2)"></rect></svg>${names[0]}</li>
        <li><svg width="16" height="12"><path d="M0 6h16" stroke="var(--ink)" stroke-width="1.5"></path></svg>${names[1]}</li>
      </ul>`}
      <figcaption class="sentence">${dated(sentence(this.said))}</figcaption>
      ${shown.length === 0 ? nothing : numbers(this.label, this.head, this.rows)}
    </figure>`;
  }
}

define("landfall-times", LandfallTimes);
define("landfall-pairs", LandfallPairs);
