/**
 * Elixir's lexer. Pure, never throws, one pass, linear. Line breaks are flags of the token after them, comments are kept apart.
 *
 * With `repair`, texts and interpolations that run over a landmark (a definition or an `end` at or left of their own line's indentation)
 * are cut before it: meant for sources that turned out to be broken, never for whole ones, in which such a text is just a text.
 */

import {
  gatheredTokens,
  previousEnd,
  previousIs,
  push,
  pushComment,
  replacePrevious,
  resetTokens,
  type TokenStream,
} from "../token-buffer.ts";
import {
  BLANK,
  classes,
  classifyUnicode,
  DIGIT,
  isHorizontalSpace,
  isKeywordColon,
  isNamePart,
  isSpaceOrEnd,
  LOWER,
  PART,
  PUNCTUATION,
  UPPER,
} from "./characters.ts";
import { readNumber } from "./lexer-numbers.ts";
import { readOperator, readOperatorAtom } from "./lexer-operators.ts";
import { isLandmark } from "./lexer-strings.ts";
import {
  beginLine,
  closeBrace,
  closeInterpolation,
  closeTexts,
  openBrace,
  readQuote,
  readSigil,
  readText,
  resetTexts,
} from "./lexer-texts.ts";
import * as T from "./tokens.ts";

/** The tokens of a source from an offset on, where no text or bracket is open; the result's arrays are valid until the next call. */
export function tokenize(source: string, repair = false, from = 0): TokenStream {
  resetTokens();
  resetTexts(source, repair);
  run(source, from);
  return gatheredTokens(source);
}

function run(source: string, from: number): void {
  const length = source.length;
  let i = from;
  let flag = 0;
  while (i < length) {
    const c = source.charCodeAt(i);
    const klass = c < 128 ? classes[c]! : classifyUnicode(source, i);
    if ((klass & BLANK) !== 0) {
      i++;
    } else if (c === 10) {
      i++;
      flag = T.NEWLINE_BEFORE;
      beginLine(source, i);
    } else if ((klass & (LOWER | UPPER)) !== 0) {
      i = readWord(source, i, klass, flag);
      flag = 0;
    } else if ((klass & PUNCTUATION) !== 0) {
      i = readPunctuation(source, i, c, flag);
      flag = 0;
    } else if ((klass & DIGIT) !== 0) {
      i = readNumber(source, i, c, flag);
      flag = 0;
    } else if (c === 35) {
      i = readComment(source, i);
    } else if (c === 34 || c === 39) {
      i = readQuote(source, i, c, flag);
      flag = 0;
    } else if (c === 58 && source.charCodeAt(i + 1) !== 58) {
      i = readAtom(source, i, flag);
      flag = 0;
    } else if (c === 92 && isLineBreak(source, i + 1)) {
      // An escaped line break does not end an expression.
      i += source.charCodeAt(i + 1) === 13 ? 3 : 2;
    } else {
      i = readSymbol(source, i, c, flag);
      flag = 0;
    }
  }
  closeTexts(length);
  push(T.EOF, flag | T.NEWLINE_BEFORE, length, length);
}

function isLineBreak(source: string, i: number): boolean {
  const c = source.charCodeAt(i);
  return c === 10 || (c === 13 && source.charCodeAt(i + 1) === 10);
}

function readComment(source: string, start: number): number {
  let end = source.indexOf("\n", start);
  if (end < 0) end = source.length;
  pushComment(start, source.charCodeAt(end - 1) === 13 ? end - 1 : end);
  return end;
}

/** An identifier, alias, reserved word or `key:`. */
function readWord(source: string, start: number, klass: number, flag: number): number {
  let i = start + 1;
  let c = source.charCodeAt(i);
  while (c < 128 ? (classes[c]! & PART) !== 0 : isNamePart(source, i)) c = source.charCodeAt(++i);
  if (c === 63 || c === 33) c = source.charCodeAt(++i);
  else if (c === 64) {
    // `@` is part of a name only in atoms and keys: `nonode@nohost: 1`.
    const end = nameEnd(source, i);
    if (source.charCodeAt(end) === 58 && isSpaceOrEnd(source.charCodeAt(end + 1))) {
      push(T.KEYWORD, flag, start, end + 1);
      return end + 1;
    }
  }
  if (c === 58 && source.charCodeAt(i + 1) !== 58) {
    push(T.KEYWORD, flag, start, i + 1);
    return i + 1;
  }
  const isMember = previousIs(T.DOT) && !isUnfinishedDot(source, start, flag);
  if ((klass & UPPER) !== 0) {
    push(T.ALIAS, flag, start, i);
    return i;
  }
  let kind = c === 40 ? T.IDENT_PAREN : c === 91 ? T.IDENT_BRACKET : T.IDENT;
  if (!isMember && i - start <= 6) {
    const reserved = reservedWord(source, start, i - start);
    if (reserved !== 0) {
      if (reserved === T.IN && previousIs(T.NOT) && flag === 0 && !beforeSlash(source, i)) {
        replacePrevious(T.IN, i);
        return i;
      }
      kind = reserved >= T.NOT && beforeSlash(source, i) ? T.IDENT : reserved;
    }
  }
  push(kind, flag, start, i);
  return i;
}

