import { css, html, nothing } from "lit";
import { state } from "lit/decorators.js";
import { define } from "../charts/chart.ts";
import { painted } from "../dom.ts";
import { reason, spoken } from "../text.ts";
import { Sheet } from "./sheet.ts";

/** The plan as it was at the start of each day on which it changed. Event: `look`, with a plan and its day. */
export class VersionsDialog extends Sheet {
  static override styles = [Sheet.styles, css`
    li { display: flex; gap: 12px; align-items: center; padding: 6px 0; border-bottom: 1px solid var(--line); } li p { flex: 1; min-width: 0; } ul { padding: 0; list-style: none; }
  `];

  @state() private days: { day: string; since?: string }[] = [];

  protected begin(): void {
    this.days = this.session.days().map((day) => ({ day }));
    void this.#compare();
  }

  protected confirm(): void {
    this.shut();
  }

  // One after the other: a long plan takes a while to compare.
  async #compare(): Promise<void> {
    const { days, session } = this;
    for (const [place, { day }] of days.entries()) {
      await painted();
      if (this.days.length !== days.length || !this.isConnected || this.session !== session) return;
      let since: string;
      try {
        since = session.planner.since(session.day(day));
      } catch (error) {
        since = reason(error);
      }
      this.days = this.days.map((one, k) => k === place ? { day, since } : one);
    }
  }

  #look(day: string): void {
    try {
      const document = this.session.day(day);
      this.shut();
      this.dispatchEvent(new CustomEvent("look", { detail: [document, spoken(day, this.session.today)] }));
    } catch (error) {
      this.refuse(error);
    }
  }

  override render() {
    return this.frame("Earlier versions", html`<p class="note">The plan as it was before the first change of a day, kept in this browser. When room gets scarce, the oldest go first.</p>
      <ul>${this.days.map(({ day, since }) => html`<li><p><b>Before ${spoken(day, this.session.today)}</b><br><span class="muted">${since ?? "Comparing…"}</span></p>
        <button class="line" @click=${() => this.#look(day)} aria-label="Look at the plan before ${spoken(day, this.session.today)}">Look at it</button></li>`)}</ul>${this.days.length ? nothing : html`<p>None yet.</p>`}`,
    html`<button class="line" @click=${() => this.shut()}>Close</button>`);
  }
}

define("landfall-versions", VersionsDialog);
