/** Allows what a finding is about, with a comment above its line; not between the lines of a text, of an element's contents or of another comment. */
import { allowComments } from "../../allow-comment.ts";
import { mistakesIn, treeOf } from "./tree.ts";

// A backslash is a mistake between tokens, and nowhere else.
export const suppress = allowComments("//", ({ file, text, start }) =>
  mistakesIn(treeOf(file, `${text.slice(0, start)}\\\n${text.slice(start)}`)).includes(start),
);
