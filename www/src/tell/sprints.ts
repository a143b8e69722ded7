import { type PropertyValues, type TemplateResult, css, html, nothing } from "lit";
import { state } from "lit/decorators.js";
import type { Command, NextSprint, SprintProgress, SprintWork, Sprints } from "../../pkg/landfall";
import "../charts/burn-down.ts";
import { amount, amountOf, define, sentence } from "../charts/chart.ts";
import { ask, say } from "../events.ts";
import { dated, reason, spoken } from "../text.ts";
import { explained, misfit, send } from "../views/send.ts";
import { named } from "../views/plan/moves.ts";
import { Section } from "./section.ts";

/** What is being chosen: the items of a sprint to start or to change, or what was finished in the one to close. */
interface Choosing {
  what: "start" | "change" | "close";
  start?: string;
  goal: string;
  items: SprintWork[];
  picked: Set<string>;
}

/** The running sprint with its burn-down and its chance, and what the next ones hold. */
export class LandfallSprints extends Section {
  static override styles = [Section.styles, css`
    .next { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 14px; }
    article { min-width: 0; padding: 12px 14px 14px; border: 1px solid var(--line); border-radius: 10px; background: var(--panel); }
    h4 { margin: 0; font-size: 13px; line-height: 20px; font-weight: 600; }
    h5 { margin: 10px 0 2px; font-size: 11.5px; line-height: 16px; font-weight: 600; color: var(--muted); }
    article li, form li { display: flex; gap: 6px; align-items: baseline; min-height: 24px; padding: 2px 0; }
    .stretch { color: var(--muted); }
    article b, p b { font-weight: inherit; white-space: nowrap; }
    .grow { overflow-wrap: anywhere; }
    .running { margin-bottom: 18px; }
    .over, .note { color: var(--warn); }
    .foot { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 12px; align-items: center; }
    form { margin-top: 10px; padding-top: 10px; border-top: 1px solid var(--line); }
    form > label:not(.pick) { display: grid; gap: 2px; margin-top: 8px; font-size: 12px; color: var(--muted); }
    form label.pick { display: flex; gap: 8px; flex: 1; min-width: 0; align-items: baseline; }
    form label.pick input { align-self: center; }
    [role=status] { min-height: 20px; margin-top: 8px; }
  `];

  @state() private sprints: Sprints | undefined;
  @state() private failure = "";
  @state() private choosing: Choosing | undefined;
  @state() private wrong = "";
  /** How likely the choice is to be finished. */
  @state() private judged: SprintProgress | undefined;
  @state() private fresh = true;

  #asking: AbortController | undefined;
  #judging: AbortController | undefined;

  protected override willUpdate(changed: PropertyValues): void {
    if (["session", "today", "revision"].some((name) => changed.has(name))) void this.#ask();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asking?.abort();
    this.#judging?.abort();
  }

  async #ask(): Promise<void> {
    const { session, today } = this;
    this.#asking?.abort();
    if (!session) return;
    const { signal } = (this.#asking = new AbortController());
    this.fresh = false;
    try {
      this.sprints = await session.ready((planner) => planner.sprints({ today }), { signal });
      this.failure = "";
      this.fresh = true;
    } catch (error) {
      if (signal.aborted) return;
      this.sprints = undefined;
      this.failure = explained(error).why;
    }
  }

