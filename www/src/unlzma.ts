// Unpacks what the build packed: LZMA (the .lzma format), in this very script. It leaves a fifth less than
// gzip, the only format that browsers unpack themselves. After Igor Pavlov's "LZMA specification" (2015, public domain).
import { decode } from "./base85.ts";

// Where each kind of decision keeps its probabilities.
const MATCH = 0;
const REPEATED = MATCH + 192;
const REPEATED_0 = REPEATED + 12;
const REPEATED_1 = REPEATED_0 + 12;
const REPEATED_2 = REPEATED_1 + 12;
const SHORT = REPEATED_2 + 12;
const SLOT = SHORT + 192;
const DISTANCE = SLOT + 256;
const ALIGN = DISTANCE + 115;
const LENGTH = ALIGN + 16;
const REPEATED_LENGTH = LENGTH + 514;
const LITERAL = REPEATED_LENGTH + 514;

/** The bytes behind a packed text. */
export function unpack(text: string): Uint8Array<ArrayBuffer> {
  return unlzma(decode(text));
}

/** The bytes that were packed. What is not LZMA gives bytes too, but none of use. */
export function unlzma(input: Uint8Array): Uint8Array<ArrayBuffer> {
  const properties = input[0];
  const contextBits = properties % 9;
  const literalMask = (1 << (((properties / 9) | 0) % 5)) - 1;
  const positionMask = (1 << ((properties / 45) | 0)) - 1;
  const size = new DataView(input.buffer, input.byteOffset).getUint32(5, true);
  const output = new Uint8Array(size);
  const probabilities = new Uint16Array(LITERAL + (0x300 << contextBits) * (literalMask + 1)).fill(1024);

  let at = 18; // 13 bytes of header, one of zero, four of code
  let range = -1; // both are unsigned numbers of 32 bits, kept as signed ones: these are what engines are quick with
  let code = new DataView(input.buffer, input.byteOffset).getInt32(14);

  function bit(index: number): number {
    const probability = probabilities[index];
    const bound = Math.imul(range >>> 11, probability);
    let value = 0;
    if ((code ^ 0x80000000) < (bound ^ 0x80000000)) {
      range = bound;
      probabilities[index] = probability + ((2048 - probability) >> 5);
    } else {
      range = (range - bound) | 0;
      code = (code - bound) | 0;
      probabilities[index] = probability - (probability >> 5);
      value = 1;
    }
    if ((range & 0xff000000) === 0) {
      range <<= 8;
      code = (code << 8) | input[at++];
    }
    return value;
  }

  function even(count: number): number {
    let value = 0;
    for (; count > 0; count--) {
      range >>>= 1;
      const below = (code - range) >>> 31;
      code = (code - (range & (below - 1))) | 0;
      value = (value << 1) | (1 - below);
      if ((range & 0xff000000) === 0) {
        range <<= 8;
        code = (code << 8) | input[at++];
      }
    }
    return value;
  }

  function tree(base: number, bits: number): number {
    let node = 1;
    for (let i = 0; i < bits; i++) node = (node << 1) | bit(base + node);
    return node - (1 << bits);
  }

  function reversed(base: number, bits: number): number {
    let node = 1;
    let value = 0;
    for (let i = 0; i < bits; i++) {
      const one = bit(base + node);
      node = (node << 1) | one;
      value |= one << i;
    }
    return value;
  }

  function length(base: number, position: number): number {
    if (!bit(base)) return 2 + tree(base + 2 + (position << 3), 3);
    if (!bit(base + 1)) return 10 + tree(base + 130 + (position << 3), 3);
    return 18 + tree(base + 258, 8);
  }

  let filled = 0;
  let state = 0;
  let [last0, last1, last2, last3] = [0, 0, 0, 0];
  while (filled < size) {
    const position = filled & positionMask;
    if (!bit(MATCH + (state << 4) + position)) {
      const before = filled > 0 ? output[filled - 1] : 0;
      const base = LITERAL + 0x300 * (((filled & literalMask) << contextBits) + (before >> (8 - contextBits)));
      let symbol = 1;
      if (state >= 7) {
        let expected = output[filled - last0 - 1];
        let same = true;
        while (same && symbol < 0x100) {
          const one = (expected >> 7) & 1;
          expected <<= 1;
          const found = bit(base + ((1 + one) << 8) + symbol);
          symbol = (symbol << 1) | found;
          same = one === found;
        }
      }
      while (symbol < 0x100) symbol = (symbol << 1) | bit(base + symbol);
      output[filled++] = symbol;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let count: number;
    if (bit(REPEATED + state)) {
      if (!bit(REPEATED_0 + state)) {
        if (!bit(SHORT + (state << 4) + position)) {
          state = state < 7 ? 9 : 11;
          output[filled] = output[filled - last0 - 1];
          filled++;
          continue;
        }
      } else {
        let distance = last1;
        if (bit(REPEATED_1 + state)) {
          distance = last2;
          if (bit(REPEATED_2 + state)) {
            distance = last3;
            last3 = last2;
          }
          last2 = last1;
        }
        last1 = last0;
        last0 = distance;
      }
      count = length(REPEATED_LENGTH, position);
      state = state < 7 ? 8 : 11;
    } else {
      last3 = last2;
      last2 = last1;
      last1 = last0;
      count = length(LENGTH, position);
      state = state < 7 ? 7 : 10;
      const slot = tree(SLOT + (Math.min(count - 2, 3) << 6), 6);
      last0 = slot;
      if (slot >= 4) {
        const bits = (slot >> 1) - 1;
        last0 = (2 | (slot & 1)) << bits;
        last0 += slot < 14 ? reversed(DISTANCE + last0 - slot, bits) : (even(bits - 4) << 4) + reversed(ALIGN, 4);
      }
    }
    for (; count > 0 && filled < size; count--, filled++) output[filled] = output[filled - last0 - 1];
  }
  return output;
}
