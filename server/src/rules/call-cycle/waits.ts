/** Which clause of a callback waits for which clause of another process. Pure. */
import type { CallbackClause, Certainty, ClauseEffects, Evidence, Message } from "../../model/topology.ts";
import type { GivenKey, KeyOrigin, Service } from "../../model/virtual-actor.ts";
import { isBeforeReply, type SyncCall, syncCallsOf } from "../../model/waits.ts";
import { clauseKey } from "../clauses.ts";
import { pathEvidence } from "../reach.ts";
import type { RuleContext } from "../rule.ts";
import { FIRST, type Knowing, knownBy, originBefore } from "./keys.ts";

type Clause = Pick<CallbackClause, "fn" | "clause" | "pattern" | "place" | "headPlace" | "interleaves" | "atKeys" | "effects">;

export interface End {
  readonly module: string;
  readonly clause: Clause;
  /** False where another process of the same code may be meant each time. */
  readonly isOne: boolean;
}

export interface Wait {
  readonly from: End;
  readonly to: End;
  /** Calls from the clause down to the message, the first in the clause itself; never empty. */
  readonly path: readonly Evidence[];
  readonly certainty: Certainty;
  /** Of actors that a key tells apart. */
  readonly keys?: Keys;
}

/** As the clause tells it that waits. `origin`: of the key of the one that it waits for; null where source does not tell. */
interface Keys {
  readonly origin: KeyOrigin | null;
  readonly givenKeys: readonly GivenKey[];
}

/** A row of waits that comes back to where it began. */
export interface Cycle {
  readonly waits: readonly Wait[];
  readonly certainty: Certainty;
}

/** By what their clauses are known by. */
interface Ends {
  readonly processes: Map<string, End>;
  readonly services: Map<string, End>;
}

const maxProcesses = 6;
const NO_EFFECTS: ClauseEffects = { state: "unknown", readsState: false, reply: "direct", blocks: [], tables: [], others: [] };

/** Waits between processes, one for each pair of clauses and way to find the one that is waited for. */
export function findWaits(context: RuleContext): readonly Wait[] {
  const { topology, roleOf } = context;
  const ends: Ends = { processes: new Map(), services: new Map() };
  for (const { module, callbacks, cardinality, kind, place } of topology.definitions.values()) {
    if (roleOf(place.file) !== "source") continue;
    const isOne = cardinality === "one" || kind === "virtual_actor";
    for (const clause of callbacks) ends.processes.set(clauseKey(clause), { module, clause, isOne });
  }
  // What takes other messages while it waits is only a way back to what does not.
  if ([...ends.processes.values()].every(({ clause }) => clause.interleaves === true)) return [];
  for (const service of topology.services?.values() ?? [])
    if (roleOf(service.place.file) === "source") for (const end of endsOf(service, context)) ends.services.set(clauseKey(end.clause), end);
  return [...ends.processes.values(), ...ends.services.values()].flatMap((end) => waitsOf(end, ends, context));
}

/** Functions that keep nothing, and wait for others as actors do. */
function endsOf({ module, functions }: Service, { topology }: RuleContext): readonly End[] {
  return functions.flatMap(({ fn, headPlace }): readonly End[] => {
    const node = topology.functions.get(fn);
    const clause: Clause = {
      fn,
      clause: 0,
      pattern: `${node?.name}(…)`,
      place: headPlace,
      headPlace,
      interleaves: true,
      effects: NO_EFFECTS,
    };
    return node === undefined ? [] : [{ module, clause, isOne: false }];
  });
}

/** Any process may be one of many as long as it is no other one of the sender's own code: whichever it is, its sender waits for it. */
function isFollowed({ key }: Message, from: End, to: End): boolean {
  return key !== undefined || from.module !== to.module || to.isOne;
}

function waitsOf(from: End, ends: Ends, context: RuleContext): readonly Wait[] {
  const waits = new Map<string, Wait>();
  for (const call of syncCallsOf(from.clause, context.topology)) {
    const to = endOf(call, ends);
    if (to === undefined || call.doubtful || !isBeforeReply(call, from.clause) || !isFollowed(call.message, from, to)) continue;
    const keys = keysOf(call);
    const key = clauseKey(to.clause) + (keys === undefined ? "" : JSON.stringify(keys));
    if (!waits.has(key)) waits.set(key, waitFor(call, from, to, keys, context));
  }
  return [...waits.values()];
}

