// What is measured.
import { readFileSync } from "node:fs";

const golden = (name) => JSON.parse(readFileSync(new URL("../data/goldens.json", import.meta.url), "utf8"))[name];

/** 35 items of one size, and 31 days of a real team. */
export function days(model, trials) {
  const work = Array.from({ length: 35 }, (_, item) => ({ id: `LF-${item + 1}`, size: 1 }));
  return { history: golden("bootstrap_when").history, work, model, trials };
}

/** Two teams, half of all sizes as ranges, every fourth item in need of an earlier one of either team, and all else that the model knows. */
export function everything(model, items, trials, horizon) {
  const work = [];
  for (let item = 0; item < items; item++) {
    // Any numbers will do, as long as they are always the same.
    const luck = (Math.imul(item + 1, 0x9e3779b1) ^ Math.imul(item + 1, 0x85ebca77) >>> 13) >>> 0;
    const low = 1 + (luck % 4);
    const size = item % 2 ? low + 2 : luck % 3 ? { low, likely: low + 1, high: low + 7 } : { low, high: low + 5 };
    const entry = { id: `LF-${item + 1}`, size, team: luck & 64 ? "red" : "blue" };
    if (item % 4 === 3) entry.needs = [`LF-${item - Math.min(item - 1, (luck >>> 8) % 20)}`];
    if (item % 50 === 49) entry.notBefore = 3;
    work.push(entry);
  }
  return {
    history: { red: [34, 41, 28, 50, 37, 45, 31, 22, 39, 44], blue: [25, 52, 40, 33, 61, 38, 47, 29] },
    work,
    growth: { low: 0, likely: 1, high: 4, urgent: 0.25 },
    split: { low: 1, high: 1.2 },
    risks: [
      { probability: 0.3, impact: { low: 5, likely: 10, high: 30 } },
      { probability: 0.5, impact: { low: 2, high: 8 }, item: "LF-7" },
    ],
    capacity: { red: [0.5, 1, 1, 0.8] },
    horizon,
    model,
    trials,
  };
}

/** A backlog to be ordered: every other item needs one or two of those before it. */
export function backlog(items) {
  const luck = (item, salt) => (Math.imul(item + salt, 0x9e3779b1) ^ (Math.imul(item + salt, 0x85ebca77) >>> 13)) >>> 0;
  const earlier = (item, salt) => `LF-${1 + (luck(item, salt) % item)}`;
  return {
    method: "value-effort",
    items: Array.from({ length: items }, (_, item) => ({
      id: `LF-${item + 1}`, value: luck(item, 1) % 100, effort: 1 + (luck(item, 2) % 13),
      needs: item % 2 ? [...new Set([earlier(item, 3), earlier(item, 4)])] : [],
    })),
  };
}
