import { LitElement, type PropertyValues, type TemplateResult, css, html, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { Command, Criterion, Item, ItemDetail, ItemPatch, Link, Story } from "../../pkg/landfall.js";
import { fit, place } from "../dom.ts";
import { say } from "../events.ts";
import { icons } from "../icons.ts";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";
import { dated, kinds, methods, number, percent, readUncertain, reason, score, spoken, statuses, uncertain } from "../text.ts";
import { objectiveColour } from "../tokens.ts";

/** What a section is called, and whether the item uses it. Unused ones stay folded. */
const sections: [name: string, label: string, used: (item: Item) => boolean][] = [
  ["story", "Story", ({ story }) => Boolean(story && (story.asA || story.iWant || story.soThat))],
  ["criteria", "Acceptance criteria", ({ criteria }) => Boolean(criteria?.length)],
  ["score", "Score", ({ inputs }) => Boolean(inputs && Object.keys(inputs).length)],
  ["objective", "Objective", ({ objective }) => objective != null],
  ["needs", "Needs", ({ needs }) => Boolean(needs?.length)],
  ["parent", "Parent", ({ parent }) => parent != null],
  ["blocked", "Blocked", ({ blocked }) => blocked != null],
  ["notBefore", "Not before", ({ notBefore }) => notBefore != null],
  ["team", "Team", ({ team }) => team != null],
  ["tags", "Tags", ({ tags }) => Boolean(tags?.length)],
  ["notes", "Notes", ({ notes }) => Boolean(notes)],
  ["link", "Link", ({ link }) => Boolean(link)],
];

type Made = ItemPatch | { command: Command };

/** Intercom's scales, which RICE came with. */
const scales: Record<string, [value: number, label: string][]> = {
  impact: [[3, "massive"], [2, "high"], [1, "medium"], [0.5, "low"], [0.25, "minimal"]],
  confidence: [[1, "high"], [0.8, "medium"], [0.5, "low"]],
};

const inputNames: Record<string, string> = {
  reach: "Reach", impact: "Impact", confidence: "Confidence", effort: "Effort", ease: "Ease", value: "Value", businessValue: "Business value",
  timeCriticality: "Time criticality", riskReduction: "Risk reduction", jobSize: "Job size", costOfDelay: "Cost of delay",
};

const hints: Record<string, string> = {
  reach: "How many people it reaches in a quarter, or whichever period you use for all items",
  impact: "How much it moves each of them: 3 massive, 2 high, 1 medium, 0.5 low, 0.25 minimal",
  confidence: "How sure you are of reach and impact: 100 % high, 80 % medium, 50 % low",
  effort: "How much work it is; the item's size unless you say otherwise",
  jobSize: "How much work it is; the item's size unless you say otherwise",
};

/** Everything about one item, each field where it is read. */
export class DetailPanel extends LitElement {
  @property({ attribute: false }) session!: Session;
  @property({ type: Number }) revision = 0;
  /** The item's key. */
  @property() item!: string;

  @state() private unfolded = new Set<string>();
  /** What was typed into a field and did not fit, and why. */
  @state() private refused = new Map<string, { text: string; why: string }>();
  @state() private scale: string | undefined;
  @state() private suggestions: { id: string; title: string }[] = [];
  @state() private newObjective = false;
  @state() private editObjective = false;
  @query(".close") private closeButton!: HTMLButtonElement;

  static override styles = [base, css`
    :host { display: block; overflow: auto; background: var(--panel); border-left: 1px solid var(--line); overscroll-behavior: contain; }
    .top { position: sticky; top: 0; z-index: 2; background: var(--panel); display: flex; align-items: center; gap: 4px; padding: 8px 10px 4px 18px; }
    .top .key { color: var(--faint); font-size: 12px; white-space: nowrap; }
    .top select { width: auto; field-sizing: content; min-height: 24px; padding: 0 2px; border-color: transparent; font-size: 12px; color: var(--muted); background: none; }
    .top select:hover { background: var(--hover); color: var(--ink); }
    .body { padding: 0 18px 28px; }
    h3 { font-size: 11.5px; font-weight: 600; color: var(--muted); margin: 18px 0 5px; display: flex; align-items: baseline; gap: 6px; }
    h3 .faint { font-weight: 400; } h3 .link { font-weight: 400; min-height: 24px; margin: -4px 0; }
    textarea.title { font-size: 16px; line-height: 22px; font-weight: 620; letter-spacing: -.01em; border-color: transparent; background: none; padding: 2px 8px; margin: 0 -9px; width: calc(100% + 18px); overflow: hidden; }
    .soft { border-color: transparent !important; background: none !important; padding: 2px 8px !important; margin-left: -9px; width: calc(100% + 9px) !important; overflow: hidden; }
    ul.ac .soft { margin-left: -3px; width: calc(100% + 3px) !important; }
    .soft:hover, textarea.title:hover { background: var(--hover) !important; }
    .soft:focus, textarea.title:focus { background: var(--panel) !important; border-color: var(--edge) !important; }
    .facts { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; margin-top: 6px; }
    .fact { display: grid; gap: 1px; min-width: 0; }
    .fact > span, label > span.cap { font-size: 11px; line-height: 15px; color: var(--muted); }
    .story { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 10px; align-items: start; }
    .story > span { color: var(--muted); padding: 4px 0; white-space: nowrap; }
    ul.ac li { display: grid; grid-template-columns: 24px minmax(0, 1fr) 24px; gap: 4px; align-items: start; margin-left: -5px; }
    ul.ac input[type=checkbox] { appearance: none; width: 24px; height: 24px; margin-top: 1px; display: grid; place-content: center; border-radius: 6px; }
    ul.ac input[type=checkbox]::before { content: ""; width: 14px; height: 14px; border: 1.5px solid var(--field); border-radius: 4px; grid-area: 1 / 1; }
    ul.ac input[type=checkbox]:checked::before { background: var(--accent); border-color: var(--accent); }
    ul.ac input[type=checkbox]:checked::after { content: ""; grid-area: 1 / 1; width: 8px; height: 4px; border: solid var(--accent-ink); border-width: 0 0 1.8px 1.8px; transform: translate(3px, 4px) rotate(-45deg); }
    ul.ac li > button, .item-chip button { min-height: 24px; width: 24px; padding: 0; color: var(--faint); display: grid; place-items: center; border-radius: 5px; }
    ul.ac li > button { opacity: 0; margin-top: 2px; }
    ul.ac li:hover > button, ul.ac li:focus-within > button { opacity: 1; }
    ul.ac li > button:hover, .item-chip button:hover { background: var(--hover); color: var(--ink); }
    .met textarea { color: var(--muted); }
    .inputs { display: grid; grid-template-columns: repeat(auto-fit, minmax(76px, 1fr)); gap: 8px; }
    .cell { border: 1px solid var(--line); border-radius: 8px; padding: 5px 6px 3px 7px; cursor: text; display: block; min-width: 0; }
    .cell:focus-within { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
    .cell small { display: block; color: var(--muted); font-size: 11px; line-height: 14px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .cell input { border: 0 !important; background: none !important; padding: 0 !important; min-height: 24px !important; font-weight: 600; font-size: 12.5px; letter-spacing: -.02em; outline: none !important; }
    .cell input::placeholder { font-weight: 400; }
    .cell.bad { border-color: var(--bad); }
    .scale { display: flex; flex-wrap: wrap; gap: 4px; margin-top: 6px; }
    .scale button { min-height: 26px; padding: 1px 9px; font-size: 12px; border-color: var(--edge); border-radius: 13px; }
    .scale button:hover { background: var(--hover); }
    .scale small { color: var(--muted); font-size: inherit; }
    .lands { line-height: 20px; }
    .item-chip { display: grid; grid-template-columns: auto minmax(0, 1fr) auto auto; gap: 8px; align-items: center; min-height: 28px; }
    .item-chip button.link { width: auto; display: block; padding: 0 2px; text-align: left; overflow: hidden; text-overflow: ellipsis; color: inherit; text-decoration: none; justify-self: start; max-width: 100%; }
    .item-chip button.link:hover { text-decoration: underline; background: none; }
    .tags { display: flex; flex-wrap: wrap; gap: 4px; margin-bottom: 4px; }
    .tag { display: inline-flex; align-items: center; gap: 2px; padding-right: 0; line-height: 22px; border-radius: 11px; font-size: 12px; }
    .tag button { min-height: 22px; width: 24px; padding: 0; display: grid; place-items: center; color: inherit; }
    .two { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; }
    .fold { display: flex; flex-wrap: wrap; gap: 4px 6px; margin-top: 22px; padding-top: 12px; border-top: 1px solid var(--line); }
    .fold button { color: var(--muted); border-color: var(--line); padding: 1px 9px; min-height: 26px; font-size: 12px; border-radius: 13px; }
    .fold button:hover { background: var(--hover); color: var(--ink); }
    details { margin-top: 18px; } summary { font-size: 11.5px; font-weight: 600; color: var(--muted); cursor: pointer; min-height: 24px; }
    dl { display: grid; grid-template-columns: minmax(80px, 38%) minmax(0, 1fr); gap: 4px 10px; font-size: 12px; } dt { color: var(--muted); overflow-wrap: anywhere; } dd { overflow-wrap: anywhere; white-space: pre-wrap; }
    .serves { display: flex; gap: 8px; align-items: center; }
    .serves select { flex: 1; }
    .foot { margin-top: 24px; display: flex; gap: 8px; }
    .danger { color: var(--bad); border-color: var(--line); }
    .danger:hover { background: var(--bad-soft); }
    .back { display: none; }
    p.note { color: var(--muted); font-size: 12px; line-height: 17px; margin-top: 4px; }
    .read { white-space: pre-wrap; overflow-wrap: anywhere; }
  `];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("item") && changed.get("item") !== undefined) {
      this.unfolded = new Set();
      this.refused = new Map();
      this.scale = undefined;
      this.newObjective = this.editObjective = false;
      this.scrollTop = 0;
    }
  }

  protected override updated(): void {
    for (const area of this.renderRoot.querySelectorAll("textarea")) fit(area);
  }

  #resized = new ResizeObserver(() => { for (const area of this.renderRoot.querySelectorAll("textarea")) fit(area); });
  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  override focus(): void {
    this.closeButton?.focus();
  }

  // ---- changing

  #run(field: string, command: Command, text = ""): boolean {
    try {
      this.session.run(command);
      if (this.refused.delete(field)) this.requestUpdate();
      return true;
    } catch (error) {
      this.refused = new Map(this.refused).set(field, { text, why: reason(error) });
      say(this, reason(error));
      return false;
    }
  }

  #patch(field: string, patch: ItemPatch, text = "", id = this.item): boolean {
    return this.#run(field, { type: "editItem", id, patch }, text);
  }

  // Takes what was typed into a field; what does not fit stays there, with the reason beside it.
  #take(field: string, text: string, old: string, make: (text: string) => Made): void {
    if (text === old && !this.refused.has(field)) return;
    let made: Made;
    try {
      made = make(text);
    } catch (error) {
      this.refused = new Map(this.refused).set(field, { text, why: reason(error) });
      return;
    }
    if (text === old) {
      this.refused.delete(field);
      this.requestUpdate();
    } else if ("command" in made) this.#run(field, made.command, text);
    else this.#patch(field, made, text);
  }

  // The value that a field shows. It is set when it changes, not at every drawing: what is being typed stays.
  #shown(field: string, value: string): string {
    const shown = this.refused.get(field)?.text ?? value;
    this.#values.set(field, shown);
    return shown;
  }
  #values = new Map<string, string>();

  #changed(event: Event, field: string, old: string, make: (text: string) => Made): void {
    const target = event.target as HTMLInputElement | HTMLTextAreaElement;
    this.#take(field, target.value, old, make);
    // "5.0" was taken as 5, and is shown so.
    void this.updateComplete.then(() => {
      const shown = this.#values.get(field);
      if (shown !== undefined && target.value !== shown) target.value = shown;
    });
  }

  #why(field: string): TemplateResult | typeof nothing {
    const refused = this.refused.get(field);
    return refused ? html`<p class="error" role="alert" id="why-${field}">${refused.why}</p>` : nothing;
  }

  #fieldKey(event: KeyboardEvent, field: string, value: string): void {
    const target = event.target as HTMLInputElement | HTMLTextAreaElement;
    if (event.key === "Escape") {
      event.stopPropagation();
      if (target.value === value && !this.refused.has(field)) return this.#close();
      this.refused.delete(field);
      target.value = value;
      if (target instanceof HTMLTextAreaElement) fit(target);
      this.requestUpdate();
    } else if (event.key === "Enter" && (target instanceof HTMLInputElement || field === "title" || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      target.blur();
      target.focus();
    }
  }

  #input(field: string, value: string, label: string, make: (text: string) => Made, more: { placeholder?: string; type?: string; list?: string; class?: string; inputmode?: string } = {}): TemplateResult {
    const refused = this.refused.has(field);
    return html`<input class=${more.class ?? ""} type=${more.type ?? "text"} aria-label=${label} placeholder=${more.placeholder ?? ""} list=${more.list ?? nothing} inputmode=${more.inputmode ?? nothing} autocomplete="off"
      .value=${this.#shown(field, value)} aria-invalid=${refused ? "true" : "false"} aria-describedby=${refused ? `why-${field}` : nothing}
      @keydown=${(event: KeyboardEvent) => this.#fieldKey(event, field, value)}
      @change=${(event: Event) => this.#changed(event, field, value, make)}>`;
  }

  #area(field: string, value: string, label: string, make: (text: string) => ItemPatch, more: { placeholder?: string; class?: string } = {}): TemplateResult {
    const refused = this.refused.has(field);
    return html`<textarea rows="1" class=${more.class ?? "soft"} aria-label=${label} placeholder=${more.placeholder ?? ""}
      .value=${this.#shown(field, value)} aria-invalid=${refused ? "true" : "false"} aria-describedby=${refused ? `why-${field}` : nothing}
      @input=${(event: Event) => fit(event.target as HTMLTextAreaElement)}
      @keydown=${(event: KeyboardEvent) => this.#fieldKey(event, field, value)}
      @change=${(event: Event) => this.#changed(event, field, value, make)}></textarea>`;
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent("close"));
  }

  #unfold(name: string): void {
    this.unfolded = new Set(this.unfolded).add(name);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`[data-section="${name}"] :is(input, textarea, select)`)?.focus());
  }

  // ---- what is seen

  override render(): TemplateResult | typeof nothing {
    let detail: ItemDetail;
    try {
      detail = this.session.item(this.item);
    } catch {
      return nothing;
    }
    const { item, row } = detail;
    const { readonly, summary } = this.session;
    const seen = (name: string) => (name === "team" && summary.teams.length > 1) || this.unfolded.has(name) || this.refused.has(name) || sections.find(([key]) => key === name)![2](item);
    const folded = readonly ? [] : sections.filter(([name]) => !seen(name));
    const columns = Object.entries(item.columns ?? {});
    return html`${keyed(item.id, html`
      <div class="top">
        <span class="key">${item.link ? html`<a href=${safeLink(item.link)} target="_blank" rel="noopener noreferrer">${item.id}</a>` : item.id}</span>
        ${readonly ? html`<span class="key">· ${kinds[item.type ?? "story"]}</span>` : html`<select aria-label="Type" @change=${(event: Event) => this.#patch("type", { type: (event.target as HTMLSelectElement).value as Item["type"] })}>
          ${Object.entries(kinds).map(([value, label]) => html`<option value=${value} ?selected=${value === item.type}>${label}</option>`)}</select>`}
        <span class="grow"></span>
        <button class="icon quiet close" aria-label="Close" title="Close (Esc)" @click=${() => this.#close()}>${icons.close()}</button>
      </div>
      <div class="body">
        ${readonly ? html`<h2 class="read">${item.title}</h2>` : this.#area("title", item.title, "Title", (text) => {
          if (!text.trim()) throw new Error("give the item a title");
          return { title: text.replace(/\s+/g, " ").trim() };
        }, { class: "title" })}${this.#why("title")}
        <div class="facts">
          <label class="fact"><span>Status</span>${readonly ? html`<b>${statuses[item.status ?? "todo"]}</b>` : html`<select @change=${(event: Event) => this.#status((event.target as HTMLSelectElement).value as Item["status"], detail)}>
            ${Object.entries(statuses).map(([value, label]) => html`<option value=${value} ?selected=${value === item.status}>${label}</option>`)}</select>`}${this.#why("status")}</label>
          <div class="fact"><span>Size${summary.unit === "items" ? " in points" : ""}</span>${readonly ? html`<b>${uncertain(item.size) || "not sized"}</b>`
            : this.#input("size", uncertain(item.size), "Size", (text) => ({ size: readUncertain(text, "size") }), { placeholder: row.assumedSize != null ? `≈ ${number(Math.round(row.assumedSize * 10) / 10)}, or 3–8` : "5 or 3–8", inputmode: "text" })}${this.#why("size")}</div>
          ${item.status !== "in-progress" || summary.unit === "items" || (readonly && item.remaining == null) ? nothing : html`<div class="fact"><span>Left of it</span>${readonly ? html`<b>${uncertain(item.remaining)}</b>`
            : this.#input("remaining", uncertain(item.remaining), "Left of it", (text) => ({ remaining: readUncertain(text, "remainder") }), { placeholder: uncertain(item.size) || "all of it", inputmode: "text" })}${this.#why("remaining")}</div>`}
        </div>
        ${detail.sizeNote ? html`<p class="note">${reason(detail.sizeNote)}</p>` : nothing}
        ${detail.sentence ? html`<h3>Lands</h3><p class="lands">${dated(detail.sentence)}</p>` : nothing}
        ${seen("story") ? this.#story(item) : nothing}
        ${seen("criteria") ? this.#criteria(item) : nothing}
        ${seen("score") ? this.#score(detail) : nothing}
        ${seen("objective") ? this.#objective(detail) : nothing}
        ${seen("needs") ? this.#needs(detail) : nothing}
        ${detail.neededBy.length ? html`<h3>Others wait for it</h3>${detail.neededBy.map((link) => this.#itemLink(link))}` : nothing}
        ${detail.children.length ? html`<h3>Parts <span class="faint">${detail.children.filter((child) => child.status === "done").length} of ${detail.children.length} done</span></h3>${detail.children.map((link) => this.#itemLink(link))}` : nothing}
        ${seen("parent") ? this.#parent(item) : nothing}
        ${seen("blocked") ? this.#blocked(item) : nothing}
        ${seen("notBefore") ? html`<div data-section="notBefore"><h3>Not before</h3>${readonly ? html`<p>${spoken(item.notBefore!, this.session.today)}</p>` : this.#input("notBefore", item.notBefore ?? "", "Not before", (text) => ({ notBefore: text || null }), { type: "date" })}${this.#why("notBefore")}</div>` : nothing}
        ${seen("team") ? this.#team(item) : nothing}
        ${seen("tags") ? this.#tags(item) : nothing}
        ${seen("notes") ? html`<div data-section="notes"><h3>Notes</h3>${readonly ? html`<p class="read">${item.notes}</p>` : this.#area("notes", item.notes ?? "", "Notes", (text) => ({ notes: text }), { placeholder: "Anything else worth knowing" })}${this.#why("notes")}</div>` : nothing}
        ${seen("link") ? html`<div data-section="link"><h3>Link</h3>${readonly ? html`<a class="read" href=${safeLink(item.link!)} target="_blank" rel="noopener noreferrer">${item.link}</a>` : this.#input("link", item.link ?? "", "Link", (text) => ({ link: text.trim() || null }), { type: "url", placeholder: "https://…" })}${this.#why("link")}</div>` : nothing}
        ${columns.length ? html`<details><summary>As the tracker has it</summary><dl>${columns.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></details>` : nothing}
        ${folded.length ? html`<div class="fold" role="group" aria-label="Add to this item">${folded.map(([name, label]) => html`<button @click=${() => this.#unfold(name)}>+ ${label}</button>`)}</div>` : nothing}
        ${readonly ? nothing : html`<div class="foot"><button class="line danger" @click=${() => this.#remove(item)}>Remove item</button></div>`}
      </div>`)}`;
  }

  // Which team it is for: one of the plan's, or a name that may become one.
  #team({ team }: Item): TemplateResult {
    const { readonly, summary } = this.session;
    const teams = summary.teams.map((view) => view.team.name ?? "");
    const names = teams.length > 1 ? teams : summary.teamNames.map(({ name }) => name);
    return html`<div data-section="team"><h3>Team</h3>${readonly ? html`<p>${team ?? teams[0]}</p>` : teams.length > 1 ? html`<select aria-label="Team" @change=${(event: Event) => this.#patch("team", { team: (event.target as HTMLSelectElement).value || null })}>
        <option value="" ?selected=${team == null}>No team: ${teams[0]} does it</option>
        ${team == null || names.includes(team) ? nothing : html`<option value=${team} selected>${team}, not a team here: ${teams[0]} does it</option>`}
        ${names.map((name) => html`<option value=${name} ?selected=${name === team}>${name}</option>`)}
      </select>` : html`${this.#input("team", team ?? "", "Team", (text) => ({ team: text.trim() || null }), { list: "teams", placeholder: "Web" })}<datalist id="teams">${names.map((name) => html`<option value=${name}></option>`)}</datalist>`}${this.#why("team")}</div>`;
  }

  #status(status: Item["status"], { item }: ItemDetail): void {
    const over = status === "done" || status === "declined";
    // What is finished today belongs to today's sprint.
    const patch: ItemPatch = { status, ...(over && item.finished == null ? { finished: this.session.today } : {}), ...(!over && item.finished != null ? { finished: null } : {}) };
    if (this.#patch("status", patch)) say(this, `${item.title}: ${statuses[status ?? "todo"]}`);
  }

  #remove(item: Item): void {
    if (this.#run("remove", { type: "removeItem", id: this.item })) say(this, `Removed ${item.title}`, { show: true, undo: true });
  }

  #story({ story = {} }: Item): TemplateResult {
    const part = (field: keyof Story, label: string, placeholder: string) => html`<span>${label}</span>${this.session.readonly
      ? html`<p class="read">${story[field] ?? ""}</p>`
      : this.#area(`story-${field}`, story[field] ?? "", label, (text) => ({ story: { ...story, [field]: text.trim() } }), { placeholder })}`;
    return html`<div data-section="story"><h3>Story</h3><div class="story">${part("asA", "As", "who, in their role")}${part("iWant", "I want", "what they want to do")}${part("soThat", "so that", "why: what they gain")}</div>${this.#why("story-asA")}${this.#why("story-iWant")}${this.#why("story-soThat")}</div>`;
  }

  #criteria({ criteria = [] }: Item): TemplateResult {
    const { readonly } = this.session;
    const put = (next: Criterion[], field = "criteria", text = "") => this.#patch(field, { criteria: next }, text);
    const met = criteria.filter((one) => one.met).length;
    return html`<div data-section="criteria"><h3>Acceptance criteria ${criteria.length ? html`<span class="faint">${met} of ${criteria.length} met</span>` : nothing}</h3>
      <ul class="ac">${criteria.map((one, k) => html`<li class=${one.met ? "met" : ""}>
        <input type="checkbox" aria-label="Met: ${one.text}" .checked=${live(Boolean(one.met))} ?disabled=${readonly} @change=${(event: Event) => put(criteria.map((c, i) => (i === k ? { ...c, met: (event.target as HTMLInputElement).checked } : c)))}>
        ${readonly ? html`<span class="read">${one.text}</span>` : html`${this.#area(`criterion-${k}`, one.text, `Criterion ${k + 1}`, (text) => ({ criteria: text.trim() ? criteria.map((c, i) => (i === k ? { ...c, text: text.trim() } : c)) : criteria.filter((_, i) => i !== k) }))}
        <button aria-label="Remove criterion ${k + 1}" title="Remove" @click=${() => put(criteria.filter((_, i) => i !== k))}>${icons.close(12)}</button>`}
      </li>`)}
      ${readonly ? nothing : html`<li><span></span><textarea rows="1" class="soft" aria-label="New criterion" placeholder=${criteria.length ? "Another one" : "Given …, when …, then …"}
        @input=${(event: Event) => fit(event.target as HTMLTextAreaElement)}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); this.#addCriteria(event.target as HTMLTextAreaElement, criteria); }
        }}
        @change=${(event: Event) => this.#addCriteria(event.target as HTMLTextAreaElement, criteria)}></textarea><span></span></li>`}</ul>${this.#why("criteria")}</div>`;
  }

  #addCriteria(area: HTMLTextAreaElement, criteria: Criterion[]): void {
    const texts = area.value.split("\n").map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, "").trim()).filter(Boolean);
    if (!texts.length) return;
    area.value = "";
    this.#patch("criteria", { criteria: [...criteria, ...texts.map((text) => ({ text }))] });
  }

  #score(detail: ItemDetail): TemplateResult {
    const { item, row, inputs, scoreRange } = detail;
    const { readonly, summary } = this.session;
    const given = item.inputs ?? {};
    const heading = row.score == null ? `${methods[summary.scoring.method ?? "rice"]}` : `${methods[summary.scoring.method ?? "rice"]} ${score(row.score)}`;
    const aside = row.score == null
      ? row.missing.length ? `${row.missing.map((name) => (inputNames[name] ?? name).toLowerCase()).join(", ")} missing` : ""
      : scoreRange ? `between ${score(scoreRange.p10)} and ${score(scoreRange.p90)}` : "";
    const cell = (name: string) => {
      const field = `input-${name}`;
      const share = name === "confidence";
      const value = uncertain(given[name], share ? percent : number).replace(/ %(?=–)/g, "");
      const sized = name === "effort" || name === "jobSize" ? uncertain(item.size) : "";
      const label = inputNames[name] ?? name;
      return html`<label class="cell ${this.refused.has(field) ? "bad" : ""}" title=${hints[name] ?? ""} @focusin=${() => { this.scale = name; }}><small>${label}</small>${readonly ? html`<b>${value || sized || "—"}</b>`
        : this.#input(field, value, label, (text) => {
          let read = readUncertain(text, label.toLowerCase());
          // 80 for a confidence is 80 %.
          if (share && typeof read === "number" && read > 1) read /= 100;
          const rest = Object.fromEntries(Object.entries(given).filter(([key]) => key !== name));
          return { inputs: read === null ? rest : { ...rest, [name]: read } };
        }, { placeholder: sized || "—", inputmode: "text" })}</label>`;
    };
    const offered = this.scale && summary.scoring.method === "rice" && !readonly ? scales[this.scale] : undefined;
    return html`<div data-section="score" @focusout=${(event: FocusEvent) => { if (!(event.currentTarget as HTMLElement).contains(event.relatedTarget as Node | null)) this.scale = undefined; }}>
      <h3>${heading} <span class="faint">${aside}</span></h3>
      <div class="inputs">${inputs.map(cell)}</div>
      ${inputs.map((name) => this.#why(`input-${name}`))}
      ${offered ? html`<div class="scale" role="group" aria-label="${inputNames[this.scale!]} by Intercom's scale">${offered.map(([value, label]) => html`
        <button @pointerdown=${(event: Event) => event.preventDefault()} @click=${() => this.#patch(`input-${this.scale}`, { inputs: { ...given, [this.scale!]: value } })}>${this.scale === "confidence" ? percent(value) : number(value)} <small>${label}</small></button>`)}</div>` : nothing}
    </div>`;
  }

  #objective({ item, objective }: ItemDetail): TemplateResult {
    const { readonly, summary } = this.session;
    const place_ = summary.objectives.findIndex((one) => one.objective.id === item.objective);
    const dot = html`<i class="dot ${place_ < 0 ? "none" : ""}" ${place(place_ < 0 ? {} : { background: objectiveColour(place_) })}></i>`;
    const create = this.newObjective || (this.unfolded.has("objective") && summary.objectives.length === 0);
    return html`<div data-section="objective"><h3>Serves${objective && !readonly && !this.editObjective ? html`<span class="grow"></span><button class="link" @click=${() => { this.editObjective = true; }}>Edit</button>` : nothing}</h3>
      ${readonly ? html`<p class="serves">${dot}<span>${objective?.objective.name}</span></p>` : html`<div class="serves">${dot}<select aria-label="Objective" @change=${(event: Event) => {
        const value = (event.target as HTMLSelectElement).value;
        this.newObjective = value === "new";
        if (value !== "new") this.#patch("objective", { objective: value || null });
      }}>
        <option value="" ?selected=${item.objective == null && !create}>No objective</option>
        ${summary.objectives.map((one) => html`<option value=${one.objective.id} ?selected=${one.objective.id === item.objective && !create}>${one.objective.name}</option>`)}
        <option value="new" ?selected=${create}>New objective…</option></select></div>`}
      ${objective && !create ? html`<p class="note">${reason(objective.sentence)}.</p>` : nothing}
      ${create ? html`<form class="two" @submit=${(event: SubmitEvent) => this.#addObjective(event, this.item)}><label><span class="cap">Outcome</span><input name="name" placeholder="Leads +20 %"></label><label><span class="cap">By</span><input name="due" type="date"></label><button class="line">Add objective</button></form>`
        : objective && !readonly && this.editObjective ? html`<div class="two"><label><span class="cap">Outcome</span>${this.#input("objective-name", objective.objective.name, "Name of the objective", (name) => ({ command: { type: "setObjective", objective: { ...objective.objective, name: name.trim() } } }))}</label>
          <label><span class="cap">By</span>${this.#input("objective-due", objective.objective.due ?? "", "Date of the objective", (due) => ({ command: { type: "setObjective", objective: withDue(objective.objective, due) } }), { type: "date" })}</label></div>` : nothing}
      ${this.#why("objective")}${this.#why("objective-name")}${this.#why("objective-due")}</div>`;
  }

  #addObjective(event: SubmitEvent, item: string): void {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const name = String(data.get("name") ?? "").trim();
    const due = String(data.get("due") ?? "");
    if (!name) return;
    const taken = new Set(this.session.summary.objectives.map((one) => one.objective.id));
    let k = taken.size + 1;
    while (taken.has(`O-${k}`)) k++;
    const id = `O-${k}`;
    if (this.#run("objective", { type: "batch", label: `add objective ${name}`, commands: [
      { type: "setObjective", objective: { id, name, ...(due ? { due } : {}) } }, { type: "editItem", id: item, patch: { objective: id } },
    ] })) this.newObjective = false;
  }

  #needs({ item, needs }: ItemDetail): TemplateResult {
    const { readonly } = this.session;
    return html`<div data-section="needs"><h3>Needs first</h3>
      ${repeat(needs, (link) => link.id, (link) => this.#itemLink(link, () => this.#patch("needs", { needs: (item.needs ?? []).filter((id) => id !== link.id) })))}
      ${readonly ? nothing : this.#picker("needs", "Key or title of what must be done first", (id) => ({ needs: [...(item.needs ?? []), id] }))}${this.#why("needs")}</div>`;
  }

  #parent(item: Item): TemplateResult {
    const { readonly } = this.session;
    const parent = item.parent;
    return html`<div data-section="parent"><h3>Part of</h3>
      ${parent != null ? this.#itemLink({ id: parent, title: this.#titleOf(parent) }, () => this.#patch("parent", { parent: null })) : readonly ? nothing
        : this.#picker("parent", "Key or title of the epic", (id) => ({ parent: id }))}${this.#why("parent")}</div>`;
  }

  #titleOf(id: string): string {
    try {
      return this.session.item(id).item.title;
    } catch {
      return "";
    }
  }

  #picker(field: string, label: string, make: (id: string) => ItemPatch): TemplateResult {
    const suggest = (text: string) => {
      this.suggestions = text.trim() ? this.session.rows({ search: text.trim(), count: 12, filter: { show: "all" } }).rows.filter((row) => row.id !== this.item).map(({ id, title }) => ({ id, title })) : [];
    };
    return html`<input aria-label=${label} placeholder=${label} list="items-${field}" autocomplete="off" .value=${this.#shown(field, "")} aria-invalid=${this.refused.has(field) ? "true" : "false"} aria-describedby=${this.refused.has(field) ? `why-${field}` : nothing}
        @input=${(event: Event) => suggest((event.target as HTMLInputElement).value)}
        @keydown=${(event: KeyboardEvent) => this.#fieldKey(event, field, "")}
        @change=${(event: Event) => {
          const input = event.target as HTMLInputElement;
          const text = input.value.trim();
          if (!text) return void this.refused.delete(field);
          const found = this.session.rows({ search: text, count: 12, filter: { show: "all" } }).rows;
          const exact = found.find((row) => row.id.toLowerCase() === text.toLowerCase() || row.title.toLowerCase() === text.toLowerCase() || `${row.id} ${row.title}` === text) ?? (found.length === 1 ? found[0] : undefined);
          this.#take(field, text, "", () => {
            if (!exact) throw new Error(found.length ? `“${text}” fits ${found.length} items: give the key` : `no item is called “${text}”: give its key, like LF-12`);
            return make(exact.id);
          });
          if (!this.refused.has(field)) input.value = "";
        }}>
      <datalist id="items-${field}">${this.suggestions.map(({ id, title }) => html`<option value=${id}>${title}</option>`)}</datalist>`;
  }

  #itemLink(link: Link, remove?: () => void): TemplateResult {
    return html`<div class="item-chip"><span class="key faint">${link.id}</span>
      <button class="link" @click=${() => this.dispatchEvent(new CustomEvent("open-item", { detail: link.id }))} ?disabled=${!link.title}>${link.title || "not in this plan"}</button>
      ${link.status ? html`<span class="chip plain">${statuses[link.status]}</span>` : html`<span></span>`}
      ${remove && !this.session.readonly ? html`<button aria-label="Remove ${link.id}" title="Remove" @click=${remove}>${icons.close(12)}</button>` : html`<span></span>`}</div>`;
  }

  #blocked(item: Item): TemplateResult {
    const { readonly, today } = this.session;
    const blocked = item.blocked ?? undefined;
    if (readonly) return html`<h3>Blocked</h3><p>${blocked?.reason}${blocked?.until ? html` <span class="muted">until ${spoken(blocked.until, today)}</span>` : nothing}</p>`;
    const set = (next: Partial<NonNullable<Item["blocked"]>>): ItemPatch => {
      const merged = { reason: "", ...blocked, ...next };
      if (!merged.reason.trim() && !merged.until) return { blocked: null };
      return { blocked: { reason: merged.reason.trim(), since: blocked?.since ?? today, ...(merged.until ? { until: merged.until } : {}) } };
    };
    return html`<div data-section="blocked"><h3>Blocked</h3><div class="two">
      <label><span class="cap">By what</span>${this.#input("blocked", blocked?.reason ?? "", "Blocked by", (text) => set({ reason: text }), { placeholder: "waits for legal" })}</label>
      <label><span class="cap">Expected until</span>${this.#input("blocked-until", blocked?.until ?? "", "Expected until", (text) => set({ until: text }), { type: "date" })}</label></div>
      ${blocked && !blocked.until ? html`<p class="note">Without a date, the forecast assumes that it can go on now.</p>` : nothing}${this.#why("blocked")}${this.#why("blocked-until")}</div>`;
  }

  #tags({ tags = [] }: Item): TemplateResult {
    const { readonly, summary } = this.session;
    return html`<div data-section="tags"><h3>Tags</h3>${tags.length ? html`<div class="tags">${tags.map((tag) => html`<span class="chip tag plain">${tag}${readonly ? html`<span>&nbsp;</span>` : html`<button aria-label="Remove tag ${tag}" @click=${() => this.#patch("tags", { tags: tags.filter((one) => one !== tag) })}>${icons.close(10)}</button>`}</span>`)}</div>` : nothing}
      ${readonly ? nothing : html`<input aria-label="Add a tag" placeholder="Add a tag" list="known-tags" autocomplete="off" @keydown=${(event: KeyboardEvent) => this.#fieldKey(event, "tags", "")}
        @change=${(event: Event) => {
          const input = event.target as HTMLInputElement;
          const added = input.value.split(/[,;]/).map((tag) => tag.trim()).filter((tag) => tag && !tags.includes(tag));
          input.value = "";
          if (added.length) this.#patch("tags", { tags: [...tags, ...added] });
        }}><datalist id="known-tags">${summary.tags.filter((tag) => !tags.includes(tag)).map((tag) => html`<option value=${tag}></option>`)}</datalist>`}${this.#why("tags")}</div>`;
  }
}

function withDue<T extends { due?: unknown }>(objective: T, due: string): T {
  const { due: _, ...rest } = objective;
  return (due ? { ...rest, due } : rest) as T;
}

/** A link that a click may follow: a file could hold one that runs code. */
export function safeLink(link: string): string {
  try {
    const url = new URL(link, location.href);
    return /^(https?|mailto):$/.test(url.protocol) ? url.href : "about:blank";
  } catch {
    return "about:blank";
  }
}

if (!customElements.get("landfall-detail")) customElements.define("landfall-detail", DetailPanel);
