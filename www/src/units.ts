// Bytes as text, for a script inside an HTML file in UTF-16: 47 bits in three of its code units, where UTF-8 has room for 42
// in as many bytes as that. Those units are not used that mean something to a parser (below 0x100), make half a letter
// (0xd800 to 0xdfff), or are none (0xfffe on). The first three give the number of bytes. The encoder is www/build/units.mjs.

/** How many code units are used. */
const UNITS = 0xfffe - 0x100 - 0x800;

export function decode(text: string): Uint8Array<ArrayBuffer> {
  const unit = (at: number): number => {
    const code = text.charCodeAt(at) - 0x100;
    return code < 0xd700 ? code : code - 0x800;
  };
  const three = (at: number): number => unit(at) + UNITS * (unit(at + 1) + UNITS * unit(at + 2));
  const bytes = new Uint8Array(three(0));
  let to = 0;
  let bits = 0;
  let count = 0;
  const take = (value: number, more: number): void => {
    bits = (bits << more) | value;
    for (count += more; count >= 8; ) bytes[to++] = bits >>> (count -= 8);
    bits &= (1 << count) - 1;
  };
  for (let at = 3; at < text.length; at += 3) {
    const value = three(at);
    take(Math.floor(value / 0x1000000), 23);
    take(value % 0x1000000, 24);
  }
  return bytes;
}
