/** Terms that mean the same wherever they are written. Pure. */
import type { Node } from "../ast.ts";

/** No variables, calls or attributes in it; names of modules only in full, or as `alias` leaves them alone. */
export function isLiteral(node: Node): boolean {
  switch (node.kind) {
    case "atom":
    case "integer":
    case "float":
    case "char":
      return true;
    case "alias":
      return node.base === null;
    case "string":
    case "charlist":
      return node.parts.every((part) => typeof part === "string");
    case "list":
    case "tuple":
      return node.items.every(isLiteral);
    case "map":
      return node.struct === null && node.base === null && node.pairs.every(isLiteral);
    case "pair":
      return isLiteral(node.key) && isLiteral(node.value);
    default:
      return false;
  }
}
