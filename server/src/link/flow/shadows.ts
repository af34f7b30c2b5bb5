/** Clauses that can never be taken, because one above takes everything that they ask for. Pure. */
import type { Clause, Expression } from "../../model/expression.ts";
import { visitExpression } from "../visit.ts";
import { isCatchAll } from "./patterns.ts";

/**
 * The first clause above that takes whatever the clause at `index` takes, or null. A state (`state`: its position) that is asked to be a struct without
 * fields counts as any state, if no clause asks for another. Clauses of equal patterns are left alone: they may stand under different conditions of the compiler.
 */
export function shadowOf(clauses: readonly Clause[], index: number, state: number | null): number | null {
  const below = clauses[index];
  if (below === undefined) return null;
  const any = hasOneForm(clauses, state) ? state : null;
  for (let above = 0; above < index; above++) {
    const clause = clauses[above]!;
    if (clause.guard === null && coversAll(clause, below, any) && !coversAll(below, clause, any)) return above;
  }
  return null;
}

function coversAll(above: Clause, below: Clause, state: number | null): boolean {
  if (above.params.length !== below.params.length || repeats(above.params)) return false;
  return above.params.every((param, i) => (i === state && isAnyState(param)) || covers(param, below.params[i]!));
}

/** Whether all clauses that ask for a form of the state ask for the same struct. */
function hasOneForm(clauses: readonly Clause[], state: number | null): boolean {
  if (state === null) return false;
  const forms = new Set<string>();
  for (const { params } of clauses) visitForm(params[state], forms);
  return forms.size < 2;
}

function visitForm(pattern: Expression | undefined, forms: Set<string>): void {
  if (pattern === undefined || pattern.k === "variable") return;
  if (pattern.k === "match") {
    visitForm(pattern.pattern, forms);
    visitForm(pattern.value, forms);
  } else forms.add(pattern.k === "map" && pattern.struct?.k === "atom" ? `%${pattern.struct.value}` : pattern.k);
}

/** A name that stands twice asks for equal values. */
function repeats(params: readonly Expression[]): boolean {
  const seen = new Set<string>();
  let again = false;
  for (const param of params)
    visitExpression(param, (e) => {
      if (e.k !== "variable" || e.name.startsWith("_")) return;
      if (seen.has(e.name)) again = true;
      seen.add(e.name);
    });
  return again;
}

function isAnyState(pattern: Expression): boolean {
  if (pattern.k === "match") return isAnyState(pattern.pattern) && isAnyState(pattern.value);
  return isCatchAll(pattern) || (pattern.k === "map" && pattern.pairs.length === 0);
}

/** Whether everything that `b` matches is matched by `a`; false where that cannot be told. */
function covers(a: Expression, b: Expression): boolean {
  if (a.k === "match") return covers(a.pattern, b) && covers(a.value, b);
  if (a.k === "variable") return true;
  if (b.k === "match") return covers(a, b.pattern) || covers(a, b.value);
  if (a.k !== b.k) return false;
  switch (a.k) {
    case "atom":
    case "number":
    case "text":
      return a.value === (b as typeof a).value;
    case "tuple": {
      const { items } = b as typeof a;
      return items.length === a.items.length && a.items.every((item, i) => covers(item, items[i]!));
    }
    default:
      return false;
  }
}
