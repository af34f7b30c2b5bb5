/** Who waits for whom, counted from the model's messages and looked up through client functions. Pure. */
import type { FunctionNode, Topology } from "../model/topology.ts";

export interface Callers {
  /** Functions that call it. */
  readonly functions: number;
  /** Places in source that call it. */
  readonly sites: number;
  /** By module, most sites first, at most eight. */
  readonly top: readonly { readonly name: string; readonly sites: number }[];
}

interface Site {
  readonly fn: FunctionNode;
  /** Of the call: unique in the workspace. */
  readonly place: string;
}

/**
 * For each definition (BEAM atom) the functions outside of its module that wait for a reply of it: senders of messages of mode `call`, and
 * what calls the definition's own functions that send one. Tests and scripts do not count, nor does a definition that nobody calls.
 */
export function countCallers(topology: Topology, print: (atom: string) => string): Map<string, Callers> {
  const calledBy = new Map<string, Site[]>();
  for (const fn of topology.functions.values()) {
    for (const { to, place } of fn.calls) {
      const sites = calledBy.get(to) ?? [];
      calledBy.set(to, sites);
      sites.push({ fn, place: `${place.at}:${place.file}` });
    }
  }
  const found = new Map<string, Map<string, Site>>();
  for (const { mode, from, to, place } of topology.messages) {
    const sender = topology.functions.get(from);
    if (mode !== "call" || sender === undefined) continue;
    for (const module of to) {
      const sites = found.get(module) ?? new Map<string, Site>();
      found.set(module, sites);
      for (const site of sitesAbove({ fn: sender, place: `${place.at}:${place.file}` }, module, calledBy)) {
        if (runsInProduct(site.fn, topology)) sites.set(`${site.place}:${site.fn.key}`, site);
      }
    }
  }
  return new Map(
    [...found].filter(([, sites]) => sites.size > 0).map(([module, sites]) => [module, summarize([...sites.values()], print)]),
  );
}

/** From a sender up through functions of the definition's own module to the first outside of it. */
function sitesAbove(sender: Site, module: string, calledBy: ReadonlyMap<string, readonly Site[]>): readonly Site[] {
  const outside: Site[] = [];
  const seen = new Set<string>();
  const open = [sender];
  for (let site = open.pop(); site !== undefined; site = open.pop()) {
    if (site.fn.module !== module) outside.push(site);
    else if (!seen.has(site.fn.key)) {
      seen.add(site.fn.key);
      open.push(...(calledBy.get(site.fn.key) ?? []));
    }
  }
  return outside;
}

function runsInProduct({ contexts }: FunctionNode, topology: Topology): boolean {
  const kinds = contexts.flatMap((id) => topology.contexts.get(id)?.kind ?? []);
  return kinds.length === 0 || kinds.some((kind) => kind !== "test" && kind !== "script");
}

function summarize(sites: readonly Site[], print: (atom: string) => string): Callers {
  const counts = new Map<string, number>();
  for (const { fn } of sites) counts.set(fn.module, (counts.get(fn.module) ?? 0) + 1);
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return {
    functions: new Set(sites.map(({ fn }) => fn.key)).size,
    sites: sites.length,
    top: sorted.slice(0, 8).map(([module, count]) => ({ name: print(module), sites: count })),
  };
}
