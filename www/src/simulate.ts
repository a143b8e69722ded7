// Simulations that never block the page: in a worker, and where that is refused in slices between which the page lives.
import { script, url } from "landfall:worker";
import * as lit from "lit-html";
import type { Planner, Simulation } from "../pkg/landfall.js";
import { type Core, compiled, core } from "./core.ts";
import { trapped } from "./recovery.ts";
import { type Running as Sliced, slicer } from "./slices.ts";
import type { FromWorker, ToWorker } from "./worker.ts";

/** How a simulation is run. */
export interface Running {
  /** Ends it: the promise rejects with the reason. */
  signal?: AbortSignal | undefined;
  /** Is told the share of the trials that have been run, 0..1. */
  onProgress?: ((share: number) => void) | undefined;
}

/** What may be run while a click waits, in milliseconds: nobody sees a delay. */
export const AT_ONCE = 50;
/** A slice on the page's own thread: a frame has 16 milliseconds. */
const SLICE = 10;
/** A worker is worth its start from here on, in bytes of the model times trials: some 800 items, a quarter of a second. */
const WORTH_A_WORKER = 200_000_000;
/** After this long without work the worker goes, and its memory with it. */
const IDLE = 30_000;
/** A worker that has not started by then never will. */
const PATIENCE = 5_000;

// ---- queries

/** The answer to a query, or the simulation that it waits for. The query runs whole each time; what it needs is kept. */
export function attempt<T>(planner: Planner, query: (planner: Planner) => T): { answer: T } | { missing: Simulation } {
  const before = planner.whenMissing("wait");
  try {
    return { answer: query(planner) };
  } catch (error) {
    const missing = (error as { code?: string }).code === "simulation-pending" ? planner.pending() : undefined;
    if (!missing) throw error;
    return { missing };
  } finally {
    planner.whenMissing(before);
  }
}

/** The answer to a query where that takes no time; else undefined, and what was simulated until then is lost. */
export function atOnce<T>(planner: Planner, query: (planner: Planner) => T, ms = AT_ONCE): { answer: T } | { missing: Simulation } {
  const end = performance.now() + ms;
  for (;;) {
    const found = attempt(planner, query);
    if ("answer" in found) return found;
    const outcome = runFor(core(), found.missing, end - performance.now());
    if (!outcome) return found;
    planner.supply(outcome);
  }
}

/** The answer to a query, as soon as all that it needs has been simulated. The page goes on meanwhile. */
export async function ready<T>(planner: Planner, query: (planner: Planner) => T, running: Running = {}): Promise<T> {
  for (;;) {
    running.signal?.throwIfAborted();
    const found = atOnce(planner, query);
    if ("answer" in found) return found.answer;
    const outcome = await simulate(found.missing, running);
    running.signal?.throwIfAborted();
    planner.supply(outcome);
  }
}

/** Models from this many bytes on take too long to be read at once. */
const LARGE = 100_000;

function runFor({ Trials }: Core, { model, trials: count }: Simulation, ms: number): Uint8Array | undefined {
  if (model.length > LARGE || ms <= 0) return undefined;
  try {
    const trials = new Trials(model);
    const slice = slicer(trials, Math.min(ms, 15));
    const began = performance.now();
    for (let left = slice(); ; left = slice()) {
      if (left === 0) return trials.finish();
      const spent = performance.now() - began;
      // It ends as well when the rest would clearly not fit.
      if (spent >= ms || (spent * left) / (count - left || 1) > 2 * ms) {
        trials.free();
        return undefined;
      }
    }
  } catch (error) {
    if (trapped(error)) return undefined;
    throw error;
  }
}

// ---- running

let ids = 0;
let refused = false;
// The page's own script is tried first: a policy that lets it run lets a worker run from it.
let own = url && new URL(url).origin === location.origin ? url : undefined;
let helper: Helper | undefined;

/** Runs a simulation beside the page: a long one in the worker. Once more, where a core died of it, or with another plan. */
export async function simulate(simulation: Simulation, running: Running = {}): Promise<Uint8Array> {
  try {
    return await once(simulation, running);
  } catch (error) {
    if (!trapped(error)) throw error;
    running.signal?.throwIfAborted();
    return once(simulation, running);
  }
}

async function once(simulation: Simulation, running: Running): Promise<Uint8Array> {
  while (!refused && simulation.model.length * simulation.trials > WORTH_A_WORKER) {
    helper ??= Helper.start();
    const outcome = await helper?.run(simulation, running);
    if (outcome) return outcome;
    running.signal?.throwIfAborted();
  }
  running.signal?.throwIfAborted();
  return inSlices(simulation, running);
}

async function inSlices({ model, trials: count }: Simulation, running: Running): Promise<Uint8Array> {
  const { Trials } = core();
  const trials = new Trials(model);
  await advance(trials, count, running);
  return trials.finish();
}

