// The code of a WebAssembly module mixes opcodes, the numbers of locals, addresses and so on, byte by byte. The build
// sorts them into streams, one for each, which LZMA packs a twelfth better; here they are woven together again.
// Opcodes and what follows each: WebAssembly core specification, section 5.4. The build's half is www/build/streams.mjs.

const [OPCODE, SIZE, LOCALS, BLOCK, BRANCH, CALL, LOCAL, ALIGN, OFFSET, I32, I64, FLOAT, OTHER] = Array(13).keys();
/** How many streams there are; what is outside of functions is another one, before them. */
export const STREAMS = 13;

// The one number that follows an opcode, by its stream; opcodes that nothing or several things follow have none.
const FOLLOWS = new Uint8Array(256);
for (const [from, to, stream] of [
  [0x02, 0x04, BLOCK],
  [0x0c, 0x0d, BRANCH],
  [0x10, 0x10, CALL],
  [0x20, 0x22, LOCAL],
  [0x23, 0x26, OTHER],
  [0x3f, 0x40, OTHER],
  [0x41, 0x41, I32],
  [0x42, 0x42, I64],
  [0xd0, 0xd0, OTHER],
  [0xd2, 0xd2, OTHER],
]) {
  FOLLOWS.fill(stream, from, to + 1);
}

/** Goes through the functions of a code section: `byte` takes the next one, which belongs to the stream of that number. */
export function walk(byte: (stream: number) => number): void {
  // LEB128, the format of whole numbers.
  const number = (stream: number): number => {
    let more = byte(stream);
    let value = more & 127;
    for (let shift = 7; more > 127; shift += 7) {
      more = byte(stream);
      value |= (more & 127) << shift;
    }
    return value;
  };
  const times = (count: number, stream: number, next = number) => {
    for (; count > 0; count--) next(stream);
  };
  const several = (opcode: number) => {
    if (opcode === 0x0e) times(number(BRANCH) + 1, BRANCH);
    else if (opcode === 0x11) times(2, OTHER);
    else if (opcode === 0x1c) times(number(OTHER), OTHER);
    else if (opcode === 0x43) times(4, FLOAT, byte);
    else if (opcode === 0x44) times(8, FLOAT, byte);
    else if (opcode === 0xfc) {
      const second = number(OTHER);
      times(second < 8 ? 0 : second & 1 || second === 16 ? 1 : 2, OTHER);
    }
  };
  const body = () => {
    number(SIZE);
    for (let groups = number(LOCALS); groups > 0; groups--) times(2, LOCALS);
    for (let depth = 1; depth > 0; ) {
      const opcode = byte(OPCODE);
      if (FOLLOWS[opcode]) {
        if (opcode < 0x05) depth++;
        number(FOLLOWS[opcode]);
      } else if (opcode >= 0x28 && opcode <= 0x3e) {
        number(ALIGN);
        number(OFFSET);
      } else if (opcode === 0x0b) depth--;
      else if (opcode < 0x45 || opcode > 0xc4) several(opcode);
    }
  };
  for (let functions = number(SIZE); functions > 0; functions--) body();
}

/** The module behind its streams: where its code begins, and the length of each; then what is outside of the code; then the streams. */
export function join(split: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = new DataView(split.buffer, split.byteOffset);
  const start = header.getUint32(0, true);
  const places = new Uint32Array(STREAMS);
  let from = split.length;
  for (let stream = STREAMS - 1; stream >= 0; stream--) places[stream] = from -= header.getUint32(4 + stream * 4, true);
  const outside = split.subarray(4 + STREAMS * 4, from);
  const module = new Uint8Array(outside.length + split.length - from);
  module.set(outside.subarray(0, start));
  let to = start;
  walk((stream) => (module[to++] = split[places[stream]++]));
  module.set(outside.subarray(start), to);
  return module;
}
