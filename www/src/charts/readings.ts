import { html, nothing, svg } from "lit";
import { property } from "lit/decorators.js";
import type { ObjectiveView } from "../../pkg/landfall";
import { dated, number, spoken } from "../text.ts";
import { Chart, chartStyles, define, numbers, sentence, thinned } from "./chart.ts";
import { dayOf } from "./days.ts";
import { linear } from "./scale.ts";

const HEIGHT = 132;
const TOP = 16;
const BOTTOM = HEIGHT - 22;

/** What an objective's metric has shown, and where it should be. */
export class LandfallReadings extends Chart {
  static override styles = chartStyles;

  @property({ attribute: false }) view!: ObjectiveView;
  /** The day from which it is planned. */
  @property({ attribute: false }) today = "";

  override render() {
    const { objective: { name, metric, target, due, ...objective }, outcome } = this.view;
    const readings = (objective.readings ?? []).toSorted((a, b) => (a.date < b.date ? -1 : 1));
    const first = readings[0];
    const last = readings.at(-1);
    if (first === undefined || last === undefined) return nothing;
    const { width, today } = this;
    // What open items are expected to add, where it is due.
    const hoped = outcome.expected == null || due == null || due <= last.date ? undefined : last.value + outcome.expected;
    const values = [...readings.map(({ value }) => value), ...(target == null ? [] : [target]), ...(hoped === undefined ? [] : [hoped])];
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const spare = (high - low || Math.abs(high) || 1) * 0.08;
    const y = linear([low - spare, high + spare], [BOTTOM, TOP]);
    const ticks = y.ticks(3);
    const left = 10 + 6.6 * Math.max(...ticks.map((value) => number(value).length));
    const x = linear([dayOf(first.date), Math.max(dayOf(last.date), dayOf(due ?? last.date), dayOf(first.date) + 1)], [left, width - 12]);
    const at = readings.map(({ date, value }) => [x(dayOf(date)), y(value)] as const);
    const say = (k: number): string => `${spoken(readings[k]!.date, today)}: ${number(readings[k]!.value)}`;
    const nearest = (pixel: number): number => at.reduce((best, [px], k) => (Math.abs(px - pixel) < Math.abs(at[best]![0] - pixel) ? k : best), 0);
    const active = this.active === undefined ? undefined : Math.min(this.active, at.length - 1);
    const labels = [...new Set([first.date, ...readings.map(({ date }) => date), last.date])];
    const dueAt = due == null ? undefined : x(dayOf(due));
    const end = at.at(-1)!;
    return html`<figure>
      <div class="plot">
        <svg width=${width} height=${HEIGHT} role="img" aria-labelledby="title desc">
          <title id="title">${metric || name}: its readings</title><desc id="desc">${outcome.sentence}</desc>
          ${ticks.map((value) => svg`<path d="M${left} ${Math.round(y(value)) + 0.5}H${width - 12}" stroke="var(--line)"></path><text x=${left - 6} y=${y(value) + 4} text-anchor="end">${number(value)}</text>`)}
          ${thinned(labels, (date) => x(dayOf(date)), 54).filter((date) => dueAt === undefined || date === due || dueAt - x(dayOf(date)) > 62).map((date) => svg`<text x=${Math.min(Math.max(x(dayOf(date)), left + 14), width - 22)} y=${HEIGHT - 5} text-anchor="middle">${spoken(date, today)}</text>`)}
          ${dueAt === undefined ? nothing : svg`<path d="M${dueAt} ${TOP - 6}V${BOTTOM}" stroke="var(--warn)" stroke-dasharray="2 3"></path><text class="warn" x=${Math.min(dueAt + 4, width - 2)} y=${HEIGHT - 5} text-anchor="end">due ${spoken(due!, today)}</text>`}
          ${target == null ? nothing : svg`<path d="M${left} ${y(target)}H${width - 12}" stroke="var(--ink)" stroke-dasharray="4 3"></path><text class="ink halo" x=${left + 4} y=${y(target) + (y(target) < TOP + 14 ? 13 : -5)}>target ${number(target)}</text>`}
          ${hoped === undefined ? nothing : svg`<g><title>Where open items are expected to bring it: ${number(hoped)}</title><path d="M${end[0]} ${end[1]}L${dueAt} ${y(hoped)}" stroke="var(--sea-1)" stroke-dasharray="1 3" stroke-linecap="round"></path><circle cx=${dueAt} cy=${y(hoped)} r="3.5" fill="var(--bg)" stroke="var(--sea-1)" stroke-width="1.5"></circle></g>`}
          <path d="M${at.map((point) => point.join(" ")).join("L")}" fill="none" stroke="var(--sea-1)" stroke-width="2" stroke-linejoin="round"></path>
          ${at.map(([px, py], k) => svg`<circle cx=${px} cy=${py} r=${k === active ? 4.5 : 3} fill="var(--sea-1)"></circle>`)}
        </svg>
        ${this.scrubber({ label: `Readings of ${metric || name}`, count: at.length, start: at.length - 1, at: nearest, say })}
        ${active === undefined ? nothing : this.tip(at[active]![0], html`<b>${number(readings[active]!.value)}</b>${spoken(readings[active]!.date, today)}`)}
      </div>
      <figcaption class="sentence">${dated(sentence(outcome.sentence))}</figcaption>
      ${numbers(`Readings of ${metric || name}`, ["On", metric || "value"], readings.toReversed().map(({ date, value }) => [spoken(date, today), number(value)]))}
    </figure>`;
  }
}

define("landfall-readings", LandfallReadings);
declare global {
  interface HTMLElementTagNameMap {
    "landfall-readings": LandfallReadings;
  }
}
