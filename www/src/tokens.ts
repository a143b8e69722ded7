import { type CSSResult, unsafeCSS } from "lit";

// Every colour there is, light and dark. Text colours keep 4.5 : 1 on every ground they stand on.
const colours: Record<string, [light: string, dark: string]> = {
  bg: ["#fbfbfa", "#111416"],
  panel: ["#ffffff", "#171b1e"],
  raised: ["#ffffff", "#1d2226"],
  ink: ["#1c2024", "#e7eaec"],
  muted: ["#5f6672", "#9aa4ad"],
  faint: ["#666d78", "#838e97"],
  ghost: ["#a3aab4", "#59636c"],
  line: ["#e8e8e5", "#262c31"],
  edge: ["#d7d8d4", "#353d44"],
  field: ["#868d97", "#6f7a83"],
  hover: ["#f3f4f2", "#1d2226"],
  accent: ["#0f766e", "#2dd4bf"],
  "accent-ink": ["#ffffff", "#0d1f1d"],
  "accent-text": ["#0b5c55", "#2dd4bf"],
  "accent-soft": ["#0f766e1a", "#2dd4bf22"],
  "sea-1": ["#0f766e", "#2dd4bf"],
  "sea-2": ["#0f766e80", "#2dd4bf88"],
  "sea-3": ["#0f766e33", "#2dd4bf38"],
  warn: ["#9a4a06", "#f59e0b"],
  "warn-soft": ["#b4530914", "#f59e0b1f"],
  bad: ["#b91c1c", "#f87171"],
  "bad-soft": ["#b91c1c12", "#f871711f"],
  good: ["#166534", "#4ade80"],
  sel: ["#0f766e12", "#2dd4bf14"],
  shade: ["#1c202414", "#00000066"],
  veil: ["#1c202452", "#000000a3"],
  // Objectives, in the order in which they stand in the plan.
  "o-0": ["#0f766e", "#2dd4bf"],
  "o-1": ["#7c3aed", "#a78bfa"],
  "o-2": ["#b91c1c", "#f87171"],
  "o-3": ["#1d4ed8", "#60a5fa"],
  "o-4": ["#b45309", "#f59e0b"],
  "o-5": ["#be185d", "#f472b6"],
  "o-6": ["#4d7c0f", "#a3e635"],
  "o-7": ["#0369a1", "#38bdf8"],
};

/** The colours of an objective by its place in the plan. */
export const objectiveColour = (place: number): string => `var(--o-${((place % 8) + 8) % 8})`;

const declare = (pick: (pair: [string, string]) => string): string =>
  Object.entries(colours).map(([name, pair]) => `--${name}:${pick(pair)}`).join(";");
const light = declare(([value]) => value);
const dark = declare(([, value]) => value);
const both = declare(([a, b]) => `light-dark(${a},${b})`);

/**
 * The colours as custom properties of the host. `auto` takes the scheme of the page around, so that a wiki that knows no
 * dark mode gets no dark island. Browsers without light-dark() follow the system instead.
 */
export const tokens: CSSResult = unsafeCSS(`
:host([theme=light]){color-scheme:light}:host([theme=dark]){color-scheme:dark}
:host{${light}}:host([theme=dark]){${dark}}
@media (prefers-color-scheme:dark){:host([theme=auto]){${dark}}}
@supports (color:light-dark(#000,#fff)){:host,:host([theme]){${both}}}
`);
