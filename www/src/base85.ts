// Bytes as text: four in five characters, where base64 has three in four. The alphabet is printable ASCII without what
// ends or opens something in a string, a script, HTML, XML or a wiki's templates: " $ & ' < > \ ` { and the space.
// The encoder is www/build/base85.mjs.

const ALPHABET = "!#%()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz|}~";

/** The bytes behind a text. What is not base 85 gives bytes too, but none of use. */
export function decode(text: string): Uint8Array<ArrayBuffer> {
  const digits = new Uint8Array(128);
  for (let digit = 0; digit < 85; digit++) digits[ALPHABET.charCodeAt(digit)] = digit;
  // A last group of n bytes is n + 1 characters: the others would be the highest digit.
  const bytes = new Uint8Array(Math.ceil(text.length / 5) * 4);
  const words = new DataView(bytes.buffer);
  for (let from = 0, to = 0; from < text.length; to += 4) {
    let word = 0;
    for (const end = from + 5; from < end; from++) word = word * 85 + (from < text.length ? digits[text.charCodeAt(from)] : 84);
    words.setUint32(to, word);
  }
  return bytes.subarray(0, Math.floor((text.length * 4) / 5));
}
