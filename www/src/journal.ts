// How the plan is kept in the browser: the core does it, here it meets the page's storage.
import type { Journal as Stored, Opened, PlanDocument, Planner } from "../pkg/landfall.js";
import type { Core } from "./core.ts";
import { trapped } from "./recovery.ts";

/** How well the plan is kept. */
export type Keeping =
  | { kind: "saved" }
  | { kind: "memory"; why: string }
  | { kind: "unsaved"; why: string }
  /** A newer Landfall has saved here: nothing may be written, so nothing can be changed. */
  | { kind: "frozen"; why: string };

/** What a browser gives the pages of one site, in UTF-16 units, keys included: measured in Chromium (tests/web/storage.spec.ts). */
const ROOM = 5 * 1024 * 1024;

const codeOf = (error: unknown): string | undefined => (error as { code?: string } | undefined)?.code;
const why = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export class Journal {
  keeping: Keeping = { kind: "saved" };
  /** Whether anything is stored yet. */
  begun = false;
  /** Why it is not known whether anything is stored. */
  unread: string | undefined;
  /** The last change that is stored: what a new instance of the core is to leave out, if it was the end of the last one. */
  last: string | undefined;
  #stored: Stored | undefined;
  #tab = "";
  // Where what is written outlives the page.
  #disk: Storage | undefined;

  /** `none`: the page wants nothing kept. */
  constructor(private readonly core: Core, readonly key: string, none = false) {
    this.#disk = none ? undefined : storage();
    if (!this.#disk) this.keeping = { kind: "memory", why: none ? "the page around wants nothing kept in the browser" : "this page may not keep anything in the browser" };
  }

  /**
   * Brings a planner to what is stored; once more where the core has died since. What cannot be read is said, and left alone.
   * Throws where the core dies of it.
   */
  open(planner: Planner, without?: string): Opened | undefined {
    // Nothing is written where it is not known what stands there.
    if (this.keeping.kind === "memory") return undefined;
    const { core, key } = this;
    // A browser may refuse once what it does not refuse for long.
    for (let turn = 1; ; turn++) {
      try {
        this.close();
        const was = names(key);
        this.#tab = [...crypto.getRandomValues(new Uint32Array(2))].map((part) => part.toString(36)).join("");
        names(key, `${this.#tab}.`);
        const stored = (this.#stored = new core.Journal(this.#disk!, key, this.#tab, was));
        const opened = stored.open(planner, without);
        this.begun = opened.begun;
        this.last = stored.last(planner);
        if (opened.newer) this.keeping = { kind: "frozen", why: opened.newer };
        return opened;
      } catch (error) {
        if (trapped(error)) throw error;
        if (turn < 3) continue;
        this.unread = why(error);
        this.keeping = { kind: "memory", why: this.unread };
        this.close();
        return undefined;
      }
    }
  }

  /** What tells changes of this tab from those of others, until {@link open} is called again. */
  get mark(): string {
    return `.${this.#tab}`;
  }

  /** Stores what the planner was made to do; whether all of it is stored now, or never will be. Throws where the core dies of it. */
  keep(planner: Planner, today: string): boolean {
    const stored = this.#stored;
    if (!stored || this.keeping.kind === "frozen") return true;
    try {
      stored.keep(planner, today);
      this.last = stored.last(planner);
    } catch (error) {
      if (trapped(error)) throw error;
      return this.#refused(error);
    }
    this.begun = true;
    this.keeping = { kind: "saved" };
    return true;
  }

  /** Stores a snapshot if one is due, and no other tab is at it. */
  async compact(planner: Planner): Promise<void> {
    const compact = (held: unknown): void => {
      try {
        // The page may have gone on to another plan meanwhile.
        if (held && this.#stored?.isDue()) this.#stored.compact(planner);
      } catch {
        // The changes are stored; it is tried again after some more of them.
      }
    };
    // Plain-http hosts have no locks; it does no harm when two tabs do it at once.
    try {
      if (!this.#stored?.isDue()) return;
      await navigator.locks.request(`landfall ${this.key}`, { ifAvailable: true }, compact);
    } catch {
      compact(true);
    }
  }

  /** Takes in what other tabs have changed; whether that was anything. */
  takeIn(planner: Planner): boolean {
    try {
      const changed = this.#stored?.takeIn(planner) ?? false;
      if (changed) [this.begun, this.last] = [true, this.#stored!.last(planner)];
      return changed;
    } catch (error) {
      // Then all was read anew.
      if (trapped(error)) return true;
      this.#refused(error);
      return false;
    }
  }

  /** Says that the plan is not stored, and will not be while it is as it is. */
  skip(why: string): void {
    if (this.#disk && this.keeping.kind !== "frozen") this.keeping = { kind: "unsaved", why };
  }

  #refused(error: unknown): boolean {
    const code = codeOf(error);
    const newer = code === "newer-format" || code === "read-only";
    this.keeping = { kind: newer ? "frozen" : "unsaved", why: code === "storage-full" ? "storage is full" : why(error) };
    return newer;
  }

  /** Says what the plan began from; with `now`, it is stored whole by the next {@link keep}. */
  publication(basedOn: string | undefined, untouched: boolean, now = false): void {
    this.#stored?.publication(basedOn, untouched, now);
  }

  /** The planner does not go on from what is stored. */
  beginAnew(): void {
    this.#stored?.beginAnew();
  }

  /** The days of which the state before their first change is kept, the newest first. */
  days(): string[] {
    return this.#stored?.days() ?? [];
  }

  day(day: string): PlanDocument {
    return this.#stored!.day(day);
  }

  dropDamaged(): void {
    this.#stored?.dropDamaged();
  }

  /** The share of the browser's storage that is taken, by all pages of this site, as far as it can be read. */
  static taken(): number {
    let units = 0;
    try {
      for (const [key, text] of Object.entries<string>(storage() ?? {})) units += key.length + text.length;
    } catch {
      // What is refused is said elsewhere.
    }
    return units / ROOM;
  }

  /** Whether a change of this key in the browser's storage is one of this journal. */
  owns(key: string | null): boolean {
    return key === null || key.startsWith(`landfall/${this.key}/`);
  }

  /** All that is stored of it. */
  found(): [string, string][] {
    return Object.entries<string>(this.#disk ?? {}).filter(([key]) => this.owns(key));
  }

  /** What was noted beside the plan in this browser; with a text, notes that. */
  note(name: string, text?: string): string | undefined {
    try {
      const key = `landfall ${name} ${this.key}`;
      if (text !== undefined) this.#disk?.setItem(key, text);
      return this.#disk?.getItem(key) ?? undefined;
    } catch {
      // Where nothing can be kept, it holds while the page lives.
      return undefined;
    }
  }

  /** The page goes: what was done here is that of whoever comes next in this tab. */
  leave(): void {
    if (this.#stored) names(this.key, this.#tab);
  }

  close(): void {
    this.leave();
    this.#stored?.free();
    this.#stored = undefined;
  }
}

// The names that this tab had before it was loaded again: what was done then is its own. A name that is in use ends with a
// dot. It counts where the page was loaded again without a farewell, and not in a window that another one has opened, which
// begins with a copy of these notes. With a name, notes that.
function names(key: string, name = ""): string[] {
  try {
    const at = `landfall tabs ${key}`;
    const bare = (one: string): string => one.replace(".", "");
    const again = (performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined)?.type === "reload";
    const all = (sessionStorage.getItem(at) ?? "").split(" ").filter((one) => one && (again || !one.endsWith(".")) && bare(one) !== bare(name));
    if (name) sessionStorage.setItem(at, [name, ...all].slice(0, 20).join(" "));
    return all.map(bare);
  } catch {
    // Then undo ends where the page was loaded.
    return [];
  }
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
