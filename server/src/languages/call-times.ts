/** `<comment mark> process-topology: call-time 20ms`, in any language. */
import type { CallTime } from "../model/call-time.ts";
import type { CommentText } from "./suppressions.ts";

const CALL_TIME = /process-topology:\s*call-time\s+(\d+(?:\.\d+)?)\s*(ms|s)\s*(?:--.*)?$/;

export function readCallTimes(comments: readonly CommentText[]): readonly CallTime[] {
  return comments.flatMap(({ text, start, end }): readonly CallTime[] => {
    const match = text.includes("call-time") ? CALL_TIME.exec(text) : null;
    const milliseconds = match === null ? 0 : Number(match[1]) * (match[2] === "s" ? 1000 : 1);
    return milliseconds > 0 ? [{ milliseconds, start, end }] : [];
  });
}
