/** Tree nodes while a tree is being put together: children are added as they are found. */
import type { TreeNode } from "../../model/topology.ts";
import type { Value } from "../evaluate/value.ts";

export type DraftNode = { -readonly [K in keyof TreeNode]: K extends "children" ? DraftNode[] : TreeNode[K] } & {
  /** The registered name as a term, for looking processes up; not part of the finished node. */
  nameValue: Value | null;
  /** The id, where it is an atom. */
  idAtom: string | null;
  /** The function that starts it, by its key in the topology. */
  startKey: string | null;
};

export function* walk(node: DraftNode): Generator<DraftNode> {
  yield node;
  for (const child of node.children) yield* walk(child);
}
