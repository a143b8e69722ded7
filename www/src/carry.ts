// A plan written into links and pictures. What is written here is read in src/exchange/link.rs and carried.rs.
import type { PlanDocument } from "../pkg/landfall.js";

/** What stands before the plan in an address. */
export const LINK = "#landfall=";
/** Mail and chat cut longer links. */
export const LONGEST = 8000;

/** What follows {@link LINK}; throws where this browser cannot compress. */
export async function token(document: PlanDocument): Promise<string> {
  const stream = new Blob([JSON.stringify(document)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  const data = btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  return `1.${data}.${crc32(bytes).toString(16).padStart(8, "0")}`;
}

/** The link of a plan at this page's address; without the forecasts it keeps where it would be too long with them. */
export async function linkOf(document: PlanDocument): Promise<{ link: string; short: boolean }> {
  const at = async (plan: PlanDocument) => `${location.href.replace(/#.*/s, "")}${LINK}${await token(plan)}`;
  const link = await at(document);
  if (link.length <= LONGEST || !document.kept) return { link, short: false };
  const { kept: _, ...rest } = document;
  return { link: await at(rest), short: true };
}

/** The same picture with a plan inside: a chunk before its last one, which is 12 bytes long. */
export function intoPng(png: Uint8Array, token: string): Blob {
  const text = new TextEncoder().encode(`tEXtlandfall\0${token}`);
  const number = (value: number) => new Uint8Array([value >>> 24, value >>> 16, value >>> 8, value]);
  return new Blob([png.slice(0, -12), number(text.length - 4), text, number(crc32(text)), png.slice(-12)], { type: "image/png" });
}

// CRC-32 as PNG has it (ISO 3309).
function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (crc & 1 && 0xedb88320);
  }
  return ~crc >>> 0;
}
