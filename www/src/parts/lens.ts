// What the lenses of the plan share: forms that open where they are asked for, items found by key or title, and what is
// said after a change.
import { type CSSResultGroup, type TemplateResult, css, html } from "lit";
import { property, state } from "lit/decorators.js";
import type { Command, Uncertain } from "../../pkg/landfall.js";
import { say } from "../events.ts";
import type { Session } from "../session.ts";
import { number, readUncertain, reason, uncertain } from "../text.ts";
import { Asking } from "./asking.ts";
import { type Form, Unread } from "./form.ts";

/** A part of the plan seen another way, where it can be changed as well. */
export abstract class Lens extends Asking {
  static override styles: CSSResultGroup = [Asking.styles, css`
    :host { display: block; container-type: inline-size; padding: 12px 16px 28px; }
    h2 { font-size: 15px; line-height: 22px; font-weight: 620; letter-spacing: -.01em; }
    h3 { font-size: 13px; font-weight: 600; }
    .lead { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; min-height: 28px; }
    .lead p { flex: 1 1 240px; text-wrap: pretty; }
    .lead select { width: auto; max-width: 180px; field-sizing: content; }
    form { margin: 8px 0 12px; padding: 8px 12px 12px; border-radius: 8px; background: var(--hover); }
    form h3 { margin-bottom: 4px; }
    .field { flex-basis: 120px; } .field.name { flex: 2 1 220px; }
    .quiet, .pick { display: contents; }
    .note { color: var(--muted); font-size: 12px; line-height: 17px; flex-basis: 100%; }
    button.item, .by button.link, section > button.link { margin-left: -3px; } button.item { display: inline-flex; gap: 7px; max-width: 100%; text-decoration: none; color: inherit; text-align: left; border-radius: 4px; vertical-align: bottom; }
    button.item:hover .cut { text-decoration: underline; text-underline-offset: 3px; } button.item[disabled] { color: var(--muted); }
    .key { color: var(--faint); font-size: 12px; flex: none; }
    button.soft { color: var(--muted); padding: 0 8px; min-height: 26px; } button.soft:hover { color: var(--ink); background: var(--hover); }
    .empty { max-width: 480px; margin: 40px auto 0; text-align: center; } .empty p { color: var(--muted); margin: 2px 0 14px; text-wrap: pretty; }
    .empty form { text-align: left; }
    @media (pointer: coarse) { button.link, button.soft { min-height: 36px; } }
  `];

  declare session: Session;
  @property({ type: Number }) revision = 0;
  /** Which form is open. */
  @state() protected editing = "";
  /** What a field outside of a form was refused, and why. */
  @state() protected refused: { field: string; text: string; why: string } | undefined;
  @state() private suggestions: { id: string; title: string }[] = [];

  /** What is said once a command has been done. */
  protected abstract tell(command: Command): string;

  protected override willUpdate(): void {
    super.willUpdate();
    this.today = this.session.today;
  }

  protected override updated(): void {
    for (const input of this.renderRoot.querySelectorAll(".pick input")) input.setAttribute("list", "items");
  }

