/** Lists, tuples, maps, structs, bitstrings, and the comma-separated items that they share with arguments. */
import type { AtomNode, BitstringNode, ListNode, MapNode, Node, PairNode, StringNode, TupleNode } from "../ast.ts";
import * as T from "../tokens.ts";
import { parseIdentifier } from "./calls.ts";
import { parseParens } from "./clauses.ts";
import type { Cursor } from "./cursor.ts";
import { ABOVE_PIPE, missing, ONE_ARGUMENT, parseAtom, parseExpression, startsExpression } from "./expressions.ts";
import * as make from "./nodes.ts";
import { definitionFollows, enter, leave, leftBehind, lineLeavesBrackets } from "./recovery.ts";
import { parseString } from "./strings.ts";

/**
 * Items up to `closer`, which is not taken. Keys at the end become one unbracketed list. With `call`, the first item may be a call
 * without parentheses that takes all others as its arguments (`foo(bar a, b)`).
 */
export function parseItems(p: Cursor, items: Node[], closer: number, call: boolean): void {
  let context = call ? 0 : ONE_ARGUMENT;
  while (p.kind !== closer && !p.atStop && !leftBehind(p)) {
    const before = p.at;
    if (p.kind === T.KEYWORD || p.kind === T.QUOTED_KEYWORD) items.push(parseKeywords(p, closer));
    else items.push(parseExpression(p, 1, context));
    context = ONE_ARGUMENT;
    if (!endItem(p, closer, before)) return;
  }
}

/** After an item that began at token `before`: takes its comma. False where no more items follow. */
function endItem(p: Cursor, closer: number, before: number): boolean {
  if (p.kind === T.COMMA) {
    p.advance();
    return true;
  }
  if (p.kind === closer || p.atStop || leftBehind(p) || lineLeavesBrackets(p)) return false;
  p.unexpected("a comma or the closing bracket");
  if (p.at === before || !startsExpression(p)) p.advance();
  return true;
}

/** Keys with values inside of brackets, up to `closer`, which is not taken. */
export function parseKeywords(p: Cursor, closer: number): ListNode {
  const start = p.start;
  const pairs: Node[] = [];
  parsePairs(p, pairs, closer);
  return make.list(start, p.previousEnd, pairs, false);
}

function parsePairs(p: Cursor, pairs: Node[], closer: number): void {
  while (p.kind === T.KEYWORD || p.kind === T.QUOTED_KEYWORD) {
    pairs.push(parseKeywordPair(p, ONE_ARGUMENT));
    if (p.kind !== T.COMMA) return;
    const next = p.kinds[p.at + 1]!;
    if (next === T.KEYWORD || next === T.QUOTED_KEYWORD) p.advance();
    else if (next === closer) return;
    else {
      p.problem(p.start, p.start + 1, "Keys must come last.");
      return;
    }
  }
}

/** Keys with values at the end of a call without parentheses. */
export function parseBareKeywords(p: Cursor, context: number): ListNode {
  const start = p.start;
  const pairs: PairNode[] = [];
  for (;;) {
    pairs.push(parseKeywordPair(p, context));
    if (p.kind !== T.COMMA) break;
    const next = p.kinds[p.at + 1]!;
    if (next !== T.KEYWORD && next !== T.QUOTED_KEYWORD) break;
    p.advance();
  }
  return make.list(start, p.previousEnd, pairs, false);
}

function parseKeywordPair(p: Cursor, context: number): PairNode {
  const start = p.start;
  const key = parseKey(p);
  p.depth++;
  const value = p.atStop || p.kind === T.COMMA || definitionFollows(p) ? missing(p) : parseExpression(p, 1, context);
  p.depth--;
  return make.pair(start, p.previousEnd, key, value, true);
}

function parseKey(p: Cursor): AtomNode | StringNode {
  if (p.kind === T.QUOTED_KEYWORD) return parseString(p);
  const start = p.start;
  const end = p.ends[p.at]!;
  const text = p.textBetween(start, end - 1);
  p.advance();
  return make.atom(start, end, text);
}

/** Takes the closing token, or says that it is missing. */
function close(p: Cursor, closer: number, text: string): void {
  leave(p, closer);
  if (p.kind === closer) p.advance();
  else p.unexpected(`\`${text}\``);
}

/** Like `parseItems`, with the keys among the others instead of in a list of their own. */
function parseMembers(p: Cursor, closer: number, text: string): Node[] {
  enter(p, p.at, closer);
  p.advance();
  const items: Node[] = [];
  while (p.kind !== closer && !p.atStop && !leftBehind(p)) {
    const before = p.at;
    if (p.kind === T.KEYWORD || p.kind === T.QUOTED_KEYWORD) parsePairs(p, items, closer);
    else items.push(parseExpression(p, 1, ONE_ARGUMENT));
    if (!endItem(p, closer, before)) break;
  }
  close(p, closer, text);
  return items;
}

