// Bytes as text, as www/src/units.ts reads it.
const UNITS = 0xfffe - 0x100 - 0x800;

export function encode(bytes) {
  let text = "";
  const unit = (value) => String.fromCharCode(value + (value < 0xd700 ? 0x100 : 0x900));
  const three = (value) => {
    for (let k = 0; k < 3; k++, value = Math.floor(value / UNITS)) text += unit(value % UNITS);
  };
  three(bytes.length);
  let bits = 0n;
  let count = 0;
  for (let at = 0, left = Math.ceil((bytes.length * 8) / 47); left > 0; left--) {
    for (; count < 47; count += 8) bits = (bits << 8n) | BigInt(bytes[at++] ?? 0);
    count -= 47;
    three(Number(bits >> BigInt(count)));
    bits &= (1n << BigInt(count)) - 1n;
  }
  return text;
}
