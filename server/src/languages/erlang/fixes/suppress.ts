/** Allows what a finding is about, with a comment above its line; not between the lines of a string. */
import { allowComments } from "../../allow-comment.ts";
import { parseErlang } from "../parser/parser.ts";

export const suppress = allowComments("%%", ({ text, start, line }) => {
  const { comments } = parseErlang(text.slice(0, start) + line + text.slice(start));
  const indent = line.length - line.trimStart().length;
  return comments.some((comment) => comment.start === start + indent);
});
