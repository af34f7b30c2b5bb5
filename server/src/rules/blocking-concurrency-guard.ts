/**
 * A guard that makes all messages wait, for each message or for the outside.
 *
 * While `blockConcurrencyWhile` runs, an object takes nothing at all. It is meant for what must be there before the first message. Variants:
 * - `per-request`: in what takes messages, so that no two of them overlap; the platform's gates keep storage consistent without it.
 * - `outside-io`: it waits for something outside of the object; as long as that takes, and should it hang until the object is reset, nothing goes on.
 *
 * Sources: https://developers.cloudflare.com/durable-objects/api/state/#blockconcurrencywhile and
 * https://developers.cloudflare.com/durable-objects/best-practices/rules-of-durable-objects/ (use it sparingly, and never across external I/O).
 *
 * Left alone: what runs once for each object (under a condition on a field, or kept in one, or by its name what gets the object ready; what clears its storage, with
 * which it ends), timers, and what only reads storage while the object is made.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { CallbackClause, ProcessDefinition } from "../model/topology.ts";
import type { ExclusiveRun } from "../model/virtual-actor.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { isShown } from "./shown.ts";
import { clauseName, code, finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "blocking-concurrency-guard",
  title: "A guard that makes every message wait",
  category: "virtual-actors",
  languages: ["typescript"],
  variants: ["per-request", "outside-io"],
  severity: "warning",
  cost: "typing",
  stage: "stable",
  inTests: false,
};

/** Names of what is called to get an object ready, once as a rule. */
const beginning = /init|setup|start|load|boot|migrat|restor|hydrat|ensure|provision|create/i;

export const blockingConcurrencyGuard: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const seen = new Set<string>();
    return [...context.topology.definitions.values()].flatMap((definition) => {
      if (context.roleOf(definition.place.file) !== "source" || isShown(definition.place.file)) return [];
      return definition.callbacks.flatMap((clause) =>
        (clause.effects.exclusive ?? []).flatMap((run) => {
          const mark = `${run.place.file} ${run.place.at}`;
          const isPerMessage = !run.once && (clause.role === "call" || clause.role === "event") && !beginning.test(clause.tag ?? "");
          if (seen.has(mark) || (!isPerMessage && run.waits.length === 0)) return [];
          seen.add(mark);
          return [run.waits.length > 0 ? outside(run, definition, context) : perRequest(run, clause, definition, context)];
        }),
      );
    });
  },
};

function perRequest(run: ExclusiveRun, clause: CallbackClause, { module }: ProcessDefinition, context: RuleContext): Finding {
  return finding(meta, {
    variant: "per-request",
    certainty: "certain",
    process: module,
    place: run.place,
    what: `${code(context.print(module))} makes all other messages wait each time that it takes ${clauseName(clause)}.`,
    why: "No two of them overlap any more, so the object answers as many as come one after the other; storage is kept consistent without it.",
    fix: "Move what has to be there first into the constructor, and leave the rest to the input and output gates, or to a transaction.",
    evidence: [{ message: `${clauseName(clause)} is taken here`, place: clause.headPlace ?? clause.place }],
  });
}

function outside(run: ExclusiveRun, { module }: ProcessDefinition, context: RuleContext): Finding {
  return finding(meta, {
    variant: "outside-io",
    certainty: "certain",
    process: module,
    place: run.place,
    what: `${code(context.print(module))} takes no message while it waits for something outside of it.`,
    why: "As long as that takes, everybody waits; if it takes too long, the object is reset.",
    fix: "Wait for it outside of the guard, and hold the guard only while the result is put into storage.",
    evidence: run.waits.slice(0, 3),
  });
}
