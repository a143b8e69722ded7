// What the plan is looked at through, and which of it.
import type { Counts, Filter, Moscow, SavedView, Show } from "../../../pkg/landfall.js";
import type { Session } from "../../session.ts";
import { statuses } from "../../text.ts";

/** What the plan is looked at through. */
export type Lens = "list" | "scores" | "objectives" | "dependencies" | "requests";

/** The lenses and what they are called. */
export const lenses: [Lens, string][] = [["list", "List"], ["scores", "Scores"], ["objectives", "Objectives"], ["dependencies", "Dependencies"], ["requests", "Requests"]];

/** Lens, search and filter: kept while the page lives. */
export interface Look {
  lens: Lens;
  search: string;
  filter: Filter;
}

/** The list of the remaining work. */
export const freshLook = (): Look => ({ lens: "list", search: "", filter: {} });

/** What the lists are called, and how many items each holds. */
export const shows: [Show, string, (counts: Counts) => number][] = [
  ["work", "Work", (n) => n.work], ["ready", "Ready", (n) => n.ready], ["unsized", "Unsized", (n) => n.withoutSize], ["unscored", "Unscored", (n) => n.unscored],
  ["blocked", "Blocked", (n) => n.blocked], ["unserving", "Without objective", (n) => n.unserving], ["epics", "Epics", (n) => n.epics],
  ["done", "Done", (n) => n.done], ["declined", "Declined", (n) => n.declined], ["all", "All", (n) => n.all],
];

/** The MoSCoW classes (Clegg 1994). */
export const classes: Record<Moscow, string> = { must: "Must", should: "Should", could: "Could", wont: "Won’t" };

/** The filter without what does not narrow it. */
export const slim = (filter: Filter): Filter =>
  Object.fromEntries(Object.entries(filter).filter(([key, value]) => value !== undefined && value !== "" && !(key === "show" && value === "work")));

/** Whether two say the same. */
export const alike = (one: Pick<SavedView, "search" | "filter">, other: Pick<SavedView, "search" | "filter">): boolean => {
  const text = ({ search = "", filter = {} }: Pick<SavedView, "search" | "filter">) => JSON.stringify([search.trim(), Object.entries(slim(filter)).sort()]);
  return text(one) === text(other);
};

/** What a filter asks for beside its list, in words. */
export function conditions({ objective, parent, tag, status, moscow, requester, ids }: Filter, session: Session): [key: keyof Filter, label: string][] {
  const all: [keyof Filter, string | undefined][] = [
    ["objective", objective && (session.summary.objectives.find((one) => one.objective.id === objective)?.objective.name ?? objective)],
    ["parent", parent && titled(session, parent)], ["tag", tag && `#${tag}`], ["status", status && statuses[status]], ["moscow", moscow && classes[moscow]], ["requester", requester], ["ids", ids?.length ? `${ids.length} chosen` : ""],
  ];
  return all.filter((one): one is [keyof Filter, string] => Boolean(one[1]));
}

/** The title of an item; its key where it is not in the plan. */
export function titled(session: Session, id: string): string {
  try {
    return session.item(id).item.title;
  } catch {
    return id;
  }
}
