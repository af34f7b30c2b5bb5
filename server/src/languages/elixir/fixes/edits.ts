/** Makes sure of what a fix leaves behind. Pure. */
import type { TextEdit } from "../../../model/fix.ts";
import { parseElixir } from "../parser/parser.ts";

/** The text with the edits made; null where two of them overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string | null {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let result = "";
  let at = 0;
  for (const edit of sorted) {
    if (edit.start < at) return null;
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Whether the edits can be made, change something, and leave source without a syntax error. */
export function leavesValidSource(text: string, edits: readonly TextEdit[]): boolean {
  const result = applyEdits(text, edits);
  return result !== null && result !== text && parseElixir(result).problems.length === 0;
}
