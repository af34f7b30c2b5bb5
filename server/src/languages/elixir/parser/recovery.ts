/** What the parser does where the source is broken. Everything here goes forward: no token is read twice. */
import type { BrokenNode } from "../ast.ts";
import { indentationAt, isLandmark } from "../lexer-strings.ts";
import * as T from "../tokens.ts";
import { BRACKET_DEPTH, type Cursor, type Frame } from "./cursor.ts";
import * as make from "./nodes.ts";

const opens = new Uint8Array(T.KINDS);
for (const kind of [T.PAREN_OPEN, T.BRACKET_OPEN, T.BRACE_OPEN, T.BITS_OPEN, T.MAP_OPEN, T.FN, T.DO, T.INTERPOLATION_OPEN]) opens[kind] = 1;
const closes = new Uint8Array(T.KINDS);
for (const kind of [T.PAREN_CLOSE, T.BRACKET_CLOSE, T.BRACE_CLOSE, T.BITS_CLOSE, T.END, T.INTERPOLATION_CLOSE]) closes[kind] = 1;

/** Opens a construct that begins at `token`: `block` if `end` closes it. */
export function enter(p: Cursor, token: number, closer: number): void {
  p.open[closer]!++;
  p.depth += BRACKET_DEPTH;
  if (!p.repair) return;
  p.frames.push({ indentation: p.indentations[token]!, column: p.columns[token]!, block: closer === T.END, flat: false });
}

export function leave(p: Cursor, closer: number): void {
  p.open[closer]!--;
  p.depth -= BRACKET_DEPTH;
  if (p.repair) p.frames.pop();
}

/** While repairing: whether the current token begins a line that shows that the innermost open construct was never closed. */
export function leftBehind(p: Cursor): boolean {
  if (!p.repair || p.frames.length === 0 || !p.onNewLine) return false;
  const frame = p.frames[p.frames.length - 1]!;
  const column = p.columns[p.at]!;
  if (frame.flat || column > frame.indentation || p.kind === T.EOF) return false;
  if (p.kind === T.END) return frame.block && column < frame.indentation && outerBlockAt(p, column);
  return isLandmark(p.source, p.start);
}

/**
 * Whether a definition on the next line, no deeper than the line before, stands where an operand or value is expected: `x =` is unfinished,
 * though Elixir would take the definition for the value.
 */
export function definitionFollows(p: Cursor): boolean {
  if (!p.onNewLine || p.at === 0 || !isLandmark(p.source, p.start)) return false;
  const column = p.start - p.source.lastIndexOf("\n", p.start - 1) - 1;
  const line = p.source.lastIndexOf("\n", p.starts[p.at - 1]!) + 1;
  return column <= indentationAt(p.source, line);
}

/** Whether a block further out could be closed by an `end` at this column. */
function outerBlockAt(p: Cursor, column: number): boolean {
  for (let i = p.frames.length - 2; i >= 0; i--) {
    const frame = p.frames[i]!;
    if (frame.block) return frame.indentation >= column || frame.column >= column;
  }
  return false;
}

/** While repairing: whether the current `end` is indented deeper than the innermost block, so that it must have closed something lost. */
export function isStrayEnd(p: Cursor): boolean {
  if (!p.repair || !p.onNewLine) return false;
  const frame = innermostBlock(p);
  if (frame === null || frame.flat) return false;
  const column = p.columns[p.at]!;
  return column > frame.indentation && column !== frame.column;
}

function innermostBlock(p: Cursor): Frame | null {
  for (let i = p.frames.length - 1; i >= 0; i--) if (p.frames[i]!.block) return p.frames[i]!;
  return null;
}

/** While repairing: whether a new line in brackets, without a comma before it, is no deeper than the line that opened them. */
export function lineLeavesBrackets(p: Cursor): boolean {
  if (!p.repair || p.frames.length === 0 || !p.onNewLine) return false;
  return p.columns[p.at]! <= p.frames[p.frames.length - 1]!.indentation;
}

/** Marks a block whose first line is not indented: its definitions cannot be told from those after it. */
export function noteBodyIndentation(p: Cursor, definition: boolean): void {
  if (!p.repair || definition || p.frames.length === 0) return;
  const frame = p.frames[p.frames.length - 1]!;
  if (p.onNewLine && p.kind !== T.END && p.columns[p.at]! <= frame.indentation) frame.flat = true;
}

/** Skips what is nested too deeply: to the end of the line or part, with all that is open in it. Takes at least one token unless at a stop. */
export function skipDeep(p: Cursor): BrokenNode {
  const start = p.start;
  p.problem(start, p.ends[p.at]!, "This is nested too deeply to be read.");
  let nesting = 0;
  const first = p.at;
  while (p.kind !== T.EOF) {
    const kind = p.kind;
    if (nesting === 0 && p.at > first && (kind === T.COMMA || kind === T.SEMICOLON || p.onNewLine)) break;
    if (closes[kind] === 1) {
      if (nesting === 0) break;
      nesting--;
    } else if (opens[kind] === 1) nesting++;
    p.advance();
  }
  return make.broken(start, Math.max(start, p.previousEnd), []);
}
