// Bytes as text, as www/src/base85.ts reads it.
const alphabet = "!#%()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz|}~";

export function encode(bytes) {
  let text = "";
  for (let from = 0; from < bytes.length; from += 4) {
    let word = 0;
    for (let at = from; at < from + 4; at++) word = word * 256 + (bytes[at] ?? 0);
    let group = "";
    for (let digit = 0; digit < 5; digit++, word = Math.floor(word / 85)) group = alphabet[word % 85] + group;
    // A last group of n bytes is n + 1 characters.
    text += group.slice(0, Math.min(4, bytes.length - from) + 1);
  }
  return text;
}
