/** Bodies, guards and clauses. */
import type { ClauseNode, Node } from "../ast.ts";
import * as T from "../tokens.ts";
import type { Cursor } from "./cursor.ts";
import { readExpression } from "./expressions.ts";
import { beginsClause } from "./recovery.ts";

/** Expressions with commas between them. They are put into `into` one by one, so that those before a mistake are kept. */
export function readBody(p: Cursor, into: Node[] = []): Node[] {
  into.push(readExpression(p));
  while (p.kind === T.COMMA) {
    p.advance();
    into.push(readExpression(p));
  }
  return into;
}

/** Alternatives with semicolons between them. */
export function readGuards(p: Cursor): Node[][] {
  const guards = [readBody(p)];
  while (p.kind === T.SEMICOLON) {
    p.advance();
    guards.push(readBody(p));
  }
  return guards;
}

/** `when …`, or null where there is none. */
export function readGuard(p: Cursor): Node[][] | null {
  if (p.kind !== T.WHEN) return null;
  p.advance();
  return readGuards(p);
}

/** Clauses of `case`, `receive`, `try … of`, `catch`, `else`: one pattern each. A macro may stand for a whole clause. */
export function readClauses(p: Cursor): ClauseNode[] {
  const clauses = [readClause(p)];
  while (p.kind === T.SEMICOLON) {
    p.advance();
    if (beginsClause(p)) break;
    clauses.push(readClause(p));
  }
  return clauses;
}

function readClause(p: Cursor): ClauseNode {
  const { start } = p;
  let pattern = readExpression(p);
  // `Class:Reason:Stacktrace` is read as a remote name; a second colon follows it.
  while (p.kind === T.COLON) {
    p.advance();
    const name = readExpression(p);
    pattern = { kind: "remote", start, end: name.end, module: pattern, name };
  }
  const guard = readGuard(p);
  if (p.kind !== T.ARROW) return macroClause(p, pattern, guard);
  p.advance();
  const body = readBody(p);
  return { kind: "clause", start, end: p.previousEnd, params: [pattern], guard, body };
}

function macroClause(p: Cursor, pattern: Node, guard: ClauseNode["guard"]): ClauseNode {
  if (pattern.kind !== "macro") return p.fail("`->`");
  return { kind: "clause", start: pattern.start, end: p.previousEnd, params: [pattern], guard, body: [] };
}
