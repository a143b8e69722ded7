import { type SVGTemplateResult, type TemplateResult, css, html, nothing, svg } from "lit";
import { property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { ItemPatch, ObjectiveView, PlanRanking, RankedItem, Uncertain } from "../../pkg/landfall";
import { inputName, mean, scaled } from "../parts/inputs.ts";
import { count, score } from "../text.ts";
import { objectiveColour } from "../tokens.ts";
import { Chart, chartStyles, define, numbers, sentence } from "./chart.ts";
import { type Scale, linear } from "./scale.ts";

interface Dot {
  item: RankedItem;
  takes: number;
  worth: number;
}

interface Drag {
  id: string;
  pointer: number;
  /** Where the pointer took hold, and how far it is from there. */
  x: number;
  y: number;
  dx: number;
  dy: number;
}

/** From this spread on an axis is logarithmic. */
const SPREAD = 12;
/** How far a pointer goes before an axis follows it. */
const SLACK = 5;
const corners = [["Do first", "Plan"], ["Maybe", "Leave"]] as const;

/** Value over effort: a dot for each item with a score, which is dragged to change its inputs. */
export class LandfallQuadrant extends Chart {
  static override styles = [chartStyles, css`
    .dot { cursor: pointer; outline: none; touch-action: none; }
    .dot.movable { cursor: grab; } .held { cursor: grabbing; }
    .dot .ring { fill: none; stroke: none; }
    .dot:focus-visible .ring { stroke: var(--accent); stroke-width: 2; }
    .corner { font-size: 12px; }
    svg text.corner { fill: var(--faint); }
  `];

  @property({ attribute: false }) ranking!: PlanRanking;
  @property({ attribute: false }) objectives: readonly ObjectiveView[] = [];
  /** Whether dots stay where they are. */
  @property({ type: Boolean }) still = false;
  /** Takes new inputs for an item. */
  @property({ attribute: false }) change: (item: RankedItem, patch: ItemPatch) => void = () => {};

  @state() private drag: Drag | undefined;
  @state() private current = "";
  // The axes as they are, which stay while a dot is dragged.
  #axes: { x: Axis; y: Axis } | undefined;

  override render(): TemplateResult | typeof nothing {
    const { ranking, width } = this;
    const dots = ranking.items.flatMap((item): Dot[] => (item.worth != null && item.takes != null && item.worth >= 0 ? [{ item, takes: item.takes, worth: item.worth }] : []));
    const without = this.#without();
    if (dots.length === 0) return html`<p class="sentence">${without || "No item has a score yet: give one its inputs, and it stands here."}</p>`;
    if (width === 0) return nothing;
    const [left, top, right] = [46, 8, width - 8];
    const bottom = Math.round(Math.min(360, Math.max(230, width * 0.72)));
    if (!this.drag || !this.#axes) this.#axes = { x: axis(dots.map((dot) => dot.takes), [left, right]), y: axis(dots.map((dot) => dot.worth), [bottom, top]) };
    const { x, y } = this.#axes;
    const [midTakes, midWorth] = [median(dots.map((dot) => dot.takes)), median(dots.map((dot) => dot.worth))];
    const corner = ({ takes, worth }: Dot): string => corners[worth >= midWorth ? 0 : 1]![takes <= midTakes ? 0 : 1]!;
    const first = dots.filter((dot) => corner(dot) === "Do first").sort((a, b) => (a.item.byScore ?? 0) - (b.item.byScore ?? 0));
    const said = dots.length < 2 ? "One item has a score: a second one makes a picture." : `${count(first.length, "item")} of ${dots.length} with a score ${first.length === 1 ? "is" : "are"} worth at least as much as half of them and ${first.length === 1 ? "takes" : "take"} no longer than half${first[0] ? `; ${first[0].item.title} leads` : ""}.`;
    const at = (dot: Dot): [number, number] => {
      const held = this.drag?.id === dot.item.id ? this.drag : undefined;
      return [clamp(x.scale(dot.takes) + (held?.dx ?? 0), left, right), clamp(y.scale(dot.worth) + (held?.dy ?? 0), top, bottom)];
    };
    // In order: by score, so that Page Down goes from the best on.
    const ordered = dots.toSorted((a, b) => (a.item.byScore ?? 0) - (b.item.byScore ?? 0));
    const current = ordered.some((dot) => dot.item.id === this.current) ? this.current : ordered[0]!.item.id;
    const shown = this.active === undefined ? undefined : ordered[this.active];
    const colour = (item: RankedItem): string => {
      const k = this.objectives.findIndex(({ objective }) => objective.id === item.objective);
      return k < 0 ? "var(--ghost)" : objectiveColour(k);
    };
    const served = this.objectives.map(({ objective }, k) => ({ objective, k })).filter(({ objective }) => dots.some(({ item }) => item.objective === objective.id));
    const [mx, my] = [Math.round(x.scale(midTakes)) + 0.5, Math.round(y.scale(midWorth)) + 0.5];
    return html`<figure>
      <div class="plot">
        <svg width=${width} height=${bottom + 34} role="group" aria-label="Worth over effort. Page up and down go from item to item; arrows change worth and effort; Enter opens." class=${this.drag ? "held" : ""}>
          ${y.ticks.map((value) => svg`<path d="M${left} ${Math.round(y.scale(value)) + 0.5}H${right}" stroke="var(--line)"></path><text x=${left - 6} y=${y.scale(value) + 4} text-anchor="end">${short(value)}</text>`)}
          ${x.ticks.map((value) => svg`<text x=${x.scale(value)} y=${bottom + 16} text-anchor="middle">${short(value)}</text>`)}
          <path d="M${left} ${bottom + 0.5}H${right}" stroke="var(--faint)"></path>
          <path d="M${mx} ${top}V${bottom}M${left} ${my}H${right}" stroke="var(--edge)" stroke-dasharray="3 3"></path>
          ${corners.flatMap((names, row) => names.map((name, side) => svg`<text class="corner halo" x=${side ? right - 4 : left + 6} y=${row ? bottom - 8 : top + 14} text-anchor=${side ? "end" : "start"}>${name}</text>`))}
          <text x=${right} y=${bottom + 31} text-anchor="end">${this.#effortName()} →${x.log ? " (log scale)" : ""}</text>
          <text x="0" y=${bottom + 31}>↑ worth${y.log ? " (log scale)" : ""}</text>
          ${repeat(ordered, (dot) => dot.item.id, (dot, k) => this.#dot(dot, k, at(dot), colour(dot.item), dot.item.id === current, ordered))}
          ${ordered.filter(({ item }) => (item.byScore ?? 99) <= 3).map((dot) => {
            const [x, y] = at(dot);
            return svg`<text class="halo" x=${x > right - 60 ? x - 9 : x + 9} y=${y + 4} text-anchor=${x > right - 60 ? "end" : "start"} aria-hidden="true" pointer-events="none">${dot.item.id}</text>`;
          })}
        </svg>
        ${shown ? this.tip(at(shown)[0], this.#figures(shown, corner(shown))) : nothing}
        <ul class="legend" aria-hidden="true">${served.map(({ objective, k }) => legend(objectiveColour(k), objective.name))}${served.length && dots.some(({ item }) => colour(item) === "var(--ghost)") ? legend("var(--ghost)", "no objective") : nothing}</ul>
      </div>
      <figcaption class="sentence">${said} ${without}</figcaption>
      ${numbers("Worth and effort of each item", ["Item", "Worth", inputName(this.ranking.effortInput), "Corner"], ordered.map((dot) => [dot.item.title, score(dot.worth), score(dot.takes), corner(dot)]))}
    </figure>`;
  }

  #effortName(): string {
    return inputName(this.ranking.effortInput).toLowerCase();
  }

  // How many items have no score, and what is missing.
  #without(): string {
    const missing = new Map<string, number>();
    let lacking = 0;
    for (const item of this.ranking.items) {
      if (item.score != null && item.takes != null) continue;
      lacking++;
      for (const name of item.missing.length ? item.missing : [this.ranking.effortInput]) missing.set(name, (missing.get(name) ?? 0) + 1);
    }
    return lacking ? sentence(`${count(lacking, "item")} ${lacking === 1 ? "is" : "are"} not here, for want of figures: ${[...missing].map(([name, n]) => `${inputName(name).toLowerCase()} for ${n}`).join(", ")}`) : "";
  }

  #figures(dot: Dot, corner: string): TemplateResult {
    const moved = this.#moved(dot);
    const figure = (name: string, before: number, after: Uncertain | undefined) => html`<dt>${name}</dt><dd>${score(before)}${after === undefined ? nothing : html` → ${score(mean(after))}`}</dd>`;
    return html`<b>${dot.item.title}</b><dl>${figure("Worth", dot.worth, undefined)}${figure(inputName(this.ranking.effortInput), dot.takes, moved.effort)}
      ${moved.value === undefined ? nothing : figure(inputName(this.ranking.valueInput!), mean(dot.item.inputs[moved.input]!), moved.value)}
      <dt>Score</dt><dd>${score(dot.item.score ?? 0)}</dd><dt>Corner</dt><dd>${corner}</dd></dl>`;
  }

  // The value and effort where a dot is held over.
  #moved({ item, takes, worth }: Dot): { input: string; value?: Uncertain; effort?: Uncertain } {
    const { drag } = this;
    const axes = this.#axes;
    const input = this.#valueInput(item);
    if (!drag || drag.id !== item.id || !axes) return { input };
    const effort = this.#effort(item);
    return {
      input,
      ...(Math.abs(drag.dx) > SLACK && effort !== undefined ? { effort: scaled(effort, axes.x.back(clamp(axes.x.scale(takes) + drag.dx, ...axes.x.ends)) / takes) } : {}),
      ...(Math.abs(drag.dy) > SLACK && item.inputs[input] !== undefined ? { value: this.#worthInput(item, worth, axes.y.back(clamp(axes.y.scale(worth) + drag.dy, ...axes.y.ends))) } : {}),
    };
  }

  // The input that moves an item's worth; a cost of delay stands in for the others.
  #valueInput(item: RankedItem): string {
    const input = this.ranking.valueInput ?? "";
    return input === "businessValue" && item.inputs["costOfDelay"] !== undefined ? "costOfDelay" : input;
  }

  #effort(item: RankedItem): Uncertain | undefined {
    return item.inputs[this.ranking.effortInput] ?? item.size ?? undefined;
  }

  #worthInput(item: RankedItem, worth: number, wanted: number): Uncertain {
    const input = this.#valueInput(item);
    const value = item.inputs[input]!;
    // One of the terms of a sum takes the whole difference.
    const factor = input === "businessValue" ? Math.max(0, mean(value) + wanted - worth) / (mean(value) || 1) : worth > 0 ? wanted / worth : 1;
    return scaled(value, factor);
  }

  #take(item: RankedItem, moved: { input: string; value?: Uncertain; effort?: Uncertain }): void {
    const { effortInput } = this.ranking;
    const inputs = { ...item.inputs, ...(moved.value === undefined ? {} : { [moved.input]: moved.value }), ...(moved.effort === undefined || effortInput === "size" ? {} : { [effortInput]: moved.effort }) };
    const size = moved.effort !== undefined && effortInput === "size" ? { size: moved.effort } : {};
    if (moved.value !== undefined || moved.effort !== undefined) this.change(item, { inputs, ...size });
  }

  #dot(dot: Dot, k: number, [x, y]: [number, number], colour: string, current: boolean, ordered: readonly Dot[]): SVGTemplateResult {
    const { item, takes, worth } = dot;
    const movable = !this.still && (this.#effort(item) !== undefined || item.inputs[this.#valueInput(item)] !== undefined);
    const focus = (): void => { this.active = k; this.current = item.id; };
    const leave = (): void => { if (!this.drag) this.active = undefined; };
    const press = (event: PointerEvent): void => {
      if (event.button !== 0) return;
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
      this.active = k;
      this.drag = { id: item.id, pointer: event.pointerId, x: event.clientX, y: event.clientY, dx: 0, dy: 0 };
    };
    const move = (event: PointerEvent): void => {
      const { drag } = this;
      if (drag?.pointer !== event.pointerId || !movable) return;
      const far = (to: number, from: number, fixed: boolean) => (fixed || Math.abs(to - from) <= SLACK ? 0 : to - from);
      this.drag = { ...drag, dx: far(event.clientX, drag.x, this.#effort(item) === undefined), dy: far(event.clientY, drag.y, item.inputs[this.#valueInput(item)] === undefined) };
    };
    const release = (event: PointerEvent): void => {
      const { drag } = this;
      if (drag?.pointer !== event.pointerId) return;
      const moved = this.#moved(dot);
      this.drag = undefined;
      if (event.type === "pointerup" && drag.dx === 0 && drag.dy === 0) this.#open(item.id);
      else if (event.type === "pointerup") this.#take(item, moved);
    };
    return svg`<g class="dot ${movable ? "movable" : ""}" tabindex=${current ? 0 : -1} data-id=${item.id} transform="translate(${x} ${y})" role="slider" aria-label=${item.title} aria-roledescription="item" aria-readonly=${movable ? "false" : "true"}
      aria-valuenow=${worth} aria-valuetext="worth ${score(worth)}, ${this.#effortName()} ${score(takes)}, score ${score(item.score ?? 0)}"
      @pointerenter=${() => { if (!this.drag) this.active = k; }} @pointerleave=${leave} @pointerdown=${press} @pointermove=${move} @pointerup=${release} @pointercancel=${release}
      @focus=${focus} @blur=${leave} @keydown=${(event: KeyboardEvent) => this.#key(event, dot, k, ordered)}>
      <circle r="12" fill="transparent"></circle><circle class="ring" r="9"></circle><circle r="5.5" fill=${colour} stroke="var(--bg)" stroke-width="1.5"></circle>
    </g>`;
  }

  #key(event: KeyboardEvent, dot: Dot, k: number, ordered: readonly Dot[]): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { item } = dot;
    const to = { PageDown: k + 1, PageUp: k - 1, Home: 0, End: ordered.length - 1 }[event.key];
    const step = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape" && this.drag) this.drag = undefined;
    else if (event.key === "Enter") this.#open(item.id);
    else if (to !== undefined) {
      const next = ordered[clamp(to, 0, ordered.length - 1)]!.item.id;
      this.renderRoot.querySelector<SVGElement>(`[data-id="${CSS.escape(next)}"]`)?.focus();
    } else if (step !== undefined) {
      const upright = event.key === "ArrowUp" || event.key === "ArrowDown";
      const input = this.#valueInput(item);
      const value = upright ? item.inputs[input] : this.#effort(item);
      if (!this.still && value !== undefined) {
        const next = scaled(value, 1 + (step * stepOf(mean(value))) / (mean(value) || 1));
        this.#take(item, { input, ...(upright ? { value: next } : { effort: next }) });
      }
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #open(id: string): void {
    this.dispatchEvent(new CustomEvent("open-item", { detail: id, bubbles: true, composed: true }));
  }
}

interface Axis {
  scale: (value: number) => number;
  /** The value at a place. */
  back: (place: number) => number;
  ticks: number[];
  log: boolean;
  /** The least and the most place. */
  ends: [number, number];
}

/** An axis over the values: logarithmic where the spread asks for it. */
function axis(values: readonly number[], [start, end]: [number, number]): Axis {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const log = low > 0 && high / low > SPREAD;
  const [from, to] = log ? [Math.log10(low / 1.5), Math.log10(high * 1.5)] : [0, high > 0 ? high * 1.15 : 1];
  const inner: Scale = linear([from, to], [start, end]);
  const back = linear([start, end], [from, to]);
  const powers = log ? [...Array(Math.ceil(to) - Math.floor(from) + 1).keys()].flatMap((k) => (to - from < 2.2 ? [1, 2, 5] : [1]).map((lead) => lead * 10 ** (Math.floor(from) + k))) : [];
  return {
    scale: (value) => inner(log ? Math.log10(Math.max(value, low / 1.5)) : value),
    back: (place) => (log ? 10 ** back(place) : back(place)),
    ticks: log ? powers.filter((value) => Math.log10(value) >= from && Math.log10(value) <= to) : inner.ticks(5).filter((value) => value > 0),
    log,
    ends: [Math.min(start, end), Math.max(start, end)],
  };
}

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** A step that a person would take: about a tenth, of one or two digits. */
function stepOf(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value || 1));
  return (value / power < 2 ? 0.1 : value / power < 5 ? 0.2 : 0.5) * power;
}

const compact = new Intl.NumberFormat("en-GB", { notation: "compact", maximumSignificantDigits: 3 });
const short = (value: number): string => compact.format(value).replace(/K$/, "k");
const legend = (colour: string, name: string): TemplateResult => html`<li><svg width="10" height="10"><circle cx="5" cy="5" r="4.5" fill=${colour}></circle></svg>${name}</li>`;

define("landfall-quadrant", LandfallQuadrant);
declare global {
  interface HTMLElementTagNameMap {
    "landfall-quadrant": LandfallQuadrant;
  }
}
