/** Sequences of expressions, and the clauses (`params when guard -> body`) that they turn out to be: bodies, parentheses, `fn`, `do` blocks. */
import type { DoBlock, DoSection, FnNode, Node, StabNode } from "../ast.ts";
import * as T from "../tokens.ts";
import { parseBareKeywords } from "./containers.ts";
import type { Cursor } from "./cursor.ts";
import { ONE_ARGUMENT, parseExpression, startsExpression } from "./expressions.ts";
import * as make from "./nodes.ts";
import { enter, isStrayEnd, leave, leftBehind, noteBodyIndentation } from "./recovery.ts";

/** What a sequence holds: clauses if it has any arrow, else expressions. */
interface Sequence {
  items: Node[];
  clauses: StabNode[];
  /** `items` have commas between them: only `( … )` may be so, as the parameters of a clause outside of it. */
  list: boolean;
}

/** Reads until something that is open outside is closed. Takes every token up to there. */
export function parseSequence(p: Cursor, inParens = false): Sequence {
  const sequence: Sequence = { items: [], clauses: [], list: false };
  // The clause being read: its start, parameters and guard; its body gathers in `items`.
  let clauseStart = -1;
  let bodyStart = 0;
  let params: Node[] = [];
  let guard: Node | null = null;
  for (;;) {
    while (p.kind === T.SEMICOLON) p.advance();
    if (p.atStop) {
      if (p.kind !== T.END || !isStrayEnd(p)) break;
      p.unexpected("no `end`");
      p.advance();
      continue;
    }
    if (leftBehind(p)) break;
    const start = p.start;
    const before = p.at;
    const item = parseItem(p);
    if (p.kind === T.ARROW) {
      if (clauseStart >= 0) sequence.clauses.push(finishClause(p, clauseStart, params, guard, bodyStart, sequence.items, start));
      else if (sequence.items.length > 0) {
        p.unexpected("no `->` after expressions");
        if (sequence.items.some(isDeclaration)) {
          p.advance();
          sequence.items.push(make.broken(start, p.previousEnd, item));
          continue;
        }
        sequence.clauses.push(make.stab(sequence.items[0]!.start, start, [], null, bodyOf(sequence.items, start, start)));
      }
      sequence.items = [];
      clauseStart = start;
      guard = null;
      params = item;
      const last = params.length > 0 ? params[params.length - 1]! : null;
      if (last !== null && last.kind === "operator" && last.operator === "when") {
        guard = last.right;
        params[params.length - 1] = last.left;
      }
      params = unwrapParameters(p, params);
      p.advance();
      bodyStart = p.previousEnd;
      continue;
    }
    if (p.parameterList !== null || item.length > 1 || isKeywords(item[0]!)) {
      sequence.list = inParens && p.parameterList === null && clauseStart < 0 && sequence.items.length === 0 && p.kind === T.PAREN_CLOSE;
      if (!sequence.list) p.unexpected("`->` after several expressions");
      p.parameterList = null;
    }
    for (const node of item) sequence.items.push(node);
    if (p.at === before) {
      p.unexpected("an expression");
      p.advance();
    } else if (p.kind !== T.SEMICOLON && !p.onNewLine && !p.atStop) {
      p.unexpected("a new line");
      if (!startsExpression(p)) p.advance();
    }
  }
  if (clauseStart >= 0) {
    sequence.clauses.push(finishClause(p, clauseStart, params, guard, bodyStart, sequence.items, p.previousEnd));
    sequence.items = [];
  }
  return sequence;
}

/** What stands in a module, where there are no clauses. */
function isDeclaration(node: Node): boolean {
  if (node.kind === "unary") return node.operator === "@";
  return node.kind === "call" && node.target === null && (node.name.startsWith("def") || node.name === "use" || node.name === "alias");
}

function isKeywords(node: Node): boolean {
  return node.kind === "list" && !node.bracketed;
}

/** One expression, or the parameters of a clause: several with commas between them. */
function parseItem(p: Cursor): Node[] {
  if (p.kind === T.ARROW) return [];
  if (p.kind === T.KEYWORD || p.kind === T.QUOTED_KEYWORD) return [parseBareKeywords(p, 0)];
  const items = [parseExpression(p, 1, 0)];
  while (p.kind === T.COMMA) {
    p.advance();
    if (p.kind === T.KEYWORD || p.kind === T.QUOTED_KEYWORD) {
      items.push(parseBareKeywords(p, 0));
      break;
    }
    if (!startsExpression(p)) break;
    items.push(parseExpression(p, 1, ONE_ARGUMENT));
  }
  return items;
}

/** `(a, b)`, `()` and `(unquote_splicing(x))` as parameters are what is in the parentheses. */
function unwrapParameters(p: Cursor, params: Node[]): Node[] {
  if (params.length !== 1) return params;
  const only = params[0]!;
  if (only === p.parameterList) {
    p.parameterList = null;
    return [...(only as { items: readonly Node[] }).items];
  }
  if (only.kind !== "block") return params;
  if (only.items.length === 0) return [];
  const splice = only.items[0]!;
  return only.items.length === 1 && isSplice(splice) ? [splice] : params;
}

