import { type CSSResultGroup, type TemplateResult, css, html, nothing } from "lit";
import { query, state } from "lit/decorators.js";
import type { Command, Item, ReadStory, Story } from "../../pkg/landfall.js";
import { core } from "../core.ts";
import { copy } from "../dom.ts";
import { say } from "../events.ts";
import { capital, count, reason } from "../text.ts";
import { Sheet } from "./sheet.ts";

/** A story of the answer, and what is to be mended in it. */
interface Card {
  story: ReadStory;
  as: Story;
  found: string[];
  taken: boolean;
}

const determined = /^(the|an?|my|our|your|their|its|all|each|every|any|some|no|more|less|fewer|people|everybody|nobody)\b/i;

/** A story as it stands in an item: "a buyer", "to pay by card"; what was read comes without article and "to". */
function storyOf({ asA, iWant, soThat = "" }: ReadStory): Story {
  const article = asA && !determined.test(asA) ? (/^(?!uni|use|eu|one)[aeiou]/i.test(asA) ? "an " : "a ") : "";
  return { asA: `${article}${asA ?? ""}`, iWant: iWant && !determined.test(iWant) ? `to ${iWant}` : iWant ?? "", soThat };
}

/** A prompt to copy, and the way back: stories read from the answer, previewed, and taken in as one change. */
export class AssistantDialog extends Sheet {
  @state() private several = false;
  @state() private answer = "";
  @state() private cards: Card[] = [];
  @state() private titled = false;
  @state() private copied = "";
  @query(".prompt") private prompt!: HTMLTextAreaElement;

  static override styles: CSSResultGroup = [Sheet.styles, css`
    .prompt { height: 108px; font: 11px/16px ui-monospace, monospace; background: var(--hover); } .answer { height: 84px; }
    h3 { display: flex; gap: 8px; align-items: baseline; } .row { flex-wrap: wrap; margin-top: 6px; }
    .cards { display: grid; gap: 0; } .cards li { border-top: 1px solid var(--line); padding: 7px 0; display: grid; grid-template-columns: 15px minmax(0, 1fr); gap: 0 10px; } .cards input { margin-top: 3px; }
    .cards label { font-weight: 550; overflow-wrap: anywhere; display: block; cursor: pointer; } .cards p, .cards ul { grid-column: 2; overflow-wrap: anywhere; } .cards ul ul, .cards li ul { list-style: disc; padding-left: 16px; } .cards li li { display: list-item; border: 0; padding: 0; }
    .cards .note { color: var(--warn); }
  `];

  protected override begin(): void {
    this.several = this.titled = false;
    this.answer = this.copied = "";
    this.cards = [];
  }

  protected override get first(): HTMLElement | null {
    return this.renderRoot.querySelector(".copy");
  }

