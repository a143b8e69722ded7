import { type CSSResultGroup, type TemplateResult, css, html, nothing } from "lit";
import type { Command, InputView, Scoring, Step } from "../../pkg/landfall.js";
import { count, number, percent } from "../text.ts";
import { type Form, Unread } from "./form.ts";
import { inputHint, inputName, isShare } from "./inputs.ts";
import { Small } from "./small.ts";

/** The weights and scales of the plan's scoring method, edited where they are used. */
export class ScoringEditor extends Small {
  static override styles: CSSResultGroup = [Small.styles, css`
    .preview { display: none; }
    ul.entries form { grid-column: 1 / -1; border: 0; margin: 0; }
    .field.name { flex: 3 1 180px; }
    textarea { min-height: 108px; resize: vertical; }
    .help { flex-basis: 100%; color: var(--muted); font-size: 12px; line-height: 17px; }
  `];

  override render(): TemplateResult {
    const { scoring, inputs } = this.summary;
    const weighted = scoring.method === "weighted";
    return html`<p class="about">${weighted ? "A weight says how much a criterion counts against the others. Items keep what they were given for a criterion that is taken out." : "A scale is what is offered while a value is entered; any other value may be given all the same."}</p>
      <ul class="entries">${inputs.map((input) => html`<li>
        <span class="text">${inputName(input.name)}${input.weight === undefined ? nothing : html` × ${number(input.weight)}`}<small>${this.#written(input, " · ") || "any number"}${input.ownScale ? " (your scale)" : ""}</small></span>
        <button type="button" data-add=${input.name} aria-label="Edit ${inputName(input.name)}" aria-expanded=${this.editing === input.name} @click=${() => (this.editing === input.name ? this.shut() : this.open(input.name))}>Edit</button>
        ${this.editing === input.name ? this.#form(input) : nothing}</li>`)}</ul>
      ${weighted ? html`<div class="adds">${this.add("+", "Add a criterion")}</div>${this.editing === "+" ? this.#form() : nothing}` : nothing}
      ${this.closer()}`;
  }

  #share(name: string): boolean {
    return isShare(this.summary.scoring.method, name);
  }

  #written({ name, scale }: InputView, between: string): string {
    return scale.map(({ value, label }) => [this.#share(name) ? percent(value) : number(value), label].filter(Boolean).join(" ")).join(between);
  }

  #form(input?: InputView): TemplateResult {
    const weighted = this.summary.scoring.method === "weighted";
    const text = input ? this.#written(input, "\n") : "";
    return this.form({
      title: input ? inputName(input.name) : "New criterion",
      fields: html`${weighted ? html`<div class="field name">${this.field("Name", "name", input?.name ?? "", { placeholder: "Fits our strategy" })}</div>${this.field("Weight", "weight", String(input?.weight ?? 1), { numeric: true })}` : nothing}
        <div class="field wide"><label for="scale">Scale, a value and what it stands for in each line</label>
          <textarea id="scale" name="scale" aria-describedby="wrong-scale" .value=${text} placeholder=${"5 highest\n3 medium\n1 lowest"} @keydown=${(event: KeyboardEvent) => { if (event.key === "Enter") event.stopPropagation(); }}></textarea>${this.error("scale")}</div>
        <p class="help">${input ? `${inputName(input.name)}: ${inputHint(input.name)}. ` : ""}${input?.ownScale ? html`<button type="button" class="link" @click=${() => { if (this.apply(this.#scoring((one) => { delete one.scales![input.name]; }))) this.shut(); }}>Back to the published scale</button>` : nothing}</p>`,
      read: (form) => this.#read(form, input, text),
      save: input ? "Save" : "Add criterion",
      remove: weighted && input ? this.#scoring(({ weights, scales }) => { delete weights![input.name]; delete scales![input.name]; }) : undefined,
    });
  }

  // The scoring with something changed in a copy of it.
  #scoring(change: (scoring: Scoring) => void): Command {
    const { weights = {}, scales = {}, ...rest } = this.summary.scoring;
    const scoring = { ...rest, weights: { ...weights }, scales: { ...scales } };
    change(scoring);
    return { type: "setScoring", scoring };
  }

  #read(form: Form, input: InputView | undefined, before: string): Command {
    const weighted = this.summary.scoring.method === "weighted";
    const old = input?.name;
    const name = weighted ? form.text("name").replace(/\s+/g, " ") : old!;
    if (!name) throw new Unread("name", "Give the criterion a name");
    if (name !== old && name in (this.summary.scoring.weights ?? {})) throw new Unread("name", `There is a criterion called “${name}” already`);
    const weight = weighted ? form.number("weight", "a weight") : 0;
    const scale = this.#steps(form.text("scale"), name);
    const command = this.#scoring(({ weights, scales }) => {
      if (weighted) {
        if (old !== undefined) delete weights![old];
        weights![name] = weight;
      }
      // A scale that nobody touched stays the published one.
      const own = form.text("scale") === before ? (old === undefined ? undefined : scales![old]) : scale.length ? scale : undefined;
      if (old !== undefined) delete scales![old];
      if (own) scales![name] = own;
    });
    if (old === undefined || name === old) return command;
    // What items were given moves along with the name.
    const items = (this.session!.planner.toJSON().items ?? []).filter((item) => item.inputs && old in item.inputs);
    const taken = items.filter((item) => name in item.inputs!);
    if (taken.length) throw new Unread("name", `${count(taken.length, "item")} ${taken.length === 1 ? "has" : "have"} a value for “${name}” already: choose another name`);
    return { type: "batch", label: `rename ${old} to ${name}`, commands: [command, ...items.map((item): Command => {
      const { [old as string]: value, ...rest } = item.inputs!;
      return { type: "editItem", id: item.id!, patch: { inputs: { ...rest, [name]: value! } } };
    })] };
  }

  #steps(text: string, name: string): Step[] {
    return text.split("\n").map((line) => line.trim()).filter(Boolean).map((line) => {
      const [, digits = "", sign = "", label = ""] = /^(\d+(?:[.,]\d+)?)\s*(%?)\s*[:=–-]?\s*(.*)$/.exec(line) ?? [];
      if (!digits) throw new Unread("scale", `“${line}” begins with no number: write a value and what it stands for, like “3 ${name === "confidence" ? "high" : "massive"}”`);
      const value = Number(digits.replace(",", "."));
      return { value: sign || (this.#share(name) && value > 1) ? value / 100 : value, ...(label ? { label } : {}) };
    });
  }
}

if (!customElements.get("landfall-scoring")) customElements.define("landfall-scoring", ScoringEditor);
