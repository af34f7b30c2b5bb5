/**
 * A GenServer of which each answer depends on the message alone.
 *
 * Needs, all certain: at least one clause of `handle_call`, and nothing but calls; no clause reads or changes the state, starts anything, touches a table or
 * waits for anything but an HTTP request or another process (a file, a port, a lock or a database may be what has to be reached one at a time), or runs a
 * function that it was sent (whoever sends it may want it to be the only one); at most one process of it (a pool limits how much runs at once, and what
 * nothing known starts under no name may be a worker of one); no reason, where callers that "contend" for a state that nobody reads do not count; `init`
 * calls nothing unknown. An unknown function in a clause, or a wait, makes it `probable`. Where its waits make many others wait, `singleton-bottleneck`
 * speaks instead.
 *
 * A state that clauses change beside an answer that they work out without a wait, and that no clause reads, is none; that is `probable`, since an operator
 * may look at it from outside.
 */

import type { CallbackClause } from "../../model/topology.ts";
import { crowdOf } from "../callers.ts";
import { clausesOf, headOf } from "../clauses.ts";
import { termsOf } from "../terms.ts";
import { callerEvidence, clauseName, code, listed } from "../wording.ts";
import { callsUnread, isOnlyCalled, reasonsBut, runsGiven, type Subject, type Variant, worksOnItsOwn } from "./subject.ts";

export const stateless: Variant = (subject) => {
  if (!isStateless(subject, true)) return null;
  const { definition, context, name } = subject;
  const clauses = clausesOf(definition, "call");
  const waits = clauses.some(({ effects }) => effects.blocks.length > 0);
  const keeps = clauses.some(({ effects }) => effects.state === "changed");
  const named = listed(clauses.map(clauseName));
  return {
    variant: "stateless",
    certainty: waits || keeps || callsUnread(subject) ? "probable" : "certain",
    what: keeps
      ? `${code(name)} is a process, but no answer depends on what it keeps: nothing reads the state that ${named} ${clauses.length === 1 ? "changes" : "change"}.`
      : `${code(name)} is a process, but ${named} neither ${clauses.length === 1 ? "reads nor changes" : "read nor change"} its state.`,
    why: "Its callers queue up and copy their data to it and back, for work that each of them could do itself at the same time.",
    fix: `Make the callbacks of ${code(name)} plain functions, and remove ${termsOf(definition.module, context.topology.language).serverUse} and its child specification.`,
    evidence: [
      ...clauses.map((clause) => ({
        message: `${clauseName(clause)} ${clause.effects.state === "changed" ? "does not look at" : "leaves"} the state${clause.effects.state === "changed" ? "" : " alone"}`,
        place: headOf(clause),
      })),
      ...subject.supervised.slice(0, 1).map(({ place }) => ({ message: "it is started here", place })),
      ...callerEvidence(context, subject.callers, 3),
    ],
  };
};

/** `mayKeep`: also where each answer depends on the message alone, and clauses keep something that no clause reads. */
export function isStateless(subject: Subject, mayKeep = false): boolean {
  const { definition, callers, slow } = subject;
  const clauses = clausesOf(definition, "call");
  if (definition.kind !== "gen_server" || clauses.length === 0) return false;
  if (definition.cardinality === "many" || definition.cardinality === "fixed" || isStartedUnread(subject)) return false;
  if (reasonsBut(definition, "contended_state").length > 0 || worksOnItsOwn(subject) || !isOnlyCalled(subject)) return false;
  if (callsUnread(subject, "init") || runsGiven(subject)) return false;
  if (mayKeep && clausesOf(definition, "terminate").some(({ effects }) => effects.readsState)) return false;
  if (
    !clauses.every((clause) => onlyAnswers(clause, mayKeep)) ||
    clausesOf(definition, "init").some(({ effects }) => effects.others.length > 0)
  )
    return false;
  return crowdOf(callers, definition.module) === null || clauses.every((clause) => slow.of(clause).length === 0);
}

/** Nothing that is read starts it, and no name says that there is one. */
function isStartedUnread({ definition: { cardinality, nodes }, starts, supervised }: Subject): boolean {
  return cardinality !== "one" && starts.length === 0 && supervised.length === 0 && nodes.every(({ name }) => name === null);
}

function onlyAnswers({ effects }: CallbackClause, mayKeep: boolean): boolean {
  return (
    (effects.state === "unchanged" || (mayKeep && effects.state === "changed" && effects.blocks.length === 0)) &&
    !effects.readsState &&
    effects.reply === "direct" &&
    effects.tables.length === 0 &&
    effects.others.length === 0 &&
    effects.blocks.every(({ category }) => category === "http" || category === "call")
  );
}
