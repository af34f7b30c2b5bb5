// Holds our static trees against trees dumped from running systems (../shared/oracle), for every Elixir application there.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { debianSource } from "../support/debian-source.ts";
import { root } from "../support/paths.ts";

const oracle = join(root, "..", "shared", "oracle");
const scratch = mkdtempSync(join(tmpdir(), "process-topology-oracle-"));

interface Totals {
  readonly supervisors: number;
  readonly supervisorsFound: number;
  readonly children: number;
  readonly childrenFound: number;
  readonly templates: number;
  readonly templatesFound: number;
  readonly extra: number;
  readonly ordered: number;
  readonly orderable: number;
  readonly fields: Readonly<Record<string, { readonly right: number; readonly unknown: number; readonly wrong: number }>>;
}

interface Comparison {
  readonly all: Totals;
  readonly differences: readonly string[];
}

/** Differences that source cannot tell, each with its reason. */
const explained = [
  { pattern: /LocalPubSub: child DemoLibs\.Commanded\.LocalPubSub\.PIDPartition\d /, reason: "one partition per scheduler of the machine" },
  {
    pattern: /supervisor Oban\.Queue\.Supervisor not in the static tree/,
    reason: "queues are started after the tree, from rows of configuration",
  },
];

function compare(folder: string, dump: string): Comparison {
  const tree = join(scratch, `${dump}.json`);
  writeFileSync(
    tree,
    execFileSync(process.execPath, ["dist/cli.js", "tree", folder, "--format", "json"], { cwd: root, maxBuffer: 1 << 28 }),
  );
  return JSON.parse(
    execFileSync(process.execPath, [join(oracle, "compare.mjs"), tree, join(oracle, "dumps", `${dump}.json`), "--json"], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
    }),
  );
}

/** Every field of every child and supervisor that was found is right: nothing wrong, nothing left unknown. */
function assertFieldsRight({ all, differences }: Comparison): void {
  for (const [name, { unknown, wrong }] of Object.entries(all.fields))
    assert.deepEqual({ name, unknown, wrong }, { name, unknown: 0, wrong: 0 }, differences.join("\n"));
  assert.equal(all.ordered, all.orderable, "order");
}

function assertEqualTree(comparison: Comparison): void {
  const { all, differences } = comparison;
  assert.deepEqual(differences, []);
  assert.equal(all.supervisorsFound, all.supervisors);
  assert.equal(all.childrenFound, all.children);
  assert.equal(all.templatesFound, all.templates);
  assert.equal(all.extra, 0);
  assertFieldsRight(comparison);
}

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
      const unexplained = comparison.differences.filter((difference) => !explained.some(({ pattern }) => pattern.test(difference)));
      assert.deepEqual(unexplained, []);
      assert.equal(comparison.all.extra, 0);
      assertFieldsRight(comparison);
    });

  it("demo_stdlib equals the running tree", () => assertEqualTree(compare(join(oracle, "src", "demo_stdlib"), "demo_stdlib")));
});
