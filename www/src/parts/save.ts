import { LitElement, type TemplateResult, css, html } from "lit";
import { property, query, state } from "lit/decorators.js";
import { copy, download, fileName } from "../dom.ts";
import { icons } from "../icons.ts";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";

/** The plan as a file, and as text to copy by hand where a page may download nothing. */
export class SaveDialog extends LitElement {
  @property({ attribute: false }) session!: Session;
  @state() private text = "";
  @state() private copied = "";
  @query("dialog") private dialog!: HTMLDialogElement;
  @query("textarea") private area!: HTMLTextAreaElement;

  static override styles = [base, css`
    dialog { border: 1px solid var(--line); border-radius: 12px; padding: 0; width: min(560px, calc(100vw - 24px)); max-height: calc(100dvh - 24px); background: var(--panel); color: var(--ink); box-shadow: 0 24px 80px var(--shade); overflow: auto; }
    dialog::backdrop { background: var(--veil); }
    .head { display: flex; align-items: center; padding: 14px 14px 4px 20px; } h2 { flex: 1; font-size: 16px; line-height: 22px; font-weight: 620; letter-spacing: -.01em; }
    .body { padding: 4px 20px 20px; display: grid; gap: 12px; }
    textarea { height: 180px; font: 11px/16px ui-monospace, monospace; resize: vertical; }
    .actions { display: flex; gap: 8px; align-items: center; }
  `];

  async open(): Promise<void> {
    this.text = `${JSON.stringify(this.session.planner.toJSON(), null, 2)}\n`;
    this.copied = "";
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" @keydown=${(event: KeyboardEvent) => event.stopPropagation()} @click=${(event: Event) => { if (event.target === this.dialog) this.dialog.close(); }}>
      <div class="head"><h2 id="title">Save the plan as a file</h2><button class="icon quiet" aria-label="Close" @click=${() => this.dialog.close()}>${icons.close()}</button></div>
      <div class="body"><p class="muted">One JSON file with everything in it. Open it here again, send it, or publish it beside a page and name it in the element's <b>src</b>.</p>
        <div class="actions"><button class="primary" @click=${() => download(fileName(this.session.summary.name), this.text)}>Save file</button>
          <button class="line" @click=${async () => {
            this.copied = (await copy(this.text)) ? "Copied" : "This page may not use the clipboard: the text is selected, copy it with the keyboard";
            if (this.copied !== "Copied") { this.area.focus(); this.area.select(); }
          }}>Copy as text</button><span class="muted" role="status">${this.copied}</span></div>
        <textarea readonly aria-label="The plan as text" spellcheck="false" .value=${this.text} @focus=${() => this.area.select()}></textarea></div></dialog>`;
  }
}

if (!customElements.get("landfall-save")) customElements.define("landfall-save", SaveDialog);
