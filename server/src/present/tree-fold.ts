/** What a text of the supervision tree leaves out: what libraries keep inside of themselves, and repetitions. Pure. */
import type { TreeNode } from "../model/topology.ts";

export interface FoldedNode {
  readonly node: TreeNode;
  /** How many like it stand in a row; this one stands for all. */
  readonly count: number;
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
