import { LitElement, type PropertyValues, type TemplateResult, css, html, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Command, InputView, ItemPatch, Method, Moscow, PlanRanking, RankedItem, Scoring } from "../../pkg/landfall.js";
import { sentence } from "../charts/chart.ts";
import "../charts/quadrant.ts";
import { say } from "../events.ts";
import { formulas, inputHint, inputName, isShare, readInput, writeInput } from "../parts/inputs.ts";
import "../parts/order.ts";
import type { OrderDialog } from "../parts/order.ts";
import "../parts/scoring.ts";
import type { ScoringEditor } from "../parts/scoring.ts";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";
import { capital, count, methods, number, percent, reason, score, uncertain } from "../text.ts";

/** How many items are shown at first, and how many at most. */
const [FIRST, MOST] = [10, 100];
/** The items that are asked for where a plan has very many. */
const ASKED = 2000;

const classes: [Moscow, string][] = [["must", "Must"], ["should", "Should"], ["could", "Could"], ["wont", "Won’t"]];

/** A column of the grid. */
interface Column {
  key: string;
  label: TemplateResult | string;
  name: string;
  input?: InputView;
}

interface Editing {
  /** Of which item: rows may move meanwhile. */
  id: string;
  text: string;
  /** Why it does not fit. */
  error?: string;
  /** The step that is chosen with the arrows. */
  step?: number;
}

interface At {
  row: number;
  col: number;
}

/** The scores of the work, the best order, and what today's order costs. */
export class ScoresLens extends LitElement {
  @property({ attribute: false }) session!: Session;
  @property({ type: Number }) revision = 0;

  @state() private top = FIRST;
  @state() private shown = FIRST;
  /** The ids in the order of their scores when that was asked for: rows must not jump while they are filled. */
  @state() private sorted: string[] | undefined;
  @state() private at: At = { row: 0, col: 2 };
  /** Where a block of cells begins that ends at the cursor. */
  @state() private anchor: At | undefined;
  @state() private edit: Editing | undefined;
  @state() private wrong = "";
  @state() private weighing = false;
  @query("landfall-order") private order!: OrderDialog;

  #ranking: PlanRanking | undefined;
  #chances = new Map<string, string | undefined>();
  #rows: RankedItem[] = [];
  #columns: Column[] = [];
  #wantFocus = false;

