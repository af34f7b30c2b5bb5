/**
 * A call that a server answers only after slow work, where no bottleneck is proven.
 *
 * Needs: a clause of `handle_call` that surely waits for something outside of the node or for time to pass, answers itself, and has callers. A process that
 * `singleton-bottleneck` speaks of is left to it. Of a virtual actor that takes one message at a time (Restate): a handler that sleeps, whoever calls it. In preview: of the few findings in mature code half were meant so.
 */

import type { Language } from "../model/facts.ts";
import type { Finding, RuleMetadata } from "../model/finding.ts";
import { isScript } from "../model/function-name.ts";
import type { CallbackClause, ProcessDefinition } from "../model/topology.ts";
import { indexCallers } from "./callers.ts";
import { clausesOf, headOf } from "./clauses.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { singletonBottleneck } from "./singleton-bottleneck.ts";
import { findSlowSteps, type SlowStep } from "./slow-steps.ts";
import { termsOf } from "./terms.ts";
import { callerEvidence, clauseName, code, finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "blocking-callback",
  title: "A call that waits for slow work",
  category: "waiting",
  languages: ["elixir", "erlang", "typescript"],
  variants: [],
  severity: "info",
  cost: "typing",
  stage: "preview",
  inTests: false,
};

export const blockingCallback: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const slow = findSlowSteps(context.topology);
    const index = indexCallers(context);
    const proven = new Set(singletonBottleneck.check(context).map(({ process }) => process));
    return [...context.topology.definitions.values()].flatMap((definition) => {
      const isVirtual = definition.kind === "virtual_actor";
      if (
        (definition.kind !== "gen_server" && definition.kind !== "actor" && !isVirtual) ||
        context.roleOf(definition.place.file) !== "source" ||
        proven.has(definition.module)
      )
        return [];
      return clausesOf(definition, "call").flatMap((clause) => {
        const step =
          clause.effects.reply === "direct"
            ? slow
                .of(clause)
                .find(
                  ({ certainty, step: { category } }) =>
                    certainty === "certain" && ((category === "http" && !isVirtual) || category === "sleep"),
                )
            : undefined;
        if (step === undefined) return [];
        const callers = index
          .callersOf(definition.module)
          .filter(({ message }) => message.handler?.fn === clause.fn && message.handler.clause === clause.clause);
        return callers.length === 0 && !isVirtual ? [] : [report(clause, step, definition, callerEvidence(context, callers, 3), context)];
      });
    });
  },
};

function report(
  clause: CallbackClause,
  { step, path }: SlowStep,
  { module, kind }: ProcessDefinition,
  callers: Finding["evidence"],
  context: RuleContext,
): Finding {
  return finding(meta, {
    variant: null,
    certainty: "certain",
    process: module,
    place: headOf(clause),
    what: `${code(context.print(module))} waits before it answers ${clauseName(clause)}: ${step.what}.`,
    ...adviceFor(module, kind, context.topology.language),
    evidence: [...path, ...callers],
  });
}

function adviceFor(module: string, kind: ProcessDefinition["kind"], workspace: Language): { readonly why: string; readonly fix: string } {
  if (!isScript(module))
    return {
      why: "Meanwhile it takes no other message; a caller whose timeout runs out gives up while the work goes on.",
      fix: `Do the work ${termsOf(module, workspace).beside}, or in the caller.`,
    };
  if (kind === "actor")
    return {
      why: "Meanwhile it takes no other message: all of them wait as long.",
      fix: "Let a stateless actor wait and answer, or the caller.",
    };
  return {
    why: "Meanwhile it takes no other message for the same key: all of them wait as long.",
    fix: "Send a delayed message to the same key, and go on when it comes; or sleep in a service or a workflow.",
  };
}
