import { type CSSResultGroup, type TemplateResult, css, html, nothing } from "lit";
import { state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { Command, Filter, Objective, ObjectiveView, Reading, Row } from "../../pkg/landfall.js";
import { define } from "../charts/chart.ts";
import "../charts/readings.ts";
import { place } from "../dom.ts";
import type { Form } from "../parts/form.ts";
import { Lens, freshId, read, readOne, readSigned, signed } from "../parts/lens.ts";
import { count, dated, number, percent, readUncertain, reason, spoken, uncertain } from "../text.ts";
import { objectiveColour } from "../tokens.ts";

/** Rows beyond these are folded away; in a long plan, where each takes longer to look up, more of them are. */
const SHOWN = 8;
const FEW = 3;
const LONG = 2000;
/** No more than these are ever shown. */
const MOST = 200;

/** The outcomes, where their metrics stand, and the items that serve them. */
export class ObjectivesLens extends Lens {
  @state() private unfolded = new Set<string>();
  @state() private unserving = false;

  static override styles: CSSResultGroup = [Lens.styles, css`
    section { padding: 14px 0 16px; border-top: 1px solid var(--line); margin-top: 10px; }
    section > header { display: flex; flex-wrap: wrap; align-items: center; gap: 0 8px; }
    section > header h3 { font-size: 15px; line-height: 22px; font-weight: 620; letter-spacing: -.01em; }
    section > header span:not(.grow) { color: var(--muted); }
    .facts { display: flex; flex-wrap: wrap; gap: 4px 28px; margin: 8px 0; }
    .facts dt { font-size: 11px; line-height: 15px; color: var(--muted); } .facts dd { font-weight: 600; display: flex; align-items: center; gap: 8px; }
    .track { width: 72px; height: 4px; border-radius: 2px; background: var(--sea-3); overflow: hidden; } .track i { display: block; height: 100%; background: var(--sea-1); }
    landfall-readings { margin-top: 10px; }
    table { border-collapse: collapse; width: 100%; table-layout: fixed; margin-top: 10px; }
    th { font-weight: 400; font-size: 12px; color: var(--muted); text-align: left; } th, td { padding: 2px 0; border-bottom: 1px solid var(--line); height: 30px; }
    th:nth-child(2), td.effect { width: 116px; padding-left: 10px; } th:nth-child(3), td.date { width: 88px; text-align: right; white-space: nowrap; }
    td.effect { position: relative; } td.effect input { border-color: transparent; background: none; min-height: 26px; } td.effect input:hover { border-color: var(--edge); } td.effect input:focus { background: var(--panel); }
    .pop { position: absolute; right: 0; top: 100%; z-index: 4; width: max-content; max-width: 260px; background: var(--raised); border: 1px solid var(--bad); border-radius: 6px; padding: 4px 8px; box-shadow: 0 6px 20px var(--shade); }
    tr.past td { color: var(--muted); height: auto; vertical-align: top; } tr.past p { padding: 0 0 4px 2px; font-size: 12px; line-height: 17px; }
    td select { width: 100%; } td.serves { width: min(220px, 44%); padding-left: 10px; }
    .more { margin-top: 4px; }
    textarea { resize: vertical; min-height: 84px; }
    .field.all { flex: 1 1 100%; }
    @container (min-width: 720px) {
      .both { display: grid; grid-template-columns: minmax(0, 1fr) minmax(260px, 34%); gap: 0 32px; align-items: start; }
      landfall-readings { margin-top: 2px; }
    }
  `];

  protected override tell(command: Command): string {
    const named = (id: string | null | undefined): string => this.session.summary.objectives.find((one) => one.objective.id === id)?.objective.name ?? "";
    switch (command.type) {
      case "removeObjective": return `Removed ${this.#removing}`;
      case "setObjective": return `${command.objective.name}: kept`;
      case "editItems": return `${count(command.ids.length, "item")} now serve ${named(command.patch?.objective)}`;
      case "editItem": return "objective" in command.patch ? `${command.id} now serves ${named(command.patch.objective)}` : `${command.id}: ${command.patch.effect == null ? "no effect is expected" : `expected to move its metric by ${signed(command.patch.effect)}`}`;
      default: return "Done";
    }
  }

  // What is said of an objective that is gone.
  #removing = "";

  override render(): TemplateResult {
    const { summary: { objectives, counts }, readonly } = this.session;
    const adding = this.editing === "new";
    const form = adding ? html`<div class="asked">${this.#form(undefined)}</div>` : nothing;
    if (!objectives.length) {
      return html`<div class="empty"><h2>No objectives yet</h2>
        <p>${readonly ? "This plan names no outcomes that its items serve." : "An objective is an outcome, not an output: what is measured, where it should be, and by when. Every item can then say how much of it it should move."}</p>
        ${readonly || adding ? nothing : this.opener("new", "Add the first objective", "primary")}${form}</div>`;
    }
    return html`
      <div class="lead"><p>${count(objectives.length, "objective")}, ${count(counts.work - counts.unserving, "open item")} serving them.</p>${readonly ? nothing : this.opener("new", "Add an objective")}</div>
      ${form}
      ${repeat(objectives, ({ objective }) => objective.id, (view, k) => this.#objective(view, k))}
      ${this.#unserving(counts.unserving)}`;
  }

  #objective(view: ObjectiveView, k: number): TemplateResult {
    const { objective, outcome, open, done } = view;
    const { id, name, due, worth, readings } = objective;
    const { readonly, today } = this.session;
    const facts: [string, TemplateResult | string][] = [
      ...(outcome.progress == null ? [] : [["Progress", html`${percent(Math.round(outcome.progress * 100) / 100)}<span class="track"><i ${place({ width: `${Math.min(1, outcome.progress) * 100}%` })}></i></span>`] as [string, TemplateResult]]),
      ...(view.chanceText == null ? [] : [["Work on time", view.chanceText] as [string, string]]),
      ["Items", `${number(open)} open, ${number(done)} done`],
      ...(worth == null ? [] : [["Worth", uncertain(worth, (n) => n.toLocaleString("en-GB"))] as [string, string]]),
    ];
    return html`<section aria-labelledby="name-${k}">
      <header><i class="dot" ${place({ background: objectiveColour(k) })}></i><h3 id="name-${k}">${name}</h3><span>${[objective.metric, due == null ? "" : `due ${spoken(due, today)}`].filter(Boolean).join(" · ")}</span><span class="grow"></span>
        ${readonly ? nothing : html`${this.opener(`reading ${id}`, "Add a reading", "soft", `Add a reading of ${name}`)}${this.opener(`edit ${id}`, "Edit", "soft", `Edit ${name}`)}`}</header>
      ${this.editing === `reading ${id}` ? html`<div class="asked">${this.#reading(objective)}</div>` : this.editing === `edit ${id}` ? html`<div class="asked">${this.#form(view)}</div>` : nothing}
      <div class="both"><div>
        <dl class="facts">${facts.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
        <p>${dated(reason(view.sentence))}.</p>
        ${this.#items(view)}
      </div>
      ${readings?.length ? html`<landfall-readings .view=${view} .today=${today}></landfall-readings>`
        : html`<p class="note">${outcome.sentence ? html`${dated(reason(outcome.sentence))}. ` : nothing}${readonly ? "No reading yet." : "No reading yet: add what the metric shows today, and the line begins."}</p>`}</div>
    </section>`;
  }

  // ---- the items under it

  #items({ objective: { id, name }, open, done }: ObjectiveView): TemplateResult | typeof nothing {
    if (open + done === 0) return html`<p class="note">No item serves it yet: pick it in an item's panel, or below.</p>`;
    const { session } = this;
    const whole = this.unfolded.has(id);
    const first = whole ? MOST : session.summary.counts.all > LONG ? FEW : SHOWN;
    const list = (filter: Filter, most: number): Row[] => (most > 0 ? session.rows({ filter: { objective: id, ...filter }, count: most }).rows : []);
    const work = list({}, first);
    const past = list({ show: "done" }, whole ? MOST : Math.min(first - work.length, FEW));
    const hidden = open + done - work.length - past.length;
    return html`<table aria-label="Items that serve ${name}">
        <thead><tr><th scope="col">Item</th><th scope="col">Expected effect</th><th scope="col">85 % by${session.stale ? " (before)" : ""}</th></tr></thead>
        <tbody>${repeat(work, (row) => row.id, (row) => html`<tr><td>${this.link(row.id, row.title)}</td><td class="effect">${this.#effect(row)}</td>
          <td class="date">${row.lands?.p85 == null ? html`<span class="muted">${row.lands ? "later" : "—"}</span>` : spoken(row.lands.p85, session.today)}</td></tr>`)}
        ${repeat(past, (row) => row.id, (row) => {
          const { effect } = session.item(row.id);
          return html`<tr class="past"><td colspan="2">${this.link(row.id, row.title)}${effect ? html`<p>${dated(reason(effect))}.</p>` : nothing}</td><td class="date">${row.finished ? `done ${spoken(row.finished, session.today)}` : "done"}</td></tr>`;
        })}</tbody></table>
      ${hidden > 0 || whole ? html`<button class="link more" aria-expanded=${whole ? "true" : "false"} @click=${() => { const next = new Set(this.unfolded); if (!next.delete(id)) next.add(id); this.unfolded = next; }}>${whole ? "Show fewer" : `Show all ${number(open + done)}`}</button>${whole && hidden > 0 ? html` <span class="note">${number(hidden)} more are in the list.</span>` : nothing}` : nothing}`;
  }

  #effect({ id, title }: Row): TemplateResult {
    const { session } = this;
    const old = session.item(id).item.effect;
    const shown = signed(old);
    if (session.readonly) return html`${shown || "—"}`;
    const field = `effect-${id}`;
    const wrong = this.refused?.field === field ? this.refused : undefined;
    const done = (input: HTMLInputElement): void => {
      const text = input.value.trim();
      if (text === shown) this.refused = wrong ? undefined : this.refused;
      else if (this.take(field, input.value, () => ({ type: "editItem", id, patch: { effect: readSigned(text, "effect") } }))) input.value = signed(session.item(id).item.effect);
    };
    return html`<input aria-label="Effect expected of ${title}" placeholder="—" autocomplete="off" .value=${live(wrong?.text ?? shown)} aria-invalid=${wrong ? "true" : "false"} aria-describedby=${wrong ? "effect-error" : nothing}
        @change=${(event: Event) => done(event.target as HTMLInputElement)}
        @keydown=${(event: KeyboardEvent) => {
          const input = event.target as HTMLInputElement;
          if (event.key === "Enter") { input.blur(); input.focus(); }
          else if (event.key === "Escape" && (wrong || input.value !== shown)) {
            event.stopPropagation();
            input.value = shown;
            if (wrong) this.refused = undefined;
          }
        }}>${wrong ? html`<span class="pop error" id="effect-error" role="alert">${wrong.why}</span>` : nothing}`;
  }

  // ---- items that serve none

  #unserving(n: number): TemplateResult | typeof nothing {
    if (n === 0) return nothing;
    const { session } = this;
    const { objectives } = session.summary;
    const chooser = (label: string, choose: (objective: string) => void): TemplateResult => html`<select aria-label=${label} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      <option value="">No objective</option>${objectives.map(({ objective }) => html`<option value=${objective.id}>${objective.name}</option>`)}</select>`;
    const rows = this.unserving ? session.rows({ filter: { show: "unserving" }, count: MOST }).rows : [];
    const error = this.refused?.field === "serve" ? html`<p class="error" role="alert">${this.refused.why}</p>` : nothing;
    return html`<section aria-label="Items that serve no objective">
      <button class="link" aria-expanded=${this.unserving ? "true" : "false"} @click=${() => { this.unserving = !this.unserving; }}>${count(n, "item serves", "items serve")} no objective</button>${error}
      ${this.unserving ? html`<table><thead><tr><th scope="col">Item</th><td class="serves">${session.readonly || n < 2 ? nothing : chooser(`Objective for all ${n}`, (objective) => this.take("serve", "", () => ({
        type: "editItems", ids: session.rows({ filter: { show: "unserving" } }).rows.map(({ id }) => id), patch: { objective },
      })))}</td></tr></thead>
        <tbody>${repeat(rows, (row) => row.id, (row) => html`<tr><td>${this.link(row.id, row.title)}</td><td class="serves">${session.readonly ? nothing
          : chooser(`Objective of ${row.title}`, (objective) => this.take("serve", "", () => ({ type: "editItem", id: row.id, patch: { objective } })))}</td></tr>`)}</tbody></table>
        ${n > rows.length ? html`<p class="note">The first ${number(rows.length)} of ${number(n)}.</p>` : nothing}` : nothing}</section>`;
  }

  // ---- forms

  #form(view: ObjectiveView | undefined): TemplateResult {
    const old = view?.objective;
    const text = (value: number | null | undefined): string => (value == null ? "" : number(value).replaceAll(",", ""));
    const n = view ? view.open + view.done : 0;
    this.#removing = old ? `${old.name}${n ? `; ${n === 1 ? "its item serves" : `its ${number(n)} items serve`} no objective now` : ""}` : "";
    return this.form({
      ...(view ? {} : { title: "A new objective" }),
      fields: this.quiet(html`
        <div class="field name">${this.field("Outcome", "name", old?.name ?? "", { placeholder: "Leads +20 %" })}</div>
        <div class="field name">${this.field("Metric", "metric", old?.metric ?? "", { placeholder: "leads a month" })}</div>
        ${this.field("Target", "target", text(old?.target), { numeric: true, placeholder: "1200" })}
        ${this.field("Due", "due", old?.due ?? "", { type: "date" })}
        ${this.field("Worth, in money", "worth", uncertain(old?.worth, text), { placeholder: "50k or 40k–80k" })}
        <div class="field all"><label for="readings">Readings: a date and a value on every line</label>
          <textarea id="readings" name="readings" rows="4" aria-describedby="wrong-readings" placeholder="${this.today} 1046" .defaultValue=${(old?.readings ?? []).map(({ date, value }) => `${date} ${text(value)}`).join("\n")}></textarea>${this.error("readings")}</div>
        ${n ? html`<p class="note">Taken out, ${n === 1 ? "its item serves" : `its ${number(n)} items serve`} no objective any more.</p>` : nothing}`),
      read: (form) => ({ type: "setObjective", objective: objectiveOf(form, old?.id ?? freshId("O", this.session.summary.objectives.map(({ objective }) => objective.id))) }),
      save: view ? "Save" : "Add",
      remove: old ? { type: "removeObjective", id: old.id } : undefined,
    });
  }

  #reading(objective: Objective): TemplateResult {
    return this.form({
      fields: this.quiet(html`${this.field(objective.metric || "Value", "value", "", { numeric: true, placeholder: "1046" })}${this.field("On", "date", this.today, { type: "date" })}`),
      read: (form) => {
        const reading: Reading = { date: form.date("date"), value: read("value", () => readOne(form.text("value"), "reading")) };
        return { type: "setObjective", objective: { ...objective, readings: ordered([...(objective.readings ?? []).filter(({ date }) => date !== reading.date), reading]) } };
      },
      save: "Add",
    });
  }
}

