/** Walks over expressions, patterns and nested functions included. */
import type { Clause, Expression } from "../model/expression.ts";

type See = (e: Expression) => void;

/** An expression and everything in it, from the outside in. */
export function visitExpression(e: Expression, see: See): void {
  const visit = (part: Expression): void => {
    see(part);
    forEachPart(part, visit);
  };
  visit(e);
}

export function visitClauses(clauses: readonly Clause[], see: See): void {
  eachOfClauses(clauses, (part) => visitExpression(part, see));
}

/** The direct parts of an expression in the order of the source; of clauses their parameters, guards and bodies. */
export function forEachPart(e: Expression, see: See): void {
  switch (e.k) {
    case "tuple":
    case "block":
      return each(e.items, see);
    case "list":
      each(e.items, see);
      return maybe(e.tail, see);
    case "map":
      maybe(e.struct, see);
      maybe(e.base, see);
      for (const [key, value] of e.pairs) {
        see(key);
        see(value);
      }
      return;
    case "call":
      maybe(e.module, see);
      return each(e.args, see);
    case "apply":
      see(e.callee);
      return each(e.args, see);
    case "fn":
      return eachOfClauses(e.clauses, see);
    case "funref":
      return maybe(e.module, see);
    case "match":
      see(e.pattern);
      return see(e.value);
    case "branch":
      maybe(e.subject, see);
      return eachOfClauses(e.clauses, see);
    case "with":
      each(e.steps, see);
      see(e.body);
      return eachOfClauses(e.otherwise, see);
    case "for":
      for (const { pattern, source } of e.steps) {
        maybe(pattern, see);
        see(source);
      }
      maybe(e.into, see);
      return see(e.body);
    case "try":
      see(e.body);
      eachOfClauses(e.handlers, see);
      return maybe(e.after, see);
    case "receive":
      eachOfClauses(e.clauses, see);
      maybe(e.timeout, see);
      return maybe(e.timeoutBody, see);
    case "operator":
      return each(e.operands, see);
    case "concat":
    case "unknown":
      return each(e.parts, see);
    case "field":
      see(e.base);
      return see(e.key);
    case "unquote":
      return see(e.value);
  }
}

function each(parts: readonly Expression[], see: See): void {
  for (const part of parts) see(part);
}

function maybe(part: Expression | null, see: See): void {
  if (part !== null) see(part);
}

function eachOfClauses(clauses: readonly Clause[], see: See): void {
  for (const { params, guard, body } of clauses) {
    each(params, see);
    maybe(guard, see);
    see(body);
  }
}
