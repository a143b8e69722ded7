import { html } from "lit";
import { define } from "../charts/chart.ts";
import { Section } from "./section.ts";

/** Promises. */
export class LandfallPromises extends Section {
  override render() {
    return html`<h3>Promises</h3>`;
  }
}

define("landfall-promises", LandfallPromises);
