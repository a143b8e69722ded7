import { LitElement, type TemplateResult, css, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import type { Command } from "../../pkg/landfall.js";
import { say } from "../events.ts";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";
import { readGuess, readList, reason } from "../text.ts";

/** Asks how much the team finishes, where no file has told. */
export class GuessCard extends LitElement {
  @property({ attribute: false }) session!: Session;
  @property({ type: Number }) revision = 0;
  @state() private error = "";

  static override styles = [base, css`
    :host { display: block; border-bottom: 1px solid var(--line); background: var(--panel); }
    form { padding: 14px 16px 16px; display: grid; gap: 10px; }
    h2 { font-size: 14px; font-weight: 600; letter-spacing: -.01em; }
    .ways { display: flex; flex-wrap: wrap; gap: 12px 28px; align-items: end; }
    .way { display: flex; gap: 8px; align-items: end; }
    label { display: grid; gap: 2px; font-size: 12px; color: var(--muted); }
    label input { color: var(--ink); font-size: 13px; }
    .way label { width: 84px; }
    .way label.list { width: 200px; }
    .or { color: var(--faint); align-self: center; padding-top: 16px; }
  `];

  #set(event: SubmitEvent): void {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const text = (name: string) => String(data.get(name) ?? "");
    try {
      let command: Command;
      if (text("list").trim()) command = { type: "setHistory", finished: readList(text("list")), today: this.session.today };
      else {
        const guess = readGuess(text("poor"), text("usual"), text("good"));
        if (!guess) throw new Error("give three numbers, or what your last sprints finished");
        command = { type: "setGuess", guess };
      }
      this.session.run(command);
      this.error = "";
      void this.session.settled.then((fresh) => fresh && say(this, this.session.summary.headline, { show: true, undo: true }));
    } catch (error) {
      this.error = reason(error);
    }
  }

  override render(): TemplateResult {
    const { unit, calendar } = this.session.summary;
    const weeks = calendar.sprintDays % 7 === 0 ? `${calendar.sprintDays / 7} week${calendar.sprintDays === 7 ? "" : "s"}` : `${calendar.sprintDays} days`;
    const number = (name: string, label: string, hint: string) => html`<label>${label}<input name=${name} inputmode="decimal" autocomplete="off" placeholder=${hint} aria-describedby=${this.error ? "guess-error" : nothing}></label>`;
    return html`<form @submit=${this.#set} novalidate>
      <div><h2>How much does the team finish in a sprint?</h2>
        <p class="muted">Nothing finished is known yet, so there is nothing to forecast from. A guess will do, in ${unit} for ${weeks}; every date says that it rests on one.</p></div>
      <div class="ways">
        <div class="way">${number("poor", "A poor one", "8")}${number("usual", "A usual one", "14")}${number("good", "A good one", "20")}</div>
        <span class="or">or</span>
        <div class="way"><label class="list">What the last sprints finished<input name="list" inputmode="decimal" autocomplete="off" placeholder="8 12 9" aria-describedby=${this.error ? "guess-error" : nothing}></label></div>
        <button class="primary">Show the dates</button>
      </div>
      ${this.error ? html`<p class="error" id="guess-error" role="alert">${this.error}</p>` : nothing}
    </form>`;
  }
}

if (!customElements.get("landfall-guess")) customElements.define("landfall-guess", GuessCard);
