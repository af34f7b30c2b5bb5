/** The functions that a callback's clause runs in its own process, with the way there as evidence. Pure. */
import { type CallStep, isAlways, type Reached as ReachedFunction, type ReachStart, reachOf as reach } from "../model/reach.ts";
import type { Evidence } from "../model/topology.ts";
import type { RuleContext } from "./rule.ts";
import { functionName } from "./wording.ts";

export interface Reached extends Omit<ReachedFunction, "path"> {
  /** Calls from the clause down to the function, the first in the clause itself; empty for the callback. */
  readonly path: readonly Evidence[];
}

/** The clause's own function, then what it calls, breadth first, each once: the path to each is a shortest one. */
export function reachOf(start: ReachStart, context: RuleContext): readonly Reached[] {
  return reach(start, context.topology).map((reached) => ({ ...reached, path: pathEvidence(reached.path, context) }));
}

export function pathEvidence(path: readonly CallStep[], context: RuleContext): readonly Evidence[] {
  return path.map(({ fn, place }) => ({ message: `calls ${functionName(context, fn)}`, place }));
}

export { isAlways };
