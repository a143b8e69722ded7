import { type CSSResultGroup, type TemplateResult, css, html } from "lit";
import { state } from "lit/decorators.js";
import type { ReadyPoint, ReadyRule } from "../../pkg/landfall.js";
import { say } from "../events.ts";
import { icons } from "../icons.ts";
import { Sheet } from "./sheet.ts";

/** What the plan can see itself, as the core words it. */
const rules: Record<ReadyRule, string> = {
  story: "The story says who, what and why", criteria: "It has an acceptance criterion", sized: "It has a size", small: "It fits into half a sprint",
  scored: "It has a score", objective: "It serves an objective", free: "It waits for nothing",
};

/** The definition of ready, and how this team writes stories. */
export class AgreementDialog extends Sheet {
  @state() private points: ReadyPoint[] = [];
  @state() private houseRules = "";

  static override styles: CSSResultGroup = [Sheet.styles, css`
    li { display: grid; grid-template-columns: minmax(0, 1fr) 92px auto; gap: 8px; align-items: center; min-height: 34px; } li > small { font-size: 12px; color: var(--muted); } .up svg { transform: rotate(180deg); } .moves { display: flex; } ol { margin-top: 6px; } @media (max-width: 600px) { li { grid-template-columns: minmax(0, 1fr) auto; gap: 0 8px; margin-bottom: 6px; } li > small { grid-row: 2; } }
    .body select { width: auto; max-width: 100%; margin-top: 6px; } .house { height: 76px; }
  `];

  protected override begin(): void {
    const { ready = [], houseRules = "" } = this.session.summary.agreement;
    this.points = ready;
    this.houseRules = houseRules;
  }

  #move(k: number, to: number): void {
    const point = this.points[k];
    if (!point || to < 0 || to >= this.points.length) return;
    this.points = this.points.filter((_, i) => i !== k).toSpliced(to, 0, point);
    this.reach(`[data-point="${to}"] input`);
    say(this, `Point ${to + 1} of ${this.points.length}`);
  }

  protected override confirm(): void {
    const ready = this.points.map((point) => ({ ...point, text: point.text.trim() }));
    if (this.run({ type: "setAgreement", agreement: { ready, houseRules: this.houseRules.trim() } })) say(this, "The definition of ready is changed", { show: true, undo: true });
    else this.reach("[aria-invalid=true]");
  }

  override render(): TemplateResult {
    const { points } = this;
    const free = (Object.entries(rules) as [ReadyRule, string][]).filter(([rule]) => !points.some((point) => point.rule === rule));
    return this.frame("Definition of ready", html`
      <div><p class="note">An item is ready when every point holds. What the plan sees, it looks at itself; the rest somebody ticks, item by item.</p>
      <ol>${points.map((point, k) => html`<li data-point=${k} @keydown=${(event: KeyboardEvent) => {
        const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
        if (by) { event.preventDefault(); this.#move(k, k + by); }
      }}><input aria-label="Point ${k + 1}" autocomplete="off" .value=${point.text} aria-invalid=${this.wrong?.path.includes(`/ready/${k}/`) ? "true" : "false"} @input=${(event: Event) => { this.points = points.map((one, i) => (i === k ? { ...one, text: (event.target as HTMLInputElement).value } : one)); }}>
        <small>${point.rule ? "seen by the plan" : "ticked by hand"}</small>
        <span class="moves"><button class="icon up" aria-label="Move point ${k + 1} up" title="Up (Alt ↑)" ?disabled=${k === 0} @click=${() => this.#move(k, k - 1)}>${icons.down(14)}</button><button class="icon" aria-label="Move point ${k + 1} down" title="Down (Alt ↓)" ?disabled=${k === points.length - 1} @click=${() => this.#move(k, k + 1)}>${icons.down(14)}</button><button class="icon" aria-label="Remove point ${k + 1}" title="Remove" @click=${() => { this.points = points.filter((_, i) => i !== k); this.reach("select"); }}>${icons.close(12)}</button></span></li>`)}</ol>
      <select aria-label="Add a point" @change=${(event: Event) => {
        const select = event.target as HTMLSelectElement;
        const rule = select.value as ReadyRule | "own";
        select.value = "";
        this.points = [...points, rule === "own" ? { text: "" } : { text: rules[rule], rule }];
        this.reach(`[data-point="${points.length}"] input`);
      }}><option value="">Add a point…</option>${free.map(([rule, text]) => html`<option value=${rule}>${text}</option>`)}<option value="own">Another one, ticked by hand</option></select></div>
      <label><h3>House rules for stories</h3><textarea class="house" placeholder="How this team writes stories: goes into the prompt for an assistant" .value=${this.houseRules} @input=${(event: Event) => { this.houseRules = (event.target as HTMLTextAreaElement).value; }}></textarea></label>`, this.buttons("Save"));
  }
}

if (!customElements.get("landfall-agreement")) customElements.define("landfall-agreement", AgreementDialog);
