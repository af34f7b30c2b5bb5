/** Strings, heredocs, sigils and quoted names as tokens, and the interpolations that are open. */

import { kindOf, previousIs, push, setKind, tokenCount } from "../token-buffer.ts";
import { classes, DIGIT, isHorizontalSpace, isKeywordColon, LOWER, UPPER } from "./characters.ts";
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

/** Open interpolations: the token that began the text, its terminator, whether it is a heredoc, and the braces open around it. */
let openTexts: { begin: number; terminator: number; heredoc: boolean; depth: number; indentation: number }[] = [];
let depth = 0;
let repairing = false;
/** While repairing: the source's landmarks, the beginning of the current line, and how far the last text of each kind went. */
let landmarks: Landmarks = { breaks: [], indentations: [] };
let lineBegin = 0;
const reached = new Map<number, { from: number; end: number; stop: number; escaped: boolean }>();

/** Begins a source. */
export function resetTexts(source: string, repair: boolean): void {
  depth = 0;
  openTexts = [];
  repairing = repair;
  if (!repair) return;
  landmarks = findLandmarks(source);
  lineBegin = 0;
  reached.clear();
}

/** A `{` was read. */
export function openBrace(): void {
  depth++;
}

/** A `}` was read: whether it ends an interpolation. */
export function closeBrace(): boolean {
  if (depth === 0) return openTexts.length > 0;
  depth--;
  return false;
}

/** A line begins, outside of texts. */
export function beginLine(source: string, at: number): void {
  if (!repairing) return;
  lineBegin = at;
  if (openTexts.length > 0) closeTextsBefore(source, at);
}

/** The source ends: so do all texts. */
export function closeTexts(at: number): void {
  while (openTexts.length > 0) closeText(at);
}

/** Returns 0 where no sigil begins. */
export function readSigil(source: string, start: number, flag: number): number {
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

export function readQuote(source: string, start: number, quote: number, flag: number): number {
  const triple = source.charCodeAt(start + 1) === quote && source.charCodeAt(start + 2) === quote;
  if (previousIs(T.DOT)) return readQuotedCall(source, start, quote, flag);
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
export function readText(
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
    const begin = tokenCount();
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
export function closeInterpolation(source: string, at: number, flag: number): number {
  push(T.INTERPOLATION_CLOSE, flag, at, at + 1);
  const text = openTexts[openTexts.length - 1]!;
  const from = at + 1;
  const kind = kindOf(text.begin);
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
    setKind(text.begin, T.QUOTED_KEYWORD);
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
