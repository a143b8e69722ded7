// Trials in slices of a given time, wherever they run.

/** What runs trials: the core's `Trials`. */
export interface Running {
  advance(trials: number): number;
}

/** Runs trials in slices of about `ms` milliseconds; each call gives how many are left. */
export function slicer(trials: Running, ms: number): () => number {
  let few = 1;
  return () => {
    const end = performance.now() + ms;
    for (let began = performance.now(); ; ) {
      const left = trials.advance(few);
      const now = performance.now();
      if (left === 0 || now >= end) return left;
      // As many as fit into a quarter of the slice, so that it ends in time when some of them take longer.
      few = Math.max(1, Math.min(few * 4, Math.floor((few * ms) / 4 / Math.max(now - began, 0.05))));
      began = now;
    }
  };
}
