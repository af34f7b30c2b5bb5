/**
 * A clause of a callback that is never taken, because a more general one stands above it.
 *
 * Rests on the linker's comparison (`CallbackClause.shadowedBy`): the clause above has no guard, and takes every message and state that this one asks for.
 * The compilers see only the simplest of these cases (every parameter a variable). Default severity: warning.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { CallbackClause, ProcessDefinition } from "../model/topology.ts";
import { clauseKey, headOf } from "./clauses.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { clauseName, code, finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "shadowed-handler",
  title: "A clause below one that takes all its messages",
  category: "messages",
  languages: ["elixir", "erlang"],
  variants: [],
  severity: "warning",
  cost: "typing",
  stage: "stable",
  inTests: false,
};

export const shadowedHandler: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    return [...context.topology.definitions.values()].flatMap((definition) => {
      const clauses = new Map(definition.callbacks.map((clause) => [clauseKey(clause), clause]));
      return definition.callbacks.flatMap((clause) => {
        if (clause.shadowedBy === undefined) return [];
        const above = clauses.get(clauseKey({ fn: clause.fn, clause: clause.shadowedBy }));
        return above === undefined ? [] : [report(clause, above, definition, context)];
      });
    });
  },
};

function report(clause: CallbackClause, above: CallbackClause, { module }: ProcessDefinition, context: RuleContext): Finding {
  return finding(meta, {
    variant: null,
    certainty: "certain",
    process: module,
    place: headOf(clause),
    what: `The clause for ${clauseName(clause)} in ${code(context.print(module))} is never taken.`,
    why: `A clause above it, ${above.pattern === "_" ? "the catch-all" : code(above.pattern)}, takes the same messages first.`,
    fix: "Move the more general clause below it.",
    evidence: [{ message: "takes these messages first", place: headOf(above) }],
  });
}
