import { type CSSResultGroup, type PropertyValues, type TemplateResult, css, html, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Chance, ChanceQuery, Command, Promise as Told, PromiseState, PromiseView } from "../../pkg/landfall";
import { define, sentence } from "../charts/chart.ts";
import { Unread } from "../parts/form.ts";
import { Lens, findItem } from "../parts/lens.ts";
import { dated, number, reason, spoken } from "../text.ts";
import { explained } from "../views/send.ts";
import { Section } from "./section.ts";
import "./why.ts";

const states: Record<PromiseState, string> = { open: "Open", kept: "Kept", broken: "Broken", withdrawn: "Withdrawn" };

/** What a promise is about; of everything when empty. */
type About = Pick<ChanceQuery, "objective" | "item" | "tag">;

/** What was told to whom, how that stands, and why dates moved. */
export class LandfallPromises extends Lens {
  static override styles: CSSResultGroup = [Lens.styles, Section.styles, css`
    .lead h3 { margin: 0; } form h3 { font-size: 13px; margin-bottom: 4px; }
    .note.said { min-height: 17px; margin-top: 8px; }
    li { padding: 9px 0; border-top: 1px solid var(--line); }
    ul { margin: 10px 0; border-bottom: 1px solid var(--line); transition: opacity .15s; } ul[aria-busy=true] { opacity: .55; }
    .one { display: grid; grid-template-columns: 82px minmax(0, 1fr) auto; gap: 2px 12px; align-items: start; }
    .one p { overflow-wrap: anywhere; max-width: 78ch; } .one p b { font-weight: inherit; white-space: nowrap; }
    .chip { justify-self: start; line-height: 20px; border-radius: 10px; padding: 0 8px; } .chip.bad { background: var(--bad-soft); color: var(--bad); }
    .does { display: flex; flex-wrap: wrap; margin: -3px -8px 0 0; }
    .between { margin-top: 22px; } .between select { width: auto; max-width: 100%; }
    p.empty { margin: 0; max-width: 72ch; text-align: left; color: var(--muted); }
    @container (max-width: 620px) { .one { grid-template-columns: minmax(0, 1fr); } .does { margin: 0 0 0 -8px; } }
  `];

  @property({ attribute: false }) readonly = false;

  @state() private views: PromiseView[] | undefined;
  @state() private failure = "";
  @state() private fresh = false;
  /** The promise that is explained. */
  @state() private why = "";
  /** What a new promise is about, as the form has it; `i` for an item that is still to be named. */
  @state() private about = "";
  /** What the forecast says of a new promise, or why it says nothing. */
  @state() private said: Chance | string | undefined;
  /** Between which kept forecasts is explained; empty for those that say most. */
  @state() private from = "";
  @state() private to = "";
  @query("#by") private by!: HTMLInputElement | null;
  @query(".between") private between!: HTMLElement;

  #asking: AbortController | undefined;
  #looking: AbortController | undefined;

  /** Shows why the date moved. */
  async explain(): Promise<void> {
    await this.updateComplete;
    this.between.scrollIntoView({ block: "start" });
    (this.between.querySelector("select") ?? this.between).focus({ preventScroll: true });
  }

  protected override willUpdate(changed?: PropertyValues): void {
    super.willUpdate();
    if (["session", "today", "revision"].some((name) => changed?.has(name))) void this.#ask();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asking?.abort();
    this.#looking?.abort();
  }

  protected override tell(command: Command): string {
    if (command.type !== "setPromise") return "The promise is removed";
    const { to, withdrawn, id } = command.promise;
    return withdrawn ? `Withdrawn: what was told ${to}` : id ? `Changed: what was told ${to}` : `Noted: what was told ${to}`;
  }

  async #ask(): Promise<void> {
    const { session } = this;
    this.#asking?.abort();
    const { signal } = (this.#asking = new AbortController());
    this.fresh = false;
    try {
      this.views = await session.ready((planner) => planner.promises({ today: session.today }), { signal });
      this.failure = "";
    } catch (error) {
      if (signal.aborted) return;
      this.views = [];
      this.failure = reason(error);
    }
    this.fresh = true;
  }

