/** Whether a callback's clause looks at its state. Pure. */
import type { Expression } from "../../model/expression.ts";
import type { CallbackRow } from "../../model/library.ts";
import { visitExpression } from "../visit.ts";
import type { FlowFunction } from "./graph.ts";
import { boundNames } from "./patterns.ts";

/**
 * Whether the clause looks at its state, and does not only hand it on, or make the next one of it, in the last element of what it returns: `{:reply, sum, calls
 * + 1}` looks at nothing.
 */
export function readsState(fn: FlowFunction, clause: number, row: CallbackRow): boolean {
  if (row.state === null) return false;
  const { params, body, guard } = fn.info.facts.clauses[clause]!;
  const pattern = params[row.state];
  if (pattern === undefined) return false;
  if (pattern.k !== "variable") return true;
  const names = boundNames(pattern);
  if (names.size === 0) return false;
  const handedOn = new Set<Expression>();
  let reads = false;
  const see = (e: Expression): void => {
    if (e.k === "tuple" && e.items[0]?.k === "atom") {
      const last = e.items.at(-1);
      if (last?.k === "variable") handedOn.add(last);
      else if (last !== undefined && isReturn(e.items)) visitExpression(last, (inner) => void handedOn.add(inner));
    }
    if (e.k === "variable" && names.has(e.name) && !handedOn.has(e)) reads = true;
  };
  visitExpression(body, see);
  if (guard) visitExpression(guard, see);
  return reads;
}

/** `{:reply, answer, state}` with an answer that is worked out: where it is a mere `:ok`, to keep something is what the clause is for. */
function isReturn([tag, answer, ...rest]: readonly Expression[]): boolean {
  return tag?.k === "atom" && tag.value === "reply" && rest.length === 1 && answer !== undefined && answer.k !== "atom";
}
