/**
 * A process that only hands out what never changes after its `init`.
 *
 * Needs: at most one process of it; nothing but calls, each of which answers at once, leaves the state as it was and does nothing else, and one at least that
 * reads it; `init` that has no effect on the world but reading files; no code that is not read, in which a connection or another resource may be made or
 * used; no reason. Where a crowd reads, `singleton-bottleneck` speaks instead. It is an `info`: what few ask for seldom costs little.
 */
import type { CallbackClause } from "../../model/topology.ts";
import { crowdOf } from "../callers.ts";
import { clausesOf, headOf, isQuiet } from "../clauses.ts";
import { termsOf } from "../terms.ts";
import { callerEvidence, clauseName, code, listed } from "../wording.ts";
import { callsUnread, isOnlyCalled, runsGiven, type Subject, type Variant, worksOnItsOwn } from "./subject.ts";

export const constant: Variant = (subject) => {
  if (!isConstant(subject)) return null;
  const { definition, context, name, callers, supervised } = subject;
  const clauses = clausesOf(definition, "call").filter(({ effects }) => effects.readsState);
  const { persistentTerm } = termsOf(definition.module, context.topology.language);
  return {
    variant: "constant",
    severity: "info",
    certainty: "probable",
    what: `${code(name)} is a process, but nothing changes what it keeps after its start: ${listed(clauses.map(clauseName))} only ${clauses.length === 1 ? "hands" : "hand"} it out.`,
    why: "Each read is a message, a wait and a copy, for data that could be read where it is.",
    fix: `Put the data into ${persistentTerm} when the application starts, or into a constant of the module, and read it there.`,
    evidence: [
      ...clauses.map((clause) => ({ message: `${clauseName(clause)} leaves the state as it is`, place: headOf(clause) })),
      ...supervised.slice(0, 1).map(({ place }) => ({ message: "it is started here", place })),
      ...callerEvidence(context, callers, 3),
    ],
  };
};

function isConstant(subject: Subject): boolean {
  const { definition, callers } = subject;
  const clauses = clausesOf(definition, "call");
  if (definition.kind !== "gen_server" || definition.cardinality !== "one" || definition.reasons.length > 0) return false;
  if (worksOnItsOwn(subject) || !isOnlyCalled(subject) || callsUnread(subject) || runsGiven(subject)) return false;
  if (!clauses.every(onlyHandsOut) || !clauses.some(({ effects }) => effects.readsState)) return false;
  if (!clausesOf(definition, "init").every(onlyReads)) return false;
  return (crowdOf(callers, definition.module)?.many.length ?? 0) === 0;
}

function onlyHandsOut(clause: CallbackClause): boolean {
  const { effects } = clause;
  return isQuiet(clause) && effects.state === "unchanged" && effects.reply === "direct" && effects.goesOn !== true;
}

function onlyReads({ effects }: CallbackClause): boolean {
  return (
    effects.goesOn !== true &&
    effects.others.length === 0 &&
    effects.tables.length === 0 &&
    effects.blocks.every(({ category }) => category === "file")
  );
}
