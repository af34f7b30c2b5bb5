/** The register of fixes, in the order in which they are offered. */
import type { Fix } from "../../../model/fix.ts";
import type { FixRequest } from "../../language.ts";
import { continueInit } from "./continue-init.ts";
import { leavesValidSource } from "./edits.ts";
import type { ElixirFix, FixContext } from "./elixir-fix.ts";
import { logUnexpected } from "./log-unexpected.ts";
import { plainModule } from "./plain-module.ts";
import { readTable } from "./read-table.ts";
import { replyLater } from "./reply-later.ts";
import { createSource, type Source } from "./source.ts";
import { supervise } from "./supervise.ts";
import { suppress } from "./suppress.ts";
import { takeFieldsOutFirst } from "./take-fields-out.ts";

export const fixes: readonly ElixirFix[] = [
  continueInit,
  logUnexpected,
  plainModule,
  readTable,
  replyLater,
  takeFieldsOutFirst,
  supervise,
  suppress,
];

/** An editor asks at each move of the cursor: the last trees are kept as long as their texts are the same. */
const recent: Source[] = [];
const kept = 4;

function openSource(file: string, text: string): Source {
  const known = recent.find((source) => source.file === file && source.text === text);
  if (known !== undefined) return known;
  const source = createSource(file, text);
  recent.unshift(source);
  recent.length = Math.min(recent.length, kept);
  return source;
}

/** All fixes for a part of a file; none where the file has a syntax error. An offer whose result would have one is left out. */
export function elixirFixes(request: FixRequest): readonly Fix[] {
  const open = (file: string): Source | null => {
    const text = request.sourceOf(file);
    const source = text === undefined ? null : openSource(file, text);
    return source === null || source.tree.problems.length > 0 ? null : source;
  };
  const source = open(request.file);
  if (source === null) return [];
  const context: FixContext = { ...request, source, open };
  return fixes.flatMap(({ id, offer }) =>
    offer(context)
      .filter(({ files }) => files.every(({ file, edits }) => leavesValidSource(request.sourceOf(file) ?? "", edits)))
      .map((one) => ({ id, ...one })),
  );
}