  static override styles = [base, css`
    :host { display: block; container-type: inline-size; }
    .bar { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; padding: 8px 16px; }
    .bar + .bar { padding-top: 0; }
    .bar label { display: flex; align-items: center; gap: 6px; color: var(--muted); white-space: nowrap; }
    .bar label select { width: auto; field-sizing: content; color: var(--ink); }
    .said { font-weight: 600; text-wrap: pretty; }
    landfall-scoring { margin: 0 16px 8px; max-width: 620px; }
    .both { display: grid; gap: 20px; padding-bottom: 28px; }
    .both > * { min-width: 0; }
    .tell { position: sticky; top: 0; z-index: 4; display: flex; flex-wrap: wrap; align-items: center; gap: 2px 8px; min-height: 37px; padding: 4px 16px; background: var(--bg); border-block: 1px solid var(--line); color: var(--muted); font-size: 12px; line-height: 17px; }
    .tell b { color: var(--ink); font-weight: 600; }
    .steps { display: flex; flex-wrap: wrap; gap: 4px; }
    .steps span { min-height: 26px; padding: 3px 9px; border: 1px solid var(--edge); border-radius: 13px; cursor: pointer; color: var(--muted); }
    .steps span b { font-weight: 500; }
    .steps span:hover { background: var(--hover); }
    .steps span[aria-selected=true] { border-color: var(--accent); background: var(--accent-soft); color: var(--accent-text); } .steps span[aria-selected=true] b { color: inherit; }
    .wide { overflow-x: auto; overscroll-behavior-x: contain; }
    table { border-collapse: separate; border-spacing: 0; width: 100%; }
    th, td { padding: 0 8px; height: 38px; text-align: right; font-weight: 400; white-space: nowrap; border-bottom: 1px solid var(--line); position: relative; }
    th { height: 34px; color: var(--muted); font-size: 12px; }
    th button { padding: 0 4px; margin: 0 -4px; min-height: 26px; font-size: 12px; color: inherit; } th button:hover { color: var(--ink); background: var(--hover); }
    th[aria-sort] button { color: var(--ink); font-weight: 550; }
    th input { width: 44px !important; min-height: 24px !important; padding: 0 2px 0 6px !important; margin-left: 4px; }
    th label { display: inline-flex; align-items: center; }
    th:first-child, td:first-child { width: 40px; padding-left: 16px; text-align: left; color: var(--faint); }
    .title { text-align: left; position: sticky; left: 0; z-index: 2; background: var(--bg); min-width: 150px; width: 40%; max-width: 0; overflow: hidden; text-overflow: ellipsis; }
    th.title { z-index: 3; }
    td.title { cursor: pointer; } td.title:hover { background: var(--hover); }
    .class { text-align: left; }
    td.in { box-shadow: inset 1px 0 var(--line); cursor: cell; min-width: 62px; max-width: 130px; }
    td.in + td:not(.in) { box-shadow: inset 1px 0 var(--line); }
    td.block { background: var(--sel); }
    td.gap::after { content: ""; position: absolute; inset: 7px 6px; border-radius: 4px; background: var(--warn-soft); }
    td .of { color: var(--faint); }
    td small { display: block; font-size: 11px; line-height: 13px; color: var(--muted); }
    td b { font-weight: 600; display: block; line-height: 16px; }
    td:focus { outline: 2px solid var(--accent); outline-offset: -2px; z-index: 1; } td.title:focus { z-index: 3; }
    td input { position: absolute; inset: 2px; width: calc(100% - 4px) !important; text-align: right; border-radius: 2px !important; padding: 0 5px !important; min-height: 0 !important; height: calc(100% - 4px); }
    .class input { text-align: left; }
    .up { color: var(--accent-text); } .down { color: var(--warn); }
    .more { padding: 8px 16px; display: flex; gap: 10px; align-items: center; flex-wrap: wrap; }
    .chart { padding: 0 16px; } .chart h2 { font-size: 13px; line-height: 20px; font-weight: 600; margin: 8px 0 6px; }
    .empty { padding: 56px 24px; max-width: 460px; margin: 0 auto; text-align: center; color: var(--muted); } .empty h2 { font-size: 16px; line-height: 22px; font-weight: 600; color: var(--ink); margin-bottom: 4px; }
    @container (min-width: 1150px) {
      .both { grid-template-columns: minmax(0, 1fr) 360px; gap: 0; }
      .chart { padding-left: 12px; }
    }
    @container (max-width: 559px) {
      .bar, .tell, .chart, .more { padding-left: 12px; padding-right: 12px; }
      th:first-child, td:first-child { width: 28px; padding: 0 0 0 12px; }
      .title { min-width: 128px; max-width: 128px; box-shadow: 1px 0 var(--line); white-space: normal; line-height: 16px; }
      .formula { order: 1; flex-basis: 100%; } .weights { margin-left: -10px; }
      th.title { white-space: nowrap; } td { height: 44px; }
    }
  `];

