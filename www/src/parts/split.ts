import { type CSSResultGroup, type TemplateResult, css, html, nothing } from "lit";
import { state } from "lit/decorators.js";
import type { Criterion, Item, Split, SplitBy, Story } from "../../pkg/landfall.js";
import { say } from "../events.ts";
import { icons } from "../icons.ts";
import { capital, count, readUncertain, spoken, uncertain } from "../text.ts";
import { Sheet } from "./sheet.ts";

interface Piece {
  title: string;
  size: string;
  story?: Story | undefined;
  criteria: Criterion[];
}

const ways: Record<SplitBy, string> = { "workflow": "By workflow step", "rule": "By rule", "data": "By data", "interface": "By interface", "happy-path": "Happy path first" };

/** Cuts an item into pieces: proposals to begin with, and an editor for what each piece takes. */
export class SplitDialog extends Sheet {
  @state() private proposals: Split[] = [];
  @state() private chosen = -1;
  @state() private pieces: Piece[] = [];
  #whole!: Item;
  #dragged: [piece: number, criterion: number] | undefined;

  static override styles: CSSResultGroup = [Sheet.styles, css`
    .ways { display: grid; gap: 4px; } .ways button { text-align: left; white-space: normal; border-color: var(--line); padding: 5px 10px; display: grid; }
    .ways button:hover { background: var(--hover); } .ways [aria-pressed=true] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); background: var(--accent-soft); }
    .ways small { font-size: 12px; line-height: 16px; color: var(--muted); }
    ol.pieces { display: grid; gap: 14px; } .fields { display: grid; grid-template-columns: 18px minmax(0, 1fr) 76px 28px; gap: 8px; align-items: center; } .fields > span { color: var(--faint); text-align: right; }
    .kept { margin-left: 26px; } .kept p { color: var(--muted); font-size: 12px; line-height: 17px; padding: 2px 0; }
    .kept li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 8px; align-items: center; border-top: 1px solid var(--line); } .kept li > span { overflow-wrap: anywhere; white-space: pre-line; padding: 3px 0; cursor: grab; } .kept li:first-child { border-top: 0; }
    .moves { display: flex; } .up svg { transform: rotate(180deg); }
  `];

  protected override begin(): void {
    this.#whole = this.session.item(this.item).item;
    this.proposals = this.session.planner.splits(this.item);
    this.#choose(this.proposals.length ? 0 : -1);
  }

  protected override get first(): HTMLElement | null {
    return this.renderRoot.querySelector(this.proposals.length ? ".ways [aria-pressed=true]" : "ol input");
  }

  #choose(k: number): void {
    this.chosen = k;
    this.wrong = undefined;
    this.pieces = k >= 0 ? this.proposals[k]!.pieces.map(({ title, size, story, criteria = [] }) => ({ title, size: uncertain(size), story, criteria }))
      : [{ title: "", size: "", criteria: this.#whole.criteria ?? [] }, { title: "", size: "", criteria: [] }];
  }

  #set(k: number, change: Partial<Piece>): void {
    this.pieces = this.pieces.map((piece, i) => (i === k ? { ...piece, ...change } : piece));
  }

