/**
 * Elixir's lexer. Pure, never throws, one pass, linear. Line breaks are flags of the token after them, comments are kept apart.
 *
 * With `repair`, texts and interpolations that run over a landmark (a definition or an `end` at or left of their own line's indentation)
 * are cut before it: meant for sources that turned out to be broken, never for whole ones, in which such a text is just a text.
 */
import {
  BLANK,
  classes,
  classifyUnicode,
  DIGIT,
  isHorizontalSpace,
  isNamePart,
  isSpaceOrEnd,
  LOWER,
  PART,
  PUNCTUATION,
  UPPER,
} from "./characters.ts";
import { readOperator, readOperatorAtom } from "./lexer-operators.ts";
import {
  AT_END,
  AT_INTERPOLATION,
  findCut,
  findLandmarks,
  indentationAt,
  isLandmark,
  type Landmarks,
  scanned,
  scanText,
} from "./lexer-strings.ts";
import * as T from "./tokens.ts";

let kinds = new Uint8Array(1 << 15);
let flags = new Uint8Array(1 << 15);
let starts = new Int32Array(1 << 15);
let ends = new Int32Array(1 << 15);
let comments = new Int32Array(1 << 10);
let count = 0;
let commentCount = 0;

/** Open interpolations: the token that began the text, its terminator, whether it is a heredoc, and the braces open around it. */
let openTexts: { begin: number; terminator: number; heredoc: boolean; depth: number; indentation: number }[] = [];
let depth = 0;
let repairing = false;
/** While repairing: the source's landmarks, the beginning of the current line, and how far the last text of each kind went. */
let landmarks: Landmarks = { breaks: [], indentations: [] };
let lineBegin = 0;
const reached = new Map<number, { from: number; end: number; stop: number; escaped: boolean }>();

/** The tokens of a source; the result's arrays are valid until the next call. */
export function tokenize(source: string, repair = false): T.TokenStream {
  count = 0;
  commentCount = 0;
  depth = 0;
  openTexts = [];
  repairing = repair;
  if (repair) {
    landmarks = findLandmarks(source);
    lineBegin = 0;
    reached.clear();
  }
  run(source);
  return { source, count, kinds, flags, starts, ends, comments, commentCount };
}

function push(kind: number, flag: number, start: number, end: number): void {
  if (count === kinds.length) grow();
  kinds[count] = kind;
  flags[count] = flag;
  starts[count] = start;
  ends[count] = end;
  count++;
}

function grow(): void {
  const size = kinds.length * 2;
  kinds = copyBytes(kinds, size);
  flags = copyBytes(flags, size);
  starts = copyOffsets(starts, size);
  ends = copyOffsets(ends, size);
}

function copyBytes(from: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const to = new Uint8Array(size);
  to.set(from);
  return to;
}

function copyOffsets(from: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(size);
  to.set(from);
  return to;
}

