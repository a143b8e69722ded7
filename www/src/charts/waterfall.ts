import { css, html, nothing, svg } from "lit";
import { property } from "lit/decorators.js";
import type { CauseShare, WhyMoved } from "../../pkg/landfall";
import { capital, dated, spoken } from "../text.ts";
import { Chart, chartStyles, define, numbers, sentence } from "./chart.ts";
import { dateOf, dayOf, divide } from "./days.ts";

const ROW = 28;

/** What a cause is called. */
export const causeName = ({ cause }: CauseShare): string => (cause === "velocity" ? "What was finished" : capital(cause.replace("-", " ")));

/** How a date came about from an earlier one: a bar for each cause, which begins where the one above it ends. */
export class LandfallWaterfall extends Chart {
  static override styles = [chartStyles, css`
    .tip { top: auto; bottom: calc(100% - 12px); white-space: normal; width: max-content; }
  `];

  @property({ attribute: false }) why: WhyMoved | undefined;
  @property({ attribute: false }) today = "";

  override render() {
    const { why, width } = this;
    if (!why || width === 0) return nothing;
    const { causes } = why;
    const last = causes.length;
    // The 85 % day before and after each cause, from both ends: in between there may be none.
    const days: (number | undefined)[] = [why.before == null ? undefined : dayOf(why.before)];
    const sum = (day: number | undefined, share: number | null): number | undefined => (day === undefined || share == null ? undefined : day + share);
    for (const { days: share } of causes) days.push(sum(days.at(-1), share));
    if (why.after != null) days[last] = dayOf(why.after);
    for (let k = last - 1; k > 0; k--) days[k] ??= sum(days[k + 1], causes[k]!.days == null ? null : -causes[k]!.days!);
    const told = days.filter((day) => day !== undefined);
    const day = (at: number | undefined): string => (at === undefined ? "none" : spoken(dateOf(at), this.today));
    const seen = (date: string): string => (date === this.today ? "Now" : `Seen on ${spoken(date, this.today)}`);
    // Where both are of one day, one of them was before the other.
    const names = [why.from === why.to ? "Before" : seen(why.from), ...causes.map(causeName), seen(why.to)];
    const rows = names.map((name, k) => {
      const cause = causes[k - 1];
      return { name, text: cause?.text ?? day(days[k && last]), about: cause?.about ?? "85 % sure by then", then: day(days[Math.min(k, last)]), from: days[cause ? k - 1 : k && last], to: days[cause ? k : k && last], late: (cause?.days ?? 0) > 0, cause };
    });
    const plot = (): unknown => {
      const [least, most] = [Math.min(...told), Math.max(...told)];
      const spare = Math.max(3, Math.round((most - least) * 0.06));
      const axis = { from: dateOf(least - spare), to: dateOf(most + spare) };
      const left = Math.min(140, width * 0.36);
      const right = width - 62;
      const x = (at: number): number => left + ((right - left) * (at - least + spare)) / (most - least + 2 * spare);
      const bottom = 22 + ROW * rows.length;
      const top = (k: number): number => 22 + ROW * k;
      const say = (k: number): string => `${rows[k]!.name}: ${rows[k]!.text}; ${rows[k]!.about}`;
      const { active } = this;
      const shown = active === undefined ? undefined : rows[active];
      return html`<div class="plot">
        <svg width=${width} height=${bottom + 4} role="img" aria-labelledby="title desc">
          <title id="title">Why the date moved</title>
          <desc id="desc">${why.sentence}</desc>
          ${active === undefined ? nothing : svg`<rect x="0" y=${top(active)} width=${width} height=${ROW} rx="4" fill="var(--hover)"></rect>`}
          ${divide(axis, right - left).map(({ day, label }) => svg`<path d="M${Math.round(x(day)) + 0.5} 18V${bottom}" stroke="var(--line)"></path><text x=${x(day)} y="12" text-anchor="middle">${label}</text>`)}
          ${rows.map(({ name, text, from, to, late, cause }, k) => {
            const middle = top(k) + ROW / 2;
            const label = svg`<text class=${cause ? "ink" : "strong"} x="2" y=${middle + 4}>${name}</text>`;
            if (from === undefined || to === undefined) return svg`${label}<text x=${left} y=${middle + 4}>${cause ? text : "no date at 85 %"}</text>`;
            const [a, b] = [x(Math.min(from, to)), x(Math.max(from, to))];
            const ends = !cause && b > width - 118;
            return svg`${label}
              ${cause
                ? svg`<rect x=${a} y=${middle - 7} width=${Math.max(1.5, b - a)} height="14" rx="2" fill=${late ? "var(--warn)" : "var(--sea-1)"}></rect>`
                : svg`<rect x=${a - 1.5} y=${middle - 10} width="3" height="20" rx="1.5" fill="var(--ink)"></rect>`}
              ${k <= last ? svg`<path d="M${x(to)} ${middle + (cause ? 7 : 10)}V${top(k + 1) + 7}" stroke="var(--muted)" stroke-dasharray="2 2"></path>` : nothing}
              <text class="halo ${cause ? "ink" : "strong"}" x=${ends ? a - 7 : b + 7} y=${middle + 4} text-anchor=${ends ? "end" : "start"}>${cause ? text : `85 % by ${text}`}</text>`;
          })}
        </svg>
        ${this.scrubber({ label: "Why the date moved", count: rows.length, start: 0, at: (_, y) => Math.floor((y - 22) / ROW), say })}
        ${shown ? this.tip(left, html`<b>${shown.name}: ${shown.text}</b>${shown.about}`) : nothing}
      </div>`;
    };
    return html`<figure>
      ${told.length && last ? plot() : nothing}
      <figcaption class="sentence">${dated(sentence(why.sentence))}</figcaption>
      ${last ? numbers("Why the date moved, in the order in which the causes were applied", ["forecast or cause", "days", "85 % sure by"], rows.map(({ name, text, then, cause }) => [name, cause ? text : "", then])) : nothing}
    </figure>`;
  }
}

define("landfall-waterfall", LandfallWaterfall);
