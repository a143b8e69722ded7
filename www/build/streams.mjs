// Sorts the code of a WebAssembly module into streams, as www/src/streams.ts weaves them together again.
import { readFileSync } from "node:fs";
import { transformSync } from "esbuild";
import { section } from "./module.mjs";

const source = readFileSync(new URL("../src/streams.ts", import.meta.url), "utf8");
export const { join, walk, STREAMS } = await import(`data:text/javascript,${encodeURIComponent(transformSync(source, { loader: "ts" }).code)}`);

export function split(module) {
  const [start, end] = section(module, 10);
  const streams = Array.from({ length: STREAMS }, () => []);
  let at = start;
  walk((stream) => {
    const byte = module[at++];
    streams[stream].push(byte);
    return byte;
  });
  const header = Buffer.alloc(4 + STREAMS * 4);
  [start, ...streams.map((stream) => stream.length)].forEach((value, place) => header.writeUInt32LE(value, place * 4));
  const bytes = Buffer.concat([header, module.subarray(0, start), module.subarray(end), ...streams.map((stream) => Buffer.from(stream))]);
  // An instruction that streams.ts does not know would go wrong here.
  if (at !== end || !Buffer.from(join(bytes)).equals(module)) throw new Error("the module does not come back out of its streams: is there an instruction that www/src/streams.ts lacks?");
  return bytes;
}
