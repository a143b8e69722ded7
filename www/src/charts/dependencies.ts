import { LitElement, type PropertyValues, type TemplateResult, css, html, nothing, svg } from "lit";
import { property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Dependencies, DependencyItem, Need } from "../../pkg/landfall";
import { place } from "../dom.ts";
import { base } from "../styles.ts";
import { count, spoken } from "../text.ts";
import { chartStyles, define, numbers } from "./chart.ts";

const WIDTH = 172;
const HEIGHT = 46;
const ACROSS = WIDTH + 56;
const DOWN = HEIGHT + 8;
/** Above each set of items that hang together. */
const APART = 14;

/** Where a card stands. */
interface Spot {
  x: number;
  y: number;
  column: number;
}

/** One item needs another, both by id. */
export interface Needs {
  item: string;
  needs: string;
}

/** What needs what: cards in layers from left to right, and the chain of the one in focus. */
export class LandfallDependencyPicture extends LitElement {
  @property({ attribute: false }) dependencies!: Pick<Dependencies, "items" | "needs" | "stale">;
  @property({ attribute: false }) today = "";
  @property({ type: Boolean }) readonly = false;
  /** The item whose chain is lit. */
  @property() chosen = "";

  @state() private drag: { from: string; x: number; y: number; over: string } | undefined;
  #spots: Spot[] = [];
  #size = { width: 0, height: 0 };
  #pressed: { id: string; x: number; y: number } | undefined;
  #focused: string | undefined;

