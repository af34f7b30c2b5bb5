/** The functions that a clause runs in its own process. Pure. */
import type { Argument, Circumstances, Literal, Requirement } from "./circumstance.ts";
import type { Call, FunctionNode, Place, Topology } from "./topology.ts";

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
  /** Whether each call of the path is made whatever happens before it, as far as branches and clauses tell. */
  readonly always: boolean;
  /**
   * Whether something in the function is meant: of the start only what stands in the one clause, and nothing that the literals which are handed
   * down rule out, or that depends on which process runs it.
   */
  includes(at: Standing): boolean;
}

type Standing = Circumstances & { readonly clause: number };

/** What is known of parameters, by index. */
type Bindings = ReadonlyMap<number, Literal>;

const maxDepth = 8;
/** With more ways to hand literals to a function than this, nothing is known of its parameters. */
const maxBindings = 64;

/** The start, then what it calls, breadth first, each once for the literals that it is handed: the path to each is a shortest one. */
export function reachOf({ fn: key, clause }: ReachStart, { functions }: Topology): readonly Reached[] {
  const start = functions.get(key);
  if (start === undefined) return [];
  const open: { readonly reached: Reached; readonly bindings: Bindings }[] = [];
  const seen = new Map<string, Set<string>>([[key, new Set([""])]]);
  const enter = (fn: FunctionNode, path: readonly CallStep[], always: boolean, bindings: Bindings): void => {
    const isRoot = path.length === 0;
    const includes = (at: Standing): boolean => (!isRoot || clause === null || at.clause === clause) && isReached(at, bindings);
    open.push({ reached: { fn, path, always, includes }, bindings });
  };
  enter(start, [], true, new Map());
  for (let next = 0; next < open.length; next++) {
    const { reached, bindings } = open[next]!;
    if (reached.path.length >= maxDepth) continue;
    for (const call of reached.fn.calls) {
      if (call.later === true || !reached.includes(call)) continue;
      const callee = functions.get(call.to);
      const known = callee === undefined ? null : firstTime(seen, callee, handedDown(call, bindings));
      if (callee === undefined || known === null) continue;
      enter(callee, [...reached.path, { fn: callee, place: call.place }], reached.always && isAlways(call, reached), known);
    }
  }
  return open.map(({ reached }) => reached);
}

/** Whether it stands neither in a branch nor in one of several clauses of a function that was called. */
export function isAlways(
  { under }: Circumstances,
  { fn, path, always }: Pick<Reached, "fn" | "always"> & { readonly path: readonly unknown[] },
): boolean {
  return always && (path.length === 0 || fn.clauses.length === 1) && (under === undefined || under.length === 0);
}

function isReached({ under, needs }: Circumstances, bindings: Bindings): boolean {
  if (under?.some((one) => one === "self" || one === "memory") === true) return false;
  return needs === undefined || needs.every((need) => isPossible(need, bindings));
}

function isPossible({ parameter, literal, holds }: Requirement, bindings: Bindings): boolean {
  const known = bindings.get(parameter);
  return known === undefined || (known === literal) === holds;
}

function handedDown({ given }: Call, bindings: Bindings): Bindings {
  const known = new Map<number, Literal>();
  given?.forEach((argument: Argument, i) => {
    const literal = typeof argument === "number" ? bindings.get(argument) : argument;
    if (literal != null) known.set(i, literal);
  });
  return known;
}

/** The bindings to go on with, or null where the function was reached with them, or with none, before. */
function firstTime(seen: Map<string, Set<string>>, { key }: FunctionNode, bindings: Bindings): Bindings | null {
  let known = seen.get(key);
  if (known === undefined) seen.set(key, (known = new Set()));
  const kept = known.size < maxBindings ? bindings : new Map<number, Literal>();
  const text = [...kept].map(([index, literal]) => `${index}=${literal}`).join();
  if (known.has(text) || known.has("")) return null;
  known.add(text);
  return kept;
}
