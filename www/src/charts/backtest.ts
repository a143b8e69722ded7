import { type SVGTemplateResult, css, html, nothing, svg } from "lit";
import { property } from "lit/decorators.js";
import type { PastAmountView, PlanBacktest, TrackRecord, Unit } from "../../pkg/landfall";
import { dated, spoken } from "../text.ts";
import { Chart, amount, amountOf, chartStyles, define, numbers, sentence, thinned } from "./chart.ts";
import { shortDate } from "./days.ts";
import { type Scale, linear } from "./scale.ts";

/** How forecasts from the plan's own past would have held: each with what came, and how often which chance held. */
export class LandfallBacktest extends Chart {
  static override styles = [chartStyles, css`
    .pair { display: flex; gap: 16px; margin-top: 14px; }
    .method { color: var(--muted); }
  `];

  @property({ attribute: false }) backtest: PlanBacktest | undefined;
  @property({ attribute: false }) unit: Unit = "points";
  @property({ attribute: false }) today = "";
  /** The model whose forecasts are drawn. */
  @property({ attribute: false }) model: "calibrated" | "bootstrap" = "calibrated";

  override render() {
    const { backtest, unit } = this;
    if (backtest === undefined) return nothing;
    if (backtest.missing > 0) return html`<p class="sentence">${sentence(backtest.sentence)}</p>`;
    const { pastAmounts: past, pastFinishes: finishes, amounts, finish } = backtest;
    return html`<figure>
      <p class="sentence">${dated(sentence(amounts.sentence))}${finish.forecasts > 0 ? html` ${dated(sentence(finish.sentence))}` : nothing}</p>
      ${this.#forecasts(past)}
      ${this.#reliability(amounts, finish)}
      <figcaption class="sentence method">${sentence(backtest.method)}</figcaption>
      ${numbers(
        `Forecasts of the past in ${unit}, and what came`,
        ["Sprints to", "finished", "85 % sure", "half sure", "held", "bootstrap", "held"],
        past.toReversed().map((one) => [spoken(one.end, this.today), amount(one.finished), amount(one.calibrated.p85), amount(one.calibrated.p50), yes(one.calibrated.held), amount(one.bootstrap.p85), yes(one.bootstrap.held)]),
        "Show the amounts",
      )}
      ${finishes.length === 0 ? nothing : numbers(
        "Finish dates forecast in the past, and when it was finished",
        ["From", unit, "finished", "85 % sure", "held", "bootstrap", "held"],
        finishes.toReversed().map((one) => [spoken(one.start, this.today), amount(one.amount), this.#day(one.finished), this.#day(one.calibrated.p85), yes(one.calibrated.held), this.#day(one.bootstrap.p85), yes(one.bootstrap.held)]),
        "Show the finish dates",
      )}
      ${numbers(
        "How often which chance held",
        ["Said", "amounts", "bootstrap", "usual", "finish dates", "bootstrap", "usual"],
        amounts.coverage.map((one, k) => {
          const dates = finish.coverage[k];
          return [`${Math.round(one.p * 100)} %`, `${one.calibrated} of ${amounts.forecasts}`, `${one.bootstrap}`, `${one.usualLow}–${one.usualHigh}`, `${dates?.calibrated ?? 0} of ${finish.forecasts}`, `${dates?.bootstrap ?? 0}`, `${dates?.usualLow ?? 0}–${dates?.usualHigh ?? 0}`];
        }),
        "Show how often which chance held",
      )}
    </figure>`;
  }

