/** The text of a file and its syntax tree, with what fixes ask of them: lines, indentation, what stands around an offset. Pure. */
import type { Comment, Node, SyntaxTree } from "../ast.ts";
import { parseElixir } from "../parser/parser.ts";
import { walk } from "../walk.ts";

export interface Source {
  readonly file: string;
  readonly text: string;
  readonly tree: SyntaxTree;
  /** What ends its lines. */
  readonly eol: "\n" | "\r\n";
  textOf(node: Span): string;
  /** The offset at which the line of an offset begins. */
  lineStart(offset: number): number;
  /** The offset of the line break that ends the line of an offset, or the end of the text. */
  lineEnd(offset: number): number;
  /** The white space at the start of the line of an offset. */
  indentOf(offset: number): string;
  /** Whether only white space stands before it in its line. */
  startsLine(offset: number): boolean;
  /** The comments that begin in a span. */
  commentsIn(span: Span): readonly Comment[];
  /** The nodes around an offset, the outermost first; a node's end counts as inside. */
  around(offset: number): readonly Node[];
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

export function createSource(file: string, text: string): Source {
  const tree = parseElixir(text);
  const lineStart = (offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;
  const indentOf = (offset: number): string => /^[ \t]*/.exec(text.slice(lineStart(offset)))?.[0] ?? "";
  return {
    file,
    text,
    tree,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
    textOf: ({ start, end }) => text.slice(start, end),
    lineStart,
    lineEnd(offset) {
      const found = text.indexOf("\n", offset);
      if (found < 0) return text.length;
      return text[found - 1] === "\r" && found > offset ? found - 1 : found;
    },
    indentOf,
    startsLine: (offset) => lineStart(offset) + indentOf(offset).length === offset,
    commentsIn: (span) => tree.comments.filter(({ start }) => span.start <= start && start < span.end),
    around(offset) {
      const found: Node[] = [];
      walk(tree.root, (node) => {
        const holds = node.start <= offset && offset <= node.end;
        if (holds) found.push(node);
        return holds;
      });
      return found;
    },
  };
}

/** Whether every character of `inner` is in `outer`. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
