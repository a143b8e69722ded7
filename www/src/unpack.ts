// What landfall.html begins with: it unpacks the page's script, which travels packed to keep the file small, and starts it.
// A page that lets this script run lets the unpacked one run too.
import { core, script, unpacker } from "landfall:packed";
import { decode } from "./units.ts";
import { refused } from "./refused.ts";
import { unmix } from "./unmix.ts";

const said = document.createElement("p");
said.textContent = "Opening the plan…";
document.body.append(said);

// Unpacking takes the better part of a second: that is said, and painted, first.
setTimeout(async () => {
  try {
    // Browsers of 2022 compile no more than four kilobytes at once.
    const module = await WebAssembly.compile(decode(unpacker));
    const element = document.createElement("script");
    // The script takes its core from its own element (`landfall:wasm` in the build).
    Object.assign(element, { core: () => unmix(module, decode(core)) });
    element.textContent = new TextDecoder().decode(unmix(module, decode(script)));
    said.remove();
    document.body.append(element);
  } catch (cause) {
    said.textContent = `Landfall cannot start: ${refused(cause).message}.`;
  }
}, 20);
