/** What comments of a file say to this program. */
import type { FileFacts } from "../../model/facts.ts";
import { readCallTimes } from "../call-times.ts";
import { readSuppressions } from "../suppressions.ts";
import { ownComment } from "./look.ts";

type Said = Pick<FileFacts, "suppressions" | "callTimes">;

/** Of a file without any. */
export const noComments: Said = { suppressions: [], callTimes: [] };

export function readComments(text: string, lineStarts: () => Int32Array): Said {
  if (!text.includes(ownComment)) return noComments;
  const comments = [...text.matchAll(/\/\/[^\n\r]*/g)].map(({ index, 0: comment }) => ({
    start: index,
    end: index + comment.length,
    text: comment,
  }));
  return { suppressions: readSuppressions(comments, "//", text, lineStarts()), callTimes: readCallTimes(comments) };
}
