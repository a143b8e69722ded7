import { type CSSResultGroup, type TemplateResult, css, html, nothing } from "lit";
import { query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { PlanDocument, Rows, Summary } from "../../pkg/landfall.js";
import { LONGEST, intoPng, linkOf, token } from "../carry.ts";
import { axisHeader, strip } from "../charts/strip.ts";
import { define } from "../charts/chart.ts";
import { copy, download, fileName, place } from "../dom.ts";
import { draw, png, svgText } from "../picture.ts";
import { formats as reports } from "../tell/reports.ts";
import { capital, count, dated, number, spoken } from "../text.ts";
import { objectiveColour } from "../tokens.ts";
import { rove } from "./menu.ts";
import { Sheet } from "./sheet.ts";

const ways = { link: "Link", file: "File", picture: "Picture", table: "Table", print: "Print" };
/** A way to hand the plan on. */
export type Way = keyof typeof ways;

const tables = ["CSV with everything", "CSV for Jira", "CSV for Linear", "CSV for Azure DevOps", "CSV for GitHub"];
const formats: typeof reports = [
  ["json", "Landfall file", "json", "application/json"],
  ...["csv", "jira-csv", "linear-csv", "azure-csv", "github-csv"].map((name, k): (typeof reports)[0] => [name, tables[k]!, "csv", "text/csv"]),
  ...reports,
];

/** What the plan as a picture shows of its list. */
const ROWS = 15;
const STRIP = 440;

interface Made {
  text: string;
  notes: string[];
  /** What is copied beside the text. */
  formatted?: string;
  picture?: SVGSVGElement;
  /** What a PNG of it carries. */
  carried?: string;
}

/** The plan for others: as a link, a file, a picture, a table, on paper. Each has a text to copy where a page may do no more. */
export class ShareDialog extends Sheet {
  @state() private format = "json";
  /** Whether what shows the plan carries it as well. */
  @state() private inside = true;
  @state() private made: Made | undefined;
  @state() private said = "";
  @state() private slide: { summary: Summary; rows: Rows } | undefined;
  @query("textarea") private area!: HTMLTextAreaElement | null;

  #figure: HTMLElement | undefined;
  #turn = 0;

  static override styles: CSSResultGroup = [Sheet.styles, css`
    .kinds { display: flex; flex-wrap: wrap; gap: 2px; } .kinds button { color: var(--muted); } .kinds button:hover { background: var(--hover); }
    .kinds [aria-checked=true] { background: var(--accent-soft); color: var(--accent-text); font-weight: 550; }
    textarea { height: 96px; font: 11px/16px ui-monospace, monospace; word-break: break-all; } .lines { white-space: pre; }
    .seen > svg { width: 100%; height: auto; border: 1px solid var(--line); }
    .slide { position: fixed; left: -3000px; width: 1100px; } .slide > * { margin-bottom: 8px; } h4 { font-size: 20px; line-height: 28px; } .lead { font-size: 16px; line-height: 24px; } .slide b { font-weight: inherit; }
    .slide li, .item { display: flex; gap: 8px; align-items: center; }
    .at { display: grid; grid-template-columns: 28px minmax(0, 1fr) 96px ${STRIP}px; gap: 12px; align-items: center; border-bottom: 1px solid var(--line); } .slide .at { margin: 0; }
    .at text { font-size: 11px; fill: var(--muted); } .at .flag text { fill: var(--warn); } .late { color: var(--bad); }
  `];

  /** Opens it; with a figure, to make a picture of that one. */
  async share(way: Way = "link", figure?: HTMLElement): Promise<void> {
    this.#figure = figure;
    await this.open(figure ? "picture" : way);
    await this.#make();
  }

  protected override begin(): void {
    this.made = undefined;
  }

  protected override confirm(): void {
    this.renderRoot.querySelector<HTMLElement>(".actions .primary")?.click();
  }

  protected override get first(): HTMLElement | null {
    return this.renderRoot.querySelector(".kinds [tabindex='0']");
  }

  async #make(): Promise<void> {
    const turn = ++this.#turn;
    this.made = this.wrong = this.slide = undefined;
    this.said = "";
    try {
      const made = await this.#hand(this.item as Way);
      if (turn === this.#turn) this.made = made;
    } catch (error) {
      if (turn === this.#turn) this.refuse(error);
    }
    this.slide = undefined;
  }

  #hand(way: Way): Promise<Made> | Made {
    switch (way) {
      case "link": return this.#link();
      case "file": return this.#file();
      case "picture": return this.#draw();
      case "table": return this.#table();
      case "print": return { text: "", notes: ["The headline, the objectives and the whole list, black on white."] };
    }
  }

  get #document(): PlanDocument {
    return this.session.planner.toJSON();
  }

  async #link(): Promise<Made> {
    const { link, short } = await linkOf(this.#document).catch(() => { throw new Error("this browser cannot compress, so it makes no links: hand on the file"); });
    const length = `${number(link.length)} characters`;
    if (link.length > LONGEST) return { text: "", notes: [`The link would have ${length}. Mail and chat cut links above ${number(LONGEST)}: hand on the file.`] };
    const notes = [`${length}. All of the plan is in it, notes and promises too, and no server sees it. Whoever opens it finds it beside their own plan.`];
    if (short) notes.push("To be short it leaves out the kept forecasts, which say why dates moved.");
    if (location.protocol === "file:") notes.push("This page lies on your disk: others paste the link into Import.");
    return { text: link, notes };
  }

  async #file(): Promise<Made> {
    const { session, format } = this;
    const text = await session.ready((planner) => planner.export(format, { today: session.today }));
    const notes = format === "json" ? ["Holds all of the plan: opened anywhere, it is the same. Each change to it is one line, so that a repository shows what changed."] : session.planner.exportNotes(format, undefined);
    return { text: this.#carrying(text), notes };
  }

  async #table(): Promise<Made> {
    const { session } = this;
    const [page, view] = await session.ready((planner) => [planner.export("html", { today: session.today }), planner.report({ today: session.today })] as const);
    const rows = view.blocks.flatMap((block) => (block.type === "table" ? block.rows : [])).slice(-session.summary.counts.work - 1);
    return { text: rows.map((row) => row.map(plain).join("\t")).join("\n"), formatted: this.#carrying(page), notes: ["For a wiki, a mail or a sheet."] };
  }

  async #draw(): Promise<Made> {
    const { session, inside } = this;
    const { today } = session;
    const figure = this.#figure;
    if (!figure) {
      this.slide = await session.ready((planner) => ({ summary: planner.summary({ today }), rows: planner.rows({ count: ROWS, today }) }));
      await this.updateComplete;
    }
    const { name, headline, scenario } = session.summary;
    const root = figure ?? this.renderRoot.querySelector<HTMLElement>(".slide")!;
    const asOf = `${name}, as of ${spoken(today, today)} ${today.slice(0, 4)}${scenario ? `, in the scenario ${scenario}` : ""}`;
    const picture = draw(root, name, figure?.querySelector("figcaption")?.textContent!.trim() ?? headline, asOf);
    const carried = inside ? await token(this.#document).catch(() => "") : "";
    const notes = [!inside ? "" : carried ? "Dropped in Landfall, a saved picture is the plan again, notes and promises too; a copied one is not." : "This browser cannot compress: the plan is left out."].filter(Boolean);
    return { text: svgText(picture, carried), picture, carried, notes };
  }

  #carrying(page: string): string {
    return this.inside ? page : page.replace(/ data-landfall="[^"]*"/, "");
  }

  async #copy(): Promise<void> {
    this.#tell(await copy(this.made!.text, this.made!.formatted));
  }

  #tell(done: boolean, refused = "This page may not use the clipboard: the text is selected, copy it with the keyboard"): void {
    this.said = done ? "Copied" : refused;
    if (done) return;
    this.area!.focus();
    this.area!.select();
  }

  /** Offers a file named after the plan. */
  #save(ending: string, type: string, content: string | Blob | Uint8Array = this.made!.text): void {
    download(fileName(this.session.summary.name, ending), content, type);
  }

  async #png(save: boolean): Promise<void> {
    const { picture, carried } = this.made!;
    try {
      const bytes = await png(picture!);
      if (save) this.#save("png", "image/png", carried ? intoPng(bytes, carried) : bytes);
      else await navigator.clipboard.write([new ClipboardItem({ "image/png": new Blob([bytes as BlobPart], { type: "image/png" }) })]);
      this.said = save ? "" : "Copied";
    } catch {
      this.#tell(false, "No PNG can be made or copied here: the picture as SVG text is selected");
    }
  }

  #choose(way: string): void {
    this.item = way;
    this.#figure = undefined;
    void this.#make();
  }

  override render(): TemplateResult {
    if (!this.item) return html``;
    const { item: way, made, slide } = this;
    const carries = way === "picture" || way === "table" || (way === "file" && this.format === "html");
    return this.frame("Share the plan", html`
      <div class="kinds" role="radiogroup" aria-label="How" @keydown=${(event: KeyboardEvent) => rove(event, this.renderRoot.querySelectorAll<HTMLElement>(".kinds button"))?.click()}>${Object.entries(ways).map(([one, label]) => html`
        <button type="button" role="radio" aria-checked=${one === way ? "true" : "false"} tabindex=${one === way ? 0 : -1} @click=${() => this.#choose(one)}>${label}</button>`)}</div>
      ${way === "file" ? html`<select aria-label="Format" .value=${live(this.format)} @change=${(event: Event) => { this.format = (event.target as HTMLSelectElement).value; void this.#make(); }}>${formats.map(([name, label]) => html`<option value=${name}>${label}</option>`)}</select>` : nothing}
      ${carries ? html`<label class="row"><input type="checkbox" .checked=${live(this.inside)} @change=${() => { this.inside = !this.inside; void this.#make(); }}>With the plan inside, so that Landfall can open it</label>` : nothing}
      ${made?.picture ? html`<div class="seen">${made.picture}</div>` : nothing}
      ${made?.notes.length ? html`<ul class="note">${made.notes.map((text) => html`<li>${text}</li>`)}</ul>` : nothing}
      ${made?.text ? html`<textarea class=${way === "link" ? nothing : "lines"} readonly aria-label="The plan as text" spellcheck="false" .value=${made.text} @focus=${() => this.area!.select()}></textarea>` : nothing}
      ${made || this.wrong ? nothing : html`<p class="muted" role="status">Forecasting…</p>`}
      ${slide ? this.#slide(slide.summary, slide.rows) : nothing}`, html`${made ? this.#buttons(way as Way, made) : nothing}<span class="muted" role="status">${this.said}</span>`);
  }

  #buttons(way: Way, { text }: Made): TemplateResult {
    const button = (label: string, run: () => unknown, kind = "line") => html`<button class=${kind} @click=${run}>${label}</button>`;
    const [, , ending, type] = formats.find(([name]) => name === this.format)!;
    switch (way) {
      case "link": return text ? button("Copy link", () => this.#copy(), "primary") : button("Save a file", () => this.#choose("file"), "primary");
      case "file": return html`${button("Save file", () => this.#save(ending, type), "primary")}${button("Copy as text", () => this.#copy())}`;
      case "picture": return html`${button("Save PNG", () => this.#png(true), "primary")}${button("Save SVG", () => this.#save("svg", "image/svg+xml"))}${button("Copy picture", () => this.#png(false))}${button("Copy SVG", () => this.#copy())}`;
      case "table": return button("Copy table", () => this.#copy(), "primary");
      case "print": return button("Print", () => { this.shut(); window.print(); }, "primary");
    }
  }

  // The plan for a slide: laid out out of sight, and drawn from there.
  #slide({ name, headline, objectives, today, counts }: Summary, { rows, axis }: Rows): TemplateResult {
    const dues = objectives.flatMap(({ objective: { due: date, name } }) => (date ? [{ date, name }] : []));
    const dot = (k: number) => html`<i class="dot" ${place({ background: k < 0 ? "none" : objectiveColour(k) })}></i>`;
    const rest = counts.work - rows.length;
    return html`<div class="slide" aria-hidden="true"><h4>${name}</h4><p class="lead">${dated(headline)}</p>
      <ul>${objectives.slice(0, 5).map(({ sentence }, k) => html`<li>${dot(k)}${capital(sentence)}</li>`)}</ul>
      <div class="at muted"><span></span><span>Item</span><span>85 % sure by</span>${axisHeader(axis, STRIP, { objectives: dues, today })}</div>
      ${rows.map((row) => {
        const k = objectives.findIndex(({ objective }) => objective.id === row.objective);
        const due = objectives[k]?.objective.due;
        const { p85 } = row.lands ?? {};
        return html`<div class="at"><span class="muted">${row.rank ?? ""}</span><span class="item">${dot(k)}<span class="cut">${row.title}</span></span><span class=${due && p85 && p85 > due ? "late" : ""}>${p85 ? spoken(p85, today) : "later"}</span>${row.lands ? strip(row.lands, axis, { width: STRIP, height: 29, today, objectives: dues, due }) : nothing}</div>`;
      })}
      <p class="muted">${rest > 0 ? `and ${count(rest, "item")} more. ` : ""}Bars run from 15 % over half sure to the tick at 85 %, the line to 95 %.</p></div>`;
  }
}

// A cell stays one, and text: a sheet takes what begins like this, in quotes too, for a formula, and runs it.
const plain = (text: string): string => (/^[\s\p{C}"]*[=+\-@＝＋－＠|]/u.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text).replace(/[\t\r\n]+/g, " ");

define("landfall-share", ShareDialog);
