import { type CSSResultGroup, type PropertyValues, type TemplateResult, css, html, nothing } from "lit";
import { state } from "lit/decorators.js";
import type { OwnedCount } from "../../pkg/landfall.js";
import { define } from "../charts/chart.ts";
import { ask } from "../events.ts";
import { capital } from "../text.ts";
import { Section } from "./section.ts";

/** How the backlog is owned: what can be counted, who has which authority, and one step. */
export class LandfallOwnership extends Section {
  @state() private open = false;
  /** Whether how forecasts held is looked at as well. */
  @state() private held = false;

  static override styles: CSSResultGroup = [Section.styles, css`
    summary { width: fit-content; cursor: pointer; border-radius: 4px; } summary h3 { display: inline; }
    .counts { margin: 8px 0; } .counts button { text-align: left; white-space: normal; }
    fieldset { border: 0; margin: 10px 0 0; padding: 0; min-width: 0; } legend { padding: 0; font-weight: 550; }
    .answers { display: flex; flex-wrap: wrap; gap: 0 18px; } label { display: inline-flex; gap: 7px; align-items: center; min-height: 26px; cursor: pointer; }
    .step { margin-top: 12px; padding: 8px 12px; border-radius: 8px; background: var(--accent-soft); max-width: 640px; text-wrap: pretty; } .step b { font-weight: 600; }
  `];

  // In this browser, and nowhere in the plan.
  get #answers(): number[] {
    return [.../^[0-3]{6}$/.exec(this.session?.note("ownership") ?? "")?.[0] ?? "000000"].map(Number);
  }

  #answer(question: number, answer: number): void {
    this.session?.note("ownership", this.#answers.with(question, answer).join(""));
    this.requestUpdate();
  }

  override render(): TemplateResult {
    return html`<details @toggle=${(event: Event) => { this.open = (event.currentTarget as HTMLDetailsElement).open; }}><summary><h3>How the backlog is owned</h3></summary>${this.open && this.session ? this.#body() : nothing}</details>`;
  }

  // What takes a while in long plans: anew when the plan changes, not with each answer.
  #order = "";
  #forecasts = "";

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.open || !this.session || !["session", "today", "revision", "open", "held"].some((name) => changed.has(name))) return;
    const { session: { planner }, today, held } = this;
    this.#order = capital(planner.ranking({ count: 0, today }).sentence);
    this.#forecasts = held ? `${capital(planner.backtest({ today }).sentence)}.` : "";
  }

  #body(): TemplateResult {
    const answers = this.#answers;
    const { counts, questions, sentence, step } = this.session!.planner.ownership({ answers, today: this.today });
    const order = this.#order;
    return html`<ul class="counts">${counts.map((one) => this.#count(one))}
        <li>${this.readonly ? order : html`<button type="button" class="link" @click=${() => ask(this, { what: "order", by: "value" })}>${order}</button>`}</li>
        <li>${this.#forecasts || html`<button type="button" class="link" @click=${() => { this.held = true; }}>See how forecasts held</button>`}</li></ul>
      <p class="muted">Your answers stay in this browser. They are about the set-up, not about a person.</p>
      ${questions.map(({ text, answers: choices }, question) => html`<fieldset><legend>${text}</legend><div class="answers">${choices.map((choice, k) => html`<label><input type="radio" name="q${question}" .checked=${answers[question] === k + 1} @change=${() => this.#answer(question, k + 1)}>${choice}</label>`)}</div></fieldset>`)}
      <div class="step" role="status"><p>${sentence}.</p><p><b>Next step:</b> ${step}.</p></div>`;
  }

  #count({ of, sentence, ids, missing }: OwnedCount): TemplateResult {
    const show = (some: string[]): void => void (of === "items" ? ask(this, { what: "show", filter: { ids: some } }) : ask(this, { what: "lens", lens: "requests" }));
    const button = (text: string, some: string[]) => some.length && of !== "promises" ? html`<button type="button" class="link" @click=${() => show(some)}>${text}</button>` : html`${text}`;
    return html`<li>${button(capital(sentence), ids)}${missing.length && of === "items" ? html` · ${button(`show the other ${missing.length === 1 ? "one" : missing.length}`, missing)}` : nothing}</li>`;
  }
}

define("landfall-ownership", LandfallOwnership);
