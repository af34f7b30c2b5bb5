/** Who waits for whom, counted from the model's messages. Pure. */
import type { FunctionNode, Message, Place, Topology } from "../model/topology.ts";
import { groupBy } from "../protocol/group-by.ts";
import { callersOf, isProduct } from "./call-edges.ts";

export interface Callers {
  /** Functions that call it. */
  readonly functions: number;
  /** Places in source that call it. */
  readonly sites: number;
  /** Modules that call it. */
  readonly modules: number;
  /** By module, most sites first, at most eight; at most six of its places, in the order of the source. */
  readonly top: readonly { readonly name: string; readonly sites: number; readonly places: readonly Place[] }[];
}

interface Site {
  readonly fn: FunctionNode;
  readonly place: Place;
}

const waiting: ReadonlySet<Message["mode"]> = new Set(["call"]);
/** Modes of messages that nobody waits for an answer to. */
export const withoutWaiting: ReadonlySet<Message["mode"]> = new Set(["cast", "info"]);

/**
 * For each definition (BEAM atom) the functions that wait for its replies, or send it messages of other modes. A message that the definition's own client
 * function sends counts as its callers', as far up as functions of the module call each other; code of tests and scripts does not count.
 */
export function countCallers(topology: Topology, print: (atom: string) => string, modes = waiting): Map<string, Callers> {
  const found = new Map<string, Map<string, Site>>();
  for (const message of topology.messages) {
    const sender = modes.has(message.mode) ? topology.functions.get(message.from) : undefined;
    if (sender === undefined) continue;
    for (const to of new Set(message.to)) {
      const sites = found.get(to) ?? new Map<string, Site>();
      found.set(to, sites);
      for (const site of outsideSites({ fn: sender, place: message.place }, to, topology))
        sites.set(`${site.place.at}:${site.place.file}`, site);
    }
  }
  return new Map([...found].filter(([, sites]) => sites.size > 0).map(([to, sites]) => [to, summarize([...sites.values()], print)]));
}

/** From a sender up through functions of the module itself to the calls from outside of it. */
function outsideSites(sender: Site, module: string, topology: Topology): Site[] {
  const [outside, open, seen]: [Site[], Site[], Set<string>] = [[], [sender], new Set()];
  for (let site = open.pop(); site !== undefined; site = open.pop()) {
    if (site.fn.module !== module) outside.push(site);
    else if (!seen.has(site.fn.key)) {
      seen.add(site.fn.key);
      for (const { from, place } of callersOf(site.fn.key, topology)) if (isProduct(from, topology)) open.push({ fn: from, place });
    }
  }
  return outside;
}

function summarize(sites: readonly Site[], print: (atom: string) => string): Callers {
  const sorted = [...groupBy(sites, ({ fn }) => fn.module)].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  return {
    functions: new Set(sites.map(({ fn }) => fn.key)).size,
    sites: sites.length,
    modules: sorted.length,
    top: sorted.slice(0, 8).map(([module, own]) => ({ name: print(module), sites: own.length, places: inOrder(own).slice(0, 6) })),
  };
}

function inOrder(sites: readonly Site[]): Place[] {
  return sites.map(({ place }) => place).sort((a, b) => (a.file === b.file ? a.at - b.at : a.file < b.file ? -1 : 1));
}
