import { LitElement, type PropertyValues, type TemplateResult, css, html, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Command, FutureSprint, ObjectiveView, PlanBacktest, PlanForecast, Summary } from "../../pkg/landfall";
import "../charts/backtest.ts";
import "../charts/burn-up.ts";
import { define, sentence } from "../charts/chart.ts";
import "../charts/finish.ts";
import type { LandfallVelocity } from "../charts/velocity.ts";
import "../charts/velocity.ts";
import { place } from "../dom.ts";
import { ask } from "../events.ts";
import type { LandfallTakes } from "../parts/takes.ts";
import "../parts/takes.ts";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";
import { dated, readGuess, readList, reason, spoken } from "../text.ts";
import { objectiveColour } from "../tokens.ts";
import "./assumptions.ts";
import "./flow.ts";
import { explained, misfit, send } from "./send.ts";

/** When everything lands, what that rests on, and what each assumption costs. */
export class LandfallForecast extends LitElement {
  static override styles = [base, css`
    :host { display: block; container-type: inline-size; min-height: 100%; overflow: auto; background: var(--bg); color: var(--ink); }
    .view { display: grid; grid-template-columns: minmax(0, 1fr); min-height: 100%; }
    .main { min-width: 0; padding: 18px 16px 32px; }
    aside { min-width: 0; padding: 16px; background: var(--panel); border-top: 1px solid var(--line); }
    @container (min-width: 620px) {
      .main { padding: 20px 24px 40px; }
      aside { padding: 20px 24px; }
      landfall-assumptions { max-width: 560px; }
    }
    @container (min-width: 920px) {
      .view { grid-template-columns: minmax(0, 1fr) 344px; }
      aside { padding: 20px; border-top: 0; border-left: 1px solid var(--line); }
      landfall-assumptions { position: sticky; top: 20px; max-height: calc(100dvh - 130px); overflow: auto; margin: -4px; padding: 4px; }
    }
    .column { max-width: 860px; }
    h2 { font-size: 19px; line-height: 26px; font-weight: 600; letter-spacing: -.015em; text-wrap: balance; }
    @container (min-width: 620px) { h2 { font-size: 22px; line-height: 30px; } }
    h2 b { font-weight: 600; white-space: nowrap; }
    h2, landfall-burn-up, landfall-finish { transition: opacity .15s, color .15s; }
    .stale h2 { color: var(--muted); transition-delay: .2s; }
    .stale :is(landfall-burn-up, landfall-finish) { opacity: .55; transition-delay: .2s; }
    h3 { font-size: 13px; line-height: 20px; font-weight: 600; margin: 0 0 8px; }
    section { margin-top: 30px; }
    .basis { margin-top: 2px; color: var(--muted); text-wrap: pretty; }
    .guess { display: inline-flex; align-items: center; margin-top: 8px; padding: 3px 10px; border-radius: 8px; background: var(--warn-soft, var(--hover)); color: var(--warn); }
    landfall-burn-up { margin-top: 14px; }

    .objectives li { display: grid; grid-template-columns: minmax(0, 1fr) minmax(60px, 150px) 92px; gap: 0 14px; align-items: center; padding: 8px 0; border-bottom: 1px solid var(--line); }
    .objectives li > .name { display: flex; gap: 8px; align-items: baseline; min-width: 0; }
    .objectives .dot { align-self: center; }
    .objectives .about { grid-column: 1 / -1; padding-left: 16px; color: var(--muted); font-size: 12px; line-height: 18px; }
    .bar { position: relative; height: 6px; border-radius: 3px; background: var(--line); }
    .bar i { display: block; height: 100%; border-radius: 3px; background: var(--accent); }
    .bar::after { content: ""; position: absolute; left: 85%; top: -3px; bottom: -3px; width: 1.5px; background: var(--muted); }
    .bar.low i { background: var(--warn); }
    .likely { text-align: right; }
    .likely.low { color: var(--warn); }
    .due { display: inline-flex; gap: 6px; align-items: center; }
    .due input { width: 148px !important; }
    .objectives .link { min-height: 24px; }
    @container (max-width: 619px) {
      .objectives li { grid-template-columns: minmax(0, 1fr) auto; }
      .objectives li > .bar { grid-column: 1 / -1; grid-row: 2; margin: 5px 0 4px; }
      .objectives .about { padding-left: 0; }
    }
    form.add { display: flex; flex-wrap: wrap; gap: 8px; align-items: end; margin-top: 10px; }
    form label { display: grid; gap: 2px; font-size: 12px; line-height: 17px; color: var(--muted); }
    form label input { color: var(--ink); }
    form .error { flex-basis: 100%; }

    .ways { display: grid; gap: 14px; margin-top: 16px; }
    @container (min-width: 620px) { .ways { grid-template-columns: 1fr 1fr; } }
    .way { padding: 16px 18px 18px; border: 1px solid var(--line); border-radius: 10px; background: var(--panel); }
    .way h3 { margin-bottom: 2px; }
    .way p { color: var(--muted); margin-bottom: 12px; text-wrap: pretty; }
    .way form { display: grid; gap: 10px; }
    .way .three { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px; }
    .way .foot { display: flex; gap: 8px; flex-wrap: wrap; align-items: center; }
    .first { max-width: 620px; }
    .first p { margin-top: 8px; text-wrap: pretty; }
    .first .foot { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 14px; }

    details.more { margin-top: 26px; border-top: 1px solid var(--line); padding-top: 10px; }
    details.more > summary { width: fit-content; cursor: pointer; color: var(--muted); border-radius: 4px; padding: 2px 0; }
    details.more > summary:hover { color: var(--ink); }
    .scroll { max-width: 560px; max-height: 380px; overflow: auto; margin-top: 8px; }
    table { border-collapse: collapse; width: 100%; font-size: 12px; line-height: 18px; }
    th, td { padding: 4px 12px 4px 0; text-align: left; font-weight: 400; white-space: nowrap; }
    thead th { position: sticky; top: 0; background: var(--bg); color: var(--muted); z-index: 1; }
    tbody tr + tr > * { border-top: 1px solid var(--line); }
    .r { text-align: right; }
    td input { width: 76px !important; text-align: right; }
    td.reason { white-space: normal; min-width: 130px; }
    h3.with { display: flex; align-items: center; gap: 10px; }
    select.team { width: auto; font-weight: 400; }
    .hint { margin: 6px 0 0; font-size: 12px; line-height: 17px; }
    .offer { margin-top: 10px; padding: 4px 10px; border-radius: 8px; background: var(--accent-soft); width: fit-content; }
    td .error { display: block; white-space: normal; }
    .error:empty { display: none; }
  `];

