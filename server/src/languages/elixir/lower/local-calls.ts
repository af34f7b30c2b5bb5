/**
 * Names without parentheses that are calls: the module defines a function of that name without parameters, and nothing in the clause binds a variable of
 * that name. Elixir takes them for calls up to 1.14 (with a warning from 1.4 on). Source: https://hexdocs.pm/elixir/1.15/changelog.html, "hard-deprecations".
 */
import type { CallNode, Node } from "../ast.ts";
import { childrenOf, variablesOf } from "../walk.ts";

/** The functions without parameters among the definitions of a module's body. */
export function namesWithoutParameters(body: Node | null): ReadonlySet<string> {
  const names = new Set<string>();
  for (const item of body?.kind === "block" ? body.items : body ? [body] : []) {
    if (item.kind !== "call" || item.target !== null || (item.name !== "def" && item.name !== "defp")) continue;
    const [given] = item.args;
    const head = given?.kind === "operator" && given.operator === "when" ? given.left : given;
    if (head?.kind === "var") names.add(head.name);
    else if (head?.kind === "call" && head.target === null && head.args.every(hasDefault)) names.add(head.name);
  }
  return names;
}

function hasDefault(param: Node): boolean {
  return param.kind === "operator" && param.operator === "\\\\";
}

/** The names of one definition's clause. What it binds is looked up for the first name that may be a call. */
export class ClauseNames {
  private readonly functions: ReadonlySet<string>;
  private readonly item: CallNode;
  private bound: Set<string> | null = null;

  constructor(functions: ReadonlySet<string>, item: CallNode) {
    this.functions = functions;
    this.item = item;
  }

  isCall(name: string): boolean {
    if (!this.functions.has(name)) return false;
    this.bound ??= boundIn(this.item);
    return !this.bound.has(name);
  }
}

function boundIn({ args, block }: CallNode): Set<string> {
  const bound = new Set<string>();
  const [head, ...inline] = args;
  // The head's own name is no variable.
  const given = head?.kind === "operator" && head.operator === "when" ? head.left : head;
  for (const param of given?.kind === "call" ? given.args : []) enter(param, bound);
  for (const part of inline) collect(part, bound);
  for (const { clauses, body } of block?.sections ?? []) for (const part of body ? [body] : clauses) collect(part, bound);
  return bound;
}

/** Patterns, and what macros are known to take for bindings: `x in Source`, `[x]` and `[x: y]` as an argument (Ecto). */
function collect(node: Node, bound: Set<string>): void {
  if (node.kind === "operator" && (node.operator === "=" || node.operator === "<-" || node.operator === "in")) enter(node.left, bound);
  if (node.kind === "stab") for (const param of node.params) enter(param, bound);
  if (node.kind === "call") {
    if (node.name === "match?" && node.args[0]) enter(node.args[0], bound);
    for (const arg of node.args) if (arg.kind === "list" && arg.bracketed) for (const item of arg.items) bind(item, bound);
    if (node.name === "cond" && node.target === null) return collectConditions(node, bound);
  }
  for (const child of childrenOf(node)) collect(child, bound);
}

/** The conditions of a `cond` stand where other clauses have patterns. */
function collectConditions({ block }: CallNode, bound: Set<string>): void {
  for (const section of block?.sections ?? [])
    for (const { params, body } of section.clauses) for (const part of [...params, body]) collect(part, bound);
}

function bind(item: Node, bound: Set<string>): void {
  const value = item.kind === "pair" ? item.value : item;
  if (value.kind === "var") bound.add(value.name);
}

function enter(pattern: Node, bound: Set<string>): void {
  for (const name of variablesOf(pattern)) bound.add(name);
}