  get #item(): Item {
    return this.session.item(this.item).item;
  }

  #read(text: string): void {
    this.answer = text;
    this.wrong = undefined;
    try {
      const { objective } = this.#item;
      this.cards = text.trim() ? core().readStories(text).map((story) => ({
        story, as: storyOf(story), taken: true,
        found: core().checkStory({ title: story.title, story: storyOf(story), criteria: story.criteria.map((text) => ({ text })), objective: objective ?? "any" }).map(({ message }) => `${capital(message)}.`),
      })) : [];
    } catch (error) {
      this.cards = [];
      this.refuse(error);
    }
  }

  get #taken(): ReadStory[] {
    return this.cards.filter((card) => card.taken).map((card) => card.story);
  }

  #done(command: Command, said: string): void {
    if (this.run(command)) say(this, said, { show: true, undo: true });
  }

  // The story of the answer; its criteria join those that stand there.
  #into(): void {
    const [story] = this.#taken;
    const { criteria = [] } = this.#item;
    const added = story!.criteria.filter((text) => !criteria.some((one) => one.text === text));
    this.#done({ type: "editItem", id: this.item, patch: { ...(this.titled ? { title: story!.title } : {}), story: storyOf(story!), criteria: [...criteria, ...added.map((text) => ({ text }))] } }, `Story put into ${this.item}`);
  }

  #behind(): void {
    const { type, objective, parent, tags } = this.#item;
    const { rows } = this.session.rows({ filter: { show: "all" } });
    const before = rows[rows.findIndex((row) => row.id === this.item) + 1]?.id;
    // What an epic is cut into are its parts.
    const above = type === "epic" ? this.item : parent;
    const commands = this.#taken.map((story): Command => ({ type: "addItem", item: { ...this.#piece(story), ...(objective ? { objective } : {}), ...(above ? { parent: above } : {}), ...(tags ? { tags } : {}) }, ...(before ? { before } : {}) }));
    const said = count(commands.length, "story", "stories");
    this.#done({ type: "batch", label: `add ${said}`, commands }, `Added ${said} behind ${this.item}`);
  }

  #split(): void {
    const pieces = this.#taken.map((story) => this.#piece(story));
    this.#done({ type: "splitItem", id: this.item, pieces }, `Split ${this.item} into ${pieces.length}`);
  }

  #piece(story: ReadStory): Item {
    return { title: story.title, story: storyOf(story), criteria: story.criteria.map((text) => ({ text })) };
  }

  protected override confirm(): void {
    const { length } = this.#taken;
    if (length === 1) this.#into();
    else if (length) this.#behind();
  }

  override render(): TemplateResult {
    if (!this.item) return this.frame("", nothing, nothing);
    let prompt = "";
    try {
      prompt = this.session.planner.prompt(this.item, this.several);
    } catch (error) {
      prompt = reason(error);
    }
    const { length } = this.#taken;
    return this.frame(`Draft ${this.item} with an assistant`, html`
      <div><h3>1. Copy the prompt</h3><textarea class="prompt" readonly aria-label="The prompt" spellcheck="false" .value=${prompt} @focus=${() => this.prompt.select()}></textarea>
        <div class="row"><button class="line copy" @click=${async () => {
          this.copied = (await copy(prompt)) ? "Copied" : "This page may not use the clipboard: the text is selected, copy it with the keyboard";
          if (this.copied !== "Copied") this.prompt.focus();
        }}>Copy</button><label><input type="checkbox" .checked=${this.several} @change=${(event: Event) => { this.several = (event.target as HTMLInputElement).checked; this.copied = ""; }}>Ask for several stories</label><span class="note" role="status">${this.copied || "Nothing is sent from here: you carry it to the assistant of your choice."}</span></div></div>
      <div><h3>2. Paste the answer</h3><textarea class="answer" aria-label="The answer" placeholder="Stories as lists, tables, Markdown or Gherkin" .value=${this.answer} @input=${(event: Event) => this.#read((event.target as HTMLTextAreaElement).value)}></textarea>
        <p class="note" role="status">${!this.answer.trim() || this.wrong ? "" : this.cards.length ? `${count(this.cards.length, "story", "stories")} read, ${length} ticked` : "No story found in it: one reads like “As a buyer, I want …, so that …”"}</p>
        <ul class="cards">${this.cards.map((card, k) => html`<li><input type="checkbox" id="card-${k}" .checked=${card.taken} @change=${() => { this.cards = this.cards.map((one, i) => (i === k ? { ...one, taken: !one.taken } : one)); }}><label for="card-${k}">${card.story.title}</label>
          <p class="muted">As ${card.as.asA || "…"}, I want ${card.as.iWant || "…"}, so that ${card.as.soThat || "…"}</p>
          ${card.story.criteria.length ? html`<ul>${card.story.criteria.map((text) => html`<li>${text}</li>`)}</ul>` : nothing}
          ${card.found.length ? html`<p class="note" title=${card.found.join("\n")}>${card.found.length} to mend: ${card.found[0]}</p>` : nothing}</li>`)}</ul>
        ${length === 1 ? html`<div class="row"><label><input type="checkbox" .checked=${this.titled} @change=${(event: Event) => { this.titled = (event.target as HTMLInputElement).checked; }}>Take its title too</label></div>` : nothing}</div>`, html`
      ${length === 1 ? html`<button class="primary" @click=${() => this.#into()}>Put into this item</button>` : nothing}
      ${length ? html`<button class=${length > 1 ? "primary" : "line"} @click=${() => this.#behind()}>Add ${count(length, "story", "stories")} behind it</button>` : nothing}
      ${length > 1 ? html`<button class="line" @click=${() => this.#split()}>Split this item into them</button>` : nothing}
      <button class="line" @click=${() => this.shut()}>Cancel</button>`);
  }
}

if (!customElements.get("landfall-assistant")) customElements.define("landfall-assistant", AssistantDialog);