  override render() {
    const { sprints, failure, readonly } = this;
    return html`<h3 tabindex="-1">Next sprints</h3>
      ${failure ? html`<p class="error" role="alert">${sentence(failure)}</p>` : nothing}
      ${sprints === undefined ? nothing : html`<div aria-busy=${this.fresh ? "false" : "true"}>
        ${sprints.running ? this.#running(sprints.running, sprints) : nothing}
        <div class="next">${sprints.next.map((sprint, k) => this.#next(sprint, !readonly && k === 0 && sprints.running === undefined))}</div>
      </div>`}`;
  }

  #running(sprint: SprintProgress, { unit, next }: Sprints): TemplateResult {
    const { start, end, goal, items, over } = sprint;
    const { choosing } = this;
    const more = next.slice(0, 1).flatMap(({ commit, stretch }) => [...commit, ...stretch]);
    return html`<article class="running" aria-label="Running sprint">
      <h4>${this.#days(start, end)} <span class="chip">running</span></h4>
      ${goal ? html`<p>${goal}</p>` : nothing}
      <p class=${over ? "over" : ""}>${dated(sentence(sprint.sentence))}</p>
      <landfall-burn-down .sprint=${sprint} .unit=${unit} .today=${this.today}></landfall-burn-down>
      ${choosing && choosing.what !== "start" && !this.readonly ? this.#form(choosing) : html`<h5>In the sprint</h5>
      <ul>${items.map((item) => this.#item(item, item.status === "done" ? "done" : item.added ? "added" : ""))}</ul>
      ${this.readonly ? nothing : html`<div class="foot">
        <button type="button" class="primary" ?disabled=${this.today < start} @click=${() => this.#choose({ what: "close", goal, items, picked: new Set(done(items)) })}>Close the sprint</button>
        <button type="button" class="line" @click=${() => this.#choose({ what: "change", goal, items: [...items, ...more], picked: new Set(items.map(({ id }) => id)) })}>Change what is in it</button>
      </div>`}`}
    </article>`;
  }

  #next(sprint: NextSprint, first: boolean): TemplateResult {
    const { start, end, commit, stretch, goal } = sprint;
    const { choosing } = this;
    const unit = this.sprints!.unit;
    const list = (name: string, items: SprintWork[], sum: number, style: string) => (items.length === 0 ? nothing : html`<div class=${style}><h5>${name} · ${amountOf(sum, unit)}</h5><ul>${items.map((item) => this.#item(item))}</ul></div>`);
    return html`<article aria-label="Sprint to ${spoken(end, this.today)}">
      <h4>${this.#days(start, end)}</h4>
      <p class="muted">${sprint.capacity}</p>
      <p>${dated(sentence(sprint.sentence))}</p>
      ${goal ? html`<p class="muted">Goal: ${goal}</p>` : nothing}
      ${sprint.notes.map((note) => html`<p class="note">${sentence(note)}</p>`)}
      ${first && choosing?.what === "start" ? this.#form(choosing) : html`${list("Commit, 85 %", commit, sprint.amount, "")}
      ${list("Stretch, 50 %", stretch, sprint.stretchAmount, "stretch")}
      ${!first ? nothing : html`<div class="foot"><button type="button" class="primary" @click=${() => this.#choose({ what: "start", start, goal, items: [...commit, ...stretch], picked: new Set(commit.map(({ id }) => id)) })}>Start this sprint</button></div>`}`}
    </article>`;
  }

  #days(start: string, end: string): string {
    return `${spoken(start, this.today)} – ${spoken(end, this.today)}`;
  }

  #item(item: SprintWork, chip = ""): TemplateResult {
    return html`<li><button type="button" class="link" @click=${() => ask(this, { what: "open", id: item.id })}>${item.id}</button><span class="grow">${item.title}${chip ? html` <span class="chip ${chip === "added" ? "warn" : "plain"}">${chip}</span>` : nothing}</span><span>${amount(item.size)}</span></li>`;
  }

  // ---- choosing

  #choose(choosing: Choosing | undefined): void {
    this.choosing = choosing;
    this.wrong = "";
    this.judged = undefined;
    if (choosing && choosing.what !== "close") void this.#judge();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(choosing ? "form input" : ".foot .primary")?.focus());
  }