  static override styles = [base, chartStyles, css`
    .scroll-x { overflow: auto; margin: 8px -16px 0; padding: 2px 16px 10px; }
    .canvas { position: relative; margin: 0; }
    .canvas > svg { position: absolute; inset: 0; }
    path.hit { stroke: transparent; stroke-width: 14; fill: none; cursor: pointer; }
    path.edge { fill: none; stroke: var(--ghost); stroke-width: 1.25; pointer-events: none; } path.tip-end { fill: var(--ghost); }
    .some path.edge { stroke: var(--line); } .some path.tip-end { fill: var(--line); }
    path.edge.lit { stroke: var(--accent); stroke-width: 2; } path.tip-end.lit { fill: var(--accent); }
    path.edge.early { stroke: var(--warn); stroke-dasharray: 4 3; }
    button.card { position: absolute; width: ${WIDTH}px; height: ${HEIGHT}px; padding: 3px 8px; display: grid; align-content: center; text-align: left; line-height: 18px; background: var(--panel); border: 1px solid var(--edge); border-radius: 8px; touch-action: pan-x pan-y; }
    button.card:hover { border-color: var(--field); }
    .top { display: flex; gap: 6px; align-items: center; font-size: 11.5px; color: var(--muted); } .top b { font-weight: 400; flex: 1; min-width: 0; }
    .chip { line-height: 15px; font-size: 10.5px; padding: 0 5px; }
    .some .card:not(.lit) { border-color: var(--line); background: none; } .some .card:not(.lit), .some .card:not(.lit) .top { color: var(--faint); }
    .card.lit { border-color: var(--accent); } .card.chosen { background: linear-gradient(var(--accent-soft), var(--accent-soft)), var(--panel); box-shadow: 0 0 0 1px var(--accent); }
    .card.over { box-shadow: 0 0 0 2px var(--accent); }
    .dragging, .dragging * { cursor: grabbing !important; user-select: none; }
    .rubber { fill: none; stroke: var(--accent); stroke-width: 2; stroke-dasharray: 4 3; pointer-events: none; }
    .stale .date { color: var(--faint); }
    .said { position: sticky; left: 0; bottom: 0; width: fit-content; padding: 6px 12px; border-radius: 8px; background: var(--ink); color: var(--bg); z-index: 3; pointer-events: none; }
  `];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("dependencies")) ({ spots: this.#spots, ...this.#size } = layOut(this.dependencies.items, this.dependencies.needs));
  }

  // A card that takes another place in the document loses the focus on the way.
  protected override update(changed: PropertyValues<this>): void {
    const active = this.hasUpdated ? this.shadowRoot?.activeElement : null;
    this.#focused = active instanceof HTMLElement ? active.dataset["id"] : undefined;
    super.update(changed);
  }

  protected override updated(): void {
    if (this.#focused !== undefined) this.renderRoot.querySelector<HTMLElement>(`[data-id="${CSS.escape(this.#focused)}"]`)?.focus({ preventScroll: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end();
  }

  /** Puts the focus on the card of an item; the first one where it has none. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>("button.card[tabindex='0']")?.focus();
  }

  #send(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #choose(id: string): void {
    if (id !== this.chosen) this.#send("choose", id);
  }

  async #go(id: string | undefined): Promise<void> {
    if (id === undefined) return;
    this.#choose(id);
    await this.updateComplete;
    const card = this.renderRoot.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
    card?.focus();
    card?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  #key(event: KeyboardEvent, k: number): void {
    const { items, needs } = this.dependencies;
    const { y, column } = this.#spots[k]!;
    const nearest = (places: number[]): string | undefined => items[places.toSorted((a, b) => Math.abs(this.#spots[a]!.y - y) - Math.abs(this.#spots[b]!.y - y))[0] ?? -1]?.id;
    const aside = (step: number): string | undefined =>
      nearest(items.map((_, other) => other).filter((other) => this.#spots[other]!.column === column && (this.#spots[other]!.y - y) * step > 0));
    const id = items[k]!.id;
    const does: Record<string, (() => void) | undefined> = {
      ArrowRight: () => void this.#go(nearest(needs.filter((one) => one.needs === k).map(({ item }) => item))),
      ArrowLeft: () => void this.#go(nearest(needs.filter(({ item }) => item === k).map((one) => one.needs))),
      ArrowDown: () => void this.#go(aside(1)),
      ArrowUp: () => void this.#go(aside(-1)),
      Home: () => void this.#go(items[0]?.id),
      End: () => void this.#go(items.at(-1)?.id),
      Enter: () => this.#send("open-item", id),
      n: this.readonly ? undefined : () => this.#send("add-need", id),
      Delete: this.readonly ? undefined : () => this.#send("take-out", id),
    };
    const act = does[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  // ---- dragging from what is needed to what needs it

  #press(event: PointerEvent, id: string): void {
    // A finger scrolls.
    if (this.readonly || event.button !== 0 || event.pointerType === "touch") return;
    this.#pressed = { id, x: event.clientX, y: event.clientY };
    window.addEventListener("pointermove", this.#move);
    window.addEventListener("pointerup", this.#drop);
    window.addEventListener("pointercancel", this.#end);
    window.addEventListener("keydown", this.#giveUp, true);
  }

  #move = (event: PointerEvent): void => {
    const pressed = this.#pressed;
    if (!pressed || (!this.drag && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < 5)) return;
    event.preventDefault();
    const box = this.renderRoot.querySelector(".canvas")!.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const over = this.#spots.findIndex((spot) => x >= spot.x && x <= spot.x + WIDTH && y >= spot.y && y <= spot.y + HEIGHT);
    const id = this.dependencies.items[over]?.id ?? "";
    this.drag = { from: pressed.id, x, y, over: id === pressed.id ? "" : id };
  };

  #drop = (): void => {
    const { drag } = this;
    this.#end();
    if (drag?.over) this.#send("need", { item: drag.over, needs: drag.from } satisfies Needs);
  };

  #giveUp = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.drag) return;
    event.stopPropagation();
    this.#end();
  };

  #end = (): void => {
    window.removeEventListener("pointermove", this.#move);
    window.removeEventListener("pointerup", this.#drop);
    window.removeEventListener("pointercancel", this.#end);
    window.removeEventListener("keydown", this.#giveUp, true);
    this.#pressed = this.drag = undefined;
  };

  // ---- what is seen

  override render(): TemplateResult {
    const { items, needs, stale } = this.dependencies;
    const chosen = items.findIndex(({ id }) => id === this.chosen);
    const lit = chosen < 0 ? undefined : chain(needs, chosen);
    const { width, height } = this.#size;
    const { drag } = this;
    const from = drag && this.#spots[items.findIndex(({ id }) => id === drag.from)];
    const of = (k: number, way: "item" | "needs"): string => needs.filter((one) => one[way === "item" ? "needs" : "item"] === k).map((one) => items[one[way]]!.id).join(", ");
    return html`<figure><div class="scroll-x"><div class="canvas ${lit ? "some" : ""} ${drag ? "dragging" : ""} ${stale ? "stale" : ""}" role="group" aria-label="What needs what" ${place({ width: `${width}px`, height: `${height}px` })}>
        <svg width=${width} height=${height} aria-hidden="true">${needs.map((need) => this.#edge(need, lit))}
          ${from ? svg`<path class="rubber" d=${curve(from.x + WIDTH, from.y + HEIGHT / 2, drag!.x, drag!.y)}></path>` : nothing}</svg>
        ${repeat(items, ({ id }) => id, (item, k) => this.#card(item, k, k === (chosen < 0 ? 0 : chosen), lit))}
      </div>${drag ? html`<div class="said" role="status">${drag.over ? `${drag.over} will need ${drag.from}` : `Drop it on what needs ${drag.from}`}</div>` : nothing}</div>
      ${numbers("What needs what", ["Item", "Title", "Needs", "Waiting for it", "85 % by"], items.map((item, k) => [item.id, item.title, of(k, "needs") || "—", of(k, "item") || "—", item.lands?.p85 ? spoken(item.lands.p85, this.today) : "later"]), "Show as a table")}</figure>`;
  }

  #edge({ item, needs }: Need, lit: Set<number> | undefined): unknown {
    const { items } = this.dependencies;
    const [from, to] = [this.#spots[needs]!, this.#spots[item]!];
    const [x, y] = [to.x - 5, to.y + HEIGHT / 2];
    const d = curve(from.x + WIDTH, from.y + HEIGHT / 2, x, y);
    const on = lit?.has(item) && lit.has(needs) ? "lit" : "";
    const early = items[item]!.place < items[needs]!.place ? "early" : "";
    return svg`<path class="hit" d=${d} @click=${() => this.#send("edge", { item: items[item]!.id, needs: items[needs]!.id } satisfies Needs)}><title>${items[item]!.id} needs ${items[needs]!.id}${early ? ", and stands before it" : ""}</title></path>
      <path class="edge ${on} ${early}" d=${d}></path><path class="tip-end ${on}" d="M${x} ${y - 3.5}l5.5 3.5l-5.5 3.5z"></path>`;
  }

  #card({ id, title, status, waiting, tooEarly, blocked, lands }: DependencyItem, k: number, tabbed: boolean, lit: Set<number> | undefined): TemplateResult {
    const { x, y } = this.#spots[k]!;
    const date = lands?.p85 ? spoken(lands.p85, this.today) : lands ? "later" : "";
    const classes = ["card", lit?.has(k) ? "lit" : "", id === this.chosen ? "chosen" : "", this.drag?.over === id ? "over" : ""].filter(Boolean).join(" ");
    return html`<button type="button" class=${classes} data-id=${id} tabindex=${tabbed ? 0 : -1} aria-current=${id === this.chosen ? "true" : "false"} title="${title}${waiting ? `: ${count(waiting, "item waits", "items wait")} for it` : ""}"
      ${place({ left: `${x}px`, top: `${y}px` })}
      @focus=${() => this.#choose(id)} @click=${() => this.#choose(id)} @dblclick=${() => this.#send("open-item", id)} @pointerdown=${(event: PointerEvent) => this.#press(event, id)} @keydown=${(event: KeyboardEvent) => this.#key(event, k)}>
      <span class="top"><b class="cut">${id}</b>${status === "in-progress" ? html`<span class="chip">started</span>` : nothing}${blocked == null ? nothing : html`<span class="chip warn" title=${blocked}>blocked</span>`}${tooEarly ? html`<span class="chip warn" title="It stands before something it needs">too early</span>` : nothing}<span class="date">${date ? html`<span class="sr">85 % by </span>${date}` : nothing}</span></span>
      <span class="cut">${title}</span></button>`;
  }
}

const curve = (x: number, y: number, to: number, end: number): string => `M${x} ${y}C${(x + to) / 2} ${y} ${(x + to) / 2} ${end} ${to} ${end}`;

/** An item with all that it needs and all that waits for it. */
export function chain(needs: readonly Need[], start: number): Set<number> {
  const both = (from: "item" | "needs", to: "item" | "needs"): Set<number> => {
    const next = new Map<number, number[]>();
    for (const need of needs) next.set(need[from], [...(next.get(need[from]) ?? []), need[to]]);
    const seen = new Set([start]);
    for (const one of seen) for (const other of next.get(one) ?? []) seen.add(other);
    return seen;
  };
  return new Set([...both("item", "needs"), ...both("needs", "item")]);
}

/** The sets of items that hang together, each by its places. */
export function together(n: number, needs: readonly Need[]): number[][] {
  const next: number[][] = Array.from({ length: n }, () => []);
  for (const { item, needs: other } of needs) {
    next[item]!.push(other);
    next[other]!.push(item);
  }
  const seen = new Set<number>();
  return next.flatMap((_, start) => {
    if (seen.has(start)) return [];
    const found = new Set([start]);
    for (const one of found) for (const other of next[one]!) found.add(other);
    found.forEach((one) => seen.add(one));
    return [[...found].sort((a, b) => a - b)];
  });
}

// Each set on its own, one below the other. Inside of a layer, items stand by the mean of their neighbours' places
// (barycentre: Sugiyama, Tagawa, Toda 1981), once forth and once back, which keeps most crossings away.
function layOut(items: readonly DependencyItem[], needs: readonly Need[]): { spots: Spot[]; width: number; height: number } {
  const spots: Spot[] = items.map(() => ({ x: 0, y: 0, column: 0 }));
  const [before, after]: [number[][], number[][]] = [items.map(() => []), items.map(() => [])];
  for (const { item, needs: other } of needs) {
    before[item]!.push(other);
    after[other]!.push(item);
  }
  let [top, width] = [0, 0];
  for (const set of together(items.length, needs)) {
    // Layers that nobody of the set is in take no room.
    const layers = [...new Set(set.map((k) => items[k]!.layer))].sort((a, b) => a - b);
    const columns = layers.map((layer) => set.filter((k) => items[k]!.layer === layer));
    const settle = (column: number[], neighbours: number[][]): void => {
      const wish = (k: number): number => {
        const all = neighbours[k]!;
        return all.length ? all.reduce((sum, other) => sum + spots[other]!.y, 0) / all.length : spots[k]!.y;
      };
      const wishes = new Map(column.map((k) => [k, wish(k)]));
      column.sort((a, b) => wishes.get(a)! - wishes.get(b)! || a - b);
      let low = -Infinity;
      let moved = 0;
      for (const k of column) {
        const y = Math.max(wishes.get(k)!, low + DOWN);
        moved += y - wishes.get(k)!;
        spots[k]!.y = low = y;
      }
      // What was pushed down is shared out above and below.
      for (const k of column) spots[k]!.y -= moved / column.length;
    };
    columns.forEach((column) => column.forEach((k, row) => { spots[k]!.y = row * DOWN; }));
    columns.forEach((column) => settle(column, before));
    columns.toReversed().forEach((column) => settle(column, after));
    columns.forEach((column) => settle(column, before));
    const highest = Math.min(...set.map((k) => spots[k]!.y));
    columns.forEach((column, c) => column.forEach((k) => Object.assign(spots[k]!, { x: c * ACROSS, y: Math.round(spots[k]!.y - highest + top), column: c })));
    top = Math.max(...set.map((k) => spots[k]!.y)) + DOWN + APART;
    width = Math.max(width, columns.length * ACROSS);
  }
  return { spots, width: Math.max(0, width - ACROSS + WIDTH), height: Math.max(0, top - APART) };
}

define("landfall-dependency-picture", LandfallDependencyPicture);
declare global {
  interface HTMLElementTagNameMap {
    "landfall-dependency-picture": LandfallDependencyPicture;
  }
}
