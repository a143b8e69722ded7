import { type CSSResultGroup, type TemplateResult, css, html, nothing } from "lit";
import { state } from "lit/decorators.js";
import type { Absence, Calendar, Command, Summary, Team, TeamChange } from "../../pkg/landfall";
import { define } from "../charts/chart.ts";
import "../charts/capacity.ts";
import { count, number, spoken } from "../text.ts";
import { type Form, Unread } from "./form.ts";
import { Small } from "./small.ts";

type Holiday = NonNullable<Calendar["holidays"]>[number];

/** "2 holidays, 1 absence"; empty when there is nothing of it. */
export function daysOff({ calendar, teams }: Summary): string {
  const absences = teams.reduce((sum, { team }) => sum + (team.absences?.length ?? 0), 0);
  const changes = teams.reduce((sum, { team }) => sum + (team.changes?.length ?? 0), 0);
  const holidays = calendar.holidays?.length ?? 0;
  return [[holidays, "holiday"], [absences, "absence"], [changes, "change"]].filter(([n]) => n !== 0).map(([n, what]) => count(n as number, what as string)).join(", ");
}

/** Holidays, absences, joiners and leavers: what the coming sprints have less, or more, than those of the past. */
export class LandfallCalendar extends Small {
  static override styles: CSSResultGroup = [Small.styles, css`
    landfall-capacity { margin: 2px 0 4px; }
    .people button { color: var(--muted); }
    .people { display: flex; flex-wrap: wrap; gap: 2px 10px; align-items: baseline; margin-top: 6px; }
    .team { margin-bottom: 6px; }
  `];

  /** The team that is looked at, where there are several. */
  @state() private team = 0;

  override render(): TemplateResult {
    const { calendar, teams } = this.summary;
    const place = Math.min(this.team, teams.length - 1);
    const several = teams.length > 1;
    const team: Team = teams[place]?.team ?? {};
    const holidays = calendar.holidays ?? [];
    const { absences = [], changes = [] } = team;
    const none = holidays.length + absences.length + changes.length === 0;
    const sprints = this.forecast.teams[place]?.sprints ?? this.forecast.sprints;
    return html`
      ${several ? html`<div class="team"><select aria-label="Team" @change=${(event: Event) => { this.team = Number((event.target as HTMLSelectElement).value); this.editing = ""; }}>${teams.map((one, k) => html`<option value=${k} ?selected=${k === place}>${one.team.name}</option>`)}</select></div>` : nothing}
      <landfall-capacity .sprints=${sprints} .today=${this.today}></landfall-capacity>
      ${none ? html`<p class="about">Sprints to come are taken to be as in the past. Say when nobody works, who is away, and who joins or leaves: every date follows.</p>` : html`<ul class="entries">
        ${holidays.map((holiday, k) => this.#entry(this.#spelt(holiday), several ? "for everybody" : "", () => ({ type: "setCalendar", calendar: withHolidays(calendar, holidays.filter((_, other) => other !== k)) })))}
        ${absences.map((absence, k) => this.#entry(...this.#away(absence), () => setTeam({ ...team, absences: absences.filter((_, other) => other !== k) })))}
        ${changes.map((change, k) => this.#entry(...this.#changed(change), () => setTeam({ ...team, changes: changes.filter((_, other) => other !== k) })))}
      </ul>`}
      <div class="adds" role="group" aria-label="Add">${this.add("holiday", "Holiday")}${this.add("absence", "Absence")}${this.add("change", "Joins or leaves")}</div>
      ${this.editing === "holiday" ? this.#holidayForm(calendar) : this.editing === "absence" ? this.#absenceForm(team) : this.editing === "change" ? this.#changeForm(team) : nothing}
      ${team.people === undefined ? nothing : html`<div class="people"><span class="muted">${count(team.people, "person", "people")} in the past sprints</span>${this.add("people", "Change", true)}</div>${this.editing === "people" ? this.form({ title: "How many people the past sprints had", fields: html`${this.#people(team)}`, read: (form) => setTeam({ ...team, people: form.number("people", "how many people the team has") }) }) : nothing}`}
      ${this.closer()}`;
  }

  #entry(text: string, note: string, without: () => Command): TemplateResult {
    return html`<li><span class="text">${text}${note ? html`<small>${note}</small>` : nothing}</span><button type="button" aria-label="Take out: ${text}" title="Take out" @click=${() => { if (this.apply(without())) void this.updateComplete.then(() => this.focus()); }}>×</button></li>`;
  }

  // ---- what stands there

  #days(from: string, to: string | undefined): string {
    return to === undefined || to === from ? spoken(from, this.today) : `${spoken(from, this.today)} – ${spoken(to, this.today)}`;
  }

  #spelt(holiday: Holiday): string {
    if (typeof holiday === "string") return `Holiday ${spoken(holiday, this.today)}`;
    return `${holiday.name ?? "Holiday"} ${this.#days(holiday.from, holiday.to)}`;
  }

  #away({ who, people = 1, from, to }: Absence): [string, string] {
    return [`${who ?? count(people, "person", "people")} away ${this.#days(from, to)}`, who !== undefined && people !== 1 ? count(people, "person", "people") : ""];
  }

  #changed({ who, people, from, rampUp = 0, startingShare = 0 }: TeamChange): [string, string] {
    const many = who === undefined && Math.abs(people) !== 1;
    const does = people < 0 ? (many ? "leave" : "leaves") : many ? "join" : "joins";
    const ramp = rampUp > 0 ? `from ${number(startingShare * 100)} % to full in ${count(rampUp, "sprint")}` : "";
    const heads = who !== undefined && Math.abs(people) !== 1 ? count(Math.abs(people), "person", "people") : "";
    return [`${who ?? count(Math.abs(people), "person", "people")} ${does} on ${spoken(from, this.today)}`, [heads, ramp].filter(Boolean).join(", ")];
  }

  // ---- forms

  #holidayForm(calendar: Calendar): TemplateResult {
    return this.form({ title: "When nobody works", fields: html`
      ${this.field("From", "from", "", { type: "date" })}${this.field("to (if longer)", "to", "", { type: "date" })}
      ${this.field("Name, if it has one", "name", "", { wide: true, placeholder: "Christmas" })}`, read: (form) => {
      const [from, to, name] = [form.date("from"), until(form), form.text("name")];
      const holiday: Holiday = to === undefined && name === "" ? from : { from, ...(to === undefined ? {} : { to }), ...(name === "" ? {} : { name }) };
      return { type: "setCalendar", calendar: withHolidays(calendar, [...(calendar.holidays ?? []), holiday].sort((a, b) => (begin(a) < begin(b) ? -1 : 1))) };
    }, save: "Add" });
  }

