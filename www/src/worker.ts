// Runs simulations beside the page. The build puts this script into the page's own (`landfall:worker`); the compiled core
// arrives with the first message, so that there is no second copy of it.
import { Trials, initSync } from "../pkg/landfall.js";
import { slicer } from "./slices.ts";

/** What the page sends: the core, simulations to run, and those to give up. */
export type ToWorker = { module: WebAssembly.Module } | { id: number; model: Uint8Array } | { id: number; cancel: true };
/** What it gets back. */
export type FromWorker = { ready: true } | { id: number; left: number } | { id: number; outcome: Uint8Array<ArrayBuffer> } | { id: number; error: { message: string; code?: string } };

const scope = self as unknown as { onmessage: ((event: MessageEvent<ToWorker>) => void) | null; postMessage(message: FromWorker, transfer?: Transferable[]): void };
/** Between slices the worker hears whether it is still wanted; progress needs no more than that either. */
const SLICE = 50;

let jobs: { id: number; model: Uint8Array; trials?: Trials; slice?: () => number }[] = [];
let running = false;

scope.onmessage = ({ data }) => {
  if ("module" in data) {
    initSync({ module: data.module });
    scope.postMessage({ ready: true });
  } else if ("cancel" in data) {
    jobs.find(({ id }) => id === data.id)?.trials?.free();
    jobs = jobs.filter(({ id }) => id !== data.id);
  } else {
    jobs.push(data);
    if (!running) void work();
  }
};

async function work(): Promise<void> {
  running = true;
  for (let job = jobs[0]; job; job = jobs[0]) {
    const { id } = job;
    try {
      job.trials ??= new Trials(job.model);
      job.slice ??= slicer(job.trials, SLICE);
      const left = job.slice();
      if (left > 0) scope.postMessage({ id, left });
      else {
        jobs.shift();
        const outcome = job.trials.finish() as Uint8Array<ArrayBuffer>;
        scope.postMessage({ id, outcome }, [outcome.buffer]);
      }
    } catch (error) {
      jobs.shift();
      const { message, code } = error instanceof WebAssembly.RuntimeError || error instanceof RangeError
        ? { message: "the core stopped while it simulated", code: "core-stopped" }
        : (error as { message: string; code?: string });
      scope.postMessage({ id, error: { message, ...(code === undefined ? {} : { code }) } });
    }
    await new Promise((resolve) => setTimeout(resolve));
  }
  running = false;
}
