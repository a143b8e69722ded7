// The small editors of the assumptions: lines that can be taken out, and one form at a time.
import { type CSSResultGroup, type TemplateResult, css, html } from "lit";
import { property, state } from "lit/decorators.js";
import type { PlanForecast, Summary } from "../../pkg/landfall";
import { Asking } from "./asking.ts";

/** A part of the assumptions with lines that can be taken out, and one small form at a time. */
export abstract class Small extends Asking {
  static override styles: CSSResultGroup = [Asking.styles, css`
    :host { display: block; margin-top: 6px; padding: 10px 12px 12px; border-radius: 8px; background: var(--hover); }
    p.about { color: var(--muted); font-size: 12px; line-height: 17px; text-wrap: pretty; }
    ul.entries { margin: 6px 0; }
    ul.entries li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 8px; align-items: start; padding: 3px 0; }
    ul.entries li + li { border-top: 1px solid var(--line); }
    ul.entries .text { padding: 3px 0; overflow-wrap: anywhere; }
    ul.entries small { display: block; font-size: 12px; line-height: 17px; color: var(--muted); }
    ul.entries li > button, .does button { min-height: 26px; padding: 1px 8px; color: var(--muted); }
    ul.entries li > button:hover, .does button:hover { color: var(--ink); background: var(--panel); }
    .adds { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 8px; }
    form { margin-top: 8px; padding-top: 8px; border-top: 1px solid var(--edge); }
    form h3 { margin: 0 0 4px; font-size: 12px; line-height: 17px; font-weight: 600; }
    .field { flex-basis: 84px; }
    .end { display: flex; justify-content: flex-end; margin-top: 8px; }
  `];

  @property({ attribute: false }) summary!: Summary;
  @property({ attribute: false }) forecast!: PlanForecast;

  /** Which form is open. */
  @state() protected editing = "";

  /** Puts the focus on the first thing that can be done here. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>("form input, form select, .adds button, ul.entries button")?.focus();
  }

  protected open(name: string): void {
    this.editing = name;
    this.clear();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>("form input, form select")?.focus());
  }

  protected override shut(): void {
    const name = this.editing;
    this.editing = "";
    this.clear();
    void this.updateComplete.then(() => (this.renderRoot.querySelector<HTMLElement>(`[data-add="${name}"]`) ?? this.renderRoot.querySelector<HTMLElement>(".adds button"))?.focus());
  }

  protected add(name: string, label: string, quiet = false): TemplateResult {
    return html`<button type="button" class=${quiet ? "" : "line"} data-add=${name} aria-expanded=${this.editing === name} @click=${() => (this.editing === name ? this.shut() : this.open(name))}>${label}</button>`;
  }

  protected closer(): TemplateResult {
    return html`<div class="end"><button type="button" class="link" @click=${() => this.dispatchEvent(new CustomEvent("close"))}>Close</button></div>`;
  }
}
