/** `case`, `if`, `receive`, `try`, `maybe`. */
import type { Expression } from "../../../model/expression.ts";
import type { Node } from "../ast.ts";
import { lowerClauses } from "./clauses.ts";
import { lower, lowerAll, lowerBody } from "./expressions.ts";
import type { Scope } from "./scope.ts";

/** Null for other nodes. */
export function lowerBlockForm(node: Node, scope: Scope): Expression | null {
  const { out } = scope.file;
  const { start, end } = node;
  switch (node.kind) {
    case "case": {
      const subject = lower(node.subject, scope);
      return out.branch(start, end, "case", subject, lowerClauses(node.clauses, scope, "match"));
    }
    case "if":
      return out.branch(start, end, "cond", null, lowerClauses(node.clauses, scope, "match"));
    case "receive": {
      const clauses = lowerClauses(node.clauses, scope, "match");
      const timeout = node.timeout ? lower(node.timeout, scope) : null;
      const body = node.timeout ? lowerBody(node.timeoutBody, scope.inner(), node.timeout.end, end) : null;
      return out.receive(start, end, clauses, timeout, body);
    }
    case "try":
      return lowerTry(node, scope);
    case "maybe": {
      const inner = scope.inner();
      const steps = lowerAll(node.body.slice(0, -1), inner);
      const body = lowerBody(node.body.slice(-1), inner, start, end);
      return out.with(start, end, steps, body, lowerClauses(node.otherwise, scope, "match"));
    }
    default:
      return null;
  }
}

/** With `of`, the value is that of its clauses. */
function lowerTry(node: Node & { kind: "try" }, scope: Scope): Expression {
  const { out } = scope.file;
  const { start, end } = node;
  const inner = scope.inner();
  const tried = lowerBody(node.body, inner, start, end);
  const body = node.of.length > 0 ? out.branch(start, end, "case", tried, lowerClauses(node.of, inner, "match")) : tried;
  const handlers = lowerClauses(node.catches, scope, "match");
  const after = node.after.length > 0 ? lowerBody(node.after, scope.inner(), start, end) : null;
  return out.try(start, end, body, handlers, after);
}
