// Unpacks text by context mixing: several models each say how likely the next bit is a one, after what stood before in
// their context; a small neural network weighs them by how well they did. It leaves a fifth less than LZMA, at a
// hundred times the work. After Matt Mahoney's lpaq (2007) and his "Adaptive Weighing of Context Models for Lossless Data
// Compression" (2005); bit histories are those of his PAQ6: how many zeros and ones, and fewer of what is contradicted.
// The build packs with the same `mix` (www/build/mix.mjs), so both have to come to the same bits in every engine: nothing
// here but integers, and of floating-point numbers the basic operations, which ECMAScript defines to the bit.

const CONTEXTS = 6;
/** What is weighed: the contexts, and how the text went on where it last was alike. */
const INPUTS = CONTEXTS + 1;
/** Bytes for each context: sixteen for half a byte after it, a check and the histories of what may stand there. */
const TABLE = 1 << 20;
/** Bytes that have to be alike. */
const ALIKE = 6;
/** What stands before the first byte. */
const EDGE = 8;

/** `size` bytes, of which `bit` says bit after bit, when told how likely a one is (of 65,536). */
export function mix(size: number, bit: (probability: number) => number): Uint8Array<ArrayBuffer> {
  const text = new Uint8Array(EDGE + size);
  // The logistic function: the probability (of 65,536) at a place from 0 to 4,095, which means -8 to 8; and the place of a probability (of 4,096).
  const squash = new Uint16Array(4096);
  const stretch = new Int16Array(4096);
  for (let i = 0, power = 1; i < 2048; i++, power *= 1.00391389) {
    squash[2048 + i] = (65535 * power) / (1 + power);
    squash[2048 - i] = 65535 / (1 + power);
  }
  for (let i = 0, place = 0; i < 4096; stretch[i++] = place - 2048) while (place < 4095 && squash[place] < i * 16 + 8) place++;
  // What a history is after one more bit; and how likely a one is after it, which each context learns.
  const next = new Uint8Array(512);
  const chances = new Uint16Array(CONTEXTS * 256);
  for (let history = 0; history < 256; history++) {
    const counts = [history >> 4, history & 15];
    for (const one of [0, 1]) {
      const other = counts[1 - one];
      const [same, less] = [Math.min(15, counts[one] + 1), other > 7 ? 5 : other > 4 ? 4 : Math.min(3, other)];
      next[history * 2 + one] = one ? less * 16 + same : same * 16 + less;
    }
    for (let i = history; i < chances.length; i += 256) chances[i] = (65536 * (counts[1] + 0.4)) / (counts[0] + counts[1] + 0.8);
  }
  const histories = new Uint8Array(CONTEXTS * TABLE);
  const clearing = new Uint32Array(histories.buffer);
  const [hashes, checks, places, states, inputs] = [0, 0, 0, 0, 0].map(() => new Int32Array(INPUTS));
  // Two sets of weights: by how long the text has been alike, whether a word stands here, and the place of the bit; by the
  // byte so far.
  const weights = new Int32Array(304 * INPUTS).fill(19661);
  // What the mixed probability turned out to be, after each byte, at 33 places of the line.
  const refined = new Uint16Array(33 << 16);
  for (let i = 0; i < 33; i++) refined[i] = squash[Math.min(4095, i * 128)];
  for (let filled = 33; filled < refined.length; filled *= 2) refined.copyWithin(filled, 0, filled);
  const trust = new Uint16Array(64).map((_, length) => 65535 - 65536 / (length + 2));
  const seen = new Int32Array(1 << 18);
  let [alike, length, word, signs] = [0, 0, 0, 0];

  for (let at = EDGE; at < text.length; at++) {
    // The last one, two and four bytes; the word so far, alone and after the last four and two signs.
    let hash = 0;
    for (let i = 1; i <= 4; i++) hashes[i & 3] = hash = (Math.imul(hash ^ text[at - i], 0x2f0b4c47) + (hash >>> 11)) | 0;
    hashes[3] = word;
    hashes[4] = word + Math.imul(signs, 0x2c1b3c6d);
    hashes[5] = word + Math.imul(signs & 0xffff, 0x3c6d2c1b);
    const row = ((length && (length < 16 ? 1 : 2)) + (word ? 3 : 0)) * 8;
    const trusted = Math.min(63, length);
    let expected = length && (text[alike] | 256);
    let byte = 1;
    let node = 1;
    for (let left = 7; left >= 0; left--) {
      if ((left & 3) === 3) {
        node = 1;
        const salt = Math.imul(byte, 0x2f0b4c47);
        // All are asked for before one is looked at: then memory finds them side by side.
        for (let i = 0; i < CONTEXTS; i++) {
          let key = Math.imul(hashes[i] + salt, 0x9e3779b1);
          key = Math.imul(key ^ (key >>> 15), 0x85ebca6b);
          checks[i] = (key >>> 24) | 1;
          places[i] = left > 3 ? i * TABLE + (key & (TABLE - 16)) : places[i] ^ (key & 4080);
        }
        for (let i = 0; i < CONTEXTS; i++) {
          const place = places[i];
          if (histories[place] === checks[i]) continue;
          places[i] ^= 16;
          if (histories[place ^ 16] === checks[i]) continue;
          // Neither is this context's: it takes the one of which less is known.
          if (known(histories[place + 1]) <= known(histories[(place ^ 16) + 1])) places[i] = place;
          const first = places[i] >> 2;
          clearing[first] = checks[i];
          clearing[first + 1] = clearing[first + 2] = clearing[first + 3] = 0;
        }
      }
      const set = (row + left) * INPUTS;
      const set2 = (48 + byte) * INPUTS;
      const agrees = expected >> (left + 1) === byte;
      const surely = expected >> left & 1;
      const sure = agrees ? stretch[trust[trusted] >> 4] : 0;
      inputs[CONTEXTS] = surely ? sure : -sure;
      for (let i = 0; i < CONTEXTS; i++) {
        const state = (i << 8) | histories[places[i] + node];
        states[i] = state;
        inputs[i] = stretch[chances[state] >> 4];
      }
      let sum = 0;
      let sum2 = 0;
      for (let i = 0; i < INPUTS; i++) {
        sum = (sum + Math.imul(weights[set + i], inputs[i])) | 0;
        sum2 = (sum2 + Math.imul(weights[set2 + i], inputs[i])) | 0;
      }
      sum = Math.max(0, Math.min(4095, (sum >> 16) + 2048));
      sum2 = Math.max(0, Math.min(4095, (sum2 >> 16) + 2048));
      const mixed = (sum + sum2) >> 1;
      const between = mixed & 127;
      const place = ((text[at - 1] << 8) | byte) * 33 + (mixed >> 7);
      const found = (refined[place] * (128 - between) + refined[place + 1] * between) >> 7;
      const one = bit(Math.max(1, (squash[mixed] + found * 3) >> 2));
      const whole = one * 65535;
      const wrong = whole - squash[sum];
      const wrong2 = whole - squash[sum2];
      for (let i = 0; i < INPUTS; i++) {
        weights[set + i] += Math.imul(inputs[i], wrong) >> 16;
        weights[set2 + i] += Math.imul(inputs[i], wrong2) >> 16;
      }
      for (let i = 0; i < CONTEXTS; i++) {
        const state = states[i];
        chances[state] += (whole - chances[state]) >> 7;
        histories[places[i] + node] = next[(state & 255) * 2 + one];
      }
      const nearer = place + (between >> 6);
      refined[nearer] += (whole - refined[nearer]) >> 5;
      if (agrees) {
        trust[trusted] += ((one === surely ? 65535 : 0) - trust[trusted]) >> 6;
        if (one !== surely) expected = length = 0;
      }
      byte = byte * 2 + one;
      node = node * 2 + one;
    }
    text[at] = byte &= 255;
    if (length) {
      length++;
      alike++;
    }
    let end = 0;
    for (let i = 0; i < ALIKE; i++) end = Math.imul(end + text[at - i] + 1, 0x2f0b4c47) ^ (end >>> 13);
    end = Math.imul(end, 0x9e3779b1) >>> 14;
    if (!length && (alike = seen[end])) {
      while (length < 63 && length < alike && text[alike - 1 - length] === text[at - length]) length++;
      if (length < ALIKE) length = 0;
    }
    seen[end] = at + 1;
    if (wordlike(byte)) word = Math.imul(word + byte + 1, 0x3d4d51cb);
    else {
      word = 0;
      signs = (signs << 8) | byte;
    }
  }
  return text.subarray(EDGE);
}

/** The bytes of a packed text: their number, then the arithmetic code. */
export function unmix(packed: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = new DataView(packed.buffer, packed.byteOffset);
  let range = -1; // both are unsigned numbers of 32 bits, kept as signed ones, as in unlzma.ts
  let code = header.getInt32(4);
  let at = 8;
  return mix(header.getUint32(0), (probability) => {
    const bound = Math.imul(range >>> 16, probability);
    const one = (code ^ 0x80000000) < (bound ^ 0x80000000) ? 1 : 0;
    if (one) range = bound;
    else {
      range = (range - bound) | 0;
      code = (code - bound) | 0;
    }
    while (!(range & 0xff000000)) {
      range <<= 8;
      code = (code << 8) | packed[at++];
    }
    return one;
  });
}

function known(history: number): number {
  return (history >> 4) + (history & 15);
}

/** Letters, digits, `$`, `_`, and what is not ASCII. */
function wordlike(byte: number): boolean {
  return (byte > 47 && byte < 58) || ((byte & 95) > 64 && (byte & 95) < 91) || byte === 36 || byte === 95 || byte > 127;
}
