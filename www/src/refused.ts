/** Why WebAssembly does not run here, in a sentence for the reader; `cause` is what compiling threw. */
export function refused(cause: unknown): Error {
  if (typeof WebAssembly === "undefined") {
    return failure("wasm-unavailable", "this browser has WebAssembly switched off; Landfall computes with it. Switch it on, or open the page in another browser");
  }
  // Chrome and Firefox refuse with a CompileError that names the policy, Safari with an EvalError.
  if (cause instanceof Error && (cause.name === "EvalError" || /content.security|\bcsp\b|unsafe-eval/i.test(cause.message))) {
    return failure(
      "wasm-refused",
      "the content security policy of this page forbids WebAssembly; let its administrator add 'wasm-unsafe-eval' to script-src: script-src 'self' 'wasm-unsafe-eval'",
      cause,
    );
  }
  return failure("wasm-damaged", "the WebAssembly inside this file cannot be read; fetch the file again", cause);
}

function failure(code: string, message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { name: "LandfallError", code });
}
