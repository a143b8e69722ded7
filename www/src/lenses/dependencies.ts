import { type CSSResultGroup, type TemplateResult, css, html, nothing } from "lit";
import { query, state } from "lit/decorators.js";
import type { Command, Dependencies } from "../../pkg/landfall.js";
import { define } from "../charts/chart.ts";
import { type LandfallDependencyPicture, type Needs, together } from "../charts/dependencies.ts";
import { icons } from "../icons.ts";
import { Lens, findItem, read } from "../parts/lens.ts";
import { count, dated, number, reason } from "../text.ts";

/** No more than these are drawn. */
const MOST = 150;

/** What needs what. */
export class DependenciesLens extends Lens {
  @state() private chosen = "";
  /** What was asked for by name, whose chain is drawn where not all can be. */
  @state() private asked = "";
  @query("landfall-dependency-picture") private picture!: LandfallDependencyPicture | null;
  #seen: { key: string; all: Dependencies } | undefined;
  #drawn: { key: string; part: Dependencies } | undefined;

  static override styles: CSSResultGroup = [Lens.styles, css`
    :host { padding-bottom: 0; }
    .find { flex: 0 1 200px; min-width: 120px; }
    .one { position: sticky; bottom: 0; z-index: 2; margin: 8px -16px 0; padding: 7px 16px 9px; background: var(--raised); border-top: 1px solid var(--line); box-shadow: 0 -6px 20px var(--shade); }
    .one > div { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; } .one button.item { max-width: min(320px, 100%); font-weight: 600; }
    .one button.need { display: inline-flex; align-items: center; gap: 5px; min-height: 26px; padding: 0 8px; border: 1px solid var(--edge); border-radius: 13px; font-size: 12px; } .one button.need:hover { background: var(--hover); }
    .one .muted { font-size: 12px; }
    .one form { margin: 8px 0 0; }
    .said { color: var(--muted); font-size: 12px; }
    @media (pointer: coarse) { .one button.need { min-height: 36px; } }
  `];

  protected override tell(command: Command): string {
    if (command.type !== "editItem") return "Done";
    return `${command.id} needs ${command.patch.needs?.join(", ") || "nothing any more"}`;
  }

  get #all(): Dependencies {
    const key = `${this.revision} ${this.today}`;
    if (this.#seen?.key !== key) this.#seen = { key, all: this.session.planner.dependencies({ today: this.session.today }) };
    return this.#seen.all;
  }

