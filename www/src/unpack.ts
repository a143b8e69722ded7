// What landfall.html begins with: it unpacks the page's script and the core, which travel in one gzip to keep the file
// small, and starts them. A page that lets this script run lets the unpacked one run too.
import { packed } from "landfall:packed";
import { gunzip } from "./gunzip.ts";

gunzip(packed).then(start, (error: Error) => document.body.append(`Landfall cannot start here: ${error.message}`));

function start(bytes: ArrayBuffer) {
  const length = new DataView(bytes).getUint32(0);
  const script = document.createElement("script");
  // The script takes its core from its own element (`landfall:wasm` in the build).
  Object.assign(script, { wasm: bytes.slice(4 + length) });
  script.textContent = new TextDecoder().decode(new Uint8Array(bytes, 4, length));
  document.body.append(script);
}