  protected override willUpdate(changed: PropertyValues): void {
    if (!["session", "revision", "top", "shown", "sorted"].some((name) => changed.has(name))) return;
    const { session } = this;
    const { scoring, inputs, counts } = session.summary;
    // Chances of a list that long take a second: they are counted when their number is set, not at every change.
    const long = counts.work > ASKED;
    const counted = !long || changed.get("top") !== undefined;
    const ranking = session.planner.ranking({ top: counted ? this.top : 0, today: session.today, ...(long ? { count: ASKED } : {}) });
    this.#ranking = ranking;
    if (counted) this.#chances = new Map(ranking.items.map(({ id, chanceText }) => [id, chanceText]));
    if (this.sorted) {
      const byId = new Map(ranking.items.map((item) => [item.id, item]));
      this.#rows = this.sorted.flatMap((id) => byId.get(id) ?? []).slice(0, this.shown);
    } else this.#rows = ranking.items.slice(0, this.shown);
    const method = scoring.method ?? "rice";
    this.#columns = [
      { key: "place", name: "Place", label: "#" },
      { key: "title", name: "Title", label: "Item" },
      { key: "moscow", name: "MoSCoW", label: "MoSCoW" },
      ...inputs.map((input) => ({ key: "input", name: inputName(input.name), label: inputName(input.name), input })),
      { key: "score", name: methods[method], label: methods[method] },
      ...(scoring.beside ? [{ key: "beside", name: methods[scoring.beside], label: methods[scoring.beside] }] : []),
      { key: "chance", name: `Chance to be in the top ${this.top}`, label: "Top" },
      { key: "best", name: "In the best order", label: "Best" },
    ];
    const edited = this.#rows.findIndex(({ id }) => id === this.edit?.id);
    if (edited < 0) this.edit = undefined;
    this.at = { row: edited < 0 ? Math.max(0, Math.min(this.at.row, this.#rows.length - 1)) : edited, col: Math.min(this.at.col, this.#columns.length - 1) };
  }

  protected override updated(): void {
    if (!this.#wantFocus) return;
    this.#wantFocus = false;
    const field = this.renderRoot.querySelector<HTMLInputElement>("td input");
    (field ?? this.renderRoot.querySelector<HTMLElement>(`td[data-at="${this.at.row} ${this.at.col}"]`))?.focus();
  }

  // ---- changing

  #run(command: Command): boolean {
    try {
      this.session.run(command);
      this.wrong = "";
      return true;
    } catch (error) {
      this.wrong = reason(error);
      return false;
    }
  }

  #scoring(change: Partial<Scoring>, said: string): void {
    const { beside, ...rest } = { ...this.session.summary.scoring, ...change };
    this.sorted = undefined;
    if (this.#run({ type: "setScoring", scoring: { ...rest, ...(beside && beside !== (rest.method ?? "rice") ? { beside } : {}) } })) say(this, said, { show: true, undo: true });
  }

  // What a typed text makes of an item.
  #read(column: Column, text: string): { moscow: Moscow | null } | { name: string; value: ReturnType<typeof readInput> } {
    const typed = text.trim();
    if (column.input) return { name: column.input.name, value: readInput(typed, column.name.toLowerCase(), this.#share(column)) };
    if (column.key !== "moscow") throw new Error(`“${column.name}” follows from the rest: nothing can be put there`);
    const word = typed.toLowerCase().replace(/[’']/g, "");
    if (word === "") return { moscow: null };
    const found = classes.find(([value]) => value.startsWith(word));
    if (!found) throw new Error(`“${typed}” is no MoSCoW class: write must, should, could or won’t`);
    return { moscow: found[0] };
  }

  // One command for many cells; the first that does not fit is named, and nothing is taken.
  #fill(cells: readonly { at: At; text: string }[], label: string): boolean {
    const patches = new Map<RankedItem, ItemPatch>();
    for (const { at, text } of cells) {
      const item = this.#rows[at.row]!;
      const column = this.#columns[at.col]!;
      try {
        const read = this.#read(column, text);
        const patch = patches.get(item) ?? {};
        if ("moscow" in read) patch.moscow = read.moscow;
        else {
          const { [read.name]: _, ...rest } = patch.inputs ?? item.inputs;
          patch.inputs = read.value === null ? rest : { ...rest, [read.name]: read.value };
        }
        patches.set(item, patch);
        // Order and bounds are the core's to judge, cell by cell.
        this.session.planner.check({ type: "editItem", id: item.id, patch });
      } catch (error) {
        this.wrong = cells.length > 1 ? `${item.id}, ${column.name}: ${reason(error)}` : reason(error);
        return false;
      }
    }
    const commands = [...patches].map(([{ id }, patch]): Command => ({ type: "editItem", id, patch }));
    return commands.length === 1 ? this.#run(commands[0]!) : commands.length > 0 && this.#run({ type: "batch", label, commands });
  }

  #share({ input }: Column): boolean {
    return input !== undefined && isShare(this.session.summary.scoring.method, input.name);
  }

  // ---- cells

  #editable({ key }: Column): boolean {
    return (key === "input" || key === "moscow") && !this.session.readonly;
  }

  // A cell as text: what is edited, copied, read.
  #text(item: RankedItem, column: Column): string {
    switch (column.key) {
      case "place": return String(item.place);
      case "title": return item.title;
      case "moscow": return classes.find(([value]) => value === item.moscow)?.[1] ?? "";
      case "input": return writeInput(item.inputs[column.input!.name], this.#share(column));
      case "score": return item.score == null ? "" : score(item.score);
      case "beside": return item.beside == null ? "" : score(item.beside);
      case "chance": return this.#chances.get(item.id) ?? "";
      default: return String(item.best);
    }
  }

  #steps(column: Column): { text: string; label: string }[] {
    if (column.key === "moscow") return classes.map(([, label]) => ({ text: label, label: "" }));
    return (column.input?.scale ?? []).map(({ value, label = "" }) => ({ text: this.#share(column) ? percent(value) : number(value), label }));
  }

  #go(row: number, col: number, block = false): void {
    this.anchor = block ? this.anchor ?? this.at : undefined;
    this.at = { row: Math.max(0, Math.min(row, this.#rows.length - 1)), col: Math.max(0, Math.min(col, this.#columns.length - 1)) };
    this.wrong = "";
    this.#wantFocus = true;
  }

  #begin(text?: string): void {
    const column = this.#columns[this.at.col]!;
    const item = this.#rows[this.at.row];
    if (!item || !this.#editable(column)) return;
    this.anchor = undefined;
    this.wrong = "";
    this.edit = { id: item.id, text: text ?? this.#text(item, column) };
    this.#wantFocus = true;
  }

  // Takes what was typed; what does not fit stays, with the reason.
  #commit(then?: () => void): boolean {
    const { edit, at } = this;
    if (!edit) return true;
    const before = this.#text(this.#rows[at.row]!, this.#columns[at.col]!);
    if (edit.text.trim() !== before && !this.#fill([{ at, text: edit.text }], "")) {
      this.edit = { ...edit, error: this.wrong };
      this.wrong = "";
      this.#wantFocus = true;
      return false;
    }
    this.edit = undefined;
    this.#wantFocus = then !== undefined;
    then?.();
    return true;
  }

  #editKey(event: KeyboardEvent): void {
    event.stopPropagation();
    const { row, col } = this.at;
    const steps = this.#steps(this.#columns[col]!);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      this.edit = undefined;
      this.#wantFocus = true;
    } else if (event.key === "Enter") this.#commit(() => this.#go(row + (event.shiftKey ? -1 : 1), col));
    else if (event.key === "Tab") this.#commit(() => this.#go(row, col + (event.shiftKey ? -1 : 1)));
    else if (step !== undefined && steps.length) {
      const now = this.edit!.step ?? (step > 0 ? -1 : steps.length);
      const next = (now + step + steps.length) % steps.length;
      this.edit = { id: this.edit!.id, text: steps[next]!.text, step: next };
    } else return;
    event.preventDefault();
  }

  #key(event: KeyboardEvent): void {
    if (this.edit || event.altKey) return;
    const { row, col } = this.at;
    const last = this.#columns.length - 1;
    const control = event.ctrlKey || event.metaKey;
    const to: [number, number] | undefined = ({
      ArrowUp: [row - 1, col], ArrowDown: [row + 1, col], ArrowLeft: [row, col - 1], ArrowRight: [row, col + 1],
      Home: [control ? 0 : row, 0], End: [control ? MOST : row, last], PageUp: [row - 10, col], PageDown: [row + 10, col],
    } as Record<string, [number, number]>)[event.key];
    if (to && (!control || event.key === "Home" || event.key === "End")) this.#go(...to, event.shiftKey);
    else if (control && event.key.toLowerCase() === "a") {
      this.anchor = { row: 0, col: 0 };
      this.at = { row: this.#rows.length - 1, col: last };
      this.#wantFocus = true;
    } else if (control) return;
    else if (event.key === "Enter" || event.key === "F2") {
      if (this.#editable(this.#columns[col]!)) this.#begin();
      else if (event.key === "Enter") this.#open(this.#rows[row]!.id);
    } else if (event.key === "Escape" && (this.anchor || this.wrong)) {
      this.anchor = undefined;
      this.wrong = "";
    } else if (event.key === "Delete" || event.key === "Backspace") {
      const cells = this.#block().filter(({ at, text }) => text !== "" && this.#editable(this.#columns[at.col]!));
      if (cells.length && this.#fill(cells.map(({ at }) => ({ at, text: "" })), "clear scoring inputs")) say(this, `Cleared ${count(cells.length, "cell")}`);
    } else if (event.key.length === 1 && event.key !== " ") {
      // In a spreadsheet letters are typed; they are no commands of the page.
      this.#begin(event.key);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // The cells from the anchor to the cursor, row by row.
  #block(): { at: At; text: string }[] {
    const { from, to } = this.#bounds();
    const cells = [];
    for (let row = from.row; row <= to.row; row++) for (let col = from.col; col <= to.col; col++) cells.push({ at: { row, col }, text: this.#text(this.#rows[row]!, this.#columns[col]!) });
    return cells;
  }

  #bounds(): { from: At; to: At } {
    const { at, anchor = at } = this;
    return { from: { row: Math.min(at.row, anchor.row), col: Math.min(at.col, anchor.col) }, to: { row: Math.max(at.row, anchor.row), col: Math.max(at.col, anchor.col) } };
  }

  #copy(event: ClipboardEvent): void {
    if (this.edit) return;
    const rows: string[][] = [];
    for (const { at, text } of this.#block()) (rows[at.row] ??= []).push(text);
    event.clipboardData?.setData("text/plain", rows.filter(Boolean).map((cells) => cells.join("\t")).join("\n"));
    event.preventDefault();
    say(this, `Copied ${count(this.#block().length, "cell")}`);
  }

  #paste(event: ClipboardEvent): void {
    event.stopPropagation();
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    if (this.edit && lines.length === 1 && lines[0]!.length === 1) return;
    event.preventDefault();
    if (this.session.readonly || !text.trim()) return;
    this.edit = undefined;
    this.#wantFocus = true;
    const { from } = this.#bounds();
    const [rows, cols] = [this.#rows.length - from.row, this.#columns.length - from.col];
    if (lines.length > rows || lines.some((line) => line.length > cols)) {
      this.wrong = lines.length > rows ? `${count(lines.length, "row")} do not fit into the ${rows} from here on: show more items first. Nothing was taken` : `A row of ${Math.max(...lines.map((line) => line.length))} cells does not fit into the ${cols} columns from here on. Nothing was taken`;
      return;
    }
    const cells = lines.flatMap((line, row) => line.map((text, col) => ({ at: { row: from.row + row, col: from.col + col }, text: text.trim() })));
    if (!this.#fill(cells, `paste ${count(cells.length, "cell")}`)) {
      this.wrong += ". Nothing was taken";
      return;
    }
    this.anchor = from;
    this.at = cells.at(-1)!.at;
    say(this, `Pasted ${count(cells.length, "cell")}`, { show: true, undo: true });
  }

  #press(event: MouseEvent, row: number, col: number): void {
    if ((event.target as Element).closest("input")) return;
    const again = this.at.row === row && this.at.col === col && this.renderRoot instanceof ShadowRoot && this.renderRoot.activeElement === event.currentTarget;
    event.preventDefault();
    const go = (): void => {
      this.#go(row, col, event.shiftKey);
      if (this.#columns[col]!.key === "title") this.#open(this.#rows[row]!.id);
      else if (again && !event.shiftKey) this.#begin();
    };
    if (this.#commit()) go();
  }

  #open(id: string): void {
    this.dispatchEvent(new CustomEvent("open-item", { detail: id, bubbles: true, composed: true }));
  }

  // ---- what is seen

  override render(): TemplateResult {
    const { session } = this;
    const { summary, readonly } = session;
    const ranking = this.#ranking!;
    if (summary.counts.work === 0) return html`<div class="empty"><h2>Nothing to score yet</h2><p>Add items to the list, and say here what each is worth and how much work it is: the best order follows.</p></div>`;
    const { scoring } = summary;
    const method = scoring.method ?? "rice";
    const options = (chosen: string | undefined, without?: string) => (Object.entries(formulas) as [Method, [string, string]][]).filter(([value]) => value !== without).map(([value, [name]]) => html`<option value=${value} ?selected=${value === chosen}>${name}</option>`);
    return html`
      <div class="bar">
        <label>Scored by <select ?disabled=${readonly} @change=${(event: Event) => {
          const value = (event.target as HTMLSelectElement).value as Method;
          this.#scoring({ method: value }, `Scored by ${formulas[value][0]}`);
        }}>${options(method)}</select></label>
        <label>beside <select ?disabled=${readonly} @change=${(event: Event) => {
          const value = (event.target as HTMLSelectElement).value as Method | "";
          this.#scoring({ beside: (value || undefined) as Method }, value ? `${formulas[value][0]} is shown beside` : "One score is shown");
        }}><option value="">none</option>${options(scoring.beside, method)}</select></label>
        <span class="muted grow formula">${capital(formulas[method][1])}</span>
        ${readonly ? nothing : html`<button class="quiet muted weights" aria-expanded=${this.weighing ? "true" : "false"} @click=${() => this.#weigh(!this.weighing)}>Weights and scales…</button>`}
      </div>
      ${this.weighing && !readonly ? html`<landfall-scoring .session=${session} .today=${session.today} .summary=${summary} @close=${() => this.#weigh(false)}></landfall-scoring>` : nothing}
      <div class="bar"><p class="said grow" role="status">${sentence(ranking.sentence)}</p>
        ${ranking.scored > 1 ? html`<button class="line" @click=${() => void this.order.open()}>Put in order…</button>` : nothing}</div>
      <div class="both"><section aria-label="Scores">${this.#tell()}${this.#grid()}${this.#more()}</section>
        <section class="chart" aria-labelledby="quadrant"><h2 id="quadrant">Value over effort</h2>
          <landfall-quadrant .ranking=${ranking} .objectives=${summary.objectives} ?still=${readonly} .change=${(item: RankedItem, patch: ItemPatch) => {
            if (this.#run({ type: "editItem", id: item.id, patch })) say(this, `${item.title}: ${this.#given(item.id)}`, { show: true, undo: true });
          }}></landfall-quadrant></section></div>
      <landfall-order .session=${session}></landfall-order>`;
  }

  // What an item was given, and what its score is now.
  #given(id: string): string {
    const { item, row, inputs } = this.session.item(id);
    const method = this.session.summary.scoring.method;
    return [...inputs.flatMap((name) => (item.inputs?.[name] == null ? [] : [`${inputName(name).toLowerCase()} ${writeInput(item.inputs[name], isShare(method, name))}`])), ...(row.score == null ? [] : [`${methods[method ?? "rice"]} ${score(row.score)}`])].join(", ");
  }

  #weigh(open: boolean): void {
    this.weighing = open;
    void this.updateComplete.then(() => (open ? this.renderRoot.querySelector<ScoringEditor>("landfall-scoring") : this.renderRoot.querySelector<HTMLElement>(".weights"))?.focus());
  }

  // The line above the grid: what the cell asks, which values are offered, why it stands where it does.
  #tell(): TemplateResult {
    const { edit, at } = this;
    const item = this.#rows[at.row];
    const column = this.#columns[at.col];
    if (!item || !column) return html``;
    const steps = edit ? this.#steps(column) : [];
    const wrong = edit?.error ?? this.wrong;
    const about = column.input ? `${inputHint(column.input.name)}${column.input.orSize && item.inputs[column.input.name] === undefined && item.size != null ? `: ${uncertain(item.size)} now` : ""}`
      : column.key === "moscow" ? "how much it matters in this round"
        : column.key === "chance" ? (this.#chances.get(item.id) ? `the chance that it belongs to the ${this.top} best, as inputs are ranges` : this.session.summary.counts.work > ASKED ? "change the number above to count the chances of so long a list" : "a chance shows where inputs are ranges, like 300–500")
          : item.score == null ? `no score: ${item.missing.map((name) => inputName(name).toLowerCase()).join(", ")} missing` : item.because;
    return html`<div class="tell">${wrong ? html`<span class="error" role="alert" id="wrong">${wrong}</span>` : html`<span id="about"><b>${item.id} ${column.key === "title" || column.key === "place" ? "" : column.name}</b> ${capital(about)}</span>`}
      ${steps.length ? html`<div class="steps" role="listbox" id="steps" aria-label="${column.name}: values on offer">${steps.map(({ text, label }, k) => html`<span role="option" id="step-${k}" aria-selected=${edit?.step === k ? "true" : "false"}
        @pointerdown=${(event: Event) => { event.preventDefault(); this.edit = { id: item.id, text, step: k }; this.#commit(() => this.#go(at.row + 1, at.col)); }}><b>${text}</b> ${label}</span>`)}</div>` : nothing}</div>`;
  }

  #grid(): TemplateResult {
    const editable = !this.session.readonly;
    return html`<div class="wide"><table class="grid" role="grid" aria-label="Scores" aria-rowcount=${this.#rows.length + 1} aria-readonly=${editable ? "false" : "true"} aria-multiselectable="true"
      @keydown=${(event: KeyboardEvent) => { if ((event.target as Element).matches("td")) this.#key(event); }} @copy=${(event: ClipboardEvent) => this.#copy(event)} @paste=${(event: ClipboardEvent) => this.#paste(event)}>
      <thead><tr role="row">${this.#columns.map((column) => this.#head(column))}</tr></thead>
      <tbody>${repeat(this.#rows, (item) => item.id, (item, row) => html`<tr role="row">${this.#columns.map((column, col) => this.#cell(item, column, row, col))}</tr>`)}</tbody></table></div>`;
  }

  #head(column: Column): TemplateResult {
    const { key, label, name } = column;
    if (key === "place" || key === "score") {
      const on = (key === "score") === (this.sorted !== undefined);
      return html`<th role="columnheader" scope="col" aria-sort=${on ? (key === "score" ? "descending" : "ascending") : nothing}><button title=${key === "score" ? "Show the highest score first" : "Show in the order of the plan"} aria-label=${key === "score" ? `${name}: show the highest first` : "Place: show in the order of the plan"} @click=${() => this.#sort(key === "score")}>${label}${on && key === "score" ? " ↓" : ""}</button></th>`;
    }
    if (key === "chance") {
      return html`<th role="columnheader" scope="col" title=${name}><label>Top<input type="number" min="1" max="999" aria-label="Chance to belong to the top" .value=${String(this.top)} @change=${(event: Event) => {
        const value = Math.round(Number((event.target as HTMLInputElement).value));
        if (value >= 1) this.top = value;
        else (event.target as HTMLInputElement).value = String(this.top);
      }}></label></th>`;
    }
    return html`<th role="columnheader" scope="col" class=${key === "title" ? "title" : key === "moscow" ? "class" : ""} title=${key === "best" ? "Where the best order found would put it" : column.input ? capital(inputHint(column.input.name)) : ""}>${label}${column.input?.weight === undefined ? nothing : html` <span class="faint">×${number(column.input.weight)}</span>`}</th>`;
  }

  #sort(byScore: boolean): void {
    if (!this.#commit()) return;
    const last = Infinity;
    this.sorted = byScore ? this.#ranking!.items.toSorted((a, b) => (a.byScore ?? last) - (b.byScore ?? last) || a.place - b.place).map(({ id }) => id) : undefined;
    this.at = { ...this.at, row: 0 };
  }

  #cell(item: RankedItem, column: Column, row: number, col: number): TemplateResult {
    const here = this.at.row === row && this.at.col === col;
    const { from, to } = this.#bounds();
    const within = this.anchor !== undefined && row >= from.row && row <= to.row && col >= from.col && col <= to.col;
    const edit = here ? this.edit : undefined;
    const text = this.#text(item, column);
    const size = column.input?.orSize && text === "" ? uncertain(item.size) : "";
    const gap = column.input !== undefined && item.missing.includes(column.input.name);
    const offered = edit ? this.#steps(column) : [];
    const looks = [column.key === "title" ? "title" : column.key === "moscow" ? "class" : "", column.input || column.key === "moscow" ? "in" : "", within ? "block" : "", gap && !edit ? "gap" : ""].join(" ");
    const content = edit ? html`<input aria-label="${column.name} of ${item.title}" autocomplete="off" spellcheck="false" placeholder=${size} .value=${edit.text} aria-invalid=${edit.error ? "true" : "false"} aria-describedby=${edit.error ? "wrong" : "about"}
      role=${offered.length ? "combobox" : nothing} aria-expanded=${offered.length ? "true" : nothing} aria-controls=${offered.length ? "steps" : nothing} aria-activedescendant=${edit.step === undefined ? nothing : `step-${edit.step}`}
      @input=${(event: Event) => { this.edit = { id: item.id, text: (event.target as HTMLInputElement).value }; }} @keydown=${(event: KeyboardEvent) => this.#editKey(event)}
      @blur=${() => { if (this.edit === edit || (this.edit && !this.edit.error)) this.#left(); }}>`
      : column.key === "score" && item.score != null ? html`<b>${text}</b>${item.range ? html`<small title="80 % of the possible scores lie between">${score(item.range.p10)}–${score(item.range.p90)}</small>` : nothing}`
        : column.key === "best" ? best(item)
          : size ? html`<span class="of" title="Its size">${size}</span>`
            : gap ? html`<span class="sr">missing</span>`
              : text || (column.key === "title" || column.key === "moscow" || column.input ? "" : html`<span class="of">–</span>`);
    return html`<td role="gridcell" class=${looks} data-at="${row} ${col}" tabindex=${here && !edit ? 0 : -1} aria-selected=${within || here ? "true" : "false"} aria-readonly=${this.#editable(column) ? "false" : "true"}
      aria-describedby=${here && !edit ? (this.wrong ? "wrong" : "about") : nothing} title=${column.key === "best" || column.key === "score" ? item.because : column.key === "title" ? item.title : nothing}
      @mousedown=${(event: MouseEvent) => this.#press(event, row, col)}>${content}</td>`;
  }

  // The field was left for something else: what fits is taken, what does not stays to be mended.
  #left(): void {
    if (this.edit && this.#commit()) return;
    this.#wantFocus = false;
  }

  #more(): TemplateResult | typeof nothing {
    const all = this.#ranking!.items.length;
    const { work } = this.session.summary.counts;
    const left = Math.min(all, MOST) - this.#rows.length;
    return html`<div class="more"><span class="muted">${this.#rows.length < work ? `${this.#rows.length} of ${count(work, "item")}${all < work ? `; scores and the picture are of the first ${number(all)}` : ""}` : count(work, "item")}</span>
      ${left > 0 ? html`<button class="line" @click=${() => { this.shown += 10; }}>Show ${Math.min(10, left)} more</button>` : nothing}
      ${this.shown > FIRST ? html`<button class="link" @click=${() => { if (this.#commit()) this.shown = FIRST; }}>Top ten</button>` : nothing}</div>`;
  }
}

/** Where the best order would put an item. */
function best({ place, best }: RankedItem): TemplateResult {
  const by = place - best;
  if (by === 0) return html`<span class="of" aria-hidden="true">=</span><span class="sr">same place</span>`;
  return html`<span class=${by > 0 ? "up" : "down"} aria-hidden="true">${by > 0 ? "▲" : "▼"}${Math.abs(by)}</span><span class="sr">${count(Math.abs(by), "place")} ${by > 0 ? "earlier" : "later"}</span>`;
}

if (!customElements.get("landfall-scores")) customElements.define("landfall-scores", ScoresLens);
