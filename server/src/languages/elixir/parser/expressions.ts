/**
 * Operators by precedence, and what stands between them. Numbers and associativity are those of Elixir's own grammar (elixir_parser.yrl).
 */
import type { AtomNode, Node, NumberNode } from "../ast.ts";
import { isNamePart } from "../characters.ts";
import * as T from "../tokens.ts";
import { parseAtOperand, parseIdentifier, parsePostfix } from "./calls.ts";
import { parseFn, parseParens } from "./clauses.ts";
import { parseBareKeywords, parseBits, parseList, parseMap, parseTuple } from "./containers.ts";
import { type Cursor, MAX_DEPTH } from "./cursor.ts";
import * as make from "./nodes.ts";
import { definitionFollows, skipDeep } from "./recovery.ts";
import { parseChar, parseSigil, parseString } from "./strings.ts";

// What surrounds an expression, as bits.
/** A call without parentheses is being read: a `do` belongs to it and not to what is inside its arguments. */
export const NO_BLOCK = 1;
/** A comma belongs to what is outside: a call without parentheses takes one argument here. */
export const ONE_ARGUMENT = 2;

const precedence = new Uint8Array(T.KINDS);
const rightAssociative = new Uint8Array(T.KINDS);

function define(kind: number, level: number, right = false): void {
  precedence[kind] = level;
  rightAssociative[kind] = right ? 1 : 0;
}

define(T.IN_MATCH, 40);
define(T.WHEN, 50, true);
define(T.TYPE, 60, true);
define(T.PIPE, 70, true);
const CAPTURE_LEVEL = 90;
define(T.MATCH, 100, true);
define(T.OR, 120);
define(T.AND, 130);
define(T.COMPARE, 140);
define(T.RELATION, 150);
define(T.PIPELINE, 160);
define(T.IN, 170);
define(T.XOR, 180);
define(T.STEP, 190, true);
define(T.CONCAT, 200, true);
define(T.RANGE, 200, true);
define(T.DUAL, 210);
define(T.MULTIPLY, 220);
define(T.POWER, 230);

/** The lowest precedence above `|`: what may stand before it in `%{map | key: 1}`. */
export const ABOVE_PIPE = 71;

/** Kinds of tokens that may begin an expression. */
const starters = new Uint8Array(T.KINDS);
for (let kind = T.IDENT; kind <= T.QUOTED_KEYWORD; kind++) starters[kind] = 1;
for (const kind of [T.PAREN_OPEN, T.BRACKET_OPEN, T.BRACE_OPEN, T.BITS_OPEN, T.MAP_OPEN, T.PERCENT, T.FN]) starters[kind] = 1;
for (const kind of [T.AT, T.UNARY, T.NOT, T.CAPTURE, T.ELLIPSIS, T.DUAL]) starters[kind] = 1;

export function startsExpression(p: Cursor): boolean {
  return starters[p.kind] === 1;
}

/** Whether the current token is the first argument of the call without parentheses whose name is before it. */
export function startsArgument(p: Cursor): boolean {
  return argumentStartsAt(p, p.at);
}

export function argumentStartsAt({ kinds, flags }: Cursor, token: number): boolean {
  const kind = kinds[token]!;
  if (starters[kind] === 0 || (flags[token]! & T.NEWLINE_BEFORE) !== 0) return false;
  return kind !== T.DUAL || (flags[token]! & T.SIGNED_ARGUMENT) !== 0;
}

/** An expression with no operators that bind weaker than `minimum`. `context` holds NO_BLOCK and ONE_ARGUMENT. Always gives a node. */
export function parseExpression(p: Cursor, minimum: number, context: number): Node {
  if (p.depth >= MAX_DEPTH) return skipDeep(p);
  p.depth++;
  const start = p.start;
  let left = parseUnary(p, context);
  let links = 0;
  for (;;) {
    const kind = p.kind;
    const level = precedence[kind]!;
    if (level === 0 || level < minimum) break;
    if (kind === T.DUAL && p.onNewLine) break;
    if (links++ >= MAX_DEPTH) {
      left = continueFlat(p, left, start, level, context);
      continue;
    }
    left = parseBinary(p, left, start, kind, level, context);
  }
  p.depth--;
  return left;
}

