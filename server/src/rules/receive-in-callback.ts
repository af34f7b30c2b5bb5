/**
 * A `receive` that code of a behaviour's callback runs.
 *
 * Needs: a wait of the category `receive`, certain, reached from a callback of a server. Left alone: `init`, `handle_continue` and `terminate` (the server
 * does not serve yet, or any more), a message that only the module's own start sends, which is the second half of `init`, what only looks into the mailbox (`after 0`), and a `receive` whose clauses all ask for a value known before
 * (`^ref`): that is a call written out; a `receive` of nothing but what the process sends to itself (the message of its own timer); and what stands further away than in a function that the callback calls. Default severity: warning.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { BlockingStep, CallbackClause, ProcessDefinition, Topology } from "../model/topology.ts";
import { clauseKey, clausesOf, headOf } from "./clauses.ts";
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
    const senders = indexSenders(context.topology);
    for (const definition of context.topology.definitions.values()) {
      if (definition.kind !== "gen_server" && definition.kind !== "gen_statem" && definition.kind !== "gen_stage") continue;
      if (context.roleOf(definition.place.file) !== "source") continue;
      for (const clause of clausesOf(definition, "call", "cast", "info", "event")) {
        if (senders.isOfStart(clause, definition.module)) continue;
        const step = clause.effects.blocks.find((one) => isReceive(one) && !senders.isOwn(one, definition.module));
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

interface Senders {
  /** Whether only functions that start the module's process send what the clause takes. */
  isOfStart(clause: CallbackClause, module: string): boolean;
  /** Whether the process sends to itself all that is waited for. */
  isOwn(step: BlockingStep, module: string): boolean;
}

function indexSenders({ messages, functions }: Topology): Senders {
  const toClause = new Map<string, string[]>();
  const toSelf = new Map<string, Set<string>>();
  for (const { handler, from, mode, to, tag } of messages) {
    if (handler !== null) toClause.set(clauseKey(handler), [...(toClause.get(clauseKey(handler)) ?? []), from]);
    const fn = functions.get(from);
    if (mode !== "info" || fn === undefined || tag === null || !to.includes(fn.module)) continue;
    if (fn.contexts.every((id) => id === `process:${fn.module}`)) toSelf.set(fn.module, (toSelf.get(fn.module) ?? new Set()).add(tag));
  }
  const isStart = (key: string, module: string): boolean => {
    const fn = functions.get(key);
    return fn?.module === module && (fn.name === "init" || fn.name.startsWith("start"));
  };
  return {
    isOfStart: (clause, module) => toClause.get(clauseKey(clause))?.every((from) => isStart(from, module)) === true,
    isOwn: ({ awaits }, module) => awaits?.every((tag) => toSelf.get(module)?.has(tag) === true) === true,
  };
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
