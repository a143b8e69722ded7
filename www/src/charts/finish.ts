import { type SVGTemplateResult, html, nothing, svg } from "lit";
import { property } from "lit/decorators.js";
import type { FinishShare, PlanForecast } from "../../pkg/landfall";
import { dated, spoken } from "../text.ts";
import { Chart, chance, chartStyles, define, numbers, sentence, thinned } from "./chart.ts";
import { dayOf, shortDate, shownUntil } from "./days.ts";
import { type Scale, linear } from "./scale.ts";

/** One bar: a sprint, or as many of them as a bar needs to be seen. */
interface Bar extends FinishShare {
  sprints: number;
}

/** In which sprint everything lands, and how likely that is. */
export class LandfallFinish extends Chart {
  static override styles = chartStyles;

  @property({ attribute: false }) forecast: PlanForecast | undefined;
  @property({ attribute: false }) today = "";
  /** A day whose place among the bars is marked. */
  @property({ attribute: false }) deadline = "";

  override render() {
    const forecast = this.forecast;
    if (forecast === undefined || forecast.finish.length === 0) return nothing;
    const { lands } = forecast;
    const said = sentence(forecast.finishSentence || `That everything lands within the horizon is ${chance(forecast.withinHorizon)} likely`);
    const width = this.width;
    const height = width < 480 ? 190 : 210;
    const [top, bottom, left, right] = [42, height - 22, 40, width - 14];
    const most = Math.max(12, Math.floor((right - left) / 11));
    const some = shown(forecast.finish, shownUntil(lands, this.today));
    const bars = group(some, most);
    const last = bars.at(-1);
    const later = 1 - (last?.byThen ?? 0);
    const slot = later >= 0.005 ? 46 : 0;
    const from = dayOf(bars[0]?.start ?? this.today);
    const x = linear([from, dayOf(last?.end ?? this.today) + 1], [left, right - slot]);
    const y = linear([0, Math.max(0.05, ...bars.map((bar) => bar.share)) * 1.12], [bottom, top], true);
    const middle = (bar: Bar): number => Math.min((x(dayOf(bar.start)) + x(dayOf(bar.end) + 1)) / 2, right - slot - 10);
    const labels = thinned(slot > 0 ? bars.filter((bar) => middle(bar) <= right - slot - 16) : bars, middle, 50);
    const mark = (date: string | null | undefined, text: string, strong: boolean) =>
      date == null ? [] : [{ at: x(dayOf(date) + 0.5), strong, text: `${text} ${spoken(date, this.today)}` }];
    const marks = [...mark(lands.p50, "half sure by", false), ...mark(lands.p85, "85 % sure by", true)].filter(({ at }) => at >= left && at <= right - slot);
    const place = (pixel: number): number => {
      const found = bars.findIndex((bar) => pixel < x(dayOf(bar.end) + 1));
      return found < 0 ? bars.length - 1 : found;
    };
    const say = (k: number): string => {
      const bar = bars[k];
      return bar ? `${named(bar, this.today)}: ${chance(bar.share)} that everything lands in it, ${chance(bar.byThen)} by its end` : "";
    };
    const active = this.active === undefined ? undefined : bars[Math.min(this.active, bars.length - 1)];
    return html`<figure>
      <div class="plot">
        <svg width=${width} height=${height} role="img" aria-labelledby="title desc">
          <title id="title">The sprint in which everything lands</title>
          <desc id="desc">${said}</desc>
          ${y.ticks(4).map((value) => svg`<path d="M${left} ${Math.round(y(value)) + 0.5}H${right}" stroke="var(--line)"></path><text x=${left - 8} y=${y(value) + 4} text-anchor="end">${Math.round(value * 100)} %</text>`)}
          ${bars.map((bar) => {
            const [x0, x1] = [x(dayOf(bar.start)), x(dayOf(bar.end) + 1)];
            const gap = x1 - x0 > 8 ? 1.5 : 0.5;
            return svg`${column(x0 + gap, x1 - gap, y(bar.share), bottom, bar, active === bar)}`;
          })}
          ${labels.map((bar) => svg`<text x=${middle(bar)} y=${bottom + 16} text-anchor="middle">${shortDate(bar.end)}</text>`)}
          ${slot === 0 ? nothing : svg`<path d="M${right - slot + 8.5} ${y(later)}V${bottom}h${slot - 8}V${y(later)}z" fill="none" stroke="var(--sea-2)" stroke-dasharray="3 2"></path>
            <text x=${right - slot / 2 + 4} y=${y(later) - 6} text-anchor="middle">${chance(later)}</text><text x=${right - slot / 2 + 4} y=${bottom + 16} text-anchor="middle">later</text>`}
          <path d="M${left} ${bottom + 0.5}H${right}" stroke="var(--faint)"></path>
          ${marks.map(({ at, text, strong }) => {
            const room = 6.6 * text.length;
            const before = strong ? right - at < room : at - left > room;
            const other = strong ? undefined : marks[1]?.at;
            // Half-way gives way where its words would run through the other line: the sentence says them too.
            const fits = before || other === undefined || other - at > room + 12;
            const level = strong ? 12 : 28;
            return svg`<path d="M${at} ${level - 9}V${bottom}" stroke="var(--sea-1)" stroke-width=${strong ? 2 : 1.25} stroke-dasharray=${strong ? "" : "4 3"}></path>
              ${fits ? svg`<text class="halo ${strong ? "strong" : "ink"}" x=${before ? at - 6 : at + 6} y=${level} text-anchor=${before ? "end" : "start"}>${text}</text>` : nothing}`;
          })}
          ${this.#due(x, bottom)}
        </svg>
        ${this.scrubber({ label: "Sprints in which everything may land", count: bars.length, start: 0, at: place, say })}
        ${active === undefined
          ? nothing
          : this.tip(
              x((dayOf(active.start) + dayOf(active.end)) / 2),
              html`<b>${named(active, this.today)}</b><dl><dt>lands in it</dt><dd>${chance(active.share)}</dd><dt>by its end</dt><dd>${chance(active.byThen)}</dd></dl>`,
            )}
      </div>
      <figcaption class="sentence">${dated(said)}</figcaption>
      ${numbers(
        "The chance that everything lands, by sprint",
        ["Sprint to", "lands in it", "by its end"],
        [
          ...some.map((share) => [spoken(share.end, this.today), chance(share.share), chance(share.byThen)]),
          ...(later >= 0.005 ? [["later, or never", chance(later), ""]] : []),
        ],
      )}
    </figure>`;
  }

