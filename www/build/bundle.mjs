// Makes what is shipped, from www/pkg (the core), www/src (the page) and www/npm:
//   www/dist/landfall.html  one file that runs from disk and in a sandboxed frame
//   www/dist/landfall.js    one script tag that brings <landfall-planner>
//   www/dist/npm/           the package "landfall"
import { mkdir, readFile, rm, writeFile, copyFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { encode } from "./base85.mjs";
import { pack } from "./mix.mjs";
import { encode as dense } from "./units.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const www = `${root}www/`;
const dist = `${www}dist/`;

export async function bundle() {
  const [names, worker] = await Promise.all([exportedNames(), workerScript()]);
  const packed = await readFile(`${www}pkg/landfall_bg.wasm.lzma`);
  const wasm = encode(packed);
  const core = carrier({
    "landfall:core": `export { ${names} } from "./pkg/landfall.js"`,
    "landfall:worker": worker,
    "landfall:wasm": `import { join } from "./src/streams.ts"; import { unpack } from "./src/unlzma.ts"; export const wasm = () => join(unpack("${wasm}"))`,
  });
  await mkdir(`${dist}npm`, { recursive: true });
  await Promise.all([
    single(names, worker).then((text) => write("landfall.html", Buffer.from(`\ufeff${text}`, "utf16le"))),
    pageScript(core).then((text) => write("landfall.js", text)),
    npmPackage(names, core),
  ]);
}

const common = {
  bundle: true,
  minifyWhitespace: true,
  minifySyntax: true,
  minifyIdentifiers: true,
  charset: "utf8",
  target: "es2022",
  conditions: ["production"], // lit without its development mode
  legalComments: "eof",
  logLevel: "warning",
  logOverride: { "empty-import-meta": "silent" }, // in wasm-bindgen's own loading, which is dropped
  write: false,
  tsconfig: `${www}tsconfig.json`,
  absWorkingDir: www,
};

async function script(entry, core) {
  const { outputFiles } = await esbuild.build({ ...common, entryPoints: [`src/${entry}`], format: "iife", plugins: [core, tight, trust] });
  return outputFiles[0].text;
}

// What a page starts its worker from: a text, because one file is all there is.
async function workerScript() {
  const text = await script("worker.ts", carrier({}));
  return `export const script = ${JSON.stringify(text)}, url = document.currentScript?.src`;
}

// Started as a worker, the script is that: hosts whose policy allows no worker from a blob have allowed this file. Included
// a second time it is nothing: a policy may let Lit make its trusted types but once.
async function pageScript(core) {
  const [page, worker] = await Promise.all([script("define.ts", core), script("worker.ts", carrier({}))]);
  return `if(typeof document==="undefined"){${worker}}else if(!customElements.get("landfall-planner")){${page}}`;
}

async function npmPackage(names, core) {
  const { outputFiles } = await esbuild.build({
    ...common,
    stdin: {
      contents: `import { ready } from "./src/core.ts"; await ready(); export { ${names} } from "landfall:core";`,
      resolveDir: www,
    },
    format: "esm",
    platform: "neutral",
    minifyIdentifiers: false, // programmers read stack traces, and class names
    minifyWhitespace: false, // Node prints the line that threw
    plugins: [core],
  });
  const cargo = await readFile(`${root}Cargo.toml`, "utf8");
  const field = (name) => cargo.match(new RegExp(`^${name} = "(.*)"`, "m"))[1];
  const description = {
    name: "landfall",
    version: field("version"),
    description: field("description"),
    keywords: ["backlog", "forecast", "monte-carlo", "agile", "wsjf", "rice", "wasm"],
    license: field("license"),
    type: "module",
    exports: { ".": { types: "./index.d.ts", default: "./index.js" }, "./package.json": "./package.json" },
    types: "./index.d.ts",
    files: ["index.js", "index.d.ts", "LICENSE-*"],
    sideEffects: ["./index.js"],
    engines: { node: ">=20" },
  };
  await Promise.all([
    write("npm/index.js", outputFiles[0].text),
    types().then((text) => write("npm/index.d.ts", text)),
    write("npm/package.json", `${JSON.stringify(description, null, 2)}\n`),
    copyFile(`${www}npm/README.md`, `${dist}npm/README.md`),
    ...["LICENSE-MIT", "LICENSE-APACHE"].map((name) => copyFile(root + name, `${dist}npm/${name}`)),
  ]);
}

// wasm-bindgen's declarations without those of loading, which the package does itself.
async function types() {
  const generated = await readFile(`${www}pkg/landfall.d.ts`, "utf8");
  const end = generated.indexOf("export type InitInput");
  if (end < 0) throw new Error("www/pkg/landfall.d.ts has changed its shape: no `export type InitInput` to cut at");
  const own = generated.slice(0, end).replace(/^\/\* (tslint|eslint).*\n/gm, "").trim();
  const disposable = own.includes("Symbol.dispose") ? '/// <reference lib="esnext.disposable" />\n' : "";
  return `${disposable}${own}\n${await readFile(`${www}npm/extra.d.ts`, "utf8")}`;
}

// What src/wasm.rs exports, without wasm-bindgen's own functions for loading.
async function exportedNames() {
  const { metafile } = await esbuild.build({ ...common, entryPoints: ["pkg/landfall.js"], format: "esm", metafile: true, outfile: "names.js" });
  return metafile.outputs["names.js"].exports.filter((name) => name !== "default" && name !== "initSync");
}

// The one file: the page's script and the core, both packed, behind a script that unpacks them. See src/unpack.ts. It is in
// UTF-16, in which packed bytes take a tenth less than in UTF-8; the mark at its beginning says so, and to every browser that
// goes before the charset that a server, which knows nothing of the file, puts into its header.
async function single(names, worker) {
  const core = carrier({
    "landfall:core": `export { ${names} } from "./pkg/landfall.js"`,
    "landfall:worker": worker,
    "landfall:wasm": "export const wasm = document.currentScript.core",
  });
  const page = pack(Buffer.from(await script("standalone.ts", core)));
  const [mixed, unpacker] = await Promise.all(["landfall_bg.wasm.mix", "unmix.wasm"].map((name) => readFile(`${www}pkg/${name}`)));
  const text = await script("unpack.ts", carrier({ "landfall:packed": 'export const script = "@script@", core = "@core@", unpacker = "@unpacker@"' }));
  // Put in last: esbuild would write some of these characters in four.
  const whole = Object.entries({ script: page, core: mixed, unpacker }).reduce((all, [name, bytes]) => all.replace(`@${name}@`, () => dense(bytes)), text);
  return inline(await readFile(`${www}index.html`, "utf8"), whole);
}

// Takes the indentation out of style sheets, which esbuild leaves as they are: they are texts in a template.
const tight = {
  name: "tight",
  setup(build) {
    build.onLoad({ filter: /www.src.*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      return { loader: "ts", contents: text.replace(/css`[^`]*`/g, (sheet) => sheet.replace(/([;{}])\s*\n\s*/g, "$1").replace(/\s*\n\s*/g, " ")) };
    });
  },
};

// Lit's policy of trusted types is the one that hosts allow: the address of the worker goes through it, too.
const trust = {
  name: "trust",
  setup(build) {
    build.onLoad({ filter: /lit-html.lit-html\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const found = /(\w+)=\w+\?\w+\.createPolicy\("lit-html",\{createHTML:/.exec(text);
      if (!found) throw new Error(`${path} has changed its shape: there is no policy "lit-html"`);
      return { contents: `${text.replace("{createHTML:", "{createScriptURL:url=>url,createHTML:")}\nexport{${found[1]} as policy}` };
    });
  },
};

// Modules that exist in the build only.
function carrier(modules) {
  return {
    name: "landfall",
    setup(build) {
      build.onResolve({ filter: /^landfall:/ }, ({ path }) => ({ path, namespace: "landfall" }));
      build.onLoad({ filter: /.*/, namespace: "landfall" }, ({ path }) => ({ contents: modules[path], resolveDir: www }));
    },
  };
}

// Inside an HTML script, `</script` ends it and `<!--` changes how its end is found. Both only ever stand in strings,
// templates, regular expressions and comments, where an escaped `<` means the same.
function inline(page, text) {
  const safe = text.replace(/<(?=\/script|!--)/gi, "\\x3c");
  const tag = '<script src="standalone.js"></script>';
  if (!page.includes(tag)) throw new Error(`www/index.html has no ${tag}`);
  return page.replace(tag, () => `<script>${safe}</script>`);
}

async function write(name, contents) {
  await writeFile(dist + name, contents);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await rm(dist, { recursive: true, force: true });
  await bundle();
  for (const name of ["landfall.html", "landfall.js", "npm/index.js"]) {
    const bytes = await readFile(dist + name);
    const kib = (length) => `${(length / 1024).toFixed(0)} KiB`;
    console.log(`www/dist/${name}  ${kib(bytes.length)}, gzipped ${kib(gzipSync(bytes, { level: 9 }).length)}`);
  }
}
