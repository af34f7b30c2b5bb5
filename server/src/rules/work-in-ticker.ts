/**
 * The process that keeps time does the slow work itself.
 *
 * Needs: a clause of `handle_info` that surely waits for something outside of the node, and sets the timer for its own message again, in a process that others
 * call: one that nobody calls is there for that work alone.
 * In preview: most periodic jobs are written like this, and a restart sets the timer anew.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { CallbackClause, Message, ProcessDefinition } from "../model/topology.ts";
import { indexCallers } from "./callers.ts";
import { clausesOf, headOf } from "./clauses.ts";
import { firstOfEachPlace } from "./per-place.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { findSlowSteps, type SlowStep } from "./slow-steps.ts";
import { clauseName, code, finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "work-in-ticker",
  title: "The process that keeps time does the work",
  category: "failing",
  languages: ["elixir", "erlang"],
  variants: [],
  severity: "info",
  cost: "typing",
  stage: "preview",
  inTests: false,
};

export const workInTicker: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const slow = findSlowSteps(context.topology);
    const index = indexCallers(context);
    const found = [...context.topology.definitions.values()].flatMap((definition) => {
      if (definition.kind !== "gen_server" || isPage(definition, context) || context.roleOf(definition.place.file) !== "source") return [];
      const messages = index.messagesTo(definition.module);
      if (!messages.some(({ mode }) => mode === "call")) return [];
      return clausesOf(definition, "info").flatMap((clause) => {
        if (!isSetAgain(clause, messages)) return [];
        const step = slow.of(clause).find(({ certainty }) => certainty === "certain");
        return step === undefined ? [] : [report(clause, step, definition, context)];
      });
    });
    return firstOfEachPlace(found, ({ place }) => place);
  },
};

/** Whether a timer that the clause sets sends the message that it takes; of one that is not followed nothing else is known. */
function isSetAgain({ tag, effects: { others } }: CallbackClause, messages: readonly Message[]): boolean {
  return (
    tag !== null &&
    others.some(({ kind, place }) => {
      const sent = messages.filter((one) => [one, ...one.via].some((step) => step.place.file === place.file && step.place.at === place.at));
      return kind === "timer" && (sent.length === 0 || sent.some((message) => message.tag === tag));
    })
  );
}

/** A LiveView or a channel ticks while somebody looks at it: what crashes is started anew by the browser. */
function isPage({ module }: ProcessDefinition, { topology }: RuleContext): boolean {
  return [...topology.contexts.values()].some((one) => one.module === module && (one.kind === "live_view" || one.kind === "channel"));
}

function report(clause: CallbackClause, { step, path }: SlowStep, { module }: ProcessDefinition, context: RuleContext): Finding {
  const timer = clause.effects.others.find(({ kind }) => kind === "timer");
  return finding(meta, {
    variant: null,
    certainty: "certain",
    process: module,
    place: headOf(clause),
    what: `${code(context.print(module))} keeps time and does the work itself: on ${clauseName(clause)} it waits (${step.what}).`,
    why: "Work that hangs stops the clock, and work that crashes often enough takes the supervisor's restarts with it.",
    fix: "Tick in one process, and have each round done by a task that it monitors.",
    evidence: [...path, ...(timer === undefined ? [] : [{ message: "sets the timer", place: timer.place }])],
  });
}
