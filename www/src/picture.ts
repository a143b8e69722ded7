// What the page shows as a picture for other programs, which know neither its style sheets nor its colours.

const NS = "http://www.w3.org/2000/svg";
const FONT = "system-ui, sans-serif";
const PAD = 20;
const geometry = /^([dr]|[rcd]?[xy][12]?|points|transform|viewBox|width|height)$/;
const looks = ["stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap", "paint-order", "font-size", "font-weight", "text-anchor"];
/** What only helps on the screen. */
const tools = "details, button, .scrub, .tip, .unseen";

type Attributes = Record<string, string | number>;

function make(name: string, attributes: Attributes, ...inside: (Node | string)[]): SVGElement {
  const element = document.createElementNS(NS, name);
  set(element, attributes);
  element.append(...inside);
  return element;
}

function set(element: SVGElement, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

/** A colour and its opacity, in the words of SVG 1.1. */
function paint(what: string, css: string): Attributes {
  if (!/\d/.test(css)) return { [what]: "none" };
  const [r, g, b, a = 1] = css.match(/-?[\d.]+(e-\d+)?/g)!.map(Number) as [number, number, number, number?];
  const hex = [r, g, b].map((part) => Math.round(part).toString(16).padStart(2, "0")).join("");
  return { [what]: `#${hex}`, ...(a < 1 ? { [`${what}-opacity`]: a } : {}) };
}

/**
 * Draws an element as it looks now: its text line by line, its lines and grounds, the pictures in it. Only plain
 * attributes; a title and a sentence for those who do not see it, and a line at its foot.
 */
export function draw(root: HTMLElement, title: string, text: string, foot: string): SVGSVGElement {
  const box = root.getBoundingClientRect();
  root.style.background = "var(--bg)";
  const ground = getComputedStyle(root).backgroundColor;
  root.style.background = "";
  const bottom = Math.max(...[...root.children].map((child) => (child.matches(tools) ? 0 : child.getBoundingClientRect().bottom)));
  const [width, height] = [Math.ceil(box.width) + 2 * PAD, Math.ceil(bottom - box.top) + 28 + 2 * PAD];
  const picture = make("svg", { xmlns: NS, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FONT },
    make("title", {}, title), make("desc", {}, text),
    make("rect", { width, height, ...paint("fill", ground) })) as SVGSVGElement;
  const [left, top] = [PAD - box.left, PAD - box.top];
  const walk = (parent: Element): void => {
    let run: Run = [];
    const end = (): void => { written(run, parent); run = []; };
    for (const child of parent.childNodes) {
      if (child instanceof Text) words(child, run);
      else if (child instanceof SVGSVGElement) picture.append(copied(child, left, top));
      else if (child instanceof Element && child.localName === "b") for (const text of child.childNodes) words(text, run);
      else if (child instanceof Element && child.getClientRects().length && !child.matches(tools)) {
        end();
        grounds(child);
        walk(child);
      }
    }
    end();
  };
  const grounds = (element: Element): void => {
    const { backgroundColor, borderBottomWidth, borderBottomColor, borderRadius } = getComputedStyle(element);
    const { x, y, width, height } = element.getBoundingClientRect();
    const fill = paint("fill", backgroundColor);
    if (fill["fill-opacity"] !== 0) picture.append(make("rect", { x: x + left, y: y + top, width, height, rx: parseFloat(borderRadius), ...fill }));
    if (parseFloat(borderBottomWidth)) picture.append(make("path", { d: `M${x + left} ${Math.round(y + top + height) - 0.5}h${width}`, ...paint("stroke", borderBottomColor) }));
  };
  const written = (run: Run, parent: Element): void => {
    const { color, fontSize, fontWeight, textOverflow } = getComputedStyle(parent);
    const shown = textOverflow === "ellipsis" ? Math.min(1, parent.clientWidth / parent.scrollWidth) : 1;
    for (const { text: whole, box } of run) {
      const text = shown < 1 ? `${whole.slice(0, Math.floor(whole.length * shown) - 1).trimEnd()}…` : whole.trimEnd();
      picture.append(make("text", { x: short(box.left + left), y: short(box.top + top + box.height * 0.79), "font-size": parseFloat(fontSize), ...(fontWeight === "400" ? {} : { "font-weight": fontWeight }), ...paint("fill", color) }, text));
    }
  };
  walk(root);
  picture.append(make("text", { x: PAD, y: height - PAD, "font-size": 11, ...paint("fill", getComputedStyle(root).color) }, foot));
  return picture;
}

/** Lines of text, where they stand. */
type Run = { text: string; box: DOMRect }[];

// Pieces of a line that follow each other become one: in another font they would not meet.
function words(node: Node, run: Run): void {
  if (!(node instanceof Text)) return;
  const range = document.createRange();
  for (const { 0: piece, index } of node.data.matchAll(/\s+|\S+/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + piece.length);
    const box = range.getBoundingClientRect();
    const last = run.at(-1);
    if (!piece.trim()) last && (last.text = `${last.text.trimEnd()} `);
    else if (last && Math.abs(last.box.top - box.top) < 3) last.text += piece;
    else if (box.width) run.push({ text: piece, box });
  }
}

const short = (value: number): number => Math.round(value * 100) / 100;

function copied(source: SVGSVGElement, left: number, top: number): SVGElement {
  const { x, y, width, height } = source.getBoundingClientRect();
  const copy = restyled(source) as SVGElement;
  set(copy, { x: short(x + left), y: short(y + top), width, height, overflow: getComputedStyle(source).overflow });
  return copy;
}

function restyled(source: Element): Node {
  const style = getComputedStyle(source);
  const copy = make(source.localName, {});
  for (const { name, value } of source.attributes) {
    if (geometry.test(name)) copy.setAttribute(name, value.replace(/\d+\.\d{3,}/g, (digits) => `${short(Number(digits))}`));
  }
  const put = (attributes: Attributes): void => set(copy, attributes);
  if (style.opacity !== "1") put({ opacity: style.opacity });
  if (source instanceof SVGGeometryElement || source instanceof SVGTextContentElement) {
    put({ ...paint("fill", style.fill), ...(style.stroke === "none" ? {} : paint("stroke", style.stroke)) });
    const written = source instanceof SVGGeometryElement ? looks.slice(0, 4) : looks.slice(4);
    for (const name of written) {
      const value = style.getPropertyValue(name).replace(/px/g, "");
      if (!/^(none|normal|butt|miter|start|400)$/.test(value) && !(name === "stroke-width" && style.stroke === "none")) copy.setAttribute(name, value);
    }
    if (style.paintOrder.startsWith("stroke")) put({ "stroke-width": parseFloat(style.strokeWidth), "stroke-linejoin": "round" });
  }
  for (const child of source.childNodes) {
    if (child instanceof Text && source instanceof SVGTextContentElement) copy.append(child.data.replace(/\s+/g, " "));
    else if (child instanceof SVGElement && !/^(title|desc)$/.test(child.localName)) copy.append(restyled(child));
  }
  return copy;
}

/** The text of a picture, with a plan inside where there is one. */
export function svgText(picture: SVGSVGElement, token = ""): string {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  if (token) copy.prepend(make("metadata", { "data-landfall": token }));
  // What XML forbids, and halves of characters that a cut has left.
  return `${new XMLSerializer().serializeToString(copy).replace(/[\0-\x08\v\f\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu, "")}\n`;
}

/** A picture as PNG, at twice its size. */
export async function png(picture: SVGSVGElement): Promise<Uint8Array> {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svgText(picture))}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 2 * image.width, height: 2 * image.height });
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  if (!blob) throw new Error("this browser makes no PNG here");
  return new Uint8Array(await blob.arrayBuffer());
}