function endOf({ message, answeredBy }: SyncCall, { processes, services }: Ends): End | undefined {
  if (answeredBy !== null) return processes.get(clauseKey(answeredBy));
  return message.handler === null ? undefined : services.get(clauseKey(message.handler));
}

function keysOf({ message, path }: SyncCall): Keys | undefined {
  if (message.key === undefined) return undefined;
  const givenKeys = (message.givenKeys ?? []).flatMap(({ origin, ...part }) => {
    const known = originBefore(origin, path);
    return known === null ? [] : { ...part, origin: known };
  });
  return { origin: originBefore(message.key.origin, path), givenKeys };
}

function waitFor({ message, path }: SyncCall, from: End, to: End, keys: Keys | undefined, context: RuleContext): Wait {
  const given = keys?.origin?.from === "parameter" ? " of the key that it is given" : "";
  const sent: Evidence = { message: `waits for ${context.print(to.module)}${given}`, place: message.place };
  const { certainty } = message;
  return { from, to, path: [...pathEvidence(path, context), sent, ...message.via], certainty, ...(keys === undefined ? {} : { keys }) };
}

/** Whether it waits for itself. */
export function isSelfCall({ from, to, keys }: Wait): boolean {
  if (from.module !== to.module || (keys !== undefined && keys.origin?.from !== "own")) return false;
  // What takes other messages while it waits takes its own.
  return from.clause.interleaves !== true && to.clause.interleaves !== true;
}

/**
 * Whether the last wait of a row is for the process at which the row began. `unsure`: the row comes back to the actor of a constant key, which is only one of
 * those at which it may begin.
 */
function comesBack(row: readonly Wait[], knowing: Knowing): "sure" | "unsure" | null {
  const [first, last] = [row[0]!, row.at(-1)!];
  if (first.from.module !== last.to.module || last.to.clause.interleaves === true) return null;
  if (last.keys === undefined || knowing.own?.k === "first") return "sure";
  return knowing.own?.k === "constant" && first.from.clause.atKeys?.includes(knowing.own.text) === true ? "unsure" : null;
}

/**
 * Rows of waits through two or more processes that come back to the first, one for each set of processes; from the first by name of those of which there is
 * one and whose row comes back: it is that one again, whoever stands between. The way goes on from clause to clause, but what takes the last call may be any
 * clause of the first process, so that each has to be tried as the first one.
 */
export function findCycles(waits: readonly Wait[]): readonly Cycle[] {
  const byClause = new Map<string, Wait[]>();
  for (const wait of waits) {
    const key = clauseKey(wait.from.clause);
    const own = byClause.get(key);
    if (own === undefined) byClause.set(key, [wait]);
    else own.push(wait);
  }
  const cycles = new Map<string, Cycle>();
  const follow = (before: readonly Wait[], wait: Wait, sender: Knowing): void => {
    const row = [...before, wait];
    const { to, keys } = wait;
    const knowing = keys === undefined ? FIRST : knownBy(keys.origin, keys.givenKeys, sender);
    const back = comesBack(row, knowing);
    if (back !== null) {
      const key = row
        .map(({ from }) => from.module)
        .sort()
        .join(" ");
      const isCertain = back === "sure" && row.every(({ certainty }) => certainty === "certain");
      if (row.length > 1 && !cycles.has(key)) cycles.set(key, { waits: row, certainty: isCertain ? "certain" : "probable" });
      return;
    }
    if (row.length >= maxProcesses || to.clause.effects.reply === "later" || row.some(({ from }) => isPassed(from, to, keys))) return;
    for (const next of byClause.get(clauseKey(to.clause)) ?? []) follow(row, next, knowing);
  };
  // What takes other messages while it waits is between others at most.
  const starts = waits
    .filter(({ from }) => from.isOne && from.clause.interleaves !== true)
    .sort((one, other) => (one.from.module < other.from.module ? -1 : 1));
  for (const wait of starts) follow([], wait, FIRST);
  return [...cycles.values()];
}

/** Whether the row has been there before: of actors that a key tells apart, another one may take the same message once more. */
function isPassed(from: End, to: End, keys: Keys | undefined): boolean {
  return keys === undefined ? from.module === to.module : from.clause === to.clause;
}
