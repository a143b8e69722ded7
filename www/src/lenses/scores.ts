import { LitElement, type TemplateResult, css, html } from "lit";
import { property } from "lit/decorators.js";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";

/** The scores of the work, the best order, and what today's order costs. */
export class ScoresLens extends LitElement {
  @property({ attribute: false }) session!: Session;
  @property({ type: Number }) revision = 0;

  static override styles = [base, css`
    :host { display: block; }
  `];

  override render(): TemplateResult {
    return html``;
  }
}

if (!customElements.get("landfall-scores")) customElements.define("landfall-scores", ScoresLens);
