// A dialog about one item: what it asks, and one button that does it, as one change.
import { type CSSResultGroup, LitElement, type TemplateResult, css, html, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import type { Change, Command } from "../../pkg/landfall.js";
import { fit } from "../dom.ts";
import { icons } from "../icons.ts";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";
import { reason } from "../text.ts";

/** A dialog that opens for an item, gives the focus back when it closes, and is confirmed by Ctrl or ⌘ with Enter. Event: `shut`, when it is closed. */
export abstract class Sheet extends LitElement {
  static override styles: CSSResultGroup = [base, css`
    dialog { border: 1px solid var(--line); border-radius: 12px; padding: 0; width: min(620px, calc(100vw - 24px)); max-width: none; max-height: calc(100dvh - 24px); background: var(--panel); color: var(--ink); box-shadow: 0 24px 80px var(--shade); overflow: auto; }
    dialog::backdrop { background: var(--veil); }
    .head { position: sticky; top: 0; z-index: 1; background: var(--panel); display: flex; align-items: start; gap: 8px; padding: 14px 14px 8px 20px; } h2 { flex: 1; min-width: 0; overflow-wrap: anywhere; font-size: 16px; line-height: 22px; font-weight: 620; letter-spacing: -.01em; padding-top: 3px; }
    .body { padding: 0 20px 16px; display: grid; gap: 12px; grid-template-columns: minmax(0, 1fr); }
    h3 { font-size: 12px; line-height: 17px; font-weight: 600; color: var(--muted); margin-bottom: 4px; }
    .note { color: var(--muted); font-size: 12px; line-height: 17px; text-wrap: pretty; }
    .actions { position: sticky; bottom: 0; background: var(--panel); border-top: 1px solid var(--line); padding: 10px 20px; display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
    .actions .error { flex: 1 0 100%; }
    .row { display: flex; gap: 8px; align-items: center; min-width: 0; } .row label { display: flex; gap: 8px; align-items: center; min-height: 24px; min-width: 0; }
    li button.icon { width: 26px; min-height: 26px; } li button.icon:not(:disabled) { color: var(--muted); } li button.icon:hover:not(:disabled) { color: var(--ink); background: var(--hover); }
    textarea { resize: vertical; }
    @media (max-width: 600px) { dialog { width: 100vw; height: 100dvh; max-height: none; margin: 0; border: 0; border-radius: 0; } }
    @media (pointer: coarse) { li button.icon { width: 36px; min-height: 36px; } }
  `];

  @property({ attribute: false }) session!: Session;
  /** The item's key. */
  @state() protected item = "";
  @state() protected wrong: { why: string; path: string } | undefined;
  @query("dialog") private dialog!: HTMLDialogElement;

  /** What the dialog begins with. */
  protected abstract begin(others: string[]): void;
  /** Does what the dialog is for. */
  protected abstract confirm(): void;

  /** Opens it for an item. */
  async open(item = "", others: string[] = []): Promise<void> {
    this.item = item;
    this.wrong = undefined;
    this.begin(others);
    this.requestUpdate();
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
    this.fit();
    this.first?.focus();
  }

  protected get first(): HTMLElement | null {
    return this.renderRoot.querySelector(".body :is(input, textarea, button)");
  }

  protected shut(): void {
    this.dialog.close();
  }

  protected override updated(): void {
    this.fit();
  }

  protected fit(): void {
    for (const area of this.renderRoot.querySelectorAll<HTMLTextAreaElement>("textarea.fit")) fit(area);
  }

  /** Puts the focus where it belongs after the next drawing. */
  protected reach(selector: string): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(selector)?.focus());
  }

  /** Runs the command and closes; says what does not fit, with all that was typed still there. */
  protected run(command: Command): Change | undefined {
    try {
      const change = this.session.run(command);
      this.shut();
      return change;
    } catch (error) {
      this.refuse(error);
      return undefined;
    }
  }

  protected refuse(error: unknown): void {
    this.wrong = { why: reason(error), path: (error as { path?: string }).path ?? "" };
  }

  /** The dialog: its title, what it asks, what its buttons say. */
  protected frame(title: string, body: unknown, buttons: unknown): TemplateResult {
    return html`<dialog aria-labelledby="title" @keydown=${(event: KeyboardEvent) => {
        event.stopPropagation();
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        this.confirm();
      }} @click=${(event: Event) => { if (event.target === this.dialog) this.shut(); }} @close=${() => this.dispatchEvent(new CustomEvent("shut"))}>
      <div class="head"><h2 id="title">${title}</h2><button class="icon quiet" aria-label="Close" @click=${() => this.shut()}>${icons.close()}</button></div>
      <div class="body">${body}</div>
      <div class="actions">${this.wrong ? html`<p class="error" role="alert">${this.wrong.why}</p>` : nothing}${buttons}</div></dialog>`;
  }

  /** The button that does it, and the one that does not. */
  protected buttons(label: string, able = true): TemplateResult {
    return html`<button class="primary" ?disabled=${!able} @click=${() => this.confirm()}>${label}</button><button class="line" @click=${() => this.shut()}>Cancel</button>`;
  }
}
