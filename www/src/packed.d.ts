/** The page's script, packed; put in by www/build/bundle.mjs under the name `landfall:packed`. */
export const script: string;
/** The core's WebAssembly in its streams, packed. */
export const core: string;
