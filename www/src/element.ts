import { LitElement, css, html } from "lit";
import { ready } from "./core.ts";

/** Placeholder: shows that the core runs. */
export class LandfallPlanner extends LitElement {
  static override styles = css`
    :host { display: block; font: 14px/1.5 system-ui, sans-serif; }
  `;

  #text = "";

  override connectedCallback(): void {
    super.connectedCallback();
    ready().then(
      (core) => this.#show(`Landfall ${core.version()}`),
      (error: Error) => this.#show(`Landfall cannot start here: ${error.message}.`),
    );
  }

  #show(text: string): void {
    this.#text = text;
    this.requestUpdate();
  }

  override render() {
    return html`<p role="status">${this.#text}</p>`;
  }
}
