// Small tools for the DOM.
import { type ElementPart, noChange } from "lit";
import { Directive, type PartInfo, PartType, directive } from "lit/directive.js";

class Place extends Directive {
  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error("place() stands inside a tag");
  }
  override render(_properties: Record<string, string>): unknown {
    return noChange;
  }
  // Through the CSSOM: a policy without 'unsafe-inline' forbids style attributes, not this.
  override update({ element }: ElementPart, [properties]: [Record<string, string>]): unknown {
    const { style } = element as HTMLElement;
    for (const [name, value] of Object.entries(properties)) if (style.getPropertyValue(name) !== value) style.setProperty(name, value);
    return noChange;
  }
}
/** Sets style properties of the element it stands in. */
export const place = directive(Place);

/** Resolves when what has been rendered is on the screen; a hidden page does not paint, so not later than in 50 ms. */
export const painted = (): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, 50);
    requestAnimationFrame(() => requestAnimationFrame(() => { clearTimeout(timer); resolve(); }));
  });

/** Whether an event began in a field that takes text. */
export function inField(event: Event): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
    !(target instanceof HTMLInputElement && /^(checkbox|radio|button|file)$/.test(target.type));
}

/** Lets a text area be as high as its text. */
export function fit(area: HTMLTextAreaElement): void {
  area.style.height = "0";
  area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}

/** Offers a text or a picture as a file. Some policies refuse downloads, so the text can always be copied as well. */
export function download(name: string, content: string | Blob | Uint8Array, type = "application/json"): void {
  const url = URL.createObjectURL(new Blob([content as BlobPart], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A name that every file system takes. */
export const fileName = (name: string, ending = "json"): string => `${name.replace(/[^\p{L}\p{N} _.-]+/gu, " ").replace(/\s+/g, " ").trim().slice(0, 80) || "plan"}.${ending}`;

/** Puts a text on the clipboard, formatted where there is such a form of it and the browser takes it; false where the page may not. */
export async function copy(text: string, html = ""): Promise<boolean> {
  // A browser makes the page's elements of it, and a style would be one that a policy reports.
  const body = html.slice(Math.max(html.indexOf("<body>"), 0));
  try {
    if (html && "ClipboardItem" in window) await navigator.clipboard.write([new ClipboardItem({ "text/plain": new Blob([text], { type: "text/plain" }), "text/html": new Blob([body], { type: "text/html" }) })]);
    else await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return html ? copy(text) : false;
  }
}

/** What is pasted or dropped: a file, or a text; the page it comes as where that carries a plan, or a table that the text has lost. */
export function given(data: DataTransfer | null): File | string | undefined {
  if (!data) return undefined;
  const [page, text] = [data.getData("text/html"), data.getData("text/plain")];
  const table = /<table/i.test(page);
  // Spreadsheets put a picture of the cells beside them.
  if (data.files[0] && !table) return data.files[0];
  const found = page.includes("data-landfall=") || (table && !text.includes("\t")) ? page.slice(page.indexOf("<")) : text;
  return found.trim() ? found : undefined;
}
