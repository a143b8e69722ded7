import { LitElement, type PropertyValues, type TemplateResult, css, html, nothing, render } from "lit";
import { property, query, state } from "lit/decorators.js";
import type { Change, Command, Comparison, PlanDocument, Planner, Summary } from "../pkg/landfall.js";
import { LINK } from "./carry.ts";
import type { Core } from "./core.ts";
import { download, fileName, given, inField, painted, place } from "./dom.ts";
import { type Act, type Ask, type Declined, type Said, act } from "./events.ts";
import { icons, mark } from "./icons.ts";
import { langOf, tableIn, tellHeight } from "./host.ts";
import { Journal, storage } from "./journal.ts";
import "./parts/help.ts";
import { type HelpDialog, command } from "./parts/help.ts";
import "./parts/import.ts";
import type { ImportDialog } from "./parts/import.ts";
import { rove } from "./parts/menu.ts";
import "./parts/palette.ts";
import type { Entry, Palette } from "./parts/palette.ts";
import "./parts/share.ts";
import type { ShareDialog } from "./parts/share.ts";
import { type Memory, again, alive } from "./recovery.ts";
import { type Published, Session } from "./session.ts";
import { base } from "./styles.ts";
import { count, dated, localToday, reason } from "./text.ts";
import { block } from "./tell/reports.ts";
import { tokens } from "./tokens.ts";
import "./views/forecast.ts";
import "./views/tell.ts";
import "./parts/scenario.ts";
import "./parts/scenarios.ts";
import "./parts/versions.ts";
import "./parts/what-if.ts";
import "./views/plan.ts";
import type { PlanView } from "./views/plan.ts";
import { freshLook, lenses, shows, slim } from "./views/plan/look.ts";
import { toStatus, toTop } from "./views/plan/moves.ts";

const views = ["plan", "forecast", "tell"] as const;
const viewNames = { plan: "Plan", forecast: "Forecast", tell: "Tell" };
export type View = (typeof views)[number];
export type Theme = "auto" | "light" | "dark";

const THEME = "landfall theme";
/** The element of this page that opens its links: the first, where there are several. */
let opener: LandfallPlanner | undefined;
/** How long a published plan is taken to be the newest, in milliseconds. */
const FRESH = 30_000;

/**
 * A planner inside any page.
 *
 * Attributes: `src`, a published plan (JSON) to show, of which local edits become a draft; `readonly`; `storage`, `local` or
 * `none`, where nothing is kept in this browser; `storage-key`, the name under which the plan is kept (default: made of the
 * page's path); `view`, `plan`, `forecast` or `tell`; `theme`, `light`, `dark` or `auto`; `today`, the civil date to plan
 * from; `lang`, the language of the plan's own texts (default: that of the page around).
 *
 * A plan is published to it as well as the property `plan`, as a child `<script type="application/json">`, or as a child
 * `<table>`, which is what readers see where scripts do not run. What is published first in this order counts: `plan`,
 * `src`, script, table.
 *
 * A link that carries a plan (`#landfall=…` behind the page's address) is opened by the first element of the page: read-only
 * beside its own plan, which stays as it is until the reader says so.
 *
 * Events, all of which bubble and leave shadow trees: `landfall-ready` (detail: the plan's name), `landfall-change` (detail:
 * what was done, of more than 5,000 imported items without them; the property `plan` is the plan after it),
 * `landfall-error` (detail: the error).
 *
 * Parts: `header`, `tabs`, `headline`, `notices`, `view`. Its colours are custom properties (see `tokens.ts`).
 */
export class LandfallPlanner extends LitElement {
  @property() src: string | undefined;
  @property() storage: "local" | "none" = "local";
  @property({ type: Boolean, reflect: true }) readonly = false;
  @property({ attribute: "storage-key" }) storageKey: string | undefined;
  @property({ reflect: true }) view: View = "plan";
  @property({ reflect: true }) theme: Theme = "auto";
  @property() today: string | undefined;

  @state() private session: Session | undefined;
  @state() private revision = 0;
  /** One's own plan, while another is looked at: that of a link, or of an earlier day. */
  @state() private own: Session | undefined;
  /** Which day that is. */
  @state() private day = "";
  /** Whether the plan of the link is to take its place, once that is confirmed. */
  @state() private replacing = false;
  /** Of a forecast under way; undefined while there is none, or before anybody would wait for it. */
  @state() private progress: number | undefined;
  /** Whether the last forecast that was announced came to its end. */
  @state() private finished = false;
  @state() private failure: { title: string; text: string; retry?: boolean; rescued?: string } | undefined;
  @state() private dropping = false;
  @state() private menu = false;
  @state() private renaming = false;
  /** The scenario that is shown, beside the plan. */
  @state() private compared: Comparison | undefined;
  @state() private said: (Said & { at: number }) | undefined;
  @state() private width = 1200;
  @query("landfall-import") private importer!: ImportDialog;
  @query("landfall-help") private help!: HelpDialog;
  @query("landfall-share") private sharer!: ShareDialog;
  @query("landfall-palette") private palette!: Palette | null;
  @query("landfall-plan") private planView!: PlanView | null;
  @query(".shell") private shell!: HTMLElement;

