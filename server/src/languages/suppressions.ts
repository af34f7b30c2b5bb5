/** `<comment mark> process-topology: allow <rule> -- why`, in any language. */
import type { Suppression } from "../model/facts.ts";
import { lineOf } from "../text/line-index.ts";

/** What a comment says, with its marks. */
export interface CommentText {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const SUPPRESSION = /^\s*process-topology:\s*allow\s+([\w-]+)\s*(?:--\s*(.*?))?\s*$/;

/** `mark` starts comments. A comment alone on its line covers the next line that has code; behind code it covers its own line. */
export function readSuppressions(comments: readonly CommentText[], mark: string, text: string, lineStarts: Int32Array): Suppression[] {
  const found: Suppression[] = [];
  const isBlank = (line: number): boolean => {
    const content = text.slice(lineStarts[line], lineStarts[line + 1] ?? text.length).trim();
    return content === "" || content.startsWith(mark);
  };
  for (const comment of comments) {
    if (!comment.text.includes("process-topology")) continue;
    let marks = 0;
    while (comment.text.startsWith(mark, marks)) marks += mark.length;
    const match = SUPPRESSION.exec(comment.text.slice(marks));
    if (!match) continue;
    let line = lineOf(lineStarts, comment.start);
    const alone = text.slice(lineStarts[line], comment.start).trim() === "";
    if (alone)
      do line++;
      while (line < lineStarts.length && isBlank(line));
    const coversFrom = lineStarts[line] ?? text.length;
    found.push({
      rule: match[1],
      reason: match[2] || null,
      start: comment.start,
      end: comment.end,
      coversFrom,
      coversTo: lineStarts[line + 1] ?? text.length,
    });
  }
  return found;
}
