import { type CSSResultGroup, type TemplateResult, css, html, nothing } from "lit";
import { state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { Command, Item } from "../../pkg/landfall.js";
import { say } from "../events.ts";
import { count, reason, uncertain } from "../text.ts";
import { Sheet } from "./sheet.ts";

/** How many items are offered at a time. */
const OFFERED = 8;

/** Joins other open items into one. */
export class MergeDialog extends Sheet {
  @state() private others: string[] = [];
  @state() private search = "";
  @state() private add = false;

  static override styles: CSSResultGroup = [Sheet.styles, css`
    ul { min-height: 120px; margin-top: 6px; } li + li { border-top: 1px solid var(--line); } li label { display: grid; grid-template-columns: 15px auto minmax(0, 1fr) auto; gap: 8px; align-items: center; min-height: 30px; cursor: pointer; }
    fieldset { border: 0; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: 4px 16px; } legend { padding: 0; font-size: 12px; color: var(--muted); }
  `];

  protected override begin(others: string[]): void {
    this.others = others;
    this.search = "";
    this.add = false;
  }

  get #command(): Command & { type: "mergeItems" } {
    return { type: "mergeItems", id: this.item, others: this.others, addSizes: this.add };
  }

  #toggle(id: string): void {
    this.wrong = undefined;
    this.others = this.others.includes(id) ? this.others.filter((one) => one !== id) : [...this.others, id];
  }

  protected override confirm(): void {
    if (!this.others.length) return;
    const all = this.others.length + 1;
    if (this.run(this.#command)) say(this, `Merged ${count(all, "item")} into ${this.item}`, { show: true, undo: true });
  }

  // What the item would be, and what goes over to it.
  #outcome(): TemplateResult | typeof nothing {
    if (!this.others.length) return nothing;
    const { item: now, requests: asked } = this.session.item(this.item);
    const sized = [this.item, ...this.others].map((id) => this.session.item(id).item.size).filter((size) => size != null).length > 1;
    let then: Item;
    let kept: Item;
    let voices: number;
    try {
      const detail = this.session.item(this.item, { assume: [{ ...this.#command, addSizes: true }] });
      then = detail.item;
      voices = detail.requests.length - asked.length;
      kept = this.session.item(this.item, { assume: [{ ...this.#command, addSizes: false }] }).item;
    } catch (error) {
      return html`<p class="error" role="alert">${reason(error)}</p>`;
    }
    const more = (one: unknown[] | undefined, other: unknown[] | undefined, what: string, many?: string) => {
      const n = (one?.length ?? 0) - (other?.length ?? 0);
      return n > 0 ? count(n, what, many) : "";
    };
    const gains = [more(then.criteria, now.criteria, "criterion", "criteria"), more(then.tags, now.tags, "tag"), more(then.needs, now.needs, "need"), voices > 0 ? count(voices, "request") : "", then.story && !now.story ? "a story" : "", then.objective && !now.objective ? "an objective" : ""].filter(Boolean);
    return html`<p class="note" role="status">${this.item} takes in ${gains.length ? `${gains.join(", ")}, and notes` : "the notes"}. ${this.others.join(", ").replace(/, ([^,]*)$/, " and $1")} ${this.others.length > 1 ? "go" : "goes"}; what named ${this.others.length > 1 ? "them" : "it"} names ${this.item}.</p>
      ${sized && this.session.summary.unit === "points" ? html`<fieldset><legend>Size</legend>${[false, true].map((add) => html`<label class="row"><input type="radio" name="sizes" .checked=${this.add === add} @change=${() => { this.add = add; }}>${add ? `Add up: ${uncertain(then.size) || "not known"}` : `Keep ${uncertain(kept.size)}`}</label>`)}</fieldset>` : nothing}`;
  }

  override render(): TemplateResult {
    if (!this.item) return this.frame("", nothing, nothing);
    const { rows } = this.session.rows({ search: this.search.trim(), count: OFFERED + 1, filter: { show: "work" } });
    const found = rows.filter((row) => row.id !== this.item).slice(0, OFFERED);
    // What is ticked stays in sight, without a jump.
    const picked = this.others.filter((id) => !found.some((row) => row.id === id)).map((id) => this.session.item(id).row);
    const offered = [...picked, ...found];
    return this.frame(`Merge into ${this.item} ${this.session.item(this.item).row.title}`, html`
      <div><input type="search" aria-label="Items to take in" placeholder="Key or title of what it takes in" autocomplete="off" .value=${this.search} @input=${(event: Event) => { this.search = (event.target as HTMLInputElement).value; }}
        @keydown=${(event: KeyboardEvent) => {
          const [first, ...rest] = offered.filter((row) => !this.others.includes(row.id));
          const named = first && (rest.length === 0 || first.id.toLowerCase() === this.search.trim().toLowerCase());
          if (event.key !== "Enter" || event.ctrlKey || event.metaKey || !named) return;
          event.preventDefault();
          this.#toggle(first.id);
          this.search = "";
        }}>
      <ul aria-label="Open items">${repeat(offered, (row) => row.id, (row) => html`<li><label><input type="checkbox" .checked=${live(this.others.includes(row.id))} @change=${() => this.#toggle(row.id)}><span class="faint">${row.id}</span><span class="cut">${row.title}</span><span class="muted">${uncertain(row.size)}</span></label></li>`)}
        ${offered.length ? nothing : html`<li class="note">No other open item matches.</li>`}</ul></div>
      ${this.#outcome()}`, this.buttons(this.others.length ? `Merge ${this.others.length + 1} items` : "Merge", this.others.length > 0));
  }
}

if (!customElements.get("landfall-merge")) customElements.define("landfall-merge", MergeDialog);
