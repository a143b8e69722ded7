// Packs the core for the bundle: node pack.mjs core.wasm writes core.wasm.lzma and, for landfall.html, core.wasm.mix.
import { readFileSync, writeFileSync } from "node:fs";
import { compress } from "lzma1";
import { Encoder } from "../node_modules/lzma1/lib/encoder.js"; // which the package does not export
import { pack } from "./mix.mjs";
import { split } from "./streams.mjs";

// The package knows but the parameters of texts. In the core's streams nothing depends on where in four bytes it stands,
// and of the byte before the first two bits say as much as three: it is a hundredth smaller.
const { configure } = Encoder.prototype;
Encoder.prototype.configure = function (mode) {
  configure.call(this, mode);
  this._numLiteralContextBits = 2;
  this._posStateBits = this._posStateMask = 0;
};

const [wasm] = process.argv.slice(2);
const core = readFileSync(wasm);
writeFileSync(`${wasm}.lzma`, compress(split(core), 9));
writeFileSync(`${wasm}.mix`, pack(core));
