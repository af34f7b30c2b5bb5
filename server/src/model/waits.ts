/**
 * Which answers a piece of code waits for, and which answers those who give them wait for before. Pure; what is asked for often is kept a topology.
 *
 * A server that is waiting takes no other message, so a caller waits for the whole row. It works on clauses: only what the clause does that takes the
 * message counts on, and of that only what it does before it replies.
 */
import { isLonger, type Timeout } from "./duration.ts";
import { type CallStep, isDoubtful, type ReachStart, reachOf } from "./reach.ts";
import type { BlockingStep, CallbackClause, Message, Place, Topology } from "./topology.ts";

/** A synchronous call that a piece of code makes in its own process. */
export interface SyncCall {
  readonly message: Message;
  /** Calls from the start down to the function that sends, the first in the start itself. */
  readonly path: readonly CallStep[];
  /** The clause that surely takes it; null where there are several, or none is known. */
  readonly answeredBy: CallbackClause | null;
  /** Whether nothing known says that it is made at all (`Reached.doubtful`). */
  readonly doubtful: boolean;
}

/** A row of calls, each made by the clause that takes the one before. */
export interface WaitChain {
  /** The outermost first; never empty. */
  readonly calls: readonly SyncCall[];
  /** What the last of them waits for that is no process; null where nothing is known. */
  readonly ends: BlockingStep | null;
  /** Whether the last call goes to a clause that is waiting in the row already. */
  readonly comesBack: boolean;
}

interface WaitIndex {
  readonly callsFrom: ReadonlyMap<string, readonly Message[]>;
  readonly clauses: ReadonlyMap<string, CallbackClause>;
  readonly known: Map<string, readonly SyncCall[]>;
}

const indexes = new WeakMap<Topology, WaitIndex>();
const keyOf = ({ fn, clause }: ReachStart): string => `${fn}#${clause ?? ""}`;

function indexOf(topology: Topology): WaitIndex {
  let index = indexes.get(topology);
  if (index === undefined) {
    const callsFrom = new Map<string, Message[]>();
    for (const message of topology.messages) {
      if (message.mode !== "call") continue;
      const list = callsFrom.get(message.from);
      if (list === undefined) callsFrom.set(message.from, [message]);
      else list.push(message);
    }
    const clauses = new Map(
      [...topology.definitions.values()].flatMap(({ callbacks }) => callbacks.map((one) => [keyOf(one), one] as const)),
    );
    index = { callsFrom, clauses, known: new Map() };
    indexes.set(topology, index);
  }
  return index;
}

/** The calls that a function, or one clause of it, makes and waits for, through the functions that it calls. */
export function syncCallsOf(start: ReachStart, topology: Topology): readonly SyncCall[] {
  const index = indexOf(topology);
  let calls = index.known.get(keyOf(start));
  if (calls === undefined) {
    calls = reachOf(start, topology).flatMap((reached) =>
      (index.callsFrom.get(reached.fn.key) ?? []).filter(reached.includes).map(
        (message): SyncCall => ({
          message,
          path: reached.path,
          answeredBy: answeredBy(message, index.clauses, topology),
          doubtful: isDoubtful(message, reached),
        }),
      ),
    );
    index.known.set(keyOf(start), calls);
  }
  return calls;
}

function answeredBy(message: Message, clauses: WaitIndex["clauses"], topology: Topology): CallbackClause | null {
  const [module] = message.to;
  if (message.to.length !== 1 || module === undefined || message.certainty === "unknown") return null;
  // `{Name, node}`: the process of that name on another node.
  if (message.target.startsWith("{") && !/^\{:?(global|via)\b/.test(message.target)) return null;
  if (message.handler !== null) return clauses.get(keyOf(message.handler)) ?? null;
  const possible = topology.definitions.get(module)?.callbacks.filter(({ role }) => role === "call") ?? [];
  return possible.length === 1 ? (possible[0] ?? null) : null;
}

/** Where in the start a call stands, or the call through which it is made. */
export function placeOf({ path, message }: SyncCall): Place {
  return path[0]?.place ?? message.place;
}

/** Whether the clause makes the call before it answers: not behind a reply that it gives itself. */
export function isBeforeReply(
  call: SyncCall,
  { effects, headPlace, place }: Pick<CallbackClause, "effects" | "headPlace" | "place">,
): boolean {
  const { file, at } = placeOf(call);
  const start = (headPlace ?? place).at;
  return !effects.others.some(({ kind, place: reply }) => kind === "reply" && reply.file === file && reply.at > start && reply.at < at);
}

/** Clauses that one question looks at, and calls in a row. */
const fuel = 400;
const maxCalls = 8;
/** Waits that are worth a word: others are over at once, or stand in the row themselves. */
const outside: ReadonlySet<BlockingStep["category"]> = new Set([
  "http",
  "database",
  "file",
  "port",
  "sleep",
  "socket",
  "system",
  "receive",
]);

/** The longest row of answers that a function waits for (of equally long ones that with the longest timeouts), or null where it waits for none. */
export function longestWait(start: ReachStart, topology: Topology): WaitChain | null {
  let left = fuel;
  const follow = (from: ReachStart, clause: CallbackClause | null, above: readonly string[]): WaitChain | null => {
    let best: WaitChain | null = null;
    for (const call of syncCallsOf(from, topology)) {
      if (clause !== null && !isBeforeReply(call, clause)) continue;
      const found = extend(call, above);
      if (best === null || isWorse(best, found)) best = found;
    }
    return best;
  };
  const extend = (call: SyncCall, above: readonly string[]): WaitChain => {
    const { answeredBy: next } = call;
    if (next === null) return { calls: [call], ends: null, comesBack: false };
    if (above.includes(keyOf(next))) return { calls: [call], ends: null, comesBack: true };
    const ends = next.effects.blocks.find(({ category, certainty }) => certainty === "certain" && outside.has(category)) ?? null;
    const further = above.length < maxCalls && left-- > 0 ? follow(next, next, [...above, keyOf(next)]) : null;
    return further === null ? { calls: [call], ends, comesBack: false } : { ...further, calls: [call, ...further.calls] };
  };
  return follow(start, null, []);
}

function isWorse(best: WaitChain, other: WaitChain): boolean {
  if (best.calls.length !== other.calls.length) return best.calls.length < other.calls.length;
  if (best.comesBack !== other.comesBack) return other.comesBack;
  return isLonger(sumOfTimeouts(other).sum, sumOfTimeouts(best).sum);
}

/** All timeouts of the row together; `open`: some are not known, so that it may be longer. */
export function sumOfTimeouts({ calls }: Pick<WaitChain, "calls">): { readonly sum: Timeout; readonly open: boolean } {
  let sum: Timeout = 0;
  let open = false;
  for (const { message } of calls) {
    if (message.timeout === undefined) open = true;
    else if (message.timeout === "infinity" || sum === "infinity") sum = "infinity";
    else sum += message.timeout;
  }
  return { sum, open };
}

/** The first call of the row that waits longer than one before it, with that one; null where timeouts do not become longer on the way down. */
export function firstOutlasting({ calls }: Pick<WaitChain, "calls">): { readonly outer: SyncCall; readonly inner: SyncCall } | null {
  for (let i = 1; i < calls.length; i++) {
    const inner = calls[i]!;
    const limit = inner.message.timeout;
    if (limit === undefined) continue;
    const outer = calls.slice(0, i).find(({ message }) => message.timeout !== undefined && isLonger(limit, message.timeout));
    if (outer !== undefined) return { outer, inner };
  }
  return null;
}
