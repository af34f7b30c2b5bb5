/** What is done once in the life of a process, or by somebody who looks after it: no measure of how often requests wait. Pure. */
import { reachOf } from "../../model/reach.ts";
import type { CallbackClause, ProcessDefinition } from "../../model/topology.ts";
import type { Caller, CallerIndex, Entry } from "../callers.ts";
import { clausesOf } from "../clauses.ts";
import type { RuleContext } from "../rule.ts";

/**
 * What somebody does once in a while: a clause for it is not on the path of a request, whoever calls it.
 */
const administrative =
  /^:?(stop|shutdown|terminate|restart|reset|reload|configure|install|uninstall|upgrade|flush|drain|purge|debug|dump|inspect)(_|$)/;

/** Whether the tag of a message says that somebody manages the process by it. */
export function isAdministrative(tag: string | null): boolean {
  return administrative.test(tag ?? "");
}

/** Whether a call is made when a process starts, ends, is managed, or starts and ends others, not in the course of its work. */
export function isOccasional(caller: Caller, index: CallerIndex, context: RuleContext): boolean {
  const { contexts } = caller;
  if (contexts.length > 0 && contexts.every(({ kind }) => kind === "application_start")) return true;
  return index.entriesOf(caller)?.every((entry) => isOccasion(entry, context)) === true;
}

function isOccasion({ module, clause }: Entry, context: RuleContext): boolean {
  const { role, tag, effects } = clause;
  if (role === "init" || role === "continue" || role === "terminate" || isAdministrative(tag)) return true;
  if (/^:?(enable|disable)(_|$)/.test(tag ?? "")) return true;
  if (effects.others.some(({ kind }) => kind === "start" || kind === "start_child" || kind === "stop")) return true;
  const definition = context.topology.definitions.get(module);
  return definition !== undefined && restartsInPlace(clause, definition, context);
}

/** A call that processes of which there is one each make when they start: it takes place once in the life of the node. */
export function isOnceForAll(caller: Caller, index: CallerIndex, context: RuleContext): boolean {
  return (
    caller.contexts.length > 0 && caller.contexts.every(({ cardinality }) => cardinality === "one") && isOccasional(caller, index, context)
  );
}

/** Whether it takes down what `terminate` takes down, and sets up what `init` sets up: functions that only the one or only the other runs. */
function restartsInPlace(clause: CallbackClause, definition: ProcessDefinition, context: RuleContext): boolean {
  const own = ownFunctions([clause], definition, context);
  const first = ownFunctions(clausesOf(definition, "init"), definition, context);
  const last = ownFunctions(clausesOf(definition, "terminate"), definition, context);
  return [...own].some((key) => first.has(key) && !last.has(key)) && [...own].some((key) => last.has(key) && !first.has(key));
}

/** Functions of the definition's module that the clauses run. */
function ownFunctions(clauses: readonly CallbackClause[], { module }: ProcessDefinition, { topology }: RuleContext): ReadonlySet<string> {
  return new Set(
    clauses.flatMap((clause) =>
      reachOf(clause, topology).flatMap(({ fn, path }) => (fn.module === module && path.length > 0 ? fn.key : [])),
    ),
  );
}
