import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, test } from "node:test";
import { inRepository } from "../support/paths.ts";

/**
 * What the command line prints of an example, byte for byte. A difference is a change of behavior, to be looked at and then accepted with
 * `PROCESS_TOPOLOGY_ACCEPT=1 npm test -- golden`, never by hand.
 */
function matchesGolden(example: string, name: string, ...args: string[]): void {
  const [command = "", ...options] = args;
  const ran = spawnSync(process.execPath, [inRepository("dist", "cli.js"), command, `examples/${example}`, ...options], {
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

const examples = [
  ["elixir_shop", "elixir-shop"],
  ["erlang_bank", "erlang-bank"],
  ["typescript_actors", "typescript-actors"],
] as const;

for (const [example, golden] of examples)
  describe(`the example ${example}`, () => {
    test("its tree", () => matchesGolden(example, `${golden}.tree.txt`, "tree"));
    test("its tree as Mermaid", () => matchesGolden(example, `${golden}.tree.mmd`, "tree", "--format", "mermaid"));
    test("its messages as Mermaid", () => matchesGolden(example, `${golden}.topology.mmd`, "topology", "--format", "mermaid"));
    test("its findings", () => matchesGolden(example, `${golden}.findings.txt`, "check"));
    test("its findings as JSON", () => matchesGolden(example, `${golden}.findings.json`, "check", "--format", "json"));
  });
