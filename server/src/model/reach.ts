/** The functions that a clause runs in its own process. Pure. */
import { type Bindings, bindingsKey, handedDown, mayHold, NO_BINDINGS } from "./bindings.ts";
import type { Circumstances } from "./circumstance.ts";
import type { Call, FunctionNode, Place, Topology } from "./topology.ts";

/** A call of `fn` at `place`. */
export interface CallStep extends Pick<Call, "givenKeys"> {
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
   * Whether nothing known says that this way is taken at all: it leads through the handling of an error, or through a clause that is there for another
   * kind of argument than its neighbours (`stop(Pid) when is_pid(Pid)` beside `stop(Name)`).
   */
  readonly doubtful: boolean;
  /**
   * Whether something in the function is meant: of the start only what stands in the one clause, and nothing that the literals which are handed
   * down rule out, or that depends on which process runs it.
   */
  includes(at: Standing): boolean;
}

type Standing = Circumstances & { readonly clause: number };

const maxDepth = 8;
/** With more ways to hand literals to a function than this, nothing is known of its parameters. */
const maxBindings = 64;

/** The start, then what it calls, breadth first, each once for the literals that it is handed: the path to each is a shortest one. */
export function reachOf({ fn: key, clause }: ReachStart, { functions }: Topology): readonly Reached[] {
  const start = functions.get(key);
  if (start === undefined) return [];
  const open: { readonly reached: Reached; readonly bindings: Bindings }[] = [];
  const seen = new Map<string, Set<string>>([[key, new Set([""])]]);
  const enter = (fn: FunctionNode, path: readonly CallStep[], always: boolean, doubtful: boolean, bindings: Bindings): void => {
    const isRoot = path.length === 0;
    const includes = (at: Standing): boolean => (!isRoot || clause === null || at.clause === clause) && isReached(at, bindings);
    open.push({ reached: { fn, path, always, doubtful, includes }, bindings });
  };
  enter(start, [], true, false, NO_BINDINGS);
  for (let next = 0; next < open.length; next++) {
    const { reached, bindings } = open[next]!;
    if (reached.path.length >= maxDepth) continue;
    for (const call of reached.fn.calls) {
      if (call.later === true || !reached.includes(call)) continue;
      const callee = functions.get(call.to);
      const doubtful = isDoubtful(call, reached);
      const known = callee === undefined ? null : firstTime(seen, callee, doubtful, handedDown(call.given, bindings));
      if (callee === undefined || known === null) continue;
      const { place, givenKeys } = call;
      const step: CallStep = givenKeys === undefined ? { fn: callee, place } : { fn: callee, place, givenKeys };
      enter(callee, [...reached.path, step], reached.always && isAlways(call, reached), doubtful, known);
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

/** Whether what stands in a function that is reached is there for an error, or for one kind of argument among several. */
export function isDoubtful({ under, clause }: Standing, { fn, path, doubtful }: Pick<Reached, "fn" | "path" | "doubtful">): boolean {
  return doubtful || under?.includes("handler") === true || (path.length > 0 && fn.byKind?.includes(clause) === true);
}

function isReached({ under, needs }: Circumstances, bindings: Bindings): boolean {
  if (under?.some((one) => one === "self" || one === "memory") === true) return false;
  return mayHold(needs, bindings);
}

/** The bindings to go on with, or null where the function was reached with them, or with none, before, and no less doubtful. */
function firstTime(seen: Map<string, Set<string>>, { key }: FunctionNode, doubtful: boolean, bindings: Bindings): Bindings | null {
  let known = seen.get(key);
  if (known === undefined) seen.set(key, (known = new Set()));
  const kept = known.size < maxBindings ? bindings : NO_BINDINGS;
  const text = bindingsKey(kept);
  const covering = doubtful ? ["", text, "?", `?${text}`] : ["", text];
  if (covering.some((one) => known.has(one))) return null;
  known.add(doubtful ? `?${text}` : text);
  return kept;
}
