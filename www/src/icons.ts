import { type TemplateResult, html } from "lit";

const icon = (path: string) => (size = 16): TemplateResult =>
  html`<svg width=${size} height=${size} viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${path}></path></svg>`;

export const icons = {
  undo: icon("M3.5 6h6a3.5 3.5 0 0 1 0 7H6M3.5 6l3-3M3.5 6l3 3"),
  redo: icon("M12.5 6h-6a3.5 3.5 0 0 0 0 7H10M12.5 6l-3-3M12.5 6l-3 3"),
  into: icon("M8 2.5v7M5 7l3 3 3-3M2.5 11v1.5a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1V11"),
  more: icon("M3.2 8h.01M8 8h.01M12.8 8h.01"),
  close: icon("M4 4l8 8M12 4l-8 8"),
  search: icon("M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.5 10.5l3 3"),
  plus: icon("M8 3v10M3 8h10"),
  grip: icon("M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01"),
  down: icon("M4 6l4 4 4-4"),
  check: icon("M3.5 8.5l3 3 6-7"),
  warn: icon("M8 5.5v3.2M8 11h.01M7.1 2.7 1.8 12a1 1 0 0 0 .9 1.5h10.6a1 1 0 0 0 .9-1.5L8.9 2.7a1 1 0 0 0-1.8 0Z"),
  out: icon("M9.5 3h3.5v3.5M13 3 7.5 8.5M11.5 9v3a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V5.5a1 1 0 0 1 1-1h3"),
  left: icon("M10 3 5 8l5 5"),
};

/** The product's mark: a peak above a wave. */
export const mark = html`<svg class="mark" width="20" height="20" viewBox="0 0 18 18" aria-hidden="true" fill="none"><path d="M1 12.5c3-2 5-2 8 0s5 2 8 0" stroke="var(--sea-2)" stroke-width="1.6" stroke-linecap="round"></path><path d="M3 9.5 9 2.5l6 7" stroke="var(--accent)" stroke-width="1.9" stroke-linejoin="round" stroke-linecap="round"></path></svg>`;
