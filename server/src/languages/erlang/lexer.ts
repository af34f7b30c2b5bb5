/**
 * Erlang's lexer. Pure, never throws, one pass, linear. Comments are kept apart; a token that begins its line is marked.
 *
 * `maybe` and `else` are reserved only where the source uses them as such, since older code has them as atoms.
 */
import { gatheredTokens, push, pushComment, resetTokens, type TokenStream } from "../token-buffer.ts";
import { BLANK, classOf, DIGIT, GREAT, isNamePart, PART, SMALL } from "./characters.ts";
import { readPunctuation } from "./lexer-operators.ts";
import { readCharacter, readQuotedAtom, readSigil, readString } from "./lexer-texts.ts";
import { reservedWord } from "./reserved-words.ts";
import * as T from "./tokens.ts";

/** `maybe` at the end of a line, as no atom stands. */
const OPENS_MAYBE = /^[^%\n]*\bmaybe[ \t]*(?:%.*)?\r?\n(?!\s*[|,;)\]}])/m;

/** `maybe` before what begins an expression, in a line that goes on. */
const BEGINS_IN_LINE = /\bmaybe[ \t]+[\w{[<"#'(]/;

/** Whether `maybe` and `else` are reserved words in a source. */
export function usesMaybe(source: string): boolean {
  return source.includes("maybe") && (OPENS_MAYBE.test(source) || (source.includes("?=") && BEGINS_IN_LINE.test(source)));
}

/** The tokens of a source from an offset on; the result's arrays are valid until the next call. */
export function tokenize(source: string, withMaybe: boolean = usesMaybe(source), from = 0): TokenStream {
  resetTokens();
  const length = source.length;
  let i = from;
  let flag = T.LINE_START;
  while (i < length) {
    const c = source.charCodeAt(i);
    const klass = classOf(c);
    if ((klass & BLANK) !== 0) {
      i++;
      if (c === 10) flag = T.LINE_START;
      continue;
    }
    if (c === 37) {
      i = readComment(source, i);
      continue;
    }
    if ((klass & SMALL) !== 0) i = readWord(source, i, flag, withMaybe);
    else if ((klass & GREAT) !== 0) {
      const end = nameEnd(source, i);
      push(T.VARIABLE, flag, i, end);
      i = end;
    } else if ((klass & DIGIT) !== 0) i = readNumber(source, i, flag);
    else i = readSymbol(source, i, c, flag);
    flag = 0;
  }
  push(T.EOF, T.LINE_START, length, length);
  return gatheredTokens(source);
}

function readSymbol(source: string, start: number, c: number, flag: number): number {
  switch (c) {
    case 34:
      return readString(source, start, flag);
    case 39:
      return readQuotedAtom(source, start, flag);
    case 36:
      return readCharacter(source, start, flag);
    case 126:
      return readSigil(source, start, flag);
    case 63:
      return readMacro(source, start, flag);
    case 46:
      return readDot(source, start, flag);
    default:
      return readPunctuation(source, start, c, flag);
  }
}

function readComment(source: string, start: number): number {
  let end = source.indexOf("\n", start);
  if (end < 0) end = source.length;
  pushComment(start, source.charCodeAt(end - 1) === 13 ? end - 1 : end);
  return end;
}

function nameEnd(source: string, start: number): number {
  let i = start + 1;
  while ((classOf(source.charCodeAt(i)) & PART) !== 0) i++;
  return i;
}

function readWord(source: string, start: number, flag: number, withMaybe: boolean): number {
  const end = nameEnd(source, start);
  const length = end - start;
  const reserved = length >= 2 && length <= 7 ? reservedWord(source, start, length) : 0;
  const counts = reserved !== 0 && (reserved < T.MAYBE || withMaybe);
  push(counts ? reserved : T.ATOM, flag, start, end);
  return end;
}

/** Integers with `_` and a base, and floats: `1_000`, `16#FF`, `1.5e-3`. */
function readNumber(source: string, start: number, flag: number): number {
  let i = digitsEnd(source, start);
  const c = source.charCodeAt(i);
  if (c === 35 && isNamePart(source.charCodeAt(i + 1))) {
    i = nameEnd(source, i + 1);
    if (source.charCodeAt(i) === 46 && isNamePart(source.charCodeAt(i + 1)) && (classOf(source.charCodeAt(i + 1)) & DIGIT) !== 0)
      i = nameEnd(source, i + 1);
    push(T.INTEGER, flag, start, i);
    return i;
  }
  if (c !== 46 || (classOf(source.charCodeAt(i + 1)) & DIGIT) === 0) {
    push(T.INTEGER, flag, start, i);
    return i;
  }
  i = digitsEnd(source, i + 1);
  const e = source.charCodeAt(i);
  if (e === 101 || e === 69) {
    const sign = source.charCodeAt(i + 1);
    const from = sign === 43 || sign === 45 ? i + 2 : i + 1;
    if ((classOf(source.charCodeAt(from)) & DIGIT) !== 0) i = digitsEnd(source, from);
  }
  push(T.FLOAT, flag, start, i);
  return i;
}

function digitsEnd(source: string, start: number): number {
  let i = start;
  for (let c = source.charCodeAt(i); (c >= 48 && c <= 57) || c === 95; c = source.charCodeAt(++i));
  return i;
}

/** `?NAME`, `??NAME`, `?'name'`, `? NAME`; `?=` is an operator. */
function readMacro(source: string, start: number, flag: number): number {
  let i = start + 1;
  if (source.charCodeAt(i) === 61) {
    push(T.MAYBE_MATCH, flag, start, start + 2);
    return start + 2;
  }
  if (source.charCodeAt(i) === 63) i++;
  while (source.charCodeAt(i) === 32) i++;
  if (source.charCodeAt(i) === 39) {
    const close = source.indexOf("'", i + 1);
    i = close < 0 ? source.length : close + 1;
  } else while (isNamePart(source.charCodeAt(i))) i++;
  push(T.MACRO, flag, start, i);
  return i;
}

/** A dot before white space, a comment or the end of the source ends a form. */
function readDot(source: string, start: number, flag: number): number {
  const next = source.charCodeAt(start + 1);
  if (start + 1 >= source.length || (classOf(next) & BLANK) !== 0 || next === 37) {
    push(T.STOP, flag, start, start + 1);
    return start + 1;
  }
  const dots = next !== 46 ? 1 : source.charCodeAt(start + 2) === 46 ? 3 : 2;
  push(dots === 1 ? T.DOT : T.DOTS, flag, start, start + dots);
  return start + dots;
}
