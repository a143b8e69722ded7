import { LitElement, type TemplateResult, css, html } from "lit";
import { property } from "lit/decorators.js";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";

/** The outcomes, where their metrics stand, and the items that serve them. */
export class ObjectivesLens extends LitElement {
  @property({ attribute: false }) session!: Session;
  @property({ type: Number }) revision = 0;

  static override styles = [base, css`
    :host { display: block; }
  `];

  override render(): TemplateResult {
    return html``;
  }
}

if (!customElements.get("landfall-objectives")) customElements.define("landfall-objectives", ObjectivesLens);
