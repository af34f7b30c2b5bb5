/**
 * A server that, before it answers, waits longer for another process than its own callers wait for it.
 *
 * Needs: two calls with known timeouts and certain targets, the inner one reached from the clause that takes the outer one, before it replies, and a
 * timeout longer than the outer one's (or `:infinity`). Equal timeouts are the usual case and left alone. Default severity: info.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { CallbackClause, Message, ProcessDefinition } from "../model/topology.ts";
import { type CallerIndex, indexCallers } from "./callers.ts";
import { clauseKey, clausesOf, headOf } from "./clauses.ts";
import { type Reached, reachOf } from "./reach.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { clauseName, code, finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "longer-inner-timeout",
  title: "A wait that outlasts its callers",
  languages: ["elixir"],
  variants: [],
  severity: "info",
  cost: "typing",
  stage: "stable",
  inTests: false,
};

interface Inner {
  readonly message: Message;
  readonly reached: Reached;
}

export const longerInnerTimeout: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const index = indexCallers(context);
    return [...context.topology.definitions.values()].flatMap((definition) => {
      if (context.roleOf(definition.place.file) !== "source") return [];
      const outer = outerCalls(definition, index, context);
      if (outer.size === 0) return [];
      return clausesOf(definition, "call").flatMap((clause) =>
        judge(clause, outer.get(clauseKey(clause)) ?? [], definition, index, context),
      );
    });
  },
};

/** Calls of code of the product with known timeouts, by the clause that takes them. */
function outerCalls({ module }: ProcessDefinition, index: CallerIndex, { roleOf }: RuleContext): ReadonlyMap<string, readonly Message[]> {
  const found = new Map<string, Message[]>();
  for (const message of index.messagesTo(module)) {
    if (!isKnownCall(message) || message.handler === null || roleOf(message.place.file) !== "source") continue;
    const key = clauseKey(message.handler);
    found.set(key, [...(found.get(key) ?? []), message]);
  }
  return found;
}

function isKnownCall({ mode, timeout, to, certainty }: Message): boolean {
  return mode === "call" && timeout !== undefined && to.length === 1 && certainty !== "unknown";
}

function judge(
  clause: CallbackClause,
  outer: readonly Message[],
  { module }: ProcessDefinition,
  index: CallerIndex,
  context: RuleContext,
): readonly Finding[] {
  if (outer.length === 0 || clause.effects.reply !== "direct") return [];
  // The caller with the most patience: if it gives up first, all do.
  const patient = outer.reduce((most, one) => (isLonger(one, most) ? one : most));
  const found = new Map<string, Inner>();
  for (const reached of reachOf(clause, context))
    for (const message of index.messagesFrom(reached.fn.key))
      if (reached.includes(message) && isKnownCall(message) && message.to[0] !== module && isLonger(message, patient)) {
        const key = message.to.join();
        if (!found.has(key)) found.set(key, { message, reached });
      }
  return [...found.values()].map((inner) => report(clause, patient, inner, module, context));
}

function isLonger({ timeout }: Message, than: Message): boolean {
  return (
    (timeout === "infinity" ? Number.POSITIVE_INFINITY : (timeout ?? 0)) >
    (than.timeout === "infinity" ? Number.POSITIVE_INFINITY : (than.timeout ?? 0))
  );
}

function report(clause: CallbackClause, outer: Message, { message, reached }: Inner, module: string, context: RuleContext): Finding {
  const [name, inner] = [code(context.print(module)), code(context.print(message.to[0] ?? ""))];
  return finding(meta, {
    variant: null,
    certainty: message.certainty === "certain" && outer.certainty === "certain" ? "certain" : "probable",
    process: module,
    place: reached.path[0]?.place ?? message.place,
    what: `${name} waits ${duration(message)} for ${inner} before it answers ${clauseName(clause)}, whose callers wait ${duration(outer)}.`,
    why: "The callers give up first, and it goes on waiting, for an answer that nobody takes any more, with the next callers in its mailbox.",
    fix: "Give the inner call the shorter timeout of the two, or reply later from a task.",
    evidence: [
      ...reached.path.slice(1),
      { message: `waits ${duration(message)}`, place: message.place },
      { message: "the clause that waits", place: headOf(clause) },
      { message: `waits ${duration(outer)}`, place: outer.place },
    ],
  });
}

function duration({ timeout }: Message): string {
  if (timeout === "infinity") return "without end";
  const seconds = (timeout ?? 0) / 1000;
  return Number.isInteger(seconds) ? `${seconds} s` : `${timeout} ms`;
}
