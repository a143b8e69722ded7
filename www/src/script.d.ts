/** The script of the worker (worker.ts), bundled; put in by www/build/bundle.mjs under the name `landfall:worker`. */
export const script: string;
