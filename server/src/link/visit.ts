/** A walk over an expression and everything in it, patterns and nested functions included. */
import type { Clause, Expression } from "../model/expression.ts";

export function visitExpression(e: Expression, see: (e: Expression) => void): void {
  see(e);
  const all = (list: readonly Expression[]): void => {
    for (const item of list) visitExpression(item, see);
  };
  switch (e.k) {
    case "tuple":
    case "block":
      return all(e.items);
    case "list":
      all(e.items);
      if (e.tail) visitExpression(e.tail, see);
      return;
    case "map":
      if (e.base) visitExpression(e.base, see);
      for (const [key, value] of e.pairs) {
        visitExpression(key, see);
        visitExpression(value, see);
      }
      return;
    case "call":
      if (e.module) visitExpression(e.module, see);
      return all(e.args);
    case "apply":
      visitExpression(e.callee, see);
      return all(e.args);
    case "fn":
      return visitClauses(e.clauses, see);
    case "funref":
      if (e.module) visitExpression(e.module, see);
      return;
    case "match":
      visitExpression(e.pattern, see);
      return visitExpression(e.value, see);
    case "branch":
      if (e.subject) visitExpression(e.subject, see);
      return visitClauses(e.clauses, see);
    case "with":
      all(e.steps);
      visitExpression(e.body, see);
      return visitClauses(e.otherwise, see);
    case "for":
      for (const step of e.steps) {
        if (step.pattern) visitExpression(step.pattern, see);
        visitExpression(step.source, see);
      }
      if (e.into) visitExpression(e.into, see);
      return visitExpression(e.body, see);
    case "try":
      visitExpression(e.body, see);
      visitClauses(e.handlers, see);
      if (e.after) visitExpression(e.after, see);
      return;
    case "receive":
      visitClauses(e.clauses, see);
      if (e.timeout) visitExpression(e.timeout, see);
      if (e.timeoutBody) visitExpression(e.timeoutBody, see);
      return;
    case "operator":
      return all(e.operands);
    case "concat":
    case "unknown":
      return all(e.parts);
    case "field":
      visitExpression(e.base, see);
      return visitExpression(e.key, see);
    case "unquote":
      return visitExpression(e.value, see);
  }
}

export function visitClauses(clauses: readonly Clause[], see: (e: Expression) => void): void {
  for (const clause of clauses) {
    for (const param of clause.params) visitExpression(param, see);
    if (clause.guard) visitExpression(clause.guard, see);
    visitExpression(clause.body, see);
  }
}
