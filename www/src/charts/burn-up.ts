import { type SVGTemplateResult, html, nothing, svg } from "lit";
import { property } from "lit/decorators.js";
import { area, line } from "d3-shape";
import type { BurnPoint, ConePoint, PlanForecast } from "../../pkg/landfall";
import { dated, spoken } from "../text.ts";
import { Chart, amount, amountOf, chartStyles, define, numbers, sentence, thinned } from "./chart.ts";
import { dayOf, shortDate, shownUntil } from "./days.ts";
import { type Scale, linear } from "./scale.ts";


interface Point {
  day: number;
  amount: number;
}

/** What had been finished, what will be with which chance, and all there is to finish. */
export class LandfallBurnUp extends Chart {
  static override styles = chartStyles;

  @property({ attribute: false }) forecast: PlanForecast | undefined;
  /** The day from which it is planned. */
  @property({ attribute: false }) today = "";
  /** Whether more work is assumed than there is now: then what is finished may exceed it. */
  @property({ attribute: false }) grows = false;

  override render() {
    const forecast = this.forecast;
    if (forecast === undefined || forecast.burnUp.cone.length === 0) return nothing;
    const frame = layOut(forecast, { today: this.today, width: this.width, grows: this.grows });
    const { past, cone } = frame;
    const { unit, burnUp } = forecast;
    const count = past.length + cone.length;
    const end = (k: number): string => past[k]?.end ?? cone[k - past.length]?.end ?? "";
    const nearest = (pixel: number): number => {
      let best = 0;
      for (let k = 1; k < count; k++) if (Math.abs(frame.x(dayOf(end(k))) - pixel) < Math.abs(frame.x(dayOf(end(best))) - pixel)) best = k;
      return best;
    };
    const say = (k: number): string => {
      const point = past[k];
      if (point) return `by ${spoken(point.end, this.today)}: ${amountOf(point.amount, unit)} finished`;
      const ahead = cone[k - past.length];
      if (!ahead) return "";
      return `by ${spoken(ahead.end, this.today)}: 85 percent sure of ${amountOf(ahead.p85, unit)}, half sure of ${amount(ahead.p50)}, 95 percent sure of ${amount(ahead.p95)}, 15 percent sure of ${amount(ahead.p15)}`;
    };
    const active = this.active === undefined ? undefined : Math.min(this.active, count - 1);
    return html`<figure>
      <div class="plot">
        <svg width=${this.width} height=${frame.height} role="img" aria-labelledby="title desc">
          <title id="title">Burn-up: what is finished, and what will be</title>
          <desc id="desc">${burnUp.sentence}</desc>
          ${axes(frame, this.today)} ${dues(frame, forecast, this.today)} ${clipped(frame, svg`${areas(frame)}${ahead(frame)}`)}
          ${scope(frame, forecast)} ${done(frame)} ${landings(frame)} ${active === undefined ? nothing : cross(frame, active)}
        </svg>
        ${this.scrubber({ label: "Sprints of the burn-up", count, start: Math.min(past.length, count - 1), at: nearest, say })}
        ${active === undefined ? nothing : this.#figures(frame, forecast, active)}
      </div>
      <ul class="legend" aria-hidden="true">
        ${past.length > 0 ? html`<li>${key(svg`<path d="M0 5H22" stroke="var(--ink)" stroke-width="2"></path><circle cx="11" cy="5" r="2.5" fill="var(--ink)"></circle>`)}finished</li>` : nothing}
        <li>${key(svg`<path d="M0 5H22" stroke="var(--sea-1)" stroke-width="2.5"></path>`)}85 % sure</li>
        <li>${key(svg`<path d="M0 5H22" stroke="var(--sea-1)" stroke-width="1.5" stroke-dasharray="4 3"></path>`)}half sure</li>
        <li>${key(svg`<path d="M0 0H22V10H0z" fill="var(--sea-3)"></path>`)}15–85 %</li>
        <li>${key(svg`<path d="M0 0H22V10H0z" fill="var(--sea-3)" opacity=".5"></path>`)}to 95 %</li>
        ${frame.adds ? html`<li>${key(svg`<path d="M1 5H22" stroke="var(--ink)" stroke-width="1.5" stroke-dasharray="0.5 3.5" stroke-linecap="round"></path>`)}all, with what is assumed to be added</li>` : nothing}
      </ul>
      <figcaption class="sentence">${dated(sentence(burnUp.sentence))}</figcaption>
      ${numbers(
        `Burn-up in ${unit}, by the end of each sprint`,
        ["Sprint to", "finished", "95 % sure", "85 % sure", "50 %", "15 %"],
        [
          // What is ahead comes first: it is what people look up.
          ...frame.all.map((point) => [spoken(point.end, this.today), "", amount(point.p95), amount(point.p85), amount(point.p50), amount(point.p15)]),
          ...burnUp.past.toReversed().map((point) => [spoken(point.end, this.today), amount(point.amount), "", "", "", ""]),
        ],
      )}
    </figure>`;
  }

