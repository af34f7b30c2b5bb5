/** Lists, comprehensions and binaries. */
import type { GeneratorNode, Node } from "../ast.ts";
import * as T from "../tokens.ts";
import type { Cursor } from "./cursor.ts";
import { readExpression } from "./expressions.ts";
import { readMacro } from "./macros.ts";
import { readPrimary } from "./primary.ts";

/** Expressions with commas between them up to the closing token, which is passed. */
export function readList(p: Cursor, close: number, expected: string): Node[] {
  const items: Node[] = [];
  if (p.kind !== close)
    for (;;) {
      items.push(readExpression(p));
      if (p.kind !== T.COMMA) break;
      p.advance();
    }
  p.expect(close, expected);
  return items;
}

/** `[a, b | t]` or `[e || steps]`. */
export function readBracketed(p: Cursor): Node {
  const { start } = p;
  p.advance();
  if (p.kind === T.BRACKET_CLOSE) {
    p.advance();
    return { kind: "list", start, end: p.previousEnd, items: [], tail: null };
  }
  const first = readExpression(p);
  if (p.kind === T.BARS) return readComprehension(p, start, "list", first, null, T.BRACKET_CLOSE, "`,` or `]`");
  const items = [first];
  while (p.kind === T.COMMA) {
    p.advance();
    items.push(readExpression(p));
  }
  let tail: Node | null = null;
  if (p.kind === T.BAR) {
    p.advance();
    tail = readExpression(p);
  }
  p.expect(T.BRACKET_CLOSE, "`,` or `]`");
  return { kind: "list", start, end: p.previousEnd, items, tail };
}

/** From the `||` on. */
export function readComprehension(
  p: Cursor,
  start: number,
  of: "list" | "binary" | "map",
  body: Node,
  value: Node | null,
  close: number,
  expected: string,
): Node {
  const steps: Node[] = [];
  do {
    const zipped = p.kind === T.ZIP;
    p.advance();
    steps.push(readStep(p, zipped));
  } while (p.kind === T.COMMA || p.kind === T.ZIP);
  p.expect(close, expected);
  return { kind: "comprehension", start, end: p.previousEnd, of, body, value, steps };
}

function readStep(p: Cursor, zipped: boolean): Node | GeneratorNode {
  const pattern = readExpression(p);
  let value: Node | null = null;
  if (p.kind === T.EXACT) {
    p.advance();
    value = readExpression(p);
  }
  if (p.kind !== T.GENERATE) return value ? p.fail("`<-`") : pattern;
  p.advance();
  const source = readExpression(p);
  return { kind: "generator", start: pattern.start, end: source.end, zipped, pattern, value, source };
}

/** `<<segments>>` or `<<e || steps>>`. */
export function readBinary(p: Cursor): Node {
  const { start } = p;
  p.advance();
  const segments: Node[] = [];
  if (p.kind !== T.BITS_CLOSE)
    for (;;) {
      segments.push(readSegment(p));
      if (p.kind !== T.COMMA) break;
      p.advance();
    }
  const [first] = segments;
  if (p.kind === T.BARS && first) return readComprehension(p, start, "binary", first, null, T.BITS_CLOSE, "`,` or `>>`");
  p.expect(T.BITS_CLOSE, "`,` or `>>`");
  return { kind: "binary", start, end: p.previousEnd, segments };
}

/** `value:size/type-list`. */
function readSegment(p: Cursor): Node {
  const { start } = p;
  if (p.kind === T.MINUS || p.kind === T.PLUS || p.kind === T.BNOT) p.advance();
  const value = readPrimary(p);
  let size: Node | null = null;
  if (p.kind === T.COLON) {
    p.advance();
    if (p.kind === T.MINUS) p.advance();
    size = readPrimary(p);
  }
  if (p.kind === T.SLASH) {
    do {
      p.advance();
      readSegmentType(p);
    } while (p.kind === T.MINUS);
  }
  return size === null ? value : { kind: "segment", start, end: p.previousEnd, value, size };
}

function readSegmentType(p: Cursor): void {
  if (p.kind === T.MACRO) readMacro(p);
  else p.expect(T.ATOM, "a type");
  if (p.kind !== T.COLON) return;
  p.advance();
  if (p.kind === T.MACRO) readMacro(p);
  else p.expect(T.INTEGER, "a number");
}
