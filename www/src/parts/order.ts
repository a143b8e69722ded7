import { LitElement, type TemplateResult, css, html, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import type { Move, OrderBy, OrderPreview } from "../../pkg/landfall.js";
import { say } from "../events.ts";
import { sentence } from "../charts/chart.ts";
import { icons } from "../icons.ts";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";
import { count, number, reason, spoken } from "../text.ts";

type Choice = "value" | "score" | "classes";

const choices: [Choice, string, string][] = [
  ["value", "By value, under dependencies", "What is worth most for the time it takes goes first, nothing goes before what it needs, and what others wait for inherits their worth."],
  ["score", "By score", "The highest score first, whatever waits for what."],
  ["classes", "By score, MoSCoW classes first", "All musts, then all shoulds, coulds and won’ts; by score within each. What has no class counts as a could."],
];
/** The moves that are listed. */
const LISTED = 100;

/** Puts the backlog in order: what moves and which dates change, before it is done. */
export class OrderDialog extends LitElement {
  @property({ attribute: false }) session!: Session;
  @state() private choice: Choice = "value";
  @state() private preview: OrderPreview | undefined;
  @state() private progress: number | undefined;
  @state() private wrong = "";
  @query("dialog") private dialog!: HTMLDialogElement;
  #asking: AbortController | undefined;

  static override styles = [base, css`
    dialog { border: 1px solid var(--line); border-radius: 12px; padding: 0; width: min(680px, calc(100vw - 24px)); max-height: min(860px, calc(100dvh - 24px)); background: var(--panel); color: var(--ink); box-shadow: 0 24px 80px var(--shade); overflow: hidden; }
    dialog[open] { display: flex; flex-direction: column; }
    dialog::backdrop { background: var(--veil); }
    .head { display: flex; align-items: center; padding: 14px 14px 4px 20px; } h2 { flex: 1; font-size: 16px; line-height: 22px; font-weight: 620; letter-spacing: -.01em; }
    fieldset { border: 0; margin: 0; padding: 2px 20px 12px; border-bottom: 1px solid var(--line); }
    fieldset label { display: flex; gap: 9px; align-items: center; min-height: 28px; width: fit-content; cursor: pointer; }
    fieldset p { color: var(--muted); margin-top: 4px; min-height: 40px; text-wrap: pretty; }
    .body { padding: 12px 20px; overflow: auto; min-height: 150px; }
    .said { font-weight: 600; text-wrap: pretty; }
    .notes li { color: var(--muted); margin-top: 2px; }
    .cost { display: grid; grid-template-columns: auto 1fr auto; gap: 2px 12px; align-items: center; margin: 10px 0 0; color: var(--muted); } .cost svg { display: block; }
    table { border-collapse: collapse; width: 100%; margin-top: 10px; }
    th, td { text-align: left; font-weight: 400; padding: 5px 12px 5px 0; vertical-align: top; border-bottom: 1px solid var(--line); white-space: nowrap; }
    th { color: var(--muted); font-size: 12px; } th:last-child, td:last-child { padding-right: 0; }
    .name, .days { white-space: normal; } .days span { white-space: nowrap; }
    .name { width: 99%; min-width: 110px; } .arrow { color: var(--muted); }
    .earlier { color: var(--accent-text); font-weight: 600; } .later { color: var(--warn); font-weight: 600; }
    .foot { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 10px 20px 14px; border-top: 1px solid var(--line); }
    .progress { color: var(--muted); animation: late .15s .2s both; } @keyframes late { from { opacity: 0; } }
  `];

  /** Opens it, with what order `by` would give. */
  async open(by: OrderBy = "value"): Promise<void> {
    this.choice = by;
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
    await this.#look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asking?.abort();
  }

  async #look(): Promise<void> {
    this.#asking?.abort();
    const { signal } = (this.#asking = new AbortController());
    const { choice, session } = this;
    const wanted = { by: choice === "value" ? "value" : "score", classes: choice === "classes", today: session.today } as const;
    this.wrong = "";
    this.preview = undefined;
    try {
      // What moves is known at once; which dates change may take a simulation.
      this.preview = session.planner.order(wanted);
      if (!this.preview.stale) return;
      this.progress = 0;
      this.preview = await session.ready((planner) => planner.order(wanted), { signal, onProgress: (share) => { if (!signal.aborted) this.progress = share; } });
    } catch (error) {
      if (!signal.aborted) this.wrong = reason(error);
    } finally {
      if (this.#asking?.signal === signal) this.progress = undefined;
    }
  }

  #take(): void {
    const { preview, choice } = this;
    if (!preview?.command) return;
    try {
      this.session.run(preview.command);
    } catch (error) {
      this.wrong = reason(error);
      return;
    }
    this.dialog.close();
    say(this, `Put in order by ${choice === "value" ? "value" : choice === "score" ? "score" : "MoSCoW class and score"}: ${count(preview.moves.length, "item")} moved`, { show: true, undo: true });
  }

  override render(): TemplateResult {
    const { choice, preview, progress } = this;
    return html`<dialog aria-labelledby="title" @keydown=${(event: KeyboardEvent) => event.stopPropagation()} @close=${() => this.#asking?.abort()}
      @click=${(event: Event) => { if (event.target === this.dialog) this.dialog.close(); }}>
      <div class="head"><h2 id="title">Put in order</h2><button class="icon quiet" aria-label="Close" @click=${() => this.dialog.close()}>${icons.close()}</button></div>
      <fieldset><legend class="sr">By what</legend>
        ${choices.map(([value, label]) => html`<label><input type="radio" name="by" value=${value} .checked=${value === choice} @change=${() => { this.choice = value; void this.#look(); }}>${label}</label>`)}
        <p>${choices.find(([value]) => value === choice)![2]}</p>
      </fieldset>
      <div class="body" tabindex="0" role="region" aria-label="What it would change">
        <div role="status">${preview ? html`<p class="said">${sentence(preview.sentence)}</p>` : nothing}</div>
        ${preview ? html`${preview.notes.length ? html`<ul class="notes">${preview.notes.map((note) => html`<li>${sentence(note)}</li>`)}</ul>` : nothing}
          ${preview.cost && preview.moves.length ? this.#cost(preview.cost) : nothing}${this.#moves(preview)}` : nothing}
      </div>
      <div class="foot">${this.wrong ? html`<span class="error" role="alert">${this.wrong}</span>` : nothing}
        ${progress === undefined ? nothing : html`<span class="progress">Dates: ${Math.round(progress * 100)} %</span>`}<span class="grow"></span>
        <button class="line" @click=${() => this.dialog.close()}>${preview && !preview.command ? "Close" : "Cancel"}</button>
        ${this.session.readonly || (preview && !preview.command) ? nothing : html`<button class="primary" ?disabled=${!preview} @click=${() => this.#take()}>Put in this order</button>`}</div>
    </dialog>`;
  }

  // Two bars: what delay costs today, and then.
  #cost({ given, best }: { given: number; best: number }): TemplateResult {
    const most = Math.max(given, best);
    const bar = (label: string, value: number, colour: string) => html`<span>${label}</span><svg width="100%" height="10" aria-hidden="true"><rect width="${most > 0 ? (value / most) * 100 : 0}%" height="10" rx="2" fill=${colour}></rect></svg><span class="right">${number(Math.round(value))}</span>`;
    return html`<div class="cost" role="group" aria-label="Cost of delay: worth × finish time">${bar("Delay costs today", given, "var(--ghost)")}${bar("in this order", best, "var(--accent)")}</div>`;
  }

  #moves({ moves, stale }: OrderPreview): TemplateResult | typeof nothing {
    if (!moves.length) return nothing;
    const day = (date: string | undefined) => (date == null ? (stale ? "" : "later") : spoken(date, this.session.today));
    const shift = ({ before, after }: Move): string => {
      const [from, to] = [before ?? "9", after ?? "9"];
      return stale || from === to ? "" : to < from ? "earlier" : "later";
    };
    return html`<table><caption class="sr">What moves</caption><thead><tr><th scope="col">Item</th><th scope="col">Place</th><th scope="col">85 % sure by</th></tr></thead>
      <tbody>${moves.slice(0, LISTED).map((move) => html`<tr><td class="name"><span class="faint">${move.id}</span> ${move.title}</td>
        <td>${move.from} <span class="arrow">→</span> ${move.to}</td>
        <td class="days"><span>${day(move.before)}</span>${stale ? nothing : html` <span class="arrow">→</span> <span class=${shift(move)}>${day(move.after)}</span>${shift(move) ? html`<span class="sr"> ${shift(move)}</span>` : nothing}`}</td></tr>`)}</tbody></table>
      ${moves.length > LISTED ? html`<p class="muted">and ${count(moves.length - LISTED, "more item")}</p>` : nothing}`;
  }
}

if (!customElements.get("landfall-order")) customElements.define("landfall-order", OrderDialog);