/**
 * `Foo.` and a definition on the next line: Elixir takes `def` for a function of `Foo`, but nobody ever means that, and it is what a source
 * looks like while a name is being typed.
 */
function isUnfinishedDot(source: string, start: number, flag: number): boolean {
  return flag !== 0 && isLandmark(source, start);
}

/** The end of a name in which `@` may stand. */
function nameEnd(source: string, start: number): number {
  let i = start;
  while (isNamePart(source, i) || source.charCodeAt(i) === 64) i++;
  const c = source.charCodeAt(i);
  return i > start && (c === 63 || c === 33) ? i + 1 : i;
}

function reservedWord(source: string, i: number, length: number): number {
  const c = source.charCodeAt(i);
  if (length === 2) {
    const d = source.charCodeAt(i + 1);
    if (c === 100) return d === 111 ? T.DO : 0;
    if (c === 102) return d === 110 ? T.FN : 0;
    if (c === 105) return d === 110 ? T.IN : 0;
    return c === 111 && d === 114 ? T.OR : 0;
  }
  if (length === 3) {
    if (c === 101) return source.startsWith("end", i) ? T.END : 0;
    if (c === 110) return source.startsWith("nil", i) ? T.LITERAL : source.startsWith("not", i) ? T.NOT : 0;
    return c === 97 && source.startsWith("and", i) ? T.AND : 0;
  }
  if (length === 4) {
    if (c === 116) return source.startsWith("true", i) ? T.LITERAL : 0;
    if (c === 119) return source.startsWith("when", i) ? T.WHEN : 0;
    return c === 101 && source.startsWith("else", i) ? T.SECTION : 0;
  }
  if (length === 5) {
    if (c === 102) return source.startsWith("false", i) ? T.LITERAL : 0;
    if (c === 97) return source.startsWith("after", i) ? T.SECTION : 0;
    return c === 99 && source.startsWith("catch", i) ? T.SECTION : 0;
  }
  return length === 6 && c === 114 && source.startsWith("rescue", i) ? T.SECTION : 0;
}

/** Whether `/` comes next on the line: an operator there is meant as a function's name, as in `&+/2`. */
function beforeSlash(source: string, i: number): boolean {
  while (isHorizontalSpace(source.charCodeAt(i))) i++;
  return source.charCodeAt(i) === 47;
}

function readPunctuation(source: string, start: number, c: number, flag: number): number {
  let kind = T.COMMA;
  if (c === 40) kind = T.PAREN_OPEN;
  else if (c === 41) kind = T.PAREN_CLOSE;
  else if (c === 91) kind = T.BRACKET_OPEN;
  else if (c === 93) kind = T.BRACKET_CLOSE;
  else if (c === 59) kind = T.SEMICOLON;
  else if (c === 123) {
    if (source.charCodeAt(start + 1) === 125 && isKeywordColon(source, start + 2)) {
      push(T.KEYWORD, flag, start, start + 3);
      return start + 3;
    }
    openBrace();
    kind = T.BRACE_OPEN;
  } else if (c === 125) {
    if (closeBrace()) return closeInterpolation(source, start, flag);
    kind = T.BRACE_CLOSE;
  }
  push(kind, flag, start, start + 1);
  return start + 1;
}

/** A colon that is not `::`: an atom, or a stray colon. */
function readAtom(source: string, start: number, flag: number): number {
  const d = source.charCodeAt(start + 1);
  if (d === 34 || d === 39) return readText(source, start, start + 2, d, false, true, T.QUOTED_ATOM, flag);
  const klass = d < 128 ? classes[d]! : d >= 128 ? classifyUnicode(source, start + 1) : 0;
  let end = start + 1;
  if ((klass & (LOWER | UPPER)) !== 0) end = nameEnd(source, start + 1);
  else if (start + 1 < source.length) end += readOperatorAtom(source, start + 1);
  push(end > start + 1 ? T.ATOM : T.UNKNOWN, flag, start, end);
  return end;
}

