// One plan on one page: what all parts of the element work with.
import type { Change, Command, FileImport, ImportOptions, ImportReport, ItemDetail, Options, PlanDocument, Planner, RowQuery, Rows, Simulation, Summary } from "../pkg/landfall.js";
import type { Core } from "./core.ts";
import { download, fileName } from "./dom.ts";
import { Journal, type Keeping, digest } from "./journal.ts";
import { Memory, type Step, type Survivor, anew, become, survive, trapped } from "./recovery.ts";
import { AT_ONCE, type Running, advance, atOnce, breath, hold, ready, simulate, slowly } from "./simulate.ts";
import { reason } from "./text.ts";

export type { Change, Command, ImportReport, ItemDetail, PlanDocument, Planner, Rows, Summary };

/** A plan that the page published. */
export interface Published {
  text: string;
  digest: string;
  document: PlanDocument;
}

/** Something the reader should know, above the plan. */
export interface Notice {
  id: string;
  text: string;
  bad?: boolean;
  actions?: { label: string; run: () => void }[];
}

interface Origin {
  today: string;
  readonly: boolean;
  published?: Published | undefined;
  /** What an earlier session has left that is stored nowhere. */
  memory?: Memory | undefined;
}

/** A forecast under way. */
interface Job {
  /** Of the simulation that runs now. */
  key: string;
  controller: AbortController;
  settled: (fresh: boolean) => void;
}

/** What changes the plan itself, in a scenario too. */
const beyond = new Set<Command["type"]>(["assume", "removeAssumed", "setScenario", "removeScenario", "takeOver", "replacePlan", "importItems", "renamePlan", "setPromise", "removePromise", "startSprint", "closeSprint", "setView", "removeView", "setAgreement"]);

/** How often progress is told, in milliseconds. */
const TOLD = 100;
/** What may be run before a view is shown for the first time, in milliseconds. */
const FIRST = 100;
/** How long until a refused change is stored again, in milliseconds: at first, and at most. */
const AGAIN = [500, 30_000] as const;
/** How full the browser's storage may be before it is said, and after how many changes that is looked at. */
const FULL = 0.8;
const LOOK = 20;
/** How long a published plan may be: as much as the core takes in at once. */
const LONGEST = 64 << 20;

const sessions = new Set<Session>();

export class Session implements Survivor {
  today: string;
  /** Grows when what is shown is to be drawn anew. */
  revision = 0;
  /** The share of a forecast under way that has been computed, 0..1. What is told meanwhile is of the plan before. */
  progress: number | undefined;
  /** Whether the reader has stopped the forecast of the plan as it is. */
  stopped = false;
  /** Resolves when the forecast is one of the plan as it was at the last change; to false when it was given up. */
  settled: Promise<boolean> = Promise.resolve(true);
  notices: Notice[] = [];
  /** Set while what is shown is a draft of the published plan. */
  draft = false;
  /** Whether the published plan is another one than the draft began from. */
  outdated = false;
  planner!: Planner;
  /** The language of the plan's own texts; empty where it is not known. */
  lang = "";
  /** Set when the core is dead for good: the plan as a text. */
  rescued: string | undefined;
  /** Is told that the core had to be started anew. */
  onStopped: (error: Error) => void = () => {};

  // What the browser does not keep.
  #memory: Memory;
  #core: Core;
  #journal: Journal | undefined;
  #readonly: boolean;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #wait = 0;
  #kept = 0;
  #published: Published | undefined;
  #basedOn: string | undefined;
  #summary: { revision: number; today: string; summary: Summary } | undefined;
  #listeners = new Set<(changes: readonly Change[]) => void>();
  #file: { text: string | Uint8Array; asked: string; file: FileImport } | undefined;
  #size = 0;
  #job: Job | undefined;
  #told = 0;
  #notes: Record<string, string> = {};
  // Whether the forecast view wants its own.
  #whole = false;
  // Ends with the planner that queries were put to.
  #life = new AbortController();
  #release = [hold(), survive(this), () => sessions.delete(this)];

