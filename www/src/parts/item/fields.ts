// What every section of the item's panel shares: fields that take what is typed, keep what does not fit beside its
// reason, and say what was found.
import { LitElement, type TemplateResult, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import type { Change, Command, ItemPatch, Link } from "../../../pkg/landfall.js";
import { fit } from "../../dom.ts";
import { openItem, say } from "../../events.ts";
import { icons } from "../../icons.ts";
import type { Session } from "../../session.ts";
import { capital, reason, statuses } from "../../text.ts";
import { Findings } from "../findings.ts";

/** What a field's text becomes. */
export type Made = ItemPatch | { command: Command };
type Field = HTMLInputElement | HTMLTextAreaElement;

/** How a field looks and what it takes. */
interface Kind {
  placeholder?: string;
  type?: string;
  list?: string;
  class?: string;
}

/** An element with fields of one item. Its sections are functions of it, in files of their own. */
export abstract class Fields extends LitElement {
  @property({ attribute: false }) session!: Session;
  @property({ type: Number }) revision = 0;
  /** The item's key. */
  @property() item!: string;

  /** Sections and forms that were asked for. */
  @state() unfolded = new Set<string>();
  /** What was typed into a field and did not fit, and why. */
  @state() refused = new Map<string, { text: string; why: string }>();
  /** What the items are called that a picker offers. */
  @state() suggestions: Link[] = [];
  findings = new Findings(this);

  #values = new Map<string, string>();

  /** Forgets what was typed and asked for. */
  protected reset(): void {
    this.unfolded = new Set();
    this.refused = new Map();
  }

  /** Shows a section or form, or hides it. */
  fold(name: string, on = false): void {
    this.unfolded = new Set(this.unfolded);
    this.unfolded[on ? "add" : "delete"](name);
  }

  /** Shows a section, with the focus in its first field. */
  unfold(name: string): void {
    this.fold(name, true);
    this.reach(`[data-section="${name}"] :is(input, textarea, select, [data-first])`);
  }

  /** Puts the focus where it belongs after the next drawing. */
  reach(selector: string): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(selector)?.focus());
  }

  // ---- changing

  /** Runs a command; what does not fit is said under the field, with what was typed still in it. */
  run(field: string, command: Command, text = ""): Change | undefined {
    try {
      const change = this.session.run(command);
      if (this.refused.delete(field)) this.requestUpdate();
      return change;
    } catch (error) {
      this.#refuse(field, text, error);
      say(this, reason(error));
      return undefined;
    }
  }

  /** Changes the item. */
  patch(field: string, patch: ItemPatch, text = ""): Change | undefined {
    return this.run(field, { type: "editItem", id: this.item, patch }, text);
  }

  /** Takes what was typed into a field. */
  take(field: string, text: string, old: string, make: (text: string) => Made): void {
    if (text === old && !this.refused.has(field)) return;
    let made: Made;
    try {
      made = make(text);
    } catch (error) {
      return this.#refuse(field, text, error);
    }
    if (text === old) {
      this.refused.delete(field);
      this.requestUpdate();
    } else if ("command" in made) this.run(field, made.command, text);
    else this.patch(field, made, text);
  }

  #refuse(field: string, text: string, error: unknown): void {
    this.refused = new Map(this.refused).set(field, { text, why: reason(error) });
  }

  /** The value that a field shows. It is set when it changes, not at every drawing: what is being typed stays. */
  shown(field: string, value: string): string {
    const shown = this.refused.get(field)?.text ?? value;
    this.#values.set(field, shown);
    return shown;
  }

  #changed(event: Event, field: string, old: string, make: (text: string) => Made): void {
    const target = event.target as Field;
    this.take(field, target.value, old, make);
    // "5.0" was taken as 5, and is shown so.
    void this.updateComplete.then(() => {
      const shown = this.#values.get(field);
      if (shown !== undefined && target.value !== shown) target.value = shown;
    });
  }

  /** What is wrong with a field, or was found in it. */
  under(field: string): TemplateResult {
    const refused = this.refused.get(field);
    return html`${refused ? html`<p class="error" role="alert" id="why-${field}">${refused.why}</p>` : nothing}${this.findings.line(field)}`;
  }

  /** For `aria-describedby`. */
  described(field: string): string | typeof nothing {
    return [this.refused.has(field) && `why-${field}`, this.findings.described(field)].filter(Boolean).join(" ") || nothing;
  }

  /** For `aria-invalid`. */
  invalid(field: string): "true" | "false" {
    return this.refused.has(field) ? "true" : "false";
  }

  /** A field has been left: what was found in what was written there is read out now, not at each key. */
  left(field: string): void {
    if (!this.findings.left(field)) return;
    void this.updateComplete.then(() => {
      const found = this.findings.at(field);
      if (found.length) say(this, found.map(({ message }) => `${capital(message)}.`).join(" "));
    });
  }

  // An event forgets its target once it is over.
  #look({ target }: Event, make: (text: string) => Made): void {
    this.findings.look(() => make((target as Field).value));
  }

  /** Keys of a field: Escape gives up what was typed, Enter takes it. */
  key(event: KeyboardEvent, field: string, value: string): void {
    const target = event.target as Field;
    if (event.key === "Escape") {
      event.stopPropagation();
      if (target.value === value && !this.refused.has(field)) return this.close();
      this.refused.delete(field);
      target.value = value;
      if (target instanceof HTMLTextAreaElement) fit(target);
      this.findings.left(field);
    } else if (event.key === "Enter" && (target instanceof HTMLInputElement || field === "title" || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      target.blur();
      target.focus();
    }
  }

  /** Closes the panel. */
  close(): void {
    this.dispatchEvent(new CustomEvent("close"));
  }

  // ---- fields

  /** A field of one line. */
  input(field: string, value: string, label: string, make: (text: string) => Made, more: Kind = {}): TemplateResult {
    return html`<input class=${more.class ?? ""} data-field=${field} type=${more.type ?? "text"} aria-label=${label} placeholder=${more.placeholder ?? ""} list=${more.list ?? nothing} autocomplete="off"
      .value=${this.shown(field, value)} aria-invalid=${this.invalid(field)} aria-describedby=${this.described(field)}
      @input=${(event: Event) => this.#look(event, make)}
      @focusout=${() => this.left(field)}
      @keydown=${(event: KeyboardEvent) => this.key(event, field, value)}
      @change=${(event: Event) => this.#changed(event, field, value, make)}>`;
  }

  /** A field as high as its text. */
  area(field: string, value: string, label: string, make: (text: string) => Made, more: Kind = {}): TemplateResult {
    return html`<textarea rows="1" lang=${this.session.lang} class=${more.class ?? "soft"} data-field=${field} aria-label=${label} placeholder=${more.placeholder ?? ""}
      .value=${this.shown(field, value)} aria-invalid=${this.invalid(field)} aria-describedby=${this.described(field)}
      @input=${(event: Event) => { fit(event.target as HTMLTextAreaElement); this.#look(event, make); }}
      @focusout=${() => this.left(field)}
      @keydown=${(event: KeyboardEvent) => this.key(event, field, value)}
      @change=${(event: Event) => this.#changed(event, field, value, make)}></textarea>`;
  }

  /** A field for another item, by key or title. */
  picker(field: string, label: string, make: (id: string) => ItemPatch): TemplateResult {
    const found = (text: string) => this.session.rows({ search: text, count: 12, filter: { show: "all" } }).rows;
    return html`<input data-field=${field} aria-label=${label} placeholder=${label} list="items-${field}" autocomplete="off" .value=${this.shown(field, "")} aria-invalid=${this.invalid(field)} aria-describedby=${this.described(field)}
        @input=${(event: Event) => {
          const text = (event.target as Field).value.trim();
          this.suggestions = text ? found(text).filter((row) => row.id !== this.item) : [];
        }}
        @keydown=${(event: KeyboardEvent) => this.key(event, field, "")}
        @change=${(event: Event) => {
          const input = event.target as HTMLInputElement;
          const text = input.value.trim();
          if (!text) return void this.refused.delete(field);
          const rows = found(text);
          const exact = rows.find((row) => [row.id, row.title, `${row.id} ${row.title}`].some((name) => name.toLowerCase() === text.toLowerCase())) ?? (rows.length === 1 ? rows[0] : undefined);
          this.take(field, text, "", () => {
            if (!exact) throw new Error(rows.length ? `“${text}” fits ${rows.length} items: give the key` : `no item is called “${text}”: give its key, like LF-12`);
            return make(exact.id);
          });
          if (!this.refused.has(field)) input.value = "";
        }}>
      <datalist id="items-${field}">${this.suggestions.map(({ id, title }) => html`<option value=${id}>${title}</option>`)}</datalist>`;
  }

  /** Another item, to open or to take out. */
  link(link: Link, remove?: () => void): TemplateResult {
    return html`<div class="item-chip"><span class="key faint">${link.id}</span>
      <button class="link" @click=${() => openItem(this, link.id)} ?disabled=${!link.title}>${link.title || "not in this plan"}</button>
      ${link.status ? html`<span class="chip plain">${statuses[link.status]}</span>` : html`<span></span>`}
      ${remove && !this.session.readonly ? html`<button aria-label="Remove ${link.id}" title="Remove" @click=${remove}>${icons.close(12)}</button>` : html`<span></span>`}</div>`;
  }

  /** A section with its heading. */
  section(name: string, heading: unknown, body: unknown): TemplateResult {
    return html`<div data-section=${name}><h3>${heading}</h3>${body}</div>`;
  }
}
