import { LitElement, type PropertyValues, type TemplateResult, css, html, nothing } from "lit";
import { property } from "lit/decorators.js";
import type { Flow, FlowSprint, FlowTimes } from "../../pkg/landfall";
import { amount, define, sentence } from "../charts/chart.ts";
import "../charts/flow.ts";
import { copy, place } from "../dom.ts";
import { ask, say } from "../events.ts";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";
import { days, spoken } from "../text.ts";

/** How work has flowed: velocity, times, ages, bugs, and what is blocked. */
export class LandfallFlow extends LitElement {
  static override styles = [base, css`
    :host { display: block; max-width: 860px; }
    h3 { margin: 24px 0 8px; font-size: 13px; line-height: 20px; font-weight: 600; }
    li { padding: 6px 0; border-top: 1px solid var(--line); }
    .age { display: grid; grid-template-columns: minmax(0, 1fr) minmax(60px, 160px) 68px; gap: 0 14px; align-items: center; }
    .bar { position: relative; height: 6px; border-radius: 3px; background: var(--line); }
    .bar i { display: block; height: 100%; border-radius: 3px; background: var(--accent); }
    .bar b { position: absolute; top: -3px; bottom: -3px; width: 1.5px; background: var(--muted); }
    .late .bar i { background: var(--warn); }
    .late .right { color: var(--warn); }
    .said { margin-bottom: 8px; }
    textarea { margin: 4px 0; max-width: 640px; field-sizing: content; min-height: 48px; }
  `];

  @property({ attribute: false }) session: Session | undefined;
  @property({ attribute: false }) today = "";
  /** Changes whenever the plan does. */
  @property({ attribute: false }) revision = 0;

  #flow: Flow | undefined;

  protected override willUpdate(changed: PropertyValues): void {
    if (["session", "today", "revision"].some((name) => changed.has(name))) this.#flow = this.session?.planner.flow({ today: this.today });
  }

  override render() {
    if (!this.#flow) return nothing;
    const { today } = this;
    const { sprints, velocity, bugs, cycle, lead, ageing, ageingSentence, blocked, blockedSentence, unit } = this.#flow;
    const rows = (of: (sprint: FlowSprint) => string[], all: string[]): string[][] => [...sprints.toReversed().map((sprint) => [spoken(sprint.end, today), ...of(sprint)]), ["all", ...all]];
    const sum = (of: (sprint: FlowSprint) => number | undefined): string => amount(sprints.reduce((sum, sprint) => sum + (of(sprint) ?? 0), 0));
    const usual = cycle.p85;
    const most = Math.max(1, usual ?? 0, ...ageing.map((item) => item.days ?? 0));
    return html`
      <h3>Velocity</h3>
      <landfall-pairs
        .pairs=${sprints.map(({ end, finished, committed }) => ({ end, bar: finished, tick: committed }))} .names=${["finished", "committed"]} .label=${`Velocity in ${unit}`} .said=${velocity} .today=${today}
        .head=${["Sprint to", "finished", "committed", "items"]}
        .rows=${rows(({ finished, committed, throughput }) => [amount(finished), committed === undefined ? "" : amount(committed), `${throughput}`], [sum((sprint) => sprint.finished), sum((sprint) => sprint.committed), sum((sprint) => sprint.throughput)])}
      ></landfall-pairs>
      ${this.#times("Cycle time", "from the first day of work", "when work on them began", cycle)}
      ${this.#times("Lead time", "from the day it was written down", "when they were written down", lead)}
      <h3>Work in progress</h3>
      <p class="said">${sentence(ageingSentence)}</p>
      <ul>${ageing.map((item) => html`<li class="age ${item.late ? "late" : ""}">
        ${this.#item(item)}
        <span class="bar" aria-hidden="true"><i ${place({ width: `${((item.days ?? 0) / most) * 100}%` })}></i>${usual == null ? nothing : html`<b ${place({ left: `${(usual / most) * 100}%` })}></b>`}</span>
        <span class="right">${item.days === null ? "unknown" : days(item.days)}</span>
      </li>`)}</ul>
      <h3>Bugs</h3>
      <landfall-pairs
        .pairs=${sprints.map(({ end, bugsCreated, bugsFixed }) => ({ end, bar: bugsCreated, tick: bugsFixed }))} .names=${["created", "fixed"]} .label=${"Bugs"} .said=${bugs} .today=${today}
        .head=${["Sprint to", "created", "fixed", "share of what was finished"]}
        .rows=${rows(({ bugsCreated, bugsFixed, bugShare }) => [`${bugsCreated}`, `${bugsFixed}`, bugShare === undefined ? "" : `${Math.round(bugShare * 100)} %`], [sum((sprint) => sprint.bugsCreated), sum((sprint) => sprint.bugsFixed), ""])}
      ></landfall-pairs>
      <h3>Blocked</h3>
      <p class="said">${sentence(blockedSentence)}</p>
      <ul>${blocked.map((item) => html`<li>
        ${this.#item(item)}
        <textarea readonly aria-label="Message about ${item.id}" .value=${item.message} @keydown=${(event: Event) => event.stopPropagation()}></textarea>
        <button type="button" class="line" aria-label="Copy the message about ${item.id}" @click=${this.#copy}>Copy the message</button>
      </li>`)}</ul>
    `;
  }

  #times(name: string, from: string, unknown: string, times: FlowTimes): TemplateResult {
    return html`<h3>${name} <span class="muted">${from} to the one of delivery, in days</span></h3>
      ${times.items.length === 0 ? html`<p class="muted">No finished item says ${unknown}.</p>` : html`<landfall-times .times=${times} .label=${name} .today=${this.today}></landfall-times>`}`;
  }

  #item({ id, title }: { id: string; title: string }): TemplateResult {
    return html`<span class="cut"><button type="button" class="link" @click=${() => ask(this, { what: "open", id })}>${id}</button> ${title}</span>`;
  }

  #copy = async (event: Event): Promise<void> => {
    const area = (event.currentTarget as Element).previousElementSibling as HTMLTextAreaElement;
    if (await copy(area.value)) return void say(this, "Copied", { show: true });
    area.focus();
    area.select();
    say(this, "This page may not use the clipboard: the text is selected, copy it with the keyboard", { show: true });
  };
}

define("landfall-flow", LandfallFlow);
