import { type CSSResultGroup, type TemplateResult, css, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Assumptions, Calendar, Effect, PlanForecast, Range, Summary } from "../../pkg/landfall";
import { define } from "../charts/chart.ts";
import "../charts/capacity.ts";
import { dateOf, dayOf } from "../charts/days.ts";
import { painted } from "../dom.ts";
import { Asking } from "../parts/asking.ts";
import { daysOff } from "../parts/calendar.ts";
import { Unread } from "../parts/form.ts";
import "../parts/teams.ts";
import { capital, count, days, number, spoken } from "../text.ts";

type Growth = NonNullable<Assumptions["growth"]>;
type Risk = NonNullable<Assumptions["risks"]>[number];

/** A line of the panel. */
interface Line {
  key: string;
  label: string;
  value: string;
  editor?: () => TemplateResult;
  /** What is seen of it while it is closed. */
  picture?: () => TemplateResult;
  /** Whether nothing is assumed here. */
  unset?: boolean;
}

const week = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** What the forecast assumes: each to be changed in its place, and each with what it costs. */
export class LandfallAssumptions extends Asking {
  static override styles: CSSResultGroup = [Asking.styles, css`
    :host { display: block; min-width: 0; }
    h2 { margin: 0 0 4px; font-size: 13px; line-height: 20px; font-weight: 600; }
    h3 { margin: 18px 0 4px; font-size: 12px; line-height: 18px; font-weight: 600; color: var(--muted); }
    .item { padding: 7px 0; }
    .item + .item { border-top: 1px solid var(--line); }
    .pair { display: grid; grid-template-columns: minmax(0, 1fr) fit-content(70%); gap: 0 12px; align-items: baseline; }
    .label { color: var(--muted); }
    .value { text-align: right; overflow-wrap: break-word; text-wrap: balance; }
    button.value { justify-self: end; min-height: 24px; padding: 1px 6px; margin: -2px -7px -2px 0; border-radius: 5px; white-space: normal; text-decoration: underline dotted var(--ghost); text-underline-offset: 4px; }
    button.value:hover { background: var(--hover); text-decoration-color: currentColor; }
    button.value.none { color: var(--muted); }
    .effect { grid-column: 1 / -1; text-align: right; text-wrap: balance; color: var(--muted); font-size: 12px; line-height: 17px; min-height: 17px; transition: opacity .15s; }
    .effect[aria-busy=true] { opacity: .5; }
    form { margin: 6px 0 4px; padding: 10px 12px 12px; border-radius: 8px; background: var(--hover); }
    fieldset { flex-basis: 100%; border: 0; margin: 0; padding: 0; }
    .week { display: flex; flex-wrap: wrap; gap: 2px 12px; margin-top: 2px; }
    .week label { display: flex; align-items: center; gap: 5px; min-height: 24px; cursor: pointer; }
    .note { margin: 8px 0 0; color: var(--muted); font-size: 12px; line-height: 17px; }
    details { margin-top: 4px; border-top: 1px solid var(--line); padding-top: 6px; }
    summary { width: fit-content; padding: 2px 0; color: var(--muted); cursor: pointer; border-radius: 4px; }
    summary:hover { color: var(--ink); }
    .notes { display: grid; gap: 6px; }
    .notes li { display: flex; gap: 8px; text-wrap: pretty; }
    .notes li::before { content: ""; flex: none; width: 5px; height: 5px; margin-top: 8px; border-radius: 50%; background: var(--ghost); }
    .weakest { margin-top: 14px; padding: 8px 10px; border-radius: 8px; background: var(--warn-soft, var(--hover)); text-wrap: pretty; }
    .weakest b { font-weight: 600; color: var(--warn); }
  `];

  @property({ attribute: false }) summary: Summary | undefined;
  @property({ attribute: false }) forecast: PlanForecast | undefined;
  @property({ attribute: false }) readonly = false;

