/** What has been looked at of functions that calls lead to, so that each is read once for what is handed to it. Pure. */
import { type Bindings, bindingsKey, NO_BINDINGS } from "../../model/bindings.ts";
import type { Clauses } from "./clause-choice.ts";
import type { FlowNode } from "./graph.ts";

/** With more ways to hand literals to a function than this, nothing is known of its parameters. */
const maxBindings = 4;

export interface Entered {
  /** Clauses that were not looked at before with these bindings, or with none. */
  readonly clauses: Clauses;
  readonly bindings: Bindings;
}

/** Which clauses of functions were looked at, by what was known of its parameters. */
export class Visited {
  private readonly known = new Map<FlowNode, Map<string, Clauses>>();

  /** What is left to look at, or null. */
  enter(node: FlowNode, clauses: Clauses, bindings: Bindings): Entered | null {
    let own = this.known.get(node);
    if (own === undefined) this.known.set(node, (own = new Map()));
    const kept = own.size < maxBindings ? bindings : NO_BINDINGS;
    const key = bindingsKey(kept);
    const seen = own.get(key) ?? 0;
    const left = clauses & ~(seen | (own.get("") ?? 0));
    if (left === 0) return null;
    own.set(key, seen | left);
    return { clauses: left, bindings: kept };
  }
}
