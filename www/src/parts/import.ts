import { LitElement, type TemplateResult, css, html, nothing, svg } from "lit";
import { property, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { ColumnOptions, ColumnUse, DateOrder, ImportOptions, ImportReport, Kind, PlanDocument, ReadOptions, Status, Unit, UsageOptions, UsageReport, UsageRow } from "../../pkg/landfall.js";
import { given, painted } from "../dom.ts";
import { say } from "../events.ts";
import { icons } from "../icons.ts";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";
import { count, dated, kinds, number, readGuess, reason, spoken, statuses } from "../text.ts";

/** What a column can be, in the order in which it is offered. */
const fields: [name: string, label: string][] = [
  ["title", "Title"], ["id", "Key"], ["type", "Type"], ["status", "Status"], ["size", "Size"], ["finished", "Finished on"], ["started", "Started on"],
  ["created", "Created on"], ["parent", "Parent"], ["epic", "Epic"], ["needs", "Needs first"], ["blocks", "Blocks"], ["tags", "Tags"], ["sprint", "Sprint"],
  ["notes", "Notes"], ["team", "Team"], ["link", "Link"], ["resolution", "Resolution"],
];

/** What there is to read, where it is no table. */
const nouns: Record<string, string> = { "trello-json": "card", "markdown": "task", "lines": "note", "miro-csv": "note", "json": "item" };

const delimiters: [mark: string, label: string][] = [[",", "commas"], [";", "semicolons"], ["\t", "tabs"], ["|", "bars"]];

/** How to get a file out of each tool. */
const exports: [tools: string, how: string][] = [
  ["Jira", "Search for project = ABC ORDER BY Rank, finished issues included, then Export › CSV (all fields)."],
  ["Linear", "Settings › Import and export › Export CSV; or export a view that shows completed issues too."],
  ["Azure DevOps", "A flat query with ID, Work Item Type, Title, State, Story Points, Activated Date, Closed Date, Parent and Tags, closed items included, then Export to CSV."],
  ["GitHub", "gh issue list --state all --limit 1000 --json number,title,body,labels,state,milestone,createdAt,closedAt > issues.json; in Projects, the view’s menu › Export view data."],
  ["GitLab", "Issues › Export as CSV, with all states shown; it comes by mail."],
  ["Trello", "Board menu › Print, export and share › Export as JSON."],
  ["Asana, Productboard, Aha!", "Asana: project menu › Export › CSV. Productboard: a features board › Export. Aha!: a list report › Export › CSV. Finished ones shown."],
  ["Miro, FigJam", "Select the notes and copy them, then paste here; or export the board as CSV."],
  ["Amplitude, Pendo", "Usage, which fills reach. Amplitude: a segmentation chart › Export › CSV. Pendo: Features or Pages › Download CSV."],
  ["Anything else", "Any table with a column of titles, a Markdown list, or lines. Key, status, size and the day on which it was finished make the dates better."],
];

/** How often progress is shown, in milliseconds. */
const TOLD = 100;
/** One byte more than is read, so that larger files are refused as soon. */
const MOST = (64 << 20) + 1;

interface Source {
  name: string;
  content: string | Uint8Array;
}

/** Reads another tool's file: first how it was understood, on one card, then taken in as one step. */
export class ImportDialog extends LitElement {
  @property({ attribute: false }) session!: Session;
  @state() private source: Source | undefined;
  @state() private report: ImportReport | undefined;
  @state() private plan: PlanDocument | undefined;
  @state() private error: { text: string; code?: string | undefined } | undefined;
  @state() private busy = "";
  @state() private share = 0;
  @state() private join = false;
  @state() private name = "";
  @state() private options: ReadOptions = {};
  @state() private guess = { poor: "", usual: "", good: "", why: "" };
  @state() private columnsOpen = false;
  @state() private usage: UsageReport | undefined;
  @state() private usageOptions: UsageOptions = {};
  @state() private recalled = false;
  /** The rows of usage whose item is looked for among all. */
  @state() private searched = new Set<string>();
  @query("dialog") private dialog!: HTMLDialogElement;
  @query("input[type=file]") private chooser!: HTMLInputElement;

  static override styles = [base, css`
    dialog { border: 1px solid var(--line); border-radius: 12px; padding: 0; width: min(720px, calc(100vw - 24px)); max-height: min(860px, calc(100dvh - 24px)); background: var(--panel); color: var(--ink); box-shadow: 0 24px 80px var(--shade), 0 4px 16px var(--shade); overflow: hidden; }
    dialog[open] { display: flex; flex-direction: column; }
    dialog::backdrop { background: var(--veil); }
    .head { display: flex; align-items: center; gap: 8px; padding: 14px 14px 10px 20px; }
    h2 { font-size: 16px; line-height: 22px; font-weight: 620; letter-spacing: -.01em; flex: 1; min-width: 0; }
    h3 { font-size: 12px; font-weight: 600; color: var(--muted); margin-bottom: 5px; }
    .body { overflow: auto; padding: 2px 20px 18px; display: grid; grid-template-columns: minmax(0, 1fr); grid-auto-rows: max-content; gap: 18px; min-height: 0; }
    .foot { display: flex; gap: 8px; align-items: center; padding: 12px 20px; border-top: 1px solid var(--line); }
    .zone { border: 1.5px dashed var(--edge); border-radius: 10px; padding: 26px 16px; display: grid; justify-items: center; gap: 10px; text-align: center; }
    .zone:hover, .zone.over { border-color: var(--accent); background: var(--accent-soft); }
    textarea { min-height: 92px; font-size: 12px; white-space: pre; overflow: auto; }
    details summary { cursor: pointer; min-height: 24px; color: var(--muted); font-weight: 550; }
    details summary:hover { color: var(--ink); }
    details > div, details > ul, details > dl { margin: 6px 0 2px; }
    dl.how { display: grid; gap: 8px; } dl.how dt { font-weight: 600; } dl.how dd { color: var(--muted); margin-top: -8px; }
    .stats { display: grid; grid-template-columns: repeat(auto-fit, minmax(84px, 1fr)); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
    .stats div { padding: 9px 12px; border-left: 1px solid var(--line); margin-left: -1px; }
    .stats b { display: block; font-size: 18px; line-height: 24px; font-weight: 600; letter-spacing: -.01em; } .stats span { color: var(--muted); font-size: 12px; }
    .headline { font-size: 15px; line-height: 22px; letter-spacing: -.005em; }
    .row { display: flex; flex-wrap: wrap; gap: 12px 28px; align-items: end; }
    .row label { display: grid; gap: 2px; font-size: 12px; color: var(--muted); } .row label :is(input, select) { color: var(--ink); font-size: 13px; }
    .narrow { width: 76px !important; }
    .with, .row .with { display: flex; align-items: center; gap: 6px; }
    .lists { display: grid; grid-template-columns: 1fr 1fr; gap: 18px 24px; align-items: start; }
    .map { display: grid; grid-template-columns: minmax(0, 1fr) auto 128px; gap: 2px 10px; align-items: center; max-height: 268px; overflow: auto; }
    .map span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .map .c { color: var(--muted); text-align: right; }
    .map.columns { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) 128px; }
    .map.usage { grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr); max-height: 340px; }
    .map .uses { display: grid; gap: 2px; }
    .guessed::after { content: "?"; color: var(--warn); margin-left: 4px; font-weight: 600; }
    .box { border-radius: 10px; padding: 12px 14px; background: var(--hover); display: grid; gap: 8px; }
    .box.ask { background: var(--warn-soft); } .box.wrong { background: var(--bad-soft); }
    .box.wrong p:first-child { color: var(--bad); font-weight: 550; overflow-wrap: anywhere; }
    .choice { display: grid; gap: 6px; } .choice label { display: flex; gap: 8px; align-items: center; min-height: 28px; } .choice input:not([type=radio]) { max-width: 280px; }
    ul.rejected { max-height: 150px; overflow: auto; } ul.rejected li { padding: 2px 0; overflow-wrap: anywhere; }
    ul.notes li { color: var(--muted); padding-left: 14px; text-indent: -14px; overflow-wrap: anywhere; } ul.notes li::before { content: "·"; display: inline-block; width: 14px; text-indent: 0; }
    .bars { display: flex; align-items: end; gap: 12px; flex-wrap: wrap; } .bars svg { display: block; }
    .reading { padding: 40px 0; text-align: center; color: var(--muted); } progress { width: 60%; accent-color: var(--accent); }
    @media (max-width: 560px) { .lists { grid-template-columns: 1fr; } .map.usage { grid-template-columns: minmax(0, 1fr) auto; } .map.usage :is(select, input) { grid-column: 1 / -1; margin-bottom: 6px; } .body { padding: 2px 14px 14px; } .foot { padding: 10px 14px; flex-wrap: wrap; } }
  `];

  /** Opens the dialog, with a file or text already at hand or without. */
  async open(source?: File | string): Promise<void> {
    this.#forget();
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
    if (source !== undefined) await this.#take(source);
  }

  /** Opens the browser's own dialog for files. */
  async choose(): Promise<void> {
    await this.open();
    this.chooser.click();
  }

  #forget(): void {
    this.#reading.abort();
    this.source = this.report = this.plan = this.error = this.usage = undefined;
    this.options = this.usageOptions = {};
    this.searched = new Set();
    this.recalled = false;
    this.guess = { poor: "", usual: "", good: "", why: "" };
    this.columnsOpen = false;
    this.busy = "";
    this.share = 0;
    this.session?.drop();
  }

  #close(): void {
    this.dialog.close();
    this.#forget();
  }

  async #take(given: File | string): Promise<void> {
    this.#forget();
    const { signal } = (this.#reading = new AbortController());
    const name = typeof given === "string" ? "Pasted text" : given.name;
    this.busy = `Reading ${name}…`;
    await painted();
    try {
      const content = typeof given === "string" ? given : new Uint8Array(await given.slice(0, MOST).arrayBuffer());
      if (signal.aborted) return;
      this.source = { name, content };
      const { sample, counts } = this.session.summary;
      this.join = !(sample || counts.all === 0);
      this.name = typeof given === "string" ? "Imported plan" : name.replace(/\.[a-z0-9]{1,5}$/i, "").replace(/[_-]+/g, " ").trim() || "Imported plan";
      this.plan = this.session.plan(content);
      if (!this.plan && !this.#readUsage()) return await this.#items();
    } catch (error) {
      if (signal.aborted) return;
      this.#fail(error);
    }
    this.busy = "";
  }

  // ---- what was corrected before in files of this shape

  #shape = "";

  get #corrections(): Record<string, ReadOptions> {
    try {
      return JSON.parse(this.session.note("imports") ?? "{}") as Record<string, ReadOptions>;
    } catch {
      return {};
    }
  }

  async #items(): Promise<void> {
    if (await this.#read()) await this.#recall();
  }

  async #recall(): Promise<void> {
    // Where no column is the title, the error names the columns.
    this.#shape = this.report?.recognised.shape ?? this.error?.text ?? "";
    const known = this.#corrections[this.#shape];
    if (!known) return;
    this.options = known;
    if (!(await this.#read())) return;
    if (this.error) await this.#forgetCorrections();
    else this.recalled = true;
  }

  #remember(options: ReadOptions): void {
    const { [this.#shape]: _, ...others } = this.#corrections;
    const kept = Object.entries(others).slice(-29);
    if (Object.keys(options).length) kept.push([this.#shape, options]);
    this.session.note("imports", JSON.stringify(Object.fromEntries(kept)));
  }

  async #forgetCorrections(): Promise<void> {
    this.#remember((this.options = {}));
    this.recalled = false;
    await this.#read();
  }

  // ---- usage

  #unmatched = new Set<string>();

  /** Whether the file tells usage. */
  #readUsage(change: UsageOptions = {}): boolean {
    this.usageOptions = { ...this.usageOptions, ...change };
    const { name, content } = this.source!;
    const first = !this.usage;
    this.usage = this.session.planner.usage(content, { ...this.usageOptions, file: name, today: this.session.today });
    // Those without an item stand first, and stay there while they are mapped.
    if (first) this.#unmatched = new Set(this.usage?.rows.filter(({ items }) => !items.length).map(({ name }) => name));
    return this.usage !== undefined;
  }

  #correctUsage(change: UsageOptions): void {
    try {
      this.#readUsage(change);
      this.error = undefined;
    } catch (error) {
      this.#fail(error);
    }
  }

  #takeUsage({ command, fills }: UsageReport): void {
    try {
      this.session.enter();
      this.session.run(command!);
      say(this, `Usage of ${count(fills.length, "item")} taken in`, { show: true, undo: true });
      this.#close();
    } catch (error) {
      this.#fail(error);
    }
  }

  #asked(): ImportOptions {
    const options: ImportOptions = { ...this.options };
    if (!this.join) options.replace = this.name.trim() || "Imported plan";
    if (this.report?.needsGuess) {
      try {
        const guess = readGuess(this.guess.poor, this.guess.usual, this.guess.good);
        if (guess) options.guess = guess;
        this.guess = { ...this.guess, why: "" };
      } catch (error) {
        this.guess = { ...this.guess, why: reason(error) };
      }
    }
    return options;
  }

  #reading = new AbortController();

  get #running(): { signal: AbortSignal; onProgress(share: number): void } {
    this.#reading.abort();
    const { signal } = (this.#reading = new AbortController());
    this.share = 0;
    let told = performance.now();
    return { signal, onProgress: (share) => {
      const now = performance.now();
      if (now - told < TOLD) return;
      told = now;
      this.busy ||= `Reading ${this.source!.name} again…`;
      this.share = share;
    } };
  }

  /** Whether it was read to its end, or to an error. */
  async #read(): Promise<boolean> {
    const running = this.#running;
    const { signal } = running;
    try {
      const report = await this.session.preview(this.source!.content, this.#asked(), running);
      signal.throwIfAborted();
      this.report = report;
      // The card does not wait for its headline.
      if (report.stale) this.session.foretell({ signal }).then((report) => { if (!signal.aborted) this.report = report; }, () => {});
      this.error = undefined;
      if (report.recognised.askMapping) this.columnsOpen = true;
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
    if (!signal.aborted) this.busy = "";
    return !signal.aborted;
  }

  #fail(error: unknown): void {
    const code = (error as { code?: string }).code;
    this.error = { text: reason(error), code };
    this.dispatchEvent(new CustomEvent("landfall-error", { detail: error, bubbles: true, composed: true }));
  }

  async #correct(change: ReadOptions): Promise<void> {
    this.options = { ...this.options, ...change };
    await this.#read();
  }

  async #import(beside = false): Promise<void> {
    this.#reading.abort();
    this.busy = this.plan ? "Opening…" : "Taking it in…";
    await painted();
    try {
      if (this.plan && beside) {
        say(this, `${count(this.session.beside(this.plan), "difference")}: shown as a scenario, your plan is untouched`, { show: true, undo: true });
      } else if (this.plan) {
        this.session.enter();
        this.session.run({ type: "replacePlan", document: this.plan });
        say(this, `Opened ${this.plan.name}`, { show: true, undo: true });
      } else {
        const { lands: { p85 }, kept } = this.session.summary;
        this.#remember(this.options);
        const running = this.#running;
        const { imported, updated } = await this.session.import(this.source!.content, this.#asked(), running);
        const done = [imported ? `${count(imported, "item")} imported` : "", updated ? `${count(updated, "item")} updated` : ""].filter(Boolean).join(", ") || "Nothing to import";
        const { stale, headline, lands } = this.session.summary;
        say(this, stale ? done : `${done}. ${headline}`, { show: true, undo: true, why: this.join && kept > 0 && !stale && lands.p85 !== p85 });
      }
      this.#close();
    } catch (error) {
      if (!this.busy) return;
      this.#fail(error);
      this.busy = "";
    }
  }

  override render(): TemplateResult {
    const title = this.source ? this.source.name : "Import";
    return html`<dialog aria-labelledby="title" @close=${() => { if (!this.dialog.open) this.#forget(); }} @click=${(event: Event) => { if (event.target === this.dialog) this.#close(); }}
      @keydown=${(event: KeyboardEvent) => event.stopPropagation()} @paste=${(event: ClipboardEvent) => event.stopPropagation()}
      @dragover=${(event: DragEvent) => { event.preventDefault(); event.stopPropagation(); }} @drop=${(event: DragEvent) => this.#dropped(event)}>
      <div class="head"><h2 id="title" class="cut">${title}</h2><button class="icon quiet" aria-label="Close" @click=${() => this.#close()}>${icons.close()}</button></div>
      <div class="body" aria-live="polite" tabindex="-1">${this.busy ? html`<div class="reading"><p role="status">${this.busy}</p>${this.share ? html`<progress aria-label=${this.busy} .value=${this.share}></progress>` : nothing}</div>` : this.#content()}</div>
      ${this.busy ? html`<div class="foot"><span class="grow"></span><button class="line" @click=${() => this.#close()}>Cancel</button></div>` : this.#foot()}
      <input type="file" hidden accept=".csv,.tsv,.txt,.md,.json,.html,.svg,.png,text/csv,text/tab-separated-values,application/json" aria-label="File to import" @change=${() => {
        const file = this.chooser.files?.[0];
        this.chooser.value = "";
        if (file) void this.#take(file);
      }}></dialog>`;
  }

  #dropped(event: DragEvent): void {
    event.preventDefault();
    event.stopPropagation();
    const dropped = given(event.dataTransfer);
    if (dropped) void this.#take(dropped);
  }

  #content(): TemplateResult {
    if (!this.source) return this.#ask();
    if (this.plan) return this.#planCard(this.plan);
    if (this.usage) return this.#usageCard(this.usage);
    return html`${this.error ? this.#wrong() : nothing}${this.report && (!this.error || this.error.code !== "needs-mapping") ? this.#card(this.report) : nothing}`;
  }

  #foot(): TemplateResult {
    const { report, plan, usage } = this;
    if (!this.source) return html``;
    if (usage) {
      return html`<div class="foot"><button class="quiet" @click=${() => this.#forget()}>Other file</button><button class="quiet" @click=${() => { this.usage = this.error = undefined; void this.#items(); }}>It is a list of items</button><span class="grow"></span>
        <button class="line" @click=${() => this.#close()}>Cancel</button><button class="primary" ?disabled=${!usage.fills.length || Boolean(this.error)} @click=${() => this.#takeUsage(usage)}>Take in for ${count(usage.fills.length, "item")}</button></div>`;
    }
    const label = plan ? "Open this plan" : report ? (this.join && report.imported === 0 ? `Update ${count(report.updated, "item")}` : `Import ${count(report.imported + report.updated, "item")}`) : "Import";
    return html`<div class="foot"><button class="quiet" @click=${() => this.#forget()}>Other file</button><span class="grow"></span>
      <button class="line" @click=${() => this.#close()}>Cancel</button>
      ${plan ? html`<button class="line" @click=${() => this.#import(true)}>Compare with mine</button>` : nothing}
      <button class="primary" ?disabled=${!plan && (!report || Boolean(this.error))} @click=${() => this.#import()}>${label}</button></div>`;
  }

  #ask(): TemplateResult {
    return html`
      <div class="zone"><span class="muted">Drop what another tool exported: a backlog, usage from Amplitude or Pendo; or a plan that Landfall has saved, as a file or a picture.</span>
        <button class="primary" @click=${() => this.chooser.click()}>Choose a file</button><span class="faint">It is read here, in this page. Nothing leaves this browser.</span></div>
      <label><h3>Or paste a table, a Markdown list, or a line for each item</h3><textarea spellcheck="false" placeholder="Key, Title, Status, Points, Closed" @paste=${(event: ClipboardEvent) => {
        const pasted = given(event.clipboardData);
        if (pasted) { event.preventDefault(); event.stopPropagation(); void this.#take(pasted); }
      }} @change=${(event: Event) => { const { value } = event.target as HTMLTextAreaElement; if (value.trim()) void this.#take(value); }}></textarea></label>
      ${this.#how()}`;
  }

  #how(): TemplateResult {
    return html`<details><summary>How to export so that order and finished items come along</summary><dl class="how">${exports.map(([tools, how]) => html`<dt>${tools}</dt><dd>${how}</dd>`)}</dl></details>`;
  }

  #wrong(): TemplateResult {
    const mapping = this.error!.code === "needs-mapping";
    const headers = mapping ? [...this.error!.text.matchAll(/"([^"]+)"/g)].map((match) => match[1]!) : [];
    return html`<div class="box wrong" role="alert"><p>${this.error!.text}</p><p class="muted">Nothing has changed.</p></div>
      ${headers.length ? html`<label class="box"><span>Which column holds the titles?</span><select @change=${(event: Event) => {
        const header = (event.target as HTMLSelectElement).value;
        if (header) void this.#correct({ mapping: { ...this.options.mapping, [header]: "title" } });
      }}><option value="">Choose a column</option>${headers.map((header) => html`<option>${header}</option>`)}</select></label>` : this.#how()}`;
  }

  #planCard(plan: PlanDocument): TemplateResult {
    const items = plan.items ?? [];
    const done = items.filter((item) => item.status === "done" || item.status === "declined").length;
    return html`${this.error ? html`<div class="box wrong" role="alert"><p>${this.error.text}</p></div>` : nothing}<p class="headline"><b>${plan.name}</b> is a Landfall plan: ${count(items.length - done, "open item")}, ${number(done)} closed, ${count(plan.objectives?.length ?? 0, "objective")}.</p>
      <p class="muted">It takes the place of the plan shown now. One undo brings that back.</p>`;
  }

  #card(report: ImportReport): TemplateResult {
    const { recognised, history } = report;
    const { unit, sprintDays } = { unit: this.options.unit ?? recognised.unit, sprintDays: this.options.sprintDays ?? recognised.sprintDays };
    const { summary } = this.session;
    const tool = ["table", "list"].includes(recognised.tool) ? `A ${recognised.tool}` : `${recognised.tool} export`;
    const stat = (n: number, label: string) => html`<div><b>${n.toLocaleString("en-GB")}</b><span>${label}</span></div>`;
    return html`
      <div><p class="muted">${tool}: ${count(report.read, nouns[report.format] ?? "row")} read, ${number(report.imported)} new, ${number(report.updated)} updated, ${number(report.rejected.length)} rejected</p>
        ${this.recalled ? html`<p class="muted">Corrections from last time are applied. <button class="link" @click=${() => this.#forgetCorrections()}>Forget them</button></p>` : nothing}
        ${report.stale ? html`<p class="headline muted">Forecasting…</p>` : report.headline ? html`<p class="headline">${dated(report.headline)}${report.needsGuess && this.guess.poor ? html` <span class="chip warn">guess</span>` : nothing}</p>` : nothing}</div>
      <div class="stats">${stat(report.open, report.open === 1 ? "item to do" : "items to do")}${stat(report.done, "finished: the history")}${stat(report.declined, "declined")}${report.notBrokenDown ? stat(report.notBrokenDown, report.notBrokenDown === 1 ? "of them an epic without parts" : "of them epics without parts") : nothing}${report.doneEpics ? stat(report.doneEpics, "closed epics: count by their parts") : nothing}</div>
      ${refused(report.rejected, "be imported")}
      ${report.needsGuess ? this.#guessBox(unit) : history.length ? html`<div><h3>The history it holds</h3><div class="bars">${this.#bars(report)}<span class="muted">${count(history.length, "sprint")} of ${weeks(sprintDays)}, ${spoken(history[0]!.start, summary.today)} to ${spoken(history.at(-1)!.end, summary.today)}</span></div></div>` : nothing}
      <div class="row">
        <label>Counted in<select @change=${(event: Event) => this.#correct({ unit: (event.target as HTMLSelectElement).value as Unit })}><option value="points" ?selected=${unit === "points"}>Points</option><option value="items" ?selected=${unit === "items"}>Items: each counts as one</option></select></label>
        <label>A sprint has<span class="with"><input class="narrow" type="number" min="1" max="365" .value=${live(String(sprintDays))} @change=${(event: Event) => this.#correct({ sprintDays: Number((event.target as HTMLInputElement).value) })}> days</span></label>
        ${recognised.dateOrder && recognised.dateOrderGuessed ? html`<label>Dates like 3/4/2025${select("3/4/2025 is", recognised.dateOrder, dateOrders, (dateOrder) => this.#correct({ dateOrder: dateOrder as DateOrder }))}</label>` : nothing}
        ${recognised.delimiter ? html`<label>Columns separated by${select("Columns separated by", recognised.delimiter, delimiters, (delimiter) => this.#correct({ delimiter }))}</label>` : nothing}
      </div>
      <div class="lists">
        ${recognised.statuses.length ? html`<div><h3>What its statuses mean</h3><div class="map">${recognised.statuses.map((one) => html`<span class=${one.guessed ? "guessed" : ""} title=${one.guessed ? "A guess: please check" : one.name}>${one.name || "(none)"}</span><span class="c">${number(one.count)}</span>
          <select aria-label="Status ${one.name || "none"} means" @change=${(event: Event) => this.#correct({ statuses: { ...this.options.statuses, [one.name]: (event.target as HTMLSelectElement).value as Status } })}>${Object.entries(statuses).map(([value, label]) => html`<option value=${value} ?selected=${value === one.status}>${label}</option>`)}</select>`)}</div></div>` : nothing}
        ${recognised.types.length ? html`<div><h3>What its types are</h3><div class="map">${recognised.types.map((one) => html`<span class=${one.guessed ? "guessed" : ""} title=${one.guessed ? "A guess: please check" : one.name}>${one.name || "(none)"}</span><span class="c">${number(one.count)}</span>
          <select aria-label="Type ${one.name || "none"} is" @change=${(event: Event) => this.#correct({ types: { ...this.options.types, [one.name]: (event.target as HTMLSelectElement).value as Kind } })}>${Object.entries(kinds).map(([value, label]) => html`<option value=${value} ?selected=${value === one.type}>${label}</option>`)}</select>`)}</div></div>` : nothing}
      </div>
      <details ?open=${this.columnsOpen}><summary>Columns: ${number(recognised.columns.filter((one) => one.field).length)} understood, ${number(recognised.columns.filter((one) => !one.field).length)} kept as they are${recognised.encoding === "utf-8" ? "" : `, letters read as ${recognised.encoding}`}</summary>
        <div class="map columns">${recognised.columns.map((one) => this.#column(one))}</div></details>
      ${report.notes.length ? html`<ul class="notes">${report.notes.map((note) => html`<li>${reason(note)}</li>`)}</ul>` : nothing}
      ${report.missing.length && this.join ? html`<p class="muted">${count(report.missing.length, "item")} of this plan ${report.missing.length === 1 ? "is" : "are"} not in the file and ${report.missing.length === 1 ? "stays" : "stay"} as ${report.missing.length === 1 ? "it is" : "they are"}: ${report.missing.slice(0, 8).join(", ")}${report.missing.length > 8 ? " …" : ""}</p>` : nothing}
      <div class="choice" role="radiogroup" aria-label="Where it goes">
        <label><input type="radio" name="where" .checked=${live(!this.join)} @change=${() => { this.join = false; void this.#read(); }}><span>${summary.sample ? "In place of the sample," : "A new plan"} called</span><input aria-label="Name of the new plan" .value=${live(this.name)} @change=${(event: Event) => { this.name = (event.target as HTMLInputElement).value; }}></label>
        <label><input type="radio" name="where" .checked=${live(this.join)} @change=${() => { this.join = true; void this.#read(); }}><span>Into this plan: known items are updated by their key, new ones go to the end</span></label>
      </div>`;
  }

  #column(one: ColumnUse): TemplateResult {
    const known = fields.some(([name]) => name === one.field);
    const written = (change: ColumnOptions) => this.#correct({ columns: { ...this.options.columns, [one.header]: { ...this.options.columns?.[one.header], ...change } } });
    return html`<span title=${one.header}>${one.header}${one.count > 1 ? html` <span class="faint">× ${one.count}</span>` : nothing}</span><span class="faint ${one.dateOrderGuessed ? "guessed" : ""}" title=${one.example ?? ""}>${one.example ?? ""}</span>
      <span class="uses"><select aria-label="Column ${one.header} is" @change=${(event: Event) => this.#correct({ mapping: { ...this.options.mapping, [one.header]: (event.target as HTMLSelectElement).value } })}>
        <option value="ignore" ?selected=${!one.field}>Only kept</option>${one.field && !known ? html`<option value=${one.field} selected>${one.field}</option>` : nothing}${fields.map(([name, label]) => html`<option value=${name} ?selected=${name === one.field}>${label}</option>`)}</select>
        ${one.dateOrder ? select(`3/4/2025 in ${one.header} is`, one.dateOrder, dateOrders, (dateOrder) => written({ dateOrder: dateOrder as DateOrder })) : nothing}
        ${one.decimalComma == null ? nothing : select(`1,250 in ${one.header} is`, String(one.decimalComma), [["true", "1,250 is 1¼"], ["false", "1,250 is 1250"]], (comma) => written({ decimalComma: comma === "true" }))}</span>`;
  }

  #usageCard(usage: UsageReport): TemplateResult {
    const { byDay, byHand, totals, fills, notes, rejected, rows, sentence } = usage;
    const later = ({ name }: UsageRow) => Number(!this.#unmatched.has(name));
    const shown = [...rows].sort((a, b) => later(a) - later(b)).slice(0, 300);
    return html`${this.error ? html`<div class="box wrong" role="alert"><p>${this.error.text}</p></div>` : nothing}
      <p class="muted">${sentence}</p>
      <p class="headline">${fills.length ? html`${count(fills.length, "item")} ${fills.length === 1 ? "gets its" : "get their"} usage, and reach where there was none.` : "No item goes by these names: say below which are meant."}</p>
      ${byDay || byHand ? html`<div class="row">${byDay ? html`<label>The numbers count${select("The numbers count", String(totals), [["false", "People"], ["true", "Events"]], (value) => this.#correctUsage({ totals: value === "true" }))}</label>` : nothing}
        ${byHand || this.usageOptions.overwrite ? html`<label class="with"><input type="checkbox" .checked=${live(Boolean(this.usageOptions.overwrite))} @change=${(event: Event) => this.#correctUsage({ overwrite: (event.target as HTMLInputElement).checked })}> Write over reach given by hand</label>` : nothing}</div>` : nothing}
      <div><h3>What is which item</h3><div class="map usage">${shown.map((row) => this.#usageRow(row))}</div>${rows.length > shown.length ? html`<p class="faint">and ${number(rows.length - shown.length)} more</p>` : nothing}</div>
      ${this.searched.size ? html`<datalist id="items">${this.session.rows({ count: 1000 }).rows.map(({ id, title }) => html`<option value="${id} ${title}"></option>`)}</datalist>` : nothing}
      ${fills.length ? html`<details open><summary>What is filled</summary><ul class="rejected">${fills.map(({ id, title, sentence }) => html`<li><bdi>${title}</bdi> <span class="faint">${id}</span>: ${sentence}</li>`)}</ul></details>` : nothing}
      ${refused(rejected, "be read")}
      <p class="muted">${notes}</p>`;
  }

  #usageRow({ name, used, items, guesses }: UsageRow): TemplateResult {
    const map = (id: string) => {
      this.searched.delete(name);
      this.#correctUsage({ mapping: { ...this.usageOptions.mapping, [name]: id } });
    };
    const { planner } = this.session;
    const titled = (id: string) => planner.item(id, { today: this.session.today }).item.title;
    const label = `${name} is`;
    return html`<span title=${name}><bdi>${name}</bdi></span><span class="c">${used}</span>${this.searched.has(name)
      ? html`<input aria-label=${label} list="items" autocomplete="off" placeholder="Key or title" @change=${(event: Event) => {
        const { value } = event.target as HTMLInputElement;
        const found = this.session.rows({ count: 1000 }).rows.find(({ id, title }) => [id, title, `${id} ${title}`].includes(value.trim()));
        if (found) map(found.id);
      }}>`
      : html`<select aria-label=${label} @change=${(event: Event) => {
        const { value } = event.target as HTMLSelectElement;
        if (value === "?") this.searched = new Set(this.searched).add(name);
        else map(value);
      }}><option value="" ?selected=${!items.length}>No item</option>${items.map((id, k) => html`<option value=${id} ?selected=${!k}>${titled(id)}${items.length > 1 ? ` and ${items.length - 1} more` : ""}</option>`).slice(0, 1)}${guesses.map(({ id, title }) => html`<option value=${id}>${title}?</option>`)}<option value="?">Another item…</option></select>`}`;
  }

  #bars({ history }: ImportReport): TemplateResult {
    const shown = history.slice(-260);
    const most = Math.max(...shown.map((one) => one.finished), 1);
    const [w, h] = [Math.max(2, Math.min(9, Math.floor(520 / shown.length))), 40];
    return html`<svg width=${shown.length * w} height=${h} role="img" aria-label="Finished in each sprint: ${shown.map((one) => number(one.finished)).join(", ")}">${shown.map((one, k) => {
      const high = one.finished > 0 ? Math.max(2, ((h - 2) * one.finished) / most) : 1;
      return svg`<rect x=${k * w} y=${h - high} width=${w > 4 ? w - 2 : w - 0.5} height=${high} rx=${w > 4 ? 1.5 : 0} fill=${one.finished > 0 ? "var(--sea-2)" : "var(--edge)"}><title>${number(one.finished)}</title></rect>`;
    })}</svg>`;
  }

  #guessBox(unit: Unit): TemplateResult {
    const field = (key: "poor" | "usual" | "good", label: string, hint: string) => html`<label>${label}<input class="narrow" inputmode="decimal" autocomplete="off" placeholder=${hint} .value=${live(this.guess[key])}
      aria-describedby=${this.guess.why ? "import-guess-error" : nothing} @change=${(event: Event) => { this.guess = { ...this.guess, [key]: (event.target as HTMLInputElement).value }; if (this.guess.poor && this.guess.good) void this.#read(); }}></label>`;
    return html`<div class="box ask"><p><b>How many ${unit} does the team finish in a sprint?</b> The file has too few finished items to forecast from. A guess will do; every date says that it rests on one.</p>
      <div class="row">${field("poor", "A poor one", "3")}${field("usual", "A usual one", "6")}${field("good", "A good one", "9")}</div>${this.guess.why ? html`<p class="error" id="import-guess-error" role="alert">${this.guess.why}</p>` : nothing}</div>`;
  }
}

const dateOrders: [value: string, label: string][] = [["day-first", "3/4 is 3 April"], ["month-first", "3/4 is 4 March"]];

const select = (label: string, now: string, options: [value: string, label: string][], choose: (value: string) => unknown): TemplateResult => html`<select aria-label=${label} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>${options.map(([value, label]) => html`<option value=${value} ?selected=${value === now}>${label}</option>`)}</select>`;

const refused = (rejected: ImportReport["rejected"], what: string): TemplateResult | typeof nothing => rejected.length ? html`<details open><summary>${count(rejected.length, "row")} cannot ${what}</summary><ul class="rejected">${rejected.slice(0, 200).map((one) => html`<li><b>Line ${one.line}${one.column ? html`, column “${one.column}”` : nothing}</b> ${one.reason}</li>`)}</ul></details>` : nothing;

const weeks = (sprintDays: number): string => (sprintDays % 7 === 0 ? count(sprintDays / 7, "week") : count(sprintDays, "day"));

if (!customElements.get("landfall-import")) customElements.define("landfall-import", ImportDialog);
