import { LitElement, css, html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import type { Unit } from "../../pkg/landfall";
import { place } from "../dom.ts";
import { ask } from "../events.ts";

/** What all charts share: they know their width, and show the figures of one of their places at a time. */
export abstract class Chart extends LitElement {
  /** In CSS pixels, so that text keeps its size. */
  @state() protected width = 0;
  /** The place whose figures are shown. */
  @state() protected active: number | undefined;

  #observer = new ResizeObserver(() => this.#measure());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  protected override willUpdate(): void {
    if (this.width === 0) this.#measure();
  }

  #measure(): void {
    const width = Math.floor(this.clientWidth);
    if (width > 0) this.width = width;
  }

  /**
   * A layer over the picture that follows the pointer and, focused, the arrow keys: a slider along the places, which
   * says the figures of each.
   */
  protected scrubber(places: { label: string; count: number; start: number; at: (x: number, y: number) => number; say: (place: number) => string }): TemplateResult {
    const { label, count, start, at, say } = places;
    const now = Math.min(this.active ?? start, count - 1);
    const show = (event: PointerEvent): void => {
      const box = (event.currentTarget as Element).getBoundingClientRect();
      this.active = Math.max(0, Math.min(count - 1, at(event.clientX - box.left, event.clientY - box.top)));
    };
    const hide = (event: Event): void => {
      if ((event.currentTarget as Element).matches(":focus-visible") && event.type !== "blur") return;
      this.active = undefined;
    };
    const key = (event: KeyboardEvent): void => {
      const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 5, PageDown: -5, Home: -count, End: count }[event.key];
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "Escape" && this.active !== undefined) this.active = undefined;
      else if (step !== undefined) this.active = Math.max(0, Math.min(count - 1, now + step));
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    const focus = (event: Event): void => {
      if ((event.currentTarget as Element).matches(":focus-visible")) this.active ??= start;
    };
    return html`<div
      class="scrub"
      role="slider"
      tabindex="0"
      aria-label=${label}
      aria-valuemin="1"
      aria-valuemax=${count}
      aria-valuenow=${now + 1}
      aria-valuetext=${say(now)}
      @pointermove=${show}
      @pointerdown=${show}
      @pointerleave=${hide}
      @keydown=${key}
      @focus=${focus}
      @blur=${hide}
    ></div>`;
  }

  /** The figures of a place, beside `x`, on the side where there is room. */
  protected tip(x: number, content: TemplateResult): TemplateResult {
    const left = x > this.width / 2;
    return html`<div class="tip" aria-hidden="true" ${place(left ? { left: "auto", right: `${this.width - x + 10}px` } : { right: "auto", left: `${x + 10}px` })}>${content}</div>`;
  }
}

/** A table behind a picture, folded away. */
export function numbers(caption: string, head: readonly string[], rows: readonly (readonly (string | TemplateResult)[])[], what = "Show the numbers"): TemplateResult {
  return html`${pictured()}<details class="numbers">
    <summary>${what}</summary>
    <div class="scroll" tabindex="0" role="region" aria-label=${caption}>
      <table>
        <caption class="unseen">${caption}</caption>
        <thead><tr>${head.map((text, k) => html`<th scope="col" class=${k > 0 ? "r" : ""}>${text}</th>`)}</tr></thead>
        <tbody>
          ${rows.map((cells) => html`<tr>${cells.map((cell, k) => (k === 0 ? html`<th scope="row">${cell}</th>` : html`<td class="r">${cell}</td>`))}</tr>`)}
        </tbody>
      </table>
    </div>
  </details>`;
}

/** The way from a figure to a picture of it; the first in a figure is the one that shows. */
export const pictured = (): TemplateResult => html`<button type="button" class="pictured" @click=${(event: Event) => ask(event.currentTarget!, { what: "share", figure: (event.currentTarget as Element).closest("figure")! })}>Picture…</button>`;

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** An amount as people read it: one decimal place at most, none from 100 on. */
export function amount(value: number): string {
  return (Math.abs(value) >= 100 ? whole : tenths).format(value);
}

