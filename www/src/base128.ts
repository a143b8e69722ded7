// Bytes as text in seven bits a byte, for a script inside an HTML file in UTF-8: a tenth shorter than base 85. A character
// is seven bits. Those that end or change something on the way are not written: they go together with the seven bits behind
// them into one character of two bytes, which costs no more (after Kevin Albertson's "base122", 2016).
// The encoder is www/build/base128.mjs.

// NUL, EOT, backspace, line feed, vertical tab, form feed, carriage return, SUB, ESC, " & < \ DEL.
const UNWRITTEN = [0, 4, 8, 10, 11, 12, 13, 26, 27, 34, 38, 60, 92, 127];

/** The bytes behind a text; after the last one there may be one of zero. */
export function decode(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(((text.length * 2 * 7) >> 3) + 1);
  let to = 0;
  let bits = 0;
  let count = 0;
  const take = (seven: number): void => {
    bits = ((bits << 7) | seven) & 0x7fff;
    count += 7;
    if (count >= 8) bytes[to++] = bits >> (count -= 8);
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0xff) take(UNWRITTEN[(code >> 7) - 2]);
    take(code & 0x7f);
  }
  return bytes.subarray(0, to);
}