  #people(team: Team): TemplateResult {
    return this.field("People in the team, as in the past sprints", "people", team.people === undefined ? "" : String(team.people), { numeric: true, wide: true, placeholder: "5" });
  }

  // A person is a share of those who did what the history shows: without knowing how many they were there is no share.
  #staffed(team: Team, form: Form): Team {
    return team.people === undefined ? { ...team, people: form.number("people-of-team", "how many people did what the past sprints show") } : team;
  }

  #asked(team: Team): TemplateResult | typeof nothing {
    return team.people === undefined ? this.field("People in the team, as in the past sprints", "people-of-team", "", { numeric: true, wide: true, placeholder: "5" }) : nothing;
  }

  #absenceForm(team: Team): TemplateResult {
    return this.form({ title: "Who is away", fields: html`
      ${this.field("Who", "who", "", { placeholder: "Ada" })}${this.field("How many", "people", "1", { numeric: true })}
      ${this.field("From", "from", "", { type: "date" })}${this.field("to (if longer)", "to", "", { type: "date" })}
      ${this.#asked(team)}`, read: (form) => {
      const staffed = this.#staffed(team, form);
      const [who, people, from, to] = [form.text("who"), form.optional("people") ?? 1, form.date("from"), until(form)];
      const absence: Absence = { ...(who === "" ? {} : { who }), ...(people === 1 ? {} : { people }), from, ...(to === undefined ? {} : { to }) };
      return setTeam({ ...staffed, absences: [...(team.absences ?? []), absence].sort((a, b) => (a.from < b.from ? -1 : 1)) });
    }, save: "Add" });
  }

  #changeForm(team: Team): TemplateResult {
    return this.form({ title: "Who joins or leaves, for good", fields: html`
      ${this.select("They", "does", [["join", "join"], ["leave", "leave"]], "join")}${this.field("How many", "people", "1", { numeric: true })}
      ${this.field("From", "from", "", { type: "date" })}${this.field("Who", "who", "", { placeholder: "Grace" })}
      ${this.field("Sprints until they do as much as the others", "rampUp", "", { numeric: true, wide: true, placeholder: "0" })}
      ${this.field("What they do of that on their first day, in %", "startingShare", "", { numeric: true, wide: true, placeholder: "0" })}
      ${this.#asked(team)}`, read: (form) => {
      const staffed = this.#staffed(team, form);
      const leave = form.text("does") === "leave";
      const people = form.number("people", "how many people");
      if (people <= 0) throw new Unread("people", `Found “${form.text("people")}”: give a number above 0`);
      const [who, rampUp, share] = [form.text("who"), form.optional("rampUp") ?? 0, form.optional("startingShare") ?? 0];
      const change: TeamChange = { ...(who === "" ? {} : { who }), from: form.date("from"), people: leave ? -people : people, ...(rampUp === 0 ? {} : { rampUp }), ...(share === 0 || leave ? {} : { startingShare: share / 100 }) };
      return setTeam({ ...staffed, changes: [...(team.changes ?? []), change].sort((a, b) => (a.from < b.from ? -1 : 1)) });
    }, save: "Add" });
  }
}

const setTeam = (team: Team): Command => ({ type: "setTeam", team: Object.fromEntries(Object.entries(team).filter(([, value]) => !(Array.isArray(value) && value.length === 0))) });
const begin = (holiday: Holiday): string => (typeof holiday === "string" ? holiday : holiday.from);

/** The last day, where it is another than the first. */
function until(form: Form): string | undefined {
  return form.text("to") === "" || form.text("to") === form.text("from") ? undefined : form.date("to");
}

function withHolidays({ holidays: _, ...rest }: Calendar, holidays: Holiday[]): Calendar {
  return holidays.length > 0 ? { ...rest, holidays } : rest;
}

define("landfall-calendar", LandfallCalendar);
declare global {
  interface HTMLElementTagNameMap {
    "landfall-calendar": LandfallCalendar;
  }
}
