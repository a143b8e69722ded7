import { type CSSResultGroup, type PropertyValues, type TemplateResult, css, html, nothing } from "lit";
import { query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { Block, Report, ReportQuery, ReportView } from "../../pkg/landfall.js";
import { define } from "../charts/chart.ts";
import { copy, download, fileName } from "../dom.ts";
import { rove } from "../parts/menu.ts";
import { dated, reason } from "../text.ts";
import { Section } from "./section.ts";

const kinds: [Report, string][] = [["review", "Sprint review"], ["update", "Stakeholder update"], ["roadmap", "Roadmap"]];
/** Their names, what files of them end in, and what browsers call them. */
export const formats: [name: string, label: string, ending: string, type: string][] = [
  ["markdown", "Markdown", "md", "text/markdown"], ["html", "HTML", "html", "text/html"],
  ["confluence", "Confluence storage format", "xml", "application/xml"], ["text", "Plain text", "txt", "text/plain"],
];

/** Sprint review, stakeholder update and roadmap, to read, to copy and to save. */
export class LandfallReports extends Section {
  @state() private kind: Report = "update";
  /** A day of the sprint that is looked back at; blank for the one that the core takes. */
  @state() private sprint = "";
  @state() private format = formats[0]![0];
  @state() private made: { view: ReportView; text: string; html: string; plain: string } | undefined;
  @state() private failure = "";
  @state() private copied = "";
  @query("textarea") private area!: HTMLTextAreaElement;

  #asking: AbortController | undefined;

  static override styles: CSSResultGroup = [Section.styles, css`
    .row { display: flex; flex-wrap: wrap; gap: 6px 8px; align-items: center; margin-top: 10px; }
    .kinds { display: flex; flex-wrap: wrap; gap: 2px; }
    .kinds button { color: var(--muted); } .kinds button:hover { background: var(--hover); }
    .kinds [aria-checked=true] { background: var(--accent-soft); color: var(--accent-text); font-weight: 550; }
    article { margin-top: 10px; padding: 14px 18px 16px; border: 1px solid var(--line); border-radius: 10px; background: var(--panel); overflow-wrap: anywhere; }
    h4 { margin: 0; font-size: 16px; line-height: 22px; } h5 { margin: 14px 0 4px; font-size: 13px; }
    article p + p, article ul + p, article div + p { margin-top: 6px; } article ul { list-style: disc; padding-left: 18px; } article li { margin: 2px 0; }
    b { font-weight: 600; }
    .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
    th, td { padding: 3px 12px 3px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); font-weight: 400; overflow-wrap: break-word; } th { color: var(--muted); }
    td:last-child { min-width: 84px; }
    .row select { width: auto; }
    textarea { margin-top: 8px; height: 110px; font: 11px/16px ui-monospace, monospace; resize: vertical; }
  `];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asking?.abort();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (["session", "today", "revision", "kind", "sprint", "format"].some((name) => changed.has(name))) void this.#make();
  }

  async #make(): Promise<void> {
    const { session, kind, sprint, format } = this;
    this.#asking?.abort();
    if (!session) return;
    const { signal } = (this.#asking = new AbortController());
    const query: ReportQuery = { report: kind, today: this.today, ...(sprint ? { sprint } : {}) };
    this.copied = "";
    try {
      this.made = await session.ready((planner) => ({
        view: planner.report(query), text: planner.export(format, query), html: planner.export("html", query), plain: planner.export("text", query),
      }), { signal });
      this.failure = "";
    } catch (error) {
      if (!signal.aborted) this.failure = reason(error);
    }
  }

  async #copy(text: string, formatted?: string): Promise<void> {
    this.copied = (await copy(text, formatted)) ? "Copied" : "This page may not use the clipboard: the text is selected, copy it with the keyboard";
    if (this.copied !== "Copied") this.area.focus();
  }

  #save(): void {
    const { made } = this;
    const [, , ending, type] = formats.find(([name]) => name === this.format)!;
    if (made) download(fileName(made.view.title, ending), made.text, type);
  }

  override render(): TemplateResult {
    const { made, kind } = this;
    return html`<h3>Reports</h3>
      <div class="kinds" role="radiogroup" aria-label="Report" @keydown=${(event: KeyboardEvent) => rove(event, this.renderRoot.querySelectorAll<HTMLElement>(".kinds button"))?.click()}>${kinds.map(([one, label]) => html`
        <button type="button" role="radio" aria-checked=${one === kind ? "true" : "false"} tabindex=${one === kind ? 0 : -1} @click=${() => { this.kind = one; }}>${label}</button>`)}</div>
      ${this.failure ? html`<p class="error" role="alert">${this.failure}.</p>` : nothing}
      ${made ? html`${kind === "roadmap" ? nothing : this.#sprints(made.view)}
        <article aria-label=${made.view.title}><h4>${made.view.title}</h4>${made.view.blocks.map((one, k) => block(one, made.view.blocks[k - 1]))}</article>
        <div class="row"><button type="button" class="primary" @click=${() => this.#copy(made.plain, made.html)}>Copy</button><span class="muted" role="status">${this.copied}</span></div>
        <div class="row"><select aria-label="Format" .value=${live(this.format)} @change=${(event: Event) => { this.format = (event.target as HTMLSelectElement).value; }}>${formats.map(([name, label]) => html`<option value=${name}>${label}</option>`)}</select>
          <button type="button" class="line" @click=${() => this.#save()}>Save file</button><button type="button" class="line" @click=${() => this.#copy(made.text)}>Copy as text</button></div>
        <textarea readonly aria-label="The report as text" spellcheck="false" .value=${made.text} @focus=${() => this.area.select()}></textarea>`
      : html`<p class="muted" role="status">${this.failure ? "" : "Forecasting…"}</p>`}`;
  }

  // One sprint back, or on to the one after.
  #sprints({ from, to }: ReportView): TemplateResult {
    const day = (date: string, days: number): string => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
    return html`<div class="row"><button type="button" class="line" @click=${() => { this.sprint = day(from, -1); }}>Sprint before</button><button type="button" class="line" ?disabled=${to >= this.today} @click=${() => { this.sprint = day(to, 1); }}>Sprint after</button></div>`;
  }
}

/** A part of a report; `over` stands above a table, on every page that it takes. */
export function block(one: Block, above: Block | undefined, over?: string): TemplateResult {
  switch (one.type) {
    case "heading": return html`<h5>${one.text}</h5>`;
    case "paragraph": return html`<p>${dated(one.text)}</p>`;
    case "list": return html`<ul>${one.points.map((text) => html`<li>${dated(text)}</li>`)}</ul>`;
    case "table": {
      const [head = [], ...rows] = one.rows;
      return html`<div class="scroll" tabindex="0" role="region" aria-label=${above?.type === "heading" ? above.text : head.join(", ")}><table><thead>${over && rows.length > 12 ? html`<tr><th class="over" colspan=${head.length}>${over}</th></tr>` : nothing}<tr>${head.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead>
        <tbody>${rows.map((cells) => html`<tr>${cells.map((text) => html`<td>${text}</td>`)}</tr>`)}</tbody></table></div>`;
    }
  }
}

define("landfall-reports", LandfallReports);
