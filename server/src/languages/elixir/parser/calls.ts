/** Names and what follows them: arguments with and without parentheses, dots, `[key]`, `do` blocks. */

import { internName } from "../../names.ts";
import type { CallNode, Node } from "../ast.ts";
import { isLandmark } from "../lexer-strings.ts";
import * as T from "../tokens.ts";
import { parseDoBlock } from "./clauses.ts";
import { parseBareKeywords, parseItems, parseKeywords } from "./containers.ts";
import { type Cursor, MAX_DEPTH } from "./cursor.ts";
import { deferBlock, isDefinitionName, namesCalled } from "./deferred.ts";
import { missing, NO_BLOCK, ONE_ARGUMENT, parseExpression, parseUnary, startsArgument } from "./expressions.ts";
import * as make from "./nodes.ts";
import { definitionFollows, enter, leave } from "./recovery.ts";

/** The current token is a name: with `target`, the one after its dot. `start` is where the whole call begins. */
export function parseIdentifier(p: Cursor, target: Node | null, start: number, context: number): Node {
  const kind = p.kind;
  const nameToken = p.at;
  const nameStart = p.start;
  const name = readName(p, nameToken);
  p.advance();
  if (kind === T.IDENT_PAREN) return parseCallWithParens(p, target, name, nameToken, start, context);
  if (kind === T.IDENT) {
    if (startsArgument(p)) {
      p.depth++;
      const args = parseBareArguments(p, context);
      p.depth--;
      const block =
        p.outlined !== null && target === null && isDefinitionName(name)
          ? takeOutline(p, nameToken, context)
          : takeBlock(p, nameToken, context);
      return make.call(start, p.previousEnd, target, name, nameStart, args, false, block);
    }
    if (p.kind === T.DO && (context & NO_BLOCK) === 0) {
      const block = parseDoBlock(p, nameToken);
      return make.call(start, p.previousEnd, target, name, nameStart, [], false, block);
    }
  }
  if (target === null) return make.variable(start, p.previousEnd, name);
  return make.call(start, p.previousEnd, target, name, nameStart, [], false, null);
}

function readName(p: Cursor, token: number): string {
  const flags = p.flags[token]!;
  if ((flags & T.QUOTED) === 0) return p.text(token);
  const unterminated = (flags & T.UNTERMINATED) !== 0;
  if (unterminated) p.problem(p.starts[token]!, p.starts[token]! + 1, "This name has no closing quote.");
  return internName(p.source, p.starts[token]! + 1, p.ends[token]! - (unterminated ? 0 : 1));
}

function parseCallWithParens(p: Cursor, target: Node | null, name: string, nameToken: number, start: number, context: number): Node {
  const nameStart = p.starts[nameToken]!;
  const args = parseArguments(p);
  const nested = p.kind === T.PAREN_OPEN && !p.onNewLine;
  const block = nested ? null : takeBlock(p, nameToken, context);
  const call = make.call(start, p.previousEnd, target, name, nameStart, args, true, block);
  return nested ? parseApply(p, call, start, nameToken, context) : call;
}

/** `callee.(…)`, or `name(…)(…)`: the current token is the parenthesis. */
function parseApply(p: Cursor, callee: Node, start: number, token: number, context: number): Node {
  const args = parseArguments(p);
  const block = p.kind === T.PAREN_OPEN && !p.onNewLine ? null : takeBlock(p, token, context);
  return make.apply(start, p.previousEnd, callee, args, block);
}

/** The block of a definition of which only the names are wanted now, if it has one. */
function takeOutline(p: Cursor, nameToken: number, context: number): CallNode["block"] {
  const before = p.at;
  const deferred = p.kind === T.DO && (context & NO_BLOCK) === 0 ? deferBlock(p) : null;
  const names = deferred === null && p.kind === T.DO ? null : namesCalled(p, nameToken);
  if (names !== null) {
    p.outlined?.set(p.starts[nameToken]!, names);
    return deferred;
  }
  p.moveTo(before);
  return takeBlock(p, nameToken, context);
}

function takeBlock(p: Cursor, nameToken: number, context: number): CallNode["block"] {
  return p.kind === T.DO && (context & NO_BLOCK) === 0 ? parseDoBlock(p, nameToken) : null;
}

/**
 * Arguments without parentheses: there is at least one. Inside brackets several of them need a `do` block behind them, which is known only
 * once they are read: `[with x <- f(), y <- g() do … end, z]`.
 */
function parseBareArguments(p: Cursor, context: number): Node[] {
  const single = (context & ONE_ARGUMENT) !== 0;
  const inside = NO_BLOCK | (context & ONE_ARGUMENT);
  if (p.kind === T.KEYWORD || p.kind === T.QUOTED_KEYWORD) return [parseBareKeywords(p, inside)];
  const args = [parseExpression(p, 1, inside)];
  const comma = p.start;
  if (p.kind !== T.COMMA) return args;
  if (single && (context & NO_BLOCK) !== 0) {
    p.problem(comma, comma + 1, needsParentheses);
    return args;
  }
  while (p.kind === T.COMMA) {
    p.advance();
    if (p.kind === T.KEYWORD || p.kind === T.QUOTED_KEYWORD) {
      args.push(parseBareKeywords(p, NO_BLOCK));
      break;
    }
    args.push(parseExpression(p, 1, NO_BLOCK | ONE_ARGUMENT));
  }
  if (single && p.kind !== T.DO) p.problem(comma, comma + 1, needsParentheses);
  return args;
}

