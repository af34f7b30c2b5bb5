/** The functions that a clause runs in its own process. Pure. */
import type { FunctionNode, Place, Topology } from "./topology.ts";

/** A call of `fn` at `place`. */
export interface CallStep {
  readonly fn: FunctionNode;
  readonly place: Place;
}

/** `clause` null: all clauses of the function. */
export interface ReachStart {
  readonly fn: string;
  readonly clause: number | null;
}

export interface Reached {
  readonly fn: FunctionNode;
  /** Calls from the start down to the function, the first in the start itself; empty for the start. */
  readonly path: readonly CallStep[];
  /** Whether something at a clause of the function is meant: of the start only what stands in the one clause. */
  includes(at: { readonly clause: number }): boolean;
}

const maxDepth = 8;

/** The start, then what it calls, breadth first, each once: the path to each is a shortest one. */
export function reachOf({ fn: key, clause }: ReachStart, { functions }: Topology): readonly Reached[] {
  const start = functions.get(key);
  if (start === undefined) return [];
  const reached: Reached[] = [{ fn: start, path: [], includes: (at) => clause === null || at.clause === clause }];
  const seen = new Set([key]);
  for (let next = 0; next < reached.length; next++) {
    const { fn, path, includes } = reached[next]!;
    if (path.length >= maxDepth) continue;
    for (const call of fn.calls) {
      if (call.later === true || seen.has(call.to) || !includes(call)) continue;
      const callee = functions.get(call.to);
      if (callee === undefined) continue;
      seen.add(callee.key);
      reached.push({ fn: callee, path: [...path, { fn: callee, place: call.place }], includes: () => true });
    }
  }
  return reached;
}