/** Does long work of the core in slices between which the page lives; with it given up, its memory is free again. */
export async function advance(work: Sliced & { free(): void }, whole: number, { signal, onProgress }: Running): Promise<void> {
  const slice = slicer(work, SLICE);
  try {
    for (let left = slice(); left > 0; left = slice()) {
      onProgress?.(1 - left / whole);
      await breath();
      signal?.throwIfAborted();
    }
  } catch (error) {
    work.free();
    throw error;
  }
}

const channel = new MessageChannel();
const breaths: (() => void)[] = [];
channel.port1.onmessage = () => breaths.shift()?.();

/**
 * Lets the page do what waits: input, timers, drawing. Timers would be held back after a few turns; and what
 * scheduler.yield goes on with comes before them.
 */
export function breath(): Promise<void> {
  return new Promise((resolve) => {
    breaths.push(resolve);
    channel.port2.postMessage(undefined);
  });
}

// ---- the worker

let users = 0;

let unsaid = true;
/** Whether it has to be said that this page lets no worker run: true once. */
export const slowly = (): boolean => refused && unsaid && !(unsaid = false);

/** Says that somebody may need the worker; gives back what ends that. With the last one the worker goes. */
export function hold(): () => void {
  users++;
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    if (--users === 0) helper?.end();
  };
}

interface Job {
  simulation: Simulation;
  running: Running;
  /** Undefined: this worker cannot. */
  done(outcome: Uint8Array | undefined): void;
  failed(error: unknown): void;
}

function refuse(): void {
  refused = own === undefined;
  own = undefined;
}

class Helper {
  #jobs = new Map<number, Job>();
  #idle: ReturnType<typeof setTimeout> | undefined;
  #patience: ReturnType<typeof setTimeout>;

  /** A worker, unless it is refused here and now. */
  static start(): Helper | undefined {
    const url = own ?? URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    try {
      const { policy } = lit as { policy?: { createScriptURL(url: string): string } };
      return new Helper(new Worker(policy?.createScriptURL(url) ?? url), url);
    } catch {
      URL.revokeObjectURL(url);
      refuse();
      return undefined;
    }
  }

  private constructor(private readonly worker: Worker, private readonly url: string) {
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#heard(data);
    // A policy refuses a worker later than its constructor, and only by this event.
    worker.onerror = (event) => {
      event.preventDefault();
      this.#refuse();
    };
    worker.onmessageerror = () => this.#refuse();
    this.#patience = setTimeout(() => this.#refuse(), PATIENCE);
    this.#send({ module: compiled() });
  }

  /** Runs a simulation; undefined where the worker cannot. */
  run(simulation: Simulation, running: Running): Promise<Uint8Array | undefined> {
    clearTimeout(this.#idle);
    const id = ++ids;
    return new Promise((done, failed) => {
      const { signal } = running;
      const stop = (): void => {
        if (!this.#jobs.delete(id)) return;
        this.#send({ id, cancel: true });
        this.#rest();
        failed(signal!.reason);
      };
      if (signal?.aborted) return failed(signal.reason);
      signal?.addEventListener("abort", stop, { once: true });
      const over = () => signal?.removeEventListener("abort", stop);
      this.#jobs.set(id, { simulation, running, done: (outcome) => { over(); done(outcome); }, failed: (error) => { over(); failed(error); } });
      this.#send({ id, model: simulation.model });
    });
  }

  end(): void {
    clearTimeout(this.#idle);
    clearTimeout(this.#patience);
    this.worker.terminate();
    URL.revokeObjectURL(this.url);
    if (helper === this) helper = undefined;
    // Whoever still waits goes on without it.
    for (const job of this.#jobs.values()) job.done(undefined);
    this.#jobs.clear();
  }

  #refuse(): void {
    refuse();
    this.end();
  }

  #send(message: ToWorker): void {
    try {
      this.worker.postMessage(message);
    } catch {
      // Some pages may not share compiled code.
      queueMicrotask(() => this.#refuse());
    }
  }

  #rest(): void {
    if (this.#jobs.size === 0) this.#idle = setTimeout(() => this.end(), IDLE);
  }

  #heard(message: FromWorker): void {
    clearTimeout(this.#patience);
    if ("ready" in message) return;
    const job = this.#jobs.get(message.id);
    if (!job) return;
    if ("left" in message) {
      job.running.onProgress?.(1 - message.left / job.simulation.trials);
      return;
    }
    this.#jobs.delete(message.id);
    this.#rest();
    if ("outcome" in message) return job.done(message.outcome);
    const { error } = message;
    job.failed(Object.assign(new Error(error.message), { name: "LandfallError", code: error.code }));
    // Its core is dead.
    if (trapped(error)) this.end();
  }
}
