import { type TemplateResult, css, html, nothing, svg } from "lit";
import { property, query, state } from "lit/decorators.js";
import type { Command, Period, Unit } from "../../pkg/landfall";
import { place } from "../dom.ts";
import { base } from "../styles.ts";
import { capital, spoken } from "../text.ts";
import { Chart, amount, amountOf, chartStyles, define, pictured } from "./chart.ts";
import { dateOf, dayOf, shortDate } from "./days.ts";
import { linear } from "./scale.ts";

/** The sprint whose amount is being typed. */
interface Editing {
  start: string;
  end: string;
  finished?: number;
  byHand: boolean;
}

/** What past sprints finished: bars that can be corrected, one by one, here or in the table behind them. */
export class LandfallVelocity extends Chart {
  static override styles = [base, chartStyles, css`
    .bars { position: absolute; inset: 0; pointer-events: none; }
    .bars button { position: absolute; padding: 0; min-height: 0; border: 0; border-radius: 4px; pointer-events: auto; background: none; }
    .bars button:hover { background: var(--accent-soft); }
    .bars button:focus-visible { outline-offset: -1px; }
    form { position: absolute; z-index: 4; width: 216px; padding: 10px 12px 12px; background: var(--raised, var(--panel)); border: 1px solid var(--edge); border-radius: 10px; box-shadow: 0 6px 24px #00000029; }
    form label { display: block; margin-bottom: 6px; font-size: 12px; color: var(--muted); }
    form .line { display: flex; gap: 6px; }
    form input { flex: 1; }
    form .error, td .error { display: block; margin-top: 4px; white-space: normal; }
    .error:empty { display: none !important; }
    form .link { margin-top: 6px; }
    .actions { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 8px; }
    td input { width: 72px !important; text-align: right; }
    td.note { color: var(--muted); }
    .cell { display: inline-flex; flex-direction: column; align-items: flex-end; }
  `];

  @property({ attribute: false }) history: readonly Period[] = [];
  @property({ attribute: false }) unit: Unit = "points";
  /** "12 sprints, 8–24, median 18". */
  @property({ attribute: false }) summary = "";
  @property({ attribute: false }) today = "";
  @property({ attribute: false }) sprintDays = 14;
  @property({ attribute: false }) readonly = false;
  /** Sends a command; gives back why it does not fit. */
  @property({ attribute: false }) send: (command: Command) => string | undefined = () => undefined;

  @state() private editing: Editing | undefined;
  @state() private wrong: { start: string; why: string; table: boolean } | undefined;
  @state() private place = -1;
  @state() private open = false;
  @query("form input") private field!: HTMLInputElement | null;

  /** Puts the focus on the newest sprint. */
  override focus(): void {
    (this.renderRoot.querySelector<HTMLElement>(".bars button[tabindex='0']") ?? this.renderRoot.querySelector<HTMLElement>("button"))?.focus();
  }

  protected override willUpdate(): void {
    super.willUpdate();
    if (this.readonly) this.editing = undefined;
  }