  #day(date: string | null | undefined): string {
    return date == null ? "later" : spoken(date, this.today);
  }

  // Every forecast as a bar from what was 95 % sure to what was half sure, and what came as a dot.
  #forecasts(past: readonly PastAmountView[]) {
    const { width, unit } = this;
    const years = past[0]?.end.slice(0, 4) !== past.at(-1)?.end.slice(0, 4);
    const [top, right] = [12, width - 6];
    const bottom = top + (width < 480 ? 136 : 156);
    const height = bottom + (years ? 36 : 22);
    const most = Math.max(1, ...past.map((one) => Math.max(one.finished, one[this.model].p50)));
    const y = linear([0, most * 1.05], [bottom, top]);
    const left = 12 + 6.6 * Math.max(...y.ticks(4).map((value) => amount(value).length));
    const slot = (right - left) / Math.max(past.length, 1);
    const x = (k: number): number => left + slot * (k + 0.5);
    const half = Math.max(1.5, Math.min(9, slot * 0.3));
    const labels = thinned(past.map((one, k) => ({ one, k })), ({ k }) => Math.min(x(k), right - 18), 50).filter(({ k }) => x(k) > left + 14);
    const say = (k: number): string => {
      const one = past[k];
      return one ? `${spoken(one.start, this.today)} to ${spoken(one.end, this.today)}: ${amountOf(one.finished, unit)} finished; ${amount(one[this.model].p85)} were 85 percent sure: ${one[this.model].held ? "held" : "missed"}` : "";
    };
    const active = this.active === undefined ? undefined : Math.min(this.active, past.length - 1);
    const shown = active === undefined ? undefined : past[active];
    return html`<div class="plot">
      <svg width=${width} height=${height} role="img" aria-labelledby="title desc">
        <title id="title">Forecasts of the past, and what came</title>
        <desc id="desc">${this.backtest?.sentence ?? ""}</desc>
        ${y.ticks(4).map((value) => svg`<path d="M${left} ${Math.round(y(value)) + 0.5}H${right}" stroke="var(--line)"></path><text x=${left - 8} y=${y(value) + 4} text-anchor="end">${amount(value)}</text>`)}
        ${active === undefined ? nothing : svg`<path d="M${x(active)} ${top}V${bottom}" stroke="var(--edge)"></path>`}
        ${past.map((one, k) => svg`${interval(x(k), half, y, one, this.model)}`)}
        ${labels.map(({ one, k }, nth) => {
          const at = Math.min(x(k), right - 18);
          const year = years && labels[nth - 1]?.one.end.slice(0, 4) !== one.end.slice(0, 4);
          return svg`<text x=${at} y=${bottom + 16} text-anchor="middle">${shortDate(one.end)}</text>${year ? svg`<text x=${at} y=${bottom + 30} text-anchor="middle">${one.end.slice(0, 4)}</text>` : nothing}`;
        })}
        <path d="M${left} ${bottom + 0.5}H${right}" stroke="var(--faint)"></path>
      </svg>
      ${this.scrubber({ label: "Forecasts of the past", count: past.length, start: past.length - 1, at: (pixel) => Math.floor((pixel - left) / slot), say })}
      ${shown === undefined || active === undefined ? nothing : this.tip(x(active), html`<b>${spoken(shown.start, this.today)} – ${spoken(shown.end, this.today)}</b>
        <dl><dt>finished</dt><dd>${amountOf(shown.finished, unit)}</dd><dt>half sure of</dt><dd>${amount(shown[this.model].p50)}</dd><dt>85 % sure of</dt><dd>${amount(shown[this.model].p85)}</dd><dt>95 % sure of</dt><dd>${amount(shown[this.model].p95)}</dd><dt>its 85 %</dt><dd>${shown[this.model].held ? "held" : "missed"}</dd></dl>`)}
      <ul class="legend" aria-hidden="true">
        <li>${key(svg`<path d="M5 0H17V10H5z" fill="var(--sea-3)"></path><path d="M5 7H17" stroke="var(--sea-1)" stroke-width="2.5"></path>`)}95 % to half sure, 85 % marked</li>
        <li>${key(svg`<circle cx="11" cy="5" r="3.5" fill="var(--ink)"></circle>`)}what came</li>
        <li>${key(svg`<path d="M11 .5l4.5 4.5-4.5 4.5-4.5-4.5z" fill="var(--bg)" stroke="var(--warn)" stroke-width="2"></path>`)}less than its 85 %</li>
      </ul>
    </div>`;
  }

  // What was said against what held, for both models.
  #reliability(amounts: TrackRecord, finish: TrackRecord) {
    const width = Math.min(250, Math.floor((this.width - 16) / 2));
    return html`<div class="pair">
      ${held("Amounts", amounts, width)}
      ${finish.forecasts > 0 ? held("Finish dates", finish, width) : nothing}
    </div>
    <ul class="legend" aria-hidden="true">
      <li>${key(svg`<circle cx="11" cy="5" r="4" fill="var(--sea-1)"></circle>`)}calibrated</li>
      <li>${key(svg`<circle cx="11" cy="5" r="3.5" fill="var(--bg)" stroke="var(--ink)" stroke-width="1.5"></circle>`)}bootstrap</li>
      <li>${key(svg`<path d="M9 0H13V10H9z" fill="var(--line)"></path>`)}usual by luck alone</li>
      <li>${key(svg`<path d="M0 9L22 1" stroke="var(--faint)" stroke-dasharray="3 3"></path>`)}held as often as said: 50, 70, 85, 95 %</li>
    </ul>`;
  }
}

