import { LitElement, type TemplateResult, css, html, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { ask } from "../events.ts";
import { icons } from "../icons.ts";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";
import { statuses } from "../text.ts";

/** Something that can be chosen. */
export interface Entry {
  /** What it is known by when it is used again. */
  id: string;
  label: string;
  /** What sort of thing it is, or which item it is about. */
  about?: string;
  /** Other words by which it is found. */
  words?: string;
  /** The keys that do the same. */
  keys?: string;
  run: () => void;
}

const MOST = 8;
/** What was used last, the newest first: while the page lives. */
let recent: string[] = [];

/** How well a text answers what is looked for, word by word; nothing where a word is not in it. */
export function fits(text: string, wanted: readonly string[]): number | undefined {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const whole = words.join(" ");
  let sum = 0;
  for (const part of wanted) {
    const at = words.findIndex((word) => word.startsWith(part));
    if (at >= 0) sum += 10 - Math.min(5, at) + (words[at] === part ? 3 : 0);
    else if (whole.includes(part)) sum += 3;
    // Letters in their order: "mkdn" finds "Mark done".
    else if (part.length > 2 && [...part].reduce((from, letter) => (from < 0 ? from : whole.indexOf(letter, from) + 1 || -1), 0) > 0) sum += 1;
    else return undefined;
  }
  return sum;
}

/** Everything by name: commands, items, objectives. */
export class Palette extends LitElement {
  @property({ attribute: false }) session!: Session;

  @state() private text = "";
  @state() private at = 0;
  @state() private entries: Entry[] = [];
  @query("dialog") private dialog!: HTMLDialogElement;
  @query("input") private field!: HTMLInputElement;

  static override styles = [base, css`
    dialog { border: 1px solid var(--line); border-radius: 12px; padding: 0; width: min(600px, calc(100vw - 16px)); max-height: min(460px, calc(100dvh - 32px)); margin: min(14vh, 110px) auto auto; background: var(--raised); color: var(--ink); box-shadow: 0 24px 80px var(--shade); overflow: hidden; }
    dialog[open] { display: flex; flex-direction: column; }
    dialog::backdrop { background: var(--veil); }
    .field { display: flex; align-items: center; gap: 10px; padding: 0 16px; border-bottom: 1px solid var(--line); color: var(--muted); flex: none; }
    input { border: 0 !important; background: none !important; outline: none !important; padding: 0 !important; min-height: 46px !important; font-size: 15px; color: var(--ink); }
    [role=listbox] { overflow: auto; padding: 6px; min-height: 0; }
    [role=option] { display: flex; align-items: center; gap: 10px; padding: 4px 10px; min-height: 32px; border-radius: 7px; cursor: default; }
    [aria-selected=true] { background: var(--sel); box-shadow: inset 2px 0 var(--accent); }
    .about { color: var(--muted); font-size: 12px; white-space: nowrap; max-width: 45%; overflow: hidden; text-overflow: ellipsis; flex: none; }
    .none { padding: 20px 16px; color: var(--muted); }
    @media (pointer: coarse) { [role=option] { min-height: 40px; } }
  `];

  /** Shows it with what can be done now. */
  open(entries: Entry[]): void {
    if (this.dialog.open) return this.dialog.close();
    this.entries = entries;
    this.text = "";
    this.at = 0;
    this.dialog.showModal();
    this.field.value = "";
    this.field.focus();
  }

  get #found(): Entry[] {
    const wanted = this.text.toLowerCase().split(/\s+/).filter(Boolean);
    const age = (entry: Entry): number => (recent.includes(entry.id) ? recent.indexOf(entry.id) : recent.length);
    if (!wanted.length) return [...this.entries].sort((a, b) => age(a) - age(b));
    const scored = this.entries.flatMap((entry) => {
      const rank = fits(`${entry.label} ${entry.words ?? ""}`, wanted);
      return rank === undefined ? [] : [{ entry, rank: rank + (recent.includes(entry.id) ? 4 : 0) }];
    });
    const commands = scored.sort((a, b) => b.rank - a.rank).slice(0, MOST).map(({ entry }) => entry);
    const { rows } = this.session.rows({ search: this.text.replace(/^#/, ""), count: MOST, filter: { show: "all" } });
    const items = rows.map((row): Entry => ({ id: `item ${row.id}`, label: row.title, about: `${row.id}${row.status === "todo" ? "" : ` · ${statuses[row.status]}`}`, run: () => ask(this, { what: "open", id: row.id }) }));
    // Who writes a key means its item.
    return rows[0]?.id.toLowerCase() === this.text.trim().toLowerCase() ? [...items, ...commands] : [...commands, ...items];
  }

  override render(): TemplateResult {
    const found = this.dialog?.open ? this.#found : [];
    const at = Math.min(this.at, found.length - 1);
    return html`<dialog aria-label="Command palette" @keydown=${(event: KeyboardEvent) => this.#key(event, found, at)} @paste=${(event: Event) => event.stopPropagation()} @click=${(event: Event) => { if (event.target === this.dialog) this.dialog.close(); }}>
      <div class="field">${icons.search()}<input role="combobox" aria-label="Command" aria-expanded="true" aria-controls="list" aria-autocomplete="list" aria-activedescendant=${at < 0 ? nothing : `o${at}`} placeholder="Type a command, an item, an objective" autocomplete="off" spellcheck="false"
        @input=${() => { this.text = this.field.value; this.at = 0; }}></div>
      ${found.length ? nothing : html`<p class="none" role="status">Nothing is called “${this.text.trim()}”.</p>`}
      <div role="listbox" id="list" aria-label="What can be done" tabindex="-1" ?hidden=${!found.length}>${repeat(found, (entry) => entry.id, (entry, k) => html`
        <div role="option" id="o${k}" aria-selected=${k === at ? "true" : "false"} @pointermove=${() => { this.at = k; }} @click=${() => this.#run(entry)}><span class="cut grow">${entry.label}</span>${entry.about ? html`<span class="about">${entry.about}</span>` : nothing}${entry.keys ? html`<kbd>${entry.keys}</kbd>` : nothing}</div>`)}</div>
    </dialog>`;
  }

  #key(event: KeyboardEvent, found: Entry[], at: number): void {
    event.stopPropagation();
    const n = found.length;
    const to: Record<string, number> = { ArrowDown: (at + 1) % n, ArrowUp: (at - 1 + n) % n, PageDown: Math.min(n - 1, at + 8), PageUp: Math.max(0, at - 8) };
    const next = to[event.key];
    if (next !== undefined && n) {
      event.preventDefault();
      this.at = next;
      void this.updateComplete.then(() => this.renderRoot.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }));
    } else if (event.key === "Enter" && found[at]) {
      event.preventDefault();
      this.#run(found[at]);
    }
  }

  #run(entry: Entry): void {
    recent = [entry.id, ...recent.filter((id) => id !== entry.id)].slice(0, 6);
    this.dialog.close();
    entry.run();
  }
}

if (!customElements.get("landfall-palette")) customElements.define("landfall-palette", Palette);
