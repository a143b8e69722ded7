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

/** The names of the functions by their number, as the section `name` has them. */
export function functionNames(module) {
  const names = new Map();
  const text = (at) => {
    const [length, from] = number(module, at);
    return [module.subarray(from, from + length).toString(), from + length];
  };
  for (let at = 8; at < module.length; ) {
    const [length, from] = number(module, at + 1);
    const custom = module[at] === 0;
    at = from + length;
    if (!custom) continue;
    let [name, part] = text(from);
    while (name === "name" && part < at) {
      let [size, entry] = number(module, part + 1);
      const functions = module[part] === 1;
      part = entry + size;
      if (!functions) continue;
      let [count, place] = number(module, entry);
      for (; count > 0; count--) {
        const [index, after] = number(module, place);
        [name, place] = text(after);
        names.set(index, name);
      }
      name = "name";
    }
  }
  return names;
}

/** What memory begins with: segments, each with the address of its first byte. */
export function data(module) {
  let [count, at] = number(module, section(module, 11)[0]);
  return Array.from({ length: count }, () => {
    // 0: a segment of the one memory, at `i32.const`, then `end`.
    if (module[at] !== 0 || module[at + 1] !== 0x41) throw new Error("the module has data that is not at a fixed address");
    const [offset, end] = number(module, at + 2);
    const [length, from] = number(module, end + 1);
    at = from + length;
    return { offset, bytes: module.subarray(from, at) };
  });
}
