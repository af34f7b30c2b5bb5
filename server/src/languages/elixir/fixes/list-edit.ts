/** Puts items into literal lists and takes them out, in the layout that the formatter gives them. Pure. */
import type { TextEdit } from "../../../model/fix.ts";
import type { ListNode, Node } from "../ast.ts";
import { contains, type Source, type Span } from "./source.ts";

/** The formatter's default line length. */
const lineLength = 98;

/** `before`: the item that must stay behind the new one, or null to append it. `text` is one line. */
export function insertItem(source: Source, list: ListNode, text: string, before: Node | null = null): readonly TextEdit[] | null {
  const items = list.items;
  const last = items.at(-1);
  if (last === undefined) return insertFirst(source, list, text);
  const isMultiLine = source.lineStart(list.start) !== source.lineStart(last.start);
  if (isMultiLine) {
    const next = before === null ? -1 : items.indexOf(before);
    const previous = next > 0 ? items[next - 1] : undefined;
    if (previous !== undefined && endsItsLine(source, previous, items[next] as Node)) {
      const end = source.lineEnd(previous.end);
      return [insertion(end, `${source.eol}${source.indentOf(previous.start)}${text},`)];
    }
    const end = source.lineEnd(last.end);
    if (contains({ start: last.end, end }, { start: list.end - 1, end: list.end })) return [insertion(last.end, `, ${text}`)];
    return [insertion(last.end, ","), insertion(end, `${source.eol}${source.indentOf(last.start)}${text}`)];
  }
  const fits = source.lineEnd(last.end) - source.lineStart(last.end) + text.length + 2 <= lineLength;
  return fits ? [insertion(last.end, `, ${text}`)] : unfold(source, list, text);
}

function insertion(at: number, text: string): TextEdit {
  return { start: at, end: at, text };
}

function insertFirst(source: Source, list: ListNode, text: string): readonly TextEdit[] {
  const inside = { start: list.start + 1, end: list.end - 1 };
  const comment = source.commentsIn(inside).at(-1);
  if (comment !== undefined) return [insertion(comment.end, `${source.eol}${source.indentOf(comment.start)}${text}`)];
  return [{ ...inside, text }];
}

/** Whether the comma behind an item is in its line, and the next item in a later one. */
function endsItsLine(source: Source, item: Node, next: Node): boolean {
  const end = source.lineEnd(item.end);
  return end < next.start && /^\s*,\s*(#.*)?$/.test(source.text.slice(item.end, end));
}

/** A list that would be too long for its line, one item a line. */
function unfold(source: Source, list: ListNode, text: string): readonly TextEdit[] | null {
  if (source.commentsIn(list).length > 0 || list.items.some((item) => source.textOf(item).includes("\n"))) return null;
  const outer = source.indentOf(list.start);
  const lines = [...list.items.map((item) => source.textOf(item)), text].map((item) => `${outer}  ${item}`);
  return [{ start: list.start, end: list.end, text: `[${source.eol}${lines.join(`,${source.eol}`)}${source.eol}${outer}]` }];
}

/** Comments in the lines of the item go with it, others stay. Null where lines are shared in a way that is not understood. */
export function removeItem(source: Source, list: ListNode, item: Node): readonly TextEdit[] | null {
  const at = list.items.indexOf(item);
  if (at < 0) return null;
  const [previous, next] = [list.items[at - 1], list.items[at + 1]];
  if (previous === undefined && next === undefined)
    return [{ start: item.start, end: item.end, text: "" }].map((edit) => widen(source, list, edit));
  const ownLines = source.startsLine(item.start);
  if (next !== undefined) {
    const end = ownLines && endsItsLine(source, item, next) ? nextLine(source, item.end) : next.start;
    const start = ownLines && end !== next.start ? source.lineStart(item.start) : item.start;
    return source.commentsIn({ start: item.end, end: next.start }).length > 0 && end === next.start ? null : [{ start, end, text: "" }];
  }
  const before = previous as Node;
  const comma = source.text.indexOf(",", before.end);
  if (!ownLines) return [{ start: before.end, end: item.end, text: "" }];
  if (
    source.commentsIn({ start: before.end, end: comma }).length > 0 ||
    !/^[ \t]*(#.*)?\r?$/.test(source.text.slice(item.end, source.lineEnd(item.end)))
  )
    return null;
  return [
    { start: comma, end: comma + 1, text: "" },
    { start: source.lineStart(item.start), end: nextLine(source, item.end), text: "" },
  ];
}

function nextLine(source: Source, offset: number): number {
  return Math.min(source.text.indexOf("\n", offset) + 1 || source.text.length, source.text.length);
}

/** The only item of a list leaves `[]` behind, unless a comment stays in it. */
function widen(source: Source, list: ListNode, edit: TextEdit): TextEdit {
  return source.commentsIn(list).length > 0 ? edit : { ...edit, start: list.start + 1, end: list.end - 1 };
}

/** Takes whole lines out of a sequence of expressions, and a blank line that would be one too many then. */
export function removeLines(source: Source, span: Span): TextEdit {
  const start = source.lineStart(span.start);
  const end = nextLine(source, span.end);
  const after = /^[ \t]*\r?\n/.exec(source.text.slice(end))?.[0].length ?? 0;
  const above = source.text.slice(source.lineStart(Math.max(start - 1, 0)), start);
  return { start, end: /^\s*$|\bdo\s*$|->\s*$/.test(above) ? end + after : end, text: "" };
}