  @property({ attribute: false }) session: Session | undefined;
  @property({ attribute: false }) today = "";
  /** Changes whenever the plan does. */
  @property({ attribute: false }) revision = 0;
  @property({ attribute: false }) readonly = false;

  @state() private deadline = "";
  /** Whether the deadline is that of everything. */
  @state() private all = true;
  /** Which small editor is open: an objective's id, or "new". */
  @state() private editing = "";
  /** Where something does not fit, and why. */
  @state() private wrong: { place: string; why: string } | undefined;
  @state() private more = false;
  @state() private held = false;
  @state() private flow = false;
  @query("landfall-takes") private takes!: LandfallTakes | null;
  /** The team whose past and capacity are shown, where there are several; blank for all together. */
  @state() private team = "";
  @query("landfall-velocity") private velocity!: LandfallVelocity | null;

  #forecast: PlanForecast | undefined;
  #summary: Summary | undefined;
  #tested: { of: number; answer: PlanBacktest } | undefined;
  #failure = "";

  protected override willUpdate(changed: PropertyValues): void {
    if (!["session", "today", "revision"].some((name) => changed.has(name)) || !this.session) return;
    this.#failure = "";
    try {
      this.#forecast = this.session.planner.forecast({ today: this.today });
      this.#summary = this.session.summary;
    } catch (error) {
      // What is on the screen would be of another plan.
      this.#forecast = undefined;
      this.#failure = explained(error).why;
    }
  }