  constructor(core: Core, journal: Journal | undefined, origin: Origin) {
    this.#core = core;
    this.#journal = journal;
    this.today = origin.today;
    this.#readonly = origin.readonly;
    this.#published = origin.published;
    this.#memory = origin.memory ?? new Memory();
    sessions.add(this);
    try {
      this.planner = this.#read();
      this.planner.whenMissing("previous");
      if (origin.memory) this.#keep(undefined, true);
      this.#forecast(FIRST);
    } catch (error) {
      if (!trapped(error)) {
        this.close();
        throw error;
      }
      this.rescued ??= this.#remains();
    }
  }

  /** A published plan from its text; throws where it is none. */
  static publish(core: Core, text: string): Published {
    let json: unknown;
    if (text.length > LONGEST) throw Object.assign(new Error("it is longer than 64 MiB: a plan is not"), { code: "too-large" });
    try {
      json = JSON.parse(text.replace(/^\ufeff/, ""));
    } catch {
      throw Object.assign(new Error(text.trim() ? "it is no JSON" : "it is empty"), { code: "not-json" });
    }
    const planner = core.Planner.fromJSON(json);
    const document = planner.toJSON();
    planner.free();
    return { text, digest: digest(text), document };
  }

  /** A published plan from a table, as other tools' files are read. */
  static table(core: Core, text: string, name: string, today: string): Published {
    const planner = new core.Planner();
    try {
      planner.import(text, { replace: name, today });
      return { text, digest: digest(text), document: planner.toJSON() };
    } finally {
      planner.free();
    }
  }

  /** What is stored nowhere, for a session to come. */
  get memory(): Memory | undefined {
    const { kind } = this.keeping;
    return kind === "saved" || kind === "frozen" ? undefined : this.#memory;
  }

  /** Whether nothing can be changed: the page says so, or a newer Landfall has saved here. */
  get readonly(): boolean {
    return this.#readonly || this.keeping.kind === "frozen";
  }

  get keeping(): Keeping {
    return this.#journal?.keeping ?? { kind: "saved" };
  }

  /** Whether the plan is so long that showing it may take a while. */
  get large(): boolean {
    return this.#size > 200_000;
  }

  /** What somebody noted here beside the plan, which is no part of it; with a text, notes that. */
  note(name: string, text?: string): string | undefined {
    const kept = this.#journal?.note(name, text) ?? text ?? this.#notes[name];
    if (kept !== undefined) this.#notes[name] = kept;
    return kept;
  }

  /** Whether anything is stored. */
  get kept(): boolean {
    return this.#journal?.begun ?? false;
  }

  get published(): boolean {
    return this.#published !== undefined;
  }

  /** What stands above the list. */
  get summary(): Summary {
    if (this.#summary?.revision !== this.revision || this.#summary.today !== this.today) {
      this.#summary = { revision: this.revision, today: this.today, summary: this.planner.summary({ today: this.today }) };
    }
    return this.#summary.summary;
  }

  rows(query: Omit<RowQuery, "today"> = {}): Rows {
    return this.planner.rows({ ...query, today: this.today });
  }

  item(id: string, options: Omit<Options, "today"> = {}): ItemDetail {
    return this.planner.item(id, { ...options, today: this.today });
  }

  /** Whether what is told of the time to come is of the plan before the last changes. */
  get stale(): boolean {
    return this.summary.stale;
  }

