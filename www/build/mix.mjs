// Packs text as www/src/unmix.ts unpacks it: the same models, and the other half of the arithmetic coder.
import { readFileSync } from "node:fs";
import { transformSync } from "esbuild";

const source = readFileSync(new URL("../src/unmix.ts", import.meta.url), "utf8");
export const { mix, unmix } = await import(`data:text/javascript,${encodeURIComponent(transformSync(source, { loader: "ts" }).code)}`);

export function pack(bytes) {
  const code = [];
  let low = 0; // up to 40 bits, which a number holds
  let range = 2 ** 32 - 1;
  let at = 0;
  // What stands already takes over what does not fit.
  const carry = () => {
    if (low < 2 ** 32) return;
    low -= 2 ** 32;
    for (let place = code.length - 1; ++code[place] > 255; place--) code[place] = 0;
  };
  const shift = () => {
    code.push(Math.floor(low / 2 ** 24));
    low = (low % 2 ** 24) * 256;
  };
  mix(bytes.length, (probability) => {
    const one = (bytes[at >> 3] >> (7 - (at++ & 7))) & 1;
    const bound = Math.floor(range / 2 ** 16) * probability;
    if (one) range = bound;
    else {
      low += bound;
      range -= bound;
      carry();
    }
    for (; range < 2 ** 24; range *= 256) shift();
    return one;
  });
  for (let i = 0; i < 4; i++) shift();
  const packed = Buffer.alloc(4 + code.length);
  packed.writeUInt32BE(bytes.length);
  packed.set(code, 4);
  // What differs where it is packed differs where it is unpacked.
  if (!Buffer.from(unmix(packed)).equals(Buffer.from(bytes))) throw new Error("the text does not come back out of its packing");
  return packed;
}
