/** What a text of the supervision tree leaves out: what libraries keep inside of themselves, and repetitions. Pure. */
import type { TreeNode } from "../model/topology.ts";
import { nodeFacts } from "./tree-label.ts";

export interface FoldedNode {
  readonly node: TreeNode;
  /** How many like it stand in a row; this one stands for all. */
  readonly count: number;
  /** The registered name of the last of them, where each has a name of its own. */
  readonly lastName?: string | undefined;
  /** Processes below it that are left out. */
  readonly inside: number;
  readonly children: readonly FoldedNode[];
}

/**
 * All of `nodes` are kept. Below them, a child that the source does not speak of (it stands where its parent stands) is kept only if it or
 * something under it runs a module of the workspace (`isOwn`).
 */
export function foldTree(nodes: readonly TreeNode[], isOwn: (module: string) => boolean): FoldedNode[] {
  const folded: { node: TreeNode; count: number; inside: number; children: readonly FoldedNode[]; signature: string }[] = [];
  for (const node of nodes) {
    const signature = signatureOf(node);
    const previous = folded.at(-1);
    if (previous?.signature === signature) {
      previous.count++;
      continue;
    }
    const kept = node.children.filter((child) => !isInner(child, node, isOwn));
    const inside = node.children.reduce((sum, child) => sum + (kept.includes(child) ? 0 : countNodes(child)), 0);
    folded.push({ node, count: 1, inside, children: foldTree(kept, isOwn), signature });
  }
  return folded;
}

/** More siblings than this that differ in their registered names alone are one row. */
const mostNamed = 4;

/** Folds siblings without children further: a run of them that differ in nothing but their registered names becomes one. */
export function foldNamed(siblings: readonly FoldedNode[]): FoldedNode[] {
  const folded: FoldedNode[] = [];
  for (let at = 0; at < siblings.length; ) {
    const first = siblings[at]!;
    let end = at + 1;
    while (end < siblings.length && isLikeButForName(first, siblings[end]!)) end++;
    const run = siblings.slice(at, end);
    if (run.length > mostNamed) folded.push({ ...first, count: run.length, lastName: run.at(-1)?.node.name?.value });
    else folded.push(...run);
    at = end;
  }
  return folded;
}

function isLikeButForName(one: FoldedNode, other: FoldedNode): boolean {
  if (one.count + other.count !== 2 || one.inside + other.inside + one.children.length + other.children.length > 0) return false;
  const isNamed = ({ name, module }: TreeNode): boolean => name !== null && module !== null;
  return isNamed(one.node) && isNamed(other.node) && withoutName(one.node) === withoutName(other.node);
}

/** What a row tells of it beside its name. */
function withoutName(node: TreeNode): string {
  return JSON.stringify([node.module, node.origin, node.place, nodeFacts({ ...node, name: null })]);
}

function isInner(node: TreeNode, parent: TreeNode, isOwn: (module: string) => boolean): boolean {
  if (node.place.file !== parent.place.file || node.place.at !== parent.place.at) return false;
  return (node.moduleAtom === null || !isOwn(node.moduleAtom)) && node.children.every((child) => isInner(child, node, isOwn));
}

function countNodes(node: TreeNode): number {
  return node.children.reduce((sum, child) => sum + countNodes(child), 1);
}

/** Equal for nodes that would be shown alike, all the way down: an id that only counts is no difference. */
function signatureOf({ id: _, children, ...node }: TreeNode): string {
  return JSON.stringify([node, children.map(signatureOf)]);
}