  #move(from: number, criterion: number, to: number): void {
    const moved = this.pieces[from]?.criteria[criterion];
    if (!moved || from === to || !this.pieces[to]) return;
    this.pieces = this.pieces.map((piece, i) => (i === from ? { ...piece, criteria: piece.criteria.filter((_, k) => k !== criterion) } : i === to ? { ...piece, criteria: [...piece.criteria, moved] } : piece));
    // The focus goes along, to whichever way can be gone on.
    this.reach(`[data-piece="${to}"] li:last-child button:not(:disabled)`);
    say(this, `Now in piece ${to + 1}`);
  }

  #remove(k: number): void {
    const [gone] = this.pieces.slice(k, k + 1);
    const rest = this.pieces.filter((_, i) => i !== k);
    const heir = Math.max(0, k - 1);
    this.pieces = rest.map((piece, i) => (i === heir ? { ...piece, criteria: [...piece.criteria, ...gone!.criteria] } : piece));
    this.reach(`[data-piece="${heir}"] input`);
  }

  protected override confirm(): void {
    let pieces: Item[];
    try {
      pieces = this.pieces.map(({ title, size, story, criteria }, k) => {
        try {
          const read = readUncertain(size, "size");
          return { title: title.trim(), ...(read === null ? {} : { size: read }), ...(story ? { story } : {}), criteria };
        } catch (error) {
          throw Object.assign(error as Error, { path: `/pieces/${k}/size` });
        }
      });
    } catch (error) {
      return this.#refuse(error);
    }
    const change = this.run({ type: "splitItem", id: this.item, pieces });
    if (change) void this.#tell(`Split into ${pieces.length}`, change.label);
    else this.#point();
  }

  // The date follows when it is known; not when something else has been done since.
  async #tell(said: string, label: string): Promise<void> {
    const { session } = this;
    // This dialog is gone before the date is known.
    const from = (this.getRootNode() as ShadowRoot).host;
    if (session.stale) say(from, said, { show: true, undo: true });
    if (!(await session.settled) || session.summary.undo !== label) return;
    const first = session.item(this.item).row.lands?.p85;
    say(from, first ? `${said}: the first lands by ${spoken(first, session.today)}, 85 % sure` : said, { show: true, undo: true });
  }

  #refuse(error: unknown): void {
    this.refuse(error);
    this.#point();
  }

  #point(): void {
    this.reach("[aria-invalid=true]");
  }

  #bad(k: number, part: string): "true" | "false" {
    return this.wrong?.path === `/pieces/${k}/${part}` ? "true" : "false";
  }

  // What every piece gets.
  #inherits(): string {
    const { objective, parent, needs, tags, team, moscow, inputs, blocked } = this.#whole;
    const name = this.session.summary.objectives.find((one) => one.objective.id === objective)?.objective.name;
    const parts = [name && `the objective ${name}`, parent && `its epic ${parent}`, needs?.length && `what it needs (${needs.join(", ")})`, tags?.length && (tags.length > 1 ? "its tags" : `the tag ${tags[0]}`),
      team && `the team ${team}`, moscow && "its MoSCoW class", inputs && Object.keys(inputs).length && "its scores", blocked && "what blocks it"].filter(Boolean) as string[];
    return `${parts.length ? `Every piece inherits ${parts.join(", ").replace(/, ([^,]*)$/, " and $1")}. ` : ""}The first goes on as ${this.item}; what waits for ${this.item} waits for all.`;
  }

  override render(): TemplateResult {
    const { pieces } = this;
    const way = (k: number, label: string, why: string) => html`<button aria-pressed=${this.chosen === k ? "true" : "false"} @click=${() => this.#choose(k)}><span>${label}</span><small>${why}</small></button>`;
    return this.frame(`Split ${this.item} ${this.#whole?.title ?? ""}`, html`
      ${this.proposals.length ? html`<div class="ways" role="group" aria-label="Ways to cut it">${this.proposals.map(({ by, why, pieces }, k) => way(k, `${ways[by]}, ${pieces.length} pieces`, `${capital(why)}.`))}${way(-1, "By hand", "Begin with two empty pieces.")}</div>`
        : html`<p class="note">No cut suggests itself in the words of this item. Which part would be of use alone?</p>`}
      <ol class="pieces">${pieces.map((piece, k) => html`<li data-piece=${k} @dragover=${(event: DragEvent) => { if (this.#dragged) event.preventDefault(); }} @drop=${(event: DragEvent) => { event.preventDefault(); if (this.#dragged) this.#move(...this.#dragged, k); this.#dragged = undefined; }}>
        <div class="fields"><span>${k + 1}</span><input aria-label="Title of piece ${k + 1}" placeholder="What this piece does" autocomplete="off" .value=${piece.title} aria-invalid=${this.#bad(k, "title")} @input=${(event: Event) => this.#set(k, { title: (event.target as HTMLInputElement).value })}>
          <input aria-label="Size of piece ${k + 1}" placeholder="size" autocomplete="off" .value=${piece.size} aria-invalid=${this.#bad(k, "size")} @input=${(event: Event) => this.#set(k, { size: (event.target as HTMLInputElement).value })}>
          ${pieces.length > 2 ? html`<button class="icon quiet" aria-label="Remove piece ${k + 1}" title="Remove this piece" @click=${() => this.#remove(k)}>${icons.close(12)}</button>` : html`<span></span>`}</div>
        <div class="kept">${piece.story?.iWant ? html`<p>As ${piece.story.asA || "…"} I want ${piece.story.iWant}${piece.story.soThat ? `, so that ${piece.story.soThat}` : ""}</p>` : nothing}
          <ul aria-label="Criteria of piece ${k + 1}">${piece.criteria.map((criterion, c) => html`<li @keydown=${(event: KeyboardEvent) => {
            const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
            if (by) { event.preventDefault(); this.#move(k, c, k + by); }
          }}><span draggable="true" @dragstart=${(event: DragEvent) => { event.dataTransfer?.setData("text/plain", criterion.text); this.#dragged = [k, c]; }} @dragend=${() => { this.#dragged = undefined; }}>${criterion.text}</span>
            <span class="moves"><button class="icon up" aria-label="Move “${criterion.text}” to piece ${k}" title="To the piece above (Alt ↑)" ?disabled=${k === 0} @click=${() => this.#move(k, c, k - 1)}>${icons.down(14)}</button><button class="icon" aria-label="Move “${criterion.text}” to piece ${k + 2}" title="To the piece below (Alt ↓)" ?disabled=${k === pieces.length - 1} @click=${() => this.#move(k, c, k + 1)}>${icons.down(14)}</button></span></li>`)}</ul></div></li>`)}</ol>
      <div class="row"><button class="line" @click=${() => { this.pieces = [...pieces, { title: "", size: "", criteria: [] }]; this.reach(`[data-piece="${pieces.length}"] input`); }}>Add a piece</button>${this.#whole?.size == null ? nothing : html`<span class="note">The whole has a size of ${uncertain(this.#whole.size)}.</span>`}</div>
      <p class="note">${this.#whole ? this.#inherits() : nothing}</p>`, this.buttons(`Split into ${count(pieces.length, "piece")}`));
  }
}

if (!customElements.get("landfall-split")) customElements.define("landfall-split", SplitDialog);
