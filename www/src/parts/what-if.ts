import { css, html, nothing } from "lit";
import { state } from "lit/decorators.js";
import type { Command } from "../../pkg/landfall.js";
import { define } from "../charts/chart.ts";
import { say } from "../events.ts";
import { count, readUncertain, spoken } from "../text.ts";
import { named, toTop } from "../views/plan/moves.ts";
import { Sheet } from "./sheet.ts";

type Gesture = "first" | "without" | "slice" | "late" | "fewer" | "free";

const gestures: [Gesture, string][] = [
  ["first", "It comes first"], ["without", "Without it"], ["slice", "Only a first slice of it"], ["late", "It cannot begin before a day"],
  ["fewer", "Fewer people, from a day on"], ["free", "Something else: I change the plan myself"],
];

/** Begins a scenario in one gesture, or adds to the one that is shown. */
export class WhatIfDialog extends Sheet {
  static override styles = [Sheet.styles, css`
    fieldset { border: 0; margin: 0; padding: 0; } fieldset label { display: flex; gap: 9px; align-items: center; min-height: 28px; width: fit-content; cursor: pointer; }
    .fields { display: flex; flex-wrap: wrap; gap: 8px; } .fields label { flex: 1 1 140px; font-size: 12px; line-height: 17px; color: var(--muted); } .fields label.wide { flex-basis: 100%; } .fields input { color: var(--ink); margin-top: 2px; }
  `];

  @state() private gesture: Gesture = "first";
  #ids: string[] = [];

  protected begin(ids: string[]): void {
    this.#ids = ids;
    if (!ids.length && this.gesture !== "fewer") this.gesture = "first";
  }