const needsParentheses = "Unexpected `,`: a call with several arguments needs parentheses here.";

/** `( … )` after a name. */
function parseArguments(p: Cursor): Node[] {
  enter(p, p.at, T.PAREN_CLOSE);
  p.advance();
  const args: Node[] = [];
  parseItems(p, args, T.PAREN_CLOSE, true);
  if (p.kinds[p.at - 1] === T.COMMA && p.kind === T.PAREN_CLOSE && !endsInKeys(args)) p.unexpected("an argument");
  leave(p, T.PAREN_CLOSE);
  if (p.kind === T.PAREN_CLOSE) p.advance();
  else p.unexpected("`)`");
  return args;
}

/** After keys, unlike after other arguments, a last comma is allowed. */
function endsInKeys(args: readonly Node[]): boolean {
  const last = args[args.length - 1];
  return last !== undefined && last.kind === "list" && !last.bracketed;
}

/** What may follow a value: dots and `[key]`. Returns the value itself where nothing does. */
export function parsePostfix(p: Cursor, value: Node, start: number, context: number): Node {
  let node = value;
  let links = 0;
  for (;;) {
    if (p.kind === T.DOT) node = parseDot(p, node, start, context);
    else if (p.kind === T.BRACKET_OPEN && !p.onNewLine) node = parseAccess(p, node, start);
    else return node;
    // A tree as deep as this chain is long would overflow whoever walks it.
    if (++links === MAX_DEPTH) {
      p.problem(p.start, p.ends[p.at]!, "This chain of calls is too long to be read.");
      node = make.broken(start, p.previousEnd, []);
      links = 0;
    }
  }
}

function parseDot(p: Cursor, left: Node, start: number, context: number): Node {
  const dot = p.at;
  p.advance();
  const kind = p.kind;
  if (kind === T.IDENT || kind === T.IDENT_PAREN || kind === T.IDENT_BRACKET) {
    if (!p.onNewLine || !isLandmark(p.source, p.start)) return parseIdentifier(p, left, start, context);
  }
  if (kind === T.ALIAS) {
    const name = p.text(p.at);
    p.advance();
    if (left.kind === "alias") return make.alias(start, p.previousEnd, `${left.name}.${name}`, left.base);
    return make.alias(start, p.previousEnd, name, left);
  }
  if (kind === T.PAREN_OPEN) return parseApplyChain(p, left, start, dot, context);
  if (kind === T.BRACE_OPEN) {
    const nameStart = p.start;
    enter(p, p.at, T.BRACE_CLOSE);
    p.advance();
    const args: Node[] = [];
    parseItems(p, args, T.BRACE_CLOSE, false);
    leave(p, T.BRACE_CLOSE);
    if (p.kind === T.BRACE_CLOSE) p.advance();
    else p.unexpected("`}`");
    return make.call(start, p.previousEnd, left, "{}", nameStart, args, true, null);
  }
  p.unexpected("a name");
  return make.broken(start, p.previousEnd, [left]);
}

function parseApplyChain(p: Cursor, callee: Node, start: number, dot: number, context: number): Node {
  let node = parseApply(p, callee, start, dot, context);
  if (p.kind === T.PAREN_OPEN && !p.onNewLine) node = parseApply(p, node, start, dot, context);
  return node;
}

function parseAccess(p: Cursor, base: Node, start: number): Node {
  enter(p, p.at, T.BRACKET_CLOSE);
  p.advance();
  const items: Node[] = [];
  if (p.kind === T.KEYWORD || p.kind === T.QUOTED_KEYWORD) items.push(parseKeywords(p, T.BRACKET_CLOSE));
  else parseItems(p, items, T.BRACKET_CLOSE, false);
  leave(p, T.BRACKET_CLOSE);
  if (items.length !== 1) p.unexpected("one key");
  if (p.kind === T.BRACKET_CLOSE) p.advance();
  else p.unexpected("`]`");
  const key = items.length === 1 ? items[0]! : make.broken(p.previousEnd, p.previousEnd, items);
  return make.access(start, p.previousEnd, base, key);
}

/** What `@` applies to: it binds stronger than a dot, but a name takes its arguments and its block. */
export function parseAtOperand(p: Cursor, context: number): Node {
  if (definitionFollows(p)) return missing(p);
  const kind = p.kind;
  if (kind === T.IDENT || kind === T.IDENT_PAREN || kind === T.IDENT_BRACKET) return parseIdentifier(p, null, p.start, context);
  if (kind === T.ALIAS) {
    const start = p.start;
    const name = p.text(p.at);
    p.advance();
    return make.alias(start, p.previousEnd, name, null);
  }
  if (p.atStop || p.depth >= MAX_DEPTH) return missing(p);
  p.depth++;
  const operand = parseUnary(p, context);
  p.depth--;
  return operand;
}
