/** Modules and their functions as a syntax tree has them. Pure. */
import { bareName } from "../../../model/module-name.ts";
import type { CallNode, DoSection, Node } from "../ast.ts";
import { walk } from "../walk.ts";
import { contains, type Source, type Span } from "./source.ts";

export interface Module {
  /** The whole `defmodule`. */
  readonly node: CallNode;
  /** As Elixir prints it. */
  readonly name: string;
  /** What stands directly in its body. */
  readonly items: readonly Node[];
}

/** One clause of a function: `def name(params) when guard do … end`, or `, do: …`. */
export interface Definition {
  readonly node: CallNode;
  readonly form: "def" | "defp";
  readonly name: string;
  readonly params: readonly Node[];
  /** From the name to the last parameter's parenthesis. */
  readonly head: Span;
  readonly guard: Node | null;
  /** Null for a head without a body, and for one with `rescue` and the like. */
  readonly body: Body | null;
}

export interface Body {
  /** The expressions in order; at least one. */
  readonly items: readonly Node[];
  /** `do … end`, or `, do: …`. */
  readonly form: "block" | "keyword";
  /** From after `do` to before `end`, or the expression after `do:`. */
  readonly span: Span;
}

/** All modules of a file, those inside of others after them. */
export function modulesOf({ tree }: Source): readonly Module[] {
  const found: Module[] = [];
  const visit = (root: Node, outer: string | null): void =>
    walk(root, (node) => {
      if (node === root || node.kind !== "call" || node.name !== "defmodule" || node.target !== null) return true;
      const [alias] = node.args;
      const own = alias?.kind === "alias" && alias.base === null ? alias.name : null;
      if (own === null || node.block === null) return true;
      const name = outer === null ? own : `${outer}.${own}`;
      found.push({ node, name, items: itemsOf(node.block.sections[0]?.body ?? null) });
      visit(node, name);
      return false;
    });
  visit(tree.root, null);
  return found;
}

/** The innermost module around an offset. */
export function moduleAround(source: Source, offset: number): Module | null {
  return modulesOf(source).findLast(({ node }) => contains(node, { start: offset, end: offset })) ?? null;
}

/** The module with that BEAM atom. */
export function moduleOf(source: Source, atom: string): Module | null {
  return modulesOf(source).find(({ name }) => `Elixir.${name}` === bareName(atom)) ?? null;
}

/** The clauses of `def` and `defp` that stand directly in a module. */
export function definitionsOf({ items }: Module): readonly Definition[] {
  return items.flatMap((item) => readDefinition(item) ?? []);
}

export function readDefinition(node: Node): Definition | null {
  if (node.kind !== "call" || node.target !== null || (node.name !== "def" && node.name !== "defp")) return null;
  const [first] = node.args;
  if (first === undefined) return null;
  const [head, guard] = first.kind === "operator" && first.operator === "when" ? [first.left, first.right] : [first, null];
  const body = bodyOf(node);
  if (head.kind === "var") return { node, form: node.name, name: head.name, params: [], head, guard, body };
  if (head.kind !== "call" || head.target !== null || head.block !== null) return null;
  return { node, form: node.name, name: head.name, params: head.args, head, guard, body };
}

function bodyOf({ block, args }: CallNode): Body | null {
  if (block !== null) {
    const [section] = block.sections;
    if (section === undefined || block.sections.length !== 1 || section.clauses.length > 0) return null;
    const items = itemsOf(section.body);
    return items.length === 0 ? null : { items, form: "block", span: innerSpan(block.end, section) };
  }
  const options = args[1];
  if (options?.kind !== "list" || options.items.length !== 1) return null;
  const [pair] = options.items;
  if (pair?.kind !== "pair" || pair.key.kind !== "atom" || pair.key.value !== "do") return null;
  return { items: [pair.value], form: "keyword", span: pair.value };
}

function innerSpan(blockEnd: number, section: DoSection): Span {
  return { start: section.start + "do".length, end: blockEnd - "end".length };
}

/** The expressions of a body in order. */
export function itemsOf(body: Node | null): readonly Node[] {
  if (body === null) return [];
  return body.kind === "block" && !isClauseList(body.items) ? body.items : [body];
}

function isClauseList(items: readonly Node[]): boolean {
  return items[0]?.kind === "stab";
}
