/** The core's WebAssembly; put in by www/build/bundle.mjs under the name `landfall:wasm`. */
export function wasm(): BufferSource;
