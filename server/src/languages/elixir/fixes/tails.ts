/** The expressions that code may end with, whichever way it goes. Pure. */
import type { CallNode, DoBlock, Node, TupleNode } from "../ast.ts";
import { mentions, walk } from "../walk.ts";
import { isMovable } from "./layout.ts";
import { itemsOf } from "./modules.ts";
import type { Source, Span } from "./source.ts";

/**
 * The last expression of each way through a body. Branches count where each of their ways is written: an `if` with `else`, a `with` with `else`.
 * Any other expression is an end in itself.
 */
export function tailsOf(items: readonly Node[]): readonly Node[] {
  const last = items.at(-1);
  if (last === undefined) return [];
  if (last.kind === "block") return tailsOf(last.items);
  if (last.kind !== "call" || last.target !== null) return [last];
  const ways = waysOf(last);
  return ways === null ? [last] : ways.flatMap((way) => tailsOf(itemsOf(way)));
}

function waysOf({ name, args, block }: CallNode): readonly (Node | null)[] | null {
  switch (name) {
    case "case":
    case "cond":
      return block === null ? null : clausesIn(block, "do");
    case "if":
    case "unless":
      return block === null ? keywordWays(args.at(-1)) : bodiesIn(block, "do", "else");
    case "with": {
      const otherwise = block === null ? null : clausesIn(block, "else");
      return block === null || otherwise === null ? null : [...(bodiesIn(block, "do") ?? []), ...otherwise];
    }
    default:
      return null;
  }
}

function clausesIn({ sections }: DoBlock, name: string): readonly Node[] | null {
  const clauses = sections.find((section) => section.name === name)?.clauses ?? [];
  return clauses.length === 0 ? null : clauses.map(({ body }) => body);
}

function bodiesIn({ sections }: DoBlock, ...names: readonly string[]): readonly (Node | null)[] | null {
  const bodies = names.flatMap((name) => sections.filter((section) => section.name === name).map(({ body }) => body));
  return bodies.length === names.length && bodies.every((body) => body !== null) ? bodies : null;
}

/** `if x, do: a, else: b`. */
function keywordWays(options: Node | undefined): readonly Node[] | null {
  if (options?.kind !== "list") return null;
  const values = ["do", "else"].flatMap((name) =>
    options.items.flatMap((item) => (item.kind === "pair" && item.key.kind === "atom" && item.key.value === name ? [item.value] : [])),
  );
  return values.length === 2 && options.items.length === 2 ? values : null;
}

/** `{:reply, value, state}`. */
export interface Reply {
  readonly node: TupleNode;
  readonly value: Node;
}

/**
 * What each way through a body replies, where all of them hand the variable on as the state. Null for any other body.
 */
export function repliesOf(items: readonly Node[], state: string): readonly Reply[] | null {
  const replies = tailsOf(items).flatMap((tail): readonly Reply[] => {
    if (tail.kind !== "tuple" || tail.items.length !== 3) return [];
    const [tag, value, next] = tail.items as [Node, Node, Node];
    const isReply = tag.kind === "atom" && tag.value === "reply" && next.kind === "var" && next.name === state;
    return isReply ? [{ node: tail, value }] : [];
  });
  return replies.length > 0 && replies.length === tailsOf(items).length ? replies : null;
}

/** Whether the body mentions the state only to hand it on. */
export function leavesStateAlone(items: readonly Node[], replies: readonly Reply[], state: string): boolean {
  const mentioned = items.reduce((count, item) => count + countOf(item, state), 0);
  return mentioned === replies.length && replies.every(({ value }) => !mentions(value, state));
}

function countOf(root: Node, name: string): number {
  let count = 0;
  walk(root, (node) => void (node.kind === "var" && node.name === name && count++));
  return count;
}

/** The text of an expression that takes the place of one around it: what stood deeper comes out as far. */
export function textInPlaceOf(source: Source, inner: Node, outer: Span): string {
  const text = source.textOf(inner);
  const depth = source.indentOf(inner.start).length - source.indentOf(outer.start).length;
  if (depth <= 0 || !text.includes("\n") || !isMovable(source, inner)) return text;
  return text.replaceAll(new RegExp(`(?<=\\n)[ \\t]{1,${depth}}`, "g"), "");
}
