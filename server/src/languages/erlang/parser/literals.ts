/** Atoms, numbers, characters and strings as values. */
import { detach, internName } from "../../names.ts";
import type { AtomNode, Node, NumberNode, StringNode } from "../ast.ts";
import { escapeEnd } from "../lexer-texts.ts";
import * as T from "../tokens.ts";
import type { Cursor } from "./cursor.ts";
import { readMacro } from "./macros.ts";

/** The atom of a token, without its quotes. */
export function atomText(p: Cursor, token: number): string {
  const flag = p.flags[token]!;
  if ((flag & T.QUOTED) === 0) return p.text(token);
  const end = p.ends[token]! - ((flag & T.UNTERMINATED) === 0 ? 1 : 0);
  if ((flag & T.ESCAPED) === 0) return internName(p.source, p.starts[token]! + 1, end);
  return readEscapes(p.source.slice(p.starts[token]! + 1, end));
}

export function readAtom(p: Cursor): AtomNode {
  const token = p.at;
  p.advance();
  return { kind: "atom", start: p.starts[token]!, end: p.ends[token]!, value: atomText(p, token) };
}

export function readNumber(p: Cursor): NumberNode {
  const start = p.start;
  const end = p.ends[p.at]!;
  const value = p.kind === T.CHAR ? characterValue(p.source, start, end) : numberValue(p.source.slice(start, end));
  p.advance();
  return { kind: "number", start, end, value };
}

function numberValue(text: string): number {
  const digits = text.includes("_") ? text.replaceAll("_", "") : text;
  const hash = digits.indexOf("#");
  return hash < 0 ? Number(digits) : Number.parseInt(digits.slice(hash + 1), Number(digits.slice(0, hash)));
}

function characterValue(source: string, start: number, end: number): number {
  if (source.charCodeAt(start + 1) !== 92) return source.codePointAt(start + 1) ?? 0;
  return readEscapes(source.slice(start + 1, end)).codePointAt(0) ?? 0;
}

/** Strings and macros side by side; the first token is a string, or `first` a macro before one. */
export function readStrings(p: Cursor, first: Node | null): StringNode {
  const start = first ? first.start : p.start;
  const parts: (string | Node)[] = first ? [first] : [];
  let binary = false;
  while (p.kind === T.STRING || p.kind === T.MACRO) {
    if (p.kind === T.STRING) {
      binary ||= p.source.charCodeAt(p.start) === 126;
      parts.push(stringText(p));
      p.advance();
    } else parts.push(readMacro(p));
  }
  return { kind: "string", start, end: p.previousEnd, parts, binary };
}

function stringText(p: Cursor): string {
  const flag = p.flags[p.at]!;
  const start = p.start;
  const end = p.ends[p.at]!;
  if ((flag & T.SPECIAL_STRING) !== 0) return specialText(p.source.slice(start, end));
  const last = end - ((flag & T.UNTERMINATED) === 0 ? 1 : 0);
  if ((flag & T.ESCAPED) === 0) return detach(p.source.slice(start + 1, last));
  return readEscapes(p.source.slice(start + 1, last));
}

/** Of a sigil or triple-quoted string what stands between its delimiters. */
function specialText(text: string): string {
  const triple = /^(?:~\w*)?("{3,})[^\n]*\n/.exec(text);
  if (!triple) return text.replace(/^~\w*./, "").slice(0, -1);
  const lines = text.slice(triple[0].length).split("\n");
  const indentation = /^[ \t]*/.exec(lines.pop() ?? "")?.[0] ?? "";
  return lines.map((line) => (line.startsWith(indentation) ? line.slice(indentation.length) : line)).join("\n");
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", s: " ", b: "\b", v: "\v", f: "\f", e: "\x1b", d: "\x7f" };

/** A text with its escapes read; a malformed one stands for itself. */
function readEscapes(text: string): string {
  let result = "";
  let from = 0;
  for (let at = text.indexOf("\\"); at >= 0; at = text.indexOf("\\", from)) {
    result += text.slice(from, at);
    from = Math.min(escapeEnd(text, at + 1), text.length);
    result += escaped(text.slice(at + 1, from));
  }
  return result + text.slice(from);
}

function escaped(sequence: string): string {
  const first = sequence.charAt(0);
  if (first === "x") return fromCode(Number.parseInt(sequence.replace(/[x{}]/g, ""), 16));
  if (first === "^") return fromCode(sequence.charCodeAt(1) & 31);
  if (first >= "0" && first <= "7") return fromCode(Number.parseInt(sequence, 8));
  if (first === "\n") return "";
  return ESCAPES[first] ?? sequence;
}

function fromCode(code: number): string {
  return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
}
