/** Terms: what an operand begins with. */
import type { Node } from "../ast.ts";
import * as T from "../tokens.ts";
import { readBegin, readCase, readIf, readMaybe, readReceive, readTry } from "./blocks.ts";
import { readBinary, readBracketed, readList } from "./containers.ts";
import type { Cursor } from "./cursor.ts";
import { readExpression } from "./expressions.ts";
import { readFun } from "./funs.ts";
import { readAtom, readNumber, readStrings } from "./literals.ts";
import { readMacro } from "./macros.ts";
import { readRecordOrMap } from "./records.ts";
import { beginsClause } from "./recovery.ts";

export function readPrimary(p: Cursor): Node {
  const { start } = p;
  switch (p.kind) {
    case T.ATOM:
      return beginsClause(p) ? p.fail("an expression") : readAtom(p);
    case T.VARIABLE: {
      const name = p.text(p.at);
      p.advance();
      return { kind: "variable", start, end: p.previousEnd, name };
    }
    case T.INTEGER:
    case T.FLOAT:
    case T.CHAR:
      return readNumber(p);
    case T.STRING:
      return readStrings(p, null);
    case T.MACRO: {
      const macro = readMacro(p);
      return p.kind === T.STRING ? readStrings(p, macro) : macro;
    }
    case T.BRACE_OPEN: {
      p.advance();
      const items = readList(p, T.BRACE_CLOSE, "`,` or `}`");
      return { kind: "tuple", start, end: p.previousEnd, items };
    }
    case T.BRACKET_OPEN:
      return readBracketed(p);
    case T.PAREN_OPEN: {
      p.advance();
      const inner = readExpression(p);
      p.expect(T.PAREN_CLOSE, "`)`");
      return inner;
    }
    case T.BITS_OPEN:
      return readBinary(p);
    case T.HASH:
      return readRecordOrMap(p, null);
    default:
      return readBlock(p);
  }
}

function readBlock(p: Cursor): Node {
  switch (p.kind) {
    case T.FUN:
      return readFun(p);
    case T.CASE:
      return readCase(p);
    case T.BEGIN:
      return readBegin(p);
    case T.IF:
      return readIf(p);
    case T.RECEIVE:
      return readReceive(p);
    case T.TRY:
      return readTry(p);
    case T.MAYBE:
      return readMaybe(p);
    default:
      return p.fail("an expression");
  }
}