  #due(x: Scale, bottom: number): SVGTemplateResult | typeof nothing {
    const [from = 0, to = 0] = x.domain;
    const day = this.deadline === "" ? NaN : dayOf(this.deadline) + 0.5;
    if (!(day >= from && day <= to)) return nothing;
    const at = x(day);
    return svg`<path d="M${at} 8V${bottom}" stroke="var(--warn)" stroke-width="1.5" stroke-dasharray="2 3"></path><path d="M${at - 4} 1h8l-4 7z" fill="var(--warn)"></path>`;
  }
}

// Light up to the half-way date, strong on to 85 %, outlined beyond: as in the strips.
function column(x0: number, x1: number, top: number, bottom: number, bar: Bar, active: boolean): SVGTemplateResult {
  const before = bar.byThen - bar.share;
  const wide = Math.max(1, x1 - x0);
  const high = bottom - top;
  if (before >= 0.85) {
    return svg`<rect x=${x0 + 0.5} y=${top + 0.5} width=${Math.max(0.5, wide - 1)} height=${Math.max(0, high - 0.5)} fill=${active ? "var(--sea-3)" : "none"} stroke="var(--sea-2)"></rect>`;
  }
  return svg`<rect x=${x0} y=${top} width=${wide} height=${Math.max(bar.share > 0 ? 1 : 0, high)} fill=${active ? "var(--sea-1)" : bar.byThen < 0.5 ? "var(--sea-3)" : "var(--sea-2)"}></rect>`;
}

// The long tail goes into "later".
function shown(finish: readonly FinishShare[], until: number): readonly FinishShare[] {
  const enough = finish.findIndex((share) => share.byThen >= 0.995 || dayOf(share.end) > until + 31);
  return enough < 0 ? finish.slice(0, 130) : finish.slice(0, enough + 1);
}

// Sprints are put together when there are more of them than bars can be told apart.
function group(shown: readonly FinishShare[], most: number): Bar[] {
  const size = Math.ceil(shown.length / most);
  const bars: Bar[] = [];
  for (let k = 0; k < shown.length; k += size) {
    const part = shown.slice(k, k + size);
    const [first, last] = [part[0], part.at(-1)];
    if (first && last) bars.push({ start: first.start, end: last.end, share: part.reduce((sum, one) => sum + one.share, 0), byThen: last.byThen, sprints: part.length });
  }
  return bars;
}

function named(bar: Bar, beside: string): string {
  return bar.sprints === 1 ? `Sprint to ${spoken(bar.end, beside)}` : `${bar.sprints} sprints to ${spoken(bar.end, beside)}`;
}

define("landfall-finish", LandfallFinish);
declare global {
  interface HTMLElementTagNameMap {
    "landfall-finish": LandfallFinish;
  }
}