/** An operator, a character, a sigil, or a bracket that is made of operator characters. */
function readSymbol(source: string, start: number, c: number, flag: number): number {
  if (c === 58 && source.startsWith(":::", start) && !isSpaceOrEnd(source.charCodeAt(start + 3))) {
    push(T.ATOM, flag, start, start + 3);
    return start + 3;
  }
  if (c === 63) return readCharacter(source, start, flag);
  if (c === 37) return readPercent(source, start, flag);
  if (c === 126) {
    const end = readSigil(source, start, flag);
    if (end > 0) return end;
  }
  if (c === 60 && source.startsWith("<<>>", start) && isKeywordColon(source, start + 4)) {
    push(T.KEYWORD, flag, start, start + 5);
    return start + 5;
  }
  const operator = readOperator(source, start, c);
  if (operator === 0) return readBits(source, start, c, flag);
  return pushOperator(source, start, operator >> 2, start + (operator & 3), flag);
}

function pushOperator(source: string, start: number, kind: number, end: number, flag: number): number {
  if (previousIs(T.DOT) && kind !== T.DOT && kind !== T.ARROW && kind !== T.ASSOC && kind !== T.STEP) {
    const next = source.charCodeAt(end);
    push(next === 40 ? T.IDENT_PAREN : next === 91 ? T.IDENT_BRACKET : T.IDENT, flag, start, end);
    return end;
  }
  if (kind !== T.STEP && kind !== T.ASSOC) {
    if (kind === T.RANGE && source.startsWith("//", end)) {
      if (isKeywordColon(source, end + 2)) {
        push(T.KEYWORD, flag, start, end + 3);
        return end + 3;
      }
      if (beforeSlash(source, end + 2)) {
        push(T.IDENT, flag, start, end + 2);
        return end + 2;
      }
    } else if (isKeywordColon(source, end)) {
      push(T.KEYWORD, flag, start, end + 1);
      return end + 1;
    } else if (kind !== T.DOT && beforeSlash(source, end) && !(kind === T.CAPTURE && beforeStep(source, end))) {
      push(T.IDENT, flag, start, end);
      return end;
    }
  }
  if (kind === T.DUAL && flag === 0 && isSignedArgument(source, start)) flag = T.SIGNED_ARGUMENT;
  push(kind, flag, start, end);
  return end;
}

/** Whether `//` comes next on the line. */
function beforeStep(source: string, i: number): boolean {
  while (isHorizontalSpace(source.charCodeAt(i))) i++;
  return source.charCodeAt(i) === 47 && beforeSlash(source, i + 1);
}

/** `foo -1`: a sign after an identifier and a space, with its number or name directly after it. */
function isSignedArgument(source: string, at: number): boolean {
  if (!previousIs(T.IDENT) || previousEnd() === at) return false;
  switch (source.charCodeAt(at + 1)) {
    case 32:
    case 9:
    case 10:
    case 13:
    case 40:
    case 91:
    case 60:
    case 123:
    case 37:
    case 43:
    case 45:
    case 47:
    case 62:
    case 58:
      return false;
    default:
      return at + 1 < source.length;
  }
}

function readBits(source: string, start: number, c: number, flag: number): number {
  const pair = source.charCodeAt(start + 1) === c;
  if (c === 60 && pair) push(T.BITS_OPEN, flag, start, start + 2);
  else if (c === 62 && pair) push(T.BITS_CLOSE, flag, start, start + 2);
  else {
    push(T.UNKNOWN, flag, start, start + 1);
    return start + 1;
  }
  return start + 2;
}

function readPercent(source: string, start: number, flag: number): number {
  if (source.charCodeAt(start + 1) === 123) {
    if (source.charCodeAt(start + 2) === 125 && isKeywordColon(source, start + 3)) {
      push(T.KEYWORD, flag, start, start + 4);
      return start + 4;
    }
    openBrace();
    push(T.MAP_OPEN, flag, start, start + 2);
    return start + 2;
  }
  const colon = isKeywordColon(source, start + 1);
  push(colon ? T.KEYWORD : T.PERCENT, flag, start, colon ? start + 2 : start + 1);
  return colon ? start + 2 : start + 1;
}

function readCharacter(source: string, start: number, flag: number): number {
  let at = start + 1;
  if (source.charCodeAt(at) === 92 && at + 1 < source.length) at++;
  const code = source.codePointAt(at);
  if (code === undefined) {
    push(T.UNKNOWN, flag, start, start + 1);
    return start + 1;
  }
  const end = at + (code > 0xffff ? 2 : 1);
  push(T.CHAR, flag, start, end);
  return end;
}
