/**
 * What stands at an offset of a file by the topology alone: names of process definitions and services that are no modules of their file, and heads of handler clauses
 * that are no functions (a transition of a machine, a case of a `switch`). Pure; made once a topology, on first use.
 */

import type { FileFacts } from "../model/facts.ts";
import { isScript } from "../model/function-name.ts";
import type { Place, Topology } from "../model/topology.ts";

export type Mark =
  | { readonly kind: "module"; readonly at: number; readonly module: string }
  | { readonly kind: "clause"; readonly at: number; readonly module: string; readonly fn: string; readonly clause: number };

const indexes = new WeakMap<Topology, ReadonlyMap<string, readonly Mark[]>>();

/** The innermost of them, and its offsets. */
export function markAt(
  topology: Topology,
  { path, language, spans }: FileFacts,
  offset: number,
): { readonly start: number; readonly end: number; readonly element: Mark } | null {
  if (language !== "typescript") return null;
  let index = indexes.get(topology);
  if (index === undefined) {
    index = buildIndex(topology);
    indexes.set(topology, index);
  }
  let found: { readonly start: number; readonly end: number; readonly element: Mark } | null = null;
  for (const element of index.get(path) ?? []) {
    const [start, end] = [spans[2 * element.at] ?? 0, spans[2 * element.at + 1] ?? -1];
    if (start <= offset && offset <= end && (found === null || end - start < found.end - found.start)) found = { start, end, element };
  }
  return found;
}

function buildIndex({ definitions, services }: Topology): ReadonlyMap<string, readonly Mark[]> {
  const found = new Map<string, Mark[]>();
  const add = ({ file }: Place, mark: Mark): void => {
    const list = found.get(file);
    if (list === undefined) found.set(file, [mark]);
    else list.push(mark);
  };
  for (const { module, place, callbacks } of definitions.values()) {
    if (!isScript(module)) continue;
    add(place, { kind: "module", at: place.at, module });
    for (const { fn, clause, headPlace } of callbacks)
      if (headPlace !== undefined && headPlace.at !== place.at) add(headPlace, { kind: "clause", at: headPlace.at, module, fn, clause });
  }
  for (const { module, place, functions } of services?.values() ?? []) {
    add(place, { kind: "module", at: place.at, module });
    for (const { fn, headPlace } of functions) add(headPlace, { kind: "clause", at: headPlace.at, module, fn, clause: 0 });
  }
  return found;
}