  #look = freshLook();
  #given: string | undefined;
  #memory: Memory | undefined;
  #fetched = 0;
  // The scenario that was drawn last.
  #shown: string | undefined;
  #start = 0;
  #core: Core | undefined;
  #print = matchMedia("print");
  #booted: string | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #saidTimer: ReturnType<typeof setTimeout> | undefined;
  #heights: (() => void) | undefined;
  #watch = new ResizeObserver(([entry]) => {
    const width = entry?.contentRect.width ?? 0;
    if (width > 0) this.width = Math.round(width);
  });

  static override styles = [tokens, base, css`
    :host { display: block; box-sizing: border-box; height: min(760px, 90vh); min-height: 360px; background: var(--bg); overflow: hidden; position: relative; border: 1px solid var(--line); border-radius: 10px; }
    :host([hidden]) { display: none; }
    .shell { height: 100%; display: flex; flex-direction: column; min-width: 0; }
    .shell:focus-visible { outline: none; }
    .header { display: flex; align-items: center; gap: 10px; padding: 8px 16px; min-height: 48px; border-bottom: 1px solid var(--line); background: var(--panel); }
    .mark { flex: none; }
    .name { font-weight: 650; line-height: 24px; letter-spacing: -.01em; padding: 2px 6px; margin-left: -4px; min-height: 28px; border-radius: 6px; overflow: hidden; text-overflow: ellipsis; min-width: 60px; flex: 0 1 auto; text-align: left; }
    button.name:hover { background: var(--hover); }
    input.name { width: 280px !important; font-weight: 650; }
    .scene { width: auto; max-width: min(240px, 40%); min-height: 28px; }
    .state { color: var(--muted); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; min-width: 0; display: flex; align-items: center; gap: 6px; }
    .state.warn { color: var(--warn); }
    .tools { display: flex; align-items: center; gap: 4px; flex: none; }
    .tools .into { margin: 0 4px; display: inline-flex; gap: 6px; align-items: center; }
    .bar { display: flex; align-items: stretch; gap: 20px; padding: 0 16px; border-bottom: 1px solid var(--line); background: var(--panel); min-height: 40px; }
    .bar [role=tablist] { display: flex; gap: 20px; }
    .bar [role=tab] { border: 0; border-radius: 0; padding: 0; min-height: 39px; color: var(--muted); box-shadow: none; }
    .bar [role=tab]:hover { color: var(--ink); }
    .bar [role=tab][aria-selected=true] { color: var(--ink); box-shadow: inset 0 -2px var(--accent); font-weight: 550; }
    .headline { align-self: center; min-width: 0; padding: 6px 0; text-align: right; margin-left: auto; }
    .headline .chip { margin-left: 4px; }
    .headline { transition: color .15s; } .headline.stale { color: var(--muted); transition-delay: .2s; }
    .notices > div { display: flex; align-items: center; gap: 4px 12px; flex-wrap: wrap; padding: 6px 16px; border-bottom: 1px solid var(--line); background: var(--panel); color: var(--muted); min-height: 37px; }
    .notices > div.draft { background: var(--warn-soft); color: var(--ink); }
    .notices > div.bad { background: var(--bad-soft); color: var(--ink); }
    .notices p { flex: 1 1 260px; }
    #view { flex: 1; min-height: 0; position: relative; }
    #view > * { height: 100%; }
    .menu { position: relative; }
    .menu [role=menu] { position: absolute; right: 0; top: calc(100% + 6px); z-index: 30; background: var(--raised); border: 1px solid var(--line); border-radius: 10px; box-shadow: 0 12px 40px var(--shade), 0 2px 8px var(--shade); padding: 5px; min-width: 230px; display: grid; }
    .menu [role^=menuitem] { text-align: left; display: flex; align-items: center; justify-content: space-between; gap: 20px; border-radius: 6px; padding: 4px 10px; min-height: 30px; }
    .menu [role^=menuitem]:hover, .menu [role^=menuitem]:focus-visible { background: var(--hover); outline-offset: -2px; }
    .menu hr { border: 0; border-top: 1px solid var(--line); margin: 5px 0; width: 100%; }
    .shell:has(landfall-plan[selecting]) .toast { bottom: 60px; }
    .toast { position: absolute; left: 16px; bottom: 16px; max-width: min(640px, calc(100% - 32px)); display: flex; align-items: center; gap: 12px; padding: 7px 8px 7px 14px; border-radius: 9px; background: var(--ink); color: var(--bg); box-shadow: 0 10px 32px var(--shade); z-index: 20; animation: rise .18s ease-out; }
    .toast button { color: inherit; min-height: 26px; flex: none; } .toast button.undo { font-weight: 600; background: color-mix(in srgb, var(--bg) 18%, transparent); }
    .toast button.icon { width: 26px; } .toast button:focus-visible { outline-color: var(--bg); }
    @keyframes rise { from { transform: translateY(8px); opacity: 0; } }
    .drop { position: absolute; inset: 8px; z-index: 40; border: 2px dashed var(--accent); border-radius: 12px; background: color-mix(in srgb, var(--panel) 88%, transparent); display: grid; place-content: center; text-align: center; pointer-events: none; font-size: 16px; line-height: 24px; }
    .drop b { font-weight: 620; } .drop span { color: var(--muted); font-size: 13px; }
    .blank textarea { width: 60ch; height: 120px; max-width: 100%; }
    .idle { height: 100%; overflow: auto; display: flex; flex-direction: column; }
    .blank { flex: 1 0 auto; display: grid; grid-template-columns: minmax(0, auto); place-content: center; justify-items: center; gap: 12px; padding: 24px; text-align: center; color: var(--muted); }
    .blank h2 { font-size: 16px; line-height: 22px; color: var(--ink); font-weight: 620; letter-spacing: -.01em; } .blank p { max-width: 56ch; overflow-wrap: anywhere; }
    .busy { position: relative; height: 2px; margin-top: -2px; overflow: hidden; z-index: 9; }
    .busy::after { content: ""; position: absolute; inset: 0; background: var(--accent); transform-origin: 0 0; transform: scaleX(var(--done)); transition: transform .15s linear; }
    .wait { animation: wait .3s .2s both; } @keyframes wait { from { opacity: 0; } }
    .tight .header { gap: 6px; } .tight .state .long { display: none; }
    .phone .header, .phone .notices > div { padding-left: 12px; padding-right: 12px; }
    .phone .bar { flex-wrap: wrap; padding: 0 12px; gap: 0 16px; } .phone .headline { order: -1; flex: 1 0 100%; text-align: left; padding: 7px 0 0; font-weight: 550; } .phone .bar [role=tab] { min-height: 34px; }
    .phone .into span, .phone .state:not(.warn, .work) { display: none; } .phone .into { padding: 0; width: 32px; justify-content: center; }
    .phone .header:has(.warn) { flex-wrap: wrap; } .phone .header:has(.warn) .name { flex: 1 1 60px; } .phone .state.warn { order: 1; flex: 1 0 100%; white-space: normal; justify-content: space-between; }
    .phone.on-forecast .headline { display: none; }
    .phone #view { position: static; }
    .phone .toast { left: 8px; right: 8px; bottom: 8px; max-width: none; } .phone .toast p { flex: 1; }
    .paper { display: none; }
    @media print {
      :host { height: auto !important; overflow: visible; border: 0; background: #fff; }
      .shell { display: none; }
      .paper { display: block; color: #000; font-size: 10pt; line-height: 1.4; }
      h1 { font-size: 16pt; } h5 { margin: 12pt 0 2pt; font-size: 12pt; } ul { list-style: inside; }
      table { width: 100%; border-collapse: collapse; } tr { break-inside: avoid; }
      th, td { padding: 2pt 8pt 2pt 0; text-align: left; vertical-align: top; border-bottom: 1px solid #999; overflow-wrap: anywhere; } .over { font-weight: 400; }
      th, td:last-child, td:nth-child(4), td:first-child:nth-last-child(n + 5), td:nth-child(2):nth-last-child(n + 4) { white-space: nowrap; }
    }
  `];

  // ---- life

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch.observe(this);
    this.addEventListener("keydown", this.#everywhere, true);
    this.#heights ??= tellHeight(this);
    if (Object.hasOwn(this, "plan")) {
      // It was given before this class was there.
      const { plan } = this;
      delete (this as { plan?: unknown }).plan;
      this.plan = plan;
    }
    window.addEventListener("storage", this.#stored);
    window.addEventListener("hashchange", this.#linked);
    window.addEventListener("beforeprint", this.#printed);
    this.#print.addEventListener("change", this.#printed);
    opener ??= this;
    window.addEventListener("pageshow", this.#seen);
    window.addEventListener("pagehide", this.#left);
    document.addEventListener("visibilitychange", this.#seen);
    if (this.theme === "auto" && !this.hasAttribute("theme")) {
      try {
        const kept = storage()?.getItem(THEME);
        if (kept === "light" || kept === "dark") this.theme = kept;
      } catch {
        // Without storage the page's own scheme stands.
      }
    }
    if (this.hasUpdated && !this.session) void this.#boot();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.disconnect();
    this.#heights?.();
    this.#heights = undefined;
    this.removeEventListener("keydown", this.#everywhere, true);
    window.removeEventListener("storage", this.#stored);
    window.removeEventListener("hashchange", this.#linked);
    window.removeEventListener("beforeprint", this.#printed);
    this.#print.removeEventListener("change", this.#printed);
    if (opener === this) opener = undefined;
    window.removeEventListener("pageshow", this.#seen);
    window.removeEventListener("pagehide", this.#left);
    document.removeEventListener("visibilitychange", this.#seen);
    clearTimeout(this.#saidTimer);
    // It may only have been moved.
    setTimeout(() => {
      if (!this.isConnected) this.#end();
    });
  }

  // What nobody else keeps is kept for the case that it comes back.
  #end(): void {
    this.#start++;
    if (this.session) this.#memory = (this.own ?? this.session).memory;
    this.#closeAll();
    this.session = undefined;
    this.#watchProgress();
  }

  protected override firstUpdated(): void {
    void this.#boot();
  }

  protected override willUpdate(): void {
    if (!this.session) return;
    this.session.attend(this.view === "forecast");
    this.#watchProgress();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("today") && this.session) this.session.setToday(this.#today());
    // Where the panel covers everything it would hide what a scenario means.
    const scenario = this.session?.scenario;
    if (scenario !== this.#shown && scenario !== undefined && this.width <= 560) this.planView?.close();
    this.#shown = scenario;
    if (this.#booted !== undefined && this.#booted !== this.#origin) void this.#boot();
  }

  #today(): string {
    return this.today && /^\d{4}-\d\d-\d\d$/.test(this.today) ? this.today : localToday();
  }

  #stored = (event: StorageEvent): void => {
    const session = this.own ?? this.session;
    if (session?.owns(event.key)) session.catchUp();
    // Another page may have made room.
    else if (event.newValue === null) session?.retry();
  };

  // A page that stays open overnight plans from the new day; one that was put aside has missed what other tabs did.
  #seen = (): void => {
    if (document.visibilityState !== "visible") return;
    (this.own ?? this.session)?.catchUp();
    this.session?.setToday(this.#today());
    void this.#refetch();
  };

  #left = (): void => (this.own ?? this.session)?.leave();

  // The published plan may be another one by now. A server that knows what it has sent answers in a line.
  async #refetch(): Promise<void> {
    const { own, session, src } = this;
    // While another plan is looked at it may wait.
    if (own || !session?.published || !src || this.#given !== undefined || Date.now() - this.#fetched < FRESH) return;
    try {
      const published = await this.#publication(await alive(), src, "no-cache");
      if (this.session === session && session.republish(published)) void this.#boot();
    } catch {
      // What is shown stays good.
    }
  }

  /** The plan as a document: the one that is shown. Setting it publishes that plan here; a text of JSON will do, too. */
  get plan(): PlanDocument | undefined {
    return this.session?.planner.toJSON();
  }
  set plan(plan: PlanDocument | string | undefined) {
    this.#given = plan === undefined || typeof plan === "string" ? plan : JSON.stringify(plan);
    this.requestUpdate();
  }

  /** The plan, for scripts of the page; undefined until `landfall-ready`. Change it with `run`, not directly. */
  get planner(): Planner | undefined {
    return this.session?.planner;
  }

  /** Changes the plan as a person would: kept, and undone by one undo. Throws what does not fit. */
  run(command: Command): Change {
    if (!this.session) throw new Error("the planner is not ready yet: wait for landfall-ready");
    return this.session.run(command);
  }

  /** Takes the last change back. */
  undo(): Change | undefined {
    return this.session?.undo();
  }

  /** Does again what was taken back last. */
  redo(): Change | undefined {
    return this.session?.redo();
  }

  // What decides which plan is shown.
  get #origin(): string {
    return JSON.stringify([this.src, this.readonly, this.storageKey, this.storage, this.#given]);
  }

  async #boot(): Promise<void> {
    // What was made of another plan is no past of this one.
    if (this.#booted !== undefined && this.#booted !== this.#origin) this.#memory = undefined;
    this.#booted = this.#origin;
    const turn = ++this.#start;
    const still = () => turn === this.#start && this.isConnected;
    this.failure = undefined;
    let core: Core;
    try {
      core = await alive();
      // Of what stands inside, all must have come.
      if (document.readyState === "loading") await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
    } catch (error) {
      if (still()) this.#fail("Landfall cannot start here", error);
      return;
    }
    let published: Published | undefined;
    let unreadable: string | undefined;
    try {
      published = this.#given !== undefined ? Session.publish(core, this.#given) : this.src ? await this.#publication(core, this.src) : undefined;
    } catch (error) {
      unreadable = reason(error);
      this.#tell("landfall-error", error);
    }
    try {
      published ??= this.#inside(core);
    } catch (error) {
      unreadable ??= `The plan inside this element cannot be read: ${(error as Error).message}`;
      this.#tell("landfall-error", error);
    }
    if (!still()) return;
    if (unreadable !== undefined && !published) {
      this.failure = { title: "The published plan cannot be shown", text: `${unreadable}`, retry: true };
      return;
    }
    try {
      await this.#begin(core, published, still);
    } catch (error) {
      if (still()) this.#fail("The plan cannot be shown", error);
    }
  }

  async #begin(core: Core, published: Published | undefined, still: () => boolean): Promise<void> {
    const key = this.#key();
    // What is read-only shows what was published, not what somebody here has made of it.
    const journal = this.readonly && published ? undefined : new Journal(core, key, this.storage === "none");
    this.#core = core;
    const session = this.#heard(new Session(core, journal, { today: this.#today(), readonly: this.readonly, published, memory: this.#memory }));
    this.#memory = undefined;
    session.lang = langOf(this);
    // What takes a while is announced first.
    if (session.large) {
      await painted();
      if (!still()) {
        if (!this.isConnected) this.#memory = session.memory;
        return session.close();
      }
    }
    this.#closeAll();
    if (session.rescued !== undefined) return this.#rescue(session);
    this.#show(session);
    this.#linked();
    await this.updateComplete;
    this.#tell("landfall-ready", { name: session.summary.name });
  }

  #heard(session: Session): Session {
    session.onStopped = (error) => this.#tell("landfall-error", error);
    session.listen((changes) => {
      if (session.rescued !== undefined) return this.#rescue(session);
      if (this.session !== session) return;
      this.revision = session.revision;
      this.#watchProgress();
      // What was said of an earlier change is over.
      if (changes.length) this.said = undefined;
      for (const change of changes) this.#tell("landfall-change", change);
    });
    return session;
  }

  #show(session: Session): void {
    this.session = session;
    // Views know what they have drawn by this number.
    session.revision = this.revision = Math.max(session.revision, this.revision + 1);
    this.said = undefined;
    this.#watchProgress();
  }

  #closeAll(): void {
    this.session?.close();
    this.own?.close();
    this.own = undefined;
  }

  // ---- the plan of a link, or of an earlier day

  #linked = (): void => {
    const { session } = this;
    if (!session || opener !== this || !location.hash.startsWith(LINK)) return;
    const own = this.own ?? session;
    try {
      this.#visit(this.#core!.planIn(location.hash)!);
    } catch (error) {
      own.say({ id: "link", bad: true, text: `The link in the address cannot be opened; your plan is as it was. ${reason(error)}.` });
      this.#back();
      this.requestUpdate();
      this.#tell("landfall-error", error);
    }
  };

  #visit(document: PlanDocument, day = ""): void {
    const { session } = this;
    const own = this.own ?? session!;
    const shown = this.#heard(own.look(document));
    if (this.own) session!.close();
    this.own = own;
    this.day = day;
    this.replacing = false;
    this.#show(shown);
  }

  /** Back to one's own plan, and with the other one done what is to be done. */
  #back(then?: (own: Session, document: PlanDocument) => void): void {
    const { own, session } = this;
    if (!own || !session) return;
    const document = session.planner.toJSON();
    session.close();
    this.own = undefined;
    this.#show(own);
    this.#seen();
    try {
      // So that reloading the page shows one's own plan, too.
      if (location.hash.startsWith(LINK)) history.replaceState(history.state, "", location.href.replace(/#.*/s, ""));
    } catch {
      // A frame without an address of its own.
    }
    try {
      then?.(own, document);
    } catch (error) {
      this.#sayHere(reason(error));
    }
  }

  #elsewhere(): TemplateResult {
    const { own, day, replacing } = this;
    const open = (own: Session, document: PlanDocument): void => {
      own.enter();
      own.run({ type: "replacePlan", document });
      this.#sayHere(`Opened ${document.name}`, true);
    };
    const compare = (own: Session, document: PlanDocument): void => this.#sayHere(`${count(own.beside(document), "difference")}: shown as a scenario, your plan is untouched`, true);
    const bring = (own: Session, document: PlanDocument): void => {
      own.enter();
      own.run({ type: "batch", label: `bring back the plan of ${day}`, commands: [{ type: "replacePlan", document }] });
      this.#sayHere("The earlier version is back", true);
    };
    if (day) return html`<div class="draft" role="status"><p>This is the plan as it was before the changes of ${day}. It can only be looked at.</p>
      ${own!.readonly ? nothing : html`<button class="line" @click=${() => this.#back(bring)}>Bring it back</button>`}<button class="line" @click=${() => this.#back()}>Back to the plan of now</button></div>`;
    return html`<div class="draft" role="status"><p><b>You are looking at a plan from a link.</b> ${replacing ? html`It takes the place of your plan, ${own!.summary.name}. One undo brings that back.` : "Yours is untouched."}</p>
      ${own!.readonly ? nothing : replacing ? html`<button class="line" @click=${() => this.#back(open)}>Open it</button>`
      : html`<button class="line" @click=${() => this.#back(compare)}>Compare with mine</button><button class="line" @click=${() => { this.replacing = true; }}>Open it in place of mine</button>`}
      <button class="line" @click=${() => this.#back()}>Back to mine</button></div>`;
  }

  // ---- on paper

  // At once: the browser does not wait. What is printed is not the part of the list that is in sight, but all of it.
  #printed = (event: Event): void => {
    const { session } = this;
    const paper = this.renderRoot.querySelector<HTMLElement>(".paper");
    if (!session || !paper || (event instanceof MediaQueryListEvent && !event.matches)) return;
    const view = session.atOnce((planner) => planner.report({ today: session.today }), 3000);
    render(view ? html`<h1>${view.title}</h1>${view.blocks.map((one, k) => block(one, view.blocks[k - 1], view.title))}` : html`<h1>${session.summary.name}</h1><p>Forecasting…</p>`, paper);
  };

  #rescue(session: Session): void {
    // What counts is the reader's own.
    if (this.own && this.own !== session) return;
    if (this.own) this.session?.close();
    this.own = undefined;
    const text = "The planner has stopped again and again, so it does not go on by itself. Here is the plan";
    this.failure = { title: "Your plan is safe, the planner has stopped", text, retry: true, rescued: session.rescued! };
    this.session = undefined;
    this.#memory = session.memory;
    session.close();
    this.#watchProgress();
    this.#tell("landfall-error", Object.assign(new Error(text), { code: "core-stopped" }));
  }

  // The plan that stands inside the element: as a document, or as a table.
  #inside(core: Core): Published | undefined {
    const script = this.querySelector('script[type="application/json"]')?.textContent;
    if (script?.trim()) return Session.publish(core, script);
    const table = this.querySelector("table");
    return table ? Session.table(core, tableIn(table), table.caption?.textContent?.trim() || document.title || "Plan", this.#today()) : undefined;
  }

  async #publication(core: Core, src: string, cache: RequestCache = "default"): Promise<Published> {
    this.#fetched = Date.now();
    let text: string;
    const at = `the plan at “${src}”`;
    try {
      const response = await fetch(new URL(src, document.baseURI), { credentials: "same-origin", cache });
      if (!response.ok) throw new Error(`${at} was not found: the server said ${response.status}. Check the attribute src, and that the file lies there`);
      text = await response.text();
    } catch (error) {
      if (error instanceof TypeError) throw new Error(`${at} could not be fetched: this page may not read it. From disk, from other hosts without their consent, and where the content security policy has no connect-src 'self', browsers fetch nothing; put the file beside the page on its server, or the plan into the page`);
      throw error;
    }
    try {
      return Session.publish(core, text);
    } catch (error) {
      throw Object.assign(new Error(`${at} is no plan that can be shown: ${(error as Error).message}`), { code: (error as { code?: string }).code });
    }
  }

  // Pages of one host share one storage, and one page may hold several planners.
  #key(): string {
    if (this.storageKey) return this.storageKey;
    const own = (element: LandfallPlanner) => `${location.pathname}${element.src ? ` ${element.src}` : ""}${element.id ? `#${element.id}` : ""}`;
    const root = this.getRootNode() as Document | ShadowRoot;
    const alike = [...root.querySelectorAll<LandfallPlanner>(this.localName)].filter((element) => !element.storageKey && own(element) === own(this));
    const ordinal = alike.indexOf(this);
    return ordinal > 0 ? `${own(this)} ${ordinal + 1}` : own(this);
  }

  #fail(title: string, error: unknown): void {
    this.failure = { title, text: reason(error) };
    this.#tell("landfall-error", error);
  }

  // What takes less than a fifth of a second is not announced.
  #watchProgress(): void {
    const progress = this.session?.progress;
    if (progress === undefined) {
      clearTimeout(this.#patience);
      this.#patience = undefined;
      if (this.progress !== undefined) this.finished = !this.session?.stopped;
      this.progress = undefined;
    } else if (this.progress !== undefined) this.progress = progress;
    else this.#patience ??= setTimeout(() => { this.#patience = undefined; this.progress = this.session?.progress; }, 200);
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  // ---- what parts ask for

  #say = (event: CustomEvent<Said>): void => {
    event.stopPropagation();
    this.said = { ...event.detail, at: Date.now() };
    clearTimeout(this.#saidTimer);
    this.#saidTimer = setTimeout(() => { this.said = undefined; }, 12_000);
  };

  #asked = (event: CustomEvent<Ask>): void => {
    event.stopPropagation();
    const asked = event.detail;
    if (asked.what === "import") void this.importer.open();
    else if (asked.what === "choose") void this.importer.choose();
    else if (asked.what === "empty") this.#replace("empty");
    else if (asked.what === "forecast") void this.#goTo("forecast");
    else if (asked.what === "open") void this.#open(asked.id);
    else if (asked.what === "add") void this.#inPlan((plan) => void plan.add());
    else if (asked.what === "lens") void this.#inPlan((plan) => void plan.show({ lens: asked.lens }).then(() => plan.focus()));
    else if (asked.what === "show") void this.#inPlan((plan) => void plan.show({ lens: "list", search: asked.search ?? "", filter: asked.filter }).then(() => plan.focus()));
    else if (asked.what === "order") this.#dialog("landfall-order")?.open?.(asked.by);
    else if (asked.what === "decline") this.#decline(asked);
    else if (asked.what === "what-if") this.#whatIf(asked.ids);
    else if (asked.what === "share") void this.sharer.share("link", asked.figure);
    else if (asked.what === "scenarios") this.#dialog("landfall-scenarios")?.open?.("");
  };

  // Dialogs that others bring along.
  #dialog(name: string): (Element & { open?(about: unknown, others?: string[]): void }) | null {
    return this.renderRoot.querySelector(name);
  }

  #whatIf(ids: string[]): void {
    this.#dialog("landfall-what-if")?.open?.("", ids);
  }

  // The plan as it is, or one of its scenarios; and the way to more of them.
  #scene({ scenarios, scenario }: Summary): TemplateResult | typeof nothing {
    if (!scenarios.length) return nothing;
    const choose = (event: Event): void => {
      const select = event.target as HTMLSelectElement;
      const { value } = select;
      select.value = scenario ? `in ${scenario}` : "";
      if (value === "new") this.#whatIf([]);
      else if (value === "all") this.#dialog("landfall-scenarios")?.open?.("");
      else this.session!.enter(value ? value.slice(3) : undefined);
    };
    return html`<select class="scene" aria-label="Plan or scenario" @change=${choose}>
      <option value="" ?selected=${!scenario}>The plan</option>
      <optgroup label="Scenarios">${scenarios.map(({ name }) => html`<option value="in ${name}" ?selected=${name === scenario}>${name}</option>`)}</optgroup>
      <option value="new">What if…</option><option value="all">Compare all…</option></select>`;
  }

  #decline({ items = [], requests = [] }: Declined): void {
    this.#dialog("landfall-decline")?.open?.({ items, requests });
  }

  // What is done to items, in the panel of the first.
  #act = async (event: CustomEvent<Act>): Promise<void> => {
    event.stopPropagation();
    const { what, ids } = event.detail;
    if (ids[0] === undefined) return;
    await this.#open(ids[0]);
    await this.planView?.updateComplete;
    this.planView?.panel?.act(what, ids);
  };

  #run(made: Command | (() => Command), text: string): void {
    try {
      this.session?.run(typeof made === "function" ? made() : made);
      this.#sayHere(text, true);
    } catch (error) {
      this.#sayHere(reason(error));
    }
  }

  #commanded = (event: CustomEvent<Command>): void => {
    event.stopPropagation();
    try {
      this.session?.run(event.detail);
    } catch (error) {
      this.#say(new CustomEvent("landfall-say", { detail: { text: reason(error), show: true } }));
      this.#tell("landfall-error", error);
    }
  };

  async #open(id: string): Promise<void> {
    this.view = "plan";
    await this.updateComplete;
    this.planView?.reveal(id);
  }

  #replace(kind: "empty" | "sample"): void {
    const { session } = this;
    if (!session) return;
    const document: PlanDocument = session.fresh(kind);
    session.run({ type: "replacePlan", document });
    this.#sayHere(kind === "empty" ? "A new empty plan" : "Back to the sample", true);
    if (kind === "empty") void this.updateComplete.then(() => this.planView?.add());
  }

  #sayHere(text: string, undo = false): void {
    this.#say(new CustomEvent("landfall-say", { detail: { text, show: true, undo } }));
  }

  async #step(direction: "undo" | "redo"): Promise<void> {
    const change = this.session?.[direction]();
    await this.session?.settled;
    if (change) this.#sayHere(`${direction === "undo" ? "Undone" : "Done again"}: ${change.label}`);
    else this.#sayHere(direction === "undo" ? "Nothing to undo" : "Nothing to do again");
  }

  // ---- the palette

  // Everything that can be done now, by name.
  #entries(): Entry[] {
    const session = this.session!;
    const { summary, readonly } = session;
    const { lens } = this.#look;
    const ids = this.planView?.subject ?? [];
    const [id] = ids;
    const about = ids.length > 1 ? count(ids.length, "item") : id;
    const asked = (detail: Ask) => () => this.#asked(new CustomEvent("landfall-ask", { detail }));
    const entry = (label: string, run: () => void, more: Partial<Entry> = {}): Entry => ({ id: label, label, run, ...more });
    const of = (label: string, run: () => void, more: Partial<Entry> = {}): Entry => entry(label, run, { about: about!, ...more });
    const write = readonly ? [] : [
      entry("New item", asked({ what: "add" }), { keys: "C", words: "add write story" }),
      ...(id === undefined ? [] : [
        ...(ids.length > 1 ? [of("Merge", () => act(this.shell, { what: "merge", ids }), { words: "join" })] : [
          of("Duplicate", () => this.#run({ type: "duplicateItem", id }, `${id} duplicated`), { words: "copy" }), of("Split…", () => act(this.shell, { what: "split", ids })),
          of("Draft with an assistant…", () => act(this.shell, { what: "assistant", ids }), { words: "prompt story criteria" })]),
        of("What if…", () => this.#whatIf(ids), { keys: "W", words: "scenario first without slice later" }),
        of("Move to the top", () => this.#run(() => toTop(session, ids), `${about} moved to the top`)), of("Mark done", () => this.#run(() => toStatus(session, ids, "done"), `${about}: done`), { words: "finish deliver" }),
        of("Decline…", () => this.#decline({ items: ids }), { words: "reject say no" }),
      ]),
    ];
    const change = readonly ? [] : [
      ...(this.#dialog("landfall-order")?.open ? [entry("Put in order by value…", asked({ what: "order", by: "value" }), { words: "best order dependencies sort rank" }), entry("Put in order by score…", asked({ what: "order", by: "score" }), { words: "sort rank" })] : []),
      ...(id === undefined ? [entry("What if…", () => this.#whatIf([]), { keys: "W", words: "scenario" })] : []),
      ...(summary.scenario ? [entry("Take the scenario over", () => this.renderRoot.querySelector("landfall-scenario")?.takeOver(), { about: summary.scenario }), entry("Leave the scenario", () => session.enter(), { about: summary.scenario, words: "back to the plan" })] : []),
      ...summary.scenarios.filter(({ name }) => name !== summary.scenario).map(({ name }) => entry(name, () => session.enter(name), { id: `scenario ${name}`, about: "Scenario" })),
      ...(summary.scenarios.length ? [entry("Compare scenarios", asked({ what: "scenarios" }))] : []),
      ...(summary.undo ? [entry("Undo", () => void this.#step("undo"), { about: summary.undo, keys: `${command} Z` })] : []),
      ...(summary.redo ? [entry("Redo", () => void this.#step("redo"), { about: summary.redo, words: "do again" })] : []),
      entry("Import…", () => void this.importer.open(), { words: "csv jira linear azure github file" }),
      entry("Open a file…", () => void this.importer.choose(), { words: "load" }),
    ];
    const seen = shows.filter(([, , n]) => n(summary.counts));
    return [
      ...write,
      ...lenses.filter(([one]) => this.view !== "plan" || one !== lens).map(([one, label]) => entry(`Go to ${label}`, asked({ what: "lens", lens: one }), { words: one === "list" ? "plan backlog" : "lens view" })),
      ...(this.view === "forecast" ? [] : [entry("Go to Forecast", () => void this.#goTo("forecast"), { keys: "2", words: "burn-up assumptions view" })]),
      ...(this.view === "tell" ? [] : [entry("Go to Tell", () => void this.#goTo("tell"), { keys: "3", words: "sprints promises reports review roadmap stakeholder view" })]),
      entry("Search the list", () => this.#inPlan((plan) => void plan.find()), { keys: "/", words: "find" }),
      entry("Filter…", () => this.#inPlan((plan) => void plan.filter()), { keys: "F" }),
      ...change,
      entry("Share…", () => void this.sharer.share(), { words: "link export picture table print pdf send" }),
      entry("Save as a file", () => void this.sharer.share("file"), { words: "export download json csv" }),
      ...summary.views.map(({ name, search = "", filter = {} }) => entry(name, asked({ what: "show", search, filter: slim(filter) }), { id: `view ${name}`, about: "Saved view" })),
      ...seen.map(([show, label, n]) => entry(`Show ${label}`, asked({ what: "show", filter: slim({ show }) }), { about: n(summary.counts).toLocaleString("en-GB"), words: "filter list" })),
      ...(["light", "dark", "auto"] as const).filter((theme) => theme !== this.theme).map((theme) => entry({ light: "Light theme", dark: "Dark theme", auto: "Theme of the page around" }[theme], () => this.#setTheme(theme), { words: "colours mode" })),
      entry("Help and keys", () => void this.help.open(), { keys: "?", words: "shortcuts" }),
      ...summary.objectives.map(({ objective }) => entry(objective.name, asked({ what: "show", filter: { objective: objective.id } }), { id: `objective ${objective.id}`, about: "Objective" })),
    ];
  }

  // Also from fields, where other keys are text.
  #everywhere = (event: KeyboardEvent): void => {
    if (!this.session || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    event.stopPropagation();
    if (!this.renderRoot.querySelector(":modal")) this.palette?.open(this.#entries());
  };

  // ---- keys, drops, pastes

  #key_ = (event: KeyboardEvent): void => {
    const { session } = this;
    if (!session || event.defaultPrevented) return;
    const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const field = inField(event);
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !field && !session.readonly && (letter === "z" || letter === "y")) {
      event.preventDefault();
      this.#step(letter === "y" || event.shiftKey ? "redo" : "undo");
      return;
    }
    if (event.key === "Escape" && this.menu) {
      this.menu = false;
      this.renderRoot.querySelector<HTMLElement>(".menu > button")?.focus();
      return;
    }
    if (field) return;
    if (event.key === "Escape") {
      if (this.planView?.close()) event.preventDefault();
      else this.said = undefined;
      return;
    }
    if (this.planView?.key(event)) {
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const does: Record<string, (() => void) | undefined> = {
      "?": () => void this.help.open(),
      "1": () => this.#goTo("plan"),
      "2": () => this.#goTo("forecast"),
      "3": () => this.#goTo("tell"),
      "/": () => this.#inPlan((plan) => void plan.find()),
      "f": () => this.#inPlan((plan) => void plan.filter()),
      "w": session.readonly ? undefined : () => this.#whatIf(this.view === "plan" ? this.planView?.subject ?? [] : []),
      "c": session.readonly ? undefined : () => this.#inPlan((plan) => void plan.add()),
    };
    const action = does[letter];
    if (!action) return;
    event.preventDefault();
    action();
  };

  // What had the focus may have gone with the view; keys are to reach the planner all the same.
  async #goTo(view: View): Promise<void> {
    this.view = view;
    await this.updateComplete;
    if (!(this.renderRoot as ShadowRoot).activeElement) this.shell.focus({ preventScroll: true });
  }

  async #inPlan(act: (plan: PlanView) => void): Promise<void> {
    this.view = "plan";
    await this.updateComplete;
    await this.planView?.updateComplete;
    if (this.planView) act(this.planView);
  }

  #paste = (event: ClipboardEvent): void => {
    if (!inField(event)) this.#take(event, event.clipboardData);
  };

  #drag = (event: DragEvent): void => {
    if (!this.session || this.session.readonly) return;
    const types = event.dataTransfer?.types ?? [];
    if (!types.includes("Files") && !types.includes("text/plain")) return;
    event.preventDefault();
    this.dropping = true;
  };

  #dragEnd = (event: DragEvent): void => {
    // Leaving a part for another part of the element is no leaving.
    if (event.relatedTarget instanceof Node && this.shell.contains(event.relatedTarget)) return;
    this.dropping = false;
  };

  #drop = (event: DragEvent): void => {
    this.dropping = false;
    this.#take(event, event.dataTransfer);
  };

  #take(event: Event, data: DataTransfer | null): void {
    const taken = this.session && !this.session.readonly && given(data);
    if (!taken) return;
    event.preventDefault();
    void this.importer.open(taken);
  }

  // ---- what is seen

  override render(): TemplateResult {
    const { session } = this;
    if (this.failure) {
      const { title, text, retry, rescued } = this.failure;
      return html`<div class="idle"><div class="blank" lang="en" role="alert">${mark}<h2>${title}</h2><p>${text}.</p>${rescued === undefined ? nothing : html`<textarea readonly aria-label="The plan as text" .value=${rescued}></textarea>
        <button class="primary" @click=${() => download(fileName("plan"), rescued)}>Save file</button>`}${retry ? html`<button class="line" @click=${() => { again(); void this.#boot(); }}>Try again</button>` : nothing}</div><slot></slot></div>`;
    }
    if (!session) return html`<div class="idle"><div class="blank wait" lang="en" role="status">Opening the plan…</div><slot></slot></div>`;
    const { summary } = session;
    const size = this.width < 560 ? "shell phone tight" : this.width < 820 ? "shell tight" : "shell";
    return html`<div class="${size} on-${this.view}" lang="en" tabindex="-1" @keydown=${this.#key_} @paste=${this.#paste} @dragover=${this.#drag} @dragleave=${this.#dragEnd} @drop=${this.#drop}
        @landfall-say=${this.#say} @landfall-ask=${this.#asked} @landfall-act=${this.#act} @landfall-decline=${(event: CustomEvent<Declined>) => this.#decline(event.detail)} @landfall-command=${this.#commanded}>
      <div class="header" part="header">${mark}${this.#name(summary.name)}${this.#scene(summary)}<span class="grow"></span>${this.#state()}${this.#tools()}</div>
      <div class="bar"><div role="tablist" part="tabs" aria-label="Views" @keydown=${this.#tabKey}>${views.map((view) => html`
        <button role="tab" id="tab-${view}" aria-selected=${this.view === view ? "true" : "false"} aria-controls="view" tabindex=${this.view === view ? 0 : -1} @click=${() => { this.view = view; }}>${viewNames[view]}</button>`)}</div>
        <p part="headline" class="headline ${summary.stale ? "stale" : ""}">${dated(summary.headline)}${summary.guess ? html`<span class="chip warn" title="The dates rest on the team's guess, for want of finished sprints">guess</span>` : nothing}</p></div>
      ${this.progress === undefined ? nothing : html`<div class="busy" ${place({ "--done": `${this.progress}` })}></div>`}
      <div class="notices" part="notices">${this.#notices()}</div>
      ${summary.scenario ? html`<landfall-scenario .session=${session} .revision=${this.revision} .today=${session.today} @compared=${(event: CustomEvent<Comparison>) => { this.compared = event.detail; }}></landfall-scenario>` : nothing}
      <div id="view" part="view" role="tabpanel" aria-labelledby="tab-${this.view}">${this.view === "forecast"
        ? html`<landfall-forecast .session=${session} .today=${session.today} .revision=${this.revision} .readonly=${session.readonly}></landfall-forecast>`
        : this.view === "tell"
        ? html`<landfall-tell .session=${session} .today=${session.today} .revision=${this.revision} .readonly=${session.readonly}></landfall-tell>`
        : html`<landfall-plan .session=${session} .revision=${this.revision} .width=${this.width} .look=${this.#look} .shifts=${summary.scenario && this.compared?.scenario === summary.scenario ? this.compared.items : undefined}></landfall-plan>`}</div>
      ${this.said?.show ? this.#toast(this.said) : nothing}
      ${this.dropping ? html`<div class="drop"><b>Drop to read it here</b><span>First you see how it is understood. Nothing leaves this browser.</span></div>` : nothing}
      <div class="sr" role="status" aria-live="polite">${this.said?.text ?? ""}</div>
      <div class="sr" aria-live="polite">${this.progress !== undefined ? "Forecasting: dates are from before the last change" : this.finished ? "The forecast is up to date" : ""}</div>
      ${session.readonly ? nothing : html`<landfall-import .session=${session}></landfall-import>`}
      <landfall-share .session=${session}></landfall-share><landfall-help></landfall-help><landfall-palette .session=${session}></landfall-palette><landfall-scenarios .session=${session}></landfall-scenarios>
      <landfall-versions .session=${session} @look=${(event: CustomEvent<[PlanDocument, string]>) => this.#visit(...event.detail)}></landfall-versions>
      ${session.readonly ? nothing : html`<landfall-order .session=${session}></landfall-order><landfall-what-if .session=${session}></landfall-what-if><landfall-decline .session=${session}></landfall-decline>`}
    </div><div class="paper"></div>`;
  }

  #tabKey(event: KeyboardEvent): void {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    this.view = views[(views.indexOf(this.view) + (event.key === "ArrowRight" ? 1 : views.length - 1)) % views.length]!;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#tab-${this.view}`)?.focus());
  }

  #name(name: string): TemplateResult {
    if (this.session!.readonly) return html`<span class="name">${name}</span>`;
    if (!this.renaming) return html`<button class="name" title="Rename the plan" aria-label="${name}, rename the plan" @click=${async () => {
      this.renaming = true;
      await this.updateComplete;
      const input = this.renderRoot.querySelector<HTMLInputElement>("input.name");
      input?.focus();
      input?.select();
    }}>${name}</button>`;
    const done = (text: string) => {
      if (!this.renaming) return;
      this.renaming = false;
      if (text.trim() && text.trim() !== name) this.#commanded(new CustomEvent("landfall-command", { detail: { type: "renamePlan", name: text.trim() } }));
    };
    return html`<input class="name" aria-label="Name of the plan" .value=${name} @blur=${(event: Event) => done((event.target as HTMLInputElement).value)}
      @keydown=${(event: KeyboardEvent) => {
        event.stopPropagation();
        if (event.key === "Enter") done((event.target as HTMLInputElement).value);
        if (event.key === "Escape") this.renaming = false;
      }}>`;
  }

  #state(): TemplateResult {
    const session = this.session!;
    const { keeping } = session;
    if (this.progress !== undefined) {
      const percent = Math.floor(this.progress * 100);
      return html`<span class="state work"><span class="long">Forecasting…</span><span role="progressbar" aria-label="Forecast" aria-valuemin="0" aria-valuemax="100" aria-valuenow=${percent}>${percent} %</span><button class="link" @click=${() => session.stop()}>Cancel</button></span>`;
    }
    if (session.readonly) return html`<span class="state" title=${keeping.kind === "frozen" ? reason(keeping.why) : nothing}>Read-only</span>`;
    const save = html`<button class="link" @click=${() => this.sharer.share("file")}>Save a file</button>`;
    switch (keeping.kind) {
      case "memory": return html`<span class="state warn" title="${reason(keeping.why)}. What you change is gone when the page is closed."><span>In memory only<span class="long">: ${keeping.why}</span></span>${save}</span>`;
      case "unsaved": return html`<span class="state warn" title=${reason(keeping.why)}><span class="cut">Not saved: ${keeping.why}</span>${save}</span>`;
      case "frozen": return html``;
      // Before the first change there is nothing that could be lost.
      case "saved": return !session.kept ? html`` : html`<span class="state">${session.draft ? "Draft, saved in this browser" : "Saved in this browser"}</span>`;
    }
  }

  #tools(): TemplateResult {
    const session = this.session!;
    const { summary } = session;
    return html`<div class="tools">${session.readonly ? nothing : html`
      <button class="icon quiet" aria-label=${summary.undo ? `Undo ${summary.undo}` : "Undo"} title=${summary.undo ? `Undo ${summary.undo}` : "Nothing to undo"} ?disabled=${!summary.undo} @click=${() => this.#step("undo")}>${icons.undo()}</button>
      <button class="icon quiet" aria-label=${summary.redo ? `Redo ${summary.redo}` : "Redo"} title=${summary.redo ? `Redo ${summary.redo}` : "Nothing to do again"} ?disabled=${!summary.redo} @click=${() => this.#step("redo")}>${icons.redo()}</button>
      <button class="line into" aria-label="Import" @click=${() => this.importer.open()}>${icons.into(14)}<span>Import</span></button>`}
      <button class="line into" aria-label="Share" @click=${() => this.sharer.share()}>${icons.out(14)}<span>Share</span></button>
      <div class="menu" @focusout=${(event: FocusEvent) => { if (!(event.currentTarget as HTMLElement).contains(event.relatedTarget as Node | null)) this.menu = false; }}>
        <button class="icon quiet" aria-label="More" title="More" aria-haspopup="menu" aria-expanded=${this.menu ? "true" : "false"} @click=${async () => {
          this.menu = !this.menu;
          await this.updateComplete;
          this.renderRoot.querySelector<HTMLElement>(".menu [role^=menuitem]")?.focus();
        }}>${icons.more()}</button>
        ${this.menu ? this.#menu() : nothing}</div></div>`;
  }

  #menu(): TemplateResult {
    const session = this.session!;
    const item = (label: string, run: () => void, hint: unknown = nothing) => html`<button role="menuitem" tabindex="-1" @click=${() => { this.menu = false; run(); }}><span>${label}</span>${hint}</button>`;
    const theme = (value: Theme, label: string) => html`<button role="menuitemradio" tabindex="-1" aria-checked=${this.theme === value ? "true" : "false"} @click=${() => { this.menu = false; this.#setTheme(value); }}><span>${label}</span>${this.theme === value ? icons.check(14) : nothing}</button>`;
    return html`<div role="menu" aria-label="More" @keydown=${this.#menuKey}>
      ${item("Commands…", () => this.palette?.open(this.#entries()), html`<kbd>${command} K</kbd>`)}<hr>
      ${item("Save as a file", () => void this.sharer.share("file"))}
      ${session.days().length ? item("Earlier versions…", () => this.#dialog("landfall-versions")?.open?.("")) : nothing}
      ${session.readonly ? nothing : html`${item("Open a file…", () => void this.importer.choose())}<hr>
      ${item("New empty plan", () => this.#replace("empty"))}${item("Back to the sample", () => this.#replace("sample"))}`}
      ${session.draft ? item("Back to the published plan", () => this.#backToPublished()) : nothing}<hr>
      ${theme("auto", "As the page around")}${theme("light", "Light")}${theme("dark", "Dark")}<hr>
      ${item("Help and keys", () => void this.help.open(), html`<kbd>?</kbd>`)}</div>`;
  }

  #menuKey(event: KeyboardEvent): void {
    if (!rove(event, this.renderRoot.querySelectorAll<HTMLElement>(".menu [role^=menuitem]")) && event.key !== "Escape") event.stopPropagation();
  }

  #setTheme(theme: Theme): void {
    this.theme = theme;
    if (this.storage === "none") return;
    try {
      if (theme === "auto") storage()?.removeItem(THEME);
      else storage()?.setItem(THEME, theme);
    } catch {
      // It holds for this page then.
    }
  }

  #backToPublished(): void {
    this.session?.backToPublished();
    this.#sayHere("Back to the published plan", true);
  }

  #compare(): void {
    try {
      this.session?.besidePublished();
    } catch (error) {
      this.#sayHere(reason(error));
    }
  }

  #notices(): TemplateResult {
    const session = this.session!;
    return html`${this.own ? this.#elsewhere() : nothing}${session.stopped && session.stale ? html`<div class="draft" role="status"><p>${session.summary.lands.p50 ? "The forecast was cancelled: the dates are from before the last change." : "The forecast was cancelled: there are no dates yet."}</p>
        <button class="line" @click=${() => session.resume()}>Forecast now</button></div>` : nothing}
      ${session.keeping.kind === "unsaved" || session.keeping.kind === "frozen" ? html`<div class="bad" role="alert"><p>${session.keeping.kind === "unsaved" ? html`<b>Not saved:</b> ${session.keeping.why}. What you change is in this tab alone; it is saved as soon as the browser takes it.` : `${reason(session.keeping.why)}.`}</p>
        <button class="line" @click=${() => session.save()}>Download the plan</button></div>` : nothing}
      ${session.notices.map((notice) => html`<div class=${notice.bad ? "bad" : ""} role="status"><p>${notice.text}</p>
        ${(notice.actions ?? []).map(({ label, run }) => html`<button class="line" @click=${run}>${label}</button>`)}<button class="icon quiet" aria-label="Dismiss" @click=${() => session.dismiss(notice.id)}>${icons.close(14)}</button></div>`)}
      ${session.draft ? html`<div class="draft" role="status"><p>${session.outdated ? html`<b>The published plan has changed</b> since this draft began. It lies in this browser alone.` : html`<b>Draft of the published plan.</b> It lies in this browser alone.`}</p>
        <button class="line" @click=${() => this.#backToPublished()}>${session.outdated ? "Show the published plan" : "Back to the published plan"}</button>${session.outdated ? html`<button class="line" @click=${() => this.#compare()}>Compare</button><button class="line" @click=${() => session.keepDraft()}>Keep the draft</button>` : nothing}</div>` : nothing}
      ${session.summary.sample && !session.readonly && !session.published ? html`<div><p>This is a sample. Drop your tracker's CSV here, or start empty. Nothing leaves this browser.</p>
        <span><button class="link" @click=${() => this.importer.open()}>Import a file</button> <button class="link" @click=${() => this.#replace("empty")}>Start empty</button></span></div>` : nothing}`;
  }

  async #why(): Promise<void> {
    this.said = undefined;
    await this.#goTo("tell");
    this.renderRoot.querySelector("landfall-tell")?.explain();
  }

  #toast(said: Said): TemplateResult {
    return html`<div class="toast"><p>${said.text}</p>${said.undo ? html`<button class="undo" @click=${() => { this.said = undefined; void this.#step("undo"); }}>Undo</button>` : nothing}${said.why ? html`<button class="undo" @click=${() => this.#why()}>Why?</button>` : nothing}
      <button class="icon" aria-label="Dismiss" @click=${() => { this.said = undefined; }}>${icons.close(14)}</button></div>`;
  }
}
