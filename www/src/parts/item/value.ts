// What an item is worth: its score and place, its MoSCoW class, the objective it serves, who asked for it.
import { type ReactiveController, type ReactiveControllerHost, type TemplateResult, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { ItemDetail, Moscow, PlanRanking, RequestState } from "../../../pkg/landfall.js";
import { place } from "../../dom.ts";
import { icons } from "../../icons.ts";
import type { Session } from "../../session.ts";
import { capital, methods, number, percent, readChange, reason, score as scored, spoken, uncertain } from "../../text.ts";
import { objectiveColour } from "../../tokens.ts";
import { classes } from "../../views/plan/look.ts";
import { inputHint, inputName, isShare, readInput, writeInput } from "../inputs.ts";
import { rove } from "../menu.ts";
import type { Fields } from "./fields.ts";

/** Up to here an item's place is worked out unasked: the chances of all items are drawn for it, 0.2 ms each. */
const UNASKED = 500;

/** Where the item of a panel stands, and why; looked at when the page has nothing else to do. */
export class Standing implements ReactiveController {
  #host: ReactiveControllerHost & { session: Session; item: string };
  #key = "";
  #asked = "";
  #said: PlanRanking | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost & { session: Session; item: string }) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  render(): TemplateResult | typeof nothing {
    const { item, session } = this.#host;
    const key = `${session.revision} ${item}`;
    if (session.summary.counts.work > UNASKED && this.#asked !== item) {
      return html`<button class="link" @click=${() => { this.#asked = item; this.#host.requestUpdate(); }}>Why here?</button>`;
    }
    if (key !== this.#key) {
      this.#key = key;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.#said = session.planner.ranking({ ids: [item], today: session.today });
        this.#host.requestUpdate();
      }, 40);
    }
    const one = this.#said?.items[0];
    if (one?.id !== item) return nothing;
    const best = one.best === one.place ? `${one.place}, as in the best order` : one.because.includes("best order") ? `${one.place} now` : `${one.place} now, ${one.best} in the best order`;
    return html`<p class="note">${capital(one.because)}.${one.score == null ? nothing : ` Place ${best}.`}${one.chanceText ? ` ${one.chanceText.replaceAll(" ", "\u00a0")} likely among the top ${this.#said!.top}.` : nothing}</p>`;
  }
}

/** The score, its inputs with the steps offered for each, and where that puts it. */
export function score(panel: Fields & { scale: string | undefined }, { item, row, scoreRange, usage }: ItemDetail, standing: Standing): TemplateResult {
  const { readonly, summary } = panel.session;
  const { method = "rice", beside } = summary.scoring;
  const given = item.inputs ?? {};
  const aside = [
    row.score == null ? row.missing.length && `${row.missing.map((name) => inputName(name).toLowerCase()).join(", ")} missing` : scoreRange && `between ${scored(scoreRange.p10)} and ${scored(scoreRange.p90)}`,
    beside && row.beside != null && `${methods[beside]} ${scored(row.beside)}`,
  ].filter(Boolean).join(" · ");
  const cell = (name: string, weight: number | undefined, orSize: boolean) => {
    const field = `input-${name}`;
    const share = isShare(method, name);
    const value = writeInput(given[name], share);
    const sized = orSize ? uncertain(item.size) : "";
    const label = inputName(name);
    return html`<label class="cell ${panel.refused.has(field) ? "bad" : ""}" title=${capital(inputHint(name))} @focusin=${() => { panel.scale = name; }}><small>${label}${weight == null ? nothing : ` × ${number(weight)}`}</small>${readonly ? html`<b>${value || sized || "—"}</b>`
      : panel.input(field, value, label, (text) => {
        const read = readInput(text, label.toLowerCase(), share);
        const { [name]: _, ...rest } = given;
        return { inputs: read === null ? rest : { ...rest, [name]: read } };
      }, { placeholder: sized || "—" })}</label>`;
  };
  const offered = readonly ? undefined : summary.inputs.find(({ name }) => name === panel.scale);
  return html`<div data-section="score" @focusout=${(event: FocusEvent) => { if (!(event.currentTarget as HTMLElement).contains(event.relatedTarget as Node | null)) panel.scale = undefined; }}>
    <h3>${methods[method]}${row.score == null ? nothing : ` ${scored(row.score)}`} <span class="faint">${aside}</span></h3>
    <div class="inputs">${summary.inputs.map(({ name, weight, orSize }) => cell(name, weight, orSize))}</div>
    ${summary.inputs.map(({ name }) => panel.under(`input-${name}`))}
    ${usage ? html`<p class="note">${capital(usage)}.</p>` : nothing}
    ${offered?.scale.length ? html`<div class="scale" role="group" aria-label="${inputName(offered.name)}: ${offered.ownScale ? "the team’s" : "the published"} scale">${offered.scale.map(({ value, label }) => html`
      <button @pointerdown=${(event: Event) => event.preventDefault()} @click=${() => panel.patch(`input-${offered.name}`, { inputs: { ...given, [offered.name]: value } })}>${isShare(method, offered.name) ? percent(value) : number(value)}${label ? html` <small>${label}</small>` : nothing}</button>`)}</div>` : nothing}
    ${row.rank == null ? nothing : standing.render()}</div>`;
}

