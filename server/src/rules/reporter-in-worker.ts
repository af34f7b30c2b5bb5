/**
 * The end of some work is reported by the process that does it, which may be killed before it can.
 *
 * Needs: a call or cast behind a `try` (`after`, `rescue`, `catch`) to one known process whose clause for it changes its state (a lock given back, a job
 * marked as done), and that does not watch those who use it: no monitor, no link, no trapped exits; in code that other processes than singletons run. In
 * preview.
 */

import type { EffectKind } from "../model/effect-kind.ts";
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { CallbackClause, Message, ProcessDefinition } from "../model/topology.ts";
import { clauseKey, headOf } from "./clauses.ts";
import { firstOfEachPlace } from "./per-place.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { code, finding, functionName } from "./wording.ts";

const meta: RuleMetadata = {
  id: "reporter-in-worker",
  title: "An end that the worker itself reports",
  category: "failing",
  languages: ["elixir", "erlang"],
  variants: [],
  severity: "hint",
  cost: "typing",
  stage: "preview",
  inTests: false,
};

export const reporterInWorker: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const { topology, roleOf } = context;
    const found = topology.messages.flatMap((message) =>
      message.behind === true && roleOf(message.place.file) === "source" ? (judge(message, context) ?? []) : [],
    );
    return firstOfEachPlace(found, ({ place }) => place);
  },
};

function judge(message: Message, context: RuleContext): Finding | null {
  const { topology } = context;
  const [module] = message.to;
  const target = module === undefined || message.to.length > 1 ? undefined : topology.definitions.get(module);
  if (target === undefined || message.certainty !== "certain" || (message.mode !== "call" && message.mode !== "cast")) return null;
  const { handler } = message;
  const clause = handler === null ? undefined : target.callbacks.find((one) => clauseKey(one) === clauseKey(handler));
  if (clause === undefined || clause.effects.state !== "changed" || watches(target) || isRunByOne(message, target, context)) return null;
  return report(message, target, clause, context);
}

const watching: ReadonlySet<EffectKind> = new Set(["monitor", "link", "trap_exit"]);

function watches({ callbacks, reasons }: ProcessDefinition): boolean {
  return (
    callbacks.some(({ effects }) => effects.others.some(({ kind }) => watching.has(kind))) || reasons.some(({ kind }) => kind === "monitor")
  );
}

/** Whether only processes run it of which there is one, or the process itself, which tells itself what to do next: when that ends, its supervisor starts it anew, and more than a report is lost. */
function isRunByOne({ from }: Message, target: ProcessDefinition, { topology }: RuleContext): boolean {
  const contexts = (topology.functions.get(from)?.contexts ?? []).flatMap((id) => topology.contexts.get(id) ?? []);
  return contexts.every(
    ({ kind, cardinality, module }) =>
      kind === "test" || kind === "script" || (kind === "process" && (cardinality === "one" || module === target.module)),
  );
}

function report(message: Message, { module }: ProcessDefinition, clause: CallbackClause, context: RuleContext): Finding {
  const fn = context.topology.functions.get(message.from);
  const name = code(context.print(module));
  const down = module.startsWith("Elixir.") ? ":DOWN" : "'DOWN'";
  return finding(meta, {
    variant: null,
    certainty: "probable",
    process: module,
    place: message.place,
    what: `${fn === undefined ? "This" : code(functionName(context, fn))} tells ${name} that it has ended (${code(message.pattern ?? "_")}), behind a \`try\`.`,
    why: `A process that is killed runs no \`after\` and no \`rescue\`, so ${name} waits for news that never comes.`,
    fix: `Let ${name} monitor who begins, and take its ${code(down)} for the end.`,
    evidence: [...message.via, { message: "what depends on it", place: headOf(clause) }],
  });
}
