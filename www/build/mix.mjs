// Packs bytes as www/src/unmix.ts unpacks them, with the other half of www/unmix: a text, or a module of WebAssembly, in
// whose code the model knows its way.
import { readFileSync } from "node:fs";
import { transformSync } from "esbuild";

const source = readFileSync(new URL("../src/unmix.ts", import.meta.url), "utf8");
const { unmix: unpacked } = await import(`data:text/javascript,${encodeURIComponent(transformSync(source, { loader: "ts" }).code)}`);
const module = (name) => new WebAssembly.Module(readFileSync(new URL(`../pkg/${name}.wasm`, import.meta.url)));
const [packer, unpacker] = ["mix", "unmix"].map(module);

export const unmix = (packed) => unpacked(unpacker, packed);

export function pack(bytes) {
  const { memory, pack } = new WebAssembly.Instance(packer).exports;
  // The bytes, what the model has seen of them, and the code: noise takes a little more than it was.
  const [size, room] = [bytes.length, bytes.length + (bytes.length >> 4) + 64];
  const from = memory.buffer.byteLength;
  memory.grow(((2 * size + room) >> 16) + 1);
  new Uint8Array(memory.buffer).set(bytes, from);
  const length = pack(from, size, from + size, from + 2 * size, room);
  const packed = Buffer.alloc(4 + length);
  packed.writeUInt32BE(size);
  packed.set(new Uint8Array(memory.buffer, from + 2 * size, length), 4);
  // What differs where it is packed differs where it is unpacked.
  if (!Buffer.from(unmix(packed)).equals(Buffer.from(bytes))) throw new Error("what was packed does not come back out of its packing");
  return packed;
}