  #value(name: string): string {
    return this.renderRoot.querySelector<HTMLInputElement>(`[name=${name}]`)?.value.trim() ?? "";
  }

  #day(name: string): string {
    const day = this.#value(name);
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new Error("give a day");
    return day;
  }

  // The items that are meant: those it was opened for, else the one that is named.
  #subject(): string[] {
    return this.#ids.length ? this.#ids : [named(this.session, this.#value("item"))];
  }

  #made(): { commands: Command[]; name: string } {
    const { session } = this;
    const title = (ids: string[]): string => (ids.length === 1 ? session.item(ids[0]!).item.title : count(ids.length, "item"));
    if (this.gesture === "free") return { commands: [], name: "What if" };
    if (this.gesture === "fewer") {
      const people = Number(this.#value("people").replace(",", ".")) || 1;
      const from = this.#day("from");
      const team = session.summary.teams[0]!.team;
      const all = team.people ?? Number(this.#value("all").replace(",", "."));
      if (!all) throw new Error("say how many people the team has now");
      const change = { from, people: -people };
      return { commands: [{ type: "setTeam", team: { ...team, people: all, changes: [...(team.changes ?? []), change] } }], name: `${count(people, "person fewer", "people fewer")} from ${spoken(from, session.today)}` };
    }
    const ids = this.#subject();
    switch (this.gesture) {
      case "first": return { commands: [toTop(session, ids)], name: `${title(ids)} first` };
      case "without": return { commands: [{ type: "decline", items: ids, why: `left out: without ${title(ids)}` }], name: `Without ${title(ids)}` };
      case "late": {
        const notBefore = this.#day("day");
        return { commands: [{ type: "editItems", ids, patch: { notBefore } }], name: `${title(ids)} not before ${spoken(notBefore, session.today)}` };
      }
      default: {
        const [id] = ids;
        const { item } = session.item(id!);
        const size = readUncertain(this.#value("size"), "size");
        const slice = this.#value("slice");
        if (!slice) throw new Error("say what the first slice is");
        if (size === null) throw new Error("say how large the first slice is");
        const [whole, part] = [item.size, size].map((one) => (one == null ? undefined : typeof one === "number" ? one : (one.low + one.high) / 2));
        const left = whole !== undefined && part !== undefined && whole > part ? whole - part : undefined;
        // As the core would number it: the next command names it.
        const numbers = session.rows({ filter: { show: "all" } }).rows.map((row) => Number(/^LF-(\d+)$/.exec(row.id)?.[1] ?? 0));
        const rest = `LF-${Math.max(0, ...numbers) + 1}`;
        return {
          commands: [
            { type: "splitItem", id: id!, pieces: [{ title: slice, size }, { id: rest, title: `The rest of ${item.title}`.slice(0, 200), ...(left === undefined ? {} : { size: left }) }] } as Command,
            { type: "moveItem", id: rest },
          ],
          name: `A first slice of ${item.title}`,
        };
      }
    }
  }

  protected confirm(): void {
    const { session } = this;
    try {
      const { commands, name } = this.#made();
      const scenario = (this.#value("name") || session.scenario || free(name, session.summary.scenarios.map((one) => one.name))).slice(0, 200);
      if (commands.length === 0 && !session.summary.scenarios.some((one) => one.name === scenario)) session.run({ type: "setScenario", scenario: { name: scenario, commands: [] } });
      if (commands.length) session.run({ type: "assume", scenario, command: commands.length === 1 ? commands[0]! : { type: "batch", label: name, commands } });
      if (session.scenario !== scenario) session.enter(scenario);
      this.shut();
      say(this, `Scenario ${scenario}: the plan itself stays as it is`);
    } catch (error) {
      this.refuse(error);
    }
  }

  override render() {
    const { session, gesture } = this;
    const ids = this.#ids;
    const about = gesture === "fewer" || gesture === "free";
    const field = (label: string, name: string, more: { type?: string; value?: string; wide?: boolean; placeholder?: string; list?: string } = {}) => html`<label class=${more.wide ? "wide" : ""}>${label}<input name=${name} type=${more.type ?? "text"} value=${more.value ?? ""} placeholder=${more.placeholder ?? ""} list=${more.list ?? nothing} autocomplete="off"></label>`;
    const what = ids.length === 1 ? `“${this.#title(ids[0]!)}”` : ids.length ? count(ids.length, "item") : "…";
    const team = session?.summary.teams[0]?.team;
    return this.frame(about ? "What if…" : `What if ${what}`, html`
      <fieldset><legend class="sr">What if</legend>${gestures.filter(([one]) => one !== "slice" || ids.length < 2).map(([one, label]) => html`<label><input type="radio" name="gesture" value=${one} .checked=${one === gesture} @change=${() => { this.gesture = one; this.wrong = undefined; }}>${label}</label>`)}</fieldset>
      <div class="fields">
        ${!about && !ids.length ? html`${field("Key or title of the item", "item", { wide: true, list: "items" })}<datalist id="items">${session?.rows({ count: 200 }).rows.map((row) => html`<option value=${row.id}>${row.title}</option>`)}</datalist>` : nothing}
        ${gesture === "slice" ? html`${field("The first slice is", "slice", { placeholder: "By e-mail alone" })}${field("Its size", "size")}` : nothing}
        ${gesture === "late" ? field("Not before", "day", { type: "date" }) : nothing}
        ${gesture === "fewer" ? html`${field("How many fewer", "people", { value: "1" })}${field("From", "from", { type: "date", value: session.today })}${team?.people ? nothing : field("People in the team now", "all")}` : nothing}
        ${field("Name of the scenario", "name", { wide: true, placeholder: session?.scenario ? `adds to ${session.scenario}` : "made of what it does" })}
      </div>
      <p class="note">The plan stays as it is. You see every date as it would be, and what that costs the others.</p>`, this.buttons(session?.scenario ? "Assume it" : "Show me"));
  }

  #title(id: string): string {
    try {
      return this.session.item(id).item.title;
    } catch {
      return id;
    }
  }
}

/** The name, with a number where it is taken. */
function free(name: string, taken: string[]): string {
  for (let k = 1; ; k++) {
    const one = k === 1 ? name : `${name} ${k}`;
    if (!taken.includes(one)) return one;
  }
}

define("landfall-what-if", WhatIfDialog);
