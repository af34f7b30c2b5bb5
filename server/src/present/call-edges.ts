/** Calls by the function that is called. Pure; made once a topology, on first use. */
import type { FunctionNode, Place, Topology } from "../model/topology.ts";

export interface CallEdge {
  readonly from: FunctionNode;
  /** The clause of `from` that calls. */
  readonly clause: number;
  readonly place: Place;
}

const indexes = new WeakMap<Topology, ReadonlyMap<string, readonly CallEdge[]>>();

export function callersOf(key: string, topology: Topology): readonly CallEdge[] {
  let index = indexes.get(topology);
  if (index === undefined) {
    index = indexCalls(topology);
    indexes.set(topology, index);
  }
  return index.get(key) ?? [];
}

function indexCalls({ functions }: Topology): Map<string, CallEdge[]> {
  const callers = new Map<string, CallEdge[]>();
  for (const from of functions.values()) {
    for (const { to, place, clause } of from.calls) {
      const list = callers.get(to);
      if (list === undefined) callers.set(to, [{ from, clause, place }]);
      else list.push({ from, clause, place });
    }
  }
  return callers;
}

/** Whether a function runs elsewhere than in tests and scripts, as far as is known. */
export function isProduct({ contexts }: FunctionNode, topology: Topology): boolean {
  const kinds = contexts.map((id) => topology.contexts.get(id)?.kind);
  return kinds.length === 0 || kinds.some((kind) => kind !== "test" && kind !== "script");
}
