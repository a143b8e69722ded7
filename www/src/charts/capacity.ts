import { type TemplateResult, css, html, nothing, svg } from "lit";
import { property } from "lit/decorators.js";
import type { FutureSprint } from "../../pkg/landfall";
import { spoken } from "../text.ts";
import { Chart, chartStyles, define, pictured } from "./chart.ts";

/** The capacity of the sprints to come: a bar each, and a hairline where a sprint is as in the past. */
export class LandfallCapacity extends Chart {
  static override styles = [chartStyles, css`
    .sentence { margin-top: 4px; font-size: 12px; line-height: 17px; min-height: 34px; color: var(--muted); }
  `];

  @property({ attribute: false }) sprints: readonly FutureSprint[] = [];
  @property({ attribute: false }) today = "";

  override render(): TemplateResult | typeof nothing {
    const height = 46;
    const shown = this.sprints.slice(0, Math.max(6, Math.min(26, Math.floor(this.width / 13))));
    if (shown.length === 0 || this.width === 0) return nothing;
    const most = Math.max(1.1, ...shown.map((sprint) => sprint.capacity));
    const step = this.width / shown.length;
    const bar = Math.max(3, Math.min(18, step - 3));
    const y = (share: number): number => height - (height - 2) * (share / most);
    // What differs from the past is what is worth reading first; the running sprint is always partly gone.
    const first = shown.findIndex((sprint, k) => k > 0 && Math.round(sprint.capacity * 100) !== 100);
    const at = this.active ?? (first < 0 ? 0 : first);
    const say = (k: number): string => {
      const sprint = shown[Math.min(k, shown.length - 1)]!;
      return `Sprint to ${spoken(sprint.end, this.today)}: ${sprint.sentence}`;
    };
    return html`<figure>
      <div class="plot">
        <svg width=${this.width} height=${height} aria-hidden="true">
          ${shown.map((sprint, k) => {
            const usual = Math.round(sprint.capacity * 100) === 100;
            const top = Math.min(y(sprint.capacity), height - 1.5);
            return svg`<rect x=${step * k + (step - bar) / 2} y=${top} width=${bar} height=${height - top} rx="1.5" fill=${k === this.active ? "var(--accent)" : usual ? "var(--sea-3)" : "var(--sea-2)"}></rect>`;
          })}
          <path d="M0 ${Math.round(y(1)) + 0.5}H${this.width}" stroke="var(--muted)" stroke-dasharray="2 2"></path>
        </svg>
        ${this.scrubber({ label: "Capacity of the next sprints", count: shown.length, start: Math.max(0, first), at: (x) => Math.floor(x / step), say })}
      </div>
      <figcaption class="sentence">${say(at)}</figcaption>${pictured()}
    </figure>`;
  }
}

define("landfall-capacity", LandfallCapacity);
declare global {
  interface HTMLElementTagNameMap {
    "landfall-capacity": LandfallCapacity;
  }
}
