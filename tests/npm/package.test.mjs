// The npm package as a program meets it: installed into an empty project, then imported by its name.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const npm = fileURLToPath(new URL("../../www/dist/npm", import.meta.url));
const project = mkdtempSync(join(tmpdir(), "landfall-"));
after(() => rmSync(project, { recursive: true }));
mkdirSync(join(project, "node_modules"));
symlinkSync(npm, join(project, "node_modules/landfall"));

function run(program) {
  writeFileSync(join(project, "program.mjs"), program);
  return execFileSync(process.execPath, ["program.mjs"], { cwd: project, encoding: "utf8" });
}

test("the package is imported by its name and needs no set-up call", () => {
  const { version } = JSON.parse(readFileSync(join(npm, "package.json"), "utf8"));
  assert.equal(run('import { version } from "landfall"; console.log(version());'), `${version}\n`);
});

test("nothing of how the WebAssembly is loaded is exported", () => {
  const names = JSON.parse(run('import * as landfall from "landfall"; console.log(JSON.stringify(Object.keys(landfall)));'));
  assert.deepEqual(names.filter((name) => /^_|init|default|ready/i.test(name)), []);
});

test("the package names every file it ships, and ships every file it names", () => {
  const packed = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: npm, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  const { files } = Array.isArray(packed) ? packed[0] : Object.values(packed)[0];
  assert.deepEqual(files.map(({ path }) => path).sort(), ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "index.d.ts", "index.js", "package.json"]);
});
