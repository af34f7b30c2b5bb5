/** A message that its target does not take. Pure data. */
import type { HandlerClause, Place } from "./topology.ts";

/** That no clause of a message's target takes it. */
export interface Refusal {
  /** The callback that would have to: `handle_call`. */
  readonly callback: string;
  /** Whether the target defines that callback at all. */
  readonly defined: boolean;
  /** Its clauses for messages of the same tag; `place` is their pattern. */
  readonly near: readonly HandlerClause[];
  /** As what a clause would take it. */
  readonly takenAs: "call" | "cast" | "info" | null;
  /** A function of the callback's name with another number of arguments, which nothing calls as a callback. */
  readonly namesake: { readonly arity: number; readonly place: Place } | null;
}
