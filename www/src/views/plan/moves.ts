// Commands for several items.
import type { Command, Row } from "../../../pkg/landfall.js";
import type { Session } from "../../session.ts";
import { count } from "../../text.ts";

/** What is in progress stands first in the list, wherever it stands in the plan, so that it can only be moved among itself. */
export const isGoing = (row: Row): boolean => row.status === "in-progress";

/** The keys of all items in progress. */
export const goingIds = (session: Session): string[] => session.rows({ filter: { status: "in-progress" } }).rows.map((row) => row.id);

/** Puts items before all others of the remaining work. */
export function toTop(session: Session, ids: readonly string[]): Command {
  const moving = new Set(ids);
  const going = new Set(goingIds(session));
  const { rows } = session.rows({ from: 0, count: going.size + ids.length + 1 });
  const commands = [true, false].flatMap((class_): Command[] => {
    const some = ids.filter((id) => going.has(id) === class_);
    const before = rows.find((row) => going.has(row.id) === class_ && !moving.has(row.id))?.id;
    return some.length && before !== undefined ? [{ type: "moveItems", ids: some, before }] : [];
  });
  return commands.length === 1 ? commands[0]! : { type: "batch", label: `move ${count(ids.length, "item")} to the top`, commands };
}

/** Sets the status; what is finished today belongs to today's sprint. */
export function toStatus(session: Session, ids: readonly string[], status: Row["status"]): Command {
  const wanted = new Set(ids);
  const over = status === "done" || status === "declined";
  const has = session.rows({ filter: { show: "all" } }).rows.filter((row) => wanted.has(row.id));
  const part = (dated: boolean): Command[] => {
    const some = has.filter((row) => (row.finished !== undefined) === dated).map((row) => row.id);
    return some.length ? [{ type: "editItems", ids: some, patch: { status, ...(over && !dated ? { finished: session.today } : !over && dated ? { finished: null } : {}) } }] : [];
  };
  // Its time runs from the day on which it began.
  const begun = status === "in-progress" ? ids.filter((id) => session.item(id).item.started == null) : [];
  const starts: Command[] = begun.length ? [{ type: "editItems", ids: begun, patch: { started: session.today } }] : [];
  const commands = [...part(false), ...part(true), ...starts];
  return commands.length === 1 ? commands[0]! : { type: "batch", label: `change the status of ${count(ids.length, "item")}`, commands };
}

/** The one item that a key or title names; says why where there is none. */
export function named(session: Session, text: string, but?: ReadonlySet<string>): string {
  const wanted = text.trim().toLowerCase();
  const found = wanted ? session.rows({ search: wanted, count: 50, filter: { show: "all" } }).rows.filter((row) => !but?.has(row.id)) : [];
  const exact = found.find((row) => [row.id, row.title, `${row.id} ${row.title}`].some((name) => name.toLowerCase() === wanted)) ?? (found.length === 1 ? found[0] : undefined);
  if (!exact) throw new Error(found.length ? `“${text.trim()}” fits ${found.length} items: give the key` : wanted ? `no item is called “${text.trim()}”: give its key, like LF-12` : "give a key or a title");
  return exact.id;
}