export function parseList(p: Cursor): ListNode {
  const start = p.start;
  const items = parseMembers(p, T.BRACKET_CLOSE, "]");
  return make.list(start, p.previousEnd, items, true);
}

/** Keys at the end of a tuple or bitstring are one list, as at the end of a call. */
export function parseTuple(p: Cursor): TupleNode {
  const start = p.start;
  enter(p, p.at, T.BRACE_CLOSE);
  p.advance();
  const items: Node[] = [];
  parseItems(p, items, T.BRACE_CLOSE, false);
  close(p, T.BRACE_CLOSE, "}");
  return make.tuple(start, p.previousEnd, items);
}

export function parseBits(p: Cursor): BitstringNode {
  const start = p.start;
  enter(p, p.at, T.BITS_CLOSE);
  p.advance();
  const items: Node[] = [];
  parseItems(p, items, T.BITS_CLOSE, false);
  close(p, T.BITS_CLOSE, ">>");
  return make.bitstring(start, p.previousEnd, items);
}

/** `%{…}` or `%name{…}`. */
export function parseMap(p: Cursor): MapNode {
  const start = p.start;
  if (p.kind === T.MAP_OPEN) return parseMapBody(p, start, null);
  p.advance();
  const struct = parseStructName(p);
  if (p.kind === T.BRACE_OPEN) return parseMapBody(p, start, struct);
  p.unexpected("`{`");
  return make.map(start, p.previousEnd, struct, null, []);
}

/** The current token opens the braces. */
function parseMapBody(p: Cursor, start: number, struct: Node | null): MapNode {
  enter(p, p.at, T.BRACE_CLOSE);
  p.advance();
  const pairs: Node[] = [];
  let base: Node | null = null;
  let first = true;
  while (p.kind !== T.BRACE_CLOSE && !p.atStop && !leftBehind(p)) {
    const before = p.at;
    if (p.kind === T.KEYWORD || p.kind === T.QUOTED_KEYWORD) parsePairs(p, pairs, T.BRACE_CLOSE);
    else {
      const itemStart = p.start;
      const key = parseExpression(p, first ? ABOVE_PIPE : 1, ONE_ARGUMENT);
      if (first && p.kind === T.PIPE) {
        base = key;
        first = false;
        p.advance();
        continue;
      }
      if (p.kind === T.ASSOC) {
        p.advance();
        const value = parseExpression(p, 1, ONE_ARGUMENT);
        pairs.push(make.pair(itemStart, p.previousEnd, key, value, false));
      } else pairs.push(key);
    }
    first = false;
    if (!endItem(p, T.BRACE_CLOSE, before)) break;
  }
  close(p, T.BRACE_CLOSE, "}");
  return make.map(start, p.previousEnd, struct, base, pairs);
}

/** What stands between `%` and `{`: no call without parentheses can begin there. */
function parseStructName(p: Cursor): Node {
  const start = p.start;
  if (p.kind === T.AT || p.kind === T.UNARY || p.kind === T.NOT || p.kind === T.DUAL) {
    const name = p.text(p.at);
    p.advance();
    const operand = parseStructName(p);
    return make.unary(start, p.previousEnd, name, operand);
  }
  let node = parseStructBase(p);
  while (p.kind === T.DOT) {
    p.advance();
    if (p.kind === T.ALIAS) {
      const name = p.text(p.at);
      p.advance();
      if (node.kind === "alias") node = make.alias(start, p.previousEnd, `${node.name}.${name}`, node.base);
      else node = make.alias(start, p.previousEnd, name, node);
    } else if (p.kind === T.IDENT) {
      const nameStart = p.start;
      const name = p.text(p.at);
      p.advance();
      node = make.call(start, p.previousEnd, node, name, nameStart, [], false, null);
    } else if (p.kind === T.IDENT_PAREN) node = parseIdentifier(p, node, start, ONE_ARGUMENT);
    else {
      p.unexpected("a name");
      break;
    }
  }
  return node;
}

function parseStructBase(p: Cursor): Node {
  const start = p.start;
  switch (p.kind) {
    case T.ALIAS: {
      const name = p.text(p.at);
      p.advance();
      return make.alias(start, p.previousEnd, name, null);
    }
    case T.IDENT: {
      const name = p.text(p.at);
      p.advance();
      return make.variable(start, p.previousEnd, name);
    }
    case T.IDENT_PAREN:
      return parseIdentifier(p, null, start, ONE_ARGUMENT);
    case T.ATOM:
    case T.LITERAL:
      return parseAtom(p);
    case T.STRING:
    case T.QUOTED_ATOM:
      return parseString(p);
    case T.PAREN_OPEN:
      return parseParens(p);
    default:
      return missing(p);
  }
}
