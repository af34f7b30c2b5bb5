/**
 * One process for each domain object, that only gets and sets fields.
 *
 * Needs: an Agent or GenServer that ordinary code starts and links to, by pid alone (no name, no registry: then others can find it while it works,
 * which a value cannot offer), and not inside of another process, which may hand the pid to anyone; each clause only reads or only changes the
 * state, at least one of each; nothing but calls and casts; no reason, clients that contend for it among them. Source cannot see all holders of
 * the pid, so the certainty is `probable`.
 */

import { clausesOf, isQuiet } from "../clauses.ts";
import { termsOf } from "../terms.ts";
import { callerEvidence, code } from "../wording.ts";
import { callsUnread, type Subject, type Variant } from "./subject.ts";

export const entity: Variant = (subject) => {
  const { definition, context, name, callers, starts } = subject;
  if ((definition.kind !== "gen_server" && definition.kind !== "agent") || definition.reasons.length > 0) return null;
  if (!isOnePerObject(subject) || callers.length === 0 || !onlyGetsAndSets(subject) || callsUnread(subject)) return null;
  const terms = termsOf(definition.module, context.topology.language);
  const kind = definition.kind === "agent" ? "an Agent" : terms.server;
  return {
    variant: "entity",
    certainty: "probable",
    what: `${code(name)} is ${kind} for each object, and only gets and sets fields.`,
    why: "Objects that are processes are lost in a crash, cannot be changed together, and cost a message for each field; no two clients contend for one.",
    fix: `Make ${code(name)} ${terms.struct} with functions that take it and return it; keep it where it is used, or in the database.`,
    evidence: [
      ...starts.slice(0, 2).map(({ place }) => ({ message: "one is started here", place })),
      ...callerEvidence(context, callers, 4),
    ],
  };
};

function isOnePerObject({ definition, starts, supervised, index }: Subject): boolean {
  if (definition.cardinality !== "unknown" || definition.nodes.some(({ name }) => name !== null)) return false;
  if (supervised.length > 0 || starts.length === 0) return false;
  return starts.every(({ linked, fn }) => linked && index.contextsOf(fn).every(({ kind }) => kind !== "process"));
}

function onlyGetsAndSets({ definition }: Subject): boolean {
  const clauses = clausesOf(definition, "call", "cast");
  if (clauses.length < 2 || clausesOf(definition, "info", "continue", "event", "terminate").length > 0) return false;
  const isGet = clauses.map(({ effects }) => effects.state === "unchanged" && effects.readsState);
  const isSet = clauses.map(({ effects }) => effects.state === "changed");
  return (
    clauses.every((clause, i) => isQuiet(clause) && (isGet[i] === true || isSet[i] === true)) &&
    isGet.includes(true) &&
    isSet.includes(true)
  );
}
