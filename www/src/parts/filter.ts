import { LitElement, type TemplateResult, css, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { Filter, SavedView, Show } from "../../pkg/landfall.js";
import { say } from "../events.ts";
import { icons } from "../icons.ts";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";
import { count, reason, statuses } from "../text.ts";
import { type Look, alike, classes, conditions, shows, slim } from "../views/plan/look.ts";
import { sheet } from "./menu.ts";

/** More values than this are no choice. */
const MOST = 300;

/** What the list shows: a button that says it, and a sheet to change it. `look` tells what was chosen. */
export class FilterBar extends LitElement {
  @property({ attribute: false }) session!: Session;
  @property({ type: Number }) revision = 0;
  @property({ attribute: false }) look!: Look;
  /** Whether there is no room for what is filtered beside the button. */
  @property({ type: Boolean }) narrow = false;

  @state() private shown = false;
  /** What a view is being called; of which one, where it has a name. */
  @state() private naming: { old?: string; wrong: string } | undefined;

  static override styles = [base, sheet, css`
    :host { display: flex; align-items: center; gap: 6px; min-width: 0; flex: 0 1 auto; }
    .button { display: inline-flex; align-items: center; gap: 6px; min-width: 0; flex: 0 1 auto; padding: 3px 8px; }
    .button[aria-expanded=true], .button:hover { background: var(--hover); }
    .button i, .n { font-style: normal; color: var(--muted); }
    .button svg { flex: none; color: var(--muted); }
    .on { display: inline-flex; align-items: center; min-width: 0; border-radius: 6px; background: var(--accent-soft); color: var(--accent-text); padding-left: 8px; line-height: 26px; max-width: 170px; }
    .on button { padding: 0; width: 24px; min-height: 26px; display: grid; place-items: center; color: inherit; flex: none; border-radius: 6px; } .on button:hover { background: var(--accent-soft); }
    .sheet { z-index: 21; left: var(--left); top: calc(100% + 4px); width: var(--wide); max-height: min(600px, var(--room)); padding: 8px 12px 10px; }
    h3 { font-size: 11.5px; font-weight: 600; color: var(--muted); margin: 8px 0 4px; }
    fieldset { border: 0; margin: 0; padding: 0; } legend { font-size: 11.5px; font-weight: 600; color: var(--muted); padding: 4px 0; }
    .shows { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 0 8px; margin: 0 -8px; }
    .shows label { display: flex; align-items: center; gap: 8px; min-height: 28px; padding: 0 8px; border-radius: 6px; cursor: pointer; } .shows label:hover { background: var(--hover); } .shows .n { margin-left: auto; }
    .fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(140px, 1fr)); gap: 8px 16px; margin-top: 10px; padding-top: 10px; border-top: 1px solid var(--line); }
    .fields label, .name label { font-size: 12px; line-height: 17px; color: var(--muted); display: block; min-width: 0; } .fields select { color: var(--ink); } .fields select.set { border-color: var(--accent); }
    .views li { display: flex; align-items: center; gap: 2px; margin: 0 -8px; border-radius: 6px; } .views li:hover { background: var(--hover); }
    .views .go { flex: 1; min-width: 0; text-align: left; padding: 3px 8px; } .views .go[aria-pressed=true] { color: var(--accent-text); font-weight: 550; }
    .views .more { color: var(--muted); padding: 2px 8px; min-height: 26px; font-size: 12px; } .views .more:hover { color: var(--ink); }
    .views { margin-bottom: 6px; padding-bottom: 6px; border-bottom: 1px solid var(--line); }
    .name { display: flex; gap: 6px; align-items: end; flex-wrap: wrap; padding: 4px 0; } .name label { flex: 1; } .name input { color: var(--ink); } .name .error { flex-basis: 100%; }
    .foot { display: flex; align-items: center; gap: 6px; margin-top: 10px; padding-top: 8px; border-top: 1px solid var(--line); flex-wrap: wrap; }
    @media (pointer: coarse) { .on button, .shows label { min-height: 36px; } .on button { width: 32px; } }
  `];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#shut();
  }

  /** Opens the sheet, and puts the keyboard into it. */
  async open(): Promise<void> {
    this.shown = true;
    this.naming = undefined;
    window.addEventListener("pointerdown", this.#outside, true);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(".sheet :is(input:checked, .go[aria-pressed=true])")?.focus();
  }

  /** Closes the sheet; whether it was open. */
  close(): boolean {
    if (!this.shown) return false;
    this.#shut();
    this.renderRoot.querySelector<HTMLElement>(".button")?.focus();
    return true;
  }

  #shut(): void {
    this.shown = false;
    window.removeEventListener("pointerdown", this.#outside, true);
  }

  #outside = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.#shut();
  };

  #tell(look: Partial<Look>): void {
    this.dispatchEvent(new CustomEvent("look", { detail: look }));
  }

  #set(change: { [key in keyof Filter]?: Filter[key] | undefined }): void {
    this.#tell({ filter: slim({ ...this.look.filter, ...change } as Filter) });
  }

  #clear(): void {
    this.#tell({ filter: {}, search: "" });
  }

  override render(): TemplateResult {
    const { filter } = this.look;
    const { counts } = this.session.summary;
    const { show = "work" } = filter;
    const [, label, n] = shows.find(([one]) => one === show)!;
    const on = conditions(filter, this.session);
    const total = on.length || this.look.search ? this.session.rows({ count: 0, search: this.look.search, filter }).total : n(counts);
    const text = this.narrow && on.length ? [label, ...on.map(([, one]) => one)].join(" · ") : undefined;
    return html`<button class="button" aria-haspopup="dialog" aria-expanded=${this.shown ? "true" : "false"} aria-label="Filter: ${text ?? `${label} ${total.toLocaleString("en-GB")}`}" title="Filter (F)" @click=${() => (this.shown ? this.close() : this.open())}>
        <svg width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" aria-hidden="true"><path d="M2.5 4.5h11M4.5 8h7M6.5 11.5h3"></path></svg>
        <span class="cut">${text ?? html`${label} <i>${total.toLocaleString("en-GB")}</i>`}</span>${icons.down(12)}</button>
      ${this.narrow ? nothing : html`${on.map(([key, text]) => html`<span class="on"><span class="cut" title=${text}>${text}</span><button aria-label="Remove ${text}" title="Remove" @click=${() => this.#set({ [key]: undefined })}>${icons.close(10)}</button></span>`)}
      ${on.length + (show === "work" ? 0 : 1) > 1 ? html`<button class="link" @click=${() => this.#clear()}>Clear</button>` : nothing}`}
      ${this.shown ? this.#sheet(show, total) : nothing}`;
  }

  #sheet(show: Show, total: number): TemplateResult {
    const { filter } = this.look;
    const { counts, objectives, tags, requesters } = this.session.summary;
    const radio = ([value, label, n]: (typeof shows)[number]): TemplateResult | typeof nothing => n(counts) || value === show || value === "work"
      ? html`<label><input type="radio" name="show" .checked=${live(value === show)} @change=${() => this.#set({ show: value })}><span>${label}</span><span class="n">${n(counts).toLocaleString("en-GB")}</span></label>` : nothing;
    const select = (key: keyof Filter, label: string, options: readonly (readonly [string, string])[]): TemplateResult | typeof nothing => {
      const chosen = filter[key] ?? "";
      if (!options.length && !chosen) return nothing;
      const missing = chosen && !options.some(([value]) => value === chosen) ? [[chosen, chosen] as const] : [];
      return html`<label>${label}<select aria-label=${label} class=${chosen ? "set" : ""} @change=${(event: Event) => this.#set({ [key]: (event.target as HTMLSelectElement).value || undefined })}>
        <option value="" ?selected=${!chosen}>Any</option>${[...missing, ...options].slice(0, MOST).map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}</select></label>`;
    };
    const same = (text: string): [string, string] => [text, text];
    const epics = counts.epics ? this.session.rows({ count: MOST, filter: { show: "epics" } }).rows : [];
    return html`<div class="sheet" role="dialog" aria-label="Filter" @keydown=${this.#key}>
      ${this.#views()}
      <fieldset><legend>Show</legend><div class="shows">${shows.map(radio)}</div></fieldset>
      <div class="fields">
        ${select("objective", "Objective", objectives.map(({ objective }) => [objective.id, objective.name]))}
        ${select("parent", "Epic", epics.map((row) => [row.id, row.title]))}
        ${select("tag", "Tag", tags.map(same))}
        ${select("status", "Status", Object.entries(statuses))}
        ${select("moscow", "MoSCoW class", Object.entries(classes))}
        ${select("requester", "Requested by", requesters.map(same))}
      </div>
      <div class="foot"><span class="grow" role="status">${count(total, "item")}</span>
        ${Object.keys(filter).length || this.look.search ? html`<button class="quiet" @click=${() => this.#clear()}>Clear</button>` : nothing}
        ${this.session.readonly || this.naming ? nothing : html`<button class="line" @click=${() => this.#name()}>Save this view…</button>`}
        <button class="line" @click=${() => this.close()}>Done</button></div>
      ${this.naming && this.naming.old === undefined ? this.#namer("") : nothing}
    </div>`;
  }

  #views(): TemplateResult | typeof nothing {
    const { views } = this.session.summary;
    const { readonly } = this.session;
    return views.length ? html`<h3 id="views">Saved views</h3><ul class="views" aria-labelledby="views">${views.map((view) => this.naming?.old === view.name ? html`<li>${this.#namer(view.name)}</li>` : html`<li>
      <button class="go cut" aria-pressed=${alike(view, this.look) ? "true" : "false"} @click=${() => this.#tell({ filter: slim(view.filter ?? {}), search: view.search ?? "" })}>${view.name}</button>
      ${readonly ? nothing : html`<button class="more" aria-label="Rename ${view.name}" @click=${() => this.#name(view.name)}>Rename</button><button class="more" aria-label="Remove ${view.name}" title="Remove" @click=${() => this.#remove(view)}>${icons.close(12)}</button>`}</li>`)}</ul>` : nothing;
  }

  #name(old?: string): void {
    this.naming = { wrong: "", ...(old === undefined ? {} : { old }) };
    void this.updateComplete.then(() => {
      const field = this.renderRoot.querySelector<HTMLInputElement>(".name input");
      field?.select();
      field?.scrollIntoView({ block: "nearest" });
    });
  }

  #namer(name: string): TemplateResult {
    return html`<form class="name grow" @submit=${this.#save}><label>Name of the view<input name="name" autocomplete="off" .value=${name} aria-invalid=${this.naming?.wrong ? "true" : "false"}></label>
      <button class="primary">Save</button><button type="button" class="line" @click=${() => { this.naming = undefined; }}>Cancel</button>${this.naming?.wrong ? html`<p class="error" role="alert">${this.naming.wrong}</p>` : nothing}</form>`;
  }

  #save(event: SubmitEvent): void {
    event.preventDefault();
    const { session, look, naming } = this;
    const name = String(new FormData(event.target as HTMLFormElement).get("name")).trim();
    const has = session.summary.views;
    const old = has.find((view) => view.name === naming?.old);
    try {
      if (!name) throw new Error("give the view a name");
      if (old && name !== old.name && has.some((view) => view.name === name)) throw new Error(`another view is called “${name}” already`);
      if (old && name !== old.name) session.run({ type: "batch", label: `rename view ${old.name}`, commands: [{ type: "removeView", name: old.name }, { type: "setView", view: { ...old, name } }] });
      else if (!old) {
        session.run({ type: "setView", view: { name, ...(look.search.trim() ? { search: look.search.trim() } : {}), filter: slim(look.filter) } });
        say(this, `View “${name}” ${has.some((view) => view.name === name) ? "replaced" : "saved"}`, { show: true, undo: true });
      }
      this.naming = undefined;
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".sheet .go[aria-pressed=true], .sheet .go")?.focus());
    } catch (error) {
      this.naming = { ...naming, wrong: reason(error) };
    }
  }

  #remove({ name }: SavedView): void {
    try {
      this.session.run({ type: "removeView", name });
      say(this, `View “${name}” removed`, { show: true, undo: true });
    } catch (error) {
      say(this, reason(error), { show: true });
    }
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".sheet input:checked")?.focus());
  }

  // Tab goes round; what is pressed in here is nobody else's.
  #key(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      if (this.naming) {
        this.naming = undefined;
        void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".sheet input:checked")?.focus());
      } else this.close();
    }
    if (event.key !== "Tab") return;
    const all = [...this.renderRoot.querySelectorAll<HTMLElement>(".sheet :is(button, select, input:not([type=radio]), input:checked)")];
    const at = (this.renderRoot as ShadowRoot).activeElement;
    if (at === (event.shiftKey ? all[0] : all.at(-1))) {
      event.preventDefault();
      (event.shiftKey ? all.at(-1) : all[0])?.focus();
    }
  }
}

if (!customElements.get("landfall-filter")) customElements.define("landfall-filter", FilterBar);