/** "18 points", "1 item". */
export function amountOf(value: number, unit: Unit): string {
  const text = amount(value);
  return `${text} ${text === "1" ? unit.slice(0, -1) : unit}`;
}

/** A chance as text, which is never 0 % or 100 % while trials decide it. */
export function chance(share: number): string {
  const percent = Math.round(share * 100);
  return percent < 1 ? "< 1 %" : percent > 99 ? "> 99 %" : `${percent} %`;
}

/** A sentence of the core, which may want its full stop. */
export function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return begun === "" || /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** The labels that keep `room` from one to the next, counted from the last. */
export function thinned<T>(labels: readonly T[], at: (label: T) => number, room: number): T[] {
  let taken = Infinity;
  return labels
    .toReversed()
    .filter((label) => {
      const fits = at(label) <= taken - room;
      if (fits) taken = at(label);
      return fits;
    })
    .reverse();
}

/** Defines an element once, however often the script is included. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}

/** What charts look like. Colours come from the page's tokens. */
export const chartStyles = css`
  :host { display: block; position: relative; min-width: 0; font-variant-numeric: tabular-nums; }
  *, *::before, *::after { box-sizing: border-box; }
  figure { margin: 0; }
  .plot { position: relative; }
  svg { display: block; overflow: visible; }
  svg.clip { overflow: hidden; }
  svg text { font-size: 11px; fill: var(--muted); }
  svg text.ink { fill: var(--ink); }
  svg text.warn { fill: var(--warn); }
  svg text.strong { font-weight: 600; fill: var(--ink); }
  .halo { paint-order: stroke; stroke: var(--bg); stroke-width: 3px; stroke-linejoin: round; }
  .scrub { position: absolute; inset: 0; cursor: crosshair; touch-action: pan-y; border-radius: 4px; outline-offset: 2px; }
  .scrub:focus-visible, summary:focus-visible, .pictured:focus-visible, .scroll:focus-visible { outline: 2px solid var(--accent); }
  .tip { position: absolute; top: 6px; z-index: 3; max-width: 240px; padding: 7px 10px; pointer-events: none; background: var(--panel); color: var(--ink); border: 1px solid var(--line); border-radius: 8px; box-shadow: 0 4px 16px #0000001f; font-size: 12px; line-height: 17px; white-space: nowrap; }
  .tip b { display: block; font-weight: 600; margin-bottom: 2px; }
  .tip dl { display: grid; grid-template-columns: auto auto; gap: 0 12px; margin: 0; }
  .tip dt { color: var(--muted); }
  .tip dd { margin: 0; text-align: right; }
  .legend { display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 6px 0 0; padding: 0; list-style: none; color: var(--muted); font-size: 11.5px; line-height: 18px; }
  .legend li { display: flex; align-items: center; gap: 6px; }
  .legend svg { flex: none; }
  .sentence b { font-weight: inherit; white-space: nowrap; }
  .sentence { margin: 8px 0 0; max-width: 72ch; text-wrap: pretty; }
  details.numbers { margin-top: 6px; color: var(--muted); }
  .pictured { float: right; font: inherit; background: none; border: 0; color: var(--muted); } .pictured ~ .pictured { display: none; } .pictured:hover { color: var(--ink); }
  summary, .pictured { width: fit-content; padding: 3px 0; cursor: pointer; font-size: 12px; border-radius: 4px; }
  summary:hover { color: var(--ink); }
  .scroll { max-width: 640px; max-height: 320px; overflow: auto; margin-top: 4px; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
  table { border-collapse: collapse; width: 100%; color: var(--ink); font-size: 12px; line-height: 18px; }
  th, td { padding: 4px 10px 4px 0; font-weight: 400; text-align: left; white-space: nowrap; }
  thead th { position: sticky; top: 0; background: var(--bg); color: var(--muted); z-index: 1; }
  tbody tr + tr > * { border-top: 1px solid var(--line); }
  .r { text-align: right; }
  .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  @media (forced-colors: active) { svg { forced-color-adjust: auto; } }
`;
