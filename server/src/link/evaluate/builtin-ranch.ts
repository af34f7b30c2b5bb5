/**
 * What ranch's server keeps for its listeners: a listener's supervisor hands its options over as it starts, and the supervisors below ask for them.
 * Source: ranch_server.erl of ranch 1.6 to 2.2 (`set_new_listener_opts/5`, `get_transport_options/1`).
 */
import type { Builtin } from "./builtins.ts";
import { atom, isKnown, keyOf, type Value } from "./value.ts";

/** Options of listeners by their references: by the term where source tells it whole, else by the value itself. */
export class ListenerOptions {
  private readonly byTerm = new Map<string, Value>();
  private readonly byValue = new WeakMap<Value, Value>();
  /** How often they were asked for: what depends on them is not remembered for equal arguments. */
  reads = 0;

  keep(reference: Value, options: Value): void {
    if (isKnown(reference)) this.byTerm.set(keyOf(reference), options);
    else this.byValue.set(reference, options);
  }

  /** Null where no listener of that reference has been started on the way. */
  find(reference: Value): Value | null {
    this.reads++;
    return (isKnown(reference) ? this.byTerm.get(keyOf(reference)) : this.byValue.get(reference)) ?? null;
  }
}

const keep: Builtin = ({ evaluator, args: [reference, , options] }) => {
  evaluator.listenerOptions.keep(reference, options);
  return atom("ok");
};

export const ranch: Record<string, Builtin> = {
  "ranch_server.set_new_listener_opts/5": keep,
  "ranch_server.get_transport_options/1": ({ evaluator, args: [reference] }) => evaluator.listenerOptions.find(reference),
};
