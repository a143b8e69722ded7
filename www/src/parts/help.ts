import { LitElement, type TemplateResult, css, html } from "lit";
import { query } from "lit/decorators.js";
import { icons } from "../icons.ts";
import { base } from "../styles.ts";

const mac = /Mac|iP(hone|ad)/.test(navigator.platform);
/** The key for commands, as it is called here. */
export const command = mac ? "⌘" : "Ctrl";

const keys: [string[], string][] = [
  [["J", "↓"], "Next item"], [["K", "↑"], "Item before"], [["Home", "End"], "First, last item"], [["Enter"], "Open the item"], [["Esc"], "Close, select nothing, give up a drag"],
  [[`${mac ? "⌥" : "Alt"} ↑`, `${mac ? "⌥" : "Alt"} ↓`], "Move the item up, down"], [["X"], "Select the item, or no longer"], [["⇧ ↑", "⇧ ↓"], "Select more"], [[`${command} A`], "Select all shown"], [["C"], "New item"], [["W"], "What if…"], [["E", "F2"], "Change the title"], [["S"], "Change the size"], [["/"], "Search"], [["F"], "Filter, saved views"], [[`${command} K`], "Everything by name"],
  [[`${command} Z`], "Undo"], [[mac ? "⇧ ⌘ Z" : "Ctrl Y"], "Redo"], [[`${command} V`], "Import the table on the clipboard"], [["1", "2", "3"], "Plan, Forecast, Tell"], [["?"], "This help"],
];

/** The keys, and how to read the list. */
export class HelpDialog extends LitElement {
  @query("dialog") private dialog!: HTMLDialogElement;

  static override styles = [base, css`
    dialog { border: 1px solid var(--line); border-radius: 12px; padding: 0; width: min(620px, calc(100vw - 24px)); max-height: calc(100dvh - 24px); background: var(--panel); color: var(--ink); box-shadow: 0 24px 80px var(--shade); overflow: auto; }
    dialog::backdrop { background: var(--veil); }
    .head { display: flex; align-items: center; padding: 14px 14px 4px 20px; } h2 { flex: 1; font-size: 16px; line-height: 22px; font-weight: 620; letter-spacing: -.01em; }
    h3 { font-size: 12px; color: var(--muted); font-weight: 600; margin: 16px 0 6px; }
    .body { padding: 0 20px 20px; }
    dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(250px, 1fr)); gap: 4px 24px; } dl div { display: flex; gap: 8px; justify-content: space-between; align-items: center; min-height: 26px; border-bottom: 1px solid var(--line); }
    dd { display: flex; gap: 4px; }
    p { max-width: 62ch; } p + p { margin-top: 8px; }
    svg.key { display: block; margin: 8px 0 2px; } svg.key text { fill: var(--muted); font-size: 11px; }
  `];

  async open(): Promise<void> {
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" @keydown=${(event: KeyboardEvent) => event.stopPropagation()} @click=${(event: Event) => { if (event.target === this.dialog) this.dialog.close(); }}>
      <div class="head"><h2 id="title">Help</h2><button class="icon quiet" aria-label="Close" @click=${() => this.dialog.close()}>${icons.close()}</button></div>
      <div class="body" tabindex="-1">
        <h3>How to read a row</h3>
        <svg class="key" width="100%" height="48" viewBox="0 0 420 48" role="img" aria-label="A strip runs light from 15 to 50 percent, darker to a tick at 85 percent, then thin to 95 percent"><rect x="40" y="8" width="80" height="8" rx="2" fill="var(--sea-3)"></rect><rect x="120" y="8" width="100" height="8" fill="var(--sea-2)"></rect><rect x="219" y="5" width="2.5" height="14" rx="1" fill="var(--sea-1)"></rect><rect x="221" y="11" width="110" height="2" fill="var(--sea-3)"></rect><text x="40" y="36" text-anchor="middle">15 %</text><text x="120" y="36" text-anchor="middle">half sure</text><text x="220" y="36" text-anchor="middle">85 % sure: the date</text><text x="331" y="36" text-anchor="middle">95 %</text></svg>
        <p>Every date is the day by which the item is done in 85 of 100 simulated futures. Each future draws the team's velocity anew from the sprints it has finished. A dotted line is the day an objective is due; a dashed green one is the end of a sprint, with everything above it 85 % sure by then.</p>
        <p>Move a row, and all dates follow. Everything stays in this browser: nothing is sent anywhere.</p>
        <h3>Keys, while the planner has the focus</h3>
        <dl>${keys.map(([names, what]) => html`<div><dt>${what}</dt><dd>${names.map((name) => html`<kbd>${name}</kbd>`)}</dd></div>`)}</dl>
      </div></dialog>`;
  }
}

if (!customElements.get("landfall-help")) customElements.define("landfall-help", HelpDialog);
