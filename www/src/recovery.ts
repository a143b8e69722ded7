// What the page does when the core dies: of a defect, for want of memory, of a stack that ran over. All that lived in it
// is gone then. A new one is started, and every plan of the page is made again from what the page remembers.
import type { Command, ImportOptions, PlanDocument, Planner } from "../pkg/landfall.js";
import { type Core, adopt, ready } from "./core.ts";

/** Whoever has a plan in the core. */
export interface Survivor {
  readonly planner: Planner;
  /** Makes the plan again. `what` the core died of; `left` says that it was a change of this plan, which is left out. */
  revive(what: string, left: boolean): void;
  /** Saves what can be saved: the core has died once more. */
  giveUp(): void;
}

/** What was done to a plan; a file of very many items is its own record. */
export type Step = { apply: Command } | { read: [text: string | Uint8Array, options: ImportOptions] } | { undo: true } | { redo: true };

/** What is stored nowhere, as the page itself remembers it. */
export class Memory {
  /** Without a document, `since` is what was done to the plan that is stored; where none is, to the sample. */
  constructor(public document?: PlanDocument, public since: Step[] = []) {}

  /** Takes in what was done; `planner` is the plan after it. */
  note(step: Step, planner: Planner): void {
    this.since.push(step);
    // What reaches behind its beginning is remembered as the state it led to; what is long, too.
    let done = 0;
    for (const one of this.since) done += "undo" in one ? -1 : 1;
    if ((this.document && done < 0) || this.since.length > 200) [this.document, this.since] = [planner.toJSON(), []];
  }

  /** The plan, from what it begins with, and how much does not apply any more or killed the core: that is left out. */
  again(begin: () => Planner): { planner: Planner; lost: number } {
    const { since } = this;
    let lost = 0;
    for (let k = 0, planner: Planner | undefined; ; k++) {
      planner ??= begin();
      const step = since[k];
      if (!step) return { planner, lost };
      try {
        if ("apply" in step) planner.apply(step.apply);
        else if ("read" in step) planner.import(...step.read);
        else if ("undo" in step) planner.undo();
        else planner.redo();
      } catch (error) {
        since.splice(k--, 1);
        lost++;
        // It took all that came before with it.
        if (trapped(error)) [planner, k] = [undefined, -1];
      }
    }
  }
}

/** A second death within this time, in milliseconds, ends it. */
const AGAIN = 10_000;
const changes = ["apply", "undo", "redo", "import", "imported"];

const survivors = new Set<Survivor>();
// How planners were set, which a new one has to be as well.
const settings = new WeakMap<object, Record<string, unknown>>();
let bindings: Core;
let watched: Promise<Core> | undefined;
let died = -AGAIN;
let deaths = 0;
let ended = false;

/** What wasm-bindgen keeps in an object. */
type Held = { __wbg_ptr: number; __wbg_inst: number; __destroy_into_raw(): number };
type Callable = (...given: unknown[]) => unknown;

/** The core, which is started anew where it dies. */
export const alive = (): Promise<Core> => (watched ??= ready().then(watch));

/** Lets a plan be made again when the core dies; gives back what ends that. */
export function survive(one: Survivor): () => void {
  survivors.add(one);
  return () => survivors.delete(one);
}

/** A core without a past. */
export function anew(): void {
  bindings.renew();
  bindings.version();
  deaths++;
}

/** Goes on after the end. */
export function again(): void {
  if (ended) anew();
  ended = false;
  died = -AGAIN;
}

/** Lets `into`, whose plan died with the core, have the plan of `from`: whoever holds it need not know. */
export function become(into: Planner, from: Planner): void {
  const { __wbg_inst } = from as unknown as Held;
  Object.assign(into, { __wbg_inst, __wbg_ptr: (from as unknown as Held).__destroy_into_raw() });
  for (const [name, value] of Object.entries(settings.get(into) ?? {})) {
    try {
      (into as unknown as Record<string, Callable>)[name]!(value);
    } catch {
      // A scenario may be gone.
    }
  }
}

/** Whether an error says that the core has died, and nothing of what was asked was done. */
export const trapped = (error: unknown): boolean => (error as { code?: string } | undefined)?.code === "core-stopped" || stale(error);
const stale = (error: unknown): boolean => /Invalid stale/.test(String(error));

// A stack that ran over is a RangeError in some browsers and an InternalError in others; what stopped half way holds its plan.
const dead = (error: unknown): boolean => error instanceof WebAssembly.RuntimeError || error instanceof RangeError || /^InternalError|recursive use/.test(String(error));

function watch(core: Core): Core {
  bindings = core;
  const wrap = (inner: Callable, name: string): Callable => new Proxy(inner, {
    apply: (_, self: object, given) => call(inner, self, given, name),
    construct: (_, given) => call(Reflect.construct as Callable, {}, [inner, given], name) as object,
  });
  const methods = (owner: Record<string, Callable>): void => {
    for (const name of Object.getOwnPropertyNames(owner)) {
      const { value } = Object.getOwnPropertyDescriptor(owner, name)!;
      if (typeof value !== "function" || name === "constructor" || name.startsWith("__")) continue;
      owner[name] = name === "free" ? free(value) : wrap(value, name);
    }
  };
  const all = Object.entries(core as unknown as Record<string, Callable>).map(([name, value]) => {
    methods(value as never);
    methods(value.prototype ?? {});
    return [name, wrap(value, name)];
  });
  return adopt(Object.fromEntries(all));
}

// What died need not be freed, and where it was there is something else now.
function free(inner: () => void) {
  return function (this: Held): void {
    if (this.__wbg_inst === deaths) inner.call(this);
    else this.__destroy_into_raw();
  } as Callable;
}

function call(inner: Callable, self: object, given: unknown[], name: string): unknown {
  try {
    const answer = Reflect.apply(inner, self, given);
    if (name === "enter" || name === "whenMissing") settings.set(self, { ...settings.get(self), [name]: given[0] });
    return answer;
  } catch (error) {
    if (ended || !dead(error)) throw error;
    const owner = [...survivors].find(({ planner }) => planner === self);
    const left = changes.includes(name) && owner !== undefined;
    const { type = name } = (given[0] ?? {}) as { type?: string };
    const what = (name === "apply" ? type : name).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    recover(what, left ? owner : undefined, error);
    // A question is simply asked once more.
    if (owner && !left) return call(inner, self, given, name);
    throw stopped(`the core stopped at “${what}” and was started anew: nothing of it was done`, error);
  }
}

function recover(what: string, owner: Survivor | undefined, cause: unknown): void {
  const now = performance.now();
  const often = now - died < AGAIN;
  died = now;
  try {
    if (often) throw cause;
    anew();
    for (const one of [...survivors]) one.revive(what, one === owner);
  } catch (error) {
    // A plan that is made again may be what kills it.
    if (!ended) {
      ended = true;
      for (const one of [...survivors]) one.giveUp();
    }
    throw stopped(`the core stopped twice within ten seconds, the last time at “${what}”`, error);
  }
}

const stopped = (message: string, cause: unknown): Error => Object.assign(new Error(message, { cause }), { name: "LandfallError", code: "core-stopped" });
