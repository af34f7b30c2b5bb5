/** Macros where an expression stands. Their arguments may be clauses, guards, operators, or nothing. */
import { internName } from "../../names.ts";
import type { MacroNode, Node } from "../ast.ts";
import * as T from "../tokens.ts";
import { readGuard } from "./clauses.ts";
import type { Cursor } from "./cursor.ts";
import { readExpression } from "./expressions.ts";

/** `?NAME` with the arguments in parentheses behind it, if there are any. */
export function readMacro(p: Cursor): MacroNode {
  const name = readMacroName(p);
  const start = p.starts[p.at - 1]!;
  const args = p.kind === T.PAREN_OPEN ? readArguments(p) : null;
  return { kind: "macro", start, end: p.previousEnd, name, args };
}

/** The name of the current macro token, without its mark and quotes; goes on to the token after it. */
export function readMacroName(p: Cursor): string {
  let from = p.start + 1;
  let to = p.ends[p.at]!;
  while (p.source.charCodeAt(from) === 32) from++;
  if (p.source.charCodeAt(from) === 39) {
    from++;
    to--;
  }
  const name = internName(p.source, from, to);
  p.advance();
  return name;
}

function readArguments(p: Cursor): Node[] {
  p.advance();
  p.deeper();
  const args: Node[] = [];
  if (p.kind !== T.PAREN_CLOSE)
    for (;;) {
      args.push(readArgument(p));
      if (p.kind !== T.COMMA) break;
      p.advance();
    }
  p.depth--;
  p.expect(T.PAREN_CLOSE, "`,` or `)`");
  return args;
}

function readArgument(p: Cursor): Node {
  const start = p.start;
  if (p.kind === T.COMMA || p.kind === T.PAREN_CLOSE) return { kind: "broken", start, end: start };
  const next = p.next;
  if ((next === T.COMMA || next === T.PAREN_CLOSE) && isBareWord(p.kind)) {
    p.advance();
    return { kind: "broken", start, end: p.previousEnd };
  }
  const value = readExpression(p);
  if (p.kind !== T.WHEN && p.kind !== T.ARROW) return value;
  const guard = readGuard(p);
  let body: Node[] = [];
  // A comma after the body belongs to the macro's arguments.
  if (p.kind === T.ARROW) {
    p.advance();
    body = [readExpression(p)];
  }
  return { kind: "clause", start, end: p.previousEnd, params: [value], guard, body };
}

/** Operators and reserved words that macros are handed as they are. */
function isBareWord(kind: number): boolean {
  return kind >= T.ARROW && kind < T.KINDS && kind !== T.END;
}
