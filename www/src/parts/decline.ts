import { type CSSResultGroup, type TemplateResult, css, html } from "lit";
import { query, state } from "lit/decorators.js";
import type { Command } from "../../pkg/landfall.js";
import { define } from "../charts/chart.ts";
import { type Declined, say } from "../events.ts";
import { count } from "../text.ts";
import { Asking } from "./asking.ts";
import type { Form } from "./form.ts";

/** How a reason often begins. */
const starts = ["not worth its effort", "does not serve an objective", "duplicate of …", "not now: …"];

/** Asks why items or requests are declined, and keeps the answer as a decision. */
export class DeclineDialog extends Asking {
  @state() private what: Declined = {};
  @query("dialog") private dialog!: HTMLDialogElement;
  #from: HTMLElement | undefined;
  // What it is called, where it is one.
  #name: string | undefined;

  static override styles: CSSResultGroup = [Asking.styles, css`
    dialog { border: 1px solid var(--line); border-radius: 12px; padding: 14px 20px 18px; width: min(480px, calc(100vw - 24px)); max-height: calc(100dvh - 24px); background: var(--panel); color: var(--ink); box-shadow: 0 24px 80px var(--shade); overflow: auto; }
    dialog::backdrop { background: var(--veil); }
    h2 { font-size: 16px; line-height: 22px; font-weight: 620; letter-spacing: -.01em; }
    p { color: var(--muted); margin: 2px 0 12px; }
    .starts { display: flex; flex-wrap: wrap; gap: 4px; flex-basis: 100%; }
    .starts button { min-height: 26px; padding: 1px 9px; font-size: 12px; border-color: var(--edge); border-radius: 13px; } .starts button:hover { background: var(--hover); }
    .field.wide { flex: 1 1 100%; } .field.name { flex: 1 1 220px; }
    @media (pointer: coarse) { .starts button { min-height: 36px; } }
  `];

  /** Asks why these are declined; the focus returns to where it was. */
  open(what: Declined): void {
    this.what = what;
    const { items = [], requests = [] } = what;
    const one = items.length + requests.length === 1;
    this.#name = !one ? undefined : items[0] === undefined ? `the request ${requests[0]}` : `“${this.session!.item(items[0]).item.title}”`;
    this.#from = focused();
    this.today = this.session!.today;
    this.clear();
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector("form")!.reset();
      if (!this.dialog.open) this.dialog.showModal();
      this.#why.focus();
    });
  }

  get #why(): HTMLInputElement {
    return this.renderRoot.querySelector<HTMLInputElement>("#why")!;
  }

  protected override shut(): void {
    this.dialog.close();
  }

  // A dialog gives the focus back by itself, unless what had it was drawn anew meanwhile.
  #closed(): void {
    this.clear();
    if (this.#from?.isConnected) this.#from.focus();
  }

  protected override apply(command: Command): boolean {
    const fits = super.apply(command);
    if (fits) say(this, "Declined. The reason stands under Requests, Decisions", { show: true, undo: true });
    return fits;
  }

  #start(text: string): void {
    const field = this.#why;
    const open = text.endsWith("…");
    field.value = open ? text.slice(0, -1) : text;
    field.focus();
    // What is to be typed on is previewed when it is.
    if (!open) field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  #read(form: Form): Command {
    const instead = form.text("instead");
    return { type: "decline", ...this.what, why: form.text("why"), ...(instead ? { instead } : {}), date: form.date("date") };
  }

  override render(): TemplateResult {
    const { items = [], requests = [] } = this.what;
    const many = [...(items.length ? [count(items.length, "item")] : []), ...(requests.length ? [count(requests.length, "request")] : [])].join(" and ");
    return html`<dialog aria-labelledby="title" @keydown=${(event: KeyboardEvent) => event.stopPropagation()} @close=${() => this.#closed()}
        @click=${(event: Event) => { if (event.target === this.dialog) this.dialog.close(); }}>
      <h2 id="title">Decline ${this.#name ?? many}</h2><p>Saying no is a decision: the reason is kept with it, for those who asked.</p>
      ${this.form({
        fields: html`${this.field("Why", "why", "", { wide: true })}
          <div class="starts" role="group" aria-label="Begin with">${starts.map((text) => html`<button type="button" @click=${() => this.#start(text)}>${text}</button>`)}</div>
          <div class="field name">${this.field("Instead of what, or what is done instead", "instead", "", { placeholder: "optional" })}</div>${this.field("On", "date", this.today, { type: "date" })}`,
        read: (form) => this.#read(form),
        save: "Decline",
      })}</dialog>`;
  }
}

// What has the focus, inside of shadow trees too.
function focused(): HTMLElement | undefined {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement ? active : undefined;
}

define("landfall-decline", DeclineDialog);
declare global {
  interface HTMLElementTagNameMap {
    "landfall-decline": DeclineDialog;
  }
}
