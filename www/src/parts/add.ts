import { LitElement, type TemplateResult, css, html, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import type { Command, Item, Moscow, ReadStory } from "../../pkg/landfall.js";
import { core } from "../core.ts";
import { say } from "../events.ts";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";
import { count, readUncertain, reason, spoken } from "../text.ts";

/** What is written at the end of a title: a tag, a class, a size. */
const MARK = /^(.*\S)\s+(?:#(\p{L}[\p{L}\p{N}_-]*)|!(must|should|could|won['’]?t)|\((\d[\d.,–-]*)\))$/iu;

/** The item that a typed line names: "Gift cards #shop !must (5)". A backslash keeps what stands behind it in the title. */
export function readLine(line: string): Item {
  const item: Item = { id: "", title: line.trim(), type: "story", status: "todo" };
  for (let found; (found = MARK.exec(item.title)); ) {
    const [, rest = "", tag, moscow, size] = found;
    if (rest.endsWith("\\") || (size && item.size != null)) break;
    if (tag) item.tags = [tag, ...(item.tags ?? [])];
    else if (moscow) item.moscow = moscow.toLowerCase().replace(/['’]/, "") as Moscow;
    else {
      const read = readUncertain(size!, "size");
      if (read !== null) item.size = read;
    }
    item.title = rest;
  }
  // The backslash itself is not meant.
  item.title = item.title.replace(/\\(?=\s*[#!(])\s?/g, "");
  return item;
}

const lines = (text: string): string[] => text.split(/\r?\n/).map((line) => line.replace(/^\s*(?:[-*•–]|\d+[.)]|\[[ x]?\])\s+/i, "").trim()).filter(Boolean);

/** Whether a text holds stories, not titles alone. */
function stories(text: string): ReadStory[] {
  const read = core().readStories(text);
  return read.some((story) => story.iWant || story.criteria.length) ? read : [];
}

const itemOf = ({ title, asA, iWant, soThat, criteria }: ReadStory): Item => ({
  id: "", title, type: "story", status: "todo",
  ...(asA || iWant || soThat ? { story: { ...(asA ? { asA } : {}), ...(iWant ? { iWant } : {}), ...(soThat ? { soThat } : {}) } } : {}),
  ...(criteria.length ? { criteria: criteria.map((text) => ({ text })) } : {}),
});

/**
 * One line in which items are written, several at once by pasting. `added` says the key of the first, `close` that nobody
 * writes any more.
 */
export class QuickAdd extends LitElement {
  @property({ attribute: false }) session!: Session;

  /** Stories that were pasted, until somebody takes them. */
  @state() private pasted: ReadStory[] = [];
  @state() private wrong = "";
  @query("input") private field!: HTMLInputElement;

  static override styles = [base, css`
    :host { display: flex; align-items: center; flex-wrap: wrap; gap: 0 10px; padding: 7px 16px; border-bottom: 1px solid var(--line); background: var(--panel); }
    input { flex: 1; border-color: transparent !important; background: none !important; min-width: 120px !important; }
    input:focus-visible { outline: none; }
    .hint { color: var(--faint); font-size: 12px; white-space: nowrap; display: flex; gap: 8px; }
    .preview { flex: 1 0 100%; padding: 2px 8px 2px 26px; display: flex; gap: 10px; align-items: baseline; }
    .preview p { flex: 1; min-width: 0; } .error { flex-basis: 100%; padding-left: 26px; }
    @container (width < 620px) { .hint { display: none; } }
    :host { container-type: inline-size; }
  `];

  override focus(): void {
    this.field?.focus();
  }

  override render(): TemplateResult {
    const criteria = this.pasted.reduce((n, story) => n + story.criteria.length, 0);
    const points = this.session.summary.unit === "points";
    return html`<span class="dot none"></span>
      <input placeholder=${this.pasted.length ? "" : "What needs doing? A pasted list makes one item of every line"} aria-label="Title of the new item" aria-describedby="hint"
        @paste=${this.#paste} @keydown=${this.#key} @input=${() => { this.wrong = ""; }}
        @blur=${() => { if (!this.field.value.trim() && !this.pasted.length) this.#close(); }}>
      <span class="hint" id="hint"><span>Ends in <kbd>#tag</kbd> <kbd>!must</kbd>${points ? html` <kbd>(5)</kbd>` : nothing}</span><span><kbd>Enter</kbd> last</span><span><kbd>Shift Enter</kbd> first</span></span>
      ${this.wrong ? html`<p class="error" role="alert">${this.wrong}</p>` : nothing}
      <div class="preview" role="status" ?hidden=${!this.pasted.length}>${this.pasted.length ? html`<p><b>${this.pasted.length === 1 ? "1 story" : `${this.pasted.length} stories`}${criteria ? ` with ${criteria === 1 ? "1 criterion" : `${criteria} criteria`}` : ""}</b>: <kbd>Enter</kbd> adds them
        <span class="faint">${this.pasted.slice(0, 3).map(({ title }) => title).join(" · ")}${this.pasted.length > 3 ? " · …" : ""}</span></p>
        <button class="line" @click=${() => this.#add(this.pasted.map(itemOf), false)}>Add</button><button class="quiet" @click=${() => { this.pasted = []; this.focus(); }}>Discard</button>` : nothing}</div>`;
  }

  #key(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === "Enter") {
      event.preventDefault();
      try {
        const text = this.field.value;
        const read = this.pasted.length ? this.pasted : /^as an? /i.test(text) ? stories(text) : [];
        this.#add(read.length ? read.map(itemOf) : lines(text).map(readLine), event.shiftKey);
      } catch (error) {
        this.wrong = reason(error);
      }
    }
    if (event.key === "Escape") {
      if (this.pasted.length) this.pasted = [];
      else this.#close();
    }
  }

  #paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    event.stopPropagation();
    const read = stories(text);
    if (!read.length && !/\n./.test(text.trim())) return;
    event.preventDefault();
    if (read.length) this.pasted = read;
    else this.#add(lines(text).map((title): Item => ({ id: "", title, type: "story", status: "todo" })), false);
  }

  #add(items: Item[], top: boolean): void {
    if (!items.length) return;
    const { session } = this;
    // What is in progress comes first all the same.
    const first = top ? session.rows({ from: 0, count: 300 }).rows.find((row) => row.status === "todo")?.id : undefined;
    const commands = items.map((item): Command => ({ type: "addItem", item, ...(first ? { before: first } : {}) }));
    try {
      const change = session.run(commands.length === 1 ? commands[0]! : { type: "batch", label: `add ${count(items.length, "item")}`, commands });
      const id = change.ids[0]!;
      const { row, stale } = session.item(id);
      this.field.value = this.wrong = "";
      this.pasted = [];
      this.focus();
      this.dispatchEvent(new CustomEvent("added", { detail: id }));
      const what = `Added ${items.length === 1 ? row.title : count(items.length, "item")} at place ${row.rank ?? "?"}`;
      const tell = (lands: string | null | undefined): void => void say(this, `${what}${lands ? `: 85 % by ${spoken(lands, session.today)}` : ""}`, { show: true, undo: true });
      tell(stale ? undefined : row.lands?.p85);
      // Where its date takes a while, it is said when it is there, unless something else has been done meanwhile.
      if (stale) void session.settled.then((fresh) => { if (fresh && this.isConnected && session.summary.undo === change.label) tell(session.item(id).row.lands?.p85); });
    } catch (error) {
      this.wrong = reason(error);
    }
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent("close"));
  }
}

if (!customElements.get("landfall-add")) customElements.define("landfall-add", QuickAdd);
