// What parts tell the element around them.
import type { Command, Filter, OrderBy } from "../pkg/landfall.js";
import type { Lens } from "./views/plan/look.ts";

declare global {
  interface HTMLElementEventMap {
    "landfall-command": CustomEvent<Command>;
    "landfall-say": CustomEvent<Said>;
    "landfall-ask": CustomEvent<Ask>;
    "landfall-act": CustomEvent<Act>;
    "landfall-decline": CustomEvent<Declined>;
    "open-item": CustomEvent<string>;
  }
}

/** A sentence for everybody: read aloud, and shown when `show` says so. */
export interface Said {
  text: string;
  show?: boolean;
  /** Whether the change it speaks of can be taken back. */
  undo?: boolean;
  /** Whether it moved the date, and it can be said why. */
  why?: boolean;
}

/** Something that the element does. */
export type Ask =
  | { what: "import" | "choose" | "empty" | "forecast" | "add" }
  | { what: "open"; id: string }
  | { what: "lens"; lens: Lens }
  /** A list in the plan: by search and filter. */
  | { what: "show"; search?: string; filter: Filter }
  /** The order by value or by score, previewed. */
  | { what: "order"; by: OrderBy }
  | ({ what: "decline" } & Declined)
  /** A what-if about items. */
  | { what: "what-if"; ids: string[] }
  /** The plan for others, or a picture of one figure. */
  | { what: "share"; figure?: HTMLElement }
  /** The scenarios beside each other. */
  | { what: "scenarios" };

/** What is said no to. */
export interface Declined {
  items?: string[];
  requests?: string[];
}

/** What is done to items in the panel. */
export interface Act {
  what: "split" | "merge" | "assistant";
  ids: string[];
}

const send = (from: EventTarget, name: string, detail: unknown): boolean =>
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));

/** Says a sentence: aloud, and with `show` in sight as well. */
export const say = (from: EventTarget, text: string, how: Omit<Said, "text"> = {}): boolean => send(from, "landfall-say", { text, ...how });
/** Asks the element to do something. */
export const ask = (from: EventTarget, detail: Ask): boolean => send(from, "landfall-ask", detail);
/** Asks the panel to do something to items. */
export const act = (from: EventTarget, detail: Act): boolean => send(from, "landfall-act", detail);
/** Opens an item in the panel beside. */
export const openItem = (from: EventTarget, id: string): boolean => send(from, "open-item", id);