  // All of it, or the part that can be drawn.
  #part(all: Dependencies): Dependencies {
    if (all.items.length <= MOST) return all;
    const key = `${this.#seen!.key} ${this.asked}`;
    if (this.#drawn?.key !== key) {
      const k = all.items.findIndex(({ id }) => id === this.asked);
      const places = k < 0 ? all.items.map((_, place) => place) : together(all.items.length, all.needs).find((set) => set.includes(k))!;
      // The nearest in the plan to what was asked for; else what holds up most.
      const worth = (place: number): number => (k < 0 ? all.items[place]!.waiting : -Math.abs(place - k));
      const kept = new Set(places.toSorted((a, b) => worth(b) - worth(a)).slice(0, MOST));
      const to = new Map([...kept].sort((a, b) => a - b).map((place, at) => [place, at]));
      this.#drawn = { key, part: {
        ...all, items: all.items.filter((_, place) => kept.has(place)),
        needs: all.needs.flatMap(({ item, needs }) => (to.has(item) && to.has(needs) ? [{ item: to.get(item)!, needs: to.get(needs)! }] : [])),
      } };
    }
    return this.#drawn.part;
  }

  override render(): TemplateResult {
    const { readonly } = this.session;
    const all = this.#all;
    const adding = this.editing === "new";
    const form = adding ? html`<div class="asked">${this.#form("")}</div>` : nothing;
    if (!all.items.length) {
      return html`<div class="empty"><h2>Nothing waits for anything</h2><p>${readonly ? "No open item of this plan needs another." : "Where an item cannot begin before another is done, say so: its date then waits for the other's, and the order never puts it first."}</p>
        ${readonly || adding ? nothing : this.opener("new", "Say what an item needs", "primary")}${form}</div>${this.offered()}`;
    }
    const part = this.#part(all);
    const shown = part.items.length;
    return html`
      <div class="lead"><p>${dated(reason(all.sentence))}.${shown < all.items.length ? html` <span class="muted">Drawn: ${number(shown)} of ${number(all.items.length)} items, ${part.items.some(({ id }) => id === this.asked) ? `those around ${this.asked}` : "those that hold up most; find an item to see its own"}.</span>` : nothing}</p>
        <div class="find"><input list="items" type="search" aria-label="Find an item in the picture" placeholder="Find an item" autocomplete="off" aria-invalid=${this.refused?.field === "find" ? "true" : "false"} aria-describedby=${this.refused?.field === "find" ? "find-error" : nothing}
          @input=${(event: Event) => this.suggest((event.target as HTMLInputElement).value)} @change=${(event: Event) => this.#find((event.target as HTMLInputElement).value.trim())} @keydown=${(event: KeyboardEvent) => { if (event.key === "Enter") this.#find((event.target as HTMLInputElement).value.trim(), true); }}></div>
        ${readonly ? nothing : this.opener("new", "Add a need")}</div>
      ${this.refused && this.refused.field !== "chosen" ? html`<p class="error" id="find-error" role="alert">${this.refused.why}</p>` : nothing}
      ${form}
      <landfall-dependency-picture .dependencies=${part} .today=${this.today} .readonly=${readonly} .chosen=${this.chosen}
        @choose=${(event: CustomEvent<string>) => { this.chosen = event.detail; if (this.refused) this.refused = undefined; }}
        @add-need=${(event: CustomEvent<string>) => { this.chosen = event.detail; this.open("need"); }}
        @take-out=${(event: CustomEvent<string>) => this.#menu(event.detail)}
        @edge=${(event: CustomEvent<Needs>) => { this.chosen = event.detail.item; this.#menu(event.detail.item, event.detail.needs); }}
        @need=${(event: CustomEvent<Needs>) => { this.chosen = event.detail.item; this.take("chosen", "", () => this.#need(event.detail)); }}></landfall-dependency-picture>
      ${this.#one(part)}${this.offered()}`;
  }

  // What can be done with the chosen item.
  #one({ items, needs }: Dependencies): TemplateResult {
    const { readonly } = this.session;
    const k = items.findIndex(({ id }) => id === this.chosen);
    const item = items[k];
    if (!item) return html`<div class="one"><p class="said">${readonly ? "Choose an item to see its chain." : html`Choose an item to see its chain. Arrow keys follow the needs, <kbd>Enter</kbd> opens, <kbd>N</kbd> adds a need; or draw a line from one item to the one that needs it.`}</p></div>`;
    const own = needs.filter((need) => need.item === k).map((need) => items[need.needs]!);
    return html`<div class="one" role="group" aria-label="The chosen item">
      <div>${this.link(item.id, item.title)}
        ${item.tooEarly ? html`<span class="chip warn">stands before something it needs</span>` : nothing}${item.blocked == null ? nothing : html`<span class="chip warn">${item.blocked || "blocked"}</span>`}
        <span class="muted">${item.waiting ? `${count(item.waiting, "item waits", "items wait")} for it` : "nothing waits for it"}${own.length ? "; it needs" : ", it needs nothing"}</span>
        ${own.map(({ id, title }) => readonly ? html`<span class="chip plain">${id}</span>` : html`<button type="button" class="need" data-need=${id} title="${title}: take this need out (Delete)" aria-label="Take out: ${item.id} needs ${id}"
          @click=${() => this.#takeOut(item.id, id)} @keydown=${(event: KeyboardEvent) => { if (event.key === "Delete" || event.key === "Backspace") { event.preventDefault(); event.stopPropagation(); this.#takeOut(item.id, id); } }}>${id}${icons.close(10)}</button>`)}
        ${readonly ? nothing : this.opener("need", "Add a need", "soft")}</div>
      ${this.refused?.field === "chosen" ? html`<p class="error" role="alert">${this.refused.why}</p>` : nothing}
      ${this.editing === "need" ? html`<div class="asked">${this.#form(item.id)}</div>` : nothing}</div>`;
  }

  #needsOf(id: string): string[] {
    return this.session.item(id).item.needs ?? [];
  }

  #need({ item, needs }: Needs): Command {
    const old = this.#needsOf(item);
    if (old.includes(needs)) throw new Error(`${item} needs ${needs} already`);
    return { type: "editItem", id: item, patch: { needs: [...old, needs] } };
  }

  #takeOut(item: string, needs: string): void {
    if (!this.take("chosen", "", () => ({ type: "editItem", id: item, patch: { needs: this.#needsOf(item).filter((id) => id !== needs) } }))) return;
    // The next need, else the card, else whatever is left.
    void this.updateComplete.then(() => this.picture?.updateComplete).then(() => (this.renderRoot.querySelector<HTMLElement>(".one .need") ?? this.picture ?? this.renderRoot.querySelector<HTMLElement>("[data-open]"))?.focus());
  }

  // The needs of an item, each of which can be taken out.
  #menu(item: string, needs?: string): void {
    this.chosen = item;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(needs === undefined ? ".one .need" : `.one [data-need="${CSS.escape(needs)}"]`)?.focus());
  }

  protected override back(name: string): void {
    if (name === "need") this.picture?.focus();
    else super.back(name);
  }

  #find(text: string, focus = false): void {
    if (!text) {
      this.asked = "";
      this.refused = undefined;
      return;
    }
    try {
      const id = findItem(this.session, text);
      if (!this.#all.items.some((one) => one.id === id)) throw new Error(`${id} needs no open item, and none waits for it`);
      this.refused = undefined;
      this.asked = this.chosen = id;
      if (focus) void this.updateComplete.then(() => this.picture?.updateComplete).then(() => this.picture?.focus());
    } catch (error) {
      this.refused = { field: "find", text, why: reason(error) };
    }
  }

  #form(item: string): TemplateResult {
    return this.form({
      fields: html`${item ? nothing : html`${this.pick("Item", "item")}`}${this.pick(item ? `${item} needs` : "needs", "needs")}`,
      read: (form) => {
        const id = item || this.found(form, "item");
        return read("needs", () => this.#need({ item: id, needs: this.found(form, "needs") }));
      },
      save: "Add",
    });
  }

  protected override apply(command: Command): boolean {
    const fits = super.apply(command);
    if (fits && command.type === "editItem") this.chosen = this.asked = command.id;
    return fits;
  }
}

define("landfall-dependencies", DependenciesLens);
declare global {
  interface HTMLElementTagNameMap {
    "landfall-dependencies": DependenciesLens;
  }
}
