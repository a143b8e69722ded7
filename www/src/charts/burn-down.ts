import { html, nothing, svg } from "lit";
import { property } from "lit/decorators.js";
import type { SprintProgress, Unit } from "../../pkg/landfall";
import { dated, spoken } from "../text.ts";
import { Chart, amount, chartStyles, define, numbers, sentence, thinned } from "./chart.ts";
import { shortDate } from "./days.ts";
import { linear } from "./scale.ts";

const HEIGHT = 168;
const TOP = 12;
const BOTTOM = HEIGHT - 22;

/** What is left of the running sprint, day by day, beside an even pace. */
export class LandfallBurnDown extends Chart {
  static override styles = chartStyles;

  @property({ attribute: false }) sprint!: SprintProgress;
  @property({ attribute: false }) unit: Unit = "points";
  @property({ attribute: false }) today = "";

  override render() {
    const { width, today, sprint: { days, burnDown } } = this;
    const past = days.filter(({ left }) => left !== undefined);
    const most = Math.max(1, ...days.map(({ ideal, left = 0 }) => Math.max(ideal, left)));
    const [left, right] = [34, width - 14];
    const x = linear([0, days.length - 1], [left, right]);
    const y = linear([0, most * 1.06], [BOTTOM, TOP]);
    // What came in lifts the line at the beginning of its day, what was finished lowers it at the end.
    const line = past.map((day, k) => `${k === 0 ? "M" : `V${y((past[k - 1]!.left ?? 0) + day.added)}L`}${x(k)} ${y(day.left!)}`).join("");
    const active = this.active === undefined ? undefined : days[this.active];
    const say = (k: number): string => {
      const day = days[k]!;
      return `${spoken(day.day, today)}: ${day.left === undefined ? "" : `${amount(day.left)} left, `}${amount(day.ideal)} at an even pace${k > 0 && day.added > 0 ? `, ${amount(day.added)} added` : ""}`;
    };
    return html`<figure>
      <div class="plot">
        <svg width=${width} height=${HEIGHT} role="img" aria-label="Burn-down: ${burnDown}">
          ${y.ticks(4).map((value) => svg`<path d="M${left} ${Math.round(y(value)) + 0.5}H${right}" stroke="var(--line)"></path><text x=${left - 8} y=${y(value) + 4} text-anchor="end">${amount(value)}</text>`)}
          ${thinned(days.map((_, k) => k), x, 54).map((k) => svg`<text x=${Math.min(x(k), right - 12)} y=${HEIGHT - 5} text-anchor="middle">${shortDate(days[k]!.day)}</text>`)}
          <path d="M${days.map(({ ideal }, k) => `${x(k)} ${y(ideal)}`).join("L")}" fill="none" stroke="var(--muted)" stroke-dasharray="4 3"></path>
          <path d=${line} fill="none" stroke="var(--sea-1)" stroke-width="2" stroke-linejoin="round"></path>
          ${past.map(({ added }, k) => (k > 0 && added > 0 ? svg`<path d="M${x(k)} ${y(past[k - 1]!.left!)}V${y(past[k - 1]!.left! + added)}" stroke="var(--warn)" stroke-width="3"></path>` : nothing))}
          ${active?.left === undefined ? nothing : svg`<circle cx=${x(this.active!)} cy=${y(active.left)} r="4" fill="var(--sea-1)"></circle>`}
        </svg>
        ${this.scrubber({ label: "Days of the sprint", count: days.length, start: Math.max(0, past.length - 1), at: (pixel) => Math.round(((pixel - left) / (right - left)) * (days.length - 1)), say })}
        ${active === undefined ? nothing : this.tip(x(this.active!), html`<b>${spoken(active.day, today)}</b>${say(this.active!).replace(/^.*?: /, "")}`)}
      </div>
      <ul class="legend" aria-hidden="true">
        <li><svg width="16" height="12"><path d="M0 6h16" stroke="var(--sea-1)" stroke-width="2"></path></svg>left</li>
        <li><svg width="16" height="12"><path d="M0 6h16" stroke="var(--muted)" stroke-dasharray="4 3"></path></svg>at an even pace</li>
        ${past.some(({ added }, k) => k > 0 && added > 0) ? html`<li><svg width="12" height="12"><path d="M6 0v12" stroke="var(--warn)" stroke-width="3"></path></svg>added since the start</li>` : nothing}
      </ul>
      <figcaption class="sentence">${dated(sentence(burnDown))}</figcaption>
      ${numbers("The burn-down, day by day", ["Day", "added", "finished", "left", "at an even pace"], days.map((day, k) => [k === 0 ? "committed to" : spoken(day.day, today), amount(day.added), amount(day.finished), day.left === undefined ? "" : amount(day.left), amount(day.ideal)]))}
    </figure>`;
  }
}

define("landfall-burn-down", LandfallBurnDown);
