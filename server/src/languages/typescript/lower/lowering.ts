/** What the parts of the lowering share: where facts go, and what kinds of nodes are called. */
import type TypeScript from "typescript";
import type { Expression } from "../../../model/expression.ts";
import type { FunctionFacts } from "../../../model/facts.ts";
import type { Builder } from "../../builder.ts";
import type { Syntax } from "../syntax.ts";

export interface Lowering {
  readonly out: Builder;
  readonly syntax: Syntax;
  readonly text: string;
  /** How deep the lowering is in the tree now. */
  readonly nesting: { depth: number };
  /** Takes functions that stand where a name can be given to them; null inside of other functions. */
  readonly lift: { readonly functions: FunctionFacts[]; readonly name: string } | null;
}

export type Node = TypeScript.Node;

/** By the name of the kind of nodes that each takes. */
export type Lowerings = Readonly<Partial<Record<keyof Syntax["SyntaxKind"], (node: never, to: Lowering) => Expression>>>;

/** The same by the kind's number: one step to the right one, for each node of a program. */
export type LoweringTable = readonly (((node: Node, to: Lowering) => Expression) | undefined)[];

export function tableOf(lowerings: Lowerings, { SyntaxKind }: Syntax): LoweringTable {
  const kinds: Readonly<Record<string, string | number>> = SyntaxKind;
  const table: LoweringTable[number][] = new Array(SyntaxKind.Count).fill(undefined);
  for (const [name, lower] of Object.entries(lowerings)) table[kinds[name] as number] = lower as LoweringTable[number];
  return table;
}

/** What functions cannot be given names in. */
export function unnamed(to: Lowering): Lowering {
  return to.lift === null ? to : { ...to, lift: null };
}

/** More than people write; what is nested deeper is left out, before it takes the stack of those who walk it. */
export const nestingLimit = 300;

/** Lowers a node, or leaves it out where the nesting is beyond the limit. */
export function lowerNested(node: Node, to: Lowering, lower: (node: Node, to: Lowering) => Expression): Expression {
  const { nesting, out } = to;
  if (nesting.depth > nestingLimit) return out.unknown(node.pos, node.end, []);
  nesting.depth++;
  const lowered = lower(node, to);
  nesting.depth--;
  return lowered;
}

/** A node's span begins after the comments and blanks before it. */
export function startOf(node: Node, { text }: Lowering): number {
  return skipTrivia(text, node.pos, node.end);
}

/** Offset of the first character that is neither blank nor comment. */
export function skipTrivia(text: string, from: number, limit: number): number {
  let at = from;
  while (at < limit) {
    const code = text.charCodeAt(at);
    if (code <= 32 || code === 0xa0 || code === 0xfeff || code === 0x2028 || code === 0x2029) at++;
    else if (code === 47 && text.charCodeAt(at + 1) === 47) at = endOfLine(text, at, limit);
    else if (code === 47 && text.charCodeAt(at + 1) === 42) {
      const end = text.indexOf("*/", at + 2);
      at = end < 0 ? limit : end + 2;
    } else return at;
  }
  return limit;
}

function endOfLine(text: string, from: number, limit: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? limit : end + 1;
}

/**
 * The text of a name, a string or a number; undefined for any other node. (`text` of a name is the compiler's addition; what the parser itself gives is
 * escaped: a name that begins with two underscores has three.)
 */
export function nameText(node: Node): string | undefined {
  const { escapedText, text } = node as unknown as { readonly escapedText?: string; readonly text?: string };
  return escapedText === undefined ? text : escapedText.startsWith("___") ? escapedText.slice(1) : escapedText;
}
