import { html } from "lit";
import { define } from "../charts/chart.ts";
import { Section } from "./section.ts";

/** Reports. */
export class LandfallReports extends Section {
  override render() {
    return html`<h3>Reports</h3>`;
  }
}

define("landfall-reports", LandfallReports);
