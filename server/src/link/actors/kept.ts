/**
 * Whether anybody will know of an actor that is addressed by a fresh key: the key or the address is returned, stored, handed on, or asked for. What is not
 * kept is an actor that nobody can reach again. Pure.
 */
import type { Expression } from "../../model/expression.ts";
import { type Code, forEachPart } from "./code.ts";
import type { Evaluator } from "./evaluate.ts";

/** Methods and members of an address that tell its key. */
const telling: ReadonlySet<string> = new Set(["id", "name", "key", "resolve", "toString", "getGatewayUrl", "connect"]);

/** `address`: what the message is sent to, as it stands in the code. */
export function isKept(address: Expression, code: Code, evaluator: Evaluator): boolean {
  const names = new Set<string>();
  const collect = (e: Expression, depth: number): void => {
    if (depth > 8) return;
    if (e.k === "variable") {
      const bound = names.has(e.name) || !isFresh(e, code, evaluator) ? null : boundAround(e.name, e, code);
      if (bound === null) return;
      names.add(e.name);
      collect(bound, depth + 1);
    } else if (e.k !== "fn") forEachPart(e, (part) => collect(part, depth + 1));
  };
  collect(address, 0);
  let kept = false;
  const look = (e: Expression, isAddress: boolean): void => {
    if (kept) return;
    if (e.k === "variable") {
      if (!isAddress && names.has(e.name)) kept = true;
      return;
    }
    if (e.k === "match") {
      // `const key = randomUUID()`: a name for it.
      return look(e.value, e.pattern.k === "variable" && names.has(e.pattern.name));
    }
    if (e.k === "field") return look(e.base, e.key.k !== "atom" || !telling.has(e.key.value) ? isAddress : false);
    if (e.k === "call") {
      const gives = names.size > 0 && isFresh(e, code, evaluator);
      if (e.module !== null) look(e.module, !telling.has(e.name));
      for (const argument of e.args) look(argument, gives);
      return;
    }
    if (e.k === "operator" && e.operator !== "return") {
      const inner = isAddress || (e.operator === "new" && isFresh(e, code, evaluator));
      for (const operand of e.operands) look(operand, inner && e.operator !== "==" && e.operator !== "===");
      return;
    }
    if (e.k === "list" || e.k === "concat") return forEachPart(e, (part) => look(part, isAddress));
    forEachPart(e, (part) => look(part, false));
  };
  // Of a call that is itself returned, the answer is.
  look(code.outermost.clause.body, false);
  return kept;
}

function isFresh(e: Expression, code: Code, evaluator: Evaluator): boolean {
  const value = evaluator.evaluate({ e, code, args: null });
  if (value.v === "fresh") return true;
  return (value.v === "stub" || value.v === "id") && value.key.k === "fresh";
}

function boundAround(name: string, use: Expression, code: Code): Expression | null {
  for (let at: Code | null = code; at !== null; at = at.parent) {
    const bound = at.bound(name, use);
    if (bound !== null) return bound.way.length === 0 ? bound.value : null;
  }
  return null;
}
