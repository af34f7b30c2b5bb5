/** `-name(…).`: attributes, definitions of macros, conditions of the preprocessor. */
import type { ConditionForm, DefineForm, Form, Node } from "../ast.ts";
import * as T from "../tokens.ts";
import { readList } from "./containers.ts";
import type { Cursor } from "./cursor.ts";
import { readExpression } from "./expressions.ts";
import { atomText } from "./literals.ts";
import { readMacroName } from "./macros.ts";

/** Attributes that hold types only: their tokens are passed over. */
const TYPES: ReadonlySet<string> = new Set(["spec", "type", "opaque", "callback", "nominal", "doc", "moduledoc"]);

const CONDITIONS: ReadonlySet<string> = new Set(["ifdef", "ifndef", "if", "elif", "else", "endif", "undef"]);

/** Reads from the `-` to behind the full stop; throws `Broken` where it cannot. */
export function readAttribute(p: Cursor): Form {
  const { start } = p;
  p.advance();
  if (p.kind === T.MACRO) {
    const name = readMacroName(p);
    skipToStop(p);
    return { kind: "attribute", start, end: p.previousEnd, name, args: [] };
  }
  if (p.kind !== T.ATOM && p.kind !== T.IF && p.kind !== T.ELSE) p.fail("the name of an attribute");
  const name = atomText(p, p.at);
  p.advance();
  if (CONDITIONS.has(name)) return readCondition(p, start, name as ConditionForm["directive"]);
  if (name === "define" && p.kind === T.PAREN_OPEN) return readDefine(p, start);
  if (TYPES.has(name)) {
    skipToStop(p);
    return { kind: "attribute", start, end: p.previousEnd, name, args: [] };
  }
  if (name === "record") return readRecordDefinition(p, start);
  let args: Node[] = [];
  if (p.kind === T.PAREN_OPEN) {
    p.advance();
    args = readList(p, T.PAREN_CLOSE, "`,` or `)`");
  } else if (p.kind !== T.STOP) args = [readExpression(p)];
  p.expect(T.STOP, "`.`");
  return { kind: "attribute", start, end: p.previousEnd, name, args };
}

function skipToStop(p: Cursor): void {
  while (p.kind !== T.STOP && p.kind !== T.EOF) p.advance();
  if (p.kind === T.STOP) p.advance();
}

function readCondition(p: Cursor, start: number, directive: ConditionForm["directive"]): Form {
  let name: string | null = null;
  if (p.kind === T.PAREN_OPEN && (directive === "ifdef" || directive === "ifndef" || directive === "undef")) {
    const kind = p.next;
    if (kind === T.ATOM || kind === T.VARIABLE) name = kind === T.ATOM ? atomText(p, p.at + 1) : p.text(p.at + 1);
  }
  skipToStop(p);
  return { kind: "condition", start, end: p.previousEnd, directive, name };
}

/** The body of a macro is any tokens up to `).`: where they are no expression, the macro has a name and no body. */
function readDefine(p: Cursor, start: number): DefineForm {
  p.advance();
  const nameStart = p.start;
  const name = p.kind === T.ATOM ? atomText(p, p.at) : p.text(p.at);
  if (p.kind !== T.ATOM && p.kind !== T.VARIABLE && !isReserved(p.kind)) p.fail("the name of a macro");
  p.advance();
  const params = p.kind === T.PAREN_OPEN ? readParameters(p) : null;
  let body: Node | null = null;
  if (p.kind === T.COMMA) {
    p.advance();
    body = readMacroDefinition(p);
  }
  skipToStop(p);
  return { kind: "define", start, end: p.previousEnd, name, nameStart, params, body };
}

function isReserved(kind: number): boolean {
  return kind >= T.AFTER && kind < T.KINDS;
}

function readParameters(p: Cursor): string[] {
  p.advance();
  const params: string[] = [];
  while (p.kind === T.VARIABLE) {
    params.push(p.text(p.at));
    p.advance();
    if (p.kind !== T.COMMA) break;
    p.advance();
  }
  p.expect(T.PAREN_CLOSE, "`,` or `)`");
  return params;
}

/** The expression that a macro stands for: null where its tokens are something else, or more than one expression. */
function readMacroDefinition(p: Cursor): Node | null {
  const from = p.at;
  const problems = p.problems.length;
  const depth = p.depth;
  try {
    const first = readExpression(p);
    const items = [first];
    while (p.kind === T.COMMA) {
      p.advance();
      items.push(readExpression(p));
    }
    if (p.kind === T.PAREN_CLOSE && p.next === T.STOP)
      return items.length === 1 ? first : { kind: "block", start: first.start, end: p.previousEnd, items };
  } catch {
    // No expression: what follows is for the preprocessor alone.
  }
  p.problems.length = problems;
  p.depth = depth;
  p.at = from;
  p.kind = p.kinds[from]!;
  return null;
}

/** `-record(name, {field, field = default, field :: type})`, types passed over. */
function readRecordDefinition(p: Cursor, start: number): Form {
  const parenthesis = p.kind === T.PAREN_OPEN;
  if (parenthesis) p.advance();
  const name = readExpression(p);
  p.expect(T.COMMA, "`,`");
  if (p.kind !== T.BRACE_OPEN) {
    skipToStop(p);
    return { kind: "attribute", start, end: p.previousEnd, name: "record", args: [name] };
  }
  const from = p.start;
  p.advance();
  const items: Node[] = [];
  while (p.kind !== T.BRACE_CLOSE) {
    items.push(readExpression(p));
    if (p.kind === T.TYPE) skipType(p);
    if (p.kind !== T.COMMA) break;
    p.advance();
  }
  p.expect(T.BRACE_CLOSE, "`,` or `}`");
  const fields: Node = { kind: "tuple", start: from, end: p.previousEnd, items };
  if (parenthesis) p.expect(T.PAREN_CLOSE, "`)`");
  p.expect(T.STOP, "`.`");
  return { kind: "attribute", start, end: p.previousEnd, name: "record", args: [name, fields] };
}

/** Passes over a type, up to the comma or brace that ends its field. */
function skipType(p: Cursor): void {
  let open = 0;
  for (; p.kind !== T.EOF && p.kind !== T.STOP; p.advance()) {
    if (p.kind === T.BRACE_OPEN || p.kind === T.PAREN_OPEN || p.kind === T.BRACKET_OPEN || p.kind === T.BITS_OPEN) open++;
    else if (open === 0 && (p.kind === T.COMMA || p.kind === T.BRACE_CLOSE)) return;
    else if (p.kind === T.BRACE_CLOSE || p.kind === T.PAREN_CLOSE || p.kind === T.BRACKET_CLOSE || p.kind === T.BITS_CLOSE) open--;
  }
}
