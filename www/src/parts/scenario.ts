import { LitElement, type PropertyValues, css, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import type { Comparison } from "../../pkg/landfall.js";
import { define } from "../charts/chart.ts";
import { copy, painted } from "../dom.ts";
import { ask, say } from "../events.ts";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";
import { count, dated, reason } from "../text.ts";

/** The strip of a scenario: what is assumed, the trade-off in a sentence, and the two ways out. Event: `compared`. */
export class ScenarioStrip extends LitElement {
  static override styles = [base, css`
    :host { display: block; padding: 8px 16px 10px; border-bottom: 1px solid var(--line); background: var(--accent-soft); }
    .said { text-wrap: pretty; max-width: 100ch; margin: 0 0 6px; overflow-wrap: anywhere; } .said b { font-weight: 600; } .said[aria-busy=true] { opacity: .55; }
    .foot { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; } .foot .grow { flex: 1; }
    .foot button { min-height: 28px; }
    details { margin-bottom: 6px; } summary { width: fit-content; color: var(--muted); cursor: pointer; border-radius: 4px; } summary:hover { color: var(--ink); }
    li { display: flex; gap: 8px; align-items: center; padding: 1px 0; overflow-wrap: anywhere; } li.off { color: var(--warn); } li button { min-height: 24px; padding: 0 6px; color: var(--muted); }
  `];

  @property({ attribute: false }) session!: Session;
  @property({ type: Number }) revision = 0;
  @property() today = "";

  @state() private compared: Comparison | undefined;
  @state() private fresh = false;
  @state() private wrong = "";
  #asking: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asking?.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("revision") || changed.has("session") || changed.has("today")) void this.#compare();
  }

  async #compare(): Promise<void> {
    const { session } = this;
    const { scenario } = session;
    if (scenario === undefined) return;
    this.#asking?.abort();
    const { signal } = (this.#asking = new AbortController());
    this.fresh = false;
    if (this.compared?.scenario !== scenario) this.compared = undefined;
    // Dates on the screen come first.
    await painted();
    if (signal.aborted) return;
    try {
      this.compared = await session.ready((planner) => planner.compare(scenario, { today: session.today }), { signal });
      this.fresh = true;
      this.wrong = "";
      this.dispatchEvent(new CustomEvent("compared", { detail: this.compared }));
    } catch (error) {
      if (!signal.aborted) this.wrong = reason(error);
    }
  }

  /** Makes it part of the plan; one undo takes all of it back. */
  takeOver(): void {
    const { scenario } = this.session;
    if (scenario === undefined) return;
    try {
      this.session.run({ type: "takeOver", scenario });
      this.session.enter();
      say(this, `${scenario}: taken over`, { show: true, undo: true });
    } catch (error) {
      this.wrong = reason(error);
    }
  }

  async #copy(): Promise<void> {
    const text = `${this.compared!.sentence}.`;
    if (await copy(text)) return void say(this, "Copied", { show: true });
    getSelection()?.selectAllChildren(this.renderRoot.querySelector(".said")!);
    say(this, "This page may not use the clipboard: the sentence is selected, copy it with the keyboard", { show: true });
  }

  override render() {
    const { session, compared } = this;
    const { scenario, summary, readonly } = session;
    const view = summary.scenarios.find(({ name }) => name === scenario);
    if (!view) return nothing;
    const off = view.assumed.filter(({ applies }) => !applies).length;
    const changed = view.changed ? html` The plan has changed since: the scenario was applied to it again.` : nothing;
    return html`<section aria-label="Scenario">
      <p class="said" role="status" aria-busy=${this.fresh || view.assumed.length === 0 ? "false" : "true"}>${view.assumed.length === 0
        ? html`<b>${view.name}</b>: nothing is assumed yet. What you change now, an order, a size, a day off, is assumed here alone; the plan stays as it is.`
        : compared ? dated(`${compared.sentence}.`) : html`<b>${view.name}</b>: comparing with the plan…`}</p>
      ${this.wrong ? html`<p class="error" role="alert">${this.wrong}</p>` : nothing}
      ${view.assumed.length ? html`<details ?open=${off > 0}><summary>${count(view.assumed.length, "thing")} assumed${off ? `, ${off} no longer ${off === 1 ? "applies" : "apply"}` : ""}.${changed}</summary>
        <ul>${view.assumed.map(({ text, applies }, k) => html`<li class=${applies ? "" : "off"}><span>${applies ? text : `left out: ${text}`}</span>${readonly ? nothing : html`<button class="quiet" aria-label="Do not assume: ${text}" @click=${() => session.run({ type: "removeAssumed", scenario: view.name, place: k })}>Take out</button>`}</li>`)}</ul></details>` : nothing}
      <div class="foot">
        ${readonly ? nothing : html`<button class="primary" ?disabled=${view.assumed.length === off} @click=${() => this.takeOver()}>Take over</button>`}
        <button class="line" @click=${() => session.enter()}>Leave</button>
        <button class="line" ?disabled=${!this.fresh} @click=${() => this.#copy()}>Copy the sentence</button>
        <button class="line" @click=${() => ask(this, { what: "scenarios" })}>Compare…</button>
        <span class="grow"></span>
        ${readonly ? nothing : html`<button class="quiet" @click=${() => { session.run({ type: "removeScenario", name: view.name }); session.enter(); say(this, `${view.name}: dropped`, { show: true, undo: true }); }}>Drop it</button>`}
      </div></section>`;
  }
}

define("landfall-scenario", ScenarioStrip);
declare global {
  interface HTMLElementTagNameMap {
    "landfall-scenario": ScenarioStrip;
  }
}
