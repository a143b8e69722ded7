import { type CSSResultGroup, type TemplateResult, css, html, nothing } from "lit";
import { query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { Command, Decision, DecisionView, Lands, Outcome, Request, RequestState, RequestView } from "../../pkg/landfall.js";
import { define } from "../charts/chart.ts";
import { say } from "../events.ts";
import { icons } from "../icons.ts";
import "../parts/decline.ts";
import type { DeclineDialog } from "../parts/decline.ts";
import { safeLink } from "../parts/detail.ts";
import { type Form, Unread } from "../parts/form.ts";
import { Lens, findItem, read } from "../parts/lens.ts";
import { count, number, reason, spoken } from "../text.ts";

/** How many are shown at first, and how many more at a time. */
const PAGE = 50;

const states: Record<RequestState, string> = { open: "Open", planned: "Planned", done: "Done", declined: "Declined" };

/** What was asked for, what came of it, and what was decided. */
export class RequestsLens extends Lens {
  /** Which of the two is shown. */
  @state() private shown: "requests" | "decisions" = "requests";
  @state() private search = "";
  @state() private wanted: RequestState | "" = "";
  @state() private from = "";
  @state() private of = "";
  @state() private most = PAGE;
  @query("landfall-decline") private dialog!: DeclineDialog;

  static override styles: CSSResultGroup = [Lens.styles, css`
    .parts { display: flex; gap: 2px; } .parts button { color: var(--muted); padding: 3px 9px; } .parts button:hover { background: var(--hover); } .parts button[aria-pressed=true] { background: var(--accent-soft); color: var(--accent-text); font-weight: 550; }
    .parts i { font-style: normal; font-weight: 400; }
    .lead .search { position: relative; flex: 0 1 200px; min-width: 110px; } .search svg { position: absolute; left: 8px; top: 50%; margin-top: -7px; pointer-events: none; color: var(--muted); } .search input { padding-left: 28px; background: none; }
    .only { display: inline-flex; align-items: center; gap: 2px; padding-right: 0; line-height: 24px; border-radius: 12px; font-size: 12px; } .only button { min-height: 24px; width: 24px; padding: 0; display: grid; place-items: center; color: inherit; }
    .add form { margin: 10px 0; padding: 0; background: none; display: flex; flex-wrap: wrap; gap: 8px; align-items: flex-start; } .add .fields { flex: 1 1 300px; } .add .buttons { margin-top: 17px; } .add .buttons .line { display: none; }
    .add .preview { display: none; }
    .add .who { flex: 1 1 120px; } .add .problem { flex: 3 1 220px; } .add .which { flex: 2 1 160px; }
    ul.list { border-top: 1px solid var(--line); margin-top: 10px; } ul.list > li { padding: 9px 0; border-bottom: 1px solid var(--line); }
    .one { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 16px; align-items: start; }
    .one > div { min-width: 0; }
    .one p { overflow-wrap: anywhere; white-space: pre-line; max-width: 78ch; }
    .one p.why { color: var(--muted); }
    .by { display: flex; flex-wrap: wrap; align-items: center; gap: 0 8px; min-height: 24px; color: var(--muted); font-size: 12px; }
    .by button.link { font-size: 13px; } .by .item { font-size: 13px; max-width: min(100%, 420px); }
    .does { display: flex; align-items: center; gap: 2px; } .does select { width: auto; min-height: 26px; border-color: transparent; background: none; } .does select:hover { border-color: var(--edge); }
    .chip { line-height: 18px; } .chip.done { background: var(--accent-soft); }
    .decision b { font-weight: 600; overflow-wrap: anywhere; }
    .more { margin-top: 8px; }
    .field.wide { flex: 1 1 100%; } .field.name { flex: 2 1 260px; }
    @container (max-width: 520px) { .one { grid-template-columns: minmax(0, 1fr); } .does { margin-left: -4px; } .lead .search { flex: 1 1 120px; } .add .buttons { margin-top: 0; } }
  `];

  protected override tell(command: Command): string {
    switch (command.type) {
      case "setRequest": return command.request.outcome ? `${states[(command.request.outcome as Outcome).state]}: ${command.request.problem}` : `${command.request.from || "The request"}: ${command.request.problem}`;
      case "removeRequest": return `Removed the request ${command.id}`;
      case "setDecision": return `Decided: ${command.decision.what}`;
      case "removeDecision": return `Removed the decision ${command.id}`;
      case "batch": return `Kept, and added ${command.commands.map((one) => (one.type === "addItem" ? one.item.title : "")).join("")} at the end of the backlog`;
      default: return "Done";
    }
  }

  override render(): TemplateResult {
    const { readonly, summary: { counts, requesters } } = this.session;
    const requests = this.session.planner.requests(undefined);
    const several = requests.length + counts.decisions > 0;
    const part = (name: "requests" | "decisions", label: string, n: number) => html`<button type="button" aria-pressed=${this.shown === name ? "true" : "false"} @click=${() => { this.shown = name; this.search = ""; this.most = PAGE; this.editing = ""; this.clear(); }}>${label} <i>${number(n)}</i></button>`;
    return html`
      <div class="lead">
        <div class="parts" role="group" aria-label="Show">${part("requests", "Requests", requests.length)}${part("decisions", "Decisions", counts.decisions)}</div><span class="grow"></span>
        ${several ? html`<div class="search">${icons.search(14)}<input type="search" aria-label="Search ${this.shown}" placeholder="Search" .value=${live(this.search)} @input=${(event: Event) => { this.search = (event.target as HTMLInputElement).value; this.most = PAGE; }}></div>` : nothing}
        ${this.shown === "requests" ? this.#filters(requests) : readonly || !several ? nothing : this.opener("decision", "Add a decision")}
      </div>
      ${this.shown === "requests" ? this.#requests(requests) : this.#decisions()}
      ${this.offered()}<datalist id="people">${requesters.map((name) => html`<option value=${name}></option>`)}</datalist>
      ${readonly ? nothing : html`<landfall-decline .session=${this.session}></landfall-decline>`}`;
  }

  protected override updated(): void {
    super.updated();
    for (const input of this.renderRoot.querySelectorAll(".who input")) input.setAttribute("list", "people");
  }

  // A form that always stands there gives up nothing by being left.
  protected override back(name: string): void {
    if (name) super.back(name);
    else this.renderRoot.querySelector<HTMLElement>(".add input")?.focus();
  }

  // ---- requests

  #filters(all: RequestView[]): TemplateResult | typeof nothing {
    if (!all.length) return nothing;
    const { requesters } = this.session.summary;
    const n = (state: RequestState): number => all.filter((one) => one.state === state).length;
    return html`<select aria-label="State" @change=${(event: Event) => { this.wanted = (event.target as HTMLSelectElement).value as RequestState; }}>
        <option value="">All states</option>${(Object.keys(states) as RequestState[]).map((one) => html`<option value=${one} ?selected=${one === this.wanted}>${states[one]} ${number(n(one))}</option>`)}</select>
      ${requesters.length > 1 || this.from ? html`<select aria-label="Requester" .value=${live(this.from)} @change=${(event: Event) => { this.from = (event.target as HTMLSelectElement).value; }}>
        <option value="">Everybody</option>${requesters.map((name) => html`<option value=${name} ?selected=${name === this.from}>${name}</option>`)}</select>` : nothing}`;
  }

  #requests(all: RequestView[]): TemplateResult {
    const { readonly } = this.session;
    const list = this.session.planner.requests({
      search: this.search, ...(this.wanted ? { state: this.wanted } : {}), ...(this.from ? { from: this.from } : {}), ...(this.of ? { item: this.of } : {}),
    });
    const per = new Map<string, number>();
    for (const { request: { item } } of all) if (item != null) per.set(item, (per.get(item) ?? 0) + 1);
    // Many requests may be for one item: it is looked up once.
    const dates = new Map<string, Lands | undefined>();
    const lands = (id: string): Lands | undefined => {
      if (!dates.has(id)) dates.set(id, this.session.item(id).row.lands);
      return dates.get(id);
    };
    const only = (text: string, clear: () => void) => html`<span class="chip only">${text}<button aria-label="No longer only ${text}" @click=${clear}>${icons.close(10)}</button></span>`;
    return html`
      ${readonly || this.editing ? nothing : html`<div class="add" role="group" aria-label="Add a request">${this.#adder()}</div>`}
      ${this.from || this.of ? html`<p>${this.from ? only(`From ${this.from}`, () => { this.from = ""; }) : nothing} ${this.of ? only(`For ${this.of}`, () => { this.of = ""; }) : nothing}</p>` : nothing}
      ${!all.length ? html`<div class="empty"><h2>No requests yet</h2><p>${readonly ? "Nobody's request has been kept in this plan." : "Who asked for what, in their words: write it down above, with the item that would solve it. Each ends as planned, done, or declined with a reason, so nobody is left without an answer."}</p></div>`
        : !list.length ? html`<div class="empty"><h2>Nothing matches</h2><p>No request is like that.</p><button class="line" @click=${() => { this.search = this.wanted = this.from = this.of = ""; }}>Show all</button></div>`
        : html`<ul class="list">${repeat(list.slice(0, this.most), ({ request }) => request.id, (view) => html`<li>${this.editing === `request ${view.request.id}` ? html`<div class="asked">${this.#requestForm(view.request)}</div>` : this.#request(view, per, lands)}</li>`)}</ul>${this.#more(list.length)}`}`;
  }

  #more(n: number): TemplateResult | typeof nothing {
    return n > this.most ? html`<button class="link more" @click=${() => { this.most += 4 * PAGE; }}>Show more: ${number(this.most)} of ${number(n)} are shown</button>` : nothing;
  }

  #request({ request, state, why, item }: RequestView, per: Map<string, number>, lands: (id: string) => Lands | undefined): TemplateResult {
    const { readonly, today } = this.session;
    const { id = "", from, problem, date, link, outcome } = request;
    const p85 = item?.status === undefined ? undefined : lands(item.id)?.p85;
    const others = item ? per.get(item.id) ?? 0 : 0;
    const wrong = this.refused?.field === id ? html`<p class="error" role="alert">${this.refused.why}</p>` : nothing;
    return html`<div class="one"><div>
        <div class="by">${from ? html`<button class="link" title="Only what ${from} asked for" @click=${() => { this.from = from; }}>${from}</button>` : "Somebody"}${date ? html`<span>${spoken(date, today)}</span>` : nothing}<span class="faint">${id}</span>${link ? html`<a href=${safeLink(link)} target="_blank" rel="noopener noreferrer" aria-label="Where ${id} can be read">source</a>` : nothing}</div>
        <p>${problem}</p>
        ${why ? html`<p class="why">${states[state]}${outcome?.date ? ` on ${spoken(outcome.date, today)}` : ""}: ${why}</p>` : nothing}
        <div class="by">${item ? html`${this.link(item.id, item.title)}${p85 ? html`<span>85 % by ${spoken(p85, today)}</span>` : nothing}${others > 1 ? html`<button class="link" @click=${() => { this.of = item.id; }}>${count(others, "request")}</button>` : nothing}`
          : readonly || state === "declined" ? nothing : html`<button class="link" aria-label="Make an item of ${id}" @click=${() => this.#make(request)}>Make an item of it</button>`}</div>${wrong}
      </div>
      <div class="does">${readonly ? html`<span class="chip ${state === "open" ? "warn" : "plain"}">${states[state]}</span>` : html`
        <select aria-label="Answer to ${id}" .value=${live(outcome?.state ?? "")} @change=${(event: Event) => this.#answer(event.target as HTMLSelectElement, request)}>
          <option value="" ?selected=${!outcome}>${outcome ? "Open again" : item ? `${states[state]}, as its item` : "Open"}</option>
          <option value="planned" ?selected=${outcome?.state === "planned"}>Planned</option><option value="done" ?selected=${outcome?.state === "done"}>Done</option>
          <option value="declined" ?selected=${outcome?.state === "declined"}>Declined${outcome?.state === "declined" ? "" : "…"}</option></select>
        ${this.opener(`request ${id}`, "Edit", "soft", `Edit ${id}`)}`}</div></div>`;
  }

  #answer(select: HTMLSelectElement, request: Request): void {
    const answer = select.value as RequestState | "";
    const { outcome: old, ...rest } = request;
    if (answer === "declined") {
      select.value = old?.state ?? "";
      return this.dialog.open({ requests: [request.id!] });
    }
    this.take(request.id!, "", () => ({ type: "setRequest", request: answer === "" ? rest : { ...rest, outcome: { state: answer, date: this.today } } }));
  }

  // A new item of what was asked for, which it is then linked to.
  #make(request: Request): void {
    this.take(request.id!, "", () => this.#withItem(request, ""));
  }

  #withItem(request: Request, title: string): Command {
    const line = title || request.problem.split("\n")[0]!.trim();
    const id = this.#nextId();
    return { type: "batch", label: `add ${id} for ${request.from || "a request"}`, commands: [
      { type: "addItem", item: { id, title: line.length > 120 ? `${line.slice(0, 119).trimEnd()}…` : line, type: "story", status: "todo" } },
      { type: "setRequest", request: { ...request, item: id } },
    ] };
  }

  // The next key after those of most items, as the core would give it.
  #nextId(): string {
    const last = new Map<string, [items: number, highest: number]>();
    for (const { id } of this.session.rows({ filter: { show: "all" } }).rows) {
      const [, prefix, n] = /^(.*?-)(\d{1,9})$/.exec(id) ?? [];
      if (prefix === undefined) continue;
      const [items, highest] = last.get(prefix) ?? [0, 0];
      last.set(prefix, [items + 1, Math.max(highest, Number(n))]);
    }
    const [prefix, [, highest]] = [...last].sort((a, b) => b[1][0] - a[1][0])[0] ?? ["LF-", [0, 0]];
    return `${prefix}${highest + 1}`;
  }

  #adder(): TemplateResult {
    return this.form({
      fields: this.quiet(html`<div class="who">${this.field("Who", "from", "", { placeholder: "Acme" })}</div><div class="problem">${this.field("Asked for which problem", "problem", "", { placeholder: "in their words" })}</div><div class="which">${this.pick("Item", "item", "", "key or title, + for a new one")}</div>`),
      read: (form) => {
        const request: Request = { id: "", from: form.text("from"), problem: form.text("problem"), date: this.today };
        const item = form.text("item");
        if (!item.startsWith("+")) return { type: "setRequest", request: item ? { ...request, item: this.#item(form) } : request };
        if (!request.problem) throw new Unread("problem", "Say what they cannot do today");
        return this.#withItem(request, item.slice(1).trim());
      },
      save: "Add",
    });
  }

  #item(form: Form): string {
    return read("item", () => {
      try {
        return findItem(this.session, form.text("item"));
      } catch (error) {
        throw new Error(`${reason(error)}. A + before it makes it a new item`);
      }
    });
  }

  protected override apply(command: Command): boolean {
    const fits = super.apply(command);
    // The line for the next one.
    if (fits && !this.editing) this.renderRoot.querySelector<HTMLFormElement>(".add form")?.reset();
    return fits;
  }

  #requestForm(old: Request): TemplateResult {
    return this.form({
      fields: this.quiet(html`<div class="who field">${this.field("Who", "from", old.from)}</div><div class="field name">${this.field("Problem", "problem", old.problem)}</div>
        ${this.field("On", "date", old.date ?? "", { type: "date" })}${this.pick("Item", "item", old.item ?? "")}<div class="field name">${this.field("Where it can be read", "link", old.link ?? "", { placeholder: "https://…" })}</div>
        ${old.outcome ? this.field(`Why it is ${old.outcome.state}`, "why", old.outcome.why ?? "", { wide: true }) : nothing}`),
      read: (form) => {
        const [date, item, link] = [form.text("date"), form.text("item"), form.text("link")];
        const outcome: Outcome | undefined = old.outcome && { ...old.outcome, why: form.text("why") };
        return { type: "setRequest", request: {
          id: old.id!, from: form.text("from"), problem: form.text("problem"), ...(date ? { date } : {}), ...(link ? { link } : {}),
          ...(item ? { item: item === old.item ? item : this.#item(form) } : {}), ...(outcome ? { outcome } : {}),
        } };
      },
      remove: { type: "removeRequest", id: old.id! },
    });
  }

  // ---- decisions

  #decisions(): TemplateResult {
    const { readonly } = this.session;
    const all = this.session.planner.decisions();
    const words = this.search.toLowerCase().split(/\s+/).filter(Boolean);
    const list = words.length ? all.filter((view) => { const text = textOf(view); return words.every((word) => text.includes(word)); }) : all;
    const form = this.editing === "decision" ? html`<div class="asked">${this.#decisionForm(undefined)}</div>` : nothing;
    if (!all.length) {
      return html`<div class="empty"><h2>No decisions yet</h2><p>What was decided, why, and instead of what: a declined request leaves one here, and others can be written down, so that nobody has to decide it twice.</p>${readonly || form !== nothing ? nothing : this.opener("decision", "Add a decision", "primary")}${form}</div>`;
    }
    return html`${form}${list.length ? html`<ul class="list">${repeat(list.slice(0, this.most), ({ decision }) => decision.id, (view) => html`<li>${this.editing === `decision ${view.decision.id}` ? html`<div class="asked">${this.#decisionForm(view.decision)}</div>` : this.#decision(view)}</li>`)}</ul>${this.#more(list.length)}`
      : html`<div class="empty"><h2>Nothing matches</h2><p>No decision has these words.</p></div>`}`;
  }

  #decision({ decision: { id = "", what, why, instead, date }, items, requests }: DecisionView): TemplateResult {
    const { readonly, today } = this.session;
    return html`<div class="one decision"><div>
        <p><b>${what}</b></p><p>${why}</p>${instead ? html`<p class="why">Instead: ${instead}</p>` : nothing}
        <div class="by">${date ? html`<span>${spoken(date, today)}</span>` : nothing}<span class="faint">${id}</span>${items.map((item) => this.link(item.id, item.title))}
          ${requests.map((request) => html`<button class="link" title=${request.problem} @click=${() => this.#show(request)}>${request.id} of ${request.from || "somebody"}</button>`)}</div>
      </div><div class="does">${readonly ? nothing : this.opener(`decision ${id}`, "Edit", "soft", `Edit ${id}`)}</div></div>`;
  }

  // Where a request stands.
  #show({ id = "" }: Request): void {
    this.shown = "requests";
    this.from = this.of = this.wanted = "";
    this.search = id;
    say(this, `The request ${id}`);
  }

  #decisionForm(old: Decision | undefined): TemplateResult {
    const about = [...(old?.items ?? []), ...(old?.requests ?? [])].join(", ");
    return this.form({
      fields: this.quiet(html`${this.field("What was decided", "what", old?.what ?? "", { wide: true })}${this.field("Why", "why", old?.why ?? "", { wide: true })}${this.field("Instead of what", "instead", old?.instead ?? "", { wide: true, placeholder: "optional" })}
        ${this.field("On", "date", old ? old.date ?? "" : this.today, { type: "date" })}<div class="field name">${this.field("About which items and requests", "about", about, { placeholder: "LF-3, R-2" })}</div>`),
      read: (form) => {
        const known = new Set(this.session.planner.requests(undefined).map(({ request }) => request.id));
        const keys = form.text("about").split(/[,;]\s*|\s+(?=\S+-\d)/).filter(Boolean);
        const requests = keys.filter((key) => known.has(key));
        const items = keys.filter((key) => !known.has(key)).map((key) => (old?.items?.includes(key) ? key : read("about", () => findItem(this.session, key))));
        const [instead, date] = [form.text("instead"), form.text("date")];
        return { type: "setDecision", decision: {
          id: old?.id ?? "", what: form.text("what"), why: form.text("why"), ...(instead ? { instead } : {}), ...(date ? { date } : {}), ...(items.length ? { items } : {}), ...(requests.length ? { requests } : {}),
        } };
      },
      save: old ? "Save" : "Add",
      remove: old?.id ? { type: "removeDecision", id: old.id } : undefined,
    });
  }
}

const textOf = ({ decision: { id, what, why, instead }, items, requests }: DecisionView): string =>
  [id, what, why, instead, ...items.flatMap((item) => [item.id, item.title]), ...requests.flatMap((one) => [one.id, one.from, one.problem])].join(" ").toLowerCase();

define("landfall-requests", RequestsLens);
declare global {
  interface HTMLElementTagNameMap {
    "landfall-requests": RequestsLens;
  }
}
