/**
 * A long-lived server that now and then builds a very large value.
 *
 * Needs: a GenServer of which there is one or a few, and a clause of `handle_call`, `handle_cast` or `handle_info` that copies a whole table into its heap. The
 * heap stays as large as it was at its largest until a full collection, which a process that has little to do comes to late. Left alone: `init`, a clause
 * that collects its garbage itself. In preview: how large a table is, source does not tell.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { CallbackClause, Effect, ProcessDefinition } from "../model/topology.ts";
import { clausesOf, headOf } from "./clauses.ts";
import { firstOfEachPlace } from "./per-place.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { termsOf } from "./terms.ts";
import { clauseName, code, finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "large-heap-in-server",
  title: "A server that builds very large values",
  category: "waiting",
  languages: ["elixir", "erlang"],
  variants: [],
  severity: "hint",
  cost: "typing",
  stage: "preview",
  inTests: false,
};

export const largeHeapInServer: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    return [...context.topology.definitions.values()].flatMap((definition) => {
      const { kind, cardinality, place } = definition;
      if (kind !== "gen_server" || cardinality === "many" || context.roleOf(place.file) !== "source") return [];
      const copies = clausesOf(definition, "call", "cast", "info").flatMap((clause) => {
        const { others } = clause.effects;
        const bulk = others.find((effect) => effect.kind === "bulk");
        return bulk === undefined || others.some((effect) => effect.kind === "garbage_collect") ? [] : [{ clause, bulk }];
      });
      return firstOfEachPlace(copies, ({ bulk }) => bulk.place).map(({ clause, bulk }) => report(clause, bulk, definition, context));
    });
  },
};

function report(clause: CallbackClause, bulk: Effect, { module }: ProcessDefinition, context: RuleContext): Finding {
  return finding(meta, {
    variant: null,
    certainty: "probable",
    process: module,
    place: headOf(clause),
    what: `${code(context.print(module))} copies a whole table into its heap on ${clauseName(clause)} (${bulk.text}).`,
    why: "The heap of a process that lives long stays as large as it ever was until a full collection, and its messages wait while it copies.",
    fix: `Do it in a process that ends right after (${termsOf(module, context.topology.language).task}), or walk through the table in pieces.`,
    evidence: [{ message: "copies the table", place: bulk.place }],
  });
}
