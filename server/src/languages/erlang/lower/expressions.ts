/**
 * Erlang expressions → the expression language of the model. Macros stay uses, `?NAME` as an attribute and `?NAME(…)` as a call, since their definitions
 * may stand in headers. Records are maps with the struct `#name`. Never throws on user code.
 */
import type { Expression } from "../../../model/expression.ts";
import type { Node } from "../ast.ts";
import { lowerBlockForm } from "./block-forms.ts";
import { lowerCall, lowerFunctionReference, lowerMacro } from "./calls.ts";
import { lowerClauses, lowerComprehension } from "./clauses.ts";
import { lowerPattern } from "./patterns.ts";
import type { Scope } from "./scope.ts";

export function lowerAll(nodes: readonly Node[], scope: Scope): Expression[] {
  return nodes.map((node) => lower(node, scope));
}

/** Expressions in a row: one is itself. */
export function lowerBody(nodes: readonly Node[], scope: Scope, start: number, end: number): Expression {
  const [only] = nodes;
  if (only && nodes.length === 1) return lower(only, scope);
  return scope.file.out.block(start, end, lowerAll(nodes, scope));
}

export function lower(node: Node, scope: Scope): Expression {
  const { out } = scope.file;
  const { start, end } = node;
  switch (node.kind) {
    case "variable":
      return out.variable(start, end, node.name);
    case "operator":
      return lowerOperator(node, scope);
    case "call":
      return lowerCall(node, scope);
    case "macro":
      return lowerMacro(node, scope);
    case "function_reference":
      return lowerFunctionReference(node, scope);
    case "fun": {
      const inner = scope.inner();
      if (node.name !== null) inner.bind(node.name);
      return out.fn(start, end, lowerClauses(node.clauses, inner, "shadow"), node.name);
    }
    case "comprehension":
      return lowerComprehension(node, scope);
    case "block":
      return lowerBody(node.items, scope, start, end);
    case "catch":
      return out.try(start, end, lower(node.body, scope), [], null);
    case "clause":
      return out.fn(start, end, lowerClauses([node], scope, "shadow"));
    case "remote":
      return out.unknown(start, end, lowerAll([node.module, node.name], scope));
    default:
      return lowerBlockForm(node, scope) ?? lowerData(node, scope, lower);
  }
}

/** Terms that look alike as expressions and as patterns; `part` lowers what is inside. */
export function lowerData(node: Node, scope: Scope, part: (node: Node, scope: Scope) => Expression): Expression {
  const { out } = scope.file;
  const { start, end } = node;
  const all = (nodes: readonly Node[]): Expression[] => nodes.map((n) => part(n, scope));
  switch (node.kind) {
    case "atom":
      return out.atom(start, end, node.value);
    case "number":
      return out.number(start, end, node.value);
    case "string": {
      if (node.parts.every((p) => typeof p === "string")) return out.text(start, end, node.parts.join(""), !node.binary);
      const parts = node.parts.map((p) => (typeof p === "string" ? out.text(start, start, p, false) : part(p, scope)));
      return out.concat(start, end, node.binary ? "binary" : "charlist", parts);
    }
    case "tuple":
      return out.tuple(start, end, all(node.items));
    case "list": {
      const items = all(node.items);
      return out.list(start, end, items, node.tail ? part(node.tail, scope) : null);
    }
    case "map": {
      const base = node.base ? part(node.base, scope) : null;
      const pairs = node.pairs.map(([key, value]) => [lower(key, scope), part(value, scope)] as const);
      return out.map(start, end, null, base, pairs);
    }
    case "record":
      return lowerRecord(node, scope, part);
    case "record_field": {
      if (node.base === null || node.field.kind !== "atom") return out.unknown(start, end, node.base ? [part(node.base, scope)] : []);
      const base = part(node.base, scope);
      return out.field(start, end, base, out.atom(node.field.start, node.field.end, node.field.value), false);
    }
    case "binary":
      return lowerBinary(node, scope, part);
    case "segment":
      return part(node.value, scope);
    case "unary":
      return lowerUnary(node, scope, part);
    default:
      return out.unknown(start, end, []);
  }
}

function lowerUnary(node: Node & { kind: "unary" }, scope: Scope, part: (node: Node, scope: Scope) => Expression): Expression {
  const { out } = scope.file;
  if (node.operator === "-" && node.operand.kind === "number") return out.number(node.start, node.end, -node.operand.value);
  return out.operator(node.start, node.end, node.operator, [part(node.operand, scope)]);
}

/** `<<"text">>` is a text; what holds numbers or sizes is not followed. */
function lowerBinary(node: Node & { kind: "binary" }, scope: Scope, part: (node: Node, scope: Scope) => Expression): Expression {
  const { out } = scope.file;
  const [only] = node.segments;
  if (only?.kind === "string" && node.segments.length === 1 && only.parts.every((p) => typeof p === "string"))
    return out.text(node.start, node.end, only.parts.join(""), false);
  const parts = node.segments.map((segment) => part(segment, scope));
  if (node.segments.some((s) => s.kind === "number" || s.kind === "segment") && part === lower)
    return out.unknown(node.start, node.end, parts);
  return out.concat(node.start, node.end, "binary", parts);
}

/** Fields that are given; `_ = Default` for all others is left out. */
function lowerRecord(node: Node & { kind: "record" }, scope: Scope, part: (node: Node, scope: Scope) => Expression): Expression {
  const { out } = scope.file;
  const name = node.name;
  const base = node.base ? part(node.base, scope) : null;
  const pairs: (readonly [Expression, Expression])[] = [];
  for (const field of node.fields) {
    if (field.kind !== "operator" || field.operator !== "=" || field.left.kind !== "atom") continue;
    const key = out.atom(field.left.start, field.left.end, field.left.value);
    pairs.push([key, part(field.right, scope)]);
  }
  return out.map(node.start, node.end, recordName(name, scope), base, pairs);
}

/** The name of a record as that of a struct; a macro may stand for it. */
function recordName(name: Node, scope: Scope): Expression {
  const { out } = scope.file;
  if (name.kind === "atom") return out.atom(name.start, name.end, `#${name.value}`);
  return out.concat(name.start, name.end, "atom", [out.text(name.start, name.start, "#", false), lower(name, scope)]);
}

function lowerOperator(node: Node & { kind: "operator" }, scope: Scope): Expression {
  const { out } = scope.file;
  const { start, end, operator } = node;
  if (operator === "=" || operator === "?=") {
    const value = lower(node.right, scope);
    return out.match(start, end, lowerPattern(node.left, scope), value);
  }
  const left = lower(node.left, scope);
  const right = lower(node.right, scope);
  if (operator !== "!") return out.operator(start, end, operator, [left, right]);
  const module = out.atom(start, start, "erlang");
  return out.call(start, end, module, "send", node.left.end, [left, right]);
}
