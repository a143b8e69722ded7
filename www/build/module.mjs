// As much of the WebAssembly binary format as the build has to know: sections, and the functions in them.

/** A whole number as LEB128. */
export function uleb(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value];
}

/** The LEB128 number at a place, and the place after it. */
function number(module, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = module[at++];
    value |= (byte & 127) << shift;
    if (byte < 128) return [value, at];
  }
}

/** Where the contents of the section with a number begin and end. */
export function section(module, wanted) {
  for (let at = 8; at < module.length; ) {
    const [length, from] = number(module, at + 1);
    if (module[at] === wanted) return [from, from + length];
    at = from + length;
  }
  throw new Error(`the module has no section ${wanted}`);
}

/** The bodies of the functions. */
export function bodies(module) {
  let [count, at] = number(module, section(module, 10)[0]);
  return Array.from({ length: count }, () => {
    const [length, from] = number(module, at);
    at = from + length;
    return module.subarray(from, at);
  });
}

/** How many functions are imported: they are numbered before those with a body. */
export function imports(module) {
  let [count, at] = number(module, section(module, 2)[0]);
  let functions = 0;
  for (; count > 0; count--) {
    for (const name of [0, 1]) {
      const [length, from] = number(module, at);
      at = from + length;
    }
    if (module[at] !== 0) throw new Error("the module imports what is no function");
    functions++;
    at = number(module, at + 1)[1];
  }
  return functions;
}
