// What the READMEs show runs as it stands there.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const file = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const project = mkdtempSync(join(tmpdir(), "landfall-"));
after(() => rmSync(project, { recursive: true }));
mkdirSync(join(project, "node_modules"));
symlinkSync(file("www/dist/npm"), join(project, "node_modules/landfall"));
copyFileSync(file("tests/data/import/azure-devops-lighthouse.csv"), join(project, "export.csv"));

for (const readme of ["README.md", "www/npm/README.md"]) {
  test(`the JavaScript in ${readme} runs`, () => {
    const blocks = [...readFileSync(file(readme), "utf8").matchAll(/```js\n(.*?)```/gs)];
    assert.ok(blocks.length > 0);
    for (const [, program] of blocks) {
      writeFileSync(join(project, "program.mjs"), program);
      assert.match(execFileSync(process.execPath, ["program.mjs"], { cwd: project, encoding: "utf8" }), /\S/);
    }
  });
}
