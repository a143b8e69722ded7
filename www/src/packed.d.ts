/** The page's script, packed; put in by www/build/bundle.mjs under the name `landfall:packed`. */
export const script: string;
/** The core's WebAssembly, packed. */
export const core: string;
/** The WebAssembly that unpacks both. */
export const unpacker: string;