/** Four classes, of which one holds, or none. */
export function moscow(panel: Fields, { moscow }: { moscow?: Moscow }): TemplateResult {
  const names = Object.entries(classes) as [Moscow, string][];
  return panel.section("moscow", "MoSCoW", html`<div class="four" role="group" aria-label="MoSCoW" @keydown=${(event: KeyboardEvent) => rove(event, (event.currentTarget as HTMLElement).querySelectorAll("button"))}>${names.map(([name, label], k) => html`
    <button ?data-first=${name === moscow || (!moscow && k === 0)} tabindex=${name === moscow || (!moscow && k === 0) ? 0 : -1} aria-pressed=${name === moscow ? "true" : "false"} ?disabled=${panel.session.readonly}
      @click=${() => panel.patch("moscow", { moscow: name === moscow ? null : name })}>${label}</button>`)}</div>${panel.under("moscow")}`);
}

const change = (value: number): string => (value < 0 ? `−${number(-value)}` : number(value));

/** The outcome that it serves, and how far it is expected to move its metric. */
export function objective(panel: Fields, { item, objective, effect }: ItemDetail): TemplateResult {
  const { readonly, summary } = panel.session;
  const at = summary.objectives.findIndex((one) => one.objective.id === item.objective);
  const dot = html`<i class="dot ${at < 0 ? "none" : ""}" ${place(at < 0 ? {} : { background: objectiveColour(at) })}></i>`;
  const create = panel.unfolded.has("new-objective") || (panel.unfolded.has("objective") && summary.objectives.length === 0);
  const edited = panel.unfolded.has("edit-objective");
  const metric = objective?.objective.metric || objective?.objective.name;
  const text = uncertain(item.effect, change).replace(/–(?=−)/g, " to ");
  return html`<div data-section="objective"><h3>Serves${objective && !readonly && !edited ? html`<span class="grow"></span><button class="link" @click=${() => panel.fold("edit-objective", true)}>Edit</button>` : nothing}</h3>
    ${readonly ? html`<p class="serves">${dot}<span>${objective?.objective.name}</span></p>` : html`<div class="serves">${dot}<select aria-label="Objective" data-field="objective" aria-describedby=${panel.described("objective")} @focusout=${() => panel.left("objective")} @change=${(event: Event) => {
      const { value } = event.target as HTMLSelectElement;
      panel.fold("new-objective", value === "new");
      if (value !== "new") panel.patch("objective", { objective: value || null });
    }}>
      <option value="" ?selected=${item.objective == null && !create}>No objective</option>
      ${summary.objectives.map((one) => html`<option value=${one.objective.id} ?selected=${one.objective.id === item.objective && !create}>${one.objective.name}</option>`)}
      <option value="new" ?selected=${create}>New objective…</option></select></div>`}
    ${objective && !create ? html`<p class="note">${reason(objective.sentence)}.${objective.objective.metric ? ` ${capital(objective.outcome.sentence)}.` : nothing}</p>` : nothing}
    ${create ? html`<form class="two" @submit=${(event: SubmitEvent) => addObjective(panel, event)}><label><span class="cap">Outcome</span><input name="name" placeholder="Leads +20 %"></label><label><span class="cap">By</span><input name="due" type="date"></label><button class="line">Add objective</button></form>`
      : objective && !readonly && edited ? html`<div class="two"><label><span class="cap">Outcome</span>${panel.input("objective-name", objective.objective.name, "Name of the objective", (name) => ({ command: { type: "setObjective", objective: { ...objective.objective, name: name.trim() } } }))}</label>
        <label><span class="cap">By</span>${panel.input("objective-due", objective.objective.due ?? "", "Date of the objective", (due) => ({ command: { type: "setObjective", objective: withDue(objective.objective, due) } }), { type: "date" })}</label></div>` : nothing}
    ${panel.under("objective")}${panel.under("objective-name")}${panel.under("objective-due")}
    ${metric && !create && (!readonly || effect) ? html`${readonly ? nothing : html`<label class="effect"><span>Expected effect</span>${panel.input("effect", text, "Expected effect", (typed) => ({ effect: readChange(typed, "effect") }), { placeholder: "40, 20–60 or −30" })}<span class="cut" title=${metric}>${metric}</span></label>`}
      ${panel.under("effect")}${effect && (readonly || item.status === "done") ? html`<p class="note">${capital(effect)}.</p>` : nothing}` : nothing}</div>`;
}

