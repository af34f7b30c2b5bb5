/** Which callback clause takes a message. Pure. */
import type { Clause } from "../../model/expression.ts";
import type { CallbackRow } from "../../model/library.ts";
import type { Place } from "../../model/topology.ts";
import type { Value } from "../evaluate/value.ts";
import type { CallbackFunction, Defined } from "./defined.ts";
import { isCatchAll, patternTag, valueTag } from "./patterns.ts";

export interface Handler {
  readonly callback: CallbackFunction;
  readonly clause: number;
  readonly place: Place;
  /** True where it takes everything, not this message in particular. */
  readonly catchAll: boolean;
}

export type Mode = "call" | "cast" | "info";

/** The clause that takes the message, where that can be told; null where none does or it cannot. */
export function findHandler(defined: Defined, mode: Mode, message: Value): Handler | null {
  for (const callback of callbacksFor(defined, mode)) {
    const { fn, row } = callback;
    const { clauses } = fn.info.facts;
    for (let i = 0; i < clauses.length; i++) {
      const taken = takes(callback, clauses[i]!, message);
      if (taken === "unknown") return null;
      if (taken === "yes") return { callback, clause: i, place: fn.place(clauses[i]!), catchAll: isCatchAllFor(clauses[i]!, row) };
    }
  }
  return null;
}

/** The callbacks that messages of a mode come to: a state machine's event handlers take all of them, a `gen_event`'s what it is notified of. */
export function callbacksFor(defined: Defined, mode: Mode): CallbackFunction[] {
  const events = defined.kind === "gen_statem" || (defined.kind === "gen_event" && mode !== "info");
  return defined.callbacks.filter(({ row }) => row.message !== null && (row.role === mode || (events && row.role === "event")));
}

function takes({ fn, row }: CallbackFunction, clause: Clause, message: Value): "yes" | "no" | "unknown" {
  const pattern = row.message === null ? undefined : clause.params[row.message];
  if (pattern === undefined) return "no";
  const { questions, frame } = fn.values;
  questions.refuel();
  const { outcome } = questions.evaluator.matchPattern(pattern, message, frame);
  if (outcome === "no") return "no";
  if (outcome === "yes" && clause.guard === null) return "yes";
  const tag = valueTag(message);
  if (tag !== null && patternTag(pattern) === tag) return "yes";
  return isCatchAll(pattern) && clause.guard !== null ? "no" : "unknown";
}

export function isCatchAllFor(clause: Clause, row: CallbackRow): boolean {
  const pattern = row.message === null ? undefined : clause.params[row.message];
  return pattern !== undefined && clause.guard === null && isCatchAll(pattern);
}
