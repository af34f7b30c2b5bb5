/** One constructor per kind of node: all fields, always in the same order, so that every kind has a single shape in V8. */
import type * as A from "../ast.ts";
import type { Node } from "../ast.ts";

export function atom(start: number, end: number, value: string): A.AtomNode {
  return { kind: "atom", start, end, value };
}

export function number(kind: "integer" | "float", start: number, end: number, text: string, value: number | string): A.NumberNode {
  return { kind, start, end, text, value };
}

export function char(start: number, end: number, value: number): A.CharNode {
  return { kind: "char", start, end, value };
}

export function string(kind: A.StringNode["kind"], start: number, end: number, parts: readonly (string | Node)[]): A.StringNode {
  return { kind, start, end, parts };
}

export function sigil(start: number, end: number, name: string, parts: readonly (string | Node)[], modifiers: string): A.SigilNode {
  return { kind: "sigil", start, end, name, parts, modifiers };
}

export function alias(start: number, end: number, name: string, base: Node | null): A.AliasNode {
  return { kind: "alias", start, end, name, base };
}

export function variable(start: number, end: number, name: string): A.VarNode {
  return { kind: "var", start, end, name };
}

export function call(
  start: number,
  end: number,
  target: Node | null,
  name: string,
  nameStart: number,
  args: readonly Node[],
  parens: boolean,
  block: A.DoBlock | null,
): A.CallNode {
  return { kind: "call", start, end, target, name, nameStart, args, parens, block };
}

export function apply(start: number, end: number, callee: Node, args: readonly Node[], block: A.DoBlock | null): A.ApplyNode {
  return { kind: "apply", start, end, callee, args, block };
}

export function operator(start: number, end: number, name: string, left: Node, right: Node, operatorStart: number): A.OperatorNode {
  return { kind: "operator", start, end, operator: name, left, right, operatorStart };
}

export function unary(start: number, end: number, name: string, operand: Node): A.UnaryNode {
  return { kind: "unary", start, end, operator: name, operand };
}

export function access(start: number, end: number, base: Node, key: Node): A.AccessNode {
  return { kind: "access", start, end, base, key };
}

export function list(start: number, end: number, items: readonly Node[], bracketed: boolean): A.ListNode {
  return { kind: "list", start, end, items, bracketed };
}

export function tuple(start: number, end: number, items: readonly Node[]): A.TupleNode {
  return { kind: "tuple", start, end, items };
}

export function map(start: number, end: number, struct: Node | null, base: Node | null, pairs: readonly Node[]): A.MapNode {
  return { kind: "map", start, end, struct, base, pairs };
}

export function bitstring(start: number, end: number, items: readonly Node[]): A.BitstringNode {
  return { kind: "bitstring", start, end, items };
}

export function pair(start: number, end: number, key: Node, value: Node, keyword: boolean): A.PairNode {
  return { kind: "pair", start, end, key, value, keyword };
}

export function fn(start: number, end: number, clauses: readonly A.StabNode[]): A.FnNode {
  return { kind: "fn", start, end, clauses };
}

export function stab(start: number, end: number, params: readonly Node[], guard: Node | null, body: Node): A.StabNode {
  return { kind: "stab", start, end, params, guard, body };
}

export function block(start: number, end: number, items: readonly Node[]): A.BlockNode {
  return { kind: "block", start, end, items };
}

export function captureArg(start: number, end: number, index: number): A.CaptureArgNode {
  return { kind: "capture_arg", start, end, index };
}

export function broken(start: number, end: number, items: readonly Node[]): A.BrokenNode {
  return { kind: "broken", start, end, items };
}

export function doBlock(start: number, end: number, sections: readonly A.DoSection[]): A.DoBlock {
  return { start, end, sections };
}

export function doSection(
  start: number,
  end: number,
  name: A.DoSection["name"],
  clauses: readonly A.StabNode[],
  body: Node | null,
): A.DoSection {
  return { start, end, name, clauses, body };
}
