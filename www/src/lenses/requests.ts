import { LitElement, type TemplateResult, css, html } from "lit";
import { property } from "lit/decorators.js";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";

/** What was asked for, what came of it, and what was decided. */
export class RequestsLens extends LitElement {
  @property({ attribute: false }) session!: Session;
  @property({ type: Number }) revision = 0;

  static override styles = [base, css`
    :host { display: block; }
  `];

  override render(): TemplateResult {
    return html``;
  }
}

if (!customElements.get("landfall-requests")) customElements.define("landfall-requests", RequestsLens);
