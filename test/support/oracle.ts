/** Trees of the command line held against trees dumped from running systems (../shared/oracle). */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./paths.ts";

export const oracle = join(root, "..", "shared", "oracle");
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

export interface Comparison {
  readonly all: Totals;
  readonly differences: readonly string[];
}

/** A difference that source cannot tell, with its reason. */
export interface Explained {
  readonly pattern: RegExp;
  readonly reason: string;
}

const trees = new Map<string, string>();

/** The tree of a folder as a file, worked out once. */
function treeOf(folder: string): string {
  const known = trees.get(folder);
  if (known !== undefined) return known;
  const tree = join(scratch, `tree-${trees.size}.json`);
  const text = execFileSync(process.execPath, ["dist/cli.js", "tree", folder, "--format", "json"], {
    cwd: root,
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "ignore"],
  });
  writeFileSync(tree, text);
  trees.set(folder, tree);
  return tree;
}

export function compare(folder: string, dump: string): Comparison {
  return JSON.parse(
    execFileSync(process.execPath, [join(oracle, "compare.mjs"), treeOf(folder), join(oracle, "dumps", `${dump}.json`), "--json"], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
    }),
  );
}

function dumps(): string[] {
  return readdirSync(join(oracle, "dumps"))
    .map((name) => name.replace(/\.json$/, ""))
    .sort();
}

/** Names of the applications of which there are dumps. */
export function dumpedApplications(): string[] {
  return [...new Set(dumps().map((name) => name.replace(/@.*$/, "")))];
}

/** The dumps of an application: that of its plain start, and those of other scenarios. */
export function dumpsOf(app: string): string[] {
  return dumps().filter((name) => name === app || name.startsWith(`${app}@`));
}

export function unexplained({ differences }: Comparison, explained: readonly Explained[]): string[] {
  return differences.filter((difference) => !explained.some(({ pattern }) => pattern.test(difference)));
}

/** Every field of every child and supervisor that was found is right: nothing wrong, nothing left unknown. */
export function assertFieldsRight({ all, differences }: Comparison): void {
  for (const [name, { unknown, wrong }] of Object.entries(all.fields))
    assert.deepEqual({ name, unknown, wrong }, { name, unknown: 0, wrong: 0 }, differences.join("\n"));
  assert.equal(all.ordered, all.orderable, "order");
}

export function assertEqualTree(comparison: Comparison): void {
  const { all, differences } = comparison;
  assert.deepEqual(differences, []);
  assert.equal(all.supervisorsFound, all.supervisors);
  assert.equal(all.childrenFound, all.children);
  assert.equal(all.templatesFound, all.templates);
  assert.equal(all.extra, 0);
  assertFieldsRight(comparison);
}
