/** From offsets and span indexes to lines and columns. Pure; every input gives an answer. */
import type { FileFacts } from "../model/facts.ts";
import { lineOf } from "../text/line-index.ts";

/** Lines and columns start at 1, columns count UTF-16 code units, the end is exclusive: what the command line prints. */
export interface ResolvedPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

type Lines = Pick<FileFacts, "path" | "lineStarts" | "length">;

/** The place of a span index; one that the file does not have (the file changed since) gives the file's beginning. */
export function resolvePlace(facts: FileFacts, at: number): ResolvedPlace {
  const start = facts.spans[2 * at] ?? 0;
  return resolveRange(facts, start, facts.spans[2 * at + 1] ?? start);
}

/** The place of two offsets, which are clamped to the file. */
export function resolveRange(lines: Lines, start: number, end: number): ResolvedPlace {
  const from = positionAt(lines, start);
  const to = positionAt(lines, Math.max(start, end));
  return { file: lines.path, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

function positionAt({ lineStarts, length }: Lines, offset: number): { line: number; column: number } {
  const clamped = Math.max(0, Math.min(offset, length));
  const line = lineOf(lineStarts, clamped);
  return { line: line + 1, column: clamped - (lineStarts[line] ?? 0) + 1 };
}

/** The offset of a line and column, both from 0, clamped to the file. */
export function offsetAt({ lineStarts, length }: Lines, line: number, column: number): number {
  if (line < 0) return 0;
  const start = lineStarts[line];
  if (start === undefined) return length;
  const next = lineStarts[line + 1] ?? length;
  return Math.max(start, Math.min(start + column, next, length));
}
