// The digest of the answers to one model, for every seed: shared by Node (tests/npm) and the browser (tests/web), and
// the same as in tests/it/same_bits.rs.
const bytes = new DataView(new ArrayBuffer(8));

const numbersOf = ({ percentiles, within }) => [...percentiles.flatMap(({ p, period }) => [p, period ?? -1]), ...within];

/** FNV-1a over the bits of numbers, smallest byte first. */
export function digestOf(forecast, request, seeds) {
  let hash = 2_166_136_261;
  for (let seed = 1; seed <= seeds; seed++) {
    const { total, items } = forecast({ ...request, seed });
    for (const number of [total, ...items].flatMap(numbersOf)) {
      bytes.setFloat64(0, number, true);
      for (let k = 0; k < 8; k++) hash = Math.imul(hash ^ bytes.getUint8(k), 16_777_619);
    }
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