  override render() {
    const [forecast, summary] = [this.#forecast, this.#summary];
    if (this.#failure) return html`<div class="view"><div class="main"><p class="error" role="alert">${sentence(this.#failure)}</p></div></div>`;
    if (!forecast || !summary) return nothing;
    if (summary.counts.all === 0) return this.#nothingYet(summary);
    const { assumptions } = summary;
    const grows = assumptions.growth != null || assumptions.split != null || (assumptions.risks?.length ?? 0) > 0;
    const told = !summary.needsHistory && forecast.finish.length > 0;
    return html`<div class="view ${forecast.stale ? "stale" : ""}" aria-busy=${forecast.stale && !this.session?.stopped ? "true" : "false"}>
      <div class="main"><div class="column">
        <h2>${dated(forecast.headline)}</h2>
        ${forecast.basis ? html`<p class="basis">${forecast.basis}</p>` : nothing}
        ${forecast.guess ? html`<p class="guess">Every date here rests on a guess. <button type="button" class="link" ?hidden=${this.readonly} @click=${() => this.renderRoot.querySelector<HTMLElement>("#finished")?.focus()}>Enter past sprints</button></p>` : nothing}
        ${this.#offer(summary)}
        ${told ? html`
          <landfall-burn-up .forecast=${forecast} .today=${this.today} .grows=${grows}></landfall-burn-up>
          <section>
            <h3>When the last item lands</h3>
            <landfall-finish .forecast=${forecast} .today=${this.today} .deadline=${this.all ? this.deadline : ""}></landfall-finish>
          </section>
          <section>
            <h3 id="takes">What would it take?</h3>
            <landfall-takes
              .session=${this.session} .summary=${summary} .today=${this.today} .revision=${this.revision} .readonly=${this.readonly} .by=${this.deadline}
              @deadline=${(event: CustomEvent<{ by: string; all: boolean }>) => { ({ by: this.deadline, all: this.all } = event.detail); }}
            ></landfall-takes>
          </section>` : nothing}
        ${summary.needsHistory && summary.counts.work > 0 ? this.#ways(summary) : nothing}
        ${this.#objectives(forecast)}
        ${this.#past(forecast, summary)}
        ${forecast.history.length > 0 ? this.#held(forecast, summary) : nothing}
        ${told ? this.#capacity(forecast) : nothing}
        <details class="more" id="flow" @toggle=${(event: Event) => { this.flow = (event.currentTarget as HTMLDetailsElement).open; }}>
          <summary>More: how work flows</summary>
          ${this.flow ? html`<landfall-flow .session=${this.session} .today=${this.today} .revision=${this.revision}></landfall-flow>` : nothing}
        </details>
      </div></div>
      <aside aria-label="Assumptions">
        <landfall-assumptions
          .session=${this.session} .summary=${summary} .forecast=${forecast} .today=${this.today} .readonly=${this.readonly}
          @open-numbers=${(event: CustomEvent<string>) => void this.#show(event.detail)}
        ></landfall-assumptions>
      </aside>
    </div>`;
  }

  // ---- empty

  #nothingYet(summary: Summary): TemplateResult {
    return html`<div class="view"><div class="main"><div class="first">
      <h2>Nothing to forecast yet</h2>
      <p>A forecast takes two things: what there is to do, in its order, and what your past sprints finished. A file from your tracker brings both. From them every item gets the day by which it is 85 % sure to have landed.</p>
      ${this.readonly ? nothing : html`<div class="foot">
        <button type="button" class="primary" @click=${() => ask(this, { what: "import" })}>Import a file</button>
      </div>`}
      ${summary.notes.length > 0 ? html`<p class="muted">${summary.notes.map(sentence).join(" ")}</p>` : nothing}
    </div></div></div>`;
  }

  // Two ways to a first date: what past sprints finished, or a guess.
  #ways({ unit }: Summary): TemplateResult | typeof nothing {
    if (this.readonly) return nothing;
    return html`<div class="ways">
      <div class="way">
        <h3>You know what past sprints finished</h3>
        <p>Type the ${unit} of each, oldest first, up to the last one that has ended. Zeros count.</p>
        ${this.#typeIn("Use these sprints")}
      </div>
      <div class="way">
        <h3>You do not: guess</h3>
        <p>A poor, a usual and a good sprint of your team, in ${unit}. Every date says that it rests on a guess.</p>
        <form novalidate @submit=${this.#guess}>
          <div class="three">
            <label>poor<input name="poor" inputmode="decimal" autocomplete="off" aria-describedby="wrong-guess" aria-invalid=${this.#is("guess")}></label>
            <label>usual<input name="usual" inputmode="decimal" autocomplete="off" aria-describedby="wrong-guess" aria-invalid=${this.#is("guess")}></label>
            <label>good<input name="good" inputmode="decimal" autocomplete="off" aria-describedby="wrong-guess" aria-invalid=${this.#is("guess")}></label>
          </div>
          ${this.#why("guess")}
          <div class="foot"><button type="submit" class="line">Use this guess</button></div>
        </form>
      </div>
    </div>`;
  }