  override render() {
    const width = this.width;
    const height = 168;
    const [top, bottom, right] = [14, height - 24, width - 14];
    const most = Math.max(1, ...this.history.map((period) => Math.max(period.finished, period.committed ?? 0)));
    const y = linear([0, most * 1.05], [bottom, top]);
    const left = 12 + 6.6 * Math.max(...y.ticks(4).map((value) => amount(value).length));
    // Bars that can be hit; the table holds all of them.
    const shown = this.history.slice(-Math.max(1, Math.floor((right - left) / 24)));
    const step = Math.min(72, (right - left) / Math.max(1, shown.length));
    const bar = Math.min(34, step * 0.72);
    const middle = (k: number): number => left + step * (k + 0.5);
    const every = Math.ceil(46 / step);
    const labelled = (k: number): boolean => (shown.length - 1 - k) % every === 0;
    const byHand = shown.some((period) => period.byHand);
    const committed = shown.some((period) => period.committed != null);
    return html`<figure>
      ${shown.length === 0 ? nothing : html`<div class="plot">
        <svg width=${width} height=${height} role="img" aria-label="What past sprints finished: ${this.summary}">
          ${y.ticks(4).map((value) => svg`<path d="M${left} ${Math.round(y(value)) + 0.5}H${right}" stroke="var(--line)"></path><text x=${left - 8} y=${y(value) + 4} text-anchor="end">${amount(value)}</text>`)}
          ${shown.map((period, k) => {
            const [x, top] = [middle(k) - bar / 2, y(period.finished)];
            // The number stands clear of the line of what was committed.
            const line = period.committed == null ? NaN : y(period.committed);
            const over = line < top + 2 && line > top - 18 ? line - 5 : top - 4;
            return svg`
              ${period.byHand
                ? svg`<rect x=${x + 0.75} y=${top + 0.75} width=${bar - 1.5} height=${Math.max(0, bottom - top - 0.75)} rx="2" fill="var(--sea-3)" stroke="var(--sea-1)" stroke-width="1.5"></rect>`
                : svg`<rect x=${x} y=${top} width=${bar} height=${bottom - top} rx="2" fill="var(--sea-2)"></rect>`}
              ${period.committed == null ? nothing : svg`<path d="M${x - 3} ${y(period.committed)}h${bar + 6}" stroke="var(--ink)" stroke-width="1.5"></path>`}
              ${step >= 20 ? svg`<text class="ink halo" x=${middle(k)} y=${over} text-anchor="middle">${amount(period.finished)}</text>` : nothing}
              ${labelled(k) ? svg`<text x=${Math.min(middle(k), right - 14)} y=${bottom + 17} text-anchor="middle">${shortDate(period.end)}</text>` : nothing}`;
          })}
          <path d="M${left} ${bottom + 0.5}H${right}" stroke="var(--faint)"></path>
        </svg>
        ${this.readonly ? nothing : html`<div class="bars" role="group" aria-label="Past sprints: choose one to correct it" @keydown=${(event: KeyboardEvent) => this.#walk(event, shown.length)}>
          ${shown.map((period, k) => html`<button
            type="button"
            tabindex=${k === this.#current(shown.length) ? 0 : -1}
            aria-label="Sprint to ${spoken(period.end, this.today)}: ${amountOf(period.finished, this.unit)}${period.byHand ? ", entered by hand" : ""}. Change"
            ${place({ left: `${middle(k) - step / 2}px`, width: `${step}px`, top: `${top - 12}px`, height: `${bottom - top + 12}px` })}
            @click=${() => { this.place = k; this.#edit(period); }}
          ></button>`)}
        </div>`}
        ${this.editing && this.#shows(shown, this.editing) ? this.#form(this.editing, middle(shown.findIndex((period) => period.start === this.editing?.start)), bottom) : nothing}
      </div>`}
      ${byHand || committed ? html`<ul class="legend" aria-hidden="true">
        ${shown.every((period) => period.byHand) ? nothing : html`<li><svg width="12" height="12"><rect width="12" height="12" rx="2" fill="var(--sea-2)"></rect></svg>from finished items</li>`}
        ${byHand ? html`<li><svg width="12" height="12"><rect x=".75" y=".75" width="10.5" height="10.5" rx="2" fill="var(--sea-3)" stroke="var(--sea-1)" stroke-width="1.5"></rect></svg>entered by hand</li>` : nothing}
        ${committed ? html`<li><svg width="16" height="12"><path d="M0 6h16" stroke="var(--ink)" stroke-width="1.5"></path></svg>committed</li>` : nothing}
      </ul>` : nothing}
      <figcaption class="sentence">${this.#sentence(shown.length)}</figcaption>
      ${this.readonly ? nothing : this.#more(shown)}
      ${pictured()}${this.#table()}
    </figure>`;
  }

  #sentence(shown: number): string {
    const some = shown < this.history.length ? ` The last ${shown} are drawn; the table has them all.` : "";
    return this.history.length === 0 ? "" : `${this.summary} ${this.unit} a sprint.${some}`;
  }

  #shows(shown: readonly Period[], { start }: Editing): boolean {
    return shown.some((period) => period.start === start);
  }

  #current(count: number): number {
    return this.place < 0 || this.place >= count ? count - 1 : this.place;
  }

  #walk(event: KeyboardEvent, count: number): void {
    const now = this.#current(count);
    const to = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: count - 1 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.place = Math.max(0, Math.min(count - 1, to));
    void this.updateComplete.then(() => this.focus());
  }

