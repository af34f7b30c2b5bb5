/** Definitions of a tree in a form that does not depend on where they stand, to see which of them survive damage elsewhere. */
import type { CallNode, Node } from "../../../server/src/languages/elixir/ast.ts";

export interface Definition {
  readonly start: number;
  readonly end: number;
  /** The whole tree of the definition, without positions. */
  readonly shape: string;
}

const names = new Set(["def", "defp", "defmacro", "defmacrop"]);

/** All `def`, `defp`, `defmacro` and `defmacrop` that are not inside of one another, in the order of the source. */
export function definitionsOf(root: Node): Definition[] {
  const found: Definition[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (value !== null && typeof value === "object") {
      const node = value as CallNode;
      if (node.kind === "call" && node.target === null && names.has(node.name)) {
        found.push({ start: node.start, end: node.end, shape: shapeOf(node) });
      } else Object.values(value).forEach(visit);
    }
  };
  visit(root);
  return found;
}

export function shapeOf(node: Node): string {
  return JSON.stringify(node, (key, value: unknown) => (positions.has(key) ? undefined : value));
}

const positions = new Set(["start", "end", "nameStart", "operatorStart"]);
