/** Allows what a finding is about, with a comment above its line. */
import type { Finding } from "../../../model/finding.ts";
import type { Fix } from "../../../model/fix.ts";
import type { FixRequest } from "../../language.ts";
import { mistakesIn, treeOf } from "./tree.ts";

const reason = "why";

/** One for each finding; none where a comment cannot stand, between the lines of a text, of an element's contents or of another comment. */
export function suppress(request: FixRequest): readonly Fix[] {
  const text = request.sourceOf(request.file);
  if (text === undefined) return [];
  return request.findings.flatMap((finding) => allow(finding, text, request) ?? []);
}

function allow(finding: Finding, text: string, { file, spanOf }: FixRequest): Fix | null {
  const at = spanOf(finding.place)?.start;
  if (at === undefined || finding.place.file !== file) return null;
  const start = text.lastIndexOf("\n", at - 1) + 1;
  if (!isBetweenTokens(file, text, start)) return null;
  const indent = /^[ \t]*/.exec(text.slice(start))?.[0] ?? "";
  const line = `${indent}// process-topology: allow ${finding.rule} -- ${reason}${text.includes("\r\n") ? "\r\n" : "\n"}`;
  const edits = [{ start, end: start, text: line, placeholder: reason }];
  return { id: "suppress", title: `Allow ${finding.rule} here`, finding, preferred: false, files: [{ file, edits }] };
}

/** A backslash is a mistake there, and nowhere else. */
function isBetweenTokens(file: string, text: string, offset: number): boolean {
  return mistakesIn(treeOf(file, `${text.slice(0, offset)}\\\n${text.slice(offset)}`)).includes(offset);
}
