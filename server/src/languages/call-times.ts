/** `<comment mark> process-topology: call-time 20ms`, in any language. */
import { type CallTime, parseCallTime } from "../model/call-time.ts";
import type { CommentText } from "./suppressions.ts";

const CALL_TIME = /process-topology:\s*call-time\s+([\d.]+\s*m?s)\s*(?:--.*)?$/;

export function readCallTimes(comments: readonly CommentText[]): readonly CallTime[] {
  return comments.flatMap(({ text, start, end }): readonly CallTime[] => {
    const match = text.includes("call-time") ? CALL_TIME.exec(text) : null;
    const milliseconds = parseCallTime(match?.[1] ?? "");
    return milliseconds !== null ? [{ milliseconds, start, end }] : [];
  });
}