function run(source: string): void {
  const length = source.length;
  let i = 0;
  let flag = 0;
  while (i < length) {
    const c = source.charCodeAt(i);
    const klass = c < 128 ? classes[c]! : classifyUnicode(source, i);
    if ((klass & BLANK) !== 0) {
      i++;
    } else if (c === 10) {
      i++;
      flag = T.NEWLINE_BEFORE;
      if (repairing) {
        lineBegin = i;
        if (openTexts.length > 0) closeTextsBefore(source, i);
      }
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
  while (openTexts.length > 0) closeText(length);
  push(T.EOF, flag | T.NEWLINE_BEFORE, length, length);
}

function isLineBreak(source: string, i: number): boolean {
  const c = source.charCodeAt(i);
  return c === 10 || (c === 13 && source.charCodeAt(i + 1) === 10);
}

function readComment(source: string, start: number): number {
  let end = source.indexOf("\n", start);
  if (end < 0) end = source.length;
  if (commentCount * 2 === comments.length) comments = copyOffsets(comments, comments.length * 2);
  comments[commentCount * 2] = start;
  comments[commentCount * 2 + 1] = source.charCodeAt(end - 1) === 13 ? end - 1 : end;
  commentCount++;
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
  const afterDot = count > 0 && kinds[count - 1] === T.DOT && !isUnfinishedDot(source, start, flag);
  if ((klass & UPPER) !== 0) {
    push(T.ALIAS, flag, start, i);
    return i;
  }
  let kind = c === 40 ? T.IDENT_PAREN : c === 91 ? T.IDENT_BRACKET : T.IDENT;
  if (!afterDot && i - start <= 6) {
    const reserved = reservedWord(source, start, i - start);
    if (reserved !== 0) {
      if (reserved === T.IN && count > 0 && kinds[count - 1] === T.NOT && flag === 0 && !beforeSlash(source, i)) {
        kinds[count - 1] = T.IN;
        ends[count - 1] = i;
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
    depth++;
    kind = T.BRACE_OPEN;
  } else if (c === 125) {
    if (depth === 0 && openTexts.length > 0) return closeInterpolation(source, start, flag);
    if (depth > 0) depth--;
    kind = T.BRACE_CLOSE;
  }
  push(kind, flag, start, start + 1);
  return start + 1;
}

function isKeywordColon(source: string, i: number): boolean {
  return source.charCodeAt(i) === 58 && isSpaceOrEnd(source.charCodeAt(i + 1));
}

function readNumber(source: string, start: number, c: number, flag: number): number {
  let i = start + 1;
  const d = source.charCodeAt(i);
  if (c === 48 && (d === 120 || d === 98 || d === 111) && isBaseDigit(source.charCodeAt(i + 1), d)) {
    i += 2;
    while (isBaseDigit(source.charCodeAt(i), d) || (source.charCodeAt(i) === 95 && isBaseDigit(source.charCodeAt(i + 1), d))) i++;
    push(T.INTEGER, flag, start, i);
    return i;
  }
  i = digitsEnd(source, i);
  if (source.charCodeAt(i) !== 46 || !isDigit(source.charCodeAt(i + 1))) {
    push(T.INTEGER, flag, start, i);
    return i;
  }
  i = digitsEnd(source, i + 2);
  const e = source.charCodeAt(i);
  if (e === 101 || e === 69) {
    const sign = source.charCodeAt(i + 1);
    const digits = sign === 43 || sign === 45 ? i + 2 : i + 1;
    if (isDigit(source.charCodeAt(digits))) i = digitsEnd(source, digits + 1);
  }
  push(T.FLOAT, flag, start, i);
  return i;
}

function digitsEnd(source: string, i: number): number {
  for (;;) {
    const c = source.charCodeAt(i);
    if (isDigit(c)) i++;
    else if (c === 95 && isDigit(source.charCodeAt(i + 1))) i += 2;
    else return i;
  }
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

/** `base` is the letter after the zero: `x`, `b` or `o`. */
function isBaseDigit(c: number, base: number): boolean {
  if (base === 98) return c === 48 || c === 49;
  if (base === 111) return c >= 48 && c <= 55;
  return isDigit(c) || (c >= 97 && c <= 102) || (c >= 65 && c <= 70);
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
  if (count > 0 && kinds[count - 1] === T.DOT && kind !== T.DOT && kind !== T.ARROW && kind !== T.ASSOC && kind !== T.STEP) {
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
  if (count === 0 || kinds[count - 1] !== T.IDENT || ends[count - 1] === at) return false;
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
    depth++;
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

/** Returns 0 where no sigil begins. */
function readSigil(source: string, start: number, flag: number): number {
  let i = start + 1;
  const c = source.charCodeAt(i);
  const upper = c >= 65 && c <= 90;
  if (!upper && !(c >= 97 && c <= 122)) return 0;
  i++;
  if (upper) while (classes[source.charCodeAt(i)]! & (UPPER | DIGIT)) i++;
  const quote = source.charCodeAt(i);
  const terminator = sigilTerminator(quote);
  if (terminator === 0) return 0;
  const heredoc = (quote === 34 || quote === 39) && source.charCodeAt(i + 1) === quote && source.charCodeAt(i + 2) === quote;
  return readText(source, start, heredoc ? i + 3 : i + 1, terminator, heredoc, !upper, T.SIGIL, flag);
}

function sigilTerminator(quote: number): number {
  switch (quote) {
    case 40:
      return 41;
    case 91:
      return 93;
    case 123:
      return 125;
    case 60:
      return 62;
    case 34:
    case 39:
    case 47:
    case 124:
      return quote;
    default:
      return 0;
  }
}

function readQuote(source: string, start: number, quote: number, flag: number): number {
  const triple = source.charCodeAt(start + 1) === quote && source.charCodeAt(start + 2) === quote;
  if (count > 0 && kinds[count - 1] === T.DOT) return readQuotedCall(source, start, quote, flag);
  if (triple) return readText(source, start, start + 3, quote, true, true, quote === 34 ? T.HEREDOC : T.CHARLIST_HEREDOC, flag);
  return readText(source, start, start + 1, quote, false, true, quote === 34 ? T.STRING : T.CHARLIST, flag);
}

function readQuotedCall(source: string, start: number, quote: number, flag: number): number {
  let end = scan(source, start + 1, quote, false, false);
  if (repairing) end = cutText(source, start + 1, end, false, indentationAt(source, lineBegin));
  const closed = scanned.stop !== AT_END;
  const escaped = scanned.escaped ? T.ESCAPED : 0;
  const after = closed ? end + 1 : end;
  const next = source.charCodeAt(after);
  const kind = next === 40 ? T.IDENT_PAREN : next === 91 ? T.IDENT_BRACKET : T.IDENT;
  push(kind, flag | T.QUOTED | escaped | (closed ? 0 : T.UNTERMINATED), start, after);
  return after;
}

/** A text whose delimiter stands at `start` and whose content begins at `body`. */
function readText(
  source: string,
  start: number,
  body: number,
  terminator: number,
  heredoc: boolean,
  interpolates: boolean,
  kind: number,
  flag: number,
): number {
  let stop = scan(source, body, terminator, heredoc, interpolates);
  const indentation = repairing ? indentationAt(source, lineBegin) : 0;
  if (repairing) stop = cutText(source, body, stop, heredoc, indentation);
  if (scanned.escaped) flag |= T.ESCAPED;
  if (scanned.stop === AT_INTERPOLATION) {
    const begin = count;
    push(kind, flag | T.INTERPOLATED, start, body);
    if (stop > body) push(T.TEXT, scanned.escaped ? T.ESCAPED : 0, body, stop);
    push(T.INTERPOLATION_OPEN, 0, stop, stop + 2);
    openTexts.push({ begin, terminator, heredoc, depth, indentation });
    depth = 0;
    return stop + 2;
  }
  if (scanned.stop === AT_END) {
    push(kind, flag | T.UNTERMINATED, start, stop);
    return stop;
  }
  const end = textEnd(source, stop, heredoc, kind);
  if (isQuotedKeyword(source, end, kind)) {
    push(T.QUOTED_KEYWORD, flag, start, end + 1);
    return end + 1;
  }
  push(kind, flag, start, end);
  return end;
}

/** After the terminator at `stop` and a sigil's modifiers. */
function textEnd(source: string, stop: number, heredoc: boolean, kind: number): number {
  let end = heredoc ? stop + 3 : stop + 1;
  if (kind === T.SIGIL) while ((classes[source.charCodeAt(end)]! & (LOWER | UPPER | DIGIT)) !== 0 && source.charCodeAt(end) !== 95) end++;
  return end;
}

function isQuotedKeyword(source: string, end: number, kind: number): boolean {
  return (kind === T.STRING || kind === T.CHARLIST) && isKeywordColon(source, end);
}

/**
 * `scanText`. While repairing, a text that was cut is followed by others that run to the same place: that place is remembered, for each kind
 * of text, rather than looked for again.
 */
function scan(source: string, from: number, terminator: number, heredoc: boolean, interpolates: boolean): number {
  if (!repairing) return scanText(source, from, terminator, heredoc, interpolates);
  const key = terminator * 4 + (heredoc ? 2 : 0) + (interpolates ? 1 : 0);
  const known = reached.get(key);
  if (known !== undefined && from >= known.from && from <= known.end) {
    scanned.stop = known.stop;
    scanned.escaped = known.escaped;
    return known.end;
  }
  const end = scanText(source, from, terminator, heredoc, interpolates);
  reached.set(key, { from, end, stop: scanned.stop, escaped: scanned.escaped });
  return end;
}

/** While repairing: cuts a text before a landmark that it runs over, and says so in `scanned`. */
function cutText(source: string, from: number, stop: number, heredoc: boolean, indentation: number): number {
  const cut = findCut(landmarks, from, stop, indentation);
  if (cut < 0) return stop;
  scanned.stop = AT_END;
  // Only a heredoc is meant to have lines.
  return heredoc ? cut : source.indexOf("\n", from);
}

/** The `}` that ends an interpolation: the text goes on after it. */
function closeInterpolation(source: string, at: number, flag: number): number {
  push(T.INTERPOLATION_CLOSE, flag, at, at + 1);
  const text = openTexts[openTexts.length - 1]!;
  const from = at + 1;
  const kind = kinds[text.begin]!;
  let stop = scan(source, from, text.terminator, text.heredoc, true);
  if (repairing) stop = cutText(source, from, stop, text.heredoc, text.indentation);
  if (stop > from) push(T.TEXT, scanned.escaped ? T.ESCAPED : 0, from, stop);
  if (scanned.stop === AT_INTERPOLATION) {
    push(T.INTERPOLATION_OPEN, 0, stop, stop + 2);
    return stop + 2;
  }
  depth = text.depth;
  openTexts.pop();
  if (scanned.stop === AT_END) {
    push(T.STRING_END, T.UNTERMINATED, stop, stop);
    return stop;
  }
  let end = textEnd(source, stop, text.heredoc, kind);
  if (isQuotedKeyword(source, end, kind)) {
    kinds[text.begin] = T.QUOTED_KEYWORD;
    end++;
  }
  push(T.STRING_END, 0, stop, end);
  return end;
}

/** While repairing, at the beginning of a line: ends the interpolations that a landmark shows to be unfinished. */
function closeTextsBefore(source: string, line: number): void {
  let i = line;
  while (isHorizontalSpace(source.charCodeAt(i))) i++;
  if (!isLandmark(source, i)) return;
  while (openTexts.length > 0 && i - line <= openTexts[openTexts.length - 1]!.indentation) closeText(line);
}

function closeText(at: number): void {
  push(T.INTERPOLATION_CLOSE, 0, at, at);
  push(T.STRING_END, T.UNTERMINATED, at, at);
  depth = openTexts.pop()!.depth;
}
