// One plan on one page: what all parts of the element work with.
import type { Change, Command, ImportOptions, ImportReport, ItemDetail, Options, PlanDocument, Planner, RowQuery, Rows, Summary } from "../pkg/landfall.js";
import type { Core } from "./core.ts";
import { download, painted } from "./dom.ts";
import { type Entry, Journal, type Keeping, type Snapshot, digest, replay } from "./journal.ts";

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
}

/** From here on, in milliseconds, a forecast is announced before it is computed. */
const SLOW = 200;

export class Session {
  today: string;
  readonly readonly: boolean;
  /** Grows when what is shown is to be drawn anew. */
  revision = 0;
  /** Whether a forecast is about to be computed that takes a while. */
  busy = false;
  /** Resolves when what is shown is what the plan is. */
  settled: Promise<void> = Promise.resolve();
  notices: Notice[] = [];
  /** Set while what is shown is a draft of the published plan. */
  draft = false;
  /** Whether the published plan is another one than the draft began from. */
  outdated = false;
  planner: Planner;

  #core: Core;
  #journal: Journal | undefined;
  #published: Published | undefined;
  #basedOn: string | undefined;
  #summary: { revision: number; today: string; summary: Summary } | undefined;
  #listeners = new Set<(changes: readonly Change[]) => void>();
  #size = 0;
  // How long the last forecast took, and what has been changed since the last drawing.
  #cost = 0;
  #untold: Change[] = [];

  constructor(core: Core, journal: Journal | undefined, origin: Origin) {
    this.#core = core;
    this.#journal = journal;
    this.today = origin.today;
    this.readonly = origin.readonly;
    this.#published = origin.published;
    this.planner = this.#read();
  }

  /** A published plan from its text; throws where it is none. */
  static publish(core: Core, text: string): Published {
    let json: unknown;
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

  get keeping(): Keeping {
    return this.#journal?.keeping ?? { kind: "saved" };
  }

  /** Whether the plan is so long that showing it may take a while. */
  get large(): boolean {
    return this.#size > 200_000;
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
      const began = performance.now();
      this.#summary = { revision: this.revision, today: this.today, summary: this.planner.summary({ today: this.today }) };
      this.#cost = performance.now() - began;
    }
    return this.#summary.summary;
  }

  rows(query: Omit<RowQuery, "today"> = {}): Rows {
    return this.planner.rows({ ...query, today: this.today });
  }

  item(id: string, options: Omit<Options, "today"> = {}): ItemDetail {
    return this.planner.item(id, { ...options, today: this.today });
  }

  /** Reads a file without changing anything. */
  preview(text: string | Uint8Array, options: ImportOptions): ImportReport {
    return this.planner.import(text, { ...options, preview: true, today: this.today });
  }

