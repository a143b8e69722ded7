// The Rust core, loaded once for all elements of a page. The build puts the module into the script itself, so that
// one file is enough, from disk too, where a page may fetch nothing.
import * as bindings from "landfall:core";
import { wasm } from "landfall:wasm";
import { initSync } from "../pkg/landfall.js";
import { refused } from "./refused.ts";

/** What src/wasm.rs exports. */
export type Core = Omit<typeof bindings, "default" | "initSync">;

let starting: Promise<Core> | undefined;
let started: Core | undefined;
let module: WebAssembly.Module | undefined;

/** Resolves when the core can be called; rejects with a sentence for the reader when it cannot run here. */
export function ready(): Promise<Core> {
  return (starting ??= start());
}

/** The core, for code that runs after {@link ready}. */
export function core(): Core {
  if (!started) throw new Error("core() was called before ready() had resolved");
  return started;
}

/** Lets the page have the core in another form. */
export const adopt = (core: Core): Core => (started = core);

/** The compiled core, for a worker. */
export function compiled(): WebAssembly.Module {
  if (!module) throw new Error("compiled() was called before ready() had resolved");
  return module;
}

async function start(): Promise<Core> {
  module = await WebAssembly.compile(wasm()).catch((cause) => {
    throw refused(cause);
  });
  initSync({ module });
  return (started = bindings);
}
