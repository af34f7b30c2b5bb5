/** What a change does to supervision trees: processes that are added, removed, moved to another supervisor, or specified otherwise. Pure. */
import { bareName } from "../model/module-name.ts";
import type { TreeNode } from "../model/topology.ts";
import { type FoldedNode, foldTree } from "./tree-fold.ts";
import type { Trees } from "./tree-json.ts";
import { nodeLabel } from "./tree-label.ts";

/** A node of one of the two versions. */
export interface ComparedNode {
  /** Null for an application, and for the heading over what nothing known starts. */
  readonly node: TreeNode | null;
  readonly label: string;
  /** How many like it stand in a row. */
  readonly count: number;
  readonly parent: ComparedNode | null;
  readonly children: readonly ComparedNode[];
}

export interface TreeChange {
  readonly kind: "added" | "removed" | "moved" | "changed";
  /** Null for what was added. */
  readonly before: ComparedNode | null;
  /** Null for what was removed. */
  readonly after: ComparedNode | null;
  /** What its specification says otherwise, in words: `restart permanent → transient`. */
  readonly differences: readonly string[];
}

export interface TreeChanges {
  /** In the order of the trees, what was removed last. */
  readonly changes: readonly TreeChange[];
  /** The same node in the version after, for each of the version before that has one. */
  readonly partners: ReadonlyMap<ComparedNode, ComparedNode>;
}

export interface Version {
  readonly trees: Trees;
  /** Modules of the workspace (BEAM atoms): what libraries start inside of themselves does not count. */
  readonly ownModules: ReadonlySet<string>;
}

export function compareTrees(before: Version, after: Version): TreeChanges {
  const [old, now] = [forest(before), forest(after)];
  const partners = new Map<ComparedNode, ComparedNode>();
  const known = new Set<ComparedNode>();
  const pair = (was: ComparedNode, is: ComparedNode): void => {
    partners.set(was, is);
    known.add(is);
    pairByKey(
      was.children.filter((child) => !partners.has(child)),
      is.children.filter((child) => !known.has(child)),
      pair,
    );
  };
  pairByKey(old, now, pair);
  // An application that got a namesake in another project is still the same.
  const left = now.filter((heading) => !known.has(heading));
  for (const was of old.filter((heading) => !partners.has(heading))) {
    const is = left.find((heading) => !known.has(heading) && nameOf(heading) === nameOf(was));
    if (is !== undefined) pair(was, is);
  }
  const elsewhere = (nodes: readonly ComparedNode[]): ComparedNode[] => nodes.filter(({ node }) => node !== null && isNamed(node));
  pairByKey(
    elsewhere(preorder(old)).filter((node) => !partners.has(node)),
    elsewhere(preorder(now)).filter((node) => !known.has(node)),
    (was, is) => {
      // Its parent may have been paired since, and it with it.
      if (!partners.has(was) && !known.has(is)) pair(was, is);
    },
  );
  return { changes: changesOf(old, now, partners), partners };
}

function changesOf(
  old: readonly ComparedNode[],
  now: readonly ComparedNode[],
  partners: ReadonlyMap<ComparedNode, ComparedNode>,
): TreeChange[] {
  const origins = new Map([...partners].map(([was, is]) => [is, was]));
  const changes: TreeChange[] = [];
  for (const after of preorder(now)) {
    const before = origins.get(after) ?? null;
    if (before === null) changes.push({ kind: "added", before, after, differences: [] });
    else {
      const differences = differencesOf(before, after);
      const stayed = before.parent === null || partners.get(before.parent) === after.parent;
      if (!stayed || differences.length > 0) changes.push({ kind: stayed ? "changed" : "moved", before, after, differences });
    }
  }
  const gone = preorder(old).filter((node) => !partners.has(node));
  return [...changes, ...gone.map((before): TreeChange => ({ kind: "removed", before, after: null, differences: [] }))];
}

function forest({ trees, ownModules }: Version): ComparedNode[] {
  const isOwn = (module: string): boolean => ownModules.has(module);
  const roots = trees.applications.map(({ name, folder, root }) =>
    heading(folder ? `${name}${beforeFolder}${folder}` : name, root === null ? [] : foldTree([root], isOwn)),
  );
  return trees.unattached.length === 0 ? roots : [...roots, heading("not supervised", foldTree(trees.unattached, isOwn))];
}

const beforeFolder = " · ";

/** A heading without the folder that tells it from others. */
function nameOf({ label }: ComparedNode): string {
  return label.split(beforeFolder, 1)[0] ?? label;
}

function heading(label: string, nodes: readonly FoldedNode[]): ComparedNode {
  return build(null, label, 1, null, nodes);
}

function build(
  node: TreeNode | null,
  label: string,
  count: number,
  parent: ComparedNode | null,
  below: readonly FoldedNode[],
): ComparedNode {
  const children: ComparedNode[] = [];
  const built: ComparedNode = { node, label, count, parent, children };
  for (const folded of below) children.push(build(folded.node, nodeLabel(folded.node), folded.count, built, folded.children));
  return built;
}

function preorder(nodes: readonly ComparedNode[]): ComparedNode[] {
  return nodes.flatMap((node) => [node, ...preorder(node.children)]);
}

/** Pairs nodes of equal key in their order. */
function pairByKey(
  before: readonly ComparedNode[],
  after: readonly ComparedNode[],
  pair: (was: ComparedNode, is: ComparedNode) => void,
): void {
  const open = new Map<string, ComparedNode[]>();
  for (const node of before) open.set(keyOf(node), [...(open.get(keyOf(node)) ?? []), node]);
  for (const node of after) {
    const partner = open.get(keyOf(node))?.shift();
    if (partner !== undefined) pair(partner, node);
  }
}

/** What a process is to the reader: its module and the name that it is registered under. Whether other projects define that module changes nothing. */
function keyOf({ node, label }: ComparedNode): string {
  return node === null ? label : `${bareName(node.moduleAtom ?? "")}|${node.name?.value ?? ""}|${label}`;
}

/** Whether its key tells it from others wherever it stands. */
function isNamed({ moduleAtom, name }: TreeNode): boolean {
  return moduleAtom !== null || name !== null;
}

const compared = ["kind", "restart", "shutdown", "strategy", "intensity", "period", "cardinality"] as const;

function differencesOf(before: ComparedNode, after: ComparedNode): string[] {
  const { node: was } = before;
  const { node: is } = after;
  if (was === null || is === null) return [];
  const differences = compared
    .filter((field) => was[field] !== is[field])
    .map((field) => `${field} ${was[field] ?? "none"} → ${is[field] ?? "none"}`);
  if (was.condition !== is.condition) differences.push(`${was.condition ?? "always there"} → ${is.condition ?? "always there"}`);
  if (before.count !== after.count) differences.push(`${before.count} → ${after.count} of them`);
  return differences;
}

/** Labels from the application down to the node's parent. */
export function pathOf({ parent }: ComparedNode): string[] {
  return parent === null ? [] : [...pathOf(parent), parent.label];
}

/** "2 added, 1 moved", or that nothing changed. */
export function countChanges(changes: readonly TreeChange[]): string {
  const counts = (["added", "removed", "moved", "changed"] as const)
    .map((kind) => ({ kind, count: changes.filter((change) => change.kind === kind).length }))
    .filter(({ count }) => count > 0);
  return counts.length === 0 ? "no process added, removed or moved" : counts.map(({ kind, count }) => `${count} ${kind}`).join(", ");
}
