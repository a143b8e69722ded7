// How fast it is: `make bench`. All figures are from one run in which the contestants take turns, so that whatever else
// the machine does slows all of them. A ratio is the median of the ratios within each turn; beside it stands that of the
// fastest times, which a busy machine disturbs least. Nothing here fails for being slow: machines differ.
import { spawn } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { createInterface } from "node:readline";
import { forecast, rank } from "../../www/dist/npm/index.js";
import { everyItem, totalOnly } from "./plain.mjs";
import { backlog, days, everything } from "./requests.mjs";

const root = new URL("../..", import.meta.url);
const child = spawn("cargo", ["bench", "--quiet", "--bench", "speed"], { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
child.on("exit", (code) => code && process.exit(code));
const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
const taken = new Map();

/** Asks the native build, which times itself. */
async function native(verb, request) {
  if (!taken.has(request)) {
    taken.set(request, `request${taken.size}`);
    child.stdin.write(`take ${taken.get(request)} ${JSON.stringify(request)}\n`);
  }
  child.stdin.write(`${verb} ${taken.get(request)}\n`);
  const [milliseconds, ...periods] = (await lines.next()).value.split(" ").map(Number);
  return { milliseconds, periods };
}

function here(run, request) {
  const start = performance.now();
  const { total } = run(request);
  const milliseconds = performance.now() - start;
  return { milliseconds, periods: total.percentiles.map(({ period }) => period ?? NaN) };
}

const wasm = (name, request) => ({ name, run: () => here(forecast, request) });
const asNative = (name, request) => ({ name, run: () => native("forecast", request) });

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

/** Runs contestants in turns, after some rounds that warm up. */
async function race(rounds, warmUp, contestants) {
  const times = contestants.map(() => []);
  const answers = [];
  for (let round = -warmUp; round < rounds; round++) {
    for (const [place, { run }] of contestants.entries()) {
      const { milliseconds, periods } = await run();
      answers[place] = periods;
      if (round >= 0) times[place].push(milliseconds);
    }
  }
  return contestants.map(({ name }, place) => {
    return { name, times: times[place], periods: answers[place] };
  });
}

const milliseconds = (time) => (time < 100 ? time.toFixed(1) : Math.round(time).toLocaleString("en")).padStart(9);

function table(title, results) {
  console.log(`\n${title}\n${"".padEnd(46)}   median  fastest (ms)`);
  for (const { name, times } of results) {
    console.log(`  ${name.padEnd(44)}${milliseconds(median(times))}${milliseconds(Math.min(...times))}`);
  }
}

function verdict(what, value, fastest, wanted = "", met = true) {
  console.log(`  ${what.padEnd(52)} ${value.padStart(8)} ${`(${fastest})`.padStart(9)}   ${wanted}${met ? "" : "  NOT MET"}`);
}

/** How many times as long the first takes as the second. */
function ratio(what, first, second, wanted, met) {
  const value = median(first.times.map((time, round) => time / second.times[round]));
  const fastest = Math.min(...first.times) / Math.min(...second.times);
  verdict(what, value.toFixed(2), fastest.toFixed(2), wanted, met?.(value));
}

function agree(results, most) {
  for (const { name, periods } of results) {
    const far = periods.some((period, at) => Math.abs(period - results[0].periods[at]) > most);
    if (far) throw new Error(`${name} answers ${periods.join(", ")}, but ${results[0].name} ${results[0].periods.join(", ")}`);
  }
}

console.log(`${cpus()[0].model}, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}; Node ${process.versions.node}`);

// ------------------------------------------------------------------------------------------------ the trial loop
{
  const trials = 100_000;
  const bootstrap = days("bootstrap", trials);
  const calibrated = days("calibrated", trials);
  const results = await race(21, 3, [
    { name: "plain JavaScript, every item", run: () => here(everyItem, bootstrap) },
    { name: "plain JavaScript, only the total", run: () => here(totalOnly, bootstrap) },
    wasm("Landfall, wasm: forecast(), every item", bootstrap),
    asNative("Landfall, native", bootstrap),
    { name: "floor, native: draws, looks up, no answer", run: () => native("floor", bootstrap) },
    wasm("Landfall, wasm, calibrated model", calibrated),
    asNative("Landfall, native, calibrated model", calibrated),
  ]);
  const [plain, total, inWasm, inNative, floor, calibratedWasm, calibratedNative] = results;
  agree([inWasm, plain, total], 1);
  agree([inWasm, inNative], 0);
  agree([calibratedWasm, calibratedNative], 0);
  table("35 items, 31 days of history, 100,000 trials; bootstrap unless said otherwise", results);
  ratio("plain JavaScript / wasm, both every item", plain, inWasm, "≥ 4", (r) => r >= 4);
  ratio("plain JavaScript, only the total / wasm, every item", total, inWasm);
  ratio("wasm / native", inWasm, inNative, "≤ 1.4", (r) => r <= 1.4);
  ratio("native / floor", inNative, floor, "≤ 3", (r) => r <= 3);
  ratio("wasm / native, calibrated", calibratedWasm, calibratedNative, "≤ 1.4", (r) => r <= 1.4);
  ratio("calibrated / bootstrap, wasm", calibratedWasm, inWasm);
}

// ------------------------------------------------------------------------------------------------ the full model
{
  const bootstrap = everything("bootstrap", 1000, 10_000);
  const calibrated = everything("calibrated", 1000, 10_000);
  const results = await race(11, 1, [
    wasm("wasm, bootstrap", bootstrap),
    asNative("native, bootstrap", bootstrap),
    wasm("wasm, calibrated", calibrated),
    asNative("native, calibrated", calibrated),
  ]);
  agree(results.slice(0, 2), 0);
  agree(results.slice(2), 0);
  table("1,000 items with ranges, needs, growth, split, risks, two teams; 10,000 trials", results);
  const seconds = (time) => `${(time / 1000).toFixed(2)} s`;
  for (const { name, times } of [results[0], results[2]]) {
    verdict(name, seconds(median(times)), seconds(Math.min(...times)), "≤ 1 s", median(times) <= 1000);
  }
  ratio("wasm / native, bootstrap", results[0], results[1]);
  ratio("wasm / native, calibrated", results[2], results[3]);
}

// ------------------------------------------------------------------------------------------------ growing plans
{
  const sizes = [100, 1000, 10_000];
  const trials = 10_000;
  const models = ["bootstrap", "calibrated"];
  const results = await race(3, 1, models.flatMap((model) => sizes.map((items) =>
    wasm(`wasm, ${model}, ${items.toLocaleString("en")} items`, everything(model, items, trials, 1000)))));
  table("the same with more items, and so much more time until all is done; 10,000 trials", results);
  for (const [nth, model] of models.entries()) {
    const [few, , many] = results.slice(nth * sizes.length);
    const exponent = (times) => Math.log(times(many) / times(few)) / Math.log(sizes[2] / sizes[0]);
    const typical = exponent(({ times }) => median(times));
    const fastest = exponent(({ times }) => Math.min(...times));
    verdict(`exponent from 100 to 10,000 items, ${model}`, typical.toFixed(2), fastest.toFixed(2), "≤ 1.1", typical <= 1.1);
  }
}

// ------------------------------------------------------------------------------------------------ the order
{
  const sizes = [100, 1000, 10_000];
  const ranked = (request) => {
    const start = performance.now();
    rank(request);
    return { milliseconds: performance.now() - start, periods: [] };
  };
  const results = await race(7, 1, sizes.map((items) => {
    const request = backlog(items);
    return { name: `wasm, ${items.toLocaleString("en")} items`, run: () => ranked(request) };
  }));
  table("the best order found: rank() with dependencies, half of the items needing one or two others", results);
  const [few, , many] = results;
  verdict("10,000 items", `${Math.round(median(many.times))} ms`, `${Math.round(Math.min(...many.times))} ms`, "≤ 200 ms", median(many.times) <= 200);
  const exponent = (of) => Math.log(of(many.times) / of(few.times)) / Math.log(100);
  verdict("exponent from 100 to 10,000 items", exponent(median).toFixed(2), exponent((times) => Math.min(...times)).toFixed(2));
}
child.stdin.end();
