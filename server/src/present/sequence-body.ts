/** What a function does to other processes, in the order in which its source says it. Pure. */
import type { Message, Place, Topology, Wait } from "../model/topology.ts";
import type { Places } from "./places.ts";
import { indexTopology } from "./topology-index.ts";

export type BodyEvent =
  | { readonly kind: "message"; readonly message: Message }
  | { readonly kind: "call"; readonly to: string }
  | { readonly kind: "wait"; readonly wait: Wait };

/**
 * Events of a function, or of one clause of it (null: of all), by where their source ends: an argument is evaluated before the call that takes
 * it. A message through a wrapper comes before what else the wrapper does.
 */
export function bodyOf(fn: string, clause: number | null, topology: Topology, places: Places): readonly BodyEvent[] {
  const node = topology.functions.get(fn);
  if (node === undefined) return [];
  const found: { readonly event: BodyEvent; readonly place: Place; readonly clause: number }[] = [];
  for (const message of indexTopology(topology).sent.get(fn) ?? [])
    found.push({ event: { kind: "message", message }, place: message.place, clause: message.clause });
  for (const wait of node.waits) found.push({ event: { kind: "wait", wait }, place: wait.place, clause: wait.clause });
  for (const { to, place, clause: at } of node.calls) found.push({ event: { kind: "call", to }, place, clause: at });
  return found
    .filter((one) => clause === null || one.clause === clause)
    .map((one, index) => ({ ...one, index, end: endOf(one.place, places) }))
    .sort((a, b) => a.clause - b.clause || a.end - b.end || a.index - b.index)
    .map(({ event }) => event);
}

function endOf(place: Place, places: Places): number {
  const { endLine, endColumn } = places.locate(place);
  return endLine * 100_000 + Math.min(endColumn, 99_999);
}