const ordered = (readings: Reading[]): Reading[] => readings.toSorted((a, b) => (a.date < b.date ? -1 : 1));

function objectiveOf(form: Form, id: string): Objective {
  const [metric, target, due] = [form.text("metric"), form.text("target"), form.text("due")];
  const worth = read("worth", () => readUncertain(form.text("worth"), "worth"));
  const readings = read("readings", () => form.text("readings").split("\n").filter((line) => line.trim()).map((line): Reading => {
    const [, date, value] = /^\s*(\d{4}-\d\d-\d\d)[\s,;:]+(\S.*)$/.exec(line) ?? [];
    if (date === undefined) throw new Error(`found “${line.trim()}”: write a date and a value, like 2026-11-23 1046`);
    return { date, value: readOne(value!, "reading") };
  }));
  const name = form.text("name");
  return read("name", () => {
    if (!name) throw new Error("say what should come true, in a few words");
    return {
      id, name,
      ...(metric ? { metric } : {}), ...(target ? { target: read("target", () => readOne(target, "target")) } : {}), ...(due ? { due: form.date("due") } : {}),
      ...(worth == null ? {} : { worth }), ...(readings.length ? { readings: ordered(readings) } : {}),
    };
  });
}

define("landfall-objectives", ObjectivesLens);
declare global {
  interface HTMLElementTagNameMap {
    "landfall-objectives": ObjectivesLens;
  }
}
