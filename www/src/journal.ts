// What a plan went through, kept in the browser: a snapshot, and every change since. The store keeps texts; what they
// say is written and read here.
import type { Command, ImportOptions, PlanDocument, PlanStore, Planner } from "../pkg/landfall.js";
import type { Core } from "./core.ts";

/** One change, as it is stored. */
export type Entry = { apply: Command } | { undo: true } | { redo: true } | {
  /** The snapshot before it holds another state than the records led to: read it. */
  reread: true;
};

/** What was done to a plan, as the page remembers it: a file of very many items is its own record. */
export type Step = Entry | { read: [text: string | Uint8Array, options: ImportOptions] };

/** A whole state, as it is stored. */
export interface Snapshot {
  plan: PlanDocument;
  /** For a plan that the page published: a digest of the text that this state began from. */
  basedOn?: string;
  /** Whether it is that publication, without a change. */
  untouched?: boolean;
}

/** How well the plan is kept. */
export type Keeping =
  | { kind: "saved" }
  | { kind: "memory"; why: string }
  | { kind: "unsaved"; why: string }
  | { kind: "frozen"; why: string };

/** What was found at the start. */
export interface Opened {
  snapshot?: Snapshot;
  entries: Entry[];
  /** Texts that cannot be used, and were left where they are. */
  damaged: { key: string; text: string }[];
  /** The length of everything that was read. */
  size: number;
}

const codeOf = (error: unknown): string | undefined => (error as { code?: string } | undefined)?.code;
const why = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export class Journal {
  keeping: Keeping = { kind: "saved" };
  /** Whether anything is stored yet. */
  begun = false;
  #store: PlanStore;
  // How many changes of the log can be undone, and undone ones done again, without reaching behind its snapshot.
  #undoable = 0;
  #redoable = 0;
  // A change could not be stored: what follows must carry the whole state.
  #gap = false;

  /** Whether what is written outlives the page. */
  readonly durable: boolean;

  /** `none`: the page wants nothing kept. */
  constructor(private readonly core: Core, private readonly key: string, private readonly none = false) {
    const disk = none ? undefined : storage();
    this.durable = disk !== undefined;
    this.#store = new core.PlanStore(disk, key);
    if (!this.durable) this.keeping = { kind: "memory", why: none ? "the page around wants nothing kept in the browser" : "this page may not keep anything in the browser" };
  }

  /** Reads what is there. Never throws: what cannot be read is said, and left alone. */
  open(): Opened {
    const opened: Opened = { entries: [], damaged: [], size: 0 };
    try {
      const found = this.#store.open();
      opened.damaged = found.damaged;
      if (found.newer) {
        this.keeping = { kind: "frozen", why: "a newer Landfall has saved here; this one leaves that alone" };
        return opened;
      }
      opened.size = found.records.reduce((sum, text) => sum + text.length, found.snapshot?.length ?? 0);
      this.begun = found.snapshot !== undefined && found.snapshot !== null;
      if (this.begun) opened.snapshot = JSON.parse(found.snapshot!) as Snapshot;
      opened.entries = this.begun ? found.records.map((text) => JSON.parse(text) as Entry) : [];
      for (const entry of opened.entries) this.#count(entry);
    } catch (error) {
      // Nothing is written where it is not known what stands there.
      if (this.durable) this.keeping = { kind: "frozen", why: why(error) };
    }
    return opened;
  }

  /** Stores a whole state where changes need one to start from: at the first of them, after many, behind damage. */
  begin(snapshot: () => Snapshot): void {
    if (this.keeping.kind === "frozen" || this.#gap) return;
    if (!this.begun || this.#store.needsCompaction) this.compact(snapshot());
  }

  /** Stores a change that has been made; `now` is the state after it. */
  append(entry: Entry, now: () => Snapshot): void {
    if (this.keeping.kind === "frozen") return;
    const beyond = ("undo" in entry && this.#undoable === 0) || ("redo" in entry && this.#redoable === 0);
    if (beyond || this.#gap) {
      // What reaches behind the snapshot, or follows a gap, is stored as the state it led to.
      this.#gap = !this.compact(now()) || !this.#try(() => this.#store.append(JSON.stringify({ reread: true } satisfies Entry)));
      return;
    }
    if (this.#try(() => this.#store.append(JSON.stringify(entry)))) this.#count(entry);
    else this.#gap = true;
  }

  /** Says that a change is not stored: what follows must carry the whole state. */
  skip(why: string): void {
    if (this.keeping.kind === "frozen") return;
    this.#gap = true;
    if (this.durable) this.keeping = { kind: "unsaved", why };
  }

  /** Stores a whole state; whether that went well. */
  compact(snapshot: Snapshot): boolean {
    if (this.keeping.kind === "frozen") return false;
    const done = this.#try(() => this.#store.compact(JSON.stringify(snapshot)));
    this.#gap = !done;
    if (done) {
      this.begun = true;
      this.#undoable = this.#redoable = 0;
    }
    return done;
  }

  /** What other tabs have changed since; undefined when all must be read anew. */
  catchUp(): Entry[] | undefined {
    try {
      const entries = this.#store.catchUp().map((text) => JSON.parse(text) as Entry);
      if (entries.some((entry) => "reread" in entry)) return undefined;
      for (const entry of entries) this.#count(entry);
      if (entries.length) this.begun = true;
      return entries;
    } catch (error) {
      if (codeOf(error) === "storage-behind") return undefined;
      return [];
    }
  }

  /** Whether a change of this key in the browser's storage is one of this journal. */
  owns(key: string | null): boolean {
    return key === null || key.startsWith(`landfall/${this.key}/`);
  }

  /** What was noted beside the plan in this browser; with a text, notes that. */
  note(name: string, text?: string): string | undefined {
    try {
      const key = `landfall ${name} ${this.key}`;
      if (this.none) return undefined;
      if (text !== undefined) storage()?.setItem(key, text);
      return storage()?.getItem(key) ?? undefined;
    } catch {
      // Where nothing can be kept, it holds while the page lives.
      return undefined;
    }
  }

  /** The same place, read from the start. */
  reopened(): Journal {
    this.close();
    return new Journal(this.core, this.key, this.none);
  }

  close(): void {
    this.#store.free();
  }

  #count(entry: Entry): void {
    if ("apply" in entry) {
      this.#undoable++;
      this.#redoable = 0;
    } else if ("undo" in entry) {
      this.#undoable--;
      this.#redoable++;
    } else if ("redo" in entry) {
      this.#undoable++;
      this.#redoable--;
    }
  }

  #try(write: () => void): boolean {
    try {
      write();
      if (this.durable) this.keeping = { kind: "saved" };
      return true;
    } catch (error) {
      const text = codeOf(error) === "storage-full" ? "storage is full" : why(error);
      if (this.keeping.kind !== "memory") this.keeping = { kind: "unsaved", why: text };
      return false;
    }
  }
}

/** Takes what was done into a plan. */
export function replay(planner: Planner, step: Step): void {
  if ("apply" in step) planner.apply(step.apply);
  else if ("read" in step) planner.import(...step.read);
  else if ("undo" in step) planner.undo();
  else if ("redo" in step) planner.redo();
}

/** The browser's storage; nothing where the page may not even ask for it, as in a sandboxed frame. */
export function storage(): Storage | undefined {
  try {
    const disk = window.localStorage;
    void disk.length;
    return disk;
  } catch {
    return undefined;
  }
}

/** A digest of a text: FNV-1a in 64 bits. It tells publications apart; it protects nothing. */
export function digest(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, "0");
}
