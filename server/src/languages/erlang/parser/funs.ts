/** `fun` in its three forms. */
import type { ClauseNode, Node } from "../ast.ts";
import * as T from "../tokens.ts";
import { readBody, readGuard } from "./clauses.ts";
import { readList } from "./containers.ts";
import type { Cursor } from "./cursor.ts";
import { readMacro } from "./macros.ts";
import { readPrimary } from "./primary.ts";

export function readFun(p: Cursor): Node {
  const { start } = p;
  p.advance();
  if (isReference(p)) return readReference(p, start);
  const name = p.kind === T.VARIABLE ? p.text(p.at) : null;
  const clauses = [readFunClause(p)];
  while (p.kind === T.SEMICOLON) {
    p.advance();
    clauses.push(readFunClause(p));
  }
  p.expect(T.END, "`end`");
  return { kind: "fun", start, end: p.previousEnd, name, clauses };
}

function isReference(p: Cursor): boolean {
  if (p.kind === T.MACRO) return p.next !== T.ARROW && p.next !== T.WHEN && !macroHeadsClause(p);
  return (p.kind === T.ATOM || p.kind === T.VARIABLE) && (p.next === T.SLASH || p.next === T.COLON);
}

/** `fun ?MACRO(args) -> …`: an arrow or a guard follows the closing parenthesis. */
function macroHeadsClause(p: Cursor): boolean {
  if (p.next !== T.PAREN_OPEN) return false;
  let depth = 0;
  for (let i = p.at + 1; p.kinds[i] !== T.EOF; i++) {
    if (p.kinds[i] === T.PAREN_OPEN) depth++;
    else if (p.kinds[i] === T.PAREN_CLOSE && --depth === 0) return p.kinds[i + 1] === T.ARROW || p.kinds[i + 1] === T.WHEN;
  }
  return false;
}

function readReference(p: Cursor, start: number): Node {
  let name = readPrimary(p);
  let module: Node | null = null;
  if (p.kind === T.COLON) {
    p.advance();
    module = name;
    name = readPrimary(p);
  }
  if (p.kind !== T.SLASH && module === null && name.kind === "macro")
    return { kind: "function_reference", start, end: p.previousEnd, module, name, arity: name };
  p.expect(T.SLASH, "`/`");
  const arity = readPrimary(p);
  return { kind: "function_reference", start, end: p.previousEnd, module, name, arity };
}

function readFunClause(p: Cursor): ClauseNode {
  const { start } = p;
  if (p.kind === T.VARIABLE) p.advance();
  let params: Node[];
  if (p.kind === T.MACRO) params = [readMacro(p)];
  else {
    p.expect(T.PAREN_OPEN, "`(`");
    params = readList(p, T.PAREN_CLOSE, "`,` or `)`");
  }
  const guard = readGuard(p);
  p.expect(T.ARROW, "`->`");
  const body = readBody(p);
  return { kind: "clause", start, end: p.previousEnd, params, guard, body };
}