  @state() private editing = "";
  /** What each assumption costs, by its name in the core, and of which plan. */
  @state() private effects: { of: Summary; costs: ReadonlyMap<string, Effect> } | undefined;

  #measured: Summary | undefined;
  #measuring: AbortController | undefined;

  override render() {
    const { summary, forecast } = this;
    if (!summary || !forecast) return nothing;
    const { assumptions, calendar } = summary;
    const first = [this.#velocity(summary, forecast), this.#sprint(calendar), this.#growth(assumptions, summary)];
    const risks = (assumptions.risks ?? []).map((risk, k) => this.#risk(assumptions, summary, risk, k));
    const others = [
      { line: this.#split(assumptions), used: assumptions.split != null },
      ...risks.map((line) => ({ line, used: true })),
      { line: this.#daysOff(summary, forecast), used: daysOff(summary) !== "" },
      { line: this.#capacity(summary), used: byHand(summary) > 0 },
      { line: this.#teams(summary, forecast), used: summary.teams.length > 1 || summary.teamNames.length > 1 },
      { line: this.#model(assumptions), used: assumptions.model === "bootstrap" },
    ];
    // What is not used stays folded away, unless it is being entered.
    const folded = others.filter(({ used }) => !used).map(({ line }) => line);
    const fresh: Line = { key: "risk-new", label: "A risk", value: "", editor: () => this.#riskEditor(assumptions, summary, undefined, assumptions.risks?.length ?? 0) };
    return html`
      <h2>Assumptions</h2>
      <div>${repeat([...first, ...others.filter(({ used }) => used).map(({ line }) => line)], ({ key }) => key, (line) => this.#line(line))}</div>
      <details ?open=${folded.some(({ key }) => key === this.editing) || this.editing === "risk-new"}>
        <summary>More assumptions</summary>
        ${repeat(folded, ({ key }) => key, (line) => this.#line(line))}
        ${this.readonly ? nothing : this.#line({ ...fresh, label: risks.length > 0 ? "Another risk" : "Risks", value: "add one" })}
      </details>
      ${summary.weakest ? html`<p class="weakest"><b>Mend first:</b> ${summary.weakest}.</p>` : nothing}
      ${forecast.notes.length === 0 ? nothing : html`<h3>What had to be assumed</h3><ul class="notes">${forecast.notes.map((note) => html`<li><span>${capital(note)}.</span></li>`)}</ul>`}
    `;
  }

  #line(line: Line): TemplateResult {
    const { key, label, value, editor } = line;
    const open = this.editing === key && editor !== undefined && !this.readonly;
    const cost = costOf(key).find((name) => this.effects?.costs.has(name));
    const effect = cost === undefined ? undefined : this.effects?.costs.get(cost);
    return html`<div class="item">
      <div class="pair">
        <span class="label" id="label-${key}">${label}</span>
        ${this.readonly || !editor
          ? html`<span class="value">${value}</span>`
          : html`<button type="button" class="value ${line.unset ? "none" : ""}" data-key=${key} aria-expanded=${open} aria-labelledby="label-${key} value-${key}" @click=${() => (open ? this.shut() : this.#open(key))}><span id="value-${key}">${value}</span></button>`}
        ${effect === undefined ? nothing : html`<span class="effect" aria-busy=${this.effects?.of === this.summary ? "false" : "true"}>${cost === "model" || cost === "teams" ? effect.sentence : `${effect.text} at 85 %`}</span>`}
      </div>
      ${open ? editor() : line.picture && !line.unset ? line.picture() : nothing}
    </div>`;
  }

  // ---- lines

  #velocity(summary: Summary, { history, unit }: PlanForecast): Line {
    const line = { key: "velocity", label: "Velocity", value: summary.velocity };
    if (history.length > 0) {
      return { ...line, editor: () => html`` };
    }
    const guess = summary.teamGuess;
    return {
      ...line,
      editor: () => this.form({
        fields: html`${this.range(["A poor sprint", "a usual one", "a good one"], "guess", guess)}<p class="note">${capital(unit)} that the team finishes in a sprint. Every date is marked as a guess until past sprints are entered.</p>`,
        read: (form) => ({ type: "setGuess", guess: form.range("guess", "a poor and a good sprint") }),
        remove: guess ? { type: "setGuess", guess: null } : undefined,
      }),
    };
  }

  #sprint(calendar: Calendar): Line {
    const { sprintDays, workingDays = [1, 2, 3, 4, 5] } = calendar;
    const start = running(calendar, this.today);
    const usual = workingDays.join() === "1,2,3,4,5";
    return {
      key: "sprint",
      label: "Sprint",
      value: `${length(sprintDays)} from ${spoken(start, this.today)}${usual ? "" : `, ${workingDays.map((day) => week[day - 1]).join(" ")}`}`,
      editor: () => this.form({
        fields: html`
          ${this.field("Length in days", "sprintDays", String(sprintDays), { numeric: true })}
          ${this.field("A sprint begins on", "sprintStart", start, { type: "date" })}
          <fieldset><legend>Days that are worked</legend><div class="week">${week.map((name, k) => html`<label><input type="checkbox" name="workingDays" value=${k + 1} ?checked=${workingDays.includes(k + 1)}>${name}</label>`)}</div>${this.error("workingDays")}</fieldset>`,
        read: (form) => ({
          type: "setCalendar",
          calendar: { ...calendar, sprintDays: form.number("sprintDays", "a number of days"), sprintStart: form.date("sprintStart"), workingDays: form.all("workingDays").map(Number) },
        }),
      }),
    };
  }

  #growth(assumptions: Assumptions, { unit }: Summary): Line {
    const { growth, ...rest } = assumptions;
    const urgent = growth?.urgent ? `, ${number(growth.urgent * 100)} % of it urgent` : "";
    return {
      key: "growth",
      label: "New work a sprint",
      unset: !growth,
      value: growth ? `${written(growth)} ${unit}${urgent}` : "none",
      editor: () => this.form({
        fields: html`${this.range(["At least", "most likely", "at most"], "growth", growth)}
          ${this.field("Urgent share, in %", "growth/urgent", growth?.urgent ? String(Math.round(growth.urgent * 1000) / 10) : "", { numeric: true, placeholder: "0" })}
          <p class="note">${capital(unit)} that appear in each sprint. What is urgent goes ahead of everything; the rest joins the end. Less than 0 when scope is dropped.</p>`,
        read: (form) => {
          const range = form.range("growth", "the least and the most that appears");
          const share = form.optional("growth/urgent");
          const next: Growth = { ...range, ...(share ? { urgent: share / 100 } : {}) };
          return { type: "setAssumptions", assumptions: { ...rest, growth: next } };
        },
        remove: growth ? { type: "setAssumptions", assumptions: rest } : undefined,
      }),
    };
  }

  #split(assumptions: Assumptions): Line {
    const { split, ...rest } = assumptions;
    return {
      key: "split",
      label: "Items split into",
      unset: !split,
      value: split ? `${written(split)} times the work` : "no more than now",
      editor: () => this.form({
        fields: html`${this.range(["At least", "most likely", "at most"], "split", split)}<p class="note">How much larger the remaining work turns out to be once it is broken down: 1 is as it looks now, 1.3 is a third more.</p>`,
        read: (form) => ({ type: "setAssumptions", assumptions: { ...rest, split: form.range("split", "the least and the most") } }),
        remove: split ? { type: "setAssumptions", assumptions: rest } : undefined,
      }),
    };
  }

  #risk(assumptions: Assumptions, summary: Summary, risk: Risk, k: number): Line {
    return {
      key: `risk-${k}`,
      label: `Risk: ${risk.name || "unnamed"}, ${number(risk.probability * 100)} %`,
      value: `${written(risk.impact)} ${summary.unit}`,
      editor: () => this.#riskEditor(assumptions, summary, risk, k),
    };
  }

  #riskEditor(assumptions: Assumptions, summary: Summary, risk: Risk | undefined, k: number): TemplateResult {
    const place = `risks/${k}`;
    const items = this.session?.rows({ count: 200 }).rows ?? [];
    const at = risk?.at;
    const known = at === undefined || items.some((row) => row.id === at) || summary.objectives.some(({ objective }) => objective.id === at);
    const all = assumptions.risks ?? [];
    return this.form({
      fields: html`
        ${this.field("What may go wrong", `${place}/name`, risk?.name ?? "", { wide: true, placeholder: "The tax engine needs a rewrite" })}
        ${this.field("Chance, in %", `${place}/probability`, risk ? String(Math.round(risk.probability * 1000) / 10) : "", { numeric: true, placeholder: "40" })}
        <fieldset><legend>Work that it would add, in ${summary.unit}</legend>${this.range(["at least", "most likely", "at most"], `${place}/impact`, risk?.impact)}</fieldset>
        <div class="field wide"><label for="at">It would hit</label><select id="at" name="at">
          <option value="" ?selected=${at === undefined}>anywhere in the remaining work</option>
          ${known ? nothing : html`<option value=${at} selected>${at}</option>`}
          <optgroup label="Objectives">${summary.objectives.map(({ objective }) => html`<option value=${objective.id} ?selected=${objective.id === at}>${objective.name}</option>`)}</optgroup>
          <optgroup label="Items">${items.map((row) => html`<option value=${row.id} ?selected=${row.id === at}>${row.id} ${row.title}</option>`)}</optgroup>
        </select></div>`,
      read: (form) => {
        const name = form.text(`${place}/name`);
        if (name === "") throw new Unread(`${place}/name`, "Say in a few words what may go wrong");
        const hits = form.text("at");
        const next: Risk = {
          name,
          probability: form.number(`${place}/probability`, "a chance from 0 to 100") / 100,
          impact: form.range(`${place}/impact`, "the least and the most work that it would add"),
          ...(hits === "" ? {} : { at: hits }),
        };
        return { type: "setAssumptions", assumptions: withRisks(assumptions, risk ? all.map((old, other) => (other === k ? next : old)) : [...all, next]) };
      },
      remove: risk ? { type: "setAssumptions", assumptions: withRisks(assumptions, all.filter((_, other) => other !== k)) } : undefined,
    });
  }

  #daysOff(summary: Summary, forecast: PlanForecast): Line {
    const used = daysOff(summary);
    return {
      key: "calendar",
      label: "Days off and people",
      unset: used === "",
      value: used === "" ? "as in the past" : used,
      editor: () => html`<landfall-calendar .session=${this.session} .summary=${summary} .forecast=${forecast} .today=${this.today} @close=${() => this.shut()}></landfall-calendar>`,
      picture: () => html`<landfall-capacity .sprints=${forecast.sprints} .today=${this.today}></landfall-capacity>`,
    };
  }

  #teams(summary: Summary, forecast: PlanForecast): Line {
    const { teams, teamNames } = summary;
    const several = teams.length > 1;
    return {
      key: "teams",
      label: "Teams",
      unset: !several,
      value: several ? teams.map(({ team }) => team.name).join(", ") : teamNames.length > 1 ? `one; items name ${teamNames.length}` : "one",
      editor: () => html`<landfall-teams .session=${this.session} .summary=${summary} .forecast=${forecast} .today=${this.today} @close=${() => this.shut()}></landfall-teams>`,
    };
  }

  #capacity(summary: Summary): Line {
    const sprints = byHand(summary);
    return {
      key: "capacity",
      label: "Capacity by hand",
      unset: sprints === 0,
      value: sprints === 0 ? "none" : `differs in ${count(sprints, "sprint")}`,
      editor: () => html``,
    };
  }

  #model(assumptions: Assumptions): Line {
    const { model = "calibrated", ...rest } = assumptions;
    const plain = model === "bootstrap";
    return {
      key: "model",
      label: "Model",
      value: plain ? "plain bootstrap" : "calibrated",
      editor: () => this.form({
        fields: html`<fieldset><legend class="sr">Model</legend>
          <div class="week"><label><input type="radio" name="model" value="calibrated" ?checked=${!plain}>Calibrated</label></div><p class="note">Allows for a short history and for a velocity that drifts: its 85 % is meant to hold 85 % of the time.</p>
          <div class="week"><label><input type="radio" name="model" value="bootstrap" ?checked=${plain}>Plain bootstrap</label></div><p class="note">Draws past sprints as if nothing would ever change. Most tools do; their dates are too early more often than they say.</p></fieldset>`,
        read: (form) => ({ type: "setAssumptions", assumptions: form.text("model") === "bootstrap" ? { ...rest, model: "bootstrap" } : rest }),
      }),
    };
  }

  // ---- editing

  #open(key: string): void {
    // These two are edited in the page, where there is room for them.
    if ((key === "velocity" && (this.forecast?.history.length ?? 0) > 0) || key === "capacity") {
      this.dispatchEvent(new CustomEvent("open-numbers", { detail: key }));
      return;
    }
    this.editing = key;
    this.clear();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>("form input, form select, landfall-calendar, landfall-teams")?.focus());
  }

  protected override shut(): void {
    const key = this.editing;
    this.editing = "";
    this.clear();
    void this.updateComplete.then(() => (this.renderRoot.querySelector<HTMLElement>(`[data-key="${key}"]`) ?? this.renderRoot.querySelector<HTMLElement>("summary"))?.focus());
  }

  // ---- effects

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#measuring?.abort();
    this.#measured = undefined;
  }

  protected override updated(): void {
    if (this.summary !== this.#measured) void this.#measure();
  }

  // What each assumption costs, after the page has been painted.
  async #measure(): Promise<void> {
    const { session, summary, today } = this;
    // While the plan's own date is of an older plan there is nothing to compare with.
    if (summary?.stale) return;
    this.#measured = summary;
    this.#measuring?.abort();
    if (!session || !summary) return;
    const { signal } = (this.#measuring = new AbortController());
    await painted();
    if (signal.aborted) return;
    try {
      const effects = await session.ready((planner) => planner.effects({ today }), { signal });
      this.effects = { of: summary, costs: new Map(effects.map(({ assumption, effect }) => [assumption, effect])) };
    } catch {
      // The next summary measures anew.
    }
  }
}

/** Whose cost stands on a line: a velocity costs what its guess or its model does. */
const costOf = (key: string): string[] => (key === "velocity" ? ["guess", "model"] : key === "model" ? [] : [key]);

function withRisks(assumptions: Assumptions, risks: Risk[]): Assumptions {
  const { risks: _, ...rest } = assumptions;
  return risks.length > 0 ? { ...rest, risks } : rest;
}

/** The first day of the running sprint. */
function running({ sprintStart, sprintDays }: Calendar, today: string): string {
  const into = (((dayOf(today) - dayOf(sprintStart)) % sprintDays) + sprintDays) % sprintDays;
  return dateOf(dayOf(today) - into);
}

/** How many sprints have a capacity entered by hand, for everybody or for a team. */
const byHand = ({ calendar, teams }: Summary): number =>
  new Set([calendar.capacity, ...teams.map(({ team }) => team.capacity)].flatMap((factors) => Object.keys(factors ?? {}))).size;
const length = (sprintDays: number): string => (sprintDays % 7 === 0 ? count(sprintDays / 7, "week") : days(sprintDays));
const written = ({ low, likely, high }: Range): string => [low, likely, high].filter((value) => value != null).map(number).join(low < 0 ? " to " : "–");

define("landfall-assumptions", LandfallAssumptions);
declare global {
  interface HTMLElementTagNameMap {
    "landfall-assumptions": LandfallAssumptions;
  }
}
