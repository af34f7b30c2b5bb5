/** Clauses of functions, one form each. */
import { internName } from "../../names.ts";
import type { Form, FunctionForm, MacroNode, Node } from "../ast.ts";
import * as T from "../tokens.ts";
import { readBody, readGuard } from "./clauses.ts";
import { readList } from "./containers.ts";
import { Broken, type Cursor } from "./cursor.ts";
import { atomText } from "./literals.ts";
import { readMacro } from "./macros.ts";

/** `name(params) when guard -> body` with its `;` or `.`. Where the body is broken, the form is cut there; throws `Broken` where the head is. */
export function readFunctionClause(p: Cursor): FunctionForm {
  const token = p.at;
  const start = p.start;
  const name = atomText(p, token);
  p.advance();
  p.expect(T.PAREN_OPEN, "`(`");
  const params = readList(p, T.PAREN_CLOSE, "`,` or `)`");
  return readRest(p, { start, name, nameStart: start, nameEnd: p.ends[token]!, params });
}

interface Head {
  readonly start: number;
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly params: readonly Node[];
}

function readRest(p: Cursor, head: Head): FunctionForm {
  const { start, name, nameStart, nameEnd, params } = head;
  const guard = readGuard(p);
  p.expect(T.ARROW, "`->`");
  const body: Node[] = [];
  const depth = p.depth;
  let cut = false;
  let last = true;
  try {
    readBody(p, body);
    last = p.kind === T.STOP;
    if (!last && p.kind !== T.SEMICOLON) p.fail("`,`, `;` or `.`");
    p.advance();
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    p.depth = depth;
    cut = true;
  }
  const end = p.previousEnd;
  return { kind: "function", start, end, name, nameStart, nameEnd, clause: { kind: "clause", start, end, params, guard, body }, cut, last };
}

/** A form that begins with a macro: the macro alone, or a function whose name or head it is (`?FUNCTION(X) -> …`, `?HEAD -> …`). */
export function readMacroForm(p: Cursor): Form {
  const macro = readMacro(p);
  const { start } = macro;
  if (p.kind === T.STOP || p.kind === T.SEMICOLON) {
    p.advance();
    return { kind: "macro_form", start, end: p.previousEnd, macro };
  }
  if (p.kind === T.PAREN_OPEN) {
    p.advance();
    readList(p, T.PAREN_CLOSE, "`,` or `)`");
  }
  if (p.kind !== T.ARROW && p.kind !== T.WHEN) {
    // A macro that stands for a whole form needs no full stop of its own.
    if (p.kind === T.EOF || (p.flags[p.at]! & T.LINE_START) !== 0) return { kind: "macro_form", start, end: p.previousEnd, macro };
    p.fail("`->`");
  }
  return readRest(p, headOf(p, macro));
}

function headOf(p: Cursor, macro: MacroNode): Head {
  const nameEnd = macro.args ? macro.start + macro.name.length + 1 : macro.end;
  const name = internName(p.source, macro.start, nameEnd);
  return { start: macro.start, name, nameStart: macro.start, nameEnd, params: macro.args ?? [] };
}
