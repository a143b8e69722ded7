import type { Command, Planner } from "../../pkg/landfall";

/** What a view needs to change the plan. */
export interface Sender {
  planner: Planner;
  today: string;
}

/** Why a command does not fit, and where in it. */
export interface Misfit {
  why: string;
  /** A JSON pointer into the command: "/assumptions/growth/low". */
  path: string;
}

/** Why the plan would refuse a command; nothing when it would not. Nothing changes. */
export function misfit({ planner, today }: Sender, command: Command): Misfit | undefined {
  try {
    // One trial: what is asked is whether the command applies, not what comes of it.
    planner.summary({ today, trials: 1, assume: [command] });
    return undefined;
  } catch (error) {
    return explained(error);
  }
}

/** The sentence of an error without the place, which the page shows by standing there. */
export function explained(error: unknown): Misfit {
  const { message = String(error), path = "" } = error as { message?: string; path?: string };
  const why = path !== "" && message.startsWith(`${path}: `) ? message.slice(path.length + 2) : message;
  return { why: why.charAt(0).toUpperCase() + why.slice(1), path: path.replace(/^\/assume\/\d+/, "") };
}

/** Hands a command to the element around. */
export function send(from: EventTarget, command: Command): void {
  from.dispatchEvent(new CustomEvent<Command>("landfall-command", { detail: command, bubbles: true, composed: true }));
}
