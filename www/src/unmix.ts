// Unpacks what the build packed by context mixing. The work is done by a small WebAssembly module, www/unmix: in JavaScript
// it takes more than twice the time.

interface Unpacker {
  memory: WebAssembly.Memory;
  unpack(packed: number, length: number, bytes: number, size: number): void;
}

/** The bytes that were packed: their number, then the arithmetic code. Each time in memory of its own, for it is used once. */
export function unmix(unpacker: WebAssembly.Module, packed: Uint8Array): Uint8Array<ArrayBuffer> {
  const { memory, unpack } = new WebAssembly.Instance(unpacker).exports as unknown as Unpacker;
  const size = new DataView(packed.buffer, packed.byteOffset).getUint32(0);
  const from = memory.buffer.byteLength;
  const to = from + packed.length;
  memory.grow(((packed.length + size) >> 16) + 1);
  new Uint8Array(memory.buffer).set(packed, from);
  unpack(from + 4, packed.length - 4, to, size);
  return new Uint8Array(memory.buffer, to, size);
}
