import { LitElement, type PropertyValues, type TemplateResult, css, html, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import type { Chance, ChanceQuery, ScopeTaken, Summary, WhatItTakes } from "../../pkg/landfall";
import { amount, define, sentence } from "../charts/chart.ts";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";
import { count, dated } from "../text.ts";
import { explained, send } from "../views/send.ts";

/** What is asked about: all of it, an objective, or the work with a tag. */
export interface Wanted {
  objective?: string;
  tag?: string;
}

/** How likely something is by a day, and the deadline, the velocity or the scope that would make it likely enough. */
export class LandfallTakes extends LitElement {
  static override styles = [base, css`
    :host { display: block; container-type: inline-size; }
    .ask { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; }
    .ask select { width: auto; max-width: 100%; }
    .ask input { width: 148px; }
    output { font-weight: 600; }
    output .muted, output .error { font-weight: 400; }
    dl { margin-top: 10px; border-top: 1px solid var(--line); max-width: 720px; transition: opacity .15s; }
    dl[aria-busy=true] { opacity: .55; }
    dl > div { display: grid; grid-template-columns: 76px minmax(0, 1fr) auto; gap: 0 14px; align-items: baseline; padding: 7px 0; border-bottom: 1px solid var(--line); min-height: 35px; }
    dt { color: var(--muted); }
    dd { text-wrap: pretty; }
    dd b { font-weight: inherit; white-space: nowrap; }
    .wide { grid-column: 2 / -1; }
    @container (max-width: 480px) {
      dl > div { grid-template-columns: minmax(0, 1fr) auto; }
      dt { grid-column: 1 / -1; font-size: 12px; line-height: 17px; }
      .wide { grid-column: 1 / -1; }
    }
    details { margin-top: 2px; color: var(--muted); }
    summary { width: fit-content; padding: 3px 0; cursor: pointer; font-size: 12px; border-radius: 4px; }
    summary:hover { color: var(--ink); }
    .scroll { max-height: 320px; overflow: auto; }
    table { border-collapse: collapse; width: 100%; color: var(--ink); font-size: 12px; line-height: 18px; }
    th, td { padding: 4px 12px 4px 0; font-weight: 400; text-align: left; vertical-align: baseline; }
    thead th { color: var(--muted); white-space: nowrap; }
    tbody tr > * { border-top: 1px solid var(--line); }
    .r { text-align: right; white-space: nowrap; padding-right: 0; padding-left: 12px; }
    .id { color: var(--muted); margin-right: 6px; white-space: nowrap; }
  `];

  @property({ attribute: false }) session: Session | undefined;
  @property({ attribute: false }) summary: Summary | undefined;
  @property({ attribute: false }) today = "";
  /** Changes whenever the plan does. */
  @property({ attribute: false }) revision = 0;
  @property({ attribute: false }) readonly = false;
  /** The day that is asked about; empty for none. */
  @property({ attribute: false }) by = "";

  @state() private wanted: Wanted = {};
  /** How it stands, or why that cannot be told. */
  @state() private now: Chance | undefined;
  @state() private failure = "";
  /** What was found last, and whether it answers the question that stands there. */
  @state() private takes: WhatItTakes | undefined;
  @state() private fresh = false;
  @query("#deadline") private box!: HTMLInputElement | null;

  #asking: AbortController | undefined;

  /** Asks about something else. */
  ask(wanted: Wanted, by: string): void {
    this.wanted = wanted;
    this.#say(by);
    void this.updateComplete.then(() => this.box?.focus());
  }

  protected override willUpdate(changed: PropertyValues): void {
    // What was asked about may be gone.
    const { objective, tag } = this.wanted;
    if ((objective !== undefined && !this.summary?.objectives.some((view) => view.objective.id === objective)) || (tag !== undefined && !this.summary?.tags.includes(tag))) this.wanted = {};
    if (["session", "today", "revision", "by", "wanted"].some((name) => changed.has(name))) void this.#ask();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asking?.abort();
  }

  // The search looks at many outlooks: when the chance stands there, and nobody types any more.
  async #ask(): Promise<void> {
    const { session } = this;
    this.#asking?.abort();
    this.fresh = false;
    if (this.by === "" || !session) {
      this.now = this.takes = undefined;
      this.failure = "";
      return;
    }
    const { signal } = (this.#asking = new AbortController());
    const query = this.#query();
    try {
      this.now = await session.ready((planner) => planner.chance(query), { signal });
      this.failure = "";
      await new Promise((resolve) => setTimeout(resolve, 200));
      if (signal.aborted) return;
      this.takes = await session.ready((planner) => planner.whatWouldItTake(query), { signal });
      this.fresh = true;
    } catch (error) {
      if (signal.aborted) return;
      this.now = this.takes = undefined;
      this.failure = explained(error).why;
    }
  }

  #query(): ChanceQuery {
    return { ...this.wanted, by: this.by, today: this.today };
  }

  override render() {
    const { summary } = this;
    if (!summary) return nothing;
    const { now, takes, fresh } = this;
    return html`
      <div class="ask">
        <select aria-label="What should land" @change=${this.#choose}>
          <option value="" ?selected=${this.wanted.objective === undefined && this.wanted.tag === undefined}>All of it</option>
          ${summary.objectives.length === 0 ? nothing : html`<optgroup label="The work for">${summary.objectives.map(({ objective }) => html`<option value="o ${objective.id}" ?selected=${objective.id === this.wanted.objective}>${objective.name}</option>`)}</optgroup>`}
          ${summary.tags.length === 0 ? nothing : html`<optgroup label="The work tagged">${summary.tags.slice(0, 20).map((tag) => html`<option value="t ${tag}" ?selected=${tag === this.wanted.tag}>${tag}</option>`)}</optgroup>`}
        </select>
        <label for="deadline" class="muted">by</label>
        <input id="deadline" type="date" .value=${this.by} @input=${(event: Event) => this.#say((event.currentTarget as HTMLInputElement).value)} @keydown=${(event: Event) => event.stopPropagation()}>
        <output for="deadline">${this.by === "" ? html`<span class="muted">type a date: read its chance, and what it would take</span>` : this.failure ? html`<span class="error">${sentence(this.failure)}</span>` : now ? html`${now.chanceText} likely` : nothing}</output>
        ${this.by === "" ? nothing : html`<button type="button" class="link" @click=${() => this.#say("")}>clear</button>`}
      </div>
      ${now === undefined ? nothing : html`<dl aria-live="polite" aria-busy=${fresh ? "false" : "true"}>
        ${this.#line("By then", now.howMany.sentence)}
        ${takes === undefined ? this.#line("To have it", "…") : this.#found(takes, fresh)}
      </dl>`}
    `;
  }

  #found({ holds, now, deadline, velocity, scope }: WhatItTakes, fresh: boolean): TemplateResult {
    if (now.items === 0) return this.#line("Work", now.sentence);
    return html`
      ${this.#line("Deadline", deadline.sentence)}
      ${this.#line("Velocity", velocity.sentence)}
      ${holds ? nothing : html`<div>
        <dt>Scope</dt>
        <dd>${dated(sentence(scope.sentence))}</dd>
        ${scope.command === undefined || this.readonly ? nothing : html`<dd><button type="button" class="line" ?disabled=${!fresh} @click=${() => this.#leaveOut(scope)}>Leave out</button></dd>`}
        ${scope.items.length === 0 ? nothing : html`<dd class="wide">${items(scope)}</dd>`}
      </div>`}
    `;
  }

  #line(name: string, text: string): TemplateResult {
    return html`<div><dt>${name}</dt><dd class="wide">${dated(sentence(text))}</dd></div>`;
  }

  #choose = (event: Event): void => {
    const { value } = event.currentTarget as HTMLSelectElement;
    const [kind, id] = [value.slice(0, 1), value.slice(2)];
    this.wanted = kind === "o" ? { objective: id } : kind === "t" ? { tag: id } : {};
    const due = this.summary?.objectives.find(({ objective }) => objective.id === this.wanted.objective)?.objective.due;
    this.#say(due ?? this.by);
  };

  #say(by: string): void {
    this.dispatchEvent(new CustomEvent("deadline", { detail: { by, all: this.wanted.objective === undefined && this.wanted.tag === undefined } }));
  }

  #leaveOut({ command }: ScopeTaken): void {
    if (command) send(this, command);
  }
}

function items({ items, minimal }: ScopeTaken): TemplateResult {
  const told = items.some(({ chanceText }) => chanceText !== undefined);
  return html`<details ?open=${items.length <= 3}>
    <summary>${items.length === 1 ? "Show the item" : `Show the ${count(items.length, "item")}, the least valuable first`}</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="Items to leave out"><table>
      <thead><tr><th scope="col">Leave out</th><th scope="col" class="r">size</th>${told ? html`<th scope="col" class="r">likely then</th>` : nothing}</tr></thead>
      <tbody>${items.map((item) => html`<tr>
        <th scope="row"><span class="id">${item.id}</span>${item.title}${item.needs.length > 0 ? html` <span class="muted">needs ${item.needs.join(", ")}</span>` : nothing}</th>
        <td class="r">${amount(item.amount)}</td>
        ${told ? html`<td class="r">${item.chanceText ?? ""}</td>` : nothing}
      </tr>`)}</tbody>
    </table></div>
    ${minimal ? nothing : html`<p>Some of these might stay: there are too many to try each.</p>`}
  </details>`;
}

define("landfall-takes", LandfallTakes);
declare global {
  interface HTMLElementTagNameMap {
    "landfall-takes": LandfallTakes;
  }
}
