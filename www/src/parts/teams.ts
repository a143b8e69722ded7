import { type CSSResultGroup, type TemplateResult, css, html, nothing } from "lit";
import type { Command, Team, TeamView } from "../../pkg/landfall";
import { define } from "../charts/chart.ts";
import { count, number, readGuess, readList, reason, spoken } from "../text.ts";
import { Unread } from "./form.ts";
import { Small } from "./small.ts";

/** The teams: each forecast from its own past, with its own work. */
export class LandfallTeams extends Small {
  static override styles: CSSResultGroup = [Small.styles, css`
    ul.entries li { grid-template-columns: minmax(0, 1fr); }
    ul.entries b { font-weight: 600; }
    ul.entries .does { display: flex; flex-wrap: wrap; gap: 0 4px; margin-left: -8px; }
    small.warn { color: var(--warn) !important; }
  `];

  override render(): TemplateResult {
    const { teams, teamNames } = this.summary;
    return teams.length > 1 ? this.#several(teams) : this.#one(teams[0]?.team ?? {}, teamNames.map(({ name }) => name));
  }

  // ---- one team

  #one(team: Team, names: readonly string[]): TemplateResult {
    return html`
      <p class="about">${names.length > 1
        ? `Items name ${names.length} teams: ${names.slice(0, 4).join(", ")}${names.length > 4 ? " …" : ""}. Forecast as one, whoever is free does what comes next. By team, each does its own items at the pace of its own past; sprints entered by hand and items without a team are ${names[0]}'s.`
        : "All items are forecast as the work of one team. Where several teams share this backlog, each can have its own past, people and pace."}</p>
      <div class="adds">
        ${names.length > 1 ? html`<button type="button" class="primary" @click=${() => this.apply({ type: "forecastByTeam" })}>Forecast by team</button>` : nothing}
        ${this.add("split", "Add a team")}
        ${this.add("releases", "Releases")}
      </div>
      ${this.editing === "split" ? this.form({ title: "A second team", fields: html`
        ${this.field("The team there is", "first", team.name ?? "", { placeholder: "Web" })}${this.field("The new one", "second", "", { placeholder: "Mobile" })}`, read: (form) => {
        const [first, second] = [form.text("first"), form.text("second")];
        if (first === "") throw new Unread("first", "Name the team there is, so that both can be told apart");
        if (second === "") throw new Unread("second", "Name the new team");
        if (first === second) throw new Unread("second", "Give the new team another name");
        const known = this.summary.teams[0]?.team !== undefined && Object.keys(team).length > 0;
        return { type: "batch", label: `add the team ${second}`, commands: [
          { type: "setTeam", team: { ...team, name: first }, ...(known ? { insteadOf: team.name ?? "" } : {}) },
          { type: "setTeam", team: { name: second } },
        ] };
      }, save: "Add" }) : this.editing === "releases" ? this.#releases(team) : nothing}
      ${this.closer()}`;
  }

  // ---- several teams

  #several(teams: readonly TeamView[]): TemplateResult {
    const { teamNames } = this.summary;
    const strangers = teamNames.filter(({ name }) => !teams.some(({ team }) => team.name === name));
    return html`
      <p class="about">Each team does its own items, at the pace of its own past. Say in an item which team it is for; without one it is ${teams[0]?.team.name}'s.</p>
      <ul class="entries">${teams.map((view, k) => this.#entry(view, k))}</ul>
      <div class="adds">
        ${this.add("team", "Add a team")}
        ${strangers.length > 0 ? html`<button type="button" class="line" @click=${() => this.apply({ type: "batch", label: "add teams", commands: strangers.map(({ name }): Command => ({ type: "setTeam", team: { name } })) })}>Add ${strangers.slice(0, 3).map(({ name }) => name).join(", ")}</button>` : nothing}
        <button type="button" class="line" @click=${() => this.apply({ type: "setTeams", teams: [] })}>Forecast as one team</button>
      </div>
      ${this.editing === "team" ? this.form({ title: "A team", fields: this.field("Name, as its items carry it", "name", "", { wide: true, placeholder: "Data" }), read: (form) => {
        const name = form.text("name");
        if (name === "") throw new Unread("name", "Give the team a name");
        if (teams.some(({ team }) => team.name === name)) throw new Unread("name", `There is a team ${name} already`);
        return { type: "setTeam", team: { name } };
      }, save: "Add" }) : nothing}
      ${this.closer()}`;
  }

  #entry({ team, open, velocity, needsHistory }: TeamView, k: number): TemplateResult {
    const name = team.name ?? "";
    const { unit } = this.summary;
    const lands = this.forecast.teams[k]?.lands.p85;
    const says = [count(open, "item"), lands == null ? "" : `85 % sure by ${spoken(lands, this.today)}`, team.releases === "sprint-end" ? "released at sprint ends" : ""].filter(Boolean).join(" · ");
    return html`<li>
      <span class="text"><b>${name}</b><small>${says}</small>
        <small class=${needsHistory ? "warn" : ""}>${needsHistory ? "No past and no guess: its items have no date until it has one" : `Velocity: ${velocity}`}</small></span>
      <span class="does" role="group" aria-label=${name}>
        ${this.add(`past-${k}`, needsHistory ? "Enter its past" : "Past", true)}${this.add(`name-${k}`, "Rename", true)}${this.add(`releases-${k}`, "Releases", true)}
        <button type="button" aria-label="Take out ${name}" @click=${() => this.apply({ type: "removeTeam", name })}>Take out</button>
      </span>
      ${this.editing === `past-${k}` ? this.form({ title: `What ${name} finishes`, fields: html`
        ${this.field(`${unit} finished, sprint by sprint, oldest first`, "finished", "", { wide: true, placeholder: "8 12 9" })}
        ${this.field("or a poor sprint", "poor", number_(this.summary.teams[k]?.guess?.low), { numeric: true })}${this.field("a usual one", "usual", number_(this.summary.teams[k]?.guess?.likely), { numeric: true })}${this.field("a good one", "good", number_(this.summary.teams[k]?.guess?.high), { numeric: true })}`, read: (form) => {
        const list = form.text("finished");
        try {
          if (list !== "") return { type: "setHistory", finished: readList(list), today: this.today, team: name };
          const guess = readGuess(form.text("poor"), form.text("usual"), form.text("good"));
          if (guess) return { type: "setGuess", guess, team: name };
        } catch (error) {
          throw new Unread(list !== "" ? "finished" : "poor", reason(error));
        }
        throw new Unread("finished", "Write what its sprints finished, like 8 12 9, or give a guess");
      } }) : this.editing === `name-${k}` ? this.form({ title: `Rename ${name}`, fields: this.field("Name; its items take it too", "name", name, { wide: true }), read: (form) => {
        const next = form.text("name");
        if (next === "") throw new Unread("name", "Give the team a name");
        return { type: "setTeam", team: { ...team, name: next }, insteadOf: name };
      } }) : this.editing === `releases-${k}` ? this.#releases(team) : nothing}
    </li>`;
  }

  #releases(team: Team): TemplateResult {
    return this.form({ title: "When finished work comes out", fields: this.select("Released", "releases", [["continuous", "when it is finished"], ["sprint-end", "at the end of the sprint"]], team.releases ?? "continuous", true), read: (form) => {
      const { releases: _, ...rest } = team;
      return { type: "setTeam", team: form.text("releases") === "sprint-end" ? { ...rest, releases: "sprint-end" } : rest };
    } });
  }
}

const number_ = (value: number | null | undefined): string => (value == null ? "" : number(value));

define("landfall-teams", LandfallTeams);
declare global {
  interface HTMLElementTagNameMap {
    "landfall-teams": LandfallTeams;
  }
}
