import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { inRepository, root } from "../support/paths.ts";

function run(script: string, ...args: string[]): void {
  const done = spawnSync(process.execPath, [inRepository("node_modules", ...script.split("/")), ...args], { cwd: root, encoding: "utf8" });
  assert.equal(done.status, 0, `${done.stdout}${done.stderr}`);
}

test("the types hold in every layer (tsc -b)", () => {
  run("typescript/bin/tsc", "-b");
});

test("format and lint are clean (biome)", () => {
  run("@biomejs/biome/bin/biome", "ci", "--colors=off", "--diagnostic-level=warn", "--error-on-warnings", ".");
});
