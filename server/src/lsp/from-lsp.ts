/** From what the protocol asks about to what the presentations know. */
import type { Position } from "vscode-languageserver";
import { type CallElement, type Element, elementAt } from "../analysis/element-at.ts";
import { type Mark, markAt } from "../analysis/handler-marks.ts";
import { offsetAt, resolveRange } from "../analysis/places.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import type { Topology } from "../model/topology.ts";
import type { HoverTarget } from "../present/hover.ts";
import type { Location } from "../present/places.ts";

/** What stands at a position of a file, and where; null for a file or position that is not known. */
export function elementAtPosition(
  snapshot: Snapshot,
  file: string,
  { line, character }: Position,
): { readonly element: Element | Mark; readonly location: Location } | null {
  const [facts, text] = [snapshot.files.get(file), snapshot.sourceOf(file)];
  if (facts === undefined || text === undefined) return null;
  const offset = offsetAt(facts, line, character);
  const [own, mark] = [elementAt(facts, text, offset), markAt(snapshot.topology, facts, offset)];
  // A method is a function and a clause's head at once, and counts as a function; a function that is what an actor runs counts as the actor.
  const more = mark === null || own === null ? 0 : own.end - own.start - (mark.end - mark.start);
  const found = mark !== null && (own === null || more > 0 || (more === 0 && mark.element.kind === "module")) ? mark : own;
  return found === null ? null : { element: found.element, location: resolveRange(facts, found.start, found.end) };
}

/** What a hover over an element is about. */
export function hoverTargetOf(element: Element | Mark, file: string, topology: Topology): HoverTarget {
  switch (element.kind) {
    case "module":
    case "use":
      return { kind: "module", module: element.module };
    case "function":
      return { kind: "function", key: `${element.module}.${element.name}/${element.arity}`, clause: element.clause };
    case "clause":
      return { kind: "function", key: element.fn, clause: element.clause };
    case "atom":
      // `GenServer` in `GenServer.call(…)` is about the call, `Cache` in `Cache.get()` about the process.
      if (element.call !== null && !topology.definitions.has(element.value)) return callTarget(element.call, file, topology);
      return { kind: "module", module: element.value };
    case "call":
      return callTarget(element, file, topology);
  }
}

function callTarget(call: CallElement, file: string, topology: Topology): HoverTarget {
  const module = call.local ? call.module : call.target;
  return { kind: "call", file, at: call.at, callee: module === null ? null : calleeOf(module, call.name, call.arity, topology) };
}

/** A call may leave out arguments that have defaults. */
function calleeOf(module: string, name: string, arity: number, { functions }: Topology): string | null {
  for (let more = arity; more <= arity + 8; more++) {
    const key = `${module}.${name}/${more}`;
    if (functions.has(key)) return key;
  }
  return null;
}