  /**
   * The answer to a query as soon as all that it needs has been simulated, with the page going on meanwhile. Rejects when
   * `signal` says so, and when the plan is closed.
   */
  ready<T>(query: (planner: Planner) => T, running: Running = {}): Promise<T> {
    return ready(this.planner, query, { ...running, signal: either(running.signal, this.#life.signal) });
  }

  /** The answer to a query where that takes no time; else undefined. */
  atOnce<T>(query: (planner: Planner) => T, ms = AT_ONCE): T | undefined {
    const found = atOnce(this.planner, query, ms);
    return "answer" in found ? found.answer : undefined;
  }

  /** Says whether more is wanted than dates. */
  attend(whole: boolean): void {
    if (this.#whole === whole) return;
    this.#whole = whole;
    if (whole) this.#forecast(FIRST);
  }

  /** Stops the forecast under way: what is shown stays that of the plan before the last changes. */
  stop(): void {
    this.stopped = true;
    this.#end(false);
    this.revision++;
    this.#tellAll([]);
  }

  /** Goes on with a forecast that was stopped. */
  resume(): void {
    this.stopped = false;
    this.#forecast();
    this.revision++;
    this.#tellAll([]);
  }

  /** Reads a file without changing anything; the page goes on meanwhile. */
  async preview(text: string | Uint8Array, options: ImportOptions, running: Running = {}): Promise<ImportReport> {
    return this.planner.imported(await this.#reading(text, options, running), true);
  }

  /** What {@link preview} told, with its headline as soon as that is simulated. */
  foretell(running: Running): Promise<ImportReport> {
    return this.ready((planner) => planner.imported(this.#file!.file, true), running);
  }

  /** Takes a file in, as one step; what was looked at before is not read again. */
  async import(text: string | Uint8Array, options: ImportOptions, running: Running = {}): Promise<ImportReport> {
    if (this.#takeIn()) this.revision++;
    const file = await this.#reading(text, options, running);
    this.planner.enter(null);
    let report: ImportReport | undefined;
    const change = this.#change(() => (report = this.planner.imported(file, false)).change!, { read: [text, { ...options, today: this.today }] });
    this.drop();
    // What the change took and what showing it takes are two tasks.
    await breath();
    this.#tell(change);
    return report!;
  }

  async #reading(text: string | Uint8Array, options: ImportOptions, running: Running): Promise<FileImport> {
    const asked = JSON.stringify([options, this.today, this.revision]);
    if (this.#file?.text === text && this.#file.asked === asked) return this.#file.file;
    this.drop();
    const file = this.planner.importing(text, { ...options, today: this.today });
    await advance(file, 1000, running);
    this.#file = { text, asked, file };
    return file;
  }

  /** Forgets the file that was looked at. */
  drop(): void {
    this.#file?.file.free();
    this.#file = undefined;
  }

  /**
   * Changes the plan, keeps the change, tells everybody. Throws, and has changed nothing, when it does not fit. In a
   * scenario what would change the backlog is assumed there.
   */
  run(command: Command): Change {
    const { scenario } = this;
    const assumed = scenario !== undefined && !beyond.has(command.type);
    return this.#change(() => this.planner.apply(assumed ? { type: "assume", scenario, command } : command));
  }

  /** The scenario that the page is in. */
  get scenario(): string | undefined {
    return this.summary.scenario ?? undefined;
  }

  /** Shows everything as it would be in a scenario; without a name, as it is. */
  enter(scenario?: string): void {
    this.planner.enter(scenario ?? null);
    this.#tell();
  }

  undo(): Change | undefined {
    return this.#step("undo");
  }

  redo(): Change | undefined {
    return this.#step("redo");
  }

  /** The plan in a file or text: a saved one, a link, a picture or page that carries one; throws where it cannot be read. */
  plan(content: string | Uint8Array): PlanDocument | undefined {
    return this.#core.planIn(content);
  }

  /** Shows another version of the plan as a scenario of this one; how many differences it has. */
  beside(document: PlanDocument, called = `Copy of ${document.name}`): number {
    const commands = this.planner.differences(document);
    if (!commands.length) throw new Error("that plan is the same as yours: there is nothing to compare");
    const name = called.slice(0, 200);
    this.enter();
    this.run({ type: "setScenario", scenario: { name, commands } });
    this.enter(name);
    return commands.length;
  }

  /** An empty plan, and the sample. */
  fresh(kind: "empty" | "sample"): PlanDocument {
    const planner = kind === "empty" ? new this.#core.Planner() : this.#core.Planner.sample(this.today);
    const document = planner.toJSON();
    planner.free();
    return document;
  }

  /** Gives the draft up for the published plan; one undo brings it back. */
  backToPublished(): void {
    if (!this.#published) return;
    this.run({ type: "replacePlan", document: this.#published.document });
    this.#basedOn = this.#published.digest;
    this.#judgeDraft();
    if (!this.draft) this.#keep(undefined, true);
    this.#tell();
  }

  /** Takes in that the page publishes another plan now; whether what is shown has to give way to it. */
  republish(published: Published): boolean {
    if (published.digest === this.#published?.digest) return false;
    if (!this.draft && this.kept) this.#keep(undefined, true);
    this.#basedOn ??= this.#published?.digest;
    this.#published = published;
    if (!this.draft) return true;
    this.#judgeDraft();
    this.#tell();
    return false;
  }

  /** Shows the published plan as a scenario of the draft. */
  besidePublished(): void {
    const { document } = this.#published!;
    this.beside(document, `Published: ${document.name}`);
  }

  /** Makes the plan again, in a core that was started anew. */
  revive(what: string, left: boolean): void {
    const { planner } = this;
    if (!planner) return;
    this.drop();
    const fresh = this.#read();
    become(planner, fresh);
    this.planner = planner;
    // So that whoever asks again is answered as before.
    this.#missing(FIRST);
    const text = `The planner stopped at “${what}” and was started anew. ${left ? "That change was left out; all others are here" : "Nothing is lost"}.`;
    this.say({ id: "stopped", bad: true, text, actions: [{ label: "Download the plan", run: () => this.save() }] });
    queueMicrotask(() => {
      this.#tell();
      this.onStopped(Object.assign(new Error(text), { code: "core-stopped" }));
    });
  }

  giveUp(): void {
    for (const without of [undefined, this.#journal?.last]) {
      try {
        anew();
        this.rescued = JSON.stringify(this.#read(without).toJSON(), null, 2);
        break;
      } catch {
        // What was stored last may be what kills it.
      }
    }
    this.rescued ??= this.#remains();
    this.#tellAll([]);
  }

  // Where no core can read it.
  #remains(): string {
    return JSON.stringify([this.#memory, this.#journal?.found()], null, 2);
  }

  /** Goes on with the draft though the published plan has changed. */
  keepDraft(): void {
    this.outdated = false;
    this.#tell();
  }

  /** Takes in what other tabs have changed. */
  catchUp(): void {
    const { kind } = this.keeping;
    if (this.#takeIn()) {
      this.#judgeDraft();
      this.#tell();
    } else if (this.keeping.kind !== kind) {
      this.#keep();
      this.#tell();
    }
  }

  /** The page goes, and may not come back. */
  leave(): void {
    this.#journal?.leave();
  }

  /** Tries to store what could not be stored: there may be room again. */
  retry(): void {
    if (this.keeping.kind !== "unsaved") return;
    this.#takeIn();
    this.#keep();
    this.#tell();
  }

  /** The days of which the state before their first change is kept, the newest first. */
  days(): string[] {
    return this.#journal?.days() ?? [];
  }

  /** The plan as it was before the first change of a day. */
  day(day: string): PlanDocument {
    return this.#journal!.day(day);
  }

  /** Another plan, to be looked at. */
  look(document: PlanDocument): Session {
    return new Session(this.#core, undefined, { today: this.today, readonly: true, published: { text: "", digest: "", document } });
  }

  /** Offers the plan as a file. */
  save(): void {
    download(fileName(this.summary.name), `${JSON.stringify(this.planner.toJSON(), null, 2)}\n`);
  }

  /** Whether a change under this key of the browser's storage concerns this plan. */
  owns(key: string | null): boolean {
    return this.#journal?.owns(key) ?? false;
  }

  setToday(today: string): void {
    if (today === this.today) return;
    this.today = today;
    this.#tell();
  }

  dismiss(id: string): void {
    this.notices = this.notices.filter((notice) => notice.id !== id);
    this.#tell();
  }

  /** Calls `listener` after every change, and as a forecast goes on; gives back what ends that. */
  listen(listener: (changes: readonly Change[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    clearTimeout(this.#retry);
    this.#end(false);
    this.drop();
    this.#life.abort();
    this.#release.forEach((release) => release());
    this.#listeners.clear();
    this.#journal?.close();
    this.planner?.free();
  }

  #change(make: () => Change, file?: Step): Change {
    this.#takeIn();
    if (this.readonly) throw Object.assign(new Error("the plan is read-only here"), { name: "LandfallError", code: "read-only" });
    const change = make();
    this.#keep(brief(change) && file ? file : { apply: change.command });
    if (this.#published) this.draft = true;
    if (!file) this.#tell(change);
    return change;
  }

  #step(direction: "undo" | "redo"): Change | undefined {
    if (this.readonly) return undefined;
    this.#takeIn();
    const change = this.planner[direction]();
    this.#sayLeftOut();
    if (!change) return undefined;
    this.#keep(direction === "undo" ? { undo: true } : brief(change) ? { redo: true } : { apply: change.command });
    this.#judgeDraft();
    this.#tell(change);
    return change;
  }

  // Stores what was done; what the browser refuses is tried again, the longer the more seldom. `whole`: as a state.
  #keep(step?: Step, whole = false): void {
    const journal = this.#journal;
    if (!journal) return;
    if (step) this.#memory.note(step, this.planner);
    whole ||= this.#memory.document !== undefined && !this.#memory.since.length;
    const basedOn = this.#published && (this.#basedOn ?? this.#published.digest);
    clearTimeout(this.#retry);
    if (this.planner.isLong()) return journal.skip("the plan is too long for this browser's storage");
    let kept: boolean;
    try {
      journal.publication(basedOn, this.#published !== undefined && !this.draft, whole);
      kept = journal.keep(this.planner, this.today);
    } catch (error) {
      // The core died of that, and came back with what was to be stored.
      if (this.rescued === undefined && trapped(error)) return this.#keep(undefined, whole);
      throw error;
    }
    if (this.keeping.kind === "saved") this.#memory = new Memory();
    if (kept) {
      this.#wait = 0;
      journal.publication(basedOn, whole && !this.draft);
      void journal.compact(this.planner);
      // Other elements of this page get no event of the browser's.
      for (const other of sessions) if (other !== this && other.#journal?.key === journal.key) queueMicrotask(() => sessions.has(other) && other.catchUp());
      if (this.#kept++ % LOOK === 0) this.#sayRoom();
    } else {
      this.#wait = Math.min(Math.max(this.#wait * 2, AGAIN[0]), AGAIN[1]);
      this.#retry = setTimeout(() => this.retry(), this.#wait);
    }
    this.#sayLeftOut();
  }

  // The plan to begin with, and on top of it what is stored nowhere.
  #read(without?: string): Planner {
    const { planner, lost } = this.#memory.again(() => this.#begin(without));
    this.planner = planner;
    if (lost) this.say({ id: "gone", text: `${lost} ${lost === 1 ? "change" : "changes"} could not be applied again and ${lost === 1 ? "was" : "were"} left out.` });
    this.#sayLeftOut();
    if (this.kept || this.#memory.since.length) this.#judgeDraft();
    return planner;
  }

  // What is stored, else what the page published, else the sample.
  #begin(without?: string): Planner {
    const [journal, memory, published] = [this.#journal, this.#memory, this.#published];
    const { last, mark } = journal ?? {};
    this.#size = published?.text.length ?? 0;
    const planner = new this.#core.Planner();
    const opened = journal?.open(planner, without);
    if (journal?.unread) this.say({ id: "unread", bad: true, text: `What this browser may have kept of this plan cannot be read, and was left as it is: ${journal.unread}. What you change is in this tab alone. Load the page again to try once more.` });
    if (opened?.damaged.length) this.#sayDamaged(opened.damaged);
    // A publication that nobody here has changed is shown as it is now.
    const outdated = published !== undefined && opened?.untouched === true && opened.basedOn !== published.digest;
    if (memory.document || !opened?.begun || outdated) {
      planner.free();
      journal?.beginAnew();
      this.#basedOn ??= published?.digest;
      memory.document ??= published?.document;
      return memory.document ? this.#core.Planner.fromJSON(memory.document) : this.#core.Planner.sample(this.today);
    }
    this.#size = opened.size;
    this.#basedOn = opened.basedOn;
    // The core has stored it, and died before it said so.
    if (memory.since.length === 1 && journal!.last !== last && journal!.last?.endsWith(mark!)) memory.since.pop();
    return planner;
  }

  /** Says something above the plan, in place of what had the same id. */
  say(notice: Notice): void {
    this.notices = [...this.notices.filter(({ id }) => id !== notice.id), notice];
  }

  #sayDamaged(damaged: { key: string; text: string }[]): void {
    const close = (): void => this.dismiss("damaged");
    this.say({
      id: "damaged",
      bad: true,
      text: "Part of what this browser had stored cannot be read. It was left where it is; what could be read is shown.",
      actions: [
        { label: "Download what was found", run: () => download("landfall-found.json", JSON.stringify(damaged, null, 2)) },
        { label: "Remove it", run: () => { this.#journal?.dropDamaged(); close(); } },
      ],
    });
  }

  // What could not be applied again, here or in another tab.
  #sayLeftOut(): void {
    const said = this.planner.takeLeftOut();
    if (!said.length) return;
    const more = said.length > 3 ? ` And ${said.length - 3} more.` : "";
    this.say({ id: "lost", text: `${said.slice(0, 3).map((text) => reason(text)).join(". ")}.${more}` });
  }

  #sayRoom(): void {
    const taken = Journal.taken();
    if (taken < FULL) return;
    const text = `The browser's storage for this site is ${Math.min(Math.floor(taken * 100), 99)} % full. When it is full, changes are no longer saved here: save the plan as a file, or free some space.`;
    this.say({ id: "room", text, actions: [{ label: "Download the plan", run: () => this.save() }] });
  }

  #judgeDraft(): void {
    if (!this.#published) return;
    this.draft = this.planner.isLong() || JSON.stringify(this.planner.toJSON()) !== JSON.stringify(this.#published.document);
    this.outdated = this.draft && this.#basedOn !== undefined && this.#basedOn !== this.#published.digest;
  }

  #takeIn(): boolean {
    const changed = this.#journal?.takeIn(this.planner) ?? false;
    // A state that it was not in does not count any more.
    if (changed && this.#memory.document) this.#memory = new Memory(this.#memory.since.length ? this.planner.toJSON() : undefined);
    this.#sayLeftOut();
    return changed;
  }

  #tell(change?: Change): void {
    this.stopped = false;
    this.#forecast();
    this.revision++;
    this.#tellAll(change ? [change] : []);
  }

  #tellAll(changes: readonly Change[]): void {
    for (const listener of [...this.#listeners]) listener(changes);
  }

  // ---- the forecast

  // All that is on the screen.
  #wanted = (planner: Planner): void => {
    planner.summary({ today: this.today });
    if (this.#whole) planner.forecast({ today: this.today });
  };

  #missing(ms: number): Simulation | undefined {
    try {
      const found = atOnce(this.planner, this.#wanted, ms);
      return "missing" in found ? found.missing : undefined;
    } catch {
      // Whoever asks for it is told what is wrong.
      return undefined;
    }
  }

  // Brings the forecast up to the plan: at once where that takes no time, else beside the page.
  #forecast(ms = AT_ONCE): void {
    const missing = this.#missing(this.stopped ? 0 : ms);
    // A change that no date depends on lets it go on.
    if (missing && missing.key === this.#job?.key) return;
    this.#end(missing === undefined);
    if (!missing || this.stopped) return;
    let settled = (_: boolean): void => {};
    this.settled = new Promise((resolve) => { settled = resolve; });
    this.#job = { key: missing.key, controller: new AbortController(), settled };
    this.progress = 0;
    void this.#beside(this.#job, missing);
  }

  async #beside(job: Job, missing: Simulation | undefined): Promise<void> {
    const { signal } = job.controller;
    try {
      while (missing) {
        job.key = missing.key;
        const outcome = await simulate(missing, { signal, onProgress: (share) => this.#progressed(job, share) });
        if (signal.aborted) return;
        this.planner.supply(outcome);
        missing = this.#missing(AT_ONCE);
      }
      if (this.#job !== job) return;
      this.#end(true);
    } catch (error) {
      if (signal.aborted || this.#job !== job) return;
      this.#end(false);
      this.stopped = true;
      this.say({ id: "forecast", bad: true, text: `The forecast could not be computed. ${reason(error)}.` });
    }
    this.revision++;
    this.#tellAll([]);
  }

  #end(fresh: boolean): void {
    const job = this.#job;
    this.#job = undefined;
    this.progress = undefined;
    job?.controller.abort();
    job?.settled(fresh);
  }

  #progressed(job: Job, share: number): void {
    if (slowly()) this.say({ id: "worker", text: "This page lets no worker run, so that long forecasts take longer. The policy worker-src 'self' blob: would allow one." });
    const now = performance.now();
    if (this.#job !== job || now - this.#told < TOLD) return;
    this.#told = now;
    this.progress = share;
    this.#tellAll([]);
  }
}

/** Whether a change comes without the items that it brings: they are very many. */
const brief = ({ command }: Change): boolean => command.type === "importItems" && !command.items.length;

// AbortSignal.any, which browsers have since 2024.
function either(one: AbortSignal | undefined, other: AbortSignal): AbortSignal {
  if (!one) return other;
  const controller = new AbortController();
  for (const signal of [one, other]) {
    if (signal.aborted) controller.abort();
    signal.addEventListener("abort", () => controller.abort(), { once: true, signal: controller.signal });
  }
  return controller.signal;
}
