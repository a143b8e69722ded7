// The Rust core, loaded once for all elements of a page. The build puts the module into the script itself, so that
// one file is enough, from disk too, where a page may fetch nothing.
import * as bindings from "landfall:core";
import { wasm } from "landfall:wasm";
import { initSync } from "../pkg/landfall.js";

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

/** The compiled core, for a worker. */
export function compiled(): WebAssembly.Module {
  if (!module) throw new Error("compiled() was called before ready() had resolved");
  return module;
}

async function start(): Promise<Core> {
  module = await compile(wasm());
  initSync({ module });
  return (started = bindings);
}

async function compile(bytes: BufferSource): Promise<WebAssembly.Module> {
  if (typeof WebAssembly === "undefined") {
    throw failure("wasm-unavailable", "this browser has WebAssembly switched off; Landfall computes with it. Switch it on, or open the page in another browser");
  }
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    // Chrome and Firefox refuse with a CompileError that names the policy, Safari with an EvalError.
    if (cause instanceof Error && (cause.name === "EvalError" || /content.security|\bcsp\b|unsafe-eval/i.test(cause.message))) {
      throw failure(
        "wasm-refused",
        "the content security policy of this page forbids WebAssembly; let its administrator add 'wasm-unsafe-eval' to script-src: script-src 'self' 'wasm-unsafe-eval'",
        cause,
      );
    }
    throw failure("wasm-damaged", "the WebAssembly inside this file cannot be read; fetch the file again", cause);
  }
}

function failure(code: string, message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { name: "LandfallError", code });
}
