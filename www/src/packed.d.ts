/** The length of the page's script (four bytes), the script, the core's WebAssembly: gzipped, as base64; put in by
    www/build/bundle.mjs under the name `landfall:packed`. */
export const packed: string;
