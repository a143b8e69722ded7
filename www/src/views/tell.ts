import { LitElement, css, html } from "lit";
import { property } from "lit/decorators.js";
import { define } from "../charts/chart.ts";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";
import "../tell/ownership.ts";
import "../tell/promises.ts";
import "../tell/reports.ts";
import "../tell/sprints.ts";

/** What people ask for: next sprints, promises and why dates moved, reports to hand on. */
export class LandfallTell extends LitElement {
  static override styles = [base, css`
    :host { display: block; min-height: 100%; overflow: auto; background: var(--bg); color: var(--ink); }
    .main { max-width: 908px; padding: 18px 16px 32px; }
    .sr + * { border-top: 0; padding-top: 0; }
  `];

  @property({ attribute: false }) session: Session | undefined;
  @property({ attribute: false }) today = "";
  /** Changes whenever the plan does. */
  @property({ attribute: false }) revision = 0;
  @property({ attribute: false }) readonly = false;

  /** Shows why the date moved. */
  explain(): void {
    void this.renderRoot.querySelector("landfall-promises")?.explain();
  }

  override render() {
    const { session, today, revision, readonly } = this;
    if (!session) return html``;
    return html`<div class="main">
      <h2 class="sr">Tell: ${session.summary.headline}</h2>
      <landfall-sprints .session=${session} .today=${today} .revision=${revision} .readonly=${readonly}></landfall-sprints>
      <landfall-promises .session=${session} .today=${today} .revision=${revision} .readonly=${readonly}></landfall-promises>
      <landfall-reports .session=${session} .today=${today} .revision=${revision} .readonly=${readonly}></landfall-reports>
      <landfall-ownership .session=${session} .today=${today} .revision=${revision} .readonly=${readonly}></landfall-ownership>
    </div>`;
  }
}

define("landfall-tell", LandfallTell);
declare global {
  interface HTMLElementTagNameMap {
    "landfall-tell": LandfallTell;
  }
}
