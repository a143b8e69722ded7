// Empties the functions that say why the core has panicked: a module has no error stream, so nobody reads it. What is left
// of them is the trap, which is all that a page sees of a panic; what prepares their words goes with them, and so do the
// places in the source, with their paths on the machine that has built it.
//   node quiet.mjs core.wasm    before `wasm-opt`, which takes out what this leaves unused
import { readFileSync, writeFileSync } from "node:fs";
import { bodies, data, functionNames, imports, section, uleb } from "./module.mjs";

// Of the standard library, by name; none of them ever returns.
const FAILING =
  /^<?(core|alloc|std)\b[^ ]*::(panicking::(panic|assert_failed)\w*|\w+_fail(ed)?(_rt)?|raw_vec::(handle_error|capacity_overflow)|cell::panic_\w+|panic_on_ord_violation|panic_access_error)(::|$)/;
const TRAP = Buffer.from([0, 0x00, 0x0b]); // no locals, `unreachable`, `end`

const [wasm] = process.argv.slice(2);
writeFileSync(wasm, quiet(nowhere(readFileSync(wasm))));

function quiet(module) {
  const imported = imports(module);
  const names = functionNames(module);
  const failing = (index) => FAILING.test(names.get(imported + index) ?? "");
  const functions = bodies(module).map((body, index) => (failing(index) ? TRAP : body));
  if (!functions.includes(TRAP)) throw new Error("no function of the module is known to fail: are their names still those of the standard library?");
  const code = Buffer.concat([Buffer.from(uleb(functions.length)), ...functions.flatMap((body) => [Buffer.from(uleb(body.length)), body])]);
  const [start, end] = section(module, 10);
  // The length of the section stands before its contents, in as many bytes as the linker likes.
  let before = start - 1;
  while (module[before - 1] > 127) before--;
  return Buffer.concat([module.subarray(0, before), Buffer.from(uleb(code.length)), code, module.subarray(end)]);
}

// A place is four numbers: where the path stands, how long it is, line and column.
function nowhere(module) {
  const blank = Buffer.from(module);
  const segments = data(module);
  const file = (address, length) => {
    const segment = segments.find(({ offset, bytes }) => offset <= address && address + length <= offset + bytes.length);
    const path = segment?.bytes.subarray(address - segment.offset, address - segment.offset + length);
    return length > 3 && length < 300 && path?.toString("latin1").endsWith(".rs") ? path : undefined;
  };
  for (const { bytes } of segments) {
    for (let at = 0; at + 16 <= bytes.length; at += 4) {
      const [address, length, line, column] = [0, 4, 8, 12].map((place) => bytes.readUInt32LE(at + place));
      const path = line && column && line < 1e5 && column < 1e3 && file(address, length);
      if (!path) continue;
      for (const part of [path, bytes.subarray(at, at + 16)]) blank.fill(0, part.byteOffset - module.byteOffset, part.byteOffset - module.byteOffset + part.length);
    }
  }
  return blank;
}
