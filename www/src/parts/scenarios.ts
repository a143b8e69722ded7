import { type TemplateResult, css, html, nothing } from "lit";
import { state } from "lit/decorators.js";
import type { Comparison, Shift } from "../../pkg/landfall.js";
import { define, sentence } from "../charts/chart.ts";
import { reason, spoken } from "../text.ts";
import { Sheet } from "./sheet.ts";

/** The items that are listed. */
const LISTED = 100;

/** All scenarios in one table, and one of them in full: every item, objective, epic and sprint with its shift. */
export class ScenariosDialog extends Sheet {
  static override styles = [Sheet.styles, css`
    @media (min-width: 601px) { dialog { width: min(940px, calc(100vw - 24px)); } }
    .wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
    th, td { text-align: left; font-weight: 400; padding: 5px 14px 5px 0; vertical-align: baseline; border-bottom: 1px solid var(--line); } th { color: var(--muted); font-size: 12px; white-space: nowrap; } td { white-space: nowrap; }
    td.name { white-space: normal; min-width: 130px; } .later { color: var(--warn); font-weight: 600; } .earlier { color: var(--accent-text); font-weight: 600; }
    tr[aria-current] td { background: var(--hover); } td small { display: block; color: var(--muted); font-size: 12px; line-height: 17px; } td button { margin: -3px -8px; min-height: 26px; padding: 0 8px; text-align: left; }
    h3 { margin-top: 10px; }
  `];

  @state() private all: Comparison[] = [];
  @state() private chosen = "";
  @state() private busy = false;
  #asking: AbortController | undefined;

  protected begin(): void {
    this.all = [];
    this.chosen = this.session.scenario ?? "";
    void this.#compare();
  }

  protected confirm(): void {
    this.shut();
  }

  protected override shut(): void {
    this.#asking?.abort();
    super.shut();
  }

  protected override get first(): HTMLElement | null {
    return this.renderRoot.querySelector("[aria-label=Close]");
  }

  async #compare(): Promise<void> {
    const { session } = this;
    this.#asking?.abort();
    const { signal } = (this.#asking = new AbortController());
    this.busy = true;
    try {
      for (const { name } of session.summary.scenarios) {
        const one = await session.ready((planner) => planner.compare(name, { today: session.today }), { signal });
        this.all = [...this.all, one];
        this.chosen ||= name;
      }
    } catch (error) {
      if (!signal.aborted) this.wrong = { why: reason(error), path: "" };
    }
    if (!signal.aborted) this.busy = false;
  }

  #day(date: string | null): string {
    return date == null ? "no date" : spoken(date, this.session.today);
  }

  #shift(shift: Shift, p: 50 | 85 = 85): TemplateResult {
    const [days, text] = p === 85 ? [shift.days85, shift.text] : [shift.days50, shift.text50];
    return html`<span class=${(days ?? 0) > 0 || text === "no date" ? "later" : (days ?? 0) < 0 || text === "a date" ? "earlier" : "muted"}>${text}</span>`;
  }

  override render() {
    const { all, session } = this;
    const objectives = all[0]?.objectives.filter(({ chance }) => chance != null) ?? [];
    const one = all.find(({ scenario }) => scenario === this.chosen);
    return this.frame("Scenarios beside the plan", html`
      ${session && !session.summary.scenarios.length ? html`<p class="note">No scenario yet. Ask “what if” of an item, from its menu or with W: everything is shown as it would be, and the plan stays as it is.</p>` : nothing}
      ${all.length ? html`<div class="wide" tabindex="0" role="region" aria-label="All scenarios"><table><caption class="sr">All scenarios</caption><thead><tr><th scope="col">Scenario</th><th scope="col">Everything, 85 % sure by</th>${objectives.map(({ name }) => html`<th scope="col">${name}</th>`)}<th scope="col">Delay costs</th></tr></thead><tbody>
        <tr><td class="name">The plan</td><td>${this.#day(all[0]!.total.before.p85)}</td>${objectives.map(({ chanceText }) => html`<td>${chanceText![0]}</td>`)}<td></td></tr>
        ${all.map((row) => html`<tr aria-current=${row === one ? "true" : nothing}><td class="name"><button class="quiet" @click=${() => { this.chosen = row.scenario; }}>${row.scenario}</button></td>
          <td>${this.#day(row.total.after.p85)} ${this.#shift(row.total)}</td>${objectives.map(({ id }) => html`<td>${row.objectives.find((other) => other.id === id)?.chanceText?.[1] ?? "—"}</td>`)}<td>${row.delay?.text ?? "—"}</td></tr>`)}
      </tbody></table></div>` : nothing}
      ${this.busy ? html`<p class="note" role="status">Comparing…</p>` : nothing}
      ${one ? this.#one(one) : nothing}`,
    html`${one && session.scenario !== one.scenario ? html`<button class="primary" @click=${() => { session.enter(one.scenario); this.shut(); }}>Show ${one.scenario}</button>` : nothing}<button class="line" @click=${() => this.shut()}>Close</button>`);
  }

  #one(one: Comparison): TemplateResult {
    const table = (title: string, rows: { name: unknown; shift: Shift; more?: unknown }[]) => rows.length ? html`<h3>${title}</h3><div class="wide" tabindex="0" role="region" aria-label=${title}><table><caption class="sr">${title}</caption><thead><tr><th scope="col">What</th><th scope="col">At 50 %</th><th scope="col">85 % sure by</th><th scope="col">Shift</th></tr></thead>
      <tbody>${rows.map(({ name, shift, more }) => html`<tr><td class="name">${name}${more ?? nothing}</td><td>${this.#shift(shift, 50)}</td><td>${this.#day(shift.before.p85)} → ${this.#day(shift.after.p85)}</td><td>${this.#shift(shift)}</td></tr>`)}</tbody></table></div>` : nothing;
    const marks = { "moved": "", "added": "added", "left-out": "left out" } as const;
    return html`<p>${sentence(one.sentence)}</p>
      ${table("Objectives", one.objectives.filter(({ shift }) => shift.before.p85 ?? shift.after.p85).map(({ name, shift, chanceText }) => ({ name, shift, more: chanceText ? html`<small>${chanceText[0]} → ${chanceText[1]} likely in time</small>` : nothing })))}
      ${table("Epics", one.epics.map(({ id, title, shift }) => ({ name: html`<span class="faint">${id}</span> ${title}`, shift })))}
      ${table("Items", one.items.slice(0, LISTED).map(({ id, title, shift, change }) => ({ name: html`<span class="faint">${id}</span> ${title}`, shift, more: marks[change] ? html`<small>${marks[change]}</small>` : nothing })))}
      <p class="note">${one.items.length > LISTED ? `and ${one.items.length - LISTED} more; ` : ""}${one.unchanged} ${one.unchanged === 1 ? "item lands" : "items land"} as before</p>
      <h3>Sprints</h3><div class="wide" tabindex="0" role="region" aria-label="Sprints"><table><caption class="sr">Sprints</caption><thead><tr><th scope="col">Sprint to</th><th scope="col">Items 85 % sure in the plan</th><th scope="col">with ${one.scenario}</th></tr></thead>
        <tbody>${one.sprints.map(({ end, before, after }) => html`<tr><td>${this.#day(end)}</td><td>${before}</td><td class=${after < before ? "later" : after > before ? "earlier" : ""}>${after}</td></tr>`)}</tbody></table></div>`;
  }
}

define("landfall-scenarios", ScenariosDialog);
