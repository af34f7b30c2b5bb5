/** What a change does to findings. Pure. */
import type { Finding } from "../model/finding.ts";
import { type FindingKey, findingKey, printFindingKey } from "../model/finding-key.ts";

export interface FindingChanges {
  readonly added: readonly Finding[];
  /** Findings of the source as it was. */
  readonly fixed: readonly Finding[];
}

/**
 * Pairs the findings of the source as it was with those of the source as it is, by what identifies them when their code moves: within their file
 * first, then a process that another file defines now, or what stands in a file that is gone (`isGone`) in another one.
 */
export function compareFindings(before: readonly Finding[], after: readonly Finding[], isGone: (file: string) => boolean): FindingChanges {
  const rest = pair(before, after, (finding) => printFindingKey(findingKey(finding)));
  const moved = rest.before.filter(({ process, place }) => process !== null || isGone(place.file));
  const still = pair(moved, rest.after, (finding) => printFindingKey({ ...findingKey(finding), file: "" } satisfies FindingKey));
  const fixed = new Set(still.before);
  return { added: still.after, fixed: rest.before.filter((finding) => fixed.has(finding) || !moved.includes(finding)) };
}

/** Those of both sides that have no partner on the other. */
function pair(
  before: readonly Finding[],
  after: readonly Finding[],
  keyOf: (finding: Finding) => string,
): { readonly before: readonly Finding[]; readonly after: readonly Finding[] } {
  const open = new Map<string, Finding[]>();
  for (const finding of before) {
    const key = keyOf(finding);
    const list = open.get(key);
    if (list === undefined) open.set(key, [finding]);
    else list.push(finding);
  }
  const alone = after.filter((finding) => open.get(keyOf(finding))?.shift() === undefined);
  const left = new Set([...open.values()].flat());
  return { before: before.filter((finding) => left.has(finding)), after: alone };
}
