/** Where in a function an offset stands, and in which expressions. Pure; broken source gives what the parser kept of it. */
import { visitExpression } from "../link/visit.ts";
import type { CallExpression, Expression } from "../model/expression.ts";
import type { FileFacts, FunctionFacts } from "../model/facts.ts";

export interface Standing {
  /** BEAM atom. */
  readonly module: string;
  readonly fn: FunctionFacts;
  readonly clause: number;
  /** `head`: from the clause's first word to the end of its parameters and guard. */
  readonly part: "head" | "body";
  /** The expressions around the offset, the outermost first. */
  readonly path: readonly Expression[];
}

/** Null outside of functions. Both ends of an element count as in it, as a cursor stands between characters. */
export function standingAt(facts: FileFacts, offset: number): Standing | null {
  const isAround = ({ at }: { readonly at: number }): boolean =>
    (facts.spans[2 * at] ?? 0) <= offset && offset <= (facts.spans[2 * at + 1] ?? -1);
  for (const module of facts.shape.modules) {
    if (!isAround(module)) continue;
    for (const fn of module.functions) {
      const clause = fn.clauses.findIndex(isAround);
      const found = fn.clauses[clause];
      if (found === undefined) continue;
      const part = offset <= headEnd(fn, clause, facts) ? "head" : "body";
      const roots = part === "body" ? [found.body] : found.guard === null ? found.params : [...found.params, found.guard];
      return { module: module.name, fn, clause, part, path: pathTo(roots, isAround, facts) };
    }
  }
  return null;
}

/** Where the name, the last parameter or the guard ends. */
function headEnd({ nameAt, clauses }: FunctionFacts, clause: number, { spans }: FileFacts): number {
  const { at, params, guard } = clauses[clause]!;
  const endOf = (place: number): number => spans[2 * place + 1] ?? 0;
  // The place of the name is that of the first clause.
  const ends = [...params.map((param) => endOf(param.at)), guard === null ? 0 : endOf(guard.at), endOf(nameAt)];
  return Math.max(spans[2 * at] ?? 0, ...ends.filter((end) => end <= endOf(at)));
}

/** Siblings that touch at the offset are both around it: the later one is taken. */
function pathTo(roots: readonly Expression[], isAround: (e: Expression) => boolean, facts: FileFacts): Expression[] {
  const path: Expression[] = [];
  for (const root of roots)
    visitExpression(root, (e) => {
      if (!isAround(e)) return;
      while (path.length > 0 && !holds(path.at(-1)!, e, facts)) path.pop();
      path.push(e);
    });
  return path;
}

function holds(outer: Expression, inner: Expression, { spans }: FileFacts): boolean {
  return (spans[2 * outer.at] ?? 0) <= (spans[2 * inner.at] ?? 0) && (spans[2 * inner.at + 1] ?? 0) <= (spans[2 * outer.at + 1] ?? 0);
}

const literals: ReadonlySet<Expression["k"]> = new Set(["atom", "number", "text", "tuple", "list", "map"]);

/** The expressions around an offset that stands in none of a file's functions, but in a value or a statement of its top level. */
export function pathOutside(facts: FileFacts, offset: number): readonly Expression[] {
  const isAround = ({ at }: { readonly at: number }): boolean =>
    (facts.spans[2 * at] ?? 0) <= offset && offset <= (facts.spans[2 * at + 1] ?? -1);
  const roots = facts.shape.modules.flatMap(({ attributes, statements }) => [...attributes.map(({ value }) => value), ...statements]);
  return pathTo(roots.filter(isAround), isAround, facts);
}

/** The call that is given the message which the innermost of these stands in, and the message's tag; null on variables and calls inside of it. */
export function messageIn(path: readonly Expression[]): { readonly call: CallExpression; readonly tag: string } | null {
  for (let i = path.length - 1; i > 0 && literals.has(path[i]!.k); i--) {
    const [call, argument] = [path[i - 1]!, path[i]!];
    const tag = tagOf(argument);
    if (call.k === "call" && tag !== null) return call.args.includes(argument) ? { call, tag } : null;
  }
  return null;
}

/** The first atom of a message as it is written: itself, the first element of a tuple, the name of a struct; of an object, its `type`. */
export function tagOf(e: Expression): string | null {
  if (e.k === "atom") return e.value;
  if (e.k === "map" && e.struct === null && e.base === null) {
    const type = e.pairs.find(([key]) => key.k === "text" && key.value === "type")?.[1];
    return type?.k === "text" ? type.value : null;
  }
  const first = e.k === "tuple" ? e.items[0] : e.k === "map" ? e.struct : null;
  return first?.k === "atom" ? first.value : null;
}
