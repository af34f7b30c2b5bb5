import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { TreeNode } from "../../../server/src/model/topology.ts";
import { checkMarkdown } from "../../../server/src/present/check-markdown.ts";
import { compareTrees, countChanges, pathOf, type TreeChanges } from "../../../server/src/present/tree-changes.ts";
import { treeChangesMermaid } from "../../../server/src/present/tree-changes-mermaid.ts";
import { place, sampleApplication, sampleFinding, sampleNode, samplePlaces } from "../../support/sample.ts";

const worker = (module: string, fields: Partial<TreeNode> = {}): TreeNode =>
  sampleNode({ id: module, module, place: place("lib/application.ex", [...module].length + 20), ...fields });
const supervisor = (module: string, ...children: TreeNode[]): TreeNode =>
  sampleNode({ id: module, module, kind: "supervisor", type: "supervisor", strategy: "one_for_one", children });

function compare(before: readonly TreeNode[], after: readonly TreeNode[], loose: readonly TreeNode[] = []): TreeChanges {
  const version = (children: readonly TreeNode[], unattached: readonly TreeNode[] = []) => ({
    trees: {
      language: "elixir" as const,
      applications: [{ ...sampleApplication, root: supervisor("Shop.Supervisor", ...children) }],
      unattached,
    },
    ownModules: new Set<string>(),
  });
  return compareTrees(version(before, loose), version(after));
}

function print({ changes }: TreeChanges): string[] {
  return changes.map(({ kind, before, after, differences }) => {
    const places = [before, after].map((node) => (node === null ? "-" : pathOf(node).slice(1).join("/")));
    return [kind, (after ?? before)?.label, ...places, ...differences].join(" ");
  });
}

describe("supervision trees before and after a change", () => {
  test("order is no difference, and what stays is not told", () => {
    assert.deepEqual(print(compare([worker("A"), worker("B")], [worker("B"), worker("A")])), []);
    assert.equal(countChanges([]), "no process added, removed or moved");
  });

  test("added and removed", () => {
    const changes = compare([worker("A"), worker("B")], [worker("A"), worker("C")]);
    assert.deepEqual(print(changes), ["added C - Shop.Supervisor", "removed B Shop.Supervisor -"]);
    assert.equal(countChanges(changes.changes), "1 added, 1 removed");
  });

  test("moved to another supervisor, new or old, with what is below", () => {
    assert.deepEqual(print(compare([worker("A"), supervisor("S", worker("B"))], [supervisor("S", worker("B"), worker("A"))])), [
      "moved A Shop.Supervisor Shop.Supervisor/S",
    ]);
    assert.deepEqual(print(compare([supervisor("S", worker("B"))], [supervisor("T", supervisor("S", worker("B")))])), [
      "added T - Shop.Supervisor",
      "moved S Shop.Supervisor Shop.Supervisor/T",
    ]);
  });

  test("a process that nothing started, and something does now, has moved", () => {
    assert.deepEqual(print(compare([], [worker("A")], [worker("A")])), ["moved A  Shop.Supervisor", "removed not supervised  -"]);
  });

  test("a specification that says otherwise", () => {
    const before = worker("A", { condition: "if a" });
    const after = worker("A", { restart: "transient", shutdown: "infinity" });
    assert.deepEqual(print(compare([before], [after])), [
      "changed A Shop.Supervisor Shop.Supervisor restart permanent → transient shutdown 5000 → infinity if a → always there",
    ]);
  });

  test("several alike are counted", () => {
    assert.deepEqual(print(compare([worker("A")], [worker("A"), worker("A"), worker("A")])), [
      "changed A Shop.Supervisor Shop.Supervisor 1 → 3 of them",
    ]);
  });

  test("the drawing has what changed and what that hangs on, and says so in words", () => {
    const text = treeChangesMermaid(compare([worker("A"), worker("B"), worker("D")], [supervisor("S", worker("A")), worker("B")]));
    assert.match(text, /^flowchart LR\n/);
    assert.match(text, /N\d\["S<br\/>added · Supervisor · one_for_one"\]/);
    assert.match(text, /N\d\["A<br\/>moved · GenServer"\]/);
    assert.match(text, /N\d\["D<br\/>removed · GenServer"\]/);
    assert.match(text, /N\d -\. moved \.-> N\d/);
    assert.doesNotMatch(text, /"B</);
    assert.equal(treeChangesMermaid(compare([worker("A")], [worker("A")])), "");
  });

  test("a supervisor that is removed is drawn, and lines lead from it to what moved away", () => {
    const text = treeChangesMermaid(compare([supervisor("Old", worker("A"))], [worker("A")]));
    const id = (label: string): string => new RegExp(`(N\\d+)\\["${label}<br/>`).exec(text)?.[1] ?? "?";
    assert.ok(text.includes(`${id("Old")} -. moved .-> ${id("A")}`), text);
    assert.match(text, new RegExp(`class ${id("Old")} removed`));
  });
});

describe("the summary in Markdown", () => {
  const change = (tree: TreeChanges) => ({
    revision: "main",
    commit: "0123456789abcdef",
    fixed: [sampleFinding],
    fixedPlaces: samplePlaces,
    tree,
  });

  test("says what is new, what is fixed, and draws the tree", () => {
    const text = checkMarkdown([sampleFinding], samplePlaces, { links: "https://h/b/", change: change(compare([], [worker("A")])) });
    assert.match(text, /^## Process Topology\n\n\*\*1 new finding\*\* \(1 warning\), 1 fixed, compared with `main` \(01234567\)\.\n/);
    assert.match(text, /`singleton-bottleneck\/serialized-reads` · \[`lib\/cache\.ex:4`\]\(<https:\/\/h\/b\/lib\/cache\.ex#L4>\)/);
    assert.match(text, /### Supervision tree\n\n1 added\.\n\n```mermaid\nflowchart LR\n[\s\S]+?\n```\n/);
    assert.match(text, /- \*\*added\*\* `A` · under shop › Shop\.Supervisor/);
  });

  test("without a change there is no tree, and no word of new", () => {
    assert.equal(checkMarkdown([], samplePlaces, { links: null, change: null }), "## Process Topology\n\nNo findings.\n");
  });

  test("what source says is text, whatever is in it, and a list has an end", () => {
    const hostile = { ...sampleFinding, message: "<img src=x> ![](http://x)\n```\n# no" };
    const text = checkMarkdown(Array(90).fill(hostile), samplePlaces, { links: null, change: null });
    assert.doesNotMatch(text, /(?<!\\)<img|\n# no|!\[/);
    assert.match(text, /… and 50 more findings\.\n$/);
    const tree = treeChangesMermaid(compare([], [worker('A"] --> B["<b>```')]));
    assert.doesNotMatch(tree, /<b>|```|"\] -->/);
  });
});
