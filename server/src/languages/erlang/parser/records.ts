/** `#{…}`, `#record{…}`, `#record.field`, alone or behind a term. */
import type { MacroNode, Node } from "../ast.ts";
import * as T from "../tokens.ts";
import { readComprehension, readList } from "./containers.ts";
import type { Cursor } from "./cursor.ts";
import { readExpression } from "./expressions.ts";
import { readAtom } from "./literals.ts";
import { readMacro } from "./macros.ts";

export function readRecordOrMap(p: Cursor, base: Node | null): Node {
  const start = base ? base.start : p.start;
  p.advance();
  if (p.kind === T.BRACE_OPEN) return readMap(p, start, base);
  const name = readName(p);
  // `#?REC` may be a whole record in a macro, name and fields.
  if (p.kind !== T.BRACE_OPEN && p.kind !== T.DOT && name.kind === "macro")
    return { kind: "record", start, end: p.previousEnd, base, name, fields: [] };
  return readFields(p, start, base, name);
}

/** `?REC{…}`, `State?REC.field`: the macro brings the `#` along. */
export function readMacroRecord(p: Cursor, base: Node | null, name: MacroNode): Node {
  return readFields(p, (base ?? name).start, base, name);
}

function readFields(p: Cursor, start: number, base: Node | null, name: Node): Node {
  if (p.kind === T.BRACE_OPEN) {
    p.advance();
    const fields = readList(p, T.BRACE_CLOSE, "`,` or `}`");
    return { kind: "record", start, end: p.previousEnd, base, name, fields };
  }
  p.expect(T.DOT, "`{` or `.`");
  const field = readName(p);
  return { kind: "record_field", start, end: p.previousEnd, base, name, field };
}

function readName(p: Cursor): Node {
  switch (p.kind) {
    case T.ATOM:
      return readAtom(p);
    case T.MACRO:
      return readMacro(p);
    case T.VARIABLE: {
      const { start } = p;
      const name = p.text(p.at);
      p.advance();
      return { kind: "variable", start, end: p.previousEnd, name };
    }
    case T.PAREN_OPEN: {
      p.advance();
      const inner = readExpression(p);
      p.expect(T.PAREN_CLOSE, "`)`");
      return inner;
    }
    default:
      return p.fail("a name");
  }
}

function readMap(p: Cursor, start: number, base: Node | null): Node {
  p.advance();
  const pairs: (readonly [Node, Node])[] = [];
  if (p.kind !== T.BRACE_CLOSE)
    for (;;) {
      const key = readExpression(p);
      let value = key;
      if (p.kind === T.ASSOC || p.kind === T.EXACT) {
        p.advance();
        value = readExpression(p);
      }
      pairs.push([key, value]);
      if (p.kind === T.BARS) return readComprehension(p, start, "map", key, value, T.BRACE_CLOSE, "`,` or `}`");
      if (p.kind !== T.COMMA) break;
      p.advance();
    }
  p.expect(T.BRACE_CLOSE, "`,` or `}`");
  return { kind: "map", start, end: p.previousEnd, base, pairs };
}
