// What makes an item less than ready, said under the part it is about while that part is written.
import { type ReactiveController, type ReactiveControllerHost, type TemplateResult, html, nothing } from "lit";
import type { Finding, ItemDetail, ItemPatch } from "../../pkg/landfall.js";
import { icons } from "../icons.ts";
import type { Session } from "../session.ts";
import { capital } from "../text.ts";

/** How long nobody types before it is looked what is found, in milliseconds. */
const PAUSE = 150;
/** How long nobody types before it is said what is missing: a story half written is no fault. */
const REST = 800;

/** What was put out of sight, for as long as the plan is open. */
const hidden = new WeakMap<Session, Set<string>>();

/** The field that a finding is about. */
export function fieldOf({ where }: Finding): string {
  const [, part, inner] = where.split("/");
  if (part === "story") return `story-${inner ?? "iWant"}`;
  return inner === undefined ? part! : part === "criteria" ? `criterion-${inner}` : `${part}-${inner}`;
}

/** The findings of the item in a panel. */
export class Findings implements ReactiveController {
  #host: ReactiveControllerHost & { session: Session; item: string };
  #of = "";
  #all: Finding[] = [];
  #out = 0;
  // While a field is written: what would be, and what is found then.
  #patch: ItemPatch | undefined;
  #typed: Finding[] | undefined;
  #writing = false;
  // Fields of which it may be said that they are empty.
  #due = new Set<string>();
  #pause: ReturnType<typeof setTimeout> | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost & { session: Session; item: string }) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#pause);
    clearTimeout(this.#rest);
  }

  /** Takes in the item as it is drawn. */
  of({ item, findings }: ItemDetail): void {
    if (this.#of !== item.id) {
      this.#of = item.id!;
      this.#due.clear();
      this.#end();
    }
    const { asA, iWant, soThat } = { ...item.story, ...this.#patch?.story };
    if (!this.#writing && (asA || iWant || soThat)) for (const part of ["asA", "iWant", "soThat"]) this.#due.add(`story-${part}`);
    const now = this.#typed ?? findings;
    this.#all = now.filter((finding) => !this.#hidden.has(this.#key(finding)));
    this.#out = now.length - this.#all.length;
  }

  /** Looks what would be found if `make` were taken. */
  look(make: () => object): void {
    this.hostDisconnected();
    this.#writing = true;
    this.#pause = setTimeout(() => {
      try {
        const patch = make();
        if ("command" in patch) return;
        const { session, item: id } = this.#host;
        this.#patch = patch;
        this.#typed = session.planner.findings({ id, patch, today: session.today });
      } catch {
        // What cannot be read is said when the field is left.
        return;
      }
      this.#host.requestUpdate();
    }, PAUSE);
    this.#rest = setTimeout(() => {
      this.#writing = false;
      this.#host.requestUpdate();
    }, REST);
  }

  /** A field has been left; whether something had been written into it. */
  left(field: string): boolean {
    const written = this.#pause !== undefined;
    clearTimeout(this.#pause);
    this.#pause = this.#patch = this.#typed = undefined;
    this.#due.add(field);
    this.#host.requestUpdate();
    return written;
  }

  /** What is to be said of a field now. */
  at(field: string): Finding[] {
    return this.#all.filter((finding) => fieldOf(finding) === field && (!finding.rule.endsWith("-missing") || this.#due.has(field)));
  }

  /** The first of all, shown from now on. */
  first(): string | undefined {
    const field = this.#all[0] && fieldOf(this.#all[0]);
    if (field) this.#due.add(field);
    return field;
  }

  /** For `aria-describedby`: the line of a field. */
  described(field: string): string | undefined {
    return this.at(field).length ? `found-${field}` : undefined;
  }

  /** The line under a field. */
  line(field: string): TemplateResult | typeof nothing {
    const found = this.at(field);
    return found.length ? html`<div class="found" id="found-${field}">${found.map((finding) => html`<p title=${`${capital(finding.fix)}.`}>${icons.warn(12)}<span>${capital(finding.message)}. <span class="fix">${capital(finding.fix)}.</span></span><button class="quiet" aria-label="Hide this finding" title="Hide for now" @click=${() => this.#hide(finding)}>${icons.close(10)}</button></p>`)}</div>` : nothing;
  }

  /** How many there are, to jump to. */
  summary(jump: () => void): TemplateResult | typeof nothing {
    const there = this.#all.length;
    return html`${there ? html`<button class="link mend" title="Go to the first" @click=${jump}>${there} to mend</button>` : nothing}
      ${this.#out ? html`<button class="link mend" title="Show what was hidden" @click=${() => this.#show()}>${this.#out} hidden</button>` : nothing}`;
  }

  get #hidden(): Set<string> {
    const { session } = this.#host;
    if (!hidden.has(session)) hidden.set(session, new Set());
    return hidden.get(session)!;
  }

  #key({ rule, where }: Finding): string {
    return `${this.#of} ${rule} ${where}`;
  }

  #hide(finding: Finding): void {
    this.#hidden.add(this.#key(finding));
    this.#host.requestUpdate();
  }

  #show(): void {
    for (const key of this.#hidden) if (key.startsWith(`${this.#of} `)) this.#hidden.delete(key);
    this.#host.requestUpdate();
  }

  #end(): void {
    this.hostDisconnected();
    this.#pause = this.#patch = this.#typed = undefined;
    this.#writing = false;
  }
}
