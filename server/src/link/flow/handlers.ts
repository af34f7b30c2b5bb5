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

/** `maybe`: some clause may take it, but source does not tell which; `no`: none can. */
export type Handling = Handler | "maybe" | "no";

export type Mode = "call" | "cast" | "info";

/** The clause that takes the message. */
export function findHandler(defined: Defined, mode: Mode, message: Value): Handling {
  let possible = false;
  for (const callback of callbacksFor(defined, mode)) {
    const { clauses } = callback.fn.info.facts;
    for (let i = 0; i < clauses.length; i++) {
      const taken = takes(callback, clauses[i]!, message);
      if (taken === "unknown") return "maybe";
      if (taken === "guarded") possible = true;
      if (taken === "yes") {
        if (possible) return "maybe";
        return { callback, clause: i, place: callback.fn.place(clauses[i]!), catchAll: isCatchAllFor(clauses[i]!, callback.row) };
      }
    }
  }
  return possible ? "maybe" : "no";
}

/** The callbacks that messages of a mode come to; where there are none for the mode, a state machine's event handlers take all of them. */
function callbacksFor(defined: Defined, mode: Mode): CallbackFunction[] {
  const own = defined.callbacks.filter(({ row }) => row.message !== null && row.role === mode);
  const events = defined.kind === "gen_statem" || (defined.kind === "gen_event" && mode !== "info");
  return own.length === 0 && events ? defined.callbacks.filter(({ row }) => row.message !== null && row.role === "event") : own;
}

/** `guarded`: takes anything that its guard lets through. */
function takes({ fn, row }: CallbackFunction, clause: Clause, message: Value): "yes" | "no" | "guarded" | "unknown" {
  const pattern = row.message === null ? undefined : clause.params[row.message];
  if (pattern === undefined) return "no";
  const { questions, frame } = fn.values;
  questions.refuel();
  const { outcome } = questions.evaluator.matchPattern(pattern, message, frame);
  if (outcome === "no") return "no";
  if (outcome === "yes" && clause.guard === null) return "yes";
  const tag = valueTag(message);
  if (tag !== null && patternTag(pattern) === tag) return "yes";
  return isCatchAll(pattern) && clause.guard !== null ? "guarded" : "unknown";
}

export function isCatchAllFor(clause: Clause, row: CallbackRow): boolean {
  const pattern = row.message === null ? undefined : clause.params[row.message];
  return pattern !== undefined && clause.guard === null && isCatchAll(pattern);
}
