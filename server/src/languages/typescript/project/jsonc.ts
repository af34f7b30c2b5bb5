/** JSON with comments and trailing commas, with positions. Never throws: what cannot be read is left out. */
import { type Node, parseTree } from "jsonc-parser";
import type { Data } from "./data.ts";

/** More nesting than a configuration has; the parser goes down by calls. */
const depthLimit = 64;

/** Undefined where there is no value at all. */
export function readJsonc(text: string): Data | undefined {
  if (isTooDeep(text)) return undefined;
  const tree = parseTree(text, [], { allowTrailingComma: true });
  return tree === undefined ? undefined : dataOf(tree);
}

function dataOf({ type, offset, length, value, children = [] }: Node): Data {
  const [start, end] = [offset, offset + length];
  if (type === "array") return { start, end, value: children.map(dataOf) };
  if (type !== "object") return { start, end, value };
  const members = new Map<string, Data>();
  for (const { children: [key, member] = [] } of children)
    if (key !== undefined && member !== undefined) members.set(String(key.value), dataOf(member));
  return { start, end, value: members };
}

/** Whether there are more open brackets than a configuration has. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // `[` and `{`, `]` and `}`; those in strings do no harm.
    if (code === 91 || code === 123) {
      if (++depth > depthLimit) return true;
    } else if ((code === 93 || code === 125) && depth > 0) depth--;
  }
  return false;
}
