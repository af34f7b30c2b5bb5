/** Clauses, guards and comprehensions. */
import type { Clause, Expression } from "../../../model/expression.ts";
import type { ClauseNode, GeneratorNode, Node } from "../ast.ts";
import { lower, lowerBody } from "./expressions.ts";
import { lowerPattern, variablesOf } from "./patterns.ts";
import type { Scope } from "./scope.ts";

/** `shadow`: the parameters are new variables whatever is bound around (of a `fun`). */
export function lowerClauses(nodes: readonly ClauseNode[], outer: Scope, names: "match" | "shadow"): Clause[] {
  return nodes.map((node) => lowerClause(node, names === "shadow" ? outer.shadowing(variablesOf(node.params)) : outer.inner()));
}

/** A clause in a scope of its own. */
export function lowerClause(node: ClauseNode, scope: Scope): Clause {
  const params = node.params.map((param) => lowerPattern(param, scope));
  const guard = lowerGuard(node.guard, scope);
  const body = lowerBody(node.body, scope, node.start, node.end);
  return { at: scope.file.out.mark(node.start, node.end), params, guard, body };
}

/** `a, b; c` is `(a and b) or c`. */
export function lowerGuard(guard: ClauseNode["guard"], scope: Scope): Expression | null {
  if (guard === null) return null;
  const alternatives = guard.map((tests) =>
    join(
      tests.map((test) => lower(test, scope)),
      "and",
      tests,
      scope,
    ),
  );
  return join(alternatives, "or", guard.flat(), scope);
}

function join(parts: readonly Expression[], operator: string, nodes: readonly Node[], scope: Scope): Expression {
  const [first, ...rest] = parts;
  if (!first) return scope.file.out.atom(0, 0, "true");
  const start = nodes[0]?.start ?? 0;
  const end = nodes.at(-1)?.end ?? start;
  return rest.reduce((all, part) => scope.file.out.operator(start, end, operator, [all, part]), first);
}

export function lowerComprehension(node: Node & { kind: "comprehension" }, outer: Scope): Expression {
  const { out } = outer.file;
  let scope = outer.inner();
  const steps: { readonly pattern: Expression | null; readonly source: Expression }[] = [];
  for (let i = 0; i < node.steps.length; i++) {
    const step = node.steps[i]!;
    if (step.kind !== "generator") {
      steps.push({ pattern: null, source: lower(step, scope) });
      continue;
    }
    const together = [step];
    for (let next = node.steps[i + 1]; next?.kind === "generator" && next.zipped; next = node.steps[++i + 1]) together.push(next);
    const source = lowerSources(together, scope);
    scope = scope.shadowing(variablesOf(together.flatMap(({ pattern, value }) => (value ? [pattern, value] : [pattern]))));
    steps.push({ pattern: lowerGenerated(together, scope), source });
  }
  const body = lower(node.body, scope);
  const whole = node.value ? out.tuple(node.body.start, node.value.end, [body, lower(node.value, scope)]) : body;
  const into = node.of === "map" ? out.map(node.start, node.start, null, null, []) : null;
  return out.comprehension(node.start, node.end, steps, whole, into);
}

/** What generators side by side (`&&`) go over: `lists:zip(A, lists:zip(B, C))`. */
function lowerSources([first, ...rest]: readonly GeneratorNode[], scope: Scope): Expression {
  const { start, end, source, value } = first!;
  const last = rest.at(-1);
  const of = (module: string, name: string, to: number, args: readonly Expression[]): Expression =>
    scope.file.out.call(start, to, scope.file.out.atom(start, start, module), name, start, [...args]);
  const whole = lower(source, scope);
  if (last === undefined && !first!.zipped) return whole;
  const list = value ? of("maps", "to_list", end, [whole]) : whole;
  return last === undefined ? list : of("lists", "zip", last.end, [list, lowerSources(rest, scope)]);
}

/** The pattern for an element of `lowerSources`: `{A, {B, C}}`. */
function lowerGenerated([first, ...rest]: readonly GeneratorNode[], scope: Scope): Expression {
  const { out } = scope.file;
  const { start, end, pattern, value } = first!;
  const key = lowerPattern(pattern, scope);
  const whole = value ? out.tuple(start, end, [key, lowerPattern(value, scope)]) : key;
  const last = rest.at(-1);
  return last === undefined ? whole : out.tuple(start, last.end, [whole, lowerGenerated(rest, scope)]);
}
