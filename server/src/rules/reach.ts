/** The functions that a callback's clause runs in its own process. Pure. */
import type { CallbackClause, Evidence, FunctionNode } from "../model/topology.ts";
import type { RuleContext } from "./rule.ts";
import { functionName } from "./wording.ts";

export interface Reached {
  readonly fn: FunctionNode;
  /** Calls from the clause down to the function, the first in the clause itself; empty for the callback. */
  readonly path: readonly Evidence[];
  /** Whether something at a clause of the function is meant: of the callback only what stands in the one clause. */
  includes(at: { readonly clause: number }): boolean;
}

const maxDepth = 8;

/** The clause's own function, then what it calls, breadth first, each once: the path to each is a shortest one. */
export function reachOf({ fn: key, clause }: Pick<CallbackClause, "fn" | "clause">, context: RuleContext): readonly Reached[] {
  const { functions } = context.topology;
  const start = functions.get(key);
  if (start === undefined) return [];
  const reached: Reached[] = [{ fn: start, path: [], includes: (at) => at.clause === clause }];
  const seen = new Set([key]);
  for (let next = 0; next < reached.length; next++) {
    const { fn, path, includes } = reached[next]!;
    if (path.length >= maxDepth) continue;
    for (const call of fn.calls.filter((one) => includes(one) && one.later !== true)) {
      const callee = functions.get(call.to);
      if (callee === undefined || seen.has(callee.key)) continue;
      seen.add(callee.key);
      const step = { message: `calls ${functionName(context, callee)}`, place: call.place };
      reached.push({ fn: callee, path: [...path, step], includes: () => true });
    }
  }
  return reached;
}