  #form({ what, goal, items, picked }: Choosing): TemplateResult {
    const { judged } = this;
    const closing = what === "close";
    return html`<form novalidate @submit=${this.#submit} @keydown=${(event: KeyboardEvent) => { event.stopPropagation(); if (event.key === "Escape") this.#choose(undefined); }}>
      ${closing ? html`<p>Tick what was finished. The rest goes to the top of what comes next.</p>` : html`<label>Goal<input name="goal" autocomplete="off" .value=${goal}></label>`}
      <h5>${closing ? "Finished" : "In the sprint"}</h5>
      <ul>${items.map(({ id, title, size, status }) => html`<li><label class="pick"><input type="checkbox" .checked=${picked.has(id)} ?disabled=${status === "done"} @change=${() => this.#pick(id)}><span class="grow">${id} ${title}</span></label><span>${Number.isNaN(size) ? "" : amount(size)}</span></li>`)}</ul>
      ${closing ? nothing : html`<label>Another item, by key or title<input name="more" autocomplete="off" @change=${this.#more}></label>`}
      <p class="error" role="alert">${this.wrong}</p>
      <div class="foot"><button type="submit" class="primary">${closing ? "Close it" : what === "start" ? "Start" : "Save"}</button><button type="button" class="line" @click=${() => this.#choose(undefined)}>Cancel</button></div>
      ${closing ? nothing : html`<p role="status" class=${judged?.over ? "over" : ""}>${judged ? dated(sentence(`${amountOf(judged.left, this.sprints!.unit)}: ${judged.sentence}`)) : ""}</p>`}
    </form>`;
  }

  #pick(id: string): void {
    const { picked } = this.choosing!;
    if (!picked.delete(id)) picked.add(id);
    this.requestUpdate();
    void this.#judge();
  }

  #more = (event: Event): void => {
    const field = event.currentTarget as HTMLInputElement;
    const { session, choosing } = this;
    if (!session || !choosing || field.value.trim() === "") return;
    try {
      const { id, title, status } = session.item(named(session, field.value)).row;
      // How much it counts for, the core says when it judges the choice.
      if (!choosing.items.some((item) => item.id === id)) choosing.items.push({ id, title, status, size: NaN });
      choosing.picked.add(id);
      field.value = this.wrong = "";
      void this.#judge();
    } catch (error) {
      this.wrong = sentence(reason(error));
    }
    this.requestUpdate();
  };

  #command(): Command {
    const { today } = this;
    const { what, start, items, picked } = this.choosing!;
    const ids = items.map(({ id }) => id).filter((id) => picked.has(id));
    if (what === "close") return { type: "closeSprint", today, finished: ids };
    const goal = this.renderRoot.querySelector<HTMLInputElement>("[name=goal]")?.value.trim() ?? "";
    return { type: "startSprint", today, items: ids, goal, ...(start === undefined ? {} : { start }) };
  }

  // The sprint as it would be, before it is started.
  async #judge(): Promise<void> {
    const { session, today } = this;
    this.#judging?.abort();
    if (!session || !this.choosing || this.choosing.what === "close") return;
    const { signal } = (this.#judging = new AbortController());
    const assume = [this.#command()];
    try {
      const { running } = await session.ready((planner) => planner.sprints({ today, assume, count: 1 }), { signal });
      for (const item of this.choosing.items) item.size = running?.items.find(({ id }) => id === item.id)?.size ?? item.size;
      this.judged = running;
    } catch {
      // What cannot be started is said when it is to be.
      if (!signal.aborted) this.judged = undefined;
    }
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    const { session, choosing } = this;
    if (!session || !choosing) return;
    const command = this.#command();
    const wrong = misfit(session.planner, command);
    if (wrong) {
      this.wrong = sentence(wrong.why);
      return;
    }
    send(this, command);
    this.choosing = undefined;
    say(this, { start: "The sprint is started", change: "The sprint is changed", close: "The sprint is closed" }[choosing.what], { show: true, undo: true });
    this.renderRoot.querySelector<HTMLElement>("h3")?.focus();
  };
}

const done = (items: readonly SprintWork[]): string[] => items.filter(({ status }) => status === "done").map(({ id }) => id);

define("landfall-sprints", LandfallSprints);
