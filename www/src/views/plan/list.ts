import { LitElement, type PropertyValues, type TemplateResult, css, html, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { Band, Command, Filter, ItemShift, Planner, Row, Rows, Show } from "../../../pkg/landfall.js";
import { type Due, axisHeader, strip } from "../../charts/strip.ts";
import { place } from "../../dom.ts";
import { ask, openItem, say } from "../../events.ts";
import { icons } from "../../icons.ts";
import type { Session } from "../../session.ts";
import { datesOf, tradeOff } from "../../shift.ts";
import { base } from "../../styles.ts";
import { count, methods, number, readUncertain, reason, score, spoken, statuses, uncertain } from "../../text.ts";
import { objectiveColour } from "../../tokens.ts";
import { classes, slim } from "./look.ts";
import { goingIds, isGoing } from "./moves.ts";

/** Rows that are fetched beyond what is seen. */
const MARGIN = 60;
/** Up to here a list is fetched whole. */
const WHOLE = 300;
const BAND = 24;
const HEAD = 34;
/** The trials of a forecast under the hand, where one in full takes too long. */
const FEW = 1000;
/** The width of the date where rows have two lines. */
const DATE = 60;

interface Fetched {
  key: string;
  start: number;
  rows: Rows;
}

interface Drag {
  id: string;
  row: Row;
  /** All that are moved, where there are several. */
  ids?: string[];
  pointer: number;
  /** Where in its row the pointer took hold. */
  hold: number;
  /** Where the pointer was last. */
  y: number;
  /** The row's place when it was picked up, and the one it is over now. */
  from: number;
  to: number;
  /** How many rows are in progress. */
  going: number;
  /** The bands as they were: what is under the hand must not jump. */
  bands: Band[];
  /** The dates when it was picked up; none where they were of an older plan. */
  before: Map<string, string | null>;
  /** What would be, for a part of the list. */
  rows?: Rows;
  sentence: string;
  /** Whether the hand is where the row cannot go. */
  refused?: boolean;
  /** Whether forecasts take too long to have one in every frame. */
  slow?: boolean;
  timer?: ReturnType<typeof setTimeout>;
  /** A forecast that is being computed for it. */
  asking?: AbortController;
}

/** A row or band where it stands. */
type Placed = { key: string; start: number; band: Band } | { key: string; start: number; place: number; row: Row };

interface Objectives {
  /** Those with a date. */
  dues: Due[];
  places: Map<string, number>;
  byId: Map<string, { name: string; due?: string | undefined }>;
}

/** A disc half filled: in progress. */
const going = html`<svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" stroke-width="1.5"></circle><path d="M6 3a3 3 0 0 1 0 6z" fill="currentColor"></path></svg>`;

/** The list: order, score, size, the 85 % date and its strip. */
export class PlanList extends LitElement {
  @property({ attribute: false }) session!: Session;
  @property({ type: Number }) revision = 0;
  /** Only items in whose key, title or tags every word of this occurs. */
  /** How each item fares in the scenario that is shown, where it differs. */
  @property({ attribute: false }) shifts: readonly ItemShift[] | undefined;
  @property() search = "";
  @property({ attribute: false }) filter: Filter = {};
  /** The item that is open beside the list. */
  @property({ attribute: false }) open: string | undefined;
  /** The items that are selected; who holds them hears of others by `select-items`. */
  @property({ attribute: false }) selected: ReadonlySet<string> = new Set();

  @state() private current = 0;
  @state() private editing: { id: string; field: "title" | "size"; text: string; error: string } | undefined;
  @state() private drag: Drag | undefined;
  @state() private listWidth = 800;
  @state() private listHeight = 600;
  @query(".list") private list!: HTMLElement;

  #watch = new ResizeObserver(([entry]) => {
    const { width, height } = entry?.contentRect ?? { width: 0, height: 0 };
    if (width > 0) this.listWidth = Math.floor(width);
    if (height > 0) this.listHeight = height;
  });
  #fetched: Fetched | undefined;
  #total = 0;
  #bands: Band[] = [];
  #wantFocus: string | undefined;
  #pressed: { x: number; y: number; row: Row; index: number; event: PointerEvent } | undefined;
  #frame = 0;
  #flash: string | undefined;
  #scrolled = 0;
  /** Where a range of rows began, and what was selected before. */
  #range: { from: number; before: ReadonlySet<string> } | undefined;
  #held: ReturnType<typeof setTimeout> | undefined;

  static override styles = [base, css`
    :host { display: flex; flex-direction: column; min-height: 0; position: relative; }
    .list { flex: 1; overflow: auto; min-height: 0; position: relative; scroll-padding-top: 34px; overscroll-behavior: contain; }
    .head, .row { display: grid; grid-template-columns: var(--rank) minmax(0, 1fr) 52px 58px 86px var(--strip); align-items: center; column-gap: 10px; padding: 0 16px; }
    .head { position: sticky; top: 0; background: var(--bg); height: 34px; color: var(--muted); font-size: 12px; border-bottom: 1px solid var(--line); z-index: 3; }
    .head svg { display: block; overflow: visible; }
    .row svg.strip { display: block; overflow: hidden; }
    .head svg text { fill: var(--muted); font-size: 11px; }
    .head svg .flag text { fill: var(--warn); font-size: 10.5px; }
    .head small { display: block; font-size: 10.5px; line-height: 11px; color: var(--warn); } .head .right { line-height: 14px; }
    .rows { position: relative; }
    .row, .band { position: absolute; left: 0; right: 0; top: 0; }
    .row { user-select: none; height: 38px; border-bottom: 1px solid var(--line); cursor: default; touch-action: pan-y; }
    .row:hover { background: var(--hover); }
    .row.open { background: var(--sel); box-shadow: inset 2px 0 var(--accent); }
    .row:focus-visible { outline-offset: -2px; z-index: 1; }
    .row.flash { animation: flash 1.6s ease-out; }
    @keyframes flash { from { background: var(--accent-soft); } }
    .dragging-on .row { transition: transform .15s cubic-bezier(.2, 0, 0, 1); }
    .dragging-on, .dragging-on * { cursor: grabbing !important; user-select: none; }
    .dragging-on .row:not(.held):hover { background: none; }
    .dragging-on .band { opacity: .25; }
    .row.held { transition: none; z-index: 2; background: var(--raised); border-radius: 8px; border-bottom-color: transparent; box-shadow: 0 0 0 1px var(--accent), 0 8px 24px var(--shade), 0 2px 6px var(--shade); }
    .date small { display: block; font-size: 11px; line-height: 13px; color: var(--muted); } .date small.up { color: var(--warn); } .date small.down { color: var(--accent-text); }
    .row.earlier .date { color: var(--accent); font-weight: 600; }
    .row.delayed .date { color: var(--warn); font-weight: 600; }

    .n { color: var(--faint); position: relative; display: flex; align-items: center; height: 100%; }
    .grip { position: absolute; left: -16px; top: 50%; margin-top: -14px; width: 16px; height: 28px; display: grid; place-items: center; color: var(--muted); background: inherit; opacity: 0; cursor: grab; touch-action: none; border-radius: 6px; }
    .row.movable:hover .grip, .row.movable:focus-visible .grip, .row.held .grip { opacity: 1; }
    .row:hover .rank, .row:focus-visible .rank, .selecting .rank { opacity: 0; }
    .pick { appearance: none; position: absolute; left: -5px; width: 24px !important; height: 24px !important; display: grid; place-content: center; border-radius: 6px; opacity: 0; }
    .pick::before { content: ""; width: 14px; height: 14px; border: 1.5px solid var(--field); border-radius: 4px; grid-area: 1 / 1; background: var(--panel); }
    .pick:checked::before { background: var(--accent); border-color: var(--accent); }
    .pick:checked::after { content: ""; grid-area: 1 / 1; width: 8px; height: 4px; border: solid var(--accent-ink); border-width: 0 0 1.8px 1.8px; transform: translate(3px, 4px) rotate(-45deg); }
    .row:hover .pick, .row:focus-visible .pick, .selecting .pick { opacity: 1; }
    .row.picked { background: var(--sel); }
    .row.held.picked { background: var(--raised); }
    .row.along { opacity: .45; }
    .t { display: flex; gap: 8px; align-items: center; min-width: 0; height: 100%; }
    .t .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; flex: 0 1 auto; min-width: 40px; }
    .t .chip { flex: 0 9 auto; min-width: 0; overflow: hidden; text-overflow: ellipsis; }
    .t .chip.warn, .t .chip.plain { flex: none; }
    .class { flex: none; color: var(--muted); font-size: 11px; line-height: 16px; width: 16px; text-align: center; border-radius: 4px; box-shadow: inset 0 0 0 1px var(--edge); } .class.must { color: var(--ink); font-weight: 600; }
    .second { display: block; color: var(--faint); font-size: 11px; line-height: 13px; } .score { line-height: 16px; }
    .ready { flex: none; color: var(--good); display: grid; }
    .going { flex: none; color: var(--accent); display: grid; }
    .k { color: var(--faint); font-size: 12px; white-space: nowrap; flex: none; }
    .row.past .name { color: var(--muted); }
    .size button { padding: 0 6px; min-height: 26px; min-width: 32px; margin-right: -6px; text-align: right; border-radius: 5px; }
    .size button:hover { box-shadow: inset 0 0 0 1px var(--edge); background: var(--panel); }
    .row input.edit { padding: 2px 6px; min-height: 26px; }
    .size input.edit { width: 74px; margin-left: -16px; text-align: right; }
    .pop { position: absolute; top: calc(100% - 5px); z-index: 5; background: var(--raised); border: 1px solid var(--bad); border-radius: 6px; padding: 4px 8px; box-shadow: 0 6px 20px var(--shade); white-space: normal; width: max-content; max-width: 260px; text-align: left; }
    .size { position: relative; } .size .pop { right: 0; }
    .date { white-space: nowrap; } .date b { font-weight: 600; }
    .date > *, svg.strip { transition: color .15s, opacity .15s; }
    .stale .date > * { color: var(--muted); transition-delay: .2s; }
    .stale svg.strip { opacity: .45; transition-delay: .2s; }
    .head small.since { color: var(--muted); animation: since .15s .2s both; } @keyframes since { from { opacity: 0; } }
    .late { color: var(--bad); }

    .band { height: ${BAND}px; padding: 0 16px 0 56px; display: flex; align-items: center; color: var(--accent-text); font-size: 11.5px; border-bottom: 1px dashed var(--accent); background: linear-gradient(var(--accent-soft), transparent); white-space: nowrap; overflow: hidden; }

    .empty { padding: 56px 24px; max-width: 460px; margin: 0 auto; text-align: center; }
    .empty h2 { font-size: 16px; line-height: 22px; font-weight: 600; letter-spacing: -.01em; margin-bottom: 4px; }
    .empty p { color: var(--muted); }
    .empty div { margin-top: 16px; display: flex; gap: 8px; justify-content: center; flex-wrap: wrap; }

    .sentence { position: absolute; left: 12px; right: 12px; bottom: 16px; width: fit-content; margin: 0 auto; padding: 8px 14px; border-radius: 8px; background: var(--ink); color: var(--bg); box-shadow: 0 8px 28px var(--shade); z-index: 6; pointer-events: none; }

    :host([unscored]) .head, :host([unscored]) .row { grid-template-columns: var(--rank) minmax(0, 1fr) 58px 86px var(--strip); }
    :host([compact]) .head, :host([compact]) .row { grid-template-columns: calc(var(--rank) - 6px) minmax(0, 1fr) ${DATE}px; padding: 0 12px; column-gap: 8px; }
    :host([compact]) .row { height: 60px; grid-template-rows: 30px 22px; align-content: center; }
    :host([compact]) .row .n { grid-row: 1 / 3; }
    :host([compact]) .row .date { grid-row: 1 / 3; grid-column: 3; }
    :host([compact]) .row .line { grid-column: 2; grid-row: 2; }
    :host([compact]) .band { padding-left: 44px; }
    @media (pointer: coarse) {
      .list:not(.selecting) .pick { display: none; } .pick { left: -10px; width: 36px !important; height: 36px !important; }
      .row.movable .grip { opacity: 1; left: -8px; width: 28px; } .row.movable .rank { opacity: 0; } .selecting .grip { display: none !important; }
    }
  `];

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.hasUpdated) return;
    this.#watch.observe(this.list);
    // Whoever comes back finds the list where it was left.
    void this.updateComplete.then(() => { this.list.scrollTop = this.#scrolled; });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.disconnect();
    clearTimeout(this.#held);
    this.#endDrag(false);
  }

  protected override firstUpdated(): void {
    this.#watch.observe(this.list);
  }

  /** Scores stay folded until the first item has one. */
  get #unscored(): boolean {
    const { unscored, work } = this.session.summary.counts;
    return unscored === work;
  }

  get #compact(): boolean {
    return this.listWidth < 560;
  }
  get #rowHeight(): number {
    return this.#compact ? 60 : 38;
  }
  get #stripWidth(): number {
    const width = this.listWidth;
    return this.#compact ? width - 24 - (this.#total > 999 ? 36 : 24) - 8 - 8 - DATE : Math.floor(Math.max(150, Math.min(560, width * (width < 820 ? 0.27 : 0.4))));
  }
  get #bandsShown(): Band[] {
    return this.drag?.bands ?? this.#bands;
  }

  // Rows and bands have fixed heights, so that where they stand is arithmetic, for ten thousand of them too. A band
  // stands above the row it names.
  #top(row: number): number {
    return row * this.#rowHeight + this.#bandsShown.filter((band) => band.after <= row).length * BAND;
  }

  #bandTop(place: number): number {
    return this.#bandsShown[place]!.after * this.#rowHeight + place * BAND;
  }

  get #height(): number {
    return this.#total * this.#rowHeight + this.#bandsShown.length * BAND;
  }

  /** The row at this height. */
  #rowAt(y: number): number {
    let row = Math.floor(y / this.#rowHeight);
    this.#bandsShown.forEach((band, passed) => {
      if (y >= this.#bandTop(passed)) row = Math.max(band.after, Math.floor((y - (passed + 1) * BAND) / this.#rowHeight));
    });
    return Math.max(0, Math.min(this.#total - 1, row));
  }

  /** The rows in sight and a few around them: from the first to before the second. */
  get #seen(): [from: number, to: number] {
    if (this.#total === 0) return [0, 0];
    const top = this.renderRoot instanceof ShadowRoot ? (this.list?.scrollTop ?? 0) : 0;
    const spare = 8 * this.#rowHeight;
    return [this.#rowAt(top - spare), this.#rowAt(top + this.listHeight + spare) + 1];
  }

  #scrollTo(row: number): void {
    const top = this.#top(row);
    const { list } = this;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (HEAD + top + this.#rowHeight > list.scrollTop + list.clientHeight) list.scrollTop = HEAD + top + this.#rowHeight - list.clientHeight;
  }

  // How long the list is now. What is seen is fetched along, where it was before.
  #measure(): void {
    const [from, to] = this.#seen;
    const has = this.#fetched?.key === this.#key ? this.#fetched : this.#fetch(from, Math.max(to, from + 40));
    this.#total = has.rows.total;
    this.#bands = has.rows.bands;
  }

  get #key(): string {
    return JSON.stringify([this.revision, this.session.today, this.search, this.filter]);
  }

  /** The rows of the list, of which at least `from`…`to` are at hand where there are so many. */
  #fetch(from: number, to: number): Fetched {
    const key = this.#key;
    const has = this.#fetched?.key === key ? this.#fetched : undefined;
    if (has && from >= has.start && Math.min(to, has.rows.total) <= has.start + has.rows.rows.length) return has;
    const small = (has?.rows.total ?? this.#total) <= WHOLE && to <= WHOLE;
    const start = small ? 0 : Math.max(0, from - MARGIN);
    const rows = this.session.rows({ from: start, count: small ? WHOLE : to - start + MARGIN, search: this.search, filter: this.filter });
    return (this.#fetched = { key, start, rows });
  }

  #row(index: number): Row | undefined {
    if (index < 0 || index >= this.#total) return undefined;
    const { start, rows } = this.#fetch(index, index + 1);
    return rows.rows[index - start];
  }

  get #focused(): HTMLElement | null {
    const active = this.renderRoot instanceof ShadowRoot ? this.renderRoot.activeElement : null;
    return active instanceof HTMLElement && active.classList.contains("row") ? active : null;
  }

  #shifted: ReadonlyMap<string, ItemShift> = new Map();

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("shifts")) this.#shifted = new Map(this.shifts?.map((shift) => [shift.id, shift]));
    // A row that takes another place in the document loses the focus on the way.
    this.#wantFocus ??= this.#focused?.dataset["id"];
    if (changed.has("search") || changed.has("filter")) {
      this.#range = undefined;
      if (this.hasUpdated) {
        this.current = 0;
        this.list.scrollTop = 0;
      }
    }
    this.#measure();
    this.current = Math.max(0, Math.min(this.current, this.#total - 1));
    if (changed.has("revision") && this.selected.size) this.#keepSelected();
    this.toggleAttribute("compact", this.#compact);
    this.toggleAttribute("unscored", this.#unscored);
  }

  protected override updated(): void {
    if (this.#wantFocus !== undefined) {
      const row = this.renderRoot.querySelector<HTMLElement>(`.row[data-id="${CSS.escape(this.#wantFocus)}"]`);
      if (row && row !== this.#focused) row.focus({ preventScroll: true });
      if (row || !this.#exists(this.#wantFocus)) this.#wantFocus = undefined;
    }
  }

  #exists(id: string): boolean {
    return this.#fetched?.rows.rows.some((row) => row.id === id) ?? false;
  }

  // ---- what others ask for

  /** Puts the keyboard into the list. */
  override focus(): void {
    this.#goTo(this.current);
  }

  /** Puts the keyboard on this item's row, where it is shown. */
  goTo(id: string, flash = false): void {
    this.#catchUp();
    const at = this.#placeOf(id);
    if (at < 0) return;
    this.current = at;
    if (flash) this.#flash = id;
    void this.updateComplete.then(() => this.#scrollTo(at));
  }

  /** Gives the row of an item the focus when it is drawn next. */
  refocus(id: string): void {
    this.#wantFocus = id;
    this.requestUpdate();
  }

  /** Puts the keyboard on the first row. */
  first(): void {
    this.#goTo(0);
  }

  /** The item whose row has the focus. */
  get row(): string | undefined {
    return this.#focused?.dataset["id"];
  }

  /** Gives up a drag; whether there was one. */
  giveUp(): boolean {
    if (!this.drag) return false;
    this.#endDrag(false);
    return true;
  }

  /** Keys of the list, from anywhere in the element outside of a field; whether the key was one of them. */
  key(event: KeyboardEvent): boolean {
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      void this.#moveBy(event.key === "ArrowUp" ? -1 : 1);
      return true;
    }
    const inList = this.#focused !== null;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "a" && inList) {
      this.#select(new Set(this.#ids()));
      return true;
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return false;
    const page = Math.max(1, Math.floor((this.list.clientHeight - HEAD) / this.#rowHeight) - 1);
    const steps: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const step = steps[letter];
    if (step !== undefined) {
      // Outside of the list, only letters enter it: arrows and pages belong to what has the focus.
      if (!inList && event.key.length > 1) return false;
      if (inList && event.shiftKey) this.#extend(this.current + step);
      else this.#goTo(inList ? this.current + step : this.current);
      return true;
    }
    if (!inList) return false;
    const row = this.#row(this.current);
    if (!row) return false;
    if (event.key === "Enter") {
      this.dispatchEvent(new CustomEvent("enter-item", { detail: row.id }));
      return true;
    }
    if (letter === "x" && !this.session.readonly) {
      this.#toggle(this.current);
      return true;
    }
    if (!this.session.readonly && (event.key === "F2" || letter === "e")) {
      this.#edit(row, "title");
      return true;
    }
    if (!this.session.readonly && letter === "s") {
      this.#edit(row, "size");
      return true;
    }
    return false;
  }

  // ---- moving about

  #goTo(index: number): void {
    if (this.#total === 0) return;
    this.current = Math.max(0, Math.min(this.#total - 1, index));
    const row = this.#row(this.current);
    if (!row) return;
    this.#scrollTo(this.current);
    this.#wantFocus = row.id;
    if (this.open !== undefined && this.open !== row.id) openItem(this, row.id);
    this.requestUpdate();
  }

  /** The keys of all rows, in order. */
  #ids(from = 0, to = this.#total): string[] {
    const has = this.#fetched;
    if (has?.key === this.#key && from >= has.start && to <= has.start + has.rows.rows.length) return has.rows.rows.slice(from - has.start, to - has.start).map((row) => row.id);
    return this.session.rows({ from, count: to - from, search: this.search, filter: this.filter }).rows.map((row) => row.id);
  }

  #placeOf(id: string): number {
    return this.#ids().indexOf(id);
  }

  // ---- selecting

  #select(ids: ReadonlySet<string>): void {
    if (!this.session.readonly) this.dispatchEvent(new CustomEvent("select-items", { detail: ids }));
  }

  #toggle(index: number): void {
    const id = this.#row(index)?.id;
    if (id === undefined) return;
    const next = new Set(this.selected);
    if (!next.delete(id)) next.add(id);
    this.current = index;
    this.#range = { from: index, before: next };
    this.#select(next);
  }

  /** Selects the rows from where the range began to this one. */
  #extend(index: number): void {
    const to = Math.max(0, Math.min(this.#total - 1, index));
    this.#range ??= { from: this.current, before: this.selected };
    const { from, before } = this.#range;
    this.#select(new Set([...before, ...this.#ids(Math.min(from, to), Math.max(from, to) + 1)]));
    const range = this.#range;
    this.#goTo(to);
    this.#range = range;
  }

  // What a change has taken out of the list is selected no longer.
  #keepSelected(): void {
    this.#range = undefined;
    const shown = new Set(this.#ids());
    const kept = [...this.selected].filter((id) => shown.has(id));
    if (kept.length < this.selected.size) queueMicrotask(() => this.#select(new Set(kept)));
  }

  #click(event: MouseEvent, row: Row, index: number): void {
    if (event.defaultPrevented) return;
    if (event.shiftKey && !this.session.readonly) this.#extend(index);
    else if ((event.ctrlKey || event.metaKey) && !this.session.readonly) this.#toggle(index);
    else {
      this.#range = undefined;
      this.current = index;
      openItem(this, row.id);
    }
  }

  // The row that comes after the last one shown, in the whole list: where "the end" is when only a part is shown.
  #behind(row: Row, but: ReadonlySet<string> = new Set()): string | undefined {
    if (row.rank === undefined) return undefined;
    return this.session.rows({ from: row.rank, count: but.size + 1 }).rows.find(({ id }) => !but.has(id))?.id;
  }

  // How many rows at the top are in progress: they come first, wherever they stand in the plan.
  #going(): number {
    const { rows } = this.session.rows({ from: 0, count: WHOLE, search: this.search, filter: this.filter });
    const first = rows.findIndex((row) => !isGoing(row));
    return first < 0 ? rows.length : first;
  }

  /** The place nearest to `to` that a row can take. */
  #clamp(row: Row, to: number, going: number): number {
    return isGoing(row) ? Math.min(to, going - 1) : Math.max(to, going);
  }

  /** Puts the row from one place of the list to another. */
  #moveCommand(row: Row, from: number, to: number): Command {
    const { id } = row;
    if (isGoing(row) && to > from) {
      // Where the row behind the last one in progress stands in the plan says nothing, so the others go up instead.
      const passed = Array.from({ length: to - from }, (_, k) => this.#row(from + 1 + k)?.id).filter((other) => other !== undefined);
      return { type: "batch", label: `move ${id}`, commands: passed.map((other) => ({ type: "moveItem", id: other, before: id })) };
    }
    const rest = (k: number): Row | undefined => this.#row(k < from ? k : k + 1);
    const before = rest(to)?.id ?? (this.#part ? this.#behind(rest(to - 1) ?? row) : undefined);
    return before === undefined || before === id ? { type: "moveItem", id } : { type: "moveItem", id, before };
  }

  /** Whether only a part of the work is shown. */
  get #part(): boolean {
    return this.search !== "" || Object.keys(slim(this.filter)).length > 0;
  }

  /** Those of the selection that can be moved with a row: what is in progress stays among itself. */
  #alike(row: Row): string[] {
    const going = new Set(goingIds(this.session));
    return [...this.selected].filter((id) => going.has(id) === isGoing(row));
  }

  /** Puts all that are selected where the row is put. */
  #moveAllCommand(row: Row, ids: string[], from: number, to: number): Command {
    const moving = new Set(ids);
    const rest = (k: number): Row | undefined => this.#row(k < from ? k : k + 1);
    let next = to;
    while (rest(next) && moving.has(rest(next)!.id)) next++;
    const before = rest(next);
    if (isGoing(row) && (!before || !isGoing(before))) {
      // As for one: the others go up.
      return { type: "moveItems", ids: goingIds(this.session).filter((id) => !moving.has(id)), before: this.#ids().find((id) => moving.has(id))! };
    }
    const behind = before?.id ?? (this.#part ? this.#behind(rest(this.#total - 2) ?? row, moving) : undefined);
    return { type: "moveItems", ids, ...(behind === undefined ? {} : { before: behind }) };
  }

  // Moves all that are selected by one row, together.
  #moveAllBy(step: number): void {
    const ids = this.#ids();
    const rows = ids.flatMap((id, k) => (this.selected.has(id) ? [k] : []));
    const row = rows.map((k) => this.#row(k)).find((one) => one && one.rank !== undefined && !isGoing(one)) ?? this.#row(rows[0] ?? -1);
    if (!row || row.rank === undefined) return;
    const moving = this.#alike(row);
    const places = ids.flatMap((id, k) => (moving.includes(id) ? [k] : []));
    const going = this.#going();
    const [first, last] = [places[0]!, places.at(-1)!];
    // The row that they pass.
    const passed = step < 0 ? first - 1 : last + 1;
    if (passed < 0 || passed >= ids.length) return;
    if (passed < going !== isGoing(row)) return void say(this, `${count(moving.length, "item")} stay: what is in progress comes first`, { show: true });
    const before = datesOf(this.#fetch(passed, passed + 1).rows.rows);
    const held = this.#row(first)!;
    const command: Command = step < 0 ? { type: "moveItems", ids: moving, before: ids[passed]! }
      : isGoing(row) ? { type: "moveItems", ids: [ids[passed]!], before: ids[first]! }
      : this.#moveAllCommand(held, moving, first, last + 1);
    const focus = this.#row(this.current)?.id;
    if (!this.#run(command)) return;
    this.#catchUp();
    if (focus !== undefined) this.#goTo(this.#placeOf(focus));
    void this.#sayAll(held, moving.length, before);
  }

  async #sayAll(row: Row, n: number, before: ReadonlyMap<string, string | null>): Promise<void> {
    const at = this.#placeOf(row.id);
    const place = `${count(n, "item")} from place ${at + 1}`;
    const { settled } = this.session;
    if (this.session.stale) say(this, place, { show: true, undo: true });
    if (!(await settled) || this.session.stale) return;
    this.#catchUp();
    const { rows } = this.#fetch(Math.max(0, at - 1), Math.min(this.#total, at + n + 1));
    say(this, `${place}. ${tradeOff(row.id, before, rows.rows, this.session.today)}`, { show: true, undo: true });
  }

  async #moveBy(step: number): Promise<void> {
    if (this.selected.size > 0 && !this.session.readonly && !this.drag) return this.#moveAllBy(step);
    const row = this.#row(this.current);
    if (!row || row.rank === undefined || this.session.readonly || this.drag) return;
    const from = this.current;
    const to = this.#clamp(row, from + step, this.#going());
    if (to < 0 || to >= this.#total) return;
    if (to === from) {
      say(this, `${row.title} stays: what is in progress comes first`, { show: true });
      return;
    }
    const before = datesOf(this.#fetch(Math.min(from, to), Math.max(from, to) + 1).rows.rows);
    const command = this.#moveCommand(row, from, to);
    if (!this.#run(command)) return;
    this.current = to;
    this.#wantFocus = row.id;
    this.#catchUp();
    this.#goTo(to);
    const place = `Place ${to + 1} of ${this.#total}`;
    const { settled } = this.session;
    if (this.session.stale) say(this, place);
    if (!(await settled) || this.session.stale) return;
    this.#catchUp();
    const { rows } = this.#fetch(Math.max(0, to - 1), Math.min(this.#total, to + 2));
    say(this, `${place}. ${tradeOff(row.id, before, rows.rows, this.session.today)}`);
  }

  #run(command: Command): boolean {
    try {
      this.session.run(command);
      return true;
    } catch (error) {
      say(this, reason(error), { show: true });
      return false;
    }
  }

  // What the session says now, ahead of the next drawing.
  #catchUp(): void {
    this.revision = this.session.revision;
    this.#measure();
  }

  // ---- dragging

  #press(event: PointerEvent, row: Row, index: number): void {
    if (event.pointerType !== "mouse") this.#hold(event, index);
    if (event.button !== 0 || row.rank === undefined || this.session.readonly || this.editing || this.drag) return;
    const from = event.composedPath()[0] as HTMLElement;
    if (from.closest?.("button, input")) return;
    // A finger scrolls the list, except on the handle.
    if (event.pointerType !== "mouse" && !from.closest?.(".grip")) return;
    this.#pressed = { x: event.clientX, y: event.clientY, row, index, event };
    window.addEventListener("pointermove", this.#move);
    window.addEventListener("pointerup", this.#release);
    window.addEventListener("pointercancel", this.#cancel);
    if (event.pointerType !== "mouse") event.preventDefault();
  }

  // A finger that rests on a row selects it.
  #hold(event: PointerEvent, index: number): void {
    if (this.session.readonly || (event.composedPath()[0] as HTMLElement).closest?.("button, input, .grip")) return;
    const end = (): void => {
      clearTimeout(this.#held);
      for (const name of ["pointerup", "pointercancel"]) window.removeEventListener(name, end);
    };
    for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, end);
    clearTimeout(this.#held);
    this.#held = setTimeout(() => {
      this.#toggle(index);
      this.#swallowClick();
    }, 500);
  }

  // The click that follows opens nothing.
  #swallowClick(ms = 1000): void {
    const swallow = (click: Event) => { click.stopPropagation(); click.preventDefault(); };
    window.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener("click", swallow, { capture: true }), ms);
  }

  #move = (event: PointerEvent): void => {
    if (this.#pressed && !this.drag) {
      if (Math.hypot(event.clientX - this.#pressed.x, event.clientY - this.#pressed.y) < 4) return;
      this.#startDrag();
    }
    if (!this.drag || event.pointerId !== this.drag.pointer) return;
    event.preventDefault();
    this.drag.y = event.clientY;
    this.#tick();
  };

  #release = (event: PointerEvent): void => {
    if (this.drag && event.pointerId === this.drag.pointer) this.#swallowClick(50);
    this.#endDrag(true);
  };

  #cancel = (): void => this.#endDrag(false);

  #startDrag(): void {
    const { row, index, event, y } = this.#pressed!;
    const box = this.renderRoot.querySelector(`.row[data-id="${CSS.escape(row.id)}"]`)?.getBoundingClientRect();
    const ids = this.selected.has(row.id) ? this.#alike(row) : [];
    this.drag = {
      id: row.id, row, ...(ids.length > 1 ? { ids } : {}), pointer: event.pointerId, hold: y - (box?.top ?? y), y, from: index, to: index, going: this.#going(),
      bands: this.#bands, before: datesOf(this.#fetched && !this.#fetched.rows.stale ? this.#fetched.rows.rows : []), sentence: "",
    };
    this.current = index;
    getSelection()?.removeAllRanges();
    say(this, "");
  }

  // One frame of a drag: where the row is, and what would be if it were left there.
  #tick(): void {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      const drag = this.drag;
      if (!drag) return;
      const list = this.list.getBoundingClientRect();
      const edge = 44;
      const speed = drag.y < list.top + HEAD + edge ? drag.y - (list.top + HEAD + edge) : drag.y > list.bottom - edge ? drag.y - (list.bottom - edge) : 0;
      if (speed) {
        this.list.scrollTop += Math.max(-18, Math.min(18, speed / 3));
        this.#tick();
      }
      this.#follow(drag);
      this.requestUpdate();
    });
  }

  #follow(drag: Drag, now = false): void {
    const over = this.#rowAt(this.#heldTop() + this.#rowHeight / 2);
    const to = this.#clamp(drag.row, over, drag.going);
    drag.refused = over !== to;
    if (to === drag.to && (drag.rows || drag.timer || to === drag.from)) return;
    drag.to = to;
    // A forecast that would hold the hand up waits until it rests.
    clearTimeout(drag.timer);
    if (drag.slow && !now) drag.timer = setTimeout(() => { this.#assume(drag); this.requestUpdate(); }, 140);
    else this.#assume(drag);
  }

  #heldTop(): number {
    const rows = this.renderRoot.querySelector(".rows")!.getBoundingClientRect();
    return Math.max(-this.#rowHeight / 2, Math.min(this.#height - this.#rowHeight / 2, this.drag!.y - this.drag!.hold - rows.top));
  }

  #assume(drag: Drag): void {
    if (drag.to === drag.from) {
      delete drag.rows;
      drag.sentence = "";
      return;
    }
    const [from, to] = this.#seen;
    const whole = this.#total <= WHOLE;
    const start = whole ? 0 : Math.max(0, Math.min(from, drag.to) - 2);
    const end = whole ? this.#total : Math.max(to, drag.to) + 3;
    const { today } = this.session;
    const wanted = { from: start, count: end - start, search: this.search, filter: this.filter, today };
    const assume = [this.#dropCommand(drag)];
    const answered = (rows: Rows, before: ReadonlyMap<string, string | null>): void => {
      drag.rows = rows;
      drag.sentence = tradeOff(drag.id, before, rows.rows, today);
      this.requestUpdate();
    };
    delete drag.timer;
    drag.asking?.abort();
    const rows = drag.slow ? undefined : this.session.atOnce((planner) => planner.rows({ ...wanted, assume }));
    drag.slow = rows === undefined;
    if (rows) return answered(rows, drag.before);
    // A long plan is asked beside the page and with fewer trials while the hand moves; both sides of the comparison alike.
    delete drag.rows;
    drag.sentence = "";
    const { signal } = (drag.asking = new AbortController());
    const few = { ...wanted, trials: FEW };
    const both = (planner: Planner): [Rows, Rows] => [planner.rows(few), planner.rows({ ...few, assume })];
    this.session.ready(both, { signal }).then(([before, after]) => { if (this.drag === drag) answered(after, datesOf(before.rows)); }, () => {});
  }

  #dropCommand({ row, ids, from, to }: Drag): Command {
    return ids ? this.#moveAllCommand(row, ids, from, to) : this.#moveCommand(row, from, to);
  }

  #endDrag(drop: boolean): void {
    window.removeEventListener("pointermove", this.#move);
    window.removeEventListener("pointerup", this.#release);
    window.removeEventListener("pointercancel", this.#cancel);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#pressed = undefined;
    const drag = this.drag;
    if (!drag) return;
    // A quick hand lets go before the frame that would have followed it.
    clearTimeout(drag.timer);
    if (drop) this.#follow(drag, true);
    drag.asking?.abort();
    const command = drop && drag.to !== drag.from ? this.#dropCommand(drag) : undefined;
    this.drag = undefined;
    if (!command) return;
    const chances = new Map(this.session.summary.objectives.map((one) => [one.objective.id, one.chanceText]));
    if (!this.#run(command)) return;
    this.current = drag.to;
    this.#wantFocus = drag.id;
    this.#flash = drag.id;
    if (drag.ids) {
      this.#catchUp();
      this.current = this.#placeOf(drag.id);
      return void this.#sayAll(drag.row, drag.ids.length, drag.before);
    }
    void this.#sayMoved(drag, chances);
  }

  async #sayMoved(drag: Drag, chances: ReadonlyMap<string, string | null | undefined>): Promise<void> {
    const { settled } = this.session;
    if (this.session.stale) say(this, `${drag.row.title} moved to place ${drag.to + 1}`, { show: true, undo: true });
    if (!(await settled) || this.session.stale) return;
    this.#catchUp();
    const { rows } = this.#fetch(...this.#seen);
    const sentence = rows.rows.some((row) => row.id === drag.id) ? tradeOff(drag.id, drag.before, rows.rows, this.session.today) : drag.sentence;
    const changed = this.session.summary.objectives
      .filter((one) => one.chanceText != null && chances.get(one.objective.id) !== one.chanceText)
      .map((one) => `the work for ${one.objective.name} ${one.chanceText} likely instead of ${chances.get(one.objective.id) ?? "unknown"}`);
    say(this, [sentence, ...changed.slice(0, 1)].join("; "), { show: true, undo: true });
  }

  // ---- editing in the row

  #edit(row: Row, field: "title" | "size"): void {
    if (this.session.readonly) return;
    this.editing = { id: row.id, field, text: field === "title" ? row.title : uncertain(row.size), error: "" };
    void this.updateComplete.then(() => {
      const input = this.renderRoot.querySelector<HTMLInputElement>("input.edit");
      input?.focus();
      input?.select();
    });
  }

  #commitEdit(text: string, back: boolean): void {
    const editing = this.editing;
    if (!editing) return;
    try {
      const { id, field } = editing;
      const old = this.session.item(id).item;
      if (field === "title" ? text.trim() !== old.title : text.trim() !== uncertain(old.size)) {
        if (field === "title" && !text.trim()) throw new Error("give the item a title");
        const patch = field === "title" ? { title: text.trim() } : { size: readUncertain(text, "size") };
        this.session.run({ type: "editItem", id, patch } as Command);
        const { row, stale } = this.session.item(id);
        const lands = stale ? undefined : row.lands?.p85;
        if (field === "size") say(this, `${old.title}: size ${text.trim() || "not given"}${lands ? `, 85 % by ${spoken(lands, this.session.today)}` : ""}`);
      }
      this.editing = undefined;
      if (back) this.#wantFocus = id;
    } catch (error) {
      this.editing = { ...editing, text, error: reason(error) };
    }
  }

  #editKey(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === "Enter") {
      event.preventDefault();
      this.#commitEdit((event.target as HTMLInputElement).value, true);
    } else if (event.key === "Escape") {
      this.#wantFocus = this.editing?.id;
      this.editing = undefined;
    }
  }

  #editor(label: string): TemplateResult {
    const { text, error } = this.editing!;
    return html`<input class="edit" aria-label=${label} .value=${live(text)} aria-invalid=${error ? "true" : "false"} aria-describedby=${error ? "edit-error" : nothing}
        @input=${(event: InputEvent) => { this.editing!.text = (event.target as HTMLInputElement).value; }}
        @keydown=${(event: KeyboardEvent) => this.#editKey(event)}
        @click=${(event: Event) => event.stopPropagation()} @dblclick=${(event: Event) => event.stopPropagation()}
        @blur=${(event: FocusEvent) => { if (!this.editing?.error) this.#commitEdit((event.target as HTMLInputElement).value, false); }}>
      ${error ? html`<span class="pop error" id="edit-error" role="alert">${error}</span>` : nothing}`;
  }

  // ---- what is seen

  override render(): TemplateResult {
    return html`${this.#grid()}
      ${this.drag && (this.drag.sentence || this.drag.refused) ? html`<div class="sentence" aria-hidden="true">${[this.drag.sentence, this.drag.refused ? "what is in progress comes first" : ""].filter(Boolean).join(" · ")}</div>` : nothing}`;
  }

  #dues: Due[] = [];
  #objectivesOf(): Objectives {
    const objectives = this.session.summary.objectives.map((one) => one.objective);
    const dues = objectives.filter((one) => one.due != null).map((one) => ({ date: one.due!, name: one.name }));
    // The same array while nothing changes, so that rows need not be drawn anew.
    if (JSON.stringify(dues) !== JSON.stringify(this.#dues)) this.#dues = dues;
    return { dues: this.#dues, places: new Map(objectives.map((one, k) => [one.id, k])), byId: new Map(objectives.map((one) => [one.id, { name: one.name, due: one.due ?? undefined }])) };
  }

  // The last items' 95 % may lie years away. What is past the plan's 85 % leaves through the edge, as an arrow, so that
  // the dates that matter are not squeezed into a corner.
  #axis({ from, to }: Rows["axis"]): Rows["axis"] {
    const { lands, objectives } = this.session.summary;
    if (lands.p85 == null) return { from, to };
    const dues = objectives.map((one) => one.objective.due ?? "").sort();
    const last = [lands.p85, dues.at(-1) ?? ""].sort().at(-1)!;
    const end = new Date(Date.parse(last) + Math.ceil((Date.parse(last) - Date.parse(from)) * 0.06)).toISOString().slice(0, 10);
    return { from, to: end < to ? end : to };
  }

  #grid(): TemplateResult {
    const { scoring, guess, lands } = this.session.summary;
    const width = this.#stripWidth;
    const [from, to] = this.#seen;
    const { start, rows } = this.#fetch(from, to);
    const axis = this.#axis(rows.axis);
    const objectives = this.#objectivesOf();
    const drag = this.drag;
    const dates = new Map(drag?.rows?.rows.map((row) => [row.id, row.lands]));
    const shown = (k: number): Row | undefined => {
      if (!drag || drag.to === drag.from) return rows.rows[k - start];
      if (k === drag.to) return { ...drag.row, rank: k + 1, ...(dates.has(drag.id) ? { lands: dates.get(drag.id)! } : {}) };
      // The order under the hand, with the dates that the core gives for it.
      const rest = k < drag.to ? k : k - 1;
      const row = rows.rows[(rest < drag.from ? rest : rest + 1) - start];
      return row && { ...row, rank: k + 1, ...(dates.has(row.id) ? { lands: dates.get(row.id)! } : {}) };
    };
    const past = this.filter.show === "done" || this.filter.show === "declined";
    const multi = this.selected.size > 0;
    const beside = scoring.beside ? html`<small class="since">${methods[scoring.beside]}</small>` : nothing;
    const list: Placed[] = [];
    for (let k = from; k < to; k++) {
      const row = shown(k);
      if (row) list.push({ key: row.id, start: this.#top(k), place: k, row });
    }
    this.#bandsShown.forEach((band, k) => {
      if (band.after >= from && band.after <= to) list.push({ key: `band ${band.end}`, start: this.#bandTop(k), band });
    });
    // The row in the hand stays there when its place is scrolled out of sight.
    if (drag && !list.some((one) => one.key === drag.id)) list.push({ key: drag.id, start: 0, place: drag.to, row: shown(drag.to) ?? drag.row });
    // In reading order; but an element that is put elsewhere in the document loses its transition, so not during a drag.
    const standing = drag ? new Map(rows.rows.map((row, k) => [row.id, this.#top(start + k)])) : undefined;
    const order = (one: Placed): number => standing?.get(one.key) ?? one.start;
    list.sort((a, b) => order(a) - order(b));
    const label = rows.stale && lands.p50 != null ? html`85 % by<small class="since">before</small>` : guess ? html`85 % by<small>guess</small>` : "85 % by";
    return html`<div class="list ${drag ? "dragging-on" : ""} ${multi ? "selecting" : ""} ${rows.stale ? "stale" : ""}" role="grid" aria-label="Backlog" aria-multiselectable=${this.session.readonly ? "false" : "true"} aria-busy=${rows.stale && !this.session.stopped ? "true" : "false"} aria-rowcount=${this.#total + 1} aria-colcount=${this.#unscored ? 5 : 6} @scroll=${() => { this.#scrolled = this.list.scrollTop; this.drag ? this.#tick() : this.requestUpdate(); }} ${place({ "--strip": `${width}px`, "--rank": `${this.#total > 999 ? 42 : 30}px` })}>
      <div class="head" role="row" aria-rowindex="1">
        <span role="columnheader"><span aria-hidden="true">#</span><span class="sr">Place</span></span>
        ${this.#compact ? html`
          <span class="line" role="columnheader" aria-label="Item">${this.#total ? axisHeader(axis, width, { objectives: objectives.dues, today: this.session.today, height: 33 }) : "Item"}</span>
          <span class="right label" role="columnheader">${past ? "Finished" : label}</span>`
        : html`
          <span role="columnheader">Item</span>
          ${this.#unscored ? nothing : html`<span class="right" role="columnheader" title=${scoring.beside ? `${methods[scoring.method ?? "rice"]}, and ${methods[scoring.beside]} below it` : nothing}>${methods[scoring.method ?? "rice"]}${beside}</span>`}
          <span class="right" role="columnheader">Size</span>
          <span class="right" role="columnheader" title=${rows.stale ? "The dates are from before the last change" : guess ? "The dates rest on the team's guess, for want of finished sprints" : "85 % of the simulated futures have finished it by then"}>${past ? "Finished" : label}</span>
          <span role="columnheader" aria-label="When it lands">${this.#total && !past ? axisHeader(axis, width, { objectives: objectives.dues, today: this.session.today, height: 33 }) : nothing}</span>`}
      </div>
      <div class="rows" role="rowgroup" ${place({ height: `${this.#height}px` })}>
        ${repeat(list, (one) => one.key, (one) => "band" in one
          ? html`<div class="band" role="row" ${place({ transform: `translateY(${one.start}px)` })}><span role="gridcell" aria-colspan=${this.#unscored ? 5 : 6}>${one.band.sentence}</span></div>`
          : this.#line(one.row, one.place, one.start, axis, objectives, width))}
      </div>
      ${this.#total === 0 ? this.#empty() : nothing}
    </div>`;
  }

  #line(row: Row, index: number, top: number, axis: Rows["axis"], { dues, places, byId }: Objectives, width: number): TemplateResult {
    const { today, readonly, summary: { scoring: { beside } } } = this.session;
    const held = this.drag?.id === row.id;
    const due = row.objective !== undefined ? byId.get(row.objective)?.due : undefined;
    const p85 = row.lands?.p85;
    const was = this.drag?.before.get(row.id);
    const moved = this.drag?.rows === undefined || was === undefined || was === (p85 ?? null) ? "" : (was ?? "9") > (p85 ?? "9") ? "earlier" : "delayed";
    const editing = this.editing?.id === row.id ? this.editing.field : undefined;
    const movable = row.rank !== undefined && !readonly;
    const y = held ? this.#heldTop() : top;
    const picked = this.selected.has(row.id);
    const look = ["row", row.id === this.open ? "open" : "", picked ? "picked" : "", this.drag?.ids?.includes(row.id) && !held ? "along" : "", held ? "held" : "", moved, movable ? "movable" : "",
      row.status === "done" || row.status === "declined" ? "past" : "", this.#flash === row.id ? "flash" : ""].filter(Boolean).join(" ");
    const dot = row.objective !== undefined && places.has(row.objective)
      ? html`<i class="dot" title=${byId.get(row.objective)!.name} ${place({ background: objectiveColour(places.get(row.objective)!) })}></i>`
      : html`<i class="dot none"></i>`;
    const name = editing === "title" ? this.#editor("Title") : html`<span class="name" lang=${this.session.lang} title=${row.title} @dblclick=${() => this.#edit(row, "title")}>${row.title}</span>`;
    const shift = this.drag ? undefined : this.#shifted.get(row.id);
    const date = row.lands
      ? html`<span class=${due && p85 && p85 > due ? "late" : ""}>${p85 == null ? html`<span class="muted" title="Not 85 % sure within the horizon">later</span>` : spoken(p85, today)}${shift ? html`<small class=${shift.change === "added" ? "" : (shift.shift.days85 ?? 1) > 0 ? "up" : (shift.shift.days85 ?? 0) < 0 ? "down" : ""} title="Against the plan">${shift.change === "added" ? "added" : shift.shift.text}</small>` : nothing}</span>`
      : row.finished ? html`<span class="muted">${spoken(row.finished, today)}</span>` : html`<span class="faint">—</span>`;
    const number_ = html`<span class="n" role="gridcell"><span class="rank">${row.rank ?? ""}</span>${readonly ? nothing : html`<input type="checkbox" class="pick" tabindex="-1" aria-label="Select ${row.id}" .checked=${live(picked)} @click=${(event: MouseEvent) => {
      event.stopPropagation();
      if (event.shiftKey) this.#extend(index);
      else this.#toggle(index);
    }}>`}${movable ? html`<span class="grip" aria-hidden="true">${icons.grip(16)}</span>` : nothing}</span>`;
    const along = held && this.drag?.ids ? html`<span class="chip plain">${count(this.drag.ids.length, "item")}</span>` : nothing;
    const drawn = row.lands ? strip(row.lands, axis, { width, height: this.#compact ? 20 : 37, today, objectives: dues, due }) : nothing;
    return html`<div class=${look} role="row" data-id=${row.id} tabindex=${index === this.current ? 0 : -1} aria-rowindex=${index + 2} aria-selected=${picked ? "true" : "false"} aria-current=${row.id === this.open ? "true" : nothing}
        ${place({ transform: `translateY(${y}px)` })}
        @pointerdown=${(event: PointerEvent) => this.#press(event, row, index)} @click=${(event: MouseEvent) => this.#click(event, row, index)}
        @focus=${() => { this.current = index; }} @animationend=${() => { this.#flash = undefined; }}>
      ${number_}
      ${this.#compact ? html`
        <span class="t" role="gridcell">${dot}${name}${along}${this.#chips(row, undefined)}</span>
        <span class="right date" role="gridcell">${date}</span>
        <span class="line" role="gridcell">${drawn === nothing ? html`<span class="k">${row.id} · ${statuses[row.status]}</span>` : drawn}</span>`
      : html`
        <span class="t" role="gridcell">${dot}${name}<span class="k">${row.id}</span>${along}${this.#chips(row, row.objective === undefined ? undefined : byId.get(row.objective)?.name)}</span>
        ${this.#unscored ? nothing : html`<span class="right score" role="gridcell">${row.score === undefined || row.score === null
          ? html`<span class="faint" title=${row.missing.length ? `No score yet: ${row.missing.join(", ")} missing` : "No score yet"}>—</span>`
          : score(row.score)}${beside && row.beside != null ? html`<span class="second" title=${methods[beside]}>${score(row.beside)}</span>` : nothing}</span>`}
        <span class="right size" role="gridcell">${editing === "size" ? this.#editor("Size") : this.#size(row)}</span>
        <span class="right date" role="gridcell">${date}</span>
        <span role="gridcell">${drawn}</span>`}
    </div>`;
  }

  #size(row: Row): TemplateResult {
    const unit = this.session.summary.unit;
    const given = row.size !== undefined && row.size !== null;
    const assumed = row.assumedSize != null ? number(Math.round(row.assumedSize * 10) / 10) : undefined;
    const why = row.notBrokenDown ? "Not broken down yet" : "Nobody has sized it";
    const text = given ? uncertain(row.size) : unit === "items" && !row.notBrokenDown ? "1" : assumed ? `≈ ${assumed}` : "?";
    const title = given ? `${text} ${unit}` : unit === "items" && !row.notBrokenDown ? "Every item counts as one" : assumed ? `${why}: the forecast takes about ${assumed}` : why;
    const look = given ? "" : "faint";
    return this.session.readonly || (unit === "items")
      ? html`<span class=${look} title=${title}>${text}</span>`
      : html`<button tabindex="-1" class=${look} title="${title}. Click to change" aria-label="Size ${text}, change it" @click=${(event: Event) => { event.stopPropagation(); this.#edit(row, "size"); }}>${text}</button>`;
  }

  #chips(row: Row, objective: string | undefined): TemplateResult {
    return html`${row.status === "in-progress" ? html`<span class="going" role="img" aria-label="In progress" title="In progress">${going}</span>` : nothing}${
      row.blocked !== undefined && row.blocked !== null ? html`<span class="chip warn" title=${row.blocked}>Blocked</span>` : nothing}${
      row.moscow ? html`<span class="class ${row.moscow}" role="img" aria-label=${classes[row.moscow]} title="${classes[row.moscow]} (MoSCoW)">${row.moscow.charAt(0).toUpperCase()}</span>` : nothing}${
      row.ready && this.filter.show === "ready" ? html`<span class="ready" role="img" aria-label="Ready" title="Every point of the definition of ready holds">${icons.check(13)}</span>` : nothing}${
      row.requests && this.listWidth > 700 ? html`<span class="k" title="Requests that it would solve">${count(row.requests, "request")}</span>` : nothing}${
      row.notBrokenDown ? html`<span class="chip plain" title="An epic that nobody has broken down yet: its size is drawn from finished epics">Not broken down</span>` : nothing}${
      objective && this.listWidth > 960 ? html`<span class="chip">${objective}</span>` : nothing}`;
  }

  #empty(): TemplateResult {
    const { counts } = this.session.summary;
    const { readonly } = this.session;
    const narrowed = Object.keys(slim(this.filter)).some((key) => key !== "show");
    if (this.search || narrowed) {
      return html`<div class="empty"><h2>Nothing matches</h2><p>No item in this list ${this.search ? html`has “${this.search}” in its key, title or tags${narrowed ? ", and fits the filter" : ""}` : "fits the filter"}.</p>
        <div><button class="line" @click=${() => ask(this, { what: "show", filter: {} })}>Show all</button></div></div>`;
    }
    if (counts.all === 0) {
      return html`<div class="empty"><h2>An empty plan</h2>
        <p>${readonly ? "Nothing has been published here yet." : "Write the first item, paste a list of titles, or take over what your tracker has: every open item gets the range of dates in which it lands."}</p>
        ${readonly ? nothing : html`<div><button class="primary" @click=${() => ask(this, { what: "add" })}>Write an item</button><button class="line" @click=${() => ask(this, { what: "import" })}>Import a file</button></div>`}</div>`;
    }
    const { show = "work" } = this.filter;
    const teach: Partial<Record<Show, [string, string]>> = {
      work: ["All done", "Every item of this plan is delivered or declined. Write the next one, or import what came up since."],
      ready: ["Nothing is ready yet", "An item is ready when every point of the definition of ready holds. Its panel says what is missing."],
      unserving: ["Everything serves an objective", "Every item says which outcome it is for."],
      unsized: ["Everything has a size", "The forecast does not have to assume the size of any item."],
      unscored: ["Everything has a score", "Every item can be compared with every other."],
      blocked: ["Nothing is blocked", "An item that waits for something can say so in its panel; its date moves to when that is expected to end."],
      epics: ["No epics with open parts", "An item becomes an epic's part through the field Parent in its panel."],
      done: ["Nothing delivered yet", "Items that are done become the history from which dates are forecast."],
      declined: ["Nothing declined", "Saying no is a decision too: set an item's status to Declined, and it leaves the plan but not the record."],
    };
    const [title, text] = teach[show] ?? ["Nothing here", ""];
    return html`<div class="empty"><h2>${title}</h2><p>${text}</p>${show === "work" && !readonly ? html`<div><button class="primary" @click=${() => ask(this, { what: "add" })}>Write an item</button></div>` : nothing}</div>`;
  }
}

if (!customElements.get("landfall-list")) customElements.define("landfall-list", PlanList);
