import { LitElement, type PropertyValues, type TemplateResult, css, html, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import { cache } from "lit/directives/cache.js";
import { live } from "lit/directives/live.js";
import { place } from "../dom.ts";
import { icons } from "../icons.ts";
import "../lenses/dependencies.ts";
import "../lenses/objectives.ts";
import "../lenses/requests.ts";
import "../lenses/scores.ts";
import "../parts/add.ts";
import type { ItemShift } from "../../pkg/landfall.js";
import type { QuickAdd } from "../parts/add.ts";
import "../parts/bulk.ts";
import "../parts/detail.ts";
import type { DetailPanel } from "../parts/detail.ts";
import "../parts/filter.ts";
import type { FilterBar } from "../parts/filter.ts";
import "../parts/guess.ts";
import { focused, rove } from "../parts/menu.ts";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";
import { dated, reason } from "../text.ts";
import "./plan/list.ts";
import type { PlanList } from "./plan/list.ts";
import { type Lens, type Look, freshLook, lenses } from "./plan/look.ts";

/** The plan, through one of its lenses, and the item that is open beside it. */
export class PlanView extends LitElement {
  @property({ attribute: false }) session!: Session;
  @property({ type: Number }) revision = 0;
  /** The element's width, which decides where the panel goes. */
  @property({ type: Number }) width = 1200;
  /** What the plan is looked at through. */
  @property({ reflect: true }) lens: Lens = "list";
  /** Where lens, search and filter are kept while other views are shown. */
  @property({ attribute: false }) look: Look = freshLook();

  @state() private open: string | undefined;
  @state() private adding = false;
  @state() private selected: ReadonlySet<string> = new Set();
  @state() private room = { width: 800, height: 600 };
  @query(".plan") private section!: HTMLElement;
  /** How each item fares in the scenario that is shown, where it differs. */
  @property({ attribute: false }) shifts: readonly ItemShift[] | undefined;
  @query("landfall-list") private list!: PlanList | null;
  @query("landfall-add") private adder!: QuickAdd | null;
  @query("landfall-filter") private filterBar!: FilterBar | null;
  @query(".search input") private searchField!: HTMLInputElement | null;

  // What had the focus when the panel was opened from a lens.
  #from: HTMLElement | null = null;
  #watch = new ResizeObserver(([entry]) => {
    const { width, height } = entry?.contentRect ?? { width: 0, height: 0 };
    if (width > 0) this.room = { width: Math.floor(width), height: Math.floor(height) };
  });

  static override styles = [base, css`
    :host { display: grid; grid-template-columns: minmax(0, 1fr); height: 100%; min-height: 0; position: relative; }
    :host([panel=beside]) { grid-template-columns: minmax(0, 1fr) 380px; }
    .plan { display: flex; flex-direction: column; min-height: 0; min-width: 0; position: relative; }
    .tagged { padding: 7px 16px; border-bottom: 1px solid var(--line); color: var(--muted); background: var(--panel); }
    .tagged b { font-weight: 600; color: var(--ink); white-space: nowrap; }
    .bar { display: flex; align-items: center; gap: 10px; padding: 7px 16px; border-bottom: 1px solid var(--line); min-height: 43px; position: relative; }
    .bar select { width: auto; flex: none; field-sizing: content; font-weight: 550; }
    .lenses { display: flex; flex: none; border: 1px solid var(--edge); border-radius: 7px; background: var(--panel); }
    .lenses button { border-radius: 6px; padding: 2px 10px; min-height: 26px; color: var(--muted); }
    .lenses button:hover { color: var(--ink); }
    .lenses [aria-checked=true] { background: var(--accent-soft); color: var(--accent-text); font-weight: 550; }
    .lenses i { font-style: normal; }
    .search { position: relative; flex: 0 1 200px; min-width: 90px; }
    .search svg { position: absolute; left: 8px; top: 50%; margin-top: -7px; pointer-events: none; color: var(--muted); }
    .search input { padding-left: 28px; background: none; }
    .search input::-webkit-search-cancel-button { cursor: pointer; }
    .bar .line { display: inline-flex; align-items: center; gap: 5px; flex: none; }
    :host([roomy]) landfall-filter { position: relative; }

    landfall-list, landfall-scores, landfall-objectives, landfall-dependencies, landfall-requests { flex: 1; min-height: 0; }
    landfall-scores, landfall-objectives, landfall-dependencies, landfall-requests { overflow: auto; }
    landfall-detail { min-height: 0; min-width: 0; }
    :host([panel=over]) landfall-detail { position: absolute; inset: 0 0 0 auto; width: min(400px, 100%); z-index: 8; box-shadow: -12px 0 32px var(--shade); }
    :host([panel=full]) { position: static; }
    :host([panel=full]) landfall-detail { position: absolute; inset: 0; z-index: 25; border: 0; }

    :host([tight]) .wide { display: none; }
    :host([compact]) .bar { padding: 7px 12px; gap: 6px; }
    :host([compact]) .search { flex: 1 1 60px; min-width: 60px; }
  `];

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#watch.observe(this.section);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.disconnect();
  }

  protected override firstUpdated(): void {
    this.#watch.observe(this.section);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("look")) this.lens = this.look.lens;
    else this.look.lens = this.lens;
    if (this.open !== undefined && (changed.has("revision") || changed.has("session"))) {
      try {
        this.session.item(this.open);
      } catch {
        this.open = undefined;
      }
    }
    const { width } = this.room;
    this.toggleAttribute("compact", width < 560);
    this.toggleAttribute("tight", width < 1000);
    this.toggleAttribute("roomy", this.#roomy);
    this.toggleAttribute("selecting", this.lens === "list" && this.selected.size > 0);
    if (this.open === undefined) this.removeAttribute("panel");
    else this.setAttribute("panel", this.width > 900 ? "beside" : this.width > 560 ? "over" : "full");
  }

  get #segmented(): boolean {
    return this.width >= 900 && this.room.width >= 740;
  }

  get #roomy(): boolean {
    return this.#segmented && this.room.width >= 940;
  }

  // ---- what others ask for

  /** Puts the keyboard into the plan. */
  override focus(): void {
    if (this.list) this.list.focus();
    else this.renderRoot.querySelector<HTMLElement>(".lenses [aria-checked=true], .bar select")?.focus();
  }

  /** Lets the reader write a new item. */
  async add(): Promise<void> {
    if (this.session.readonly) return;
    this.adding = true;
    await this.updateComplete;
    await this.adder?.updateComplete;
    this.adder?.focus();
  }

  /** Lets the reader search. */
  async find(): Promise<void> {
    await this.show({ lens: "list" });
    this.searchField?.focus();
    this.searchField?.select();
  }

  /** Lets the reader filter. */
  async filter(): Promise<void> {
    await this.show({ lens: "list" });
    await this.filterBar?.open();
  }

  /** Looks at the plan through another lens, at another part of it. */
  async show(look: Partial<Look>): Promise<void> {
    if (look.filter || look.search !== undefined) this.selected = new Set();
    Object.assign(this.look, look);
    this.lens = this.look.lens;
    this.requestUpdate();
    await this.updateComplete;
    await this.list?.updateComplete;
  }

  /** Opens an item in the panel. */
  reveal(id: string): void {
    if (this.open === undefined) this.#from = focused();
    this.open = id;
  }

  /** What a command would be about: what is selected, else the item that is open, else the row with the focus. */
  get subject(): string[] {
    if (this.lens === "list" && this.selected.size) return [...this.selected];
    const id = this.open ?? this.list?.row;
    return id === undefined ? [] : [id];
  }

  /** The panel, where an item is open. */
  get panel(): DetailPanel | null {
    return this.renderRoot.querySelector<DetailPanel>("landfall-detail");
  }

  /** Whether there was something to close. */
  close(): boolean {
    if (this.filterBar?.close() || this.list?.giveUp()) return true;
    const inPanel = this.panel !== null && (this.renderRoot as ShadowRoot).activeElement === this.panel;
    if (!inPanel && this.list && this.selected.size) {
      this.#deselect();
      return true;
    }
    return this.#shut();
  }

  #shut(): boolean {
    const id = this.open;
    if (id === undefined) return false;
    this.open = undefined;
    if (this.list) this.list.refocus(id);
    else if (this.#from?.isConnected) this.#from.focus();
    else this.focus();
    return true;
  }

  #deselect(): void {
    this.selected = new Set();
    if (this.list && this.list.row === undefined) this.list.focus();
  }

  /** Keys of the plan, from anywhere in the element outside of a field; whether the key was one of them. */
  key(event: KeyboardEvent): boolean {
    return this.list?.key(event) ?? false;
  }

  async #enter(id: string): Promise<void> {
    this.reveal(id);
    await this.updateComplete;
    this.panel?.focus();
  }

  // ---- what is seen

  override render(): TemplateResult {
    const { session, revision, look } = this;
    const { summary } = session;
    return html`
      <section class="plan" aria-label="Plan" @open-item=${this.#opened}>
        ${summary.needsHistory && summary.counts.all > 0 && !session.readonly
          ? html`<landfall-guess .session=${session} .revision=${revision}></landfall-guess>`
          : nothing}
        ${this.#bar()}
        ${this.adding ? html`<landfall-add .session=${session} @added=${(event: CustomEvent<string>) => this.list?.goTo(event.detail, true)} @close=${() => this.#doneAdding()}></landfall-add>` : nothing}
        ${this.lens === "list" && look.filter.tag && (look.filter.show ?? "work") === "work" ? this.#tagged() : nothing}
        ${cache(this.#lens())}
        ${this.lens === "list" && this.selected.size ? html`<landfall-bulk .session=${session} .revision=${revision} .ids=${[...this.selected]} .narrow=${this.room.width < 820} @close=${() => this.#deselect()}></landfall-bulk>` : nothing}
      </section>
      ${this.open !== undefined
        ? html`<landfall-detail .session=${session} .revision=${revision} .item=${this.open} @close=${() => this.#shut()} @open-item=${this.#opened}></landfall-detail>`
        : nothing}`;
  }

  #select(event: CustomEvent<ReadonlySet<string>>): void {
    this.selected = event.detail;
    // The bar goes, and what had the focus in it.
    const at = focused();
    if (this.selected.size === 0 && (!at || at === document.body || (this.renderRoot as ShadowRoot).activeElement?.localName === "landfall-bulk")) this.list?.focus();
  }

  #opened(event: CustomEvent<string>): void {
    event.stopPropagation();
    this.reveal(event.detail);
  }

  #doneAdding(): void {
    const inside = (this.renderRoot as ShadowRoot).activeElement === this.adder;
    this.adding = false;
    if (inside) this.focus();
  }

  #lens(): TemplateResult {
    const { session, revision, look } = this;
    switch (this.lens) {
      case "scores": return html`<landfall-scores .session=${session} .revision=${revision}></landfall-scores>`;
      case "objectives": return html`<landfall-objectives .session=${session} .revision=${revision}></landfall-objectives>`;
      case "dependencies": return html`<landfall-dependencies .session=${session} .revision=${revision}></landfall-dependencies>`;
      case "requests": return html`<landfall-requests .session=${session} .revision=${revision}></landfall-requests>`;
      default: return html`<landfall-list .session=${session} .revision=${revision} .search=${look.search} .filter=${look.filter} .open=${this.open} .shifts=${this.shifts} .selected=${this.selected}
        @select-items=${this.#select} @enter-item=${(event: CustomEvent<string>) => this.#enter(event.detail)}></landfall-list>`;
    }
  }

  #bar(): TemplateResult {
    const { requests } = this.session.summary.counts;
    const { look } = this;
    const { width, height } = this.room;
    const roomy = this.#roomy;
    const unanswered = (lens: Lens): number => (lens === "requests" ? requests : 0);
    const choose = (lens: Lens): void => void this.show({ lens });
    return html`<div class="bar">
      ${this.#segmented ? html`<div class="lenses" role="radiogroup" aria-label="Look at" @keydown=${(event: KeyboardEvent) => rove(event, this.renderRoot.querySelectorAll<HTMLElement>(".lenses button"))?.click()}>${lenses.map(([lens, label]) => html`
        <button role="radio" aria-checked=${lens === this.lens ? "true" : "false"} tabindex=${lens === this.lens ? 0 : -1} title=${unanswered(lens) ? `${requests} without an answer` : nothing} @click=${() => choose(lens)}>${label}${unanswered(lens) ? html` <i>${requests}</i>` : nothing}</button>`)}</div>`
      : html`<select aria-label="Look at" @change=${(event: Event) => choose((event.target as HTMLSelectElement).value as Lens)}>${lenses.map(([lens, label]) => html`<option value=${lens} .selected=${live(lens === this.lens)}>${label}${unanswered(lens) ? ` ${requests}` : ""}</option>`)}</select>`}
      ${this.lens === "list" ? html`<landfall-filter .session=${this.session} .revision=${this.revision} .look=${{ ...look }} .narrow=${width < (roomy ? 1000 : this.#segmented ? 9999 : 640)}
          @look=${(event: CustomEvent<Partial<Look>>) => this.show(event.detail)} ${place({ "--room": `${height - 60}px`, "--left": roomy ? "0" : "8px", "--wide": roomy ? "440px" : "min(440px, calc(100% - 16px))" })}></landfall-filter>
        <span class="grow"></span>
        <label class="search">${icons.search(14)}<span class="sr">Search</span>
        <input type="search" placeholder="Search" .value=${live(look.search)}
          @input=${(event: InputEvent) => this.show({ search: (event.target as HTMLInputElement).value })}
          @keydown=${(event: KeyboardEvent) => {
            if (event.key === "Escape") { event.stopPropagation(); void this.show({ search: "" }).then(() => this.focus()); }
            if (event.key === "Enter" || event.key === "ArrowDown") { event.preventDefault(); this.list?.first(); }
          }}></label>` : html`<span class="grow"></span>`}
      ${this.session.readonly ? nothing : html`<button class="line" @click=${() => this.add()} title="New item (C)" aria-label="Add an item">${icons.plus(12)}<span class="wide">Add</span></button>`}
    </div>`;
  }

  // When the last item with the tag lands.
  #tagged(): TemplateResult | typeof nothing {
    const { tagged } = this.session.rows({ count: 0, search: this.look.search, filter: this.look.filter });
    return tagged ? html`<p class="tagged" role="status">${dated(reason(tagged.sentence))}</p>` : nothing;
  }
}

if (!customElements.get("landfall-plan")) customElements.define("landfall-plan", PlanView);