  #figures({ x, past, cone }: Frame, { history, unit }: PlanForecast, k: number) {
    const point = past[k];
    if (point) {
      const period = history.find((one) => one.end === point.end);
      return this.tip(
        x(dayOf(point.end)),
        html`<b>Sprint to ${spoken(point.end, this.today)}</b>
          <dl>
            <dt>finished so far</dt><dd>${amountOf(point.amount, unit)}</dd>
            ${period ? html`<dt>in this sprint</dt><dd>${amountOf(period.finished, unit)}</dd>` : nothing}
          </dl>`,
      );
    }
    const ahead = cone[k - past.length];
    if (!ahead) return nothing;
    return this.tip(
      x(dayOf(ahead.end)),
      html`<b>By ${spoken(ahead.end, this.today)}, at least</b>
        <dl>
          <dt>95 % sure</dt><dd>${amount(ahead.p95)}</dd>
          <dt>85 % sure</dt><dd>${amountOf(ahead.p85, unit)}</dd>
          <dt>half sure</dt><dd>${amount(ahead.p50)}</dd>
          <dt>15 % sure</dt><dd>${amount(ahead.p15)}</dd>
        </dl>`,
    );
  }
}

/** Where everything goes. */
interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: Scale;
  y: Scale;
  /** The part of the past that is shown. */
  past: BurnPoint[];
  /** The part of the cone that is shown, and all of it. */
  cone: ConePoint[];
  all: ConePoint[];
  /** Where the cone begins: what is finished, today. */
  apex: Point;
  /** Where the past begins. */
  first: Point | undefined;
  /** The two dates that matter, where they meet their lines. */
  marks: (Point & { date: string; strong: boolean })[];
  /** Whether what is assumed to be added shows: a dotted line from all there is now to what there will be. */
  adds: boolean;
}

function layOut(forecast: PlanForecast, { today, width, grows }: { today: string; width: number; grows: boolean }): Frame {
  const { burnUp, history, lands } = forecast;
  // Nothing more can be finished than there is.
  const most = (value: number): number => (grows ? value : Math.min(value, burnUp.scope));
  const all = burnUp.cone.map(({ end, ...p }) => ({ end, p95: most(p.p95), p85: most(p.p85), p50: most(p.p50), p15: most(p.p15) }));
  const until = shownUntil(lands, today);
  const enough = all.findIndex((point) => dayOf(point.end) >= until);
  const cone = enough < 0 ? all : all.slice(0, Math.max(enough + 1, 3));

  // A long past would press the future into a corner.
  const shown = Math.max(6, Math.ceil(cone.length * (width < 480 ? 0.5 : 0.8)));
  const cut = Math.max(0, burnUp.past.length - shown);
  const past = burnUp.past.slice(cut);
  const before = burnUp.past[cut - 1];
  const start = history[0]?.start;
  const zero = past.length > 0 && start !== undefined ? { day: dayOf(start) - 1, amount: 0 } : undefined;
  const first = before ? { day: dayOf(before.end), amount: before.amount } : zero;
  const last = past.at(-1);
  const now = Math.min(dayOf(today), dayOf(cone[0]?.end ?? today) - 1);
  const apex = { day: last ? Math.max(dayOf(last.end), now) : now, amount: last?.amount ?? 0 };

  const path = (field: "p50" | "p85"): Point[] => [apex, ...cone.map((point) => ({ day: dayOf(point.end), amount: point[field] }))];
  const mark = (date: string | null | undefined, field: "p50" | "p85") =>
    date == null || dayOf(date) > dayOf(cone.at(-1)?.end ?? "") ? [] : [{ date, day: dayOf(date), strong: field === "p85", amount: grows ? Math.max(burnUp.scope, along(path(field), dayOf(date))) : burnUp.scope }];
  const marks = [...mark(lands.p50, "p50"), ...mark(lands.p85, "p85")];

  const height = width < 480 ? 250 : width < 700 ? 280 : 310;
  const [top, bottom, right] = [36, height - 36, width - 14];
  const ceiling = Math.max(burnUp.scope, ...marks.map((point) => point.amount));
  const floor = first && cut > 0 ? Math.max(0, first.amount - (ceiling - first.amount) * 0.08) : 0;
  const y = linear([floor, ceiling + (ceiling - floor) * 0.03], [bottom, top]);
  const adds = marks.some((point) => y(burnUp.scope) - y(point.amount) > 5);
  const left = 12 + 6.6 * Math.max(...y.ticks(5).map((value) => amount(value).length));
  const x = linear([first?.day ?? apex.day, dayOf(cone.at(-1)?.end ?? today)], [left, right]);
  return { width, height, left, right, top, bottom, x, y, past, cone, all, apex, first, marks, adds };
}

