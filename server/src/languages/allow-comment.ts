/** The fix that allows what a finding is about, with a comment above its line, for languages whose comments go to the end of the line. */
import type { Finding } from "../model/finding.ts";
import type { Fix } from "../model/fix.ts";
import type { FixRequest } from "./language.ts";

const reason = "why";

/** A line with the comment, and where it would be put into the file's text. */
export interface CommentLine {
  readonly file: string;
  readonly text: string;
  readonly start: number;
  readonly line: string;
}

/** One fix for each finding. `marker` begins a comment; `isComment` tells whether the line would be one where it is put, and not part of a text. */
export function allowComments(marker: string, isComment: (at: CommentLine) => boolean): (request: FixRequest) => readonly Fix[] {
  const allow = (finding: Finding, text: string, { file, spanOf }: FixRequest): Fix | null => {
    const at = spanOf(finding.place)?.start;
    if (at === undefined || finding.place.file !== file) return null;
    const start = text.lastIndexOf("\n", at - 1) + 1;
    const indent = /^[ \t]*/.exec(text.slice(start))?.[0] ?? "";
    const line = `${indent}${marker} process-topology: allow ${finding.rule} -- ${reason}${text.includes("\r\n") ? "\r\n" : "\n"}`;
    if (!isComment({ file, text, start, line })) return null;
    const edits = [{ start, end: start, text: line, placeholder: reason }];
    return { id: "suppress", title: `Allow ${finding.rule} here`, finding, preferred: false, files: [{ file, edits }] };
  };
  return (request) => {
    const text = request.sourceOf(request.file);
    return text === undefined ? [] : request.findings.flatMap((finding) => allow(finding, text, request) ?? []);
  };
}
