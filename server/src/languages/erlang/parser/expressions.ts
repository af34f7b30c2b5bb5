/** Expressions: operators by precedence, calls, and what may follow a term. */
import type { Node } from "../ast.ts";
import * as T from "../tokens.ts";
import { readList } from "./containers.ts";
import type { Cursor } from "./cursor.ts";
import { readMacro } from "./macros.ts";
import { readPrimary } from "./primary.ts";
import { readMacroRecord, readRecordOrMap } from "./records.ts";

/** Binding powers by kind of token, to the left and to the right; 0 for what is no operator. As in Erlang's own grammar (erl_parse.yrl). */
const left = new Uint16Array(T.KINDS);
const right = new Uint16Array(T.KINDS);

function define(kinds: readonly number[], power: number, associates: "left" | "right" | "none"): void {
  for (const kind of kinds) {
    left[kind] = power + (associates === "right" ? 1 : 0);
    right[kind] = power + (associates === "right" ? 0 : 1);
  }
}

define([T.MATCH, T.MAYBE_MATCH, T.SEND], 100, "right");
define([T.ORELSE], 150, "right");
define([T.ANDALSO], 160, "right");
define([T.COMPARE], 200, "none");
define([T.LIST_OPERATOR], 300, "right");
define([T.PLUS, T.MINUS, T.BOR, T.BXOR, T.BSL, T.BSR, T.OR, T.XOR], 400, "left");
define([T.STAR, T.SLASH, T.DIV, T.REM, T.BAND, T.AND], 500, "left");
const PREFIX = 600;

export function readExpression(p: Cursor): Node {
  return readOperators(p, 0);
}

function readOperators(p: Cursor, least: number): Node {
  p.deeper();
  let node = readPrefixed(p);
  for (;;) {
    const kind = p.kind;
    const power = left[kind]!;
    if (power === 0 || power <= least) break;
    const token = p.at;
    p.advance();
    const operand = readOperators(p, right[kind]!);
    node = { kind: "operator", start: node.start, end: operand.end, operator: p.text(token), left: node, right: operand };
  }
  p.depth--;
  return node;
}

function readPrefixed(p: Cursor): Node {
  const { kind, start } = p;
  if (kind === T.MINUS || kind === T.PLUS || kind === T.NOT || kind === T.BNOT) {
    const token = p.at;
    p.advance();
    const operand = readOperators(p, PREFIX);
    return { kind: "unary", start, end: operand.end, operator: p.text(token), operand };
  }
  if (kind === T.CATCH) {
    p.advance();
    const body = readOperators(p, 0);
    return { kind: "catch", start, end: body.end, body };
  }
  return readPostfixes(p, readPrimary(p));
}

/** Calls, `:` and `#` behind a term. */
function readPostfixes(p: Cursor, term: Node): Node {
  let node = term;
  for (;;) {
    const { start } = node;
    if (p.kind === T.PAREN_OPEN) {
      p.advance();
      const args = readList(p, T.PAREN_CLOSE, "`,` or `)`");
      node = { kind: "call", start, end: p.previousEnd, callee: node, args };
    } else if (p.kind === T.COLON) {
      p.advance();
      const name = readPrimary(p);
      node = { kind: "remote", start, end: name.end, module: node, name };
    } else if (p.kind === T.HASH) node = readRecordOrMap(p, node);
    else if (p.kind === T.BRACE_OPEN && node.kind === "macro") node = readMacroRecord(p, null, node);
    else if (p.kind === T.MACRO && (p.next === T.BRACE_OPEN || p.next === T.DOT)) node = readMacroRecord(p, node, readMacro(p));
    else return node;
  }
}
