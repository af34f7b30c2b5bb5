/** Patterns: variables that are bound already are matched, others bound. */
import type { Expression } from "../../../model/expression.ts";
import type { Node } from "../ast.ts";
import { lower, lowerData } from "./expressions.ts";
import type { Scope } from "./scope.ts";

export function lowerPattern(node: Node, scope: Scope): Expression {
  const { out } = scope.file;
  const { start, end } = node;
  switch (node.kind) {
    case "variable": {
      const variable = out.variable(start, end, node.name);
      if (node.name === "_") return variable;
      if (scope.isBound(node.name)) return out.operator(start, end, "^", [variable]);
      scope.bind(node.name);
      return variable;
    }
    case "operator": {
      const left = lowerPattern(node.left, scope);
      const right = lowerPattern(node.right, scope);
      return node.operator === "=" ? out.match(start, end, left, right) : out.operator(start, end, node.operator, [left, right]);
    }
    case "remote": {
      // `Class:Reason:Stacktrace` of a `catch`.
      const module = lowerPattern(node.module, scope);
      return out.tuple(start, end, [module, lowerPattern(node.name, scope)]);
    }
    case "macro":
    case "call":
      return lower(node, scope);
    default:
      return lowerData(node, scope, lowerPattern);
  }
}

/** Names of variables anywhere in patterns. */
export function variablesOf(nodes: readonly Node[]): string[] {
  const names: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (value !== null && typeof value === "object") {
      const node = value as Node;
      if (node.kind === "variable") names.push(node.name);
      else for (const part of Object.values(node)) if (typeof part === "object") visit(part);
    }
  };
  visit(nodes);
  return names;
}
