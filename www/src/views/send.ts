import type { Command, Planner } from "../../pkg/landfall";

/** Why a command does not fit, and where in it. */
export interface Misfit {
  why: string;
  /** A JSON pointer into the command: "/assumptions/growth/low". */
  path: string;
}

/** Why the plan would refuse a command; nothing when it would not. Nothing changes. */
export function misfit(planner: Planner, command: Command): Misfit | undefined {
  try {
    planner.check(command);
    return undefined;
  } catch (error) {
    return explained(error);
  }
}

/** The sentence of an error without the place, which the page shows by standing there. */
export function explained(error: unknown): Misfit {
  const { message = String(error), path = "" } = error as { message?: string; path?: string };
  const why = path !== "" && message.startsWith(`${path}: `) ? message.slice(path.length + 2) : message;
  return { why: why.charAt(0).toUpperCase() + why.slice(1), path };
}

/** Hands a command to the element around. */
export function send(from: EventTarget, command: Command): void {
  from.dispatchEvent(new CustomEvent<Command>("landfall-command", { detail: command, bubbles: true, composed: true }));
}
