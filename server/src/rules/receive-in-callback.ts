/**
 * A `receive` that code of a behaviour's callback runs.
 *
 * Needs: a wait of the category `receive`, certain, reached from a callback of a server. Left alone: `init`, `handle_continue` and `terminate` (the server
 * does not serve yet, or any more), what only looks into the mailbox (`after 0`), and a `receive` whose clauses all ask for a value known before
 * (`^ref`): that is a call written out; and what stands further away than in a function that the callback calls. Default severity: warning.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { BlockingStep, CallbackClause, ProcessDefinition } from "../model/topology.ts";
import { clausesOf, headOf } from "./clauses.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { clauseName, code, finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "receive-in-callback",
  title: "A receive inside a callback",
  category: "waiting",
  languages: ["elixir", "erlang"],
  variants: [],
  severity: "warning",
  cost: "typing",
  stage: "stable",
  inTests: false,
};

export const receiveInCallback: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const found = new Map<string, Finding>();
    for (const definition of context.topology.definitions.values()) {
      if (definition.kind !== "gen_server" && definition.kind !== "gen_statem" && definition.kind !== "gen_stage") continue;
      if (context.roleOf(definition.place.file) !== "source") continue;
      for (const clause of clausesOf(definition, "call", "cast", "info", "event")) {
        const step = clause.effects.blocks.find(isReceive);
        const last = step?.path.at(-1)?.place;
        if (step === undefined || last === undefined) continue;
        const key = `${definition.module}|${last.file}|${last.at}`;
        if (!found.has(key)) found.set(key, report(clause, step, definition, context));
      }
    }
    return [...found.values()];
  },
};

/** Further away than one call the wait is the affair of the code that is called. */
const maxSteps = 2;

function isReceive({ category, certainty, answer, path }: BlockingStep): boolean {
  return category === "receive" && certainty === "certain" && answer !== true && path.length <= maxSteps;
}

function report(clause: CallbackClause, step: BlockingStep, { module }: ProcessDefinition, context: RuleContext): Finding {
  const first = step.path[0];
  return finding(meta, {
    variant: null,
    certainty: step.certainty,
    process: module,
    place: first?.place ?? headOf(clause),
    what: `${code(context.print(module))} runs a \`receive\` while it handles ${clauseName(clause)}.`,
    why: "Until its message comes the server takes no other, those of the supervisor included, and each message that waits makes the search longer.",
    fix: "Return, and take the message in `handle_info`; if a caller waits for it, keep `from` and reply then.",
    evidence: [{ message: "the clause that waits", place: headOf(clause) }, ...step.path.slice(1)],
  });
}
