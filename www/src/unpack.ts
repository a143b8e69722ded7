// What landfall.html begins with: it unpacks the page's script, which travels packed to keep the file small, and starts it.
// A page that lets this script run lets the unpacked one run too.
import { core, script } from "landfall:packed";
import { decode } from "./base128.ts";
import { join } from "./streams.ts";
import { unlzma } from "./unlzma.ts";
import { unmix } from "./unmix.ts";

const element = document.createElement("script");
// The script takes its core from its own element (`landfall:wasm` in the build).
Object.assign(element, { core: () => join(unlzma(decode(core))) });
element.textContent = new TextDecoder().decode(unmix(decode(script)));
document.body.append(element);
