/** Which clauses of a function are there for another kind of argument than others: a pid or a name, a record or anything else. Pure. */
import type { Clause, Expression } from "../../model/expression.ts";
import type { FunctionFacts } from "../../model/facts.ts";
import { visitExpression } from "../visit.ts";

const known = new WeakMap<FunctionFacts, readonly number[]>();

/** Indexes of the clauses that are told from another one by the kind of an argument; literals say a value, and are no kind. */
export function clausesByKind(facts: FunctionFacts): readonly number[] {
  let found = known.get(facts);
  if (found === undefined) known.set(facts, (found = facts.clauses.length < 2 ? [] : readKinds(facts)));
  return found;
}

function readKinds({ clauses, arity }: FunctionFacts): readonly number[] {
  const kinds = clauses.map((clause) => Array.from({ length: arity }, (_, i) => kindOf(clause, i)));
  const told = kinds.map((own, i) =>
    own.some((kind, p) => kind !== null && kinds.some((other, j) => j !== i && (other[p] ?? null) !== null && other[p] !== kind)),
  );
  return told.flatMap((is, i) => (is ? [i] : []));
}

/** `any` for a variable that nothing is asked of; null for a literal. */
function kindOf({ params, guard }: Clause, index: number): string | null {
  return params[index] === undefined ? null : kindOfPattern(params[index], guard);
}

function kindOfPattern(pattern: Expression, guard: Expression | null): string | null {
  switch (pattern.k) {
    case "match": {
      const kind = kindOfPattern(pattern.pattern, guard);
      return kind === "any" ? kindOfPattern(pattern.value, guard) : kind;
    }
    case "variable":
      return guard === null ? "any" : testOf(guard, pattern.name);
    case "map":
    case "tuple":
    case "list":
      return pattern.k;
    default:
      return null;
  }
}

/** The type that a guard asks of a variable: `is_pid`. */
function testOf(guard: Expression, name: string): string {
  let test = "any";
  visitExpression(guard, (e) => {
    if (e.k === "call" && /^is_[a-z]/.test(e.name) && e.args[0]?.k === "variable" && e.args[0].name === name) test = e.name;
  });
  return test;
}