  override render(): TemplateResult {
    const { session: { readonly }, views = [], failure } = this;
    return html`
      <div class="lead"><h3>Promises</h3><span class="grow"></span>${readonly ? nothing : this.opener("new", "Note a promise")}</div>
      ${this.editing === "new" && !readonly ? html`<div class="asked">${this.#newForm()}</div>` : nothing}
      ${failure ? html`<p class="error" role="alert">${sentence(failure)}</p>` : nothing}
      ${views.length ? html`<ul aria-label="Promises" aria-busy=${this.fresh ? "false" : "true"}>${repeat(views, ({ promise }) => promise.id, (view) => html`<li>${this.#one(view)}</li>`)}</ul>`
        : this.session.summary.promises ? failure ? nothing : html`<p class="muted" role="status">Forecasting…</p>`
        : html`<p class="empty">A date that somebody was told is a promise${readonly ? ": none has been noted in this plan." : ". Note to whom, by when and how sure it was: here you see how it stands, and what moved it."}</p>`}
      <div class="between" tabindex="-1"><h3>Why did the date move?</h3>${this.#between()}</div>
      ${this.offered()}`;
  }

  // ---- the list

  #one(view: PromiseView): TemplateResult {
    const { promise, state, chance, chanceText, explained } = view;
    const { readonly } = this.session;
    const { id = "", to, what = "", withdrawn, note } = promise;
    if (this.editing === `edit ${id}` && !readonly) return html`<div class="asked">${this.#editForm(promise)}</div>`;
    const colour = { open: chance === undefined ? "plain" : chance < promise.chance - 0.005 ? "warn" : "", kept: "", broken: "bad", withdrawn: "plain" }[state];
    const open = this.why === id;
    const act = (label: string, run: () => void) => html`<button type="button" class="soft" aria-label="${label}: what was told ${to}" @click=${run}>${label}</button>`;
    return html`<div class="one">
        <span class="chip ${colour}">${states[state]}${chanceText === undefined ? nothing : html` ${chanceText}`}</span>
        <div><p>${dated(sentence(view.sentence))}</p><p class="muted">${what}${note ? html`. ${note}` : nothing}</p>${this.refused?.field === id ? html`<p class="error" role="alert">${this.refused.why}</p>` : nothing}</div>
        <div class="does">
          ${explained ? html`<button type="button" class="soft" aria-expanded=${open ? "true" : "false"} aria-label="Why? What moved what was told ${to}" @click=${() => { this.why = open ? "" : id; }}>Why?</button>` : nothing}
          ${readonly ? nothing : html`
            ${withdrawn ? act("Stand by it", () => this.take(id, "", () => ({ type: "setPromise", promise: { ...promise, withdrawn: false } })))
              : state === "open" ? act("Withdraw", () => this.take(id, "", () => ({ type: "setPromise", promise: { ...promise, withdrawn: true } }))) : nothing}
            ${this.opener(`edit ${id}`, "Edit", "soft", `Edit what was told ${to}`)}
            ${act("Remove", () => { if (this.take(id, "", () => ({ type: "removePromise", id }))) this.back("new"); })}`}
        </div></div>
      ${open && explained ? html`<landfall-why .session=${this.session} .today=${this.today} .revision=${this.revision} .promise=${id}></landfall-why>` : nothing}`;
  }

  // ---- forms

  protected override open(name: string): void {
    super.open(name);
    this.about = "";
    if (name === "new") void this.updateComplete.then(() => this.#look(true));
  }

  #newForm(): TemplateResult {
    const { objectives, tags } = this.session.summary;
    const options: [string, string][] = [
      ["", "All of the plan"], ...objectives.map(({ objective }): [string, string] => [`o ${objective.id}`, `The work for ${objective.name}`]),
      ["i", "An item or epic"], ...tags.slice(0, 20).map((tag): [string, string] => [`t ${tag}`, `All that is tagged ${tag}`]),
    ];
    const { said } = this;
    const look = (event: Event): void => {
      const { name, value } = event.target as HTMLInputElement;
      if (name === "about") this.about = value;
      if (name !== "to" && event.type === (name === "item" ? "change" : "input")) void this.updateComplete.then(() => this.#look(name !== "by"));
    };
    return this.form({
      title: "Note a promise",
      save: "Note it",
      fields: html`<div class="quiet" @change=${look} @input=${(event: Event) => { event.stopPropagation(); look(event); }}>
        ${this.field("To whom", "to", "", { placeholder: "Sales" })}
        ${this.select("About", "about", options, this.about)}
        ${this.about === "i" ? this.pick("Item", "item") : nothing}
        ${this.field("By", "by", "", { type: "date" })}</div>
        <p class="note said" role="status">${said === undefined ? "" : typeof said === "string" ? said : dated(sentence(said.sentence))}</p>`,
      read: (form) => {
        const by = form.date("by");
        if (typeof said !== "object" || said.by !== by) throw new Unread("by", typeof said === "string" ? said : "Its chance is being computed: a moment");
        return { type: "setPromise", promise: { to: form.text("to"), by, chance: said.chance, told: this.today, ...this.#target() } };
      },
    });
  }

  /** What the form is about; throws where it names no item. */
  #target(): About {
    const [kind, name] = [this.about.slice(0, 1), this.about.slice(2)];
    if (kind === "i") return { item: findItem(this.session, this.renderRoot.querySelector<HTMLInputElement>("#item")?.value.trim() ?? "") };
    return kind === "o" ? { objective: name } : kind === "t" ? { tag: name } : {};
  }

  // Asks how likely it is by the day that stands there; first, where that is wanted, for the day that is 85 % sure.
  async #look(date: boolean): Promise<void> {
    const { session, today } = this;
    this.#looking?.abort();
    const { signal } = (this.#looking = new AbortController());
    const ask = (query: ChanceQuery): Promise<Chance> => session.ready((planner) => planner.chance(query), { signal });
    this.said = undefined;
    try {
      const about = this.#target();
      if (date) {
        const { lands } = await ask({ ...about, by: today, today });
        if (this.by) this.by.value = lands.p85 ?? "";
      }
      const by = this.by?.value;
      if (by) this.said = await ask({ ...about, by, today });
    } catch (error) {
      if (!signal.aborted) this.said = this.about === "i" && !("code" in (error as Error)) ? "Name the item by its key or title" : explained(error).why;
    }
  }

  #editForm(promise: Told): TemplateResult {
    return this.form({
      title: "Change what was told",
      fields: html`<div class="quiet" @input=${(event: Event) => event.stopPropagation()}>
        ${this.field("To whom", "to", promise.to)}
        ${this.field("By", "by", promise.by, { type: "date" })}
        ${this.field("Chance that was told, in %", "chance", number(promise.chance * 100), { numeric: true })}
        ${this.field("What was promised", "what", promise.what ?? "", { wide: true })}
        ${this.field("Note", "note", promise.note ?? "", { wide: true })}</div>`,
      read: (form) => ({ type: "setPromise", promise: { ...promise, to: form.text("to"), by: form.date("by"), chance: form.number("chance", "a chance, like 85") / 100, what: form.text("what"), note: form.text("note") } }),
    });
  }

  // ---- between two kept forecasts

  #between(): TemplateResult {
    const kept = this.session.planner.keptForecasts();
    if (!kept.length) return html`<p class="empty">Nothing to compare yet: the forecast is kept at each import, at each sprint's end and with each promise.</p>`;
    const { today } = this;
    // The newest that is not, most likely, the plan as it stands.
    const from = kept.find(({ id }) => id === this.from) ?? kept.find(({ date }) => date < today) ?? kept[1] ?? kept[0]!;
    const later = kept.slice(0, kept.indexOf(from));
    const to = later.find(({ id }) => id === this.to)?.id ?? "";
    const choose = (label: string, of: typeof kept, chosen: string, set: (id: string) => void) => html`<select aria-label=${label} @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
      ${label === "to" ? html`<option value="">now</option>` : nothing}${of.map(({ id, date, text }) => html`<option value=${id} ?selected=${id === chosen}>${spoken(date, today)}, ${text}</option>`)}</select>`;
    return html`<div class="lead"><span class="muted">from</span> ${choose("from", kept, from.id, (id) => { this.from = id; })} <span class="muted">to</span> ${choose("to", later, to, (id) => { this.to = id; })}</div>
      <landfall-why .session=${this.session} .today=${today} .revision=${this.revision} .from=${from.id} .to=${to}></landfall-why>`;
  }
}

define("landfall-promises", LandfallPromises);
declare global {
  interface HTMLElementTagNameMap {
    "landfall-promises": LandfallPromises;
  }
}
