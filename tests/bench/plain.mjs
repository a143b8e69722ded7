// The opponent: the bootstrap as a bare loop in plain JavaScript, as fast as it can be written. Math.random, typed
// arrays, nothing allocated in a trial.

/** When each item is finished, and all: the distributions and percentiles that `forecast` answers with. */
export function everyItem({ history, work, trials, horizon = 520, percentiles = [0.5, 0.7, 0.85, 0.95] }) {
  const past = Float64Array.from(history);
  const reach = Float64Array.from(work, ({ size }) => size);
  for (let item = 1; item < reach.length; item++) reach[item] += reach[item - 1];
  const items = reach.length;
  const counts = new Int32Array(items * horizon);
  const periods = past.length;
  for (let trial = 0; trial < trials; trial++) {
    let done = 0;
    let item = 0;
    for (let period = 0; period < horizon && item < items; period++) {
      done += past[(Math.random() * periods) | 0];
      while (item < items && done >= reach[item]) {
        counts[item * horizon + period]++;
        item++;
      }
    }
  }
  const completions = Array.from({ length: items }, (_, item) =>
    completion(counts.subarray(item * horizon, (item + 1) * horizon), trials, percentiles));
  return {
    total: completions[items - 1],
    items: work.map(({ id }, item) => ({ id, ...completions[item] })),
  };
}

/** When all is finished and nothing else, as most calculators do. */
export function totalOnly({ history, work, trials, horizon = 520, percentiles = [0.5, 0.7, 0.85, 0.95] }) {
  const past = Float64Array.from(history);
  const amount = work.reduce((sum, { size }) => sum + size, 0);
  const counts = new Int32Array(horizon);
  const periods = past.length;
  for (let trial = 0; trial < trials; trial++) {
    let done = 0;
    for (let period = 0; period < horizon; period++) {
      done += past[(Math.random() * periods) | 0];
      if (done >= amount) {
        counts[period]++;
        break;
      }
    }
  }
  return { total: completion(counts, trials, percentiles), items: [] };
}

function completion(counts, trials, percentiles) {
  const within = [];
  let done = 0;
  for (let period = 0; period < counts.length && done < trials; period++) {
    done += counts[period];
    within.push(done / trials);
  }
  const first = (p) => within.findIndex((share) => share >= p);
  return { percentiles: percentiles.map((p) => ({ p, period: first(p) < 0 ? null : first(p) + 1 })), within };
}
