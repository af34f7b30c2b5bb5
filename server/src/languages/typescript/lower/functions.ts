/** Functions of every form → clauses: parameters are patterns, the body is a block. */
import type TypeScript from "typescript";
import type { Clause, Expression } from "../../../model/expression.ts";
import type { FunctionFacts } from "../../../model/facts.ts";
import { lowerExpression, lowerKey, unwrap } from "./expressions.ts";
import { type Lowering, type Node, nameText, startOf, unnamed } from "./lowering.ts";
import { lowerPattern } from "./patterns.ts";
import { lowerStatement } from "./statements.ts";

export type FunctionNode = TypeScript.FunctionLikeDeclaration & { readonly body?: Node | undefined };

interface Lowered {
  readonly clause: Clause;
  readonly defaults: readonly (Expression | null)[];
}

function lowerClause(node: FunctionNode, to: Lowering): Lowered {
  const { out, syntax } = to;
  const inner = unnamed(to);
  const parameters = node.parameters.filter((parameter) => !isThis(parameter));
  const params = parameters.map(({ name }) => lowerPattern(name, inner));
  const defaults = parameters.map((parameter) => lowerDefault(parameter, inner));
  const { body } = node;
  const lowered =
    body === undefined
      ? out.block(node.end, node.end, [])
      : body.kind === syntax.SyntaxKind.Block
        ? withFields(parameters, lowerStatement(body, inner), inner)
        : out.operator(startOf(body, to), body.end, "return", [lowerExpression(body, inner)]);
  return { clause: { at: out.mark(startOf(node, to), node.end), params, guard: null, body: lowered }, defaults };
}

/**
 * What a parameter is where a call leaves it out. Of an object that is taken apart (`{ env, name = "main" } = {}`) those of its parts, also for an object
 * that leaves them out; then no other one is kept.
 */
function lowerDefault({ name, initializer }: TypeScript.ParameterDeclaration, to: Lowering): Expression | null {
  const { out, syntax } = to;
  if (name.kind !== syntax.SyntaxKind.ObjectBindingPattern) return initializer === undefined ? null : lowerExpression(initializer, to);
  if (initializer !== undefined && (unwrap(initializer, to) as TypeScript.ObjectLiteralExpression).properties?.length !== 0) return null;
  const pairs = (name as TypeScript.ObjectBindingPattern).elements.flatMap((element): readonly (readonly [Expression, Expression])[] => {
    const key =
      element.propertyName ?? (element.name.kind === syntax.SyntaxKind.Identifier ? (element.name as TypeScript.Identifier) : null);
    return key === null || element.initializer === undefined ? [] : [[lowerKey(key, to), lowerExpression(element.initializer, to)]];
  });
  return pairs.length === 0 && initializer === undefined ? null : out.map(startOf(name, to), name.end, null, null, pairs);
}

/** `constructor(private readonly stub: Stub)` sets the field first. */
function withFields(parameters: readonly TypeScript.ParameterDeclaration[], body: Expression, to: Lowering): Expression {
  const { out } = to;
  const set = parameters.flatMap(({ modifiers, name }) => {
    const field = modifiers?.some(({ kind }) => kind !== to.syntax.SyntaxKind.Decorator) === true ? nameText(name) : undefined;
    if (field === undefined) return [];
    const [start, end] = [startOf(name, to), name.end];
    const target = out.field(start, end, out.variable(start, end, "this"), out.atom(start, end, field), false);
    return [out.match(start, end, target, out.variable(start, end, field))];
  });
  return set.length === 0 || body.k !== "block" ? body : { ...body, items: [...set, ...body.items] };
}

/** `this` as a parameter says what a function is called on; it is none. */
function isThis({ name }: TypeScript.ParameterDeclaration): boolean {
  return nameText(name) === "this";
}

/** A function as a value: lifted to a function of its module where it has a name, and referred to. */
export function functionExpression(node: FunctionNode, to: Lowering): Expression {
  const { out, lift } = to;
  const start = startOf(node, to);
  if (lift === null || lift.name === "") {
    const { clause } = lowerClause(node, to);
    return out.fn(start, node.end, [clause]);
  }
  const name = freeName(lift.name, lift.functions);
  const fn = functionFacts(node, name, node.name ?? null, to);
  lift.functions.push(fn);
  return out.functionReference(start, node.end, null, name, fn.arity);
}

/** `get`, `get (2)`: two handlers of one route are two functions. */
function freeName(name: string, taken: readonly FunctionFacts[]): string {
  let free = name;
  for (let i = 2; taken.some((fn) => fn.name === free); i++) free = `${name} (${i})`;
  return free;
}

/** `nameNode`: what an editor marks as the function's name; null where it has none of its own. */
export function functionFacts(node: FunctionNode, name: string, nameNode: Node | null, to: Lowering): FunctionFacts {
  const { out } = to;
  out.mixText(name);
  const start = startOf(node, to);
  const nameAt = nameNode === null ? out.mark(start, start) : out.mark(startOf(nameNode, to), nameNode.end);
  const { clause, defaults } = lowerClause(node, to);
  return { name, arity: clause.params.length, defaults, form: "def", at: clause.at, nameAt, clauses: [clause] };
}
