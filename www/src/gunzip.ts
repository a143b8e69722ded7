// Unpacks what the build packed: gzip in base64, in this very script.

/** Rejects with a sentence for the reader in a browser that cannot. */
export async function gunzip(base64: string): Promise<ArrayBuffer> {
  if (typeof DecompressionStream === "undefined") {
    const message = "this browser cannot unpack gzip; one from 2023 or later can (Chrome 80, Firefox 113, Safari 16.4)";
    throw Object.assign(new Error(message), { name: "LandfallError", code: "browser-too-old" });
  }
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}
