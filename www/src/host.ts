// What passes between the element and the page around it.

/** A table of the page as comma-separated values: what importers read. */
export const tableIn = (table: HTMLTableElement): string =>
  [...table.rows].map((row) => [...row.cells].map((cell) => `"${cell.textContent!.trim().replaceAll('"', '""')}"`).join()).join("\n");

/** The language around an element, out of shadow trees too; empty where it is not known. */
export function langOf(element: Element): string {
  const around = element.closest<HTMLElement>("[lang]");
  const { host } = element.getRootNode() as Partial<ShadowRoot>;
  return around ? around.lang : host ? langOf(host) : "";
}

/**
 * Tells the page around the frame how high the element would be without scrolling, as `{ type: "landfall-height", height }`
 * in CSS pixels: that, and nothing else. Gives back what ends it.
 */
export function tellHeight(element: HTMLElement): (() => void) | undefined {
  if (window.parent === window) return undefined;
  let told = 0;
  const timer = setInterval(() => {
    if (document.visibilityState !== "visible") return;
    let height = element.offsetHeight;
    for (const part of within(element)) {
      if (part.clientHeight < 100 || !/auto|scroll/.test(getComputedStyle(part).overflowY)) continue;
      const last = (part.shadowRoot ?? part).lastElementChild?.getBoundingClientRect().bottom ?? 0;
      height += Math.max(part.scrollHeight > part.clientHeight ? part.scrollHeight : last - part.getBoundingClientRect().top, 200) - part.clientHeight;
      break;
    }
    height = Math.round(Math.max(360, height) + document.documentElement.scrollHeight - element.offsetHeight);
    if (height !== told) window.parent.postMessage({ type: "landfall-height", height: (told = height) }, "*");
  }, 500);
  return () => clearInterval(timer);
}

// Everything in its shadow trees.
function* within(element: Element): Generator<Element> {
  for (const child of (element.shadowRoot ?? element).children) {
    yield child;
    yield* within(child);
  }
}
