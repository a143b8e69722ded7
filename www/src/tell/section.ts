// A part of the Tell view: what people ask for, from the plan as it is.
import { type CSSResultGroup, LitElement, css } from "lit";
import { property } from "lit/decorators.js";
import type { Session } from "../session.ts";
import { base } from "../styles.ts";

export abstract class Section extends LitElement {
  static override styles: CSSResultGroup = [base, css`
    :host { display: block; padding: 20px 0; border-top: 1px solid var(--line); }
    h3 { margin: 0 0 8px; font-size: 15px; line-height: 22px; font-weight: 600; }
  `];

  @property({ attribute: false }) session: Session | undefined;
  @property({ attribute: false }) today = "";
  /** Changes whenever the plan does. */
  @property({ attribute: false }) revision = 0;
  @property({ attribute: false }) readonly = false;
}
