// What parts tell the element around them.
import type { Command } from "../pkg/landfall.js";

declare global {
  interface HTMLElementEventMap {
    "landfall-command": CustomEvent<Command>;
    "landfall-say": CustomEvent<Said>;
    "landfall-ask": CustomEvent<Ask>;
  }
}

/** A sentence for everybody: read aloud, and shown when `show` says so. */
export interface Said {
  text: string;
  show?: boolean;
  /** Whether the change it speaks of can be taken back. */
  undo?: boolean;
}

/** Something that the element does. */
export type Ask = { what: "import" } | { what: "choose" } | { what: "empty" } | { what: "open"; id: string } | { what: "forecast" };

const send = (from: EventTarget, name: string, detail: unknown): boolean =>
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));

/** Says a sentence: aloud, and with `show` in sight as well. */
export const say = (from: EventTarget, text: string, how: Omit<Said, "text"> = {}): boolean => send(from, "landfall-say", { text, ...how });
/** Asks the element to do something. */
export const ask = (from: EventTarget, detail: Ask): boolean => send(from, "landfall-ask", detail);