  /** Takes a file in. */
  import(text: string | Uint8Array, options: ImportOptions): ImportReport {
    let report: ImportReport | undefined;
    this.#change(() => {
      report = this.planner.import(text, { ...options, preview: false, today: this.today });
      return report.change!;
    });
    return report!;
  }

  /** Changes the plan, keeps the change, tells everybody. Throws, and has changed nothing, when it does not fit. */
  run(command: Command): Change {
    return this.#change(() => this.planner.apply(command));
  }

  undo(): Change | undefined {
    return this.#step("undo");
  }

  redo(): Change | undefined {
    return this.#step("redo");
  }

  /** Whether a file is a saved plan; throws where it is one that cannot be read. */
  plan(text: string): PlanDocument | undefined {
    const start = text.replace(/^\ufeff/, "").trimStart();
    if (!start.startsWith("{")) return undefined;
    return Session.publish(this.#core, text).document;
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
    if (!this.draft) this.#journal?.compact(this.#snapshot());
    this.#tell();
  }

  /** Goes on with the draft though the published plan has changed. */
  keepDraft(): void {
    this.outdated = false;
    this.#tell();
  }

  /** Takes in what other tabs have changed. */
  catchUp(): void {
    if (this.#takeIn()) {
      this.#judgeDraft();
      this.#tell();
    }
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

  /** Calls `listener` after every change, and before it as well when the forecast takes a while; gives back what ends that. */
  listen(listener: (changes: readonly Change[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
    this.#journal?.close();
    this.planner.free();
  }

  #change(make: () => Change): Change {
    if (this.readonly) throw Object.assign(new Error("the plan is read-only here"), { name: "LandfallError", code: "read-only" });
    this.#takeIn();
    this.#journal?.begin(() => this.#snapshot());
    const change = make();
    this.#journal?.append({ apply: change.command }, () => this.#snapshot());
    if (this.#published) this.draft = true;
    this.#tell(change);
    return change;
  }

  #step(direction: "undo" | "redo"): Change | undefined {
    if (this.readonly) return undefined;
    this.#takeIn();
    const change = this.planner[direction]();
    if (!change) return undefined;
    const entry: Entry = direction === "undo" ? { undo: true } : { redo: true };
    this.#journal?.append(entry, () => this.#snapshot());
    this.#judgeDraft();
    this.#tell(change);
    return change;
  }

  #snapshot(): Snapshot {
    const plan = this.planner.toJSON();
    return this.#published ? { plan, basedOn: this.#basedOn ?? this.#published.digest, untouched: !this.draft } : { plan };
  }

  // The plan to begin with: what is stored, else what the page published, else the sample.
  #read(): Planner {
    const first = (): Planner => (this.#published ? this.#core.Planner.fromJSON(this.#published.document) : this.#core.Planner.sample(this.today));
    this.#size = this.#published?.text.length ?? 0;
    if (!this.#journal) return first();
    const { snapshot, entries, damaged, size } = this.#journal.open();
    this.#size = size;
    if (damaged.length) this.#sayDamaged(damaged);
    if (!snapshot || (this.#published && snapshot.untouched && entries.length === 0)) {
      this.#basedOn = this.#published?.digest;
      return first();
    }
    let planner: Planner;
    try {
      planner = this.#core.Planner.fromJSON(snapshot.plan);
    } catch (error) {
      this.#journal.keeping = { kind: "frozen", why: "what is stored here is left alone" };
      this.#sayDamaged([{ key: "snapshot", text: JSON.stringify(snapshot) }], error);
      return first();
    }
    let lost = 0;
    for (const entry of entries) {
      try {
        replay(planner, entry);
      } catch {
        lost++;
      }
    }
    if (lost) this.notices = [...this.notices, { id: "lost", text: `${lost} stored ${lost === 1 ? "change" : "changes"} could not be applied again and ${lost === 1 ? "was" : "were"} left out.` }];
    this.#basedOn = snapshot.basedOn;
    if (this.#published) {
      this.planner = planner;
      this.#judgeDraft();
    }
    return planner;
  }

  #sayDamaged(damaged: { key: string; text: string }[], error?: unknown): void {
    const said = error instanceof Error ? `: ${error.message}` : "";
    this.notices = [...this.notices, {
      id: "damaged",
      bad: true,
      text: `Part of what this browser had stored cannot be read${said}. It was left where it is; what could be read is shown.`,
      actions: [{
        label: "Download what was found",
        run: () => download("landfall-found.json", JSON.stringify(damaged, null, 2)),
      }],
    }];
  }

  #judgeDraft(): void {
    if (!this.#published) return;
    this.draft = JSON.stringify(this.planner.toJSON()) !== JSON.stringify(this.#published.document);
    this.outdated = this.draft && this.#basedOn !== undefined && this.#basedOn !== this.#published.digest;
  }

  #takeIn(): boolean {
    if (!this.#journal || !this.#journal.durable) return false;
    const entries = this.#journal.catchUp();
    if (entries === undefined) {
      // Another tab went on from a state this one has not seen.
      this.#journal = this.#journal.reopened();
      const old = this.planner;
      this.planner = this.#read();
      old.free();
      return true;
    }
    for (const entry of entries) {
      try {
        replay(this.planner, entry);
      } catch {
        // It fitted where it was made; what it needed may be gone here. The next start replays both.
      }
    }
    return entries.length > 0;
  }

  #tell(change?: Change): void {
    if (change) this.#untold.push(change);
    if (this.busy) return;
    if (this.#cost < SLOW) return this.#refresh();
    this.busy = true;
    for (const listener of [...this.#listeners]) listener([]);
    this.settled = painted().then(() => {
      this.busy = false;
      this.#refresh();
    });
  }

  #refresh(): void {
    this.revision++;
    const changes = this.#untold.splice(0);
    for (const listener of [...this.#listeners]) listener(changes);
  }
}