function parseBinary(p: Cursor, left: Node, start: number, kind: number, level: number, context: number): Node {
  const token = p.at;
  const operatorStart = p.starts[token]!;
  const name = operatorName(p, token, kind);
  p.advance();
  if (kind === T.WHEN && (p.kind === T.KEYWORD || p.kind === T.QUOTED_KEYWORD)) {
    const keywords = parseBareKeywords(p, context);
    return make.operator(start, p.previousEnd, name, left, keywords, operatorStart);
  }
  const right = definitionFollows(p) ? missing(p) : parseExpression(p, rightAssociative[kind] === 1 ? level : level + 1, context);
  if (kind === T.STEP && !(left.kind === "operator" && left.operator === "..")) {
    p.problem(operatorStart, operatorStart + 2, "`//` needs a range to its left.");
  }
  if (name === "in" && left.kind === "unary" && (left.operator === "not" || left.operator === "!")) {
    // `not a in b` means `not (a in b)`.
    const operandStart = p.starts[tokenAfter(p, left.start)]!;
    const inside = make.operator(operandStart, p.previousEnd, name, left.operand, right, operatorStart);
    return make.unary(left.start, p.previousEnd, left.operator, inside);
  }
  return make.operator(start, p.previousEnd, name, left, right, operatorStart);
}

/** The token after the one that starts at `start`, which is before the current one. */
function tokenAfter(p: Cursor, start: number): number {
  let token = p.at - 1;
  while (token > 0 && p.starts[token]! > start) token--;
  return token + 1;
}

function operatorName(p: Cursor, token: number, kind: number): string {
  if (kind === T.IN && p.ends[token]! - p.starts[token]! > 2) return "not in";
  return p.text(token);
}

/** A chain of operators that is too long for a tree: one node with the operands in a row. */
function continueFlat(p: Cursor, left: Node, start: number, minimum: number, context: number): Node {
  p.problem(p.start, p.ends[p.at]!, "This chain of operators is too long to be read.");
  const items = [left];
  while (precedence[p.kind]! >= minimum && precedence[p.kind]! > 0 && !(p.kind === T.DUAL && p.onNewLine)) {
    const level = precedence[p.kind]!;
    p.advance();
    items.push(parseExpression(p, level + 1, context));
  }
  return make.broken(start, p.previousEnd, items);
}

/** An operand with its prefix operators. */
export function parseUnary(p: Cursor, context: number): Node {
  const kind = p.kind;
  if (kind <= T.QUOTED_KEYWORD || kind < T.AT) return parsePrimary(p, context);
  const start = p.start;
  if (kind === T.AT) {
    p.advance();
    const operand = parseAtOperand(p, context);
    return parsePostfix(p, make.unary(start, p.previousEnd, "@", operand), start, context);
  }
  if (kind === T.UNARY || kind === T.NOT || kind === T.DUAL) {
    const name = p.text(p.at);
    p.advance();
    const operand = parseOperand(p, 255, context);
    return make.unary(start, p.previousEnd, name, operand);
  }
  if (kind === T.CAPTURE) return parseCapture(p, start, context);
  if (kind === T.ELLIPSIS) {
    p.advance();
    if (!startsArgument(p)) return make.variable(start, p.previousEnd, "...");
    const operand = parseOperand(p, CAPTURE_LEVEL, context);
    return make.unary(start, p.previousEnd, "...", operand);
  }
  if (kind === T.RANGE) {
    p.advance();
    return make.variable(start, p.previousEnd, "..");
  }
  if (kind === T.STEP) return parsePrefixStep(p, start, context);
  return parsePrimary(p, context);
}

