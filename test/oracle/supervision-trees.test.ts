// Holds our static trees against trees dumped from running systems (../shared/oracle), for every Elixir application there.
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { debianSource } from "../support/debian-source.ts";
import { assertEqualTree, assertFieldsRight, compare, type Explained, oracle, unexplained } from "../support/oracle.ts";

/** Differences that source cannot tell, each with its reason. */
const explained: readonly Explained[] = [
  { pattern: /LocalPubSub: child DemoLibs\.Commanded\.LocalPubSub\.PIDPartition\d /, reason: "one partition per scheduler of the machine" },
  {
    pattern: /supervisor Oban\.Queue\.Supervisor not in the static tree/,
    reason: "queues are started after the tree, from rows of configuration",
  },
];

describe("trees of running systems", () => {
  describe("Elixir's own applications", () => {
    let source = "";
    before(() => {
      source = debianSource("elixir-lang");
    });
    for (const [app, dumps] of Object.entries({
      elixir: ["elixir"],
      ex_unit: ["ex_unit", "ex_unit@loaded"],
      iex: ["iex"],
      logger: ["logger", "logger@loaded"],
      mix: ["mix"],
    }))
      for (const dump of dumps) it(`${dump} equals the running tree`, () => assertEqualTree(compare(join(source, "lib", app), dump)));
  });

  for (const dump of ["demo_libs", "demo_libs@loaded"])
    it(`${dump}: libraries as the bundled models know them, without their sources`, () => {
      const comparison = compare(join(oracle, "src", "demo_libs"), dump);
      assert.deepEqual(unexplained(comparison, explained), []);
      assert.equal(comparison.all.extra, 0);
      assertFieldsRight(comparison);
    });

  it("demo_stdlib equals the running tree", () => assertEqualTree(compare(join(oracle, "src", "demo_stdlib"), "demo_stdlib")));
});
