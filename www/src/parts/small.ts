// The small editors of the assumptions: one form at a time, what does not fit said beside its field.
import { type CSSResultGroup, LitElement, type TemplateResult, css, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import type { Command, PlanForecast, Summary } from "../../pkg/landfall";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";
import { type Misfit, misfit, send } from "../views/send.ts";
import { Form, Unread } from "./form.ts";
import { Preview } from "./preview.ts";

/** A part of the assumptions with lines that can be taken out, and one small form at a time. */
export abstract class Small extends LitElement {
  static override styles: CSSResultGroup = [base, css`
    :host { display: block; margin-top: 6px; padding: 10px 12px 12px; border-radius: 8px; background: var(--hover); }
    p.about { color: var(--muted); font-size: 12px; line-height: 17px; text-wrap: pretty; }
    ul.entries { margin: 6px 0; }
    ul.entries li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 8px; align-items: start; padding: 3px 0; }
    ul.entries li + li { border-top: 1px solid var(--line); }
    ul.entries .text { padding: 3px 0; overflow-wrap: anywhere; }
    ul.entries small { display: block; font-size: 12px; line-height: 17px; color: var(--muted); }
    ul.entries li > button, .does button { min-height: 26px; padding: 1px 8px; color: var(--muted); }
    ul.entries li > button:hover, .does button:hover { color: var(--ink); background: var(--panel); }
    .adds, .buttons { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 8px; }
    .buttons .error { flex-basis: 100%; }
    form { margin-top: 8px; padding-top: 8px; border-top: 1px solid var(--edge); }
    form h3 { margin: 0 0 4px; font-size: 12px; line-height: 17px; font-weight: 600; }
    .fields { display: flex; flex-wrap: wrap; gap: 8px; align-items: flex-start; }
    .field { flex: 1 1 84px; min-width: 0; }
    .field.wide { flex-basis: 100%; }
    .field.date { flex-basis: 128px; }
    .field label { display: block; font-size: 12px; line-height: 17px; color: var(--muted); }
    .error { display: block; margin-top: 2px; }
    .error:empty { display: none; }
    .preview { margin: 8px 0 0; font-size: 12px; line-height: 17px; transition: opacity .15s; }
    .preview:empty { display: none; }
    .preview[aria-busy=true] { opacity: .5; }
    .end { display: flex; justify-content: flex-end; margin-top: 8px; }
  `];

  @property({ attribute: false }) session: Session | undefined;
  @property({ attribute: false }) summary!: Summary;
  @property({ attribute: false }) forecast!: PlanForecast;
  @property({ attribute: false }) today = "";

  /** Which form is open. */
  @state() protected editing = "";
  @state() private wrong: Misfit | undefined;
  #preview = new Preview(this);
  // Whether what is wrong is said beside a field.
  #placed = false;

  protected override willUpdate(): void {
    this.#placed = false;
  }

  /** Puts the focus on the first thing that can be done here. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>("form input, form select, .adds button, ul.entries button")?.focus();
  }

  protected open(name: string): void {
    this.editing = name;
    this.wrong = undefined;
    this.#preview.clear();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>("form input, form select")?.focus());
  }

  protected shut(): void {
    const name = this.editing;
    this.editing = "";
    this.wrong = undefined;
    this.#preview.clear();
    void this.updateComplete.then(() => (this.renderRoot.querySelector<HTMLElement>(`[data-add="${name}"]`) ?? this.renderRoot.querySelector<HTMLElement>(".adds button"))?.focus());
  }

  /** Sends a command; says why where it does not fit. */
  protected apply(command: Command): boolean {
    if (!this.session) return false;
    this.wrong = misfit(this.session.planner, command);
    if (this.wrong) {
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>("form [aria-invalid=true]")?.focus());
      return false;
    }
    send(this, command);
    return true;
  }

  protected form(title: string, fields: TemplateResult, read: (form: Form) => Command, save = "Add"): TemplateResult {
    const submit = (event: SubmitEvent): void => {
      event.preventDefault();
      try {
        if (this.apply(read(new Form(event.currentTarget as HTMLFormElement)))) this.shut();
      } catch (error) {
        if (!(error instanceof Unread)) throw error;
        this.wrong = { why: error.message, path: error.field };
        void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>("form [aria-invalid=true]")?.focus());
      }
    };
    const key = (event: KeyboardEvent): void => {
      event.stopPropagation();
      if (event.key === "Escape") this.shut();
    };
    const look = (event: Event): void => void this.#preview.look(event.currentTarget as HTMLFormElement, read);
    return html`<form novalidate aria-label=${title} @submit=${submit} @keydown=${key} @input=${look}>
      <h3>${title}</h3>
      <div class="fields">${fields}</div>
      ${this.#preview.render()}
      <div class="buttons">
        ${this.wrong && !this.#placed ? html`<span class="error" role="alert">${this.wrong.why}</span>` : nothing}
        <button type="submit" class="primary">${save}</button>
        <button type="button" class="line" @click=${() => this.shut()}>Cancel</button>
      </div>
    </form>`;
  }

  protected field(label: string, name: string, value: string, kind: { type?: string; numeric?: boolean; wide?: boolean; placeholder?: string } = {}): TemplateResult {
    const path = this.wrong?.path ?? "";
    const wrong = path === name || path.endsWith(`/${name}`);
    this.#placed ||= wrong;
    return html`<div class="field ${kind.wide ? "wide" : ""} ${kind.type ?? ""}">
      <label for=${name}>${label}</label>
      <input id=${name} name=${name} type=${kind.type ?? "text"} inputmode=${kind.numeric ? "decimal" : "text"} autocomplete="off" placeholder=${kind.placeholder ?? ""} value=${value} aria-invalid=${wrong ? "true" : "false"} aria-describedby="wrong-${name}">
      <span class="error" id="wrong-${name}" role="alert">${wrong ? this.wrong?.why : ""}</span>
    </div>`;
  }

  protected select(label: string, name: string, options: readonly (readonly [value: string, text: string])[], chosen: string, wide = false): TemplateResult {
    return html`<div class="field ${wide ? "wide" : ""}"><label for=${name}>${label}</label><select id=${name} name=${name}>${options.map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}</select></div>`;
  }

  protected add(name: string, label: string, quiet = false): TemplateResult {
    return html`<button type="button" class=${quiet ? "" : "line"} data-add=${name} aria-expanded=${this.editing === name} @click=${() => (this.editing === name ? this.shut() : this.open(name))}>${label}</button>`;
  }

  protected closer(): TemplateResult {
    return html`<div class="end"><button type="button" class="link" @click=${() => this.dispatchEvent(new CustomEvent("close"))}>Close</button></div>`;
  }
}
