/** Which callback clause takes a message. Pure. */
import type { Clause, Expression } from "../../model/expression.ts";
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

/**
 * The clauses that may take the message, in their order, up to the first that takes it whatever else is the case: those that are written for
 * its tag, or where there are none and not `onlyTagged`, those that take anything.
 */
export function findHandlers(defined: Defined, mode: Mode, message: Value, onlyTagged: boolean): readonly Handler[] {
  const tag = valueTag(message);
  const tagged: Handler[] = [];
  const others: Handler[] = [];
  for (const callback of callbacksFor(defined, mode)) {
    const { clauses } = callback.fn.info.facts;
    for (let i = 0; i < clauses.length; i++) {
      const clause = clauses[i]!;
      if (isOtherEvent(clause, callback.row, mode) || takes(callback, clause, message) !== "yes") continue;
      const pattern = clause.params[callback.row.message ?? -1];
      const isTagged = tag !== null && pattern !== undefined && patternTag(pattern) === tag;
      const handler = { callback, clause: i, place: callback.fn.place(clause), catchAll: isCatchAllFor(clause, callback.row) };
      (isTagged ? tagged : others).push(handler);
      if (takesAlways(callback, clause, message)) break;
    }
  }
  return tagged.length > 0 || onlyTagged ? tagged : others;
}

/** Whether the event type of a state machine's clause is another one: the messages of `:cast`, `:info` and `{:call, from}` come to the same function. */
function isOtherEvent({ params }: Clause, { role, message }: CallbackRow, mode: Mode): boolean {
  const type = role === "event" && message === 1 ? params[0] : undefined;
  const tag = type === undefined ? null : patternTag(type);
  return tag !== null && tag !== mode;
}

/** Whether neither a guard nor another argument can keep the clause from taking the message. */
function takesAlways({ fn, row }: CallbackFunction, clause: Clause, message: Value): boolean {
  const { questions, frame } = fn.values;
  const pattern = clause.params[row.message ?? -1];
  if (clause.guard !== null || pattern === undefined) return false;
  questions.refuel();
  if (questions.evaluator.matchPattern(pattern, message, frame).outcome !== "yes") return false;
  const others = clause.params.filter((param) => param !== pattern && !(row.role === "event" && param === clause.params[0]));
  return others.every((param) => isCatchAll(param) || isState(param));
}

/** `%State{} = state` asks for what the state always is. */
function isState(pattern: Expression): boolean {
  if (pattern.k === "match") return [pattern.pattern, pattern.value].every((side) => isCatchAll(side) || isState(side));
  return pattern.k === "map" && pattern.pairs.length === 0;
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
