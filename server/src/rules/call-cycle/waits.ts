/** Which clause of a callback waits for which clause of another process. Pure. */
import { isScript } from "../../model/function-name.ts";
import type { CallbackClause, Certainty, Evidence, Message } from "../../model/topology.ts";
import { isBeforeReply, type SyncCall, syncCallsOf } from "../../model/waits.ts";
import { clauseKey } from "../clauses.ts";
import { pathEvidence } from "../reach.ts";
import type { RuleContext } from "../rule.ts";

export interface End {
  readonly module: string;
  readonly clause: CallbackClause;
  /** False where another process of the same code may be meant each time. */
  readonly isOne: boolean;
}

export interface Wait {
  readonly from: End;
  readonly to: End;
  /** Calls from the clause down to the message, the first in the clause itself; never empty. */
  readonly path: readonly Evidence[];
  readonly certainty: Certainty;
}

const maxProcesses = 6;

/** Waits between processes, one for each pair of clauses; of actors that a key tells apart only those surely for the same one each time. */
export function findWaits(context: RuleContext): readonly Wait[] {
  const { topology, roleOf } = context;
  const ends = new Map<string, End>();
  for (const { module, callbacks, cardinality, kind, place } of topology.definitions.values()) {
    if (roleOf(place.file) !== "source") continue;
    const isOne = cardinality === "one" || kind === "virtual_actor";
    for (const clause of callbacks) ends.set(clauseKey(clause), { module, clause, isOne });
  }
  return [...ends.values()].flatMap((end) => waitsOf(end, ends, context));
}

/**
 * Of actors that a key tells apart: the sender's own key, or one that is the same for everybody; of its own kind, an actor of a constant key may well be
 * another one. Any other process may be one of many as long as it is no other one of the sender's own code: whichever it is, its sender waits for it.
 */
function isFollowed({ key }: Message, from: End, to: End, { topology }: RuleContext): boolean {
  const isOne = (module: string): boolean => topology.definitions.get(module)?.cardinality === "one";
  if (key?.kind === "own") return true;
  if (key === undefined && !isScript(from.module) && !isScript(to.module)) return from.module !== to.module || to.isOne;
  return isOne(from.module) && isOne(to.module) && (key === undefined || (key.kind === "constant" && from.module !== to.module));
}

function waitsOf(from: End, ends: ReadonlyMap<string, End>, context: RuleContext): readonly Wait[] {
  const waits = new Map<string, Wait>();
  // It takes other messages while it waits.
  if (from.clause.interleaves === true) return [];
  for (const call of syncCallsOf(from.clause, context.topology)) {
    const to = call.answeredBy === null ? undefined : ends.get(clauseKey(call.answeredBy));
    if (to === undefined || call.doubtful || waits.has(clauseKey(to.clause)) || !isBeforeReply(call, from.clause)) continue;
    if (to.clause.interleaves === true || !isFollowed(call.message, from, to, context)) continue;
    waits.set(clauseKey(to.clause), waitFor(call, from, to, context));
  }
  return [...waits.values()];
}

function waitFor({ message, path }: SyncCall, from: End, to: End, context: RuleContext): Wait {
  const sent: Evidence = { message: `waits for ${context.print(to.module)}`, place: message.place };
  return { from, to, path: [...pathEvidence(path, context), sent, ...message.via], certainty: message.certainty };
}

/**
 * Rows of waits through two or more processes that come back to the first, one for each set of processes; from the first by name of those of which there is
 * one and whose row comes back: it is that one again, whoever stands between. The way goes on from clause to clause, but what takes the last call may be any
 * clause of the first process, so that each has to be tried as the first one.
 */
export function findCycles(waits: readonly Wait[]): readonly (readonly Wait[])[] {
  const byClause = new Map<string, Wait[]>();
  for (const wait of waits) {
    const key = clauseKey(wait.from.clause);
    const own = byClause.get(key);
    if (own === undefined) byClause.set(key, [wait]);
    else own.push(wait);
  }
  const cycles = new Map<string, readonly Wait[]>();
  const follow = (row: readonly Wait[], first: string): void => {
    const last = row.at(-1);
    if (last === undefined || row.length > maxProcesses) return;
    if (last.to.module === first) {
      const key = row
        .map(({ from }) => from.module)
        .sort()
        .join(" ");
      if (row.length > 1 && !cycles.has(key)) cycles.set(key, row);
      return;
    }
    if (row.some(({ from }) => from.module === last.to.module) || last.to.clause.effects.reply === "later") return;
    for (const wait of byClause.get(clauseKey(last.to.clause)) ?? []) follow([...row, wait], first);
  };
  const starts = waits.filter(({ from }) => from.isOne).sort((one, other) => (one.from.module < other.from.module ? -1 : 1));
  for (const wait of starts) follow([wait], wait.from.module);
  return [...cycles.values()];
}