/** The amount on a line, on a day. */
function along(points: readonly Point[], day: number): number {
  const next = points.findIndex((point) => point.day >= day);
  const [a, b] = [points[next - 1], points[next]];
  if (!b) return points.at(-1)?.amount ?? 0;
  return a && b.day > a.day ? a.amount + ((b.amount - a.amount) * (day - a.day)) / (b.day - a.day) : b.amount;
}

function axes({ x, y, left, right, bottom, top, past, cone, apex }: Frame, today: string): SVGTemplateResult {
  const ends = [...past, ...cone].map((point) => point.end);
  const place = (end: string): number => Math.min(x(dayOf(end)), right - 6);
  const labels = thinned(ends, place, 50).filter((end) => place(end) > left + 12);
  const now = Math.round(x(Math.max(dayOf(today), apex.day))) + 0.5;
  return svg`
    ${y.ticks(5).map((value) => svg`<path d="M${left} ${Math.round(y(value)) + 0.5}H${right}" stroke="var(--line)"></path><text x=${left - 8} y=${y(value) + 4} text-anchor="end">${amount(value)}</text>`)}
    <path d="M${ends.map((end) => `${Math.round(x(dayOf(end))) + 0.5} ${bottom}v4`).join("M")}" stroke="var(--faint)"></path>
    ${labels.map((end, k) => svg`<text x=${place(end)} y=${bottom + 18} text-anchor="middle">${shortDate(end)}</text>${labels[k - 1]?.slice(0, 4) === end.slice(0, 4) ? nothing : svg`<text x=${place(end)} y=${bottom + 32} text-anchor="middle">${end.slice(0, 4)}</text>`}`)}
    <path d="M${now} ${top - 10}V${bottom}" stroke="var(--faint)"></path>
    <text x=${Math.max(now, left + 12)} y=${top - 16} text-anchor="middle">today</text>`;
}

// A picture in the picture, whose edge cuts what would leave it: needs no name that another chart might have too.
function clipped({ left, right, top, bottom }: Frame, content: SVGTemplateResult): SVGTemplateResult {
  const [width, height] = [right - left, bottom - top];
  return svg`<svg class="clip" x=${left} y=${top} width=${width} height=${height} viewBox="${left} ${top} ${width} ${height}">${content}</svg>`;
}

function areas({ x, y, cone, apex }: Frame): SVGTemplateResult {
  const shape = area<{ day: number; low: number; high: number }>()
    .x((point) => x(point.day))
    .y0((point) => y(point.low))
    .y1((point) => y(point.high));
  const between = (low: "p85" | "p95", high: "p15" | "p85"): string =>
    shape([{ day: apex.day, low: apex.amount, high: apex.amount }, ...cone.map((point) => ({ day: dayOf(point.end), low: point[low], high: point[high] }))]) ?? "";
  return svg`<path d=${between("p85", "p15")} fill="var(--sea-3)"></path><path d=${between("p95", "p85")} fill="var(--sea-3)" opacity=".5"></path>`;
}

const drawn = (x: Scale, y: Scale, points: Point[]): string =>
  line<Point>()
    .x((point) => x(point.day))
    .y((point) => y(point.amount))(points) ?? "";

function ahead({ x, y, cone, apex }: Frame): SVGTemplateResult {
  const path = (field: "p50" | "p85"): string => drawn(x, y, [apex, ...cone.map((point) => ({ day: dayOf(point.end), amount: point[field] }))]);
  return svg`<path d=${path("p50")} fill="none" stroke="var(--sea-1)" stroke-width="1.5" stroke-dasharray="4 3"></path><path d=${path("p85")} fill="none" stroke="var(--sea-1)" stroke-width="2.5" stroke-linejoin="round"></path>`;
}

function done({ x, y, past, apex, first }: Frame): SVGTemplateResult | typeof nothing {
  if (past.length === 0) return nothing;
  const points = [...(first ? [first] : []), ...past.map((point) => ({ day: dayOf(point.end), amount: point.amount }))];
  const crowded = (x(apex.day) - x(points[0]?.day ?? apex.day)) / points.length < 8;
  return svg`<path d=${drawn(x, y, [...points, apex])} fill="none" stroke="var(--ink)" stroke-width="2" stroke-linejoin="round"></path>${crowded ? nothing : past.map((point) => svg`<circle cx=${x(dayOf(point.end))} cy=${y(point.amount)} r="2.75" fill="var(--ink)"></circle>`)}`;
}

