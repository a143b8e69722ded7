// Menus and what opens beside a button.
import { css } from "lit";

/** A small sheet over the page. */
export const sheet = css`
  .sheet { position: absolute; z-index: 12; background: var(--raised); border: 1px solid var(--line); border-radius: 10px; box-shadow: 0 12px 40px var(--shade), 0 2px 8px var(--shade); padding: 5px; overflow: auto; overscroll-behavior: contain; }
  .sheet [role^=menuitem] { text-align: left; display: flex; align-items: center; gap: 8px; width: 100%; border-radius: 6px; padding: 4px 10px; min-height: 30px; }
  .sheet [role^=menuitem]:hover, .sheet [role^=menuitem]:focus-visible { background: var(--hover); outline-offset: -2px; }
  .sheet hr { border: 0; border-top: 1px solid var(--line); margin: 5px 0; width: 100%; }
`;

const KEYS: Record<string, (at: number, n: number) => number> = {
  ArrowDown: (at, n) => (at + 1) % n, ArrowRight: (at, n) => (at + 1) % n, ArrowUp: (at, n) => (at - 1 + n) % n, ArrowLeft: (at, n) => (at - 1 + n) % n, Home: () => 0, End: (_, n) => n - 1,
};

/** Arrow keys among the items of a menu or a group; the one that has the focus then. */
export function rove(event: KeyboardEvent, items: Iterable<HTMLElement>): HTMLElement | undefined {
  const all = [...items];
  const next = KEYS[event.key]?.(all.findIndex((item) => event.composedPath().includes(item)), all.length);
  if (next === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return undefined;
  event.preventDefault();
  event.stopPropagation();
  all[next]?.focus();
  return all[next];
}

/** The element that has the focus, in whichever shadow. */
export function focused(): HTMLElement | null {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at instanceof HTMLElement ? at : null;
}
