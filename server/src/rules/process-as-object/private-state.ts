/**
 * A process that holds data for one other process, its owner, which waits for each answer.
 *
 * Needs: ordinary code starts it and links to it (without a link a failure is kept apart), no supervisor does; it gets nothing but calls; all
 * that start and call it run in one kind of process; its clauses touch nothing but the state, and call nothing unknown; no reason. Source cannot tell whether the owner
 * hands the pid on by a way that is not followed, so the certainty is `probable`.
 */

import type { Caller } from "../callers.ts";
import { clausesOf, isQuiet } from "../clauses.ts";
import { code, functionName, listed } from "../wording.ts";
import { callsUnread, isOnlyCalled, reasonsBut, type Subject, type Variant, worksOnItsOwn } from "./subject.ts";

export const privateState: Variant = (subject) => {
  const { definition, context, name, callers, starts } = subject;
  const owner = ownerOf(subject);
  if (owner === null || (definition.kind !== "gen_server" && definition.kind !== "agent")) return null;
  if (reasonsBut(definition, "contended_state").length > 0 || worksOnItsOwn(subject) || !isOnlyCalled(subject)) return null;
  if (callsUnread(subject)) return null;
  const clauses = clausesOf(definition, "call");
  if (!clauses.every(isQuiet) || !clauses.some(({ effects }) => effects.state === "changed")) return null;
  return {
    variant: "private-state",
    certainty: "probable",
    what: `${code(name)} holds data that only ${owner} works with: it starts the process, is linked to it, and waits for each answer.`,
    why: "Nothing runs at the same time and nothing fails apart, so the process only adds copies and messages to what is a value.",
    fix: `Keep the data in the owner's state, and make ${code(name)} a module whose functions take the data and return it.`,
    evidence: [
      ...starts.map(({ place }) => ({ message: "it is started here, linked to the owner", place })),
      ...callers.slice(0, 4).map((caller) => ({ message: `${functionName(context, caller.fn)} waits for it`, place: caller.place })),
    ],
  };
};

/** In words, the one that starts and calls it: a process, or a function. Null where there are several or none is known. */
function ownerOf({ definition, context, callers, starts, supervised, index }: Subject): string | null {
  if (supervised.length > 0 || starts.length === 0 || callers.length === 0 || !starts.every(({ linked }) => linked)) return null;
  const functions = new Set([...starts.map(({ fn }) => fn), ...callers.map(({ fn }) => fn.key)]);
  const contexts = [...functions].map((fn) => index.contextsOf(fn).map(({ id }) => id));
  const all = new Map([...functions].flatMap((fn) => index.contextsOf(fn).map((one) => [one.id, one] as const)));
  const [only] = all.values();
  // One that many reach by its name is shared by them, whoever of them starts it.
  if (only?.cardinality === "many" && (definition.cardinality === "one" || callers.some(goesByName))) return null;
  if (all.size === 1 && contexts.every(({ length }) => length === 1) && only !== undefined && only.module !== definition.module) {
    return only.kind === "external" ? inOneFunction(functions, context) : code(only.label);
  }
  return all.size === 0 ? inOneFunction(functions, context) : null;
}

/** Whether the target is worked out where the message is sent, and not a pid that somebody keeps: a name. */
function goesByName({ message: { target } }: Caller): boolean {
  return /[("{]/.test(target);
}

/** A process that lives and dies in one function has that function as its owner, wherever it runs. */
function inOneFunction(functions: ReadonlySet<string>, context: Subject["context"]): string | null {
  const known = [...functions].flatMap((fn) => context.topology.functions.get(fn) ?? []);
  return known.length === 1 ? listed(known.map((fn) => code(functionName(context, fn)))) : null;
}
