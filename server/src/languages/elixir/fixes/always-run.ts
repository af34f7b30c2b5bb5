/** Whether code is on every way through other code. Pure. */
import type { Node } from "../ast.ts";
import { childrenOf } from "../walk.ts";
import { contains, type Span } from "./source.ts";

const shortCircuits: ReadonlySet<string> = new Set(["&&", "||", "and", "or"]);

/** Whether the part of an expression is evaluated whenever the expression is: not in a function, a branch or behind a short circuit. */
export function isAlwaysRun(root: Node, part: Span): boolean {
  if (root.start === part.start && root.end === part.end) return true;
  if (root.kind === "fn" || root.kind === "stab" || (root.kind === "unary" && root.operator === "&")) return false;
  if (root.kind === "call" && root.block !== null && contains(root.block, part)) return false;
  if (root.kind === "operator" && shortCircuits.has(root.operator) && contains(root.right, part)) return false;
  if (root.kind === "pair" && root.key.kind === "atom" && /^(do|else)$/.test(root.key.value)) return false;
  const next = childrenOf(root).find((child) => contains(child, part));
  return next === undefined || isAlwaysRun(next, part);
}
