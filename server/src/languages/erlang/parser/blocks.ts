/** What ends with `end`: `begin`, `case`, `if`, `receive`, `try`, `maybe`. */
import type { ClauseNode, Node } from "../ast.ts";
import * as T from "../tokens.ts";
import { readBody, readClauses, readGuards } from "./clauses.ts";
import type { Cursor } from "./cursor.ts";
import { readExpression } from "./expressions.ts";
import { readMacro } from "./macros.ts";

const END = "`end`";

export function readBegin(p: Cursor): Node {
  const { start } = p;
  p.advance();
  const items = readBody(p);
  p.expect(T.END, END);
  return { kind: "block", start, end: p.previousEnd, items };
}

export function readCase(p: Cursor): Node {
  const { start } = p;
  p.advance();
  const subject = readExpression(p);
  p.expect(T.OF, "`of`");
  const clauses = readClauses(p);
  p.expect(T.END, END);
  return { kind: "case", start, end: p.previousEnd, subject, clauses };
}

export function readIf(p: Cursor): Node {
  const { start } = p;
  const clauses: ClauseNode[] = [];
  do {
    p.advance();
    const from = p.start;
    const guard = readGuards(p);
    p.expect(T.ARROW, "`->`");
    const body = readBody(p);
    clauses.push({ kind: "clause", start: from, end: p.previousEnd, params: [], guard, body });
  } while (p.kind === T.SEMICOLON);
  p.expect(T.END, END);
  return { kind: "if", start, end: p.previousEnd, clauses };
}

export function readReceive(p: Cursor): Node {
  const { start } = p;
  p.advance();
  const clauses = p.kind === T.AFTER ? [] : readClauses(p);
  let timeout: Node | null = null;
  let timeoutBody: Node[] = [];
  if (p.kind === T.AFTER) {
    p.advance();
    timeout = readExpression(p);
    if (p.kind === T.ARROW) {
      p.advance();
      timeoutBody = readBody(p);
    }
  }
  p.expect(T.END, END);
  return { kind: "receive", start, end: p.previousEnd, clauses, timeout, timeoutBody };
}

export function readTry(p: Cursor): Node {
  const { start } = p;
  p.advance();
  const body = readBody(p);
  const of = readSection(p, T.OF);
  const catches = p.kind === T.MACRO ? [readMacroCatch(p)] : readSection(p, T.CATCH);
  let after: Node[] = [];
  if (p.kind === T.AFTER) {
    p.advance();
    after = readBody(p);
  }
  p.expect(T.END, END);
  return { kind: "try", start, end: p.previousEnd, body, of, catches, after };
}

/** A macro that stands for `catch`, the head of its clause and the arrow: `?CATCH_LOG(Reason) {error, Reason}`. */
function readMacroCatch(p: Cursor): ClauseNode {
  const macro = readMacro(p);
  const body = p.kind === T.END || p.kind === T.AFTER ? [] : readBody(p);
  return { kind: "clause", start: macro.start, end: p.previousEnd, params: [macro], guard: null, body };
}

export function readMaybe(p: Cursor): Node {
  const { start } = p;
  p.advance();
  const body = readBody(p);
  const otherwise = readSection(p, T.ELSE);
  p.expect(T.END, END);
  return { kind: "maybe", start, end: p.previousEnd, body, otherwise };
}

function readSection(p: Cursor, opener: number): ClauseNode[] {
  if (p.kind !== opener) return [];
  p.advance();
  return readClauses(p);
}
