/** Of which values around it an anonymous function reads nothing but fields. Pure. */
import type { Clause, Expression, FunctionExpression } from "../model/expression.ts";
import { forEachPart } from "./visit.ts";

export interface FieldReads {
  /** Bound around the function. */
  readonly variable: string;
  /** `remote_ip`, `assigns.user`, `assigns[:user]`: each once, in the order of the source. */
  readonly fields: readonly string[];
}

/** A name that is bound inside as well, if only in a pattern that pins it, does not count. */
export function readFields(fn: FunctionExpression): readonly FieldReads[] {
  const bound = new Set<string>();
  const whole = new Set<string>();
  const fields = new Map<string, Set<string>>();
  const bind = (pattern: Expression): void => {
    if (pattern.k === "variable") bound.add(pattern.name);
    forEachPart(pattern, bind);
  };
  const walk = (e: Expression): void => {
    if (e.k === "variable") return void whole.add(e.name);
    const read = e.k === "field" ? readField(e) : null;
    if (read !== null) {
      const known = fields.get(read.variable);
      if (known === undefined) fields.set(read.variable, new Set([read.field]));
      else known.add(read.field);
      return;
    }
    const patterns = patternsOf(e);
    for (const pattern of patterns) bind(pattern);
    forEachPart(e, (part) => {
      if (!patterns.includes(part)) walk(part);
    });
  };
  walk(fn);
  return [...fields].filter(([name]) => !bound.has(name) && !whole.has(name)).map(([variable, read]) => ({ variable, fields: [...read] }));
}

/** `variable.a.b[:c]`, whose keys are all written out. */
function readField(e: Expression): { readonly variable: string; readonly field: string } | null {
  if (e.k !== "field" || e.key.k !== "atom") return null;
  const step = e.access ? `[:${e.key.value}]` : e.key.value;
  if (e.base.k === "variable") return e.access ? null : { variable: e.base.name, field: step };
  const base = readField(e.base);
  return base === null ? null : { variable: base.variable, field: `${base.field}${e.access ? "" : "."}${step}` };
}

function patternsOf(e: Expression): readonly Expression[] {
  switch (e.k) {
    case "match":
      return [e.pattern];
    case "for":
      return e.steps.flatMap(({ pattern }) => pattern ?? []);
    case "fn":
    case "branch":
    case "receive":
      return paramsOf(e.clauses);
    case "with":
      return paramsOf(e.otherwise);
    case "try":
      return paramsOf(e.handlers);
    default:
      return [];
  }
}

function paramsOf(clauses: readonly Clause[]): readonly Expression[] {
  return clauses.flatMap(({ params }) => params);
}
