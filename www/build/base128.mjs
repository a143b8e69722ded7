// Bytes as text, as www/src/base128.ts reads it.
const unwritten = [0, 4, 8, 10, 11, 12, 13, 26, 27, 34, 38, 60, 92, 127];

export function encode(bytes) {
  const sevens = Math.ceil((bytes.length * 8) / 7);
  const seven = (place) => {
    const first = place * 7;
    const byte = (at) => bytes[at] ?? 0;
    const both = (byte(first >> 3) << 8) | byte((first >> 3) + 1);
    return (both >> (9 - (first & 7))) & 0x7f;
  };
  let text = "";
  for (let place = 0; place < sevens; place++) {
    const code = seven(place);
    const at = unwritten.indexOf(code);
    text += String.fromCharCode(at < 0 ? code : 0x100 + at * 128 + seven(++place));
  }
  return text;
}
