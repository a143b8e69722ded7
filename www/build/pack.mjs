// Packs the core for the bundle: node pack.mjs core.wasm writes core.wasm.lzma.
import { readFileSync, writeFileSync } from "node:fs";
import { compress } from "lzma1";
import { split } from "./streams.mjs";

const [wasm] = process.argv.slice(2);
writeFileSync(`${wasm}.lzma`, compress(split(readFileSync(wasm)), 9));
