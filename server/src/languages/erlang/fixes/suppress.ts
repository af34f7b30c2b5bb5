/** Allows what a finding is about, with a comment above its line. */
import type { Finding } from "../../../model/finding.ts";
import type { Fix } from "../../../model/fix.ts";
import type { FixRequest } from "../../language.ts";
import { parseErlang } from "../parser/parser.ts";

const reason = "why";

/** One for each finding; none where a comment cannot stand, between the lines of a string. */
export function suppress(request: FixRequest): readonly Fix[] {
  const text = request.sourceOf(request.file);
  if (text === undefined) return [];
  return request.findings.flatMap((finding) => allow(finding, text, request) ?? []);
}

function allow(finding: Finding, text: string, { file, spanOf }: FixRequest): Fix | null {
  const at = spanOf(finding.place)?.start;
  if (at === undefined || finding.place.file !== file) return null;
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(start))?.[0] ?? "";
  const line = `${indent}%% process-topology: allow ${finding.rule} -- ${reason}${text.includes("\r\n") ? "\r\n" : "\n"}`;
  const { comments } = parseErlang(text.slice(0, start) + line + text.slice(start));
  if (!comments.some((comment) => comment.start === start + indent.length)) return null;
  const edits = [{ start, end: start, text: line, placeholder: reason }];
  return { id: "suppress", title: `Allow ${finding.rule} here`, finding, preferred: false, files: [{ file, edits }] };
}
