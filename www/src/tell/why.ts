import { LitElement, type PropertyValues, css, html, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import type { WhyMoved, WhyQuery } from "../../pkg/landfall";
import { define, sentence } from "../charts/chart.ts";
import "../charts/waterfall.ts";
import { causeName } from "../charts/waterfall.ts";
import { copy } from "../dom.ts";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";
import { dated } from "../text.ts";
import { explained } from "../views/send.ts";

/** Why a date moved between two kept forecasts, or since a promise. */
export class LandfallWhy extends LitElement {
  static override styles = [base, css`
    :host { display: block; padding: 4px 0 8px; transition: opacity .15s; }
    :host([aria-busy=true]) { opacity: .55; }
    dl { margin-top: 8px; max-width: 78ch; }
    dl > div { display: flex; flex-wrap: wrap; gap: 0 10px; padding: 3px 0; }
    dt { font-weight: 600; }
    dd { flex: 1 1 300px; overflow-wrap: anywhere; }
    .bar { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin-top: 8px; }
    .wait { animation: wait .3s .2s both; } @keyframes wait { from { opacity: 0; } }
  `];

  @property({ attribute: false }) session: Session | undefined;
  @property({ attribute: false }) today = "";
  /** Changes whenever the plan does. */
  @property({ attribute: false }) revision = 0;
  /** Between which kept forecasts, by id; without `to` the plan as it is. */
  @property({ attribute: false }) from: string | undefined;
  @property({ attribute: false }) to: string | undefined;
  /** Since which promise, by id, and of what it is about. */
  @property({ attribute: false }) promise: string | undefined;

  @state() private why: WhyMoved | undefined;
  @state() private failure = "";
  @state() private copied = "";
  @query("landfall-waterfall") private chart!: HTMLElement | null;

  #asking: AbortController | undefined;

  protected override willUpdate(changed: PropertyValues): void {
    if (["session", "today", "revision", "from", "to", "promise"].some((name) => changed.has(name))) void this.#ask();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asking?.abort();
  }

  async #ask(): Promise<void> {
    const { session, from, to, promise, today } = this;
    if (!session) return;
    this.#asking?.abort();
    const { signal } = (this.#asking = new AbortController());
    const query: WhyQuery = { today, ...(from ? { from } : {}), ...(to ? { to } : {}), ...(promise ? { promise } : {}) };
    this.ariaBusy = "true";
    this.copied = "";
    try {
      this.why = await session.ready((planner) => planner.why(query), { signal });
      this.failure = "";
    } catch (error) {
      if (signal.aborted) return;
      this.why = undefined;
      this.failure = explained(error).why;
    }
    this.ariaBusy = "false";
  }

  async #copy(text: string): Promise<void> {
    this.copied = (await copy(text)) ? "Copied" : "This page may not use the clipboard: the sentence is selected, copy it with the keyboard";
    const said = this.chart?.shadowRoot?.querySelector("figcaption");
    if (this.copied !== "Copied" && said) getSelection()?.selectAllChildren(said);
  }

  override render() {
    const { why, failure } = this;
    if (failure) return html`<p class="error" role="alert">${sentence(failure)}</p>`;
    if (!why) return html`<p class="muted wait" role="status">Working out what moved it…</p>`;
    return html`
      <landfall-waterfall .why=${why} .today=${this.today}></landfall-waterfall>
      ${why.causes.length ? html`<dl aria-label="What each cause consists of">${why.causes.map((one) => html`<div><dt>${causeName(one)}: ${one.text}</dt><dd>${dated(sentence(one.about))}</dd></div>`)}</dl>` : nothing}
      <div class="bar"><button type="button" class="line" @click=${() => this.#copy(sentence(why.sentence))}>Copy</button><span class="muted" role="status">${this.copied}</span></div>`;
  }
}

define("landfall-why", LandfallWhy);
