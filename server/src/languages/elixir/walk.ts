/** Visits syntax trees. Pure. */
import type { Node } from "./ast.ts";

/** Calls `visit` for a node and what is in it, in the order of the source; what is in a node for which it gives false is left out. */
export function walk(root: Node, visit: (node: Node) => unknown): void {
  if (visit(root) === false) return;
  for (const child of childrenOf(root)) walk(child, visit);
}

/** The nodes directly in a node, those of its sections and clauses among them, in the order of the source. */
export function childrenOf(node: Node): readonly Node[] {
  const found: Node[] = [];
  collect(Object.values(node), found);
  return found.sort((a, b) => a.start - b.start);
}

/** Sections of `do` blocks have no kind of their own: what is in them belongs to the call. */
function collect(parts: readonly unknown[], found: Node[]): void {
  for (const part of parts) {
    if (typeof part !== "object" || part === null) continue;
    if (Array.isArray(part)) collect(part, found);
    else if ("kind" in part) found.push(part as Node);
    else collect(Object.values(part), found);
  }
}

/** Whether the node or anything in it fits. */
export function some(root: Node, fits: (node: Node) => boolean): boolean {
  let found = false;
  walk(root, (node) => {
    found ||= fits(node);
    return !found;
  });
  return found;
}

/** Whether the variable is mentioned, to be read or to be bound. */
export function mentions(root: Node, name: string): boolean {
  return some(root, (node) => node.kind === "var" && node.name === name);
}

/** The names of all variables that are mentioned. */
export function variablesOf(root: Node): ReadonlySet<string> {
  const names = new Set<string>();
  walk(root, (node) => void (node.kind === "var" && names.add(node.name)));
  return names;
}