  // The sprints beside the history that can be added.
  #more(shown: readonly Period[]): TemplateResult | typeof nothing {
    const [oldest, newest] = [this.history[0], this.history.at(-1)];
    if (!oldest || !newest) return nothing;
    const days = this.sprintDays;
    const span = (start: number): Editing => ({ start: dateOf(start), end: dateOf(start + days - 1), byHand: false });
    const next = span(dayOf(newest.end) + 1);
    const before = span(dayOf(oldest.start) - days);
    const adding = this.editing && !this.#shows(shown, this.editing) ? this.editing : undefined;
    return html`<div class="actions plot">
      ${next.end < this.today ? html`<button type="button" class="line" @click=${() => this.#edit(next)}>Add the sprint to ${spoken(next.end, this.today)}</button>` : nothing}
      <button type="button" class="line" @click=${() => this.#edit(before)}>Add an earlier sprint</button>
      ${adding ? this.#form(adding, 108, 34) : nothing}
    </div>`;
  }

  #edit(sprint: Editing | Period): void {
    const { start, end, byHand } = sprint;
    this.wrong = undefined;
    this.editing = { start, end, byHand, ...(sprint.finished === undefined ? {} : { finished: sprint.finished }) };
    void this.updateComplete.then(() => this.field?.select());
  }

  #form({ start, end, finished, byHand }: Editing, middle: number, under: number): TemplateResult {
    const left = Math.max(0, Math.min(middle - 108, this.width - 218));
    const wrong = this.wrong?.start === start && !this.wrong.table ? this.wrong.why : undefined;
    return html`<form
      novalidate
      ${place({ left: `${left}px`, top: `${under + 6}px` })}
      @submit=${(event: Event) => { event.preventDefault(); if (this.#save(start, this.field?.value ?? "", false)) this.#close(); }}
      @keydown=${(event: KeyboardEvent) => { event.stopPropagation(); if (event.key === "Escape") { event.preventDefault(); this.#close(); } }}
      @focusout=${(event: FocusEvent) => { if (event.relatedTarget instanceof Node && !(event.currentTarget as Node).contains(event.relatedTarget)) this.editing = undefined; }}
    >
      <label for="finished">${capital(this.unit)} finished in the sprint to ${spoken(end, this.today)}</label>
      <div class="line">
        <input id="finished" inputmode="decimal" autocomplete="off" .value=${finished === undefined ? "" : String(finished)} aria-invalid=${wrong ? "true" : "false"} aria-describedby="wrong">
        <button class="primary" type="submit">Save</button>
      </div>
      <span class="error" id="wrong" role="alert">${wrong ?? ""}</span>
      ${byHand ? html`<button type="button" class="link" @click=${() => { this.#takeBack(start); this.#close(); }}>Take the entry back</button>` : nothing}
    </form>`;
  }

  #close(): void {
    this.editing = undefined;
    this.wrong = undefined;
    void this.updateComplete.then(() => this.focus());
  }

  #save(start: string, text: string, table: boolean): boolean {
    const finished = Number(text.trim().replace(",", "."));
    const old = this.history.find((period) => period.start === start);
    if (old && finished === old.finished && text.trim() !== "") {
      this.wrong = undefined;
      return true;
    }
    const why = text.trim() === "" || Number.isNaN(finished)
      ? `found “${text.trim()}”: give a number, 0 when nothing was finished`
      : this.send({ type: "setSprint", start, sprint: { finished, ...(old?.committed == null ? {} : { committed: old.committed }) } });
    this.wrong = why === undefined ? undefined : { start, why, table };
    return why === undefined;
  }

  #takeBack(start: string): void {
    this.send({ type: "setSprint", start, sprint: null });
  }

  #table(): TemplateResult | typeof nothing {
    if (this.history.length === 0) return nothing;
    const committed = this.history.some((period) => period.committed != null);
    return html`<details class="numbers" ?open=${this.open} @toggle=${(event: Event) => { this.open = (event.currentTarget as HTMLDetailsElement).open; }}>
      <summary>Show the numbers</summary>
      ${!this.open ? nothing : html`<div class="scroll" tabindex="0" role="region" aria-label="Past sprints">
        <table>
          <caption class="unseen">What past sprints finished, in ${this.unit}</caption>
          <thead><tr><th scope="col">Sprint</th><th scope="col" class="r">finished</th>${committed ? html`<th scope="col" class="r">committed</th>` : nothing}<th scope="col">from</th></tr></thead>
          <tbody>
            ${this.history.toReversed().map((period) => html`<tr>
              <th scope="row">${spoken(period.start, this.today)} – ${spoken(period.end, this.today)}</th>
              <td class="r">${this.readonly ? amount(period.finished) : this.#cell(period)}</td>
              ${committed ? html`<td class="r">${period.committed == null ? "" : amount(period.committed)}</td>` : nothing}
              <td class="note">${period.byHand ? html`entered by hand ${this.readonly ? nothing : html`<button type="button" class="link" aria-label="Take back what was entered for the sprint to ${spoken(period.end, this.today)}" @click=${() => this.#takeBack(period.start)}>take back</button>`}` : `${period.items} finished ${period.items === 1 ? "item" : "items"}`}</td>
            </tr>`)}
          </tbody>
        </table>
      </div>`}
    </details>`;
  }

  #cell(period: Period): TemplateResult {
    const wrong = this.wrong?.start === period.start && this.wrong.table ? this.wrong.why : undefined;
    return html`<span class="cell"><input
        inputmode="decimal"
        autocomplete="off"
        aria-label="Finished in the sprint to ${spoken(period.end, this.today)}"
        aria-invalid=${wrong ? "true" : "false"}
        .value=${String(period.finished)}
        @keydown=${(event: KeyboardEvent) => event.stopPropagation()}
        @change=${(event: Event) => this.#save(period.start, (event.currentTarget as HTMLInputElement).value, true)}
      >${wrong ? html`<span class="error" role="alert">${wrong}</span>` : nothing}</span>`;
  }
}


define("landfall-velocity", LandfallVelocity);
declare global {
  interface HTMLElementTagNameMap {
    "landfall-velocity": LandfallVelocity;
  }
}
