/** Takes definitions out of a module, with what stands above them for them, and the blank lines that would be too many then. Pure. */
import type { TextEdit } from "../../../model/fix.ts";
import type { Node } from "../ast.ts";
import type { Answer } from "./client.ts";
import { applyEdits } from "./edits.ts";
import type { Module } from "./modules.ts";
import type { Source, Span } from "./source.ts";

const leading: ReadonlySet<string> = new Set(["impl", "doc", "spec", "deprecated", "since"]);

/** From the first of the attributes and comments that belong to a definition to its end. */
export function withLead(source: Source, { items }: Module, node: Node): Span {
  let start = node.start;
  for (let index = items.indexOf(node) - 1; index >= 0; index--) {
    const item = items[index] as Node;
    if (!isLeading(item)) break;
    start = item.start;
  }
  return { start: startOfComments(source, start), end: node.end };
}

function isLeading(node: Node): boolean {
  return node.kind === "unary" && node.operator === "@" && node.operand.kind === "call" && leading.has(node.operand.name);
}

/** Where the comments begin that stand in the lines right above. */
export function startOfComments(source: Source, offset: number): number {
  let start = offset;
  for (let line = source.lineStart(start); line > 0; ) {
    line = source.lineStart(line - 1);
    const first = line + source.indentOf(line).length;
    if (source.text[first] !== "#") break;
    start = first;
  }
  return start;
}

/**
 * A client function gets another text, and the comments that stood above the clauses in it. Several lines stand apart from their neighbors, as these
 * are after the `removals`.
 */
export function replaceClient(
  source: Source,
  module: Module,
  { start, end }: Span,
  { text, used }: Answer,
  removals: readonly TextEdit[],
): TextEdit {
  const { eol } = source;
  const indent = source.indentOf(start);
  const comments = used.flatMap(({ node }) => source.commentsIn({ start: withLead(source, module, node).start, end: node.start }));
  const whole = [...comments.map((comment) => comment.text), text].join(`${eol}${indent}`);
  if (!whole.includes("\n") || !source.startsLine(start)) return { start, end, text: whole };
  const [from, to] = [source.lineStart(start), source.lineEnd(end)];
  const above =
    applyEdits(
      source.text.slice(0, from),
      removals.filter((one) => one.end <= from),
    ) ?? "";
  const later = removals.filter((one) => one.start >= to).map((one) => ({ ...one, start: one.start - to, end: one.end - to }));
  const below = applyEdits(source.text.slice(to), later) ?? "";
  const before = /(^|\n[ \t]*|\bdo|\n[ \t]*[@#][^\n]*)\r?\n$/.test(above) ? "" : eol;
  const after = /^\r?\n[ \t]*(\r?\n|end\b|$)/.test(below) ? "" : eol;
  return { start: from, end, text: `${before}${indent}${whole}${after}` };
}

/** A comment in the last line of a span goes with it. Null where one of the spans shares a line with something else. */
export function removeSpans(source: Source, spans: readonly Span[]): readonly TextEdit[] | null {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const rest = source.text.slice(end, source.lineEnd(end));
    if (!source.startsLine(start) || !/^[ \t]*(#.*)?$/.test(rest)) return null;
    const last = merged.at(-1);
    if (last !== undefined && /^\s*$/.test(source.text.slice(last.end, start))) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged.map((span) => removeRegion(source, span));
}

/** Whole lines, with the blank lines on the one side where they would be one too many. */
function removeRegion({ text, lineStart, lineEnd }: Source, { start, end }: Span): TextEdit {
  const from = lineStart(start);
  const to = Math.min(text.indexOf("\n", lineEnd(end)) + 1 || text.length, text.length);
  const above = text.slice(0, from);
  const below = text.slice(to);
  const blankBelow = /^(?:[ \t]*\r?\n)*/.exec(below)?.[0].length ?? 0;
  const blankAbove = /(?:\r?\n)((?:[ \t]*\r?\n)*)$/.exec(above)?.[1]?.length ?? 0;
  if (/^[ \t]*end\b/.test(below.slice(blankBelow))) return { start: from - blankAbove, end: to + blankBelow, text: "" };
  const opens = blankAbove > 0 || /\bdo[ \t]*\r?\n$/.test(above) || from === 0;
  return { start: from, end: opens ? to + blankBelow : to, text: "" };
}
