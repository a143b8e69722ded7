import { html } from "lit";
import { define } from "../charts/chart.ts";
import { Section } from "./section.ts";

/** Next sprints. */
export class LandfallSprints extends Section {
  override render() {
    return html`<h3>Next sprints</h3>`;
  }
}

define("landfall-sprints", LandfallSprints);
