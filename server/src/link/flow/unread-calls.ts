/**
 * Calls in a process's callbacks to code that is not read and that no library row tells about, but for functions that only work out a value. Functions of a
 * module that loads native code are none that are read: what stands in their place says nothing.
 *
 * Pure. What such code does may be a reason for the process (a resource that takes one caller at a time), so that rules are careful with it.
 */
import type { Evidence, UnreadCall } from "../../model/topology.ts";
import type { Value } from "../evaluate/value.ts";
import type { Edge } from "./contexts.ts";
import type { ReadClause } from "./describe.ts";
import type { FlowNode } from "./graph.ts";
import { printFunction } from "./operations.ts";

const MAX_NODES = 100;
const MAX_CALLS = 3;

/**
 * Modules of Elixir, Erlang and of libraries that much code uses whose functions depend on their arguments alone, or do no more than write to a log or read
 * a clock. Sources of the libraries: hexdocs.pm/NAME of jason, poison, decimal, uuid, elixir_uuid, nanoid, timex, floki, mime, ecto (Ecto.Changeset, Ecto.UUID), jose; jsx,
 * jiffy, jsone, thoas, uuid of Erlang.
 */
export const VALUES: ReadonlySet<string> = new Set(
  (
    "Access Agent Application Atom Base Bitwise Calendar Calendar.ISO Date Date.Range DateTime Decimal Dict Duration Enum Exception Float Function HashDict " +
    "HashSet Inspect Integer IO IO.ANSI JSON Jason Kernel Keyword List Logger Macro Map MapSet Module NaiveDateTime OptionParser Path Process Range Record " +
    "Regex Registry Set Stream String String.Chars StringIO System Time Tuple URI Version GenServer Supervisor DynamicSupervisor Task Task.Supervisor " +
    "Ecto.Changeset Ecto.UUID Floki JOSE.JWK JOSE.JWS JOSE.JWT MIME Nanoid Poison Timex UUID"
  )
    .split(" ")
    .map((name) => `Elixir.${name}`)
    .concat(
      "array base64 binary calendar counters atomics crypto dict digraph erlang ets gb_sets gb_trees lists maps math orddict ordsets proplists queue rand random".split(
        " ",
      ),
    )
    .concat("jiffy jsone jsx thoas uuid".split(" "))
    .concat("re sets sofs string timer unicode uri_string zlib persistent_term".split(" "))
    .concat("application error_logger filename inet io io_lib lager logger os unicode_util".split(" ")),
);

export function findUnreadCalls(clauses: readonly ReadClause[], edges: readonly (readonly Edge[])[]): UnreadCall[] {
  const all: UnreadCall[] = [];
  for (const { clause, callback } of clauses) {
    if (callback === null) continue;
    const calls: UnreadCall[] = [];
    const seen = new Set<FlowNode>([callback.fn.node]);
    const open: FlowNode[] = [callback.fn.node];
    for (let next = 0; next < open.length && next < MAX_NODES && calls.length < MAX_CALLS; next++) {
      const node = open[next]!;
      const only = next === 0 ? clause.clause : -1;
      calls.push(...unreadIn(node, only).map((call) => ({ ...call, role: clause.role, fn: clause.fn, clause: clause.clause })));
      for (const edge of edges[node.id]!) {
        const site = edge.site < 0 ? null : node.fn.scan.sites[edge.site]!;
        if (seen.has(edge.to) || (site !== null && only >= 0 && site.unit.clause !== only)) continue;
        seen.add(edge.to);
        open.push(edge.to);
      }
    }
    all.push(...calls.slice(0, MAX_CALLS));
  }
  return all;
}

/** A function value that no code in sight makes. */
function isGiven({ v }: Value): boolean {
  return v === "parameter" || v === "unknown";
}

function unreadIn(node: FlowNode, clause: number): (Evidence & { readonly given?: boolean })[] {
  const { fn } = node;
  return fn.scan.sites.flatMap((site, i): (Evidence & { readonly given?: boolean })[] => {
    const callee = fn.callees[i]!;
    if (fn.nodeOf(site.unit) !== node || (clause >= 0 && site.unit.clause !== clause)) return [];
    if (site.e.k === "apply" && isGiven(fn.values.evaluate(site.e.callee, site.scope)))
      return [{ message: `\`${printFunction(fn)}\` runs a function that it is given`, place: fn.place(site.e), given: true }];
    const isNative = callee.targets.some(({ module }) => module.attributes.has("on_load"));
    if (
      (callee.targets.length > 0 && !isNative) ||
      callee.row !== null ||
      (!isNative && site.reach !== "module" && site.reach !== "computed")
    )
      return [];
    if (site.reach === "module" && VALUES.has(site.key.slice(0, site.key.lastIndexOf(".")))) return [];
    return [{ message: `\`${printFunction(fn)}\` calls code that is not read`, place: fn.place(site.e) }];
  });
}
