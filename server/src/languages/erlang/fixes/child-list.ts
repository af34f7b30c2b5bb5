/** The literal list in which the `init/1` of a supervisor has its children, and how one more is put into it. Pure. */
import type { TextEdit } from "../../../model/fix.ts";
import type { TreeNode } from "../../../model/topology.ts";
import type { FixRequest } from "../../language.ts";
import type { FunctionForm, ListNode, Node, SyntaxTree } from "../ast.ts";
import { parseErlang } from "../parser/parser.ts";

export interface ChildList {
  readonly file: string;
  readonly text: string;
  readonly list: ListNode;
}

const strategies: ReadonlySet<TreeNode["strategy"]> = new Set(["one_for_one", "one_for_all", "rest_for_one"]);

/** Null where the children are not written as a list, or where the preprocessor or another clause may choose another one. */
export function childListOf(supervisor: TreeNode, { topology, sourceOf }: FixRequest): ChildList | null {
  const file = supervisor.moduleAtom === null ? undefined : topology.definitions.get(supervisor.moduleAtom)?.place.file;
  const text = file === undefined || !file.endsWith(".erl") ? undefined : sourceOf(file);
  if (file === undefined || text === undefined || !strategies.has(supervisor.strategy)) return null;
  const tree = parseErlang(text);
  const inits = functionsOf(tree, "init", 1);
  const [init] = inits;
  if (tree.problems.length > 0 || init === undefined || inits.length > 1 || isConditional(tree, init)) return null;
  const { body } = init.clause;
  const list = listIn(body.at(-1), body);
  return list === null ? null : { file, text, list };
}

export function functionsOf({ forms }: SyntaxTree, name: string, arity: number): readonly FunctionForm[] {
  return forms.flatMap((form) => (form.kind === "function" && form.name === name && form.clause.params.length === arity ? [form] : []));
}

/** Whether the preprocessor may leave the form out. */
export function isConditional({ forms }: SyntaxTree, { start }: FunctionForm): boolean {
  let open = 0;
  for (const form of forms) {
    if (form.start >= start) break;
    if (form.kind !== "condition") continue;
    if (form.directive === "endif") open--;
    else if (form.directive.startsWith("if")) open++;
  }
  return open > 0;
}

/** The list in `{ok, {Flags, Children}}`. */
function listIn(result: Node | undefined, body: readonly Node[]): ListNode | null {
  if (result?.kind !== "tuple" || result.items.length !== 2 || !isAtom(result.items[0], "ok")) return null;
  const [, pair] = result.items;
  const children = pair?.kind === "tuple" && pair.items.length === 2 ? pair.items[1] : undefined;
  return children === undefined ? null : literalList(children, body);
}

/** A list as such, or through a variable that is bound once, or the one in front of `++`. */
function literalList(node: Node, body: readonly Node[]): ListNode | null {
  if (node.kind === "list") return node.tail === null ? node : null;
  if (node.kind === "operator" && node.operator === "++") return literalList(node.left, body);
  if (node.kind !== "variable") return null;
  const bound = body.filter((item) => item.kind === "operator" && item.operator === "=" && isVariable(item.left, node.name));
  const [only] = bound;
  return bound.length === 1 && only?.kind === "operator" && only.right.kind !== "variable" ? literalList(only.right, body) : null;
}

function isAtom(node: Node | undefined, value: string): boolean {
  return node?.kind === "atom" && node.value === value;
}

function isVariable(node: Node, name: string): boolean {
  return node.kind === "variable" && node.name === name;
}

/** Whether the children are tuples, as all were before OTP 18. */
export function hasTuples({ list: { items } }: ChildList): boolean {
  return items.some(({ kind }) => kind === "tuple") && !items.some(({ kind }) => kind === "map");
}

const lineLength = 100;

/** `child`: one line. Behind the others, in a line of its own where they have such, or where it would be too long. */
export function appendChild({ text, list }: ChildList, child: string): readonly TextEdit[] {
  const last = list.items.at(-1);
  if (last === undefined) return [{ start: list.start + 1, end: list.end - 1, text: child }];
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const lineStart = text.lastIndexOf("\n", last.start - 1) + 1;
  const next = text.indexOf("\n", last.end);
  const lineEnd = next < 0 ? text.length : text[next - 1] === "\r" ? next - 1 : next;
  const isSingle = lineStart <= list.start;
  if (isSingle && lineEnd - lineStart + child.length + 2 <= lineLength) return [{ start: last.end, end: last.end, text: `, ${child}` }];
  const first = list.items[0] ?? last;
  const indent = " ".repeat(first.start - (text.lastIndexOf("\n", first.start - 1) + 1));
  const line = `${eol}${indent}${child}`;
  if (list.end <= lineEnd) return [{ start: last.end, end: last.end, text: `,${line}` }];
  const comma = { start: last.end, end: last.end, text: "," };
  return lineEnd === last.end ? [{ ...comma, text: `,${line}` }] : [comma, { start: lineEnd, end: lineEnd, text: line }];
}
