/** Code that moves deeper or less deep. Pure. */
import type { Node } from "../ast.ts";
import { walk } from "../walk.ts";
import { contains, type Source, type Span } from "./source.ts";

/** The lines after the first, with more before them; blank ones stay blank. */
export function indented(text: string, by: string): string {
  return text.replaceAll(/(?<=\n)(?=[^\r\n])/g, by);
}

/** Whether white space at the beginning of its lines is layout: no text in it goes over several lines, but for heredocs, which take theirs off. */
export function isMovable(source: Source, span: Span): boolean {
  let movable = true;
  walk(source.tree.root, (node) => {
    if (contains(span, node) && isText(node)) {
      const text = source.textOf(node);
      movable &&= !text.includes("\n") || /^(~[A-Za-z]+)?("""|''')/.test(text);
    }
    return movable && node.start < span.end && node.end > span.start;
  });
  return movable;
}

function isText({ kind }: Node): boolean {
  return kind === "string" || kind === "charlist" || kind === "sigil" || kind === "quoted_atom";
}
