/** The script of the worker (worker.ts), bundled; put in by www/build/bundle.mjs under the name `landfall:worker`. */
export const script: string;
/** Where the page's own script lies, which is a worker's as well; empty for the single file. */
export const url: string | undefined;
