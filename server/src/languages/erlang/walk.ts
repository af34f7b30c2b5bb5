/** Visits the nodes of Erlang's syntax tree. Pure. */
import type { ClauseNode, Node } from "./ast.ts";

/** A node and those in it, the outer before the inner; what `visit` gives false for is not looked into. */
export function walk(node: Node, visit: (node: Node) => boolean | undefined): void {
  if (visit(node) === false) return;
  for (const part of Object.values(node)) walkPart(part, visit);
}

function walkPart(part: unknown, visit: (node: Node) => boolean | undefined): void {
  if (Array.isArray(part)) for (const one of part) walkPart(one, visit);
  else if (isNode(part)) walk(part, visit);
}

function isNode(part: unknown): part is Node {
  return typeof part === "object" && part !== null && "kind" in part;
}

/** How often a variable stands in a clause. */
export function countVariable(clause: ClauseNode, name: string): number {
  let count = 0;
  walk(clause, (node) => {
    if (node.kind === "variable" && node.name === name) count++;
    return true;
  });
  return count;
}