function isSplice(node: Node): boolean {
  return node.kind === "call" && node.name === "unquote_splicing" && node.target === null && node.args.length === 1 && node.block === null;
}

/** `limit` is where what comes next begins. */
function finishClause(
  p: Cursor,
  start: number,
  params: Node[],
  guard: Node | null,
  bodyStart: number,
  items: Node[],
  limit: number,
): StabNode {
  const body = items.length === 0 ? make.block(bodyStart, bodyStart, items) : bodyOf(items, bodyStart, limit);
  return make.stab(start, Math.max(body.end, Math.min(limit, p.previousEnd, body.end)), params, guard, body);
}

/** One expression is the body itself. */
function bodyOf(items: Node[], start: number, end: number): Node {
  if (items.length === 1) return items[0]!;
  return make.block(items.length > 0 ? items[0]!.start : start, items.length > 0 ? items[items.length - 1]!.end : end, items);
}

/** Clauses stand only in `fn`, blocks and parentheses. */
export function noteStrayClauses(p: Cursor, clauses: readonly StabNode[]): void {
  const first = clauses[0]!;
  p.problem(first.start, first.end, "A clause with `->` stands outside of a block.");
}

/** The body of an interpolation. */
export function parseBody(p: Cursor, start: number): Node {
  const { items, clauses } = parseSequence(p);
  if (clauses.length > 0) noteStrayClauses(p, clauses);
  return bodyOf(clauses.length > 0 ? clauses : items, start, start);
}

/** `( … )` as an expression. */
export function parseParens(p: Cursor): Node {
  const open = p.at;
  const start = p.start;
  enter(p, open, T.PAREN_CLOSE);
  p.advance();
  const { items, clauses, list } = parseSequence(p, true);
  leave(p, T.PAREN_CLOSE);
  if (p.kind === T.PAREN_CLOSE) p.advance();
  else p.unexpected("`)`");
  const end = p.previousEnd;
  if (list) {
    const parameters = make.broken(start, end, items);
    p.parameterList = parameters;
    return parameters;
  }
  if (clauses.length > 0) return make.block(start, end, clauses);
  if (items.length === 1 && !staysInBlock(items[0]!)) return items[0]!;
  return make.block(start, end, items);
}

/** Elixir keeps `(not x)`, `(!x)`, `(a not in b)` and `(unquote_splicing(x))` apart from the same without parentheses, and so do we. */
function staysInBlock(node: Node): boolean {
  if (node.kind === "unary") return node.operator === "not" || node.operator === "!";
  if (node.kind === "operator") return node.operator === "not in";
  return isSplice(node);
}

export function parseFn(p: Cursor): FnNode {
  const start = p.start;
  enter(p, p.at, T.END);
  p.advance();
  const bodyStart = p.previousEnd;
  const { items, clauses } = parseSequence(p);
  if (clauses.length === 0) {
    p.problem(start, start + 2, "A function needs a clause with `->`.");
    clauses.push(make.stab(bodyStart, p.previousEnd, [], null, bodyOf(items, bodyStart, bodyStart)));
  }
  closeBlock(p);
  return make.fn(start, p.previousEnd, clauses);
}

/** The current token is `do`. `nameToken` is where the call begins whose block this is. */
export function parseDoBlock(p: Cursor, nameToken: number): DoBlock {
  const start = p.start;
  enter(p, nameToken, T.END);
  const sections: DoSection[] = [];
  let name: DoSection["name"] = "do";
  const definition = isDefinition(p, nameToken);
  for (;;) {
    const sectionStart = p.start;
    p.advance();
    const bodyStart = p.previousEnd;
    noteBodyIndentation(p, definition);
    const { items, clauses } = parseSequence(p);
    const body = clauses.length > 0 ? null : bodyOf(items, bodyStart, bodyStart);
    sections.push(make.doSection(sectionStart, p.previousEnd, name, clauses, body));
    if (p.kind !== T.SECTION) break;
    name = p.text(p.at) as DoSection["name"];
  }
  closeBlock(p);
  return make.doBlock(start, p.previousEnd, sections);
}

function closeBlock(p: Cursor): void {
  const closed = p.kind === T.END && !leftBehind(p);
  leave(p, T.END);
  if (closed) p.advance();
  else p.unexpected("`end`");
}

/** Whether the call's name is `def`, `defp`, …: functions do not hold definitions. */
function isDefinition(p: Cursor, token: number): boolean {
  if (!p.repair || p.kinds[token] === T.FN) return false;
  const name = p.text(token);
  return name === "def" || name === "defp" || name === "defmacro" || name === "defmacrop";
}
