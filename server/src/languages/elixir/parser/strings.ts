/** Strings, charlists, heredocs, quoted atoms and keys, sigils. */

import { detach, internName } from "../../names.ts";
import type { AtomNode, CharNode, Node, SigilNode, StringNode } from "../ast.ts";
import * as T from "../tokens.ts";
import { parseBody } from "./clauses.ts";
import { type Cursor, isolated } from "./cursor.ts";
import { decodeEscapes, escapedCode, removeIndentation, unescapeTerminator } from "./escapes.ts";
import * as make from "./nodes.ts";

/** Texts as written, with the offsets of escapes unknown: `null` flags mean that nothing has to be decoded. */
interface RawParts {
  readonly parts: (string | Node)[];
  /** Where the closing delimiter begins, and the whole token's end. */
  readonly close: number;
  readonly end: number;
}

/** A string of any kind that stands for itself: not a key. */
export function parseString(p: Cursor): StringNode | AtomNode {
  const kind = p.kind;
  const start = p.start;
  const flags = p.flags[p.at]!;
  const heredoc = kind === T.HEREDOC || kind === T.CHARLIST_HEREDOC;
  const open = heredoc ? 3 : kind === T.QUOTED_ATOM ? 2 : 1;
  noteUnterminated(p, flags);
  if ((flags & T.INTERPOLATED) === 0 && !heredoc) {
    const end = p.ends[p.at]!;
    const close = kind === T.QUOTED_KEYWORD ? 2 : 1;
    const last = (flags & T.UNTERMINATED) !== 0 ? end : end - close;
    p.advance();
    const raw = internText(p.source, start + open, last);
    const text = (flags & T.ESCAPED) !== 0 ? decodeEscapes(raw) : raw;
    if (kind === T.QUOTED_ATOM || kind === T.QUOTED_KEYWORD) return make.atom(start, end, text);
    return make.string(kind === T.STRING ? "string" : "charlist", start, end, text === "" ? [] : [text]);
  }
  const raw = readParts(p, start + open, heredoc ? 3 : 1);
  const quote = p.source.charCodeAt(start);
  const parts = heredoc ? dedent(p.source, raw, quote) : raw.parts;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (typeof part === "string") parts[i] = part.includes("\\") ? decodeEscapes(part) : part;
  }
  return make.string(
    stringKind(kind),
    start,
    raw.end,
    parts.filter((part) => part !== ""),
  );
}

function stringKind(kind: number): StringNode["kind"] {
  if (kind === T.STRING || kind === T.HEREDOC) return "string";
  return kind === T.CHARLIST || kind === T.CHARLIST_HEREDOC ? "charlist" : "quoted_atom";
}

/** Short texts are often the same (`""`, keys, names of tables), long ones are not. */
function internText(source: string, start: number, end: number): string {
  return end - start < 40 ? internName(source, start, end) : detach(source.slice(start, end));
}

function noteUnterminated(p: Cursor, flags: number): void {
  if ((flags & T.UNTERMINATED) !== 0) p.problem(p.start, p.start + 1, "This text has no closing delimiter.");
}

/** Reads a text's tokens. `body` is where its content begins, `closer` the length of the closing delimiter. */
function readParts(p: Cursor, body: number, closer: number): RawParts {
  const flags = p.flags[p.at]!;
  if ((flags & T.INTERPOLATED) === 0) {
    const end = p.ends[p.at]!;
    const close = closeOf(p, flags, end, closer);
    p.advance();
    return { parts: [detach(p.source.slice(body, Math.max(body, close)))], close, end };
  }
  const parts: (string | Node)[] = [];
  p.advance();
  for (;;) {
    if (p.kind === T.TEXT) {
      parts.push(detach(p.source.slice(p.start, p.ends[p.at]!)));
      p.advance();
    } else if (p.kind === T.INTERPOLATION_OPEN) {
      p.advance();
      parts.push(isolated(p, () => parseBody(p, p.previousEnd)));
      while (p.kind !== T.INTERPOLATION_CLOSE && p.kind !== T.EOF) {
        p.unexpected("the end of the interpolation");
        p.advance();
      }
      if (p.kind === T.INTERPOLATION_CLOSE) p.advance();
    } else {
      const close = p.start;
      noteUnterminated(p, p.flags[p.at]!);
      const end = p.ends[p.at]!;
      if (p.kind === T.STRING_END) p.advance();
      return { parts, close, end };
    }
  }
}

/** Where the closing delimiter of a one-token text begins; a sigil's modifiers come after it. */
function closeOf(p: Cursor, flags: number, end: number, closer: number): number {
  if ((flags & T.UNTERMINATED) !== 0) return end;
  let close = end;
  if (p.kind === T.QUOTED_KEYWORD) close--;
  else if (p.kind === T.SIGIL) while (isModifier(p.source.charCodeAt(close - 1))) close--;
  return close - closer;
}

function isModifier(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57);
}

/** A heredoc's parts without its first line break and without the indentation of its closing delimiter. */
function dedent(source: string, raw: RawParts, quote: number): (string | Node)[] {
  let lineBegin = raw.close;
  while (lineBegin > 0 && source.charCodeAt(lineBegin - 1) !== 10) lineBegin--;
  const indentation = raw.close - lineBegin;
  const parts = raw.parts;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (typeof part !== "string") continue;
    let text = part;
    if (i === 0) text = text.slice(text.indexOf("\n") + 1);
    // The closing delimiter's own line is not part of the text.
    text = removeIndentation(text, indentation, i === 0);
    if (i === parts.length - 1) text = withoutLastIndentation(text);
    parts[i] = unescapeTerminator(text, quote, 3);
  }
  return parts;
}

function withoutLastIndentation(text: string): string {
  let end = text.length;
  while (end > 0 && (text.charCodeAt(end - 1) === 32 || text.charCodeAt(end - 1) === 9)) end--;
  return end === 0 || text.charCodeAt(end - 1) === 10 ? text.slice(0, end) : text;
}

export function parseSigil(p: Cursor): SigilNode {
  const start = p.start;
  const source = p.source;
  let i = start + 2;
  while (isModifier(source.charCodeAt(i))) i++;
  const name = internName(source, start + 1, i);
  const quote = source.charCodeAt(i);
  const heredoc = (quote === 34 || quote === 39) && source.charCodeAt(i + 1) === quote && source.charCodeAt(i + 2) === quote;
  const closer = heredoc ? 3 : 1;
  noteUnterminated(p, p.flags[p.at]!);
  const raw = readParts(p, i + closer, closer);
  const parts = heredoc ? dedent(source, raw, quote) : raw.parts;
  if (!heredoc) {
    const terminator = source.charCodeAt(raw.close);
    for (let j = 0; j < parts.length; j++) {
      const part = parts[j]!;
      if (typeof part === "string") parts[j] = unescapeTerminator(part, terminator, 1);
    }
  }
  return make.sigil(
    start,
    raw.end,
    name,
    parts.filter((part) => part !== ""),
    internName(source, Math.min(raw.end, raw.close + closer), raw.end),
  );
}

/** `?a`. */
export function parseChar(p: Cursor): CharNode {
  const start = p.start;
  const end = p.ends[p.at]!;
  p.advance();
  const escaped = p.source.charCodeAt(start + 1) === 92 && end > start + 2;
  const code = p.source.codePointAt(escaped ? start + 2 : start + 1) as number;
  return make.char(start, end, escaped ? escapedCode(code) : code);
}
