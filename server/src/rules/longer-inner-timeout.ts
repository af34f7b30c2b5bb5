/**
 * A server that, before it answers, waits longer for another process than its own callers wait for it.
 *
 * Needs: two calls with known timeouts and certain targets, the inner one reached from the clause that takes the outer one, before it replies, and a
 * timeout longer than the outer one's (or `:infinity`). Equal timeouts are the usual case and left alone. Default severity: info.
 */
import { durationText, isLonger } from "../model/duration.ts";
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { CallbackClause, Message, ProcessDefinition } from "../model/topology.ts";
import { isBeforeReply, placeOf, type SyncCall, syncCallsOf } from "../model/waits.ts";
import { type CallerIndex, indexCallers } from "./callers.ts";
import { clauseKey, clausesOf, headOf } from "./clauses.ts";
import { pathEvidence } from "./reach.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { termsOf } from "./terms.ts";
import { clauseName, code, finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "longer-inner-timeout",
  title: "A wait that outlasts its callers",
  category: "waiting",
  languages: ["elixir", "erlang", "typescript"],
  variants: [],
  severity: "info",
  cost: "typing",
  stage: "stable",
  inTests: false,
};

type KnownCall = Message & { readonly timeout: NonNullable<Message["timeout"]> };

export const longerInnerTimeout: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const index = indexCallers(context);
    return [...context.topology.definitions.values()].flatMap((definition) => {
      if (context.roleOf(definition.place.file) !== "source") return [];
      const outer = outerCalls(definition, index, context);
      if (outer.size === 0) return [];
      return clausesOf(definition, "call").flatMap((clause) =>
        judge(clause, outer.get(clauseKey(clause)) ?? [], definition.module, context),
      );
    });
  },
};

/** Calls of code of the product with known timeouts, by the clause that takes them. */
function outerCalls({ module }: ProcessDefinition, index: CallerIndex, context: RuleContext): ReadonlyMap<string, readonly KnownCall[]> {
  const found = new Map<string, KnownCall[]>();
  for (const message of index.messagesTo(module)) {
    if (!isKnownCall(message) || message.handler === null || !isOfProduct(message, context)) continue;
    const key = clauseKey(message.handler);
    found.set(key, [...(found.get(key) ?? []), message]);
  }
  return found;
}

/** Tests may stand in files of the product, too (EUnit), beside functions that serve them alone. */
function isOfProduct({ from, place }: Message, { topology, roleOf }: RuleContext): boolean {
  const fn = topology.functions.get(from);
  const isForTests =
    fn !== undefined && !fn.exported && fn.contexts.length > 0 && fn.contexts.every((id) => topology.contexts.get(id)?.kind === "test");
  return roleOf(place.file) === "source" && !isForTests;
}

function isKnownCall(message: Message): message is KnownCall {
  const { mode, timeout, to, certainty } = message;
  return mode === "call" && timeout !== undefined && to.length === 1 && certainty !== "unknown";
}

function judge(clause: CallbackClause, outer: readonly KnownCall[], module: string, context: RuleContext): readonly Finding[] {
  if (outer.length === 0 || clause.effects.reply !== "direct") return [];
  // The caller with the most patience: if it gives up first, all do.
  const patient = outer.reduce((most, one) => (isLonger(one.timeout, most.timeout) ? one : most));
  const found = new Map<string, Finding>();
  for (const call of syncCallsOf(clause, context.topology)) {
    const { message } = call;
    if (!isKnownCall(message) || message.to[0] === module || !isLonger(message.timeout, patient.timeout)) continue;
    const key = message.to.join();
    if (isQuick(context.topology.definitions.get(key))) continue;
    if (!found.has(key) && isBeforeReply(call, clause)) found.set(key, report(clause, patient, message, call, module, context));
  }
  return [...found.values()];
}

/** Whether the process answers at once whatever it is asked: all of its clauses are read, and none of them waits for anything. */
function isQuick(definition: ProcessDefinition | undefined): boolean {
  if (definition === undefined || definition.opaque === true || definition.unread().length > 0) return false;
  return definition.callbacks.every(({ role, effects }) => role === "init" || role === "terminate" || effects.blocks.length === 0);
}

function report(
  clause: CallbackClause,
  outer: KnownCall,
  message: KnownCall,
  call: SyncCall,
  module: string,
  context: RuleContext,
): Finding {
  const [name, inner] = [code(context.print(module)), code(context.print(message.to[0] ?? ""))];
  const terms = termsOf(module, context.topology.language);
  const [waits, callersWait] = [durationText(message.timeout), durationText(outer.timeout)];
  return finding(meta, {
    variant: null,
    certainty: message.certainty === "certain" && outer.certainty === "certain" ? "certain" : "probable",
    process: module,
    place: placeOf(call),
    what: `${name} waits ${waits} for ${inner} before it answers ${clauseName(clause)}, whose callers wait ${callersWait}.`,
    why: `The callers give up first, and it goes on waiting, for an answer that nobody takes any more, ${terms.mailbox}.`,
    fix: `Give the inner call the shorter timeout of the two, or ${terms.replyLater}.`,
    evidence: [
      ...pathEvidence(call.path.slice(1), context),
      { message: `waits ${waits}`, place: message.place },
      { message: "the clause that waits", place: headOf(clause) },
      { message: `waits ${callersWait}`, place: outer.place },
    ],
  });
}
