import { type PropertyValues, type TemplateResult, html, nothing } from "lit";
import { query, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { live } from "lit/directives/live.js";
import type { Item, ItemDetail, ItemPatch } from "../../pkg/landfall.js";
import { fit } from "../dom.ts";
import { ask, openItem, say } from "../events.ts";
import { icons } from "../icons.ts";
import { base } from "../styles.ts";
import { dated, kinds, number, readUncertain, reason, spoken, statuses, uncertain } from "../text.ts";
import "./agreement.ts";
import "./assistant.ts";
import { Fields } from "./item/fields.ts";
import { look } from "./item/look.ts";
import { blocked, needs, parent, tags, team } from "./item/rest.ts";
import { criteria, ready, story } from "./item/story.ts";
import { Standing, decisions, moscow, objective, requests, score } from "./item/value.ts";
import { rove, sheet } from "./menu.ts";
import "./merge.ts";
import type { Sheet } from "./sheet.ts";
import "./split.ts";

/** What can be done with an item as a whole. */
export type Act = "what-if" | "duplicate" | "split" | "merge" | "assistant" | "decline" | "remove";
type Opened = "split" | "merge" | "assistant" | "agreement";

const acts: [Act, string, open: boolean][] = [
  ["what-if", "What if…", true], ["duplicate", "Duplicate", false], ["split", "Split…", true], ["merge", "Merge…", true], ["assistant", "Draft with an assistant…", true], ["decline", "Decline…", true], ["remove", "Remove", false],
];

/** What a section is called, under which heading it is offered, and whether the item uses it. Unused ones stay folded. */
const sections: [name: string, label: string, group: string, used: (detail: ItemDetail) => unknown][] = [
  ["story", "Story", "Story", ({ item: { story } }) => story && (story.asA || story.iWant || story.soThat)],
  ["criteria", "Acceptance criteria", "Story", ({ item }) => item.criteria?.length],
  ["score", "Score", "Value", ({ item }) => item.inputs && Object.keys(item.inputs).length],
  ["moscow", "MoSCoW", "Value", ({ item }) => item.moscow],
  ["objective", "Objective", "Value", ({ item }) => item.objective != null],
  ["requests", "Requests", "Value", (detail) => detail.requests.length],
  ["needs", "Needs", "Order", ({ item }) => item.needs?.length],
  ["parent", "Parent", "Order", ({ item }) => item.parent != null],
  ["blocked", "Blocked", "Order", ({ item }) => item.blocked],
  ["notBefore", "Not before", "Order", ({ item }) => item.notBefore],
  ["team", "Team", "More", ({ item }) => item.team],
  ["tags", "Tags", "More", ({ item }) => item.tags?.length],
  ["notes", "Notes", "More", ({ item }) => item.notes],
  ["link", "Link", "More", ({ item }) => item.link],
];

/** Everything about one item, each field where it is read. */
export class DetailPanel extends Fields {
  @state() scale: string | undefined;
  @state() private menu = false;
  @state() private asked: Opened | undefined;
  @query(".close") private closeButton!: HTMLButtonElement;
  #standing = new Standing(this);
  // Where the field with the focus, or what is being clicked, stood before a drawing.
  #held: { on: Element; top: number } | undefined;
  #pressed: Element | undefined;
  #press = (event: Event): void => {
    const [on] = event.composedPath();
    this.#pressed = on instanceof Element ? on : undefined;
  };
  // The click comes after.
  #release = (): void => void setTimeout(() => { this.#pressed = undefined; });

  static override styles = [base, sheet, look];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("item") && changed.get("item") !== undefined) {
      this.reset();
      this.scale = undefined;
      this.menu = false;
      this.scrollTop = 0;
    }
    const on = this.#pressed ?? (this.renderRoot as ShadowRoot).activeElement;
    this.#held = on && !changed.has("item") ? { on, top: on.getBoundingClientRect().top } : undefined;
  }

  protected override updated(): void {
    this.#fit();
    // What is said of other fields moves neither the one that is written nor what is under the pointer.
    if (this.#held?.on.isConnected) this.scrollTop += this.#held.on.getBoundingClientRect().top - this.#held.top;
  }

  #fit = (): void => {
    for (const area of this.renderRoot.querySelectorAll("textarea")) fit(area);
  };
  #resized = new ResizeObserver(this.#fit);
  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
    this.addEventListener("pointerdown", this.#press);
    for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, this.#release);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    for (const name of ["pointerup", "pointercancel"]) window.removeEventListener(name, this.#release);
  }

  override focus(): void {
    this.closeButton?.focus();
  }

  // ---- what can be done with it

  /** Does something with the item as a whole, or asks what it takes; of several, the others are those to join with it. */
  act(name: Act, ids: string[] = []): void {
    const { item, row } = this.session.item(this.item);
    if (this.session.readonly) return;
    if (name === "remove") {
      if (this.run("acts", { type: "removeItem", id: this.item })) say(this, `Removed ${item.title}`, { show: true, undo: true });
    } else if (name === "duplicate") {
      const change = this.run("acts", { type: "duplicateItem", id: this.item });
      if (!change) return;
      openItem(this, change.ids[0]!);
      say(this, `Copied ${row.title}`, { show: true, undo: true });
    } else if (name === "what-if") ask(this, { what: "what-if", ids: [this.item] });
    else if (name === "decline") this.dispatchEvent(new CustomEvent("landfall-decline", { detail: { items: [this.item] }, bubbles: true, composed: true }));
    else void this.#open(name, ids.slice(1));
  }

  async #open(sheet: Opened, others: string[] = []): Promise<void> {
    this.asked = sheet;
    await this.updateComplete;
    await this.renderRoot.querySelector<Sheet>(".asks-all")?.open(this.item, others);
  }

  async #menu(on: boolean): Promise<void> {
    this.menu = on;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(on ? ".acts [role=menuitem]" : ".acts > button")?.focus();
  }

  #menuKey = (event: KeyboardEvent): void => {
    if (rove(event, (event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("[role=menuitem]"))) return;
    if (event.key === "Tab") this.menu = false;
    else event.stopPropagation();
    if (event.key === "Escape") void this.#menu(false);
  };

  #status(event: Event, { item }: ItemDetail): void {
    const select = event.target as HTMLSelectElement;
    const status = select.value as NonNullable<Item["status"]>;
    if (status === "declined") {
      // It asks why; until that is said, nothing has changed.
      select.value = item.status ?? "todo";
      return this.act("decline");
    }
    // What is finished today belongs to today's sprint, and its time runs from the day on which it began.
    const patch: ItemPatch = { status, ...(status === "in-progress" && item.started == null ? { started: this.session.today } : {}), ...(status === "done" ? (item.finished == null ? { finished: this.session.today } : {}) : item.finished != null ? { finished: null } : {}) };
    if (this.patch("status", patch)) say(this, `${item.title}: ${statuses[status]}`);
  }

  // Goes to the first thing that is to be mended.
  #mend(): void {
    const field = this.findings.first();
    if (!field) return;
    const name = field.replace(/-.*/, "").replace("criterion", "criteria");
    if (sections.some(([section]) => section === name)) this.fold(name, true);
    this.requestUpdate();
    this.reach(`[data-field="${field}"], [data-field="${name}"]`);
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
    this.findings.of(detail);
    const open = item.status !== "done" && item.status !== "declined";
    const seen = (name: string) => (name === "team" && summary.teams.length > 1) || this.unfolded.has(name) || this.refused.has(name) || sections.find(([key]) => key === name)![3](detail);
    const folded = readonly ? [] : sections.filter(([name]) => !seen(name));
    const columns = Object.entries(item.columns ?? {});
    return html`${keyed(item.id, html`
      <div class="top">
        <span class="key">${item.link ? html`<a href=${safeLink(item.link)} target="_blank" rel="noopener noreferrer">${item.id}</a>` : item.id}</span>
        ${readonly ? html`<span class="key">· ${kinds[item.type ?? "story"]}</span>` : html`<select aria-label="Type" @change=${(event: Event) => this.patch("type", { type: (event.target as HTMLSelectElement).value as Item["type"] })}>
          ${Object.entries(kinds).map(([value, label]) => html`<option value=${value} ?selected=${value === item.type}>${label}</option>`)}</select>${this.findings.summary(() => this.#mend())}`}
        <span class="grow"></span>
        ${readonly ? nothing : html`<div class="acts" @focusout=${(event: FocusEvent) => { if (!(event.currentTarget as HTMLElement).contains(event.relatedTarget as Node | null)) this.menu = false; }}>
          <button class="icon quiet" aria-label="Actions" title="Actions" aria-haspopup="menu" aria-expanded=${this.menu ? "true" : "false"} @click=${() => this.#menu(!this.menu)}>${icons.more()}</button>
          ${this.menu ? html`<div class="sheet" role="menu" aria-label="Actions" @keydown=${this.#menuKey}>${acts.map(([name, label, ofOpen]) => (ofOpen && !open ? nothing : html`<button role="menuitem" tabindex="-1" class=${name === "remove" ? "danger" : ""} @click=${async () => { await this.#menu(false); this.act(name); }}>${label}</button>`))}</div>` : nothing}</div>`}
        <button class="icon quiet close" aria-label="Close" title="Close (Esc)" @click=${() => this.close()}>${icons.close()}</button>
      </div>
      <div class="body">${this.under("acts")}
        ${readonly ? html`<h2 class="read">${item.title}</h2>` : this.area("title", item.title, "Title", (text) => {
          if (!text.trim()) throw new Error("give the item a title");
          return { title: text.replace(/\s+/g, " ").trim() };
        }, { class: "title" })}${this.under("title")}
        <div class="facts">
          <label class="fact"><span>Status</span>${readonly ? html`<b>${statuses[item.status ?? "todo"]}</b>` : html`<select .value=${live(item.status ?? "todo")} @change=${(event: Event) => this.#status(event, detail)}>
            ${Object.entries(statuses).map(([value, label]) => html`<option value=${value} ?selected=${value === item.status}>${label}</option>`)}</select>`}${this.under("status")}</label>
          <div class="fact"><span>Size${summary.unit === "items" ? " in points" : ""}</span>${readonly ? html`<b>${uncertain(item.size) || "not sized"}</b>`
            : this.input("size", uncertain(item.size), "Size", (text) => ({ size: readUncertain(text, "size") }), { placeholder: row.assumedSize != null ? `≈ ${number(Math.round(row.assumedSize * 10) / 10)}, or 3–8` : "5 or 3–8" })}</div>
          ${item.status !== "in-progress" || summary.unit === "items" || (readonly && item.remaining == null) ? nothing : html`<div class="fact"><span>Left of it</span>${readonly ? html`<b>${uncertain(item.remaining)}</b>`
            : this.input("remaining", uncertain(item.remaining), "Left of it", (text) => ({ remaining: readUncertain(text, "remainder") }), { placeholder: uncertain(item.size) || "all of it" })}${this.under("remaining")}</div>`}
        </div>${this.under("size")}
        ${detail.sizeNote ? html`<p class="note">${reason(detail.sizeNote)}</p>` : nothing}
        ${detail.sentence ? html`<h3>Lands</h3><p class="lands">${dated(detail.sentence)}</p>` : nothing}
        ${seen("story") ? story(this, item) : nothing}
        ${seen("criteria") ? criteria(this, item) : nothing}
        ${open && detail.ready.length ? ready(this, detail, () => void this.#open("agreement")) : nothing}
        ${seen("score") ? score(this, detail, this.#standing) : nothing}
        ${seen("moscow") ? moscow(this, item) : nothing}
        ${seen("objective") ? objective(this, detail) : nothing}
        ${seen("requests") ? requests(this, detail) : nothing}
        ${detail.decisions.length ? decisions(this, detail) : nothing}
        ${seen("needs") ? needs(this, detail) : nothing}
        ${detail.neededBy.length ? html`<h3>Others wait for it</h3>${detail.neededBy.map((link) => this.link(link))}` : nothing}
        ${detail.children.length ? html`<h3>Parts <span class="faint">${detail.children.filter((child) => child.status === "done").length} of ${detail.children.length} done</span></h3>${detail.children.map((link) => this.link(link))}` : nothing}
        ${seen("parent") ? parent(this, item) : nothing}
        ${seen("blocked") ? blocked(this, item) : nothing}
        ${seen("notBefore") ? this.section("notBefore", "Not before", html`${readonly ? html`<p>${spoken(item.notBefore!, this.session.today)}</p>` : this.input("notBefore", item.notBefore ?? "", "Not before", (text) => ({ notBefore: text || null }), { type: "date" })}${this.under("notBefore")}`) : nothing}
        ${seen("team") ? team(this, item) : nothing}
        ${seen("tags") ? tags(this, item) : nothing}
        ${seen("notes") ? this.section("notes", "Notes", html`${readonly ? html`<p class="read">${item.notes}</p>` : this.area("notes", item.notes ?? "", "Notes", (text) => ({ notes: text }), { placeholder: "Anything else worth knowing" })}${this.under("notes")}`) : nothing}
        ${seen("link") ? this.section("link", "Link", html`${readonly ? html`<a class="read" href=${safeLink(item.link!)} target="_blank" rel="noopener noreferrer">${item.link}</a>` : this.input("link", item.link ?? "", "Link", (text) => ({ link: text.trim() || null }), { type: "url", placeholder: "https://…" })}${this.under("link")}`) : nothing}
        ${columns.length ? html`<details><summary>As the tracker has it</summary><dl>${columns.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></details>` : nothing}
        ${folded.length ? html`<div class="fold" role="group" aria-label="Add to this item">${["Story", "Value", "Order", "More"].map((group) => {
          const chips = folded.filter((section) => section[2] === group);
          return chips.length ? html`<div><span>${group}</span><span class="chips">${chips.map(([name, label]) => html`<button @click=${() => this.unfold(name)}>+ ${label}</button>`)}</span></div>` : nothing;
        })}</div>` : nothing}
      </div>`)}${this.#sheet()}`;
  }

  #sheet(): TemplateResult | typeof nothing {
    const shut = () => { this.asked = undefined; };
    switch (this.asked) {
      case "split": return html`<landfall-split class="asks-all" .session=${this.session} @shut=${shut}></landfall-split>`;
      case "merge": return html`<landfall-merge class="asks-all" .session=${this.session} @shut=${shut}></landfall-merge>`;
      case "assistant": return html`<landfall-assistant class="asks-all" .session=${this.session} @shut=${shut}></landfall-assistant>`;
      case "agreement": return html`<landfall-agreement class="asks-all" .session=${this.session} @shut=${shut}></landfall-agreement>`;
      default: return nothing;
    }
  }
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
