/** A list of evidence that is too long to be shown. Pure. */
import type { Evidence } from "../model/topology.ts";

/** The first ones and the last, where a path leads to, and in between how many are left out: at most so many in all. */
export function shortened(evidence: readonly Evidence[], most: number): readonly (Evidence | number)[] {
  const last = evidence.at(-1);
  if (evidence.length <= most || last === undefined) return evidence;
  const first = evidence.slice(0, most - 2);
  return [...first, evidence.length - first.length - 1, last];
}
