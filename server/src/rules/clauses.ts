/** What rules ask of a callback's clause. Pure. */
import type { CallbackClause, Place, ProcessDefinition } from "../model/topology.ts";

/** Where a finding or a piece of evidence points to a clause: its head, which is on one line. */
export function headOf({ headPlace, place }: Pick<CallbackClause, "headPlace" | "place">): Place {
  return headPlace ?? place;
}

export function clauseKey({ fn, clause }: { readonly fn: string; readonly clause: number }): string {
  return `${fn}#${clause}`;
}

/** Whether a clause does nothing but answer: no waits, no tables, no effects on the world. */
export function isQuiet({ effects }: CallbackClause): boolean {
  return effects.blocks.length === 0 && effects.tables.length === 0 && effects.others.length === 0;
}

export function clausesOf({ callbacks }: ProcessDefinition, ...roles: readonly CallbackClause["role"][]): readonly CallbackClause[] {
  return callbacks.filter(({ role }) => roles.includes(role));
}
