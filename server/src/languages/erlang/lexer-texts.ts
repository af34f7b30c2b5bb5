/** Strings, characters, quoted atoms, sigils and triple-quoted strings (OTP 27) of Erlang. */
import { push } from "../token-buffer.ts";
import { classOf, DIGIT, GREAT, SMALL } from "./characters.ts";
import { readPunctuation } from "./lexer-operators.ts";
import * as T from "./tokens.ts";

const QUOTE = 34;
const BACKSLASH = 92;

export function readString(source: string, start: number, flag: number): number {
  if (source.startsWith('"""', start)) {
    const end = tripleEnd(source, start);
    if (end > 0) {
      push(T.STRING, flag | T.SPECIAL_STRING, start, end);
      return end;
    }
  }
  return readDelimited(source, start, QUOTE, T.STRING, flag);
}

export function readQuotedAtom(source: string, start: number, flag: number): number {
  return readDelimited(source, start, 39, T.ATOM, flag | T.QUOTED);
}

function readDelimited(source: string, start: number, close: number, kind: number, flag: number): number {
  let i = start + 1;
  let marks = flag;
  for (;;) {
    const c = source.charCodeAt(i);
    if (c === close) break;
    if (c === BACKSLASH) {
      marks |= T.ESCAPED;
      i++;
    } else if (i >= source.length) {
      push(kind, marks | T.UNTERMINATED, start, source.length);
      return source.length;
    }
    i++;
  }
  push(kind, marks, start, i + 1);
  return i + 1;
}

/** The end of a string in three or more quotes, which open at the end of a line and close at the start of one; 0 where it is none. */
function tripleEnd(source: string, start: number): number {
  let open = start;
  while (source.charCodeAt(open) === QUOTE) open++;
  let i = open;
  while (source.charCodeAt(i) === 32 || source.charCodeAt(i) === 9 || source.charCodeAt(i) === 13) i++;
  if (source.charCodeAt(i) !== 10) return 0;
  const quotes = source.slice(start, open);
  for (let line = i + 1; line > 0 && line <= source.length; line = source.indexOf("\n", line) + 1) {
    let at = line;
    while (source.charCodeAt(at) === 32 || source.charCodeAt(at) === 9) at++;
    if (source.startsWith(quotes, at)) return at + quotes.length;
    if (source.indexOf("\n", line) < 0) break;
  }
  return source.length;
}

const CLOSING: ReadonlyMap<number, number> = new Map([
  [40, 41],
  [91, 93],
  [123, 125],
  [60, 62],
]);

/** `~b"…"`, `~S[…]`, `~"""…"""`: a great letter leaves backslashes alone. */
export function readSigil(source: string, start: number, flag: number): number {
  let i = start + 1;
  const letter = classOf(source.charCodeAt(i));
  const raw = (letter & GREAT) !== 0;
  while ((classOf(source.charCodeAt(i)) & (SMALL | GREAT)) !== 0) i++;
  if (source.startsWith('"""', i)) {
    const end = tripleEnd(source, i);
    if (end > 0) {
      push(T.STRING, flag | T.SPECIAL_STRING, start, end);
      return end;
    }
  }
  const open = source.charCodeAt(i);
  if (Number.isNaN(open) || open <= 32) return readPunctuation(source, start, 126, flag);
  const close = CLOSING.get(open) ?? open;
  i++;
  for (let c = source.charCodeAt(i); c !== close && i < source.length; c = source.charCodeAt(i)) i += c === BACKSLASH && !raw ? 2 : 1;
  const end = Math.min(i + 1, source.length);
  push(T.STRING, flag | T.SPECIAL_STRING, start, end);
  return end;
}

/** `$a`, `$\n`, `$\x{1F600}`, `$\^A`, `$\123`. */
export function readCharacter(source: string, start: number, flag: number): number {
  const end = Math.min(
    source.charCodeAt(start + 1) === BACKSLASH ? escapeEnd(source, start + 2) : plainEnd(source, start + 1),
    source.length,
  );
  push(T.CHAR, flag, start, end);
  return end;
}

function plainEnd(source: string, at: number): number {
  const c = source.charCodeAt(at);
  return at + (c >= 0xd800 && c < 0xdc00 ? 2 : 1);
}

/** The end of what follows a backslash. */
export function escapeEnd(source: string, at: number): number {
  const c = source.charCodeAt(at);
  if (c === 120) {
    if (source.charCodeAt(at + 1) !== 123) return at + 3;
    const close = source.indexOf("}", at);
    return close < 0 ? source.length : close + 1;
  }
  if (c === 94) return at + 2;
  if (c < 48 || c > 55) return plainEnd(source, at);
  let i = at;
  while (i < at + 3 && (classOf(source.charCodeAt(i)) & DIGIT) !== 0) i++;
  return i;
}
