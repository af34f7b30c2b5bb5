/** Who waits for whom, counted from the model's messages. Pure. */
import type { Topology } from "../model/topology.ts";

export interface Callers {
  /** Functions that call it. */
  readonly functions: number;
  /** Places in source that call it. */
  readonly sites: number;
  /** By module, most sites first, at most eight. */
  readonly top: readonly { readonly name: string; readonly sites: number }[];
}

/** For each definition (BEAM atom) the senders of messages of mode `call`; its own code does not count. */
export function countCallers(topology: Topology, print: (atom: string) => string): Map<string, Callers> {
  const functions = new Map<string, Set<string>>();
  const modules = new Map<string, Map<string, number>>();
  for (const message of topology.messages) {
    if (message.mode !== "call") continue;
    const from = topology.functions.get(message.from)?.module;
    for (const to of message.to) {
      if (from === undefined || from === to) continue;
      const callers = functions.get(to) ?? new Set();
      functions.set(to, callers.add(message.from));
      const counts = modules.get(to) ?? new Map<string, number>();
      modules.set(to, counts.set(from, (counts.get(from) ?? 0) + 1));
    }
  }
  const result = new Map<string, Callers>();
  for (const [to, counts] of modules) {
    const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    result.set(to, {
      functions: functions.get(to)?.size ?? 0,
      sites: sorted.reduce((sum, [, sites]) => sum + sites, 0),
      top: sorted.slice(0, 8).map(([module, sites]) => ({ name: print(module), sites })),
    });
  }
  return result;
}
