import { css } from "lit";

/** What every part of the page shares: controls, focus, text. */
export const base = css`
  *, *::before, *::after { box-sizing: border-box; }
  :host { font: 13px/20px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; font-variant-numeric: tabular-nums; color: var(--ink); }
  [hidden] { display: none !important; }
  h1, h2, h3, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
  ul, ol { list-style: none; }
  button, input, select, textarea { font: inherit; color: inherit; letter-spacing: inherit; margin: 0; }
  a { color: var(--accent); text-underline-offset: 2px; }

  button { background: none; border: 1px solid transparent; border-radius: 6px; padding: 3px 10px; min-height: 28px; cursor: pointer; white-space: nowrap; }
  button.line { border-color: var(--edge); background: var(--panel); }
  button.line:hover:not(:disabled), button.quiet:hover:not(:disabled) { background: var(--hover); }
  button.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); font-weight: 550; }
  button.primary:hover:not(:disabled) { filter: brightness(1.08); }
  button.icon { padding: 0; width: 28px; display: inline-grid; place-items: center; flex: none; }
  button.link { padding: 0 2px; min-height: 24px; color: var(--accent); text-decoration: underline; text-decoration-color: color-mix(in srgb, currentColor 35%, transparent); text-underline-offset: 3px; }
  button.link:hover { text-decoration-color: currentColor; }
  button:disabled { color: var(--ghost); cursor: default; }
  button svg { display: block; }

  input:not([type=checkbox], [type=radio], [type=file]), select, textarea {
    background: var(--panel); border: 1px solid var(--edge); border-radius: 6px; padding: 3px 8px; min-height: 28px; min-width: 0; width: 100%;
  }
  select { padding-right: 4px; cursor: pointer; }
  textarea { display: block; resize: none; }
  ::placeholder { color: var(--faint); opacity: 1; }
  [aria-invalid=true] { border-color: var(--bad) !important; }
  input[type=checkbox], input[type=radio] { accent-color: var(--accent); margin: 0; width: 15px; height: 15px; flex: none; cursor: pointer; }

  /* What is written from right to left, or turns around, turns nothing around that stands beside it. */
  bdi, b, a, button, .name, .cut, .title { unicode-bidi: isolate; }
  input, textarea { unicode-bidi: plaintext; }

  :focus { outline: none; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
  input:focus-visible, textarea:focus-visible, select:focus-visible { outline-offset: -1px; }

  .muted { color: var(--muted); }
  .faint { color: var(--faint); }
  .error { color: var(--bad); font-size: 12px; line-height: 16px; }
  .right { text-align: right; }
  .grow { flex: 1; min-width: 0; }
  .cut { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .chip { font-size: 11px; line-height: 16px; padding: 0 6px; border-radius: 8px; background: var(--accent-soft); color: var(--accent-text); white-space: nowrap; }
  .chip.warn { background: var(--warn-soft); color: var(--warn); }
  .chip.plain { background: var(--hover); color: var(--muted); }
  .dot { width: 8px; height: 8px; border-radius: 50%; flex: none; }
  .dot.none { box-shadow: inset 0 0 0 1.5px var(--ghost); }
  .sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  kbd { font: inherit; font-size: 11px; line-height: 16px; padding: 0 5px; border: 1px solid var(--edge); border-bottom-width: 2px; border-radius: 4px; background: var(--panel); color: var(--muted); white-space: nowrap; }

  @media (pointer: coarse) {
    button, input:not([type=checkbox], [type=radio]), select { min-height: 36px; }
    button.icon { width: 36px; }
  }
  @media (prefers-reduced-motion: reduce) {
    *, *::before, *::after { animation-duration: 1ms !important; transition-duration: 1ms !important; }
  }
`;