  #typeIn(button: string): TemplateResult {
    return html`<form novalidate @submit=${this.#history}>
      <label>finished, sprint by sprint<input id="finished" name="finished" placeholder="8 12 9" autocomplete="off" aria-describedby="wrong-finished" aria-invalid=${this.#is("finished")}></label>
      ${this.#why("finished")}
      <div class="foot"><button type="submit" class="primary">${button}</button></div>
    </form>`;
  }

  #history = (event: SubmitEvent): void => {
    this.#submit(event, "finished", (form) => {
      const finished = readList(text(form, "finished"));
      if (finished.length === 0) throw new Error("write what each sprint finished, like 8 12 9");
      return { type: "setHistory", finished, today: this.today, ...(this.team === "" || (this.#forecast?.teams.length ?? 0) < 2 ? {} : { team: this.team }) };
    });
  };

  #guess = (event: SubmitEvent): void => {
    this.#submit(event, "guess", (form) => {
      const guess = readGuess(text(form, "poor"), text(form, "usual"), text(form, "good"));
      if (!guess) throw new Error("give a number for a poor, a usual and a good sprint");
      return { type: "setGuess", guess };
    });
  };

  // A file that names teams is forecast as one until somebody says otherwise.
  #offer({ teams, teamNames }: Summary): TemplateResult | typeof nothing {
    if (this.readonly || teams.length > 1 || teamNames.length < 2) return nothing;
    return html`<p class="offer">Items name ${teamNames.length} teams, and are forecast as the work of one. <button type="button" class="link" @click=${() => this.#run({ type: "forecastByTeam" }, "offer")}>Forecast by team</button>${this.#why("offer")}</p>`;
  }

  /** The team whose numbers are shown; nothing for all together. */
  #teamOf({ teams }: PlanForecast): PlanForecast["teams"][number] | undefined {
    return teams.length > 1 ? teams.find(({ name }) => name === this.team) : undefined;
  }

  #choice({ teams }: PlanForecast, label: string): TemplateResult | typeof nothing {
    if (teams.length < 2) return nothing;
    return html`<select class="team" aria-label=${label} @change=${(event: Event) => { this.team = (event.target as HTMLSelectElement).value; this.wrong = undefined; }}>
      <option value="" ?selected=${this.#teamOf({ teams } as PlanForecast) === undefined}>All teams</option>
      ${teams.map(({ name }) => html`<option value=${name} ?selected=${name === this.team}>${name}</option>`)}
    </select>`;
  }

  // ---- objectives

  #objectives({ objectives }: PlanForecast): TemplateResult {
    return html`<section>
      <h3>The work for each objective lands in time</h3>
      ${objectives.length === 0 ? html`<p class="muted">No objective yet. Name what the work is for and by when: then each shows how likely its work is to land in time.</p>` : nothing}
      <ul class="objectives">${repeat(objectives, ({ objective }) => objective.id, (view, k) => this.#objective(view, k))}</ul>
      ${this.readonly ? nothing : this.editing === "new" ? this.#newObjective(objectives) : html`<p class="addone"><button type="button" class="link" @click=${() => this.#edit("new")}>Add an objective</button></p>`}
    </section>`;
  }

  #objective(view: ObjectiveView, k: number): TemplateResult {
    const { objective, open, done, lands, chance: share, chanceText } = view;
    const low = share != null && share < 0.5;
    const finished = open === 0 && done > 0;
    const due = objective.due;
    const editing = this.editing === objective.id && !this.readonly;
    const what = due === undefined ? "Give it a date" : `by ${spoken(due, this.today)}`;
    const numbers = [
      ...(lands.p85 != null ? [`85 % sure by ${spoken(lands.p85, this.today)}`] : open > 0 && share != null ? ["no date at 85 % within the horizon"] : []),
      `${open} to do`,
      ...(done > 0 ? [`${done} done`] : []),
    ].join(" · ");
    return html`<li>
      <span class="name"><i class="dot" ${place({ background: objectiveColour(k) })}></i><span>${objective.name}
        ${editing
          ? html`<span class="due"><input type="date" aria-label="${objective.name} is due on" .value=${due ?? ""} @keydown=${(event: KeyboardEvent) => { event.stopPropagation(); if (event.key === "Escape") this.#edit(""); if (event.key === "Enter") (event.currentTarget as HTMLElement).blur(); }} @blur=${(event: Event) => this.#setDue(view, (event.currentTarget as HTMLInputElement))}></span>${this.#why(objective.id)}`
          : this.readonly
            ? due === undefined ? nothing : html`<span class="muted">${what}</span>`
            : html`<button type="button" class="link" aria-label="${objective.name}: ${what}. Change" @click=${() => this.#edit(objective.id)}>${what}</button>`}
      </span></span>
      ${share == null
        ? html`<span class="likely muted" ${place({ "grid-column": "2 / -1" })}>${finished ? "delivered" : open + done === 0 ? "no work linked" : due === undefined ? "no date" : "no forecast yet"}</span>`
        : html`<span class="bar ${low ? "low" : ""}" aria-hidden="true"><i ${place({ width: `${Math.max(1, Math.min(99, share * 100))}%` })}></i></span><span class="likely ${low ? "low" : ""}">${chanceText} likely</span>`}
      <span class="about">${share == null && !finished ? sentence(view.sentence) : numbers}${due !== undefined && share != null && share < 0.85 && due >= this.today
        ? html` · <button type="button" class="link" aria-label="What would it take to have the work for ${objective.name} in time?" @click=${() => this.takes?.ask({ objective: objective.id }, due)}>what would it take?</button>` : nothing}</span>
    </li>`;
  }

  #setDue({ objective }: ObjectiveView, input: HTMLInputElement): void {
    if (this.editing !== objective.id) return;
    const { due: old, ...rest } = objective;
    const due = input.value;
    if (input.validity.badInput || due === (old ?? "")) {
      this.#edit("");
      return;
    }
    if (this.#run({ type: "setObjective", objective: due === "" ? rest : { ...rest, due } }, objective.id)) this.#edit("");
  }

  #newObjective(objectives: readonly ObjectiveView[]): TemplateResult {
    const submit = (event: SubmitEvent): void => {
      const sent = this.#submit(event, "objective", (form) => {
        const name = text(form, "name");
        if (name === "") throw new Error("name it by the outcome: Leads +20 %");
        const due = text(form, "due");
        return { type: "setObjective", objective: { id: freeId(name, objectives), name, ...(due === "" ? {} : { due }) } };
      });
      if (sent) this.#edit("");
    };
    return html`<form class="add" novalidate @submit=${submit} @keydown=${(event: KeyboardEvent) => { event.stopPropagation(); if (event.key === "Escape") this.#edit(""); }}>
      <label class="grow">Objective<input name="name" id="objective" placeholder="Leads +20 %" autocomplete="off" aria-describedby="wrong-objective" aria-invalid=${this.#is("objective")}></label>
      <label>by<input name="due" type="date"></label>
      <button type="submit" class="primary">Add</button>
      <button type="button" class="line" @click=${() => this.#edit("")}>Cancel</button>
      ${this.#why("objective")}
    </form>`;
  }

  // ---- the past

  #past(forecast: PlanForecast, summary: Summary): TemplateResult | typeof nothing {
    const several = forecast.teams.length > 1;
    if (forecast.history.length === 0 && !forecast.guess && !several) return nothing;
    const team = this.#teamOf(forecast);
    const history = (team ?? forecast).history;
    // What all teams finished is a sum: it is corrected team by team.
    const fixed = this.readonly || (several && team === undefined);
    const send = (command: Command): string | undefined => this.#trySend(team && command.type === "setSprint" ? { ...command, team: team.name } : command);
    return html`<section>
      <h3 class="with">Past sprints ${this.#choice(forecast, "Past sprints of")}</h3>
      ${history.length === 0 && !this.readonly && (team !== undefined || !several) ? html`<p class="muted">None yet. Type what the last ones${team ? ` of ${team.name}` : ""} finished, oldest first, and they take the place of the guess.</p><div class="way">${this.#typeIn("Use these sprints")}</div>` : nothing}
      <landfall-velocity
        .history=${history} .unit=${forecast.unit} .summary=${team?.velocity ?? summary.velocity} .today=${this.today} .sprintDays=${summary.calendar.sprintDays}
        .readonly=${fixed} .send=${send}
      ></landfall-velocity>
    </section>`;
  }

  // ---- how forecasts held

  #held({ unit }: PlanForecast, { assumptions }: Summary): TemplateResult {
    return html`<details class="more" id="held" @toggle=${(event: Event) => { this.held = (event.currentTarget as HTMLDetailsElement).open; }}>
      <summary>How well forecasts like this have held</summary>
      ${this.held ? html`<landfall-backtest .backtest=${this.#backtest()} .unit=${unit} .today=${this.today} .model=${assumptions.model ?? "calibrated"}></landfall-backtest>` : nothing}
    </details>`;
  }

  // It looks at the past alone, and only when somebody wants to see it.
  #backtest(): PlanBacktest | undefined {
    if (this.#tested?.of !== this.revision) this.#tested = this.session && { of: this.revision, answer: this.session.planner.backtest({ today: this.today }) };
    return this.#tested?.answer;
  }

  // ---- capacity

  #capacity(forecast: PlanForecast): TemplateResult {
    const team = this.#teamOf(forecast);
    const sprints = (team ?? forecast).sprints;
    const everybody = forecast.teams.length > 1 && team === undefined;
    return html`<details class="more" id="capacity" ?open=${this.more} @toggle=${(event: Event) => { this.more = (event.currentTarget as HTMLDetailsElement).open; }}>
      <summary>Capacity of the next sprints</summary>
      ${!this.more ? nothing : html`${this.#choice(forecast, "Capacity of")}
      <p class="muted hint">100 % is a sprint as in the past, with the holidays there were. What you type by hand multiplies what holidays, absences and changes in the team leave${everybody ? ", for every team" : ""}.</p>
      <div class="scroll" tabindex="0" role="region" aria-label="Capacity of the next sprints">
        <table>
          <caption class="sr">The share of a usual sprint's capacity that each next sprint has</caption>
          <thead><tr><th scope="col">Sprint</th><th scope="col" class="r">by hand</th><th scope="col">of a usual sprint</th></tr></thead>
          <tbody>${sprints.map((sprint) => {
            const name = `${spoken(sprint.start, this.today)} – ${spoken(sprint.end, this.today)}`;
            const factor = `${Math.round((sprint.factor ?? 1) * 100)} %`;
            return html`<tr>
              <th scope="row">${name}</th>
              <td class="r">${this.readonly ? factor : html`<input inputmode="decimal" autocomplete="off" aria-label="Share of a usual sprint, ${name}" aria-invalid=${this.#is(sprint.start)} .value=${factor} @keydown=${(event: Event) => event.stopPropagation()} @change=${(event: Event) => this.#setCapacity(sprint, team?.name, event.currentTarget as HTMLInputElement)}>${this.#why(sprint.start)}`}</td>
              <td class="reason">${sprint.sentence}</td>
            </tr>`;
          })}</tbody>
        </table>
      </div>`}
    </details>`;
  }

  #setCapacity({ start, factor }: FutureSprint, team: string | undefined, input: HTMLInputElement): void {
    const typed = input.value.trim().replace(/\s*%$/, "").replace(",", ".");
    const share = typed === "" ? 1 : Number(typed) / 100;
    if (Number.isNaN(share)) {
      this.wrong = { place: start, why: `Found “${input.value}”: give a share, like 80 %` };
      return;
    }
    if (share === (factor ?? 1)) {
      this.wrong = undefined;
      input.value = `${Math.round(share * 100)} %`;
      return;
    }
    this.#run({ type: "setCapacity", sprint: start, factor: share === 1 ? null : share, ...(team === undefined ? {} : { team }) }, start);
  }

  async #show(what: string): Promise<void> {
    if (what === "capacity") {
      this.more = true;
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>("#capacity input")?.focus();
      return;
    }
    this.velocity?.focus();
  }

  // ---- changing

  #edit(id: string): void {
    const before = this.editing;
    this.editing = id;
    this.wrong = undefined;
    void this.updateComplete.then(() => {
      const field = id === "" ? undefined : this.renderRoot.querySelector<HTMLElement>(id === "new" ? "form.add input" : ".due input");
      (field ?? (before === "new" ? this.renderRoot.querySelector<HTMLElement>(".addone button") : undefined))?.focus();
    });
  }

  #submit(event: SubmitEvent, place: string, read: (form: FormData) => Command): boolean {
    event.preventDefault();
    let command: Command;
    try {
      command = read(new FormData(event.currentTarget as HTMLFormElement));
    } catch (error) {
      this.wrong = { place, why: sentence(reason(error)) };
      return false;
    }
    return this.#run(command, place);
  }

  #run(command: Command, place: string): boolean {
    const why = this.#trySend(command);
    this.wrong = why === undefined ? undefined : { place, why };
    return why === undefined;
  }

  #trySend = (command: Command): string | undefined => {
    if (!this.session) return undefined;
    const wrong = misfit(this.session.planner, command);
    if (!wrong) send(this, command);
    return wrong?.why;
  };

  #is(place: string): "true" | "false" {
    return this.wrong?.place === place ? "true" : "false";
  }

  #why(place: string): TemplateResult {
    return html`<span class="error" id="wrong-${place}" role="alert">${this.wrong?.place === place ? this.wrong.why : ""}</span>`;
  }
}

const text = (form: FormData, name: string): string => String(form.get(name) ?? "").trim();

/** A key for an objective: its name, as far as a key can say it. */
function freeId(name: string, objectives: readonly ObjectiveView[]): string {
  const plain = name.toLowerCase().normalize("NFKD").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 40) || "objective";
  const taken = new Set(objectives.map(({ objective }) => objective.id));
  for (let k = 1; ; k++) {
    const id = k === 1 ? plain : `${plain}-${k}`;
    if (!taken.has(id)) return id;
  }
}

define("landfall-forecast", LandfallForecast);
declare global {
  interface HTMLElementTagNameMap {
    "landfall-forecast": LandfallForecast;
  }
}
