import { LitElement, type PropertyValues, type TemplateResult, css, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import type { Command, ItemPatch } from "../../pkg/landfall.js";
import { act, ask, say } from "../events.ts";
import { icons } from "../icons.ts";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";
import { capital, count, readUncertain, reason, statuses } from "../text.ts";
import { classes } from "../views/plan/look.ts";
import { named, toStatus, toTop } from "../views/plan/moves.ts";
import { rove, sheet } from "./menu.ts";

type Part = "move" | "before" | "objective" | "status" | "moscow" | "tags" | "parent" | "size" | "all";

/** What can be done to several items at once; `close` says that nothing is to be selected any more. */
export class BulkBar extends LitElement {
  @property({ attribute: false }) session!: Session;
  @property({ type: Number }) revision = 0;
  /** The items. */
  @property({ attribute: false }) ids: string[] = [];
  /** Whether there is room for one button alone. */
  @property({ type: Boolean, reflect: true }) narrow = false;

  @state() private shown: Part | undefined;
  @state() private wrong = "";
  @state() private known: [string, string][] = [];

  static override styles = [base, sheet, css`
    :host { display: flex; align-items: center; gap: 2px; padding: 6px 16px; border-top: 1px solid var(--line); background: var(--panel); position: relative; flex-wrap: wrap; box-shadow: 0 -6px 24px var(--shade); z-index: 7; }
    .n { font-weight: 600; margin-right: 8px; white-space: nowrap; }
    .of { display: flex; align-items: center; position: relative; } .grow.of { position: static; flex-wrap: wrap; } .grow > .error { flex-basis: 100%; } .of > button { display: inline-flex; align-items: center; gap: 4px; padding: 3px 8px; }
    button.quiet, .of > button { color: var(--ink); } .of > button:hover, .of > button[aria-expanded=true] { background: var(--hover); } .of > button svg { color: var(--muted); }
    button.danger { color: var(--bad); }
    .sheet { bottom: calc(100% + 8px); left: 0; width: max-content; min-width: 200px; max-width: min(320px, 80vw); max-height: 320px; z-index: 8; }
    :host([narrow]) .of { position: static; } :host([narrow]) .sheet { left: 8px; right: 8px; width: auto; max-width: none; } :host([open]) { z-index: 21; }
    form { padding: 5px 7px; display: grid; gap: 6px; } form label { font-size: 12px; line-height: 17px; color: var(--muted); } form input { color: var(--ink); } form div { display: flex; gap: 6px; flex-wrap: wrap; }
    .rule { width: 1px; height: 18px; background: var(--line); margin: 0 6px; }
  `];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("ids") && changed.get("ids")?.join() !== this.ids.join()) this.#shut();
    this.toggleAttribute("open", this.shown !== undefined);
  }

  #open(part: Part | undefined): void {
    this.shown = part;
    this.wrong = "";
    this.known = [];
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".sheet :is([role^=menuitem], input)")?.focus());
  }

  #shut(back = false): void {
    const { shown: part } = this;
    this.shown = undefined;
    this.wrong = "";
    if (back && part) void this.updateComplete.then(() => (this.renderRoot.querySelector<HTMLElement>(`[data-part=${part === "before" ? "move" : part}]`) ?? this.renderRoot.querySelector<HTMLElement>(".of > button"))?.focus());
  }

  // A dialog gives the focus back to what had it, so that must be there still.
  async #leave(run: () => void): Promise<void> {
    if (this.shown) {
      this.#shut();
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>(".of > button")?.focus();
    }
    run();
  }

  #run(made: Command | (() => Command), what: string): void {
    try {
      this.session.run(typeof made === "function" ? made() : made);
      say(this, `${capital(count(this.ids.length, "item"))}: ${what}`, { show: true, undo: true });
      this.#shut(true);
    } catch (error) {
      this.wrong = reason(error);
    }
  }

  #patch(patch: ItemPatch, what: string): void {
    this.#run({ type: "editItems", ids: this.ids, patch }, what);
  }

  override render(): TemplateResult {
    const n = this.ids.length;
    const parts: [Part, string][] = [["move", "Move"], ["objective", "Objective"], ["status", "Status"], ["moscow", "MoSCoW"], ["tags", "Tags"], ["parent", "Parent"], ...(this.session.summary.unit === "points" ? [["size", "Size"] as [Part, string]] : [])];
    const last = (role?: string): TemplateResult => html`
      ${n > 1 ? html`<button class="quiet" role=${role ?? nothing} tabindex=${role ? -1 : nothing} @click=${() => this.#leave(() => act(this, { what: "merge", ids: this.ids }))}>Merge</button>` : nothing}
      <button class="quiet" role=${role ?? nothing} tabindex=${role ? -1 : nothing} @click=${() => this.#leave(() => ask(this, { what: "what-if", ids: this.ids }))}>What if…</button>
      <button class="quiet" role=${role ?? nothing} tabindex=${role ? -1 : nothing} @click=${() => this.#leave(() => ask(this, { what: "decline", items: this.ids }))}>Decline…</button>
      <button class="quiet danger" role=${role ?? nothing} tabindex=${role ? -1 : nothing} @click=${() => this.#run({ type: "removeItems", ids: this.ids }, "removed")}>Remove</button>`;
    const opener = (part: Part, label: string): TemplateResult => html`<span class="of"><button data-part=${part} aria-haspopup=${part === "tags" || part === "parent" || part === "size" ? "dialog" : "menu"} aria-expanded=${this.shown === part || (part === "move" && this.shown === "before") || (part === "all" && this.shown !== undefined) ? "true" : "false"} @click=${() => (this.shown === part ? this.#shut() : this.#open(part))}>${label}${icons.down(10)}</button>${this.shown === part || (part === "move" && this.shown === "before" && !this.narrow) || (part === "all" && this.shown) ? this.shown === "all" ? all() : this.#sheet(this.shown!) : nothing}</span>`;
    const all = (): TemplateResult => html`<div class="sheet" role="menu" aria-label="Change">${parts.map(([part, label]) => html`<button role="menuitem" tabindex="-1" @click=${() => this.#open(part)}>${label}…</button>`)}<hr>${last("menuitem")}</div>`;
    return html`<div role="toolbar" aria-label="What is selected" class="of grow" @focusout=${this.#left} @keydown=${this.#key}>
        <span class="n" role="status">${count(n, "item").replace(/ items?$/, "")} selected</span>
        ${this.narrow ? opener("all", "Change") : html`${parts.map(([part, label]) => opener(part, label))}<span class="rule"></span>${last()}`}
        <span class="grow"></span><button class="icon quiet" aria-label="Select nothing" title="Select nothing (Esc)" @click=${() => this.dispatchEvent(new CustomEvent("close"))}>${icons.close(14)}</button>
        ${this.wrong && !this.shown ? html`<p class="error" role="alert">${this.wrong}</p>` : nothing}
      </div>`;
  }

  #left(event: FocusEvent): void {
    const to = event.relatedTarget;
    if (this.shown && to instanceof Node && !this.renderRoot.contains(to)) this.#shut();
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape" && this.shown) {
      event.preventDefault();
      event.stopPropagation();
      this.#shut(true);
    } else if (!(event.target instanceof HTMLInputElement)) {
      const all = this.shown ? ".sheet [role^=menuitem]" : ":is(button)";
      rove(event, this.renderRoot.querySelectorAll<HTMLElement>(all));
    }
  }

  #sheet(part: Part): TemplateResult {
    const { objectives, tags } = this.session.summary;
    const item = (label: string, run: () => void): TemplateResult => html`<button role="menuitem" tabindex="-1" @click=${run}><span class="cut">${label}</span></button>`;
    const menu = (label: string, items: unknown): TemplateResult => html`<div class="sheet" role="menu" aria-label=${label}>${items}${this.wrong ? html`<p class="error" role="alert">${this.wrong}</p>` : nothing}</div>`;
    switch (part) {
      case "move": return menu("Move", html`${item("To the top", () => this.#run(() => toTop(this.session, this.ids), "moved to the top"))}${item("To the bottom", () => this.#run({ type: "moveItems", ids: this.ids }, "moved to the bottom"))}${item("Before…", () => this.#open("before"))}`);
      case "objective": return menu("Objective", html`${objectives.map(({ objective: { id, name } }) => item(name, () => this.#patch({ objective: id }, name)))}${item("No objective", () => this.#patch({ objective: null }, "no objective"))}`);
      case "status": return menu("Status", (["todo", "in-progress", "done"] as const).map((status) => item(statuses[status], () => this.#run(() => toStatus(this.session, this.ids, status), statuses[status].toLowerCase()))));
      case "moscow": return menu("MoSCoW class", html`${Object.entries(classes).map(([moscow, label]) => item(label, () => this.#patch({ moscow: moscow as keyof typeof classes }, label)))}${item("No class", () => this.#patch({ moscow: null }, "no MoSCoW class"))}`);
      case "tags": return this.#form("Tags, with commas between", "Add", (text) => {
        const list = text.split(/[,;]/).map((tag) => tag.trim().replace(/^#/, "")).filter(Boolean);
        if (!list.length) throw new Error("give a tag");
        return list;
      }, (list) => this.#run({ type: "editItems", ids: this.ids, addTags: list }, `tagged ${list.join(", ")}`), tags.slice(0, 200).map((tag) => [tag, ""]), ["Take off", (list) => this.#run({ type: "editItems", ids: this.ids, removeTags: list }, `no longer tagged ${list.join(", ")}`)]);
      case "size": return this.#form("Size: 5, 3–8 or nothing", "Set", (text) => readUncertain(text, "size"), (size) => this.#patch({ size }, size === null ? "no size" : "sized"), []);
      case "parent": return this.#form("Key or title of the epic", "Set", (text) => (text.trim() ? named(this.session, text, new Set(this.ids)) : null), (parent) => this.#patch({ parent }, parent === null ? "part of nothing" : `part of ${parent}`), this.known);
      default: return this.#form("Key or title of the item they go before", "Move", (text) => named(this.session, text, new Set(this.ids)), (before) => this.#run({ type: "moveItems", ids: this.ids, before }, `moved before ${before}`), this.known);
    }
  }

  #form<T>(label: string, verb: string, read: (text: string) => T, run: (value: T) => void, known: [string, string][], other?: [string, (value: T) => void]): TemplateResult {
    const take = (then: (value: T) => void): void => {
      try {
        then(read(this.renderRoot.querySelector<HTMLInputElement>(".sheet input")!.value));
      } catch (error) {
        this.wrong = reason(error);
      }
    };
    const items = this.shown === "parent" || this.shown === "before";
    return html`<div class="sheet" role="dialog" aria-label=${label}><form @submit=${(event: Event) => { event.preventDefault(); take(run); }}>
      <label>${label}<input list="known" autocomplete="off" aria-invalid=${this.wrong ? "true" : "false"} aria-describedby="wrong" @keydown=${(event: KeyboardEvent) => { if (event.key !== "Escape") event.stopPropagation(); }} @input=${(event: Event) => {
        const text = (event.target as HTMLInputElement).value.trim();
        if (items) this.known = text ? this.session.rows({ search: text, count: 12, filter: { show: "all" } }).rows.filter(({ id }) => !this.ids.includes(id)).map(({ id, title }) => [id, title]) : [];
      }}></label>
      <datalist id="known">${known.map(([value, text]) => html`<option value=${value}>${text}</option>`)}</datalist>
      <p class="error" role="alert" id="wrong" ?hidden=${!this.wrong}>${this.wrong}</p>
      <div><button class="primary">${verb}</button>${other ? html`<button type="button" class="line" @click=${() => take(other[1])}>${other[0]}</button>` : nothing}</div></form></div>`;
  }
}

if (!customElements.get("landfall-bulk")) customElements.define("landfall-bulk", BulkBar);
