/** The WebAssembly module, gzipped, as base64; put in by www/build/bundle.mjs under the name `landfall:wasm`. */
export const gzipped: string;
