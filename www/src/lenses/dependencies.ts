import { LitElement, type TemplateResult, css, html } from "lit";
import { property } from "lit/decorators.js";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";

/** What needs what. */
export class DependenciesLens extends LitElement {
  @property({ attribute: false }) session!: Session;
  @property({ type: Number }) revision = 0;

  static override styles = [base, css`
    :host { display: block; }
  `];

  override render(): TemplateResult {
    return html``;
  }
}

if (!customElements.get("landfall-dependencies")) customElements.define("landfall-dependencies", DependenciesLens);