  protected open(name: string): void {
    this.editing = name;
    this.clear();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".asked :is(input, select, textarea)")?.focus());
  }

  protected override shut(): void {
    const name = this.editing;
    this.editing = "";
    this.clear();
    void this.updateComplete.then(() => this.back(name));
  }

  /** Puts the focus back to what opened a form. */
  protected back(name: string): void {
    this.renderRoot.querySelector<HTMLElement>(`[data-open="${CSS.escape(name)}"]`)?.focus();
  }

  /** What opens a form, and closes it. */
  protected opener(name: string, label: string, kind = "line", spoken?: string): TemplateResult {
    return html`<button type="button" class=${kind} data-open=${name} aria-expanded=${this.editing === name ? "true" : "false"} aria-label=${spoken ?? label} @click=${() => (this.editing === name ? this.shut() : this.open(name))}>${label}</button>`;
  }

  protected override apply(command: Command): boolean {
    const fits = super.apply(command);
    if (fits) say(this, this.tell(command), { show: true, undo: true });
    return fits;
  }

  /** Does what a field outside of a form asks for; says beside it why it cannot be done. */
  protected take(field: string, text: string, make: () => Command): boolean {
    try {
      const command = make();
      this.session.run(command);
      this.refused = undefined;
      say(this, this.tell(command), { show: true, undo: true });
      return true;
    } catch (error) {
      this.refused = { field, text, why: reason(error) };
      return false;
    }
  }

  /** Opens an item in the panel. */
  protected reveal(id: string): void {
    this.dispatchEvent(new CustomEvent("open-item", { detail: id, bubbles: true, composed: true }));
  }

  protected link(id: string, title: string): TemplateResult {
    return html`<button type="button" class="link item" ?disabled=${!title} @click=${() => this.reveal(id)}><span class="key">${id}</span><span class="cut" title=${title}>${title || "not in this plan"}</span></button>`;
  }

  /** Fields that no date depends on: nothing is previewed while they are filled in. */
  protected quiet(fields: TemplateResult): TemplateResult {
    return html`<div class="quiet" @input=${(event: Event) => event.stopPropagation()}>${fields}</div>`;
  }

  /** A field for an item, by key or title. */
  protected pick(label: string, name: string, value = "", placeholder = "Key or title"): TemplateResult {
    return html`<div class="pick" @input=${(event: Event) => this.suggest((event.target as HTMLInputElement).value)}>${this.field(label, name, value, { placeholder })}</div>`;
  }

  protected suggest(text: string): void {
    const search = text.trim();
    this.suggestions = search ? this.session.rows({ search, count: 12, filter: { show: "all" } }).rows.map(({ id, title }) => ({ id, title })) : [];
  }

  /** What fields for items offer. */
  protected offered(): TemplateResult {
    return html`<datalist id="items">${this.suggestions.map(({ id, title }) => html`<option value=${id}>${title}</option>`)}</datalist>`;
  }

  /** The item that a field of a form names. */
  protected found(form: Form, name: string): string {
    return read(name, () => findItem(this.session, form.text(name)));
  }
}

/** What can be made of a field; what cannot is said beside it. */
export function read<T>(field: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof Unread ? error : new Unread(field, reason(error));
  }
}

/** The item of this key or title; throws where there is none, or more than one. */
export function findItem(session: Session, text: string): string {
  if (!text) throw new Error("give the key or title of an item");
  const { rows } = session.rows({ search: text, count: 12, filter: { show: "all" } });
  const same = (one: string): boolean => one.toLowerCase() === text.toLowerCase();
  const exact = rows.find(({ id }) => same(id)) ?? rows.find(({ id, title }) => same(title) || same(`${id} ${title}`)) ?? (rows.length === 1 ? rows[0] : undefined);
  if (!exact) throw new Error(rows.length ? `“${text}” fits ${rows.length} items: give the key` : `no item is called “${text}”: give its key, like LF-12`);
  return exact.id;
}

/** A number or range that may lie below 0: "+90", "−30", "-50 – -30", "-5 to 10". */
export function readSigned(text: string, what: string): Uncertain | null {
  const parts = text.trim().replaceAll("−", "-").replace(/([\d%k])\s*-/gi, "$1 to ").split(/\s*(?:–|—|\.\.+|…|\bto\b)\s*/);
  if (parts.length === 1) {
    const value = readUncertain(parts[0]!.replace(/^[+-]\s*/, ""), what);
    return typeof value === "number" && parts[0]!.startsWith("-") ? -value : value;
  }
  const [low, b, c] = parts.map((part) => {
    const value = readUncertain(part.replace(/^[+-]\s*/, ""), what);
    if (typeof value !== "number") throw new Error(`“${text.trim()}” is no ${what}: write 90, −30 or 50–90`);
    return part.startsWith("-") ? -value : value;
  });
  return c === undefined ? { low: low!, high: b! } : { low: low!, likely: b!, high: c };
}

/** A value that must be one number, of either sign. */
export function readOne(text: string, what: string): number {
  const value = readSigned(text, what);
  if (typeof value !== "number") throw new Error(`give one number for the ${what}`);
  return value;
}

/** "+90", "−50–−30". */
export const signed = (value: Uncertain | null | undefined): string => uncertain(value, (n) => `${n > 0 ? "+" : n < 0 ? "−" : ""}${number(Math.abs(n))}`).replaceAll("–", " to ");

/** The first of `O-1`, `O-2`, … that is not taken. */
export function freshId(prefix: string, taken: readonly string[]): string {
  let k = taken.length + 1;
  while (taken.includes(`${prefix}-${k}`)) k++;
  return `${prefix}-${k}`;
}