function interval(x: number, half: number, y: Scale, one: PastAmountView, model: "calibrated" | "bootstrap"): SVGTemplateResult {
  const { p50, p85, p95, held } = one[model];
  const [high, sure, low, came] = [p50, p85, p95, one.finished].map((value) => Math.round(y(value) * 2) / 2) as [number, number, number, number];
  const r = Math.min(4, half + 1);
  return svg`<path d="M${x - half} ${high}h${2 * half}V${Math.max(low, high + 1)}h${-2 * half}z" fill="var(--sea-3)"></path>
    <path d="M${x - half} ${sure}h${2 * half}" stroke="var(--sea-1)" stroke-width="2.5"></path>
    ${held
      ? svg`<circle cx=${x} cy=${came} r=${r} fill="var(--ink)" stroke="var(--bg)"></circle>`
      : svg`<path d="M${x} ${came - r - 1}l${r + 1} ${r + 1}l${-r - 1} ${r + 1}l${-r - 1} ${-r - 1}z" fill="var(--bg)" stroke="var(--warn)" stroke-width="2"></path>`}`;
}

function held(name: string, { forecasts, coverage }: TrackRecord, width: number) {
  const height = 190;
  const [left, right, top, bottom] = [42, width - 8, 26, height - 22];
  const [x, y] = [linear([0.45, 1], [left, right]), linear([0, 1], [bottom, top])];
  const share = (count: number): number => count / Math.max(forecasts, 1);
  const percent = (value: number): string => `${Math.round(value * 100)} %`;
  const words = coverage.map((one) => `of ${percent(one.p)}, calibrated held ${one.calibrated} and bootstrap ${one.bootstrap} of ${forecasts}`).join("; ");
  return html`<svg width=${width} height=${height} role="img" aria-label="${name}: ${words}">
    <text class="ink" x="0" y="12">${name}</text>
    ${[0, 0.5, 1].map((value) => svg`<path d="M${left} ${Math.round(y(value)) + 0.5}H${right}" stroke="var(--line)"></path><text x=${left - 6} y=${y(value) + 4} text-anchor="end">${percent(value)}</text>`)}
    ${coverage.map((one) => svg`<path d="M${x(one.p)} ${y(share(one.usualLow))}V${y(share(one.usualHigh))}" stroke="var(--line)" stroke-width="12"></path>`)}
    <path d="M${x(0.45)} ${y(0.45)}L${x(1)} ${y(1)}" stroke="var(--faint)" stroke-dasharray="3 3"></path>
    ${coverage.map((one) => {
      const both = one.calibrated === one.bootstrap;
      return svg`<text x=${x(one.p)} y=${bottom + 16} text-anchor="middle">${Math.round(one.p * 100)}</text>
        <circle cx=${x(one.p)} cy=${y(share(one.bootstrap))} r=${both ? 6.5 : 4} fill="var(--bg)" stroke="var(--ink)" stroke-width="1.5"></circle>
        <circle cx=${x(one.p)} cy=${y(share(one.calibrated))} r="4" fill="var(--sea-1)"></circle>`;
    })}
  </svg>`;
}

const yes = (held: boolean): string => (held ? "yes" : "no");

function key(content: SVGTemplateResult) {
  return html`<svg width="22" height="10">${content}</svg>`;
}

define("landfall-backtest", LandfallBacktest);
declare global {
  interface HTMLElementTagNameMap {
    "landfall-backtest": LandfallBacktest;
  }
}
