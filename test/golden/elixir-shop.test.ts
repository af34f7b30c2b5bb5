import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, test } from "node:test";
import { inRepository } from "../support/paths.ts";

/**
 * What the command line prints of the example, byte for byte. A difference is a change of behavior, to be looked at and then accepted with
 * `PROCESS_TOPOLOGY_ACCEPT=1 npm test -- golden`, never by hand.
 */
function matchesGolden(name: string, ...args: string[]): void {
  const [command = "", ...options] = args;
  const ran = spawnSync(process.execPath, [inRepository("dist", "cli.js"), command, "examples/elixir_shop", ...options], {
    encoding: "utf8",
  });
  assert.equal(ran.stderr, "");
  // Time is no behavior.
  const printed = ran.stdout.replace(/\d+ ms\b/g, "… ms").replace(/"milliseconds": \d+/, '"milliseconds": 0');
  const path = inRepository("test", "golden", name);
  if (process.env.PROCESS_TOPOLOGY_ACCEPT === "1") writeFileSync(path, printed);
  assert.ok(existsSync(path), `${name} has not been accepted yet`);
  assert.equal(printed, readFileSync(path, "utf8"));
}

describe("the example shop", () => {
  test("its tree", () => matchesGolden("elixir-shop.tree.txt", "tree"));
  test("its tree as Mermaid", () => matchesGolden("elixir-shop.tree.mmd", "tree", "--format", "mermaid"));
  test("its messages as Mermaid", () => matchesGolden("elixir-shop.topology.mmd", "topology", "--format", "mermaid"));
  test("its findings", () => matchesGolden("elixir-shop.findings.txt", "check"));
  test("its findings as JSON", () => matchesGolden("elixir-shop.findings.json", "check", "--format", "json"));
});