function parseOperand(p: Cursor, minimum: number, context: number): Node {
  if ((starters[p.kind] === 0 && p.kind !== T.RANGE && p.kind !== T.STEP) || definitionFollows(p)) return missing(p);
  p.depth++;
  const operand = parseExpression(p, minimum, context);
  p.depth--;
  return operand;
}

function parseCapture(p: Cursor, start: number, context: number): Node {
  p.advance();
  if (p.kind === T.INTEGER) {
    const index = Number(p.text(p.at).replaceAll("_", ""));
    p.advance();
    return parsePostfix(p, make.captureArg(start, p.previousEnd, index), start, context);
  }
  const operand = parseOperand(p, CAPTURE_LEVEL, context);
  return make.unary(start, p.previousEnd, "&", operand);
}

/** `&//2`: the function `/` with two arguments. */
function parsePrefixStep(p: Cursor, start: number, context: number): Node {
  p.advance();
  const operand = parseOperand(p, 255, context);
  return make.operator(start, p.previousEnd, "/", make.variable(start, start + 1, "/"), operand, start + 1);
}

/** A node for what should come here and does not. Takes no token. */
export function missing(p: Cursor): Node {
  p.unexpected("an expression");
  return make.broken(p.previousEnd, p.previousEnd, []);
}

function parsePrimary(p: Cursor, context: number): Node {
  const kind = p.kind;
  const start = p.start;
  if (kind <= T.IDENT_BRACKET && kind > T.EOF) return parsePostfix(p, parseIdentifier(p, null, start, context), start, context);
  switch (kind) {
    case T.ALIAS: {
      const name = p.text(p.at);
      p.advance();
      return parsePostfix(p, make.alias(start, p.previousEnd, name, null), start, context);
    }
    case T.ATOM:
    case T.LITERAL:
      return parsePostfix(p, parseAtom(p), start, context);
    case T.INTEGER:
    case T.FLOAT:
      return parsePostfix(p, parseNumber(p), start, context);
    case T.STRING:
    case T.CHARLIST:
    case T.HEREDOC:
    case T.CHARLIST_HEREDOC:
    case T.QUOTED_ATOM:
      return parsePostfix(p, parseString(p), start, context);
    case T.BRACKET_OPEN:
      return parsePostfix(p, parseList(p), start, context);
    case T.BRACE_OPEN:
      return parsePostfix(p, parseTuple(p), start, context);
    case T.PAREN_OPEN:
      return parsePostfix(p, parseParens(p), start, context);
    case T.MAP_OPEN:
    case T.PERCENT:
      return parsePostfix(p, parseMap(p), start, context);
    case T.FN:
      return parsePostfix(p, parseFn(p), start, context);
    case T.SIGIL:
      return parsePostfix(p, parseSigil(p), start, context);
    case T.BITS_OPEN:
      return parsePostfix(p, parseBits(p), start, context);
    case T.CHAR:
      return parsePostfix(p, parseChar(p), start, context);
    case T.KEYWORD:
    case T.QUOTED_KEYWORD:
      p.unexpected("an expression");
      return parseBareKeywords(p, context);
    default:
      return missing(p);
  }
}

export function parseAtom(p: Cursor): AtomNode {
  const start = p.start;
  const end = p.ends[p.at]!;
  const value = p.source.charCodeAt(start) === 58 ? p.textBetween(start + 1, end) : p.text(p.at);
  p.advance();
  return make.atom(start, end, value);
}

function parseNumber(p: Cursor): NumberNode {
  const kind = p.kind === T.FLOAT ? "float" : "integer";
  const start = p.start;
  const text = p.text(p.at);
  p.advance();
  if (isNamePart(p.source, p.previousEnd)) p.problem(start, p.previousEnd + 1, "A name cannot begin with a number.");
  const digits = text.includes("_") ? text.replaceAll("_", "") : text;
  const value = Number(digits);
  const exact = kind === "float" || Number.isSafeInteger(value);
  return make.number(kind, start, p.previousEnd, text, exact ? value : digits);
}