function addObjective(panel: Fields, event: SubmitEvent): void {
  event.preventDefault();
  const data = new FormData(event.target as HTMLFormElement);
  const name = String(data.get("name") ?? "").trim();
  const due = String(data.get("due") ?? "");
  if (!name) return;
  const id = free("O", panel.session.summary.objectives.map((one) => one.objective.id));
  if (panel.run("objective", { type: "batch", label: `add objective ${name}`, commands: [
    { type: "setObjective", objective: { id, name, ...(due ? { due } : {}) } }, { type: "editItem", id: panel.item, patch: { objective: id } },
  ] })) panel.fold("new-objective");
}

/** The next free key: `O-3`. */
function free(letter: string, taken: string[]): string {
  let k = taken.length + 1;
  while (taken.includes(`${letter}-${k}`)) k++;
  return `${letter}-${k}`;
}

function withDue<T extends { due?: unknown }>(objective: T, due: string): T {
  const { due: _, ...rest } = objective;
  return (due ? { ...rest, due } : rest) as T;
}

const states: Record<RequestState, string> = { open: "Open", planned: "Planned", done: "Done", declined: "Declined" };

/** Who asked for it, and for which problem. */
export function requests(panel: Fields, { requests }: ItemDetail): TemplateResult {
  const { readonly, summary, today } = panel.session;
  const form = panel.unfolded.has("new-request") || (panel.unfolded.has("requests") && !requests.length);
  return panel.section("requests", html`Asked for by${requests.length > 1 ? html` <span class="faint">${requests.length} requests</span>` : nothing}${readonly || form ? nothing : html`<span class="grow"></span><button class="link" @click=${() => { panel.fold("new-request", true); panel.reach("form.asks input"); }}>Add a request</button>`}`, html`
    ${repeat(requests, ({ request }) => request.id, ({ request, state, why }) => html`<div class="voice"><p class="read"><b>${request.from}</b> ${request.problem}${request.date ? html` <span class="faint">${spoken(request.date, today)}</span>` : nothing}${why && state === "declined" ? html`<br><span class="muted">${why}</span>` : nothing}</p>
      <span class="chip ${state === "open" ? "" : "plain"}">${states[state]}</span>${readonly ? nothing : html`<button aria-label="Unlink the request of ${request.from}" title="Unlink" @click=${() => {
        const { item: _, ...rest } = request;
        panel.run("requests", { type: "setRequest", request: rest });
      }}>${icons.close(12)}</button>`}</div>`)}
    ${form && !readonly ? html`<form class="asks" @keydown=${(event: KeyboardEvent) => { if (event.key === "Escape" && panel.unfolded.has("new-request")) { event.stopPropagation(); panel.fold("new-request"); panel.reach("[data-section=requests] .link"); } }} @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      const data = new FormData(event.target as HTMLFormElement);
      const [from, problem] = ["from", "problem"].map((name) => String(data.get(name) ?? "").trim());
      if (!panel.run("requests", { type: "setRequest", request: { from: from!, problem: problem!, item: panel.item, date: today } })) return;
      panel.fold("new-request");
      panel.reach("[data-section=requests] h3 .link");
    }}><label><span class="cap">Who</span><input name="from" list="requesters" autocomplete="off" placeholder="Acme"></label><label><span class="cap">Which problem</span><input name="problem" autocomplete="off" placeholder="in their words"></label><button class="line">Add</button>
      <datalist id="requesters">${summary.requesters.map((name) => html`<option value=${name}></option>`)}</datalist></form>` : nothing}${panel.under("requests")}`);
}

/** What was decided about it, and why. */
export function decisions(panel: Fields, { decisions }: ItemDetail): TemplateResult {
  return panel.section("decisions", "Decided", decisions.map(({ decision: { what, why, instead, date } }) => html`<p class="read decided">${what}${date ? html` <span class="faint">${spoken(date, panel.session.today)}</span>` : nothing}<br><span class="muted">${capital(why)}${instead ? `. Instead: ${instead}` : ""}</span></p>`));
}
