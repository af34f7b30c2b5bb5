/** Which functions do nothing but hand a call on. Pure; one index a file, made on first use. */
import type { Expression } from "../model/expression.ts";
import type { FileFacts } from "../model/facts.ts";

const indexes = new WeakMap<FileFacts, ReadonlySet<number>>();

/** Whether the function at a span index is nothing but a call in each clause, or a value in some; false for what is no function of the file. */
export function handsOn(facts: FileFacts, at: number): boolean {
  let index = indexes.get(facts);
  if (index === undefined) {
    const functions = facts.shape.modules.flatMap((module) => module.functions);
    index = new Set(functions.filter(({ clauses }) => clauses.every(({ body }) => isPlain(body))).map((fn) => fn.at));
    indexes.set(facts, index);
  }
  return index.has(at);
}

const plain: ReadonlySet<Expression["k"]> = new Set(["call", "atom", "number", "text", "variable", "attribute", "field", "tuple", "list"]);

function isPlain(body: Expression): boolean {
  return body.k === "block" ? body.items.length === 1 && body.items.every(isPlain) : plain.has(body.k);
}
