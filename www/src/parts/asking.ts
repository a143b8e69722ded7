// Elements that ask with small forms: what is typed becomes a command, what does not fit is said beside its field, and
// what it would change is said while it is typed.
import { type CSSResultGroup, LitElement, type TemplateResult, css, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import type { Command, Range } from "../../pkg/landfall";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";
import { type Misfit, misfit, send } from "../views/send.ts";
import { Form, Unread } from "./form.ts";
import { Preview } from "./preview.ts";

/** A form: what it asks, and how that is read. */
interface Asked {
  /** Stands above it, where the line that it belongs to does not say it. */
  title?: string;
  fields: TemplateResult;
  read: (form: Form) => Command;
  save?: string;
  /** Takes out what is edited. */
  remove?: Command | undefined;
}

/** What kind of field it is. */
interface Kind {
  type?: string;
  numeric?: boolean;
  wide?: boolean;
  placeholder?: string;
}

/** An element with one small form open at a time. */
export abstract class Asking extends LitElement {
  static override styles: CSSResultGroup = [base, css`
    .fields { display: flex; flex-wrap: wrap; gap: 8px; align-items: flex-start; }
    .field { flex: 1 1 76px; min-width: 0; }
    .field.wide { flex-basis: 100%; }
    .field.date { flex-basis: 128px; }
    .field label, legend { display: block; padding: 0; font-size: 12px; line-height: 17px; color: var(--muted); }
    .three { flex: 1 1 100%; display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px; }
    .fields .error { display: block; flex-basis: 100%; margin-top: 2px; }
    .error:empty { display: none !important; }
    .preview { margin: 8px 0 0; font-size: 12px; line-height: 17px; transition: opacity .15s; }
    .preview:empty { display: none; }
    .preview[aria-busy=true] { opacity: .5; }
    .buttons { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 10px; }
    .buttons .error { flex-basis: 100%; }
    .buttons .remove { margin-left: auto; color: var(--bad); }
  `];

  @property({ attribute: false }) session: Session | undefined;
  @property({ attribute: false }) today = "";

  @state() private wrong: Misfit | undefined;
  #preview = new Preview(this);
  // Whether what is wrong is said beside a field.
  #placed = false;

  /** Closes the form that is open. */
  protected abstract shut(): void;

  protected override willUpdate(): void {
    this.#placed = false;
  }

  /** Forgets what was said of another form. */
  protected clear(): void {
    this.#preview.clear();
    this.wrong = undefined;
  }

  /** Sends a command; says why where it does not fit. */
  protected apply(command: Command): boolean {
    if (!this.session) return false;
    this.wrong = misfit(this.session.planner, command);
    if (this.wrong) this.#point();
    else send(this, command);
    return this.wrong === undefined;
  }

  protected form({ title, fields, read, save = "Save", remove }: Asked): TemplateResult {
    const submit = (event: SubmitEvent): void => {
      event.preventDefault();
      try {
        if (this.apply(read(new Form(event.currentTarget as HTMLFormElement)))) this.shut();
      } catch (error) {
        if (!(error instanceof Unread)) throw error;
        this.wrong = { why: error.message, path: error.field };
        this.#point();
      }
    };
    const key = (event: KeyboardEvent): void => {
      event.stopPropagation();
      if (event.key === "Escape") this.shut();
    };
    const look = (event: Event): void => void this.#preview.look(event.currentTarget as HTMLFormElement, read);
    return html`<form novalidate aria-label=${title ?? nothing} @submit=${submit} @keydown=${key} @input=${look}>
      ${title === undefined ? nothing : html`<h3>${title}</h3>`}
      <div class="fields">${fields}</div>
      <div class="buttons">
        ${this.wrong && !this.#placed ? html`<span class="error" role="alert">${this.wrong.why}</span>` : nothing}
        <button type="submit" class="primary">${save}</button>
        <button type="button" class="line" @click=${() => this.shut()}>Cancel</button>
        ${remove ? html`<button type="button" class="remove" @click=${() => { if (this.apply(remove)) this.shut(); }}>Take out</button>` : nothing}
      </div>
      ${this.#preview.render()}
    </form>`;
  }

  protected field(label: string, name: string, value: string, kind: Kind = {}): TemplateResult {
    const id = name.replaceAll("/", "-");
    return html`<div class="field ${kind.wide ? "wide" : ""} ${kind.type ?? ""}">
      <label for=${id}>${label}</label>
      <input id=${id} name=${name} type=${kind.type ?? "text"} inputmode=${kind.numeric ? "decimal" : "text"} autocomplete="off" placeholder=${kind.placeholder ?? ""} value=${value} aria-invalid=${this.#concerns(name) ? "true" : "false"} aria-describedby="wrong-${id}">
      ${this.error(name)}
    </div>`;
  }

  protected range([low, likely, high]: [string, string, string], name: string, range: Range | undefined): TemplateResult {
    const text = (value: number | null | undefined): string => (value == null ? "" : String(value));
    return html`<div class="three">
      ${this.field(low, `${name}/low`, text(range?.low), { numeric: true })}
      ${this.field(likely, `${name}/likely`, text(range?.likely), { numeric: true, placeholder: "–" })}
      ${this.field(high, `${name}/high`, text(range?.high), { numeric: true })}
    </div>${this.error(name)}`;
  }

  protected select(label: string, name: string, options: readonly (readonly [value: string, text: string])[], chosen: string, wide = false): TemplateResult {
    return html`<div class="field ${wide ? "wide" : ""}"><label for=${name}>${label}</label><select id=${name} name=${name}>${options.map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}</select></div>`;
  }

  protected error(name: string): TemplateResult {
    return html`<span class="error" id="wrong-${name.replaceAll("/", "-")}" role="alert">${this.#concerns(name) ? this.wrong?.why : ""}</span>`;
  }

  #concerns(name: string): boolean {
    const path = this.wrong?.path ?? "";
    const concerns = path === name || path.endsWith(`/${name}`);
    this.#placed ||= concerns;
    return concerns;
  }

  #point(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>("form [aria-invalid=true]")?.focus());
  }
}