function scope({ x, y, left, right, marks, apex, adds }: Frame, { burnUp, unit }: PlanForecast): SVGTemplateResult {
  const at = Math.round(y(burnUp.scope)) + 0.5;
  return svg`<path d="M${left} ${at}H${right}" stroke="var(--ink)"></path><text class="ink halo" x=${left + 4} y=${at - 6}>all ${amountOf(burnUp.scope, unit)}</text>
    ${adds ? svg`<path d=${drawn(x, y, [{ day: apex.day, amount: burnUp.scope }, ...marks])} fill="none" stroke="var(--ink)" stroke-dasharray="1 3" stroke-linecap="round"></path>` : nothing}`;
}

function landings({ x, y, bottom, right, marks }: Frame): SVGTemplateResult[] {
  return marks.map(({ date, day, amount: value, strong }) => {
    const at = x(day);
    const beyond = strong && right - at > 78;
    // Where both dates stand left of their lines they take a line each.
    const high = !strong && !(x(marks[1]?.day ?? Infinity) - at > 88) && !(right - x(marks[1]?.day ?? right) > 78);
    return svg`<path d="M${at} ${y(value)}V${bottom}" stroke="var(--sea-1)" stroke-width=${strong ? 1.5 : 1} stroke-dasharray=${strong ? "" : "4 3"}></path>
      <circle cx=${at} cy=${y(value)} r=${strong ? 4.5 : 3.5} fill=${strong ? "var(--sea-1)" : "var(--bg)"} stroke="var(--sea-1)" stroke-width="1.5"></circle>
      <text class="halo ${strong ? "strong" : "ink"}" x=${beyond ? at + 6 : at - 6} y=${bottom - (high ? 25 : 9)} text-anchor=${beyond ? "start" : "end"}>${strong ? "85 %" : "50 %"} · ${shortDate(date)}</text>`;
  });
}

function dues({ x, top, bottom, right }: Frame, { objectives }: PlanForecast, today: string): SVGTemplateResult[] {
  const [from = 0, to = 0] = x.domain;
  const all = objectives
    .flatMap(({ objective: { name, due } }) => (due === undefined ? [] : [{ name, date: due, day: dayOf(due) }]))
    .filter(({ day }) => day >= from && day <= to)
    .sort((a, b) => a.day - b.day);
  let taken = x(dayOf(today)) + 24;
  return all.map(({ name, day, date }, k) => {
    const at = Math.round(x(day)) + 0.5;
    const next = all[k + 1];
    const after = Math.floor(((next ? x(next.day) - 6 : right + 10) - at - 12) / 6.1);
    const before = Math.floor((at - taken - 14) / 6.1);
    const left = after < name.length && before > after;
    const room = Math.max(before, after);
    const text = name.length <= room ? name : room < 7 ? "" : `${name.slice(0, room - 1).trimEnd()}…`;
    taken = left || text === "" ? at + 4 : at + 8 + 6.1 * text.length;
    return svg`<g><title>${name}, by ${spoken(date, today)}</title>
      <path d="M${at} ${top - 12}V${bottom}" stroke="var(--warn)" stroke-dasharray="2 3" opacity=".8"></path>
      <path d="M${at - 3.5} ${top - 18}h7l-3.5 6z" fill="var(--warn)"></path>
      <text class="warn" x=${left ? at - 8 : at + 8} y=${top - 12} text-anchor=${left ? "end" : "start"}>${text}</text></g>`;
  });
}

function cross({ x, y, past, cone, top, bottom }: Frame, k: number): SVGTemplateResult | typeof nothing {
  const [point, ahead] = [past[k], cone[k - past.length]];
  const end = point?.end ?? ahead?.end;
  if (end === undefined) return nothing;
  const at = x(dayOf(end));
  const values = point ? [point.amount] : ahead ? [ahead.p85, ahead.p50] : [];
  return svg`<path d="M${at} ${top}V${bottom}" stroke="var(--muted)"></path>${values
    .filter((value) => y(value) >= top)
    .map((value) => svg`<circle cx=${at} cy=${y(value)} r="3.5" fill="var(--bg)" stroke=${point ? "var(--ink)" : "var(--sea-1)"} stroke-width="2"></circle>`)}`;
}

function key(content: SVGTemplateResult) {
  return html`<svg width="22" height="10">${content}</svg>`;
}

define("landfall-burn-up", LandfallBurnUp);
declare global {
  interface HTMLElementTagNameMap {
    "landfall-burn-up": LandfallBurnUp;
  }
}
