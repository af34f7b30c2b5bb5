/** Branches that are taken where something is not there. Pure. */
import type { BranchExpression, Expression } from "../../model/expression.ts";

/** What is asked whether it is there, and what is done if it is not. */
export function branchOf(e: Expression): { readonly asked: Expression | null; readonly absent: readonly Expression[] } {
  if (e.k === "operator" && (e.operator === "||" || e.operator === "or"))
    return { asked: e.operands[0] ?? null, absent: e.operands.slice(1) };
  if (e.k !== "branch" || e.subject === null) return { asked: null, absent: [] };
  if (e.form === "case")
    return { asked: e.subject, absent: e.clauses.flatMap(({ params, body }) => (saysAbsent(params[0]) ? [body] : [])) };
  const [holds, otherwise] = e.clauses.map(({ body }) => body);
  const denied = deniedBy(e.subject);
  const absent = denied === null ? otherwise : holds;
  return { asked: denied ?? e.subject, absent: absent === undefined ? [] : [absent] };
}

const none: ReadonlySet<string> = new Set(["nil", "undefined", "error", "none", "not_found", "false"]);

/** `nil`, `undefined`, `[]`, `:error`, `{:error, _}`. */
function saysAbsent(pattern: Expression | undefined): boolean {
  if (pattern?.k === "tuple") return saysAbsent(pattern.items[0]);
  return (
    (pattern?.k === "atom" && none.has(pattern.value)) || (pattern?.k === "list" && pattern.items.length === 0 && pattern.tail === null)
  );
}

/** What a condition says is not there: `is_nil(pid)`, `pid == nil`, `!pid`. */
function deniedBy(e: Expression): Expression | null {
  if (e.k === "call" && e.name === "is_nil") return e.args[0] ?? null;
  if (e.k !== "operator") return null;
  const [left, right] = e.operands;
  if (e.operator === "!" || e.operator === "not") return left ?? null;
  return (e.operator === "==" || e.operator === "===" || e.operator === "=:=") && saysAbsent(right) ? (left ?? null) : null;
}

/** What a clause of a branch says is not there, by its pattern or condition and those above it; null where it says nothing of the kind. */
export function absentIn(e: BranchExpression, clause: number): Expression | null {
  const { form, subject, clauses } = e;
  const own = clauses[clause];
  if (own === undefined) return null;
  if (form === "cond") return own.guard === null ? null : deniedBy(own.guard);
  if (subject === null) return null;
  if (form === "case") {
    const isRest =
      own.params[0]?.k === "variable" &&
      clauses.slice(0, clause).every(({ params }) => params[0]?.k !== "variable" && !saysAbsent(params[0]));
    return saysAbsent(own.params[0]) || (clause > 0 && isRest) ? subject : null;
  }
  const denied = deniedBy(subject);
  return denied === null ? (clause === 1 ? subject : null) : clause === 0 ? denied : null;
}
