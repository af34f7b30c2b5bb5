/**
 * `init/1` that waits, and its supervisor with it.
 *
 * A supervisor starts its children one after the other and waits for each `init/1`. Needs: a GenServer that a supervisor starts; a clause of `init/1`
 * that surely or probably waits for something outside of the node, for the database or for time to pass. Left alone:
 * - files, ports and system calls: short, and mostly what the process cannot do without;
 * - a table or a registration that is there only when `init/1` is done: what starts next may count on it (Mnesia's tables among them);
 * - a process without a callback for a message: its start is all that it does, and whoever starts it waits for that;
 * - a process that requests start under one supervisor: `singleton-bottleneck` says what that costs.
 * Default severity: info, since a start that waits for what it needs can be meant.
 */

import type { EffectKind } from "../model/effect-kind.ts";
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { BlockingStep, CallbackClause, ProcessDefinition } from "../model/topology.ts";
import { indexCallers } from "./callers.ts";
import { clausesOf, headOf } from "./clauses.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { findSlowStarts } from "./singleton-bottleneck/start-through-supervisor.ts";
import { findSlowSteps, type SlowStep } from "./slow-steps.ts";
import { termsOf } from "./terms.ts";
import { code, finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "blocking-init",
  title: "A start that keeps the supervisor waiting",
  category: "waiting",
  languages: ["elixir", "erlang"],
  variants: [],
  severity: "info",
  cost: "typing",
  stage: "stable",
  inTests: false,
};

/** A database, but on the node itself. */
const local = /`:?mnesia[.:]/;
const remote: ReadonlySet<BlockingStep["category"]> = new Set(["http", "database", "socket", "sleep"]);
/** What others may find as soon as `init/1` is done. */
const promises: ReadonlySet<EffectKind> = new Set(["register", "persistent_term"]);

export const blockingInit: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const { topology, roleOf } = context;
    const slow = findSlowSteps(topology);
    const unattached = new Set(topology.unattached);
    const isJudged = ({ kind, place, nodes }: ProcessDefinition): boolean =>
      kind === "gen_server" && roleOf(place.file) === "source" && nodes.some((node) => !unattached.has(node));
    const found = [...topology.definitions.values()]
      .filter((one) => isJudged(one) && takesMessages(one))
      .flatMap((definition) =>
        clausesOf(definition, "init").flatMap((clause) => {
          const wait = slow.of(clause).find(({ step }) => remote.has(step.category) && !local.test(step.what));
          return wait === undefined || isAwaited(clause) ? [] : [report(definition, clause, wait, context)];
        }),
      );
    if (found.length === 0) return [];
    const proven = new Set<string | null>(findSlowStarts(context, indexCallers(context), slow).map(({ started }) => started));
    return found.filter(({ process }) => !proven.has(process));
  },
};

function takesMessages(definition: ProcessDefinition): boolean {
  return clausesOf(definition, "call", "cast", "info", "event").length > 0;
}

function isAwaited({ effects }: CallbackClause): boolean {
  return effects.tables.some(({ operation }) => operation !== "read") || effects.others.some(({ kind }) => promises.has(kind));
}

function report(
  { module, nodes }: ProcessDefinition,
  clause: CallbackClause,
  { step, path, certainty }: SlowStep,
  context: RuleContext,
): Finding {
  const name = code(context.print(module));
  const [node] = nodes;
  return finding(meta, {
    variant: null,
    certainty,
    process: module,
    place: path[0]?.place ?? headOf(clause),
    what: `${name} keeps its supervisor waiting while it starts: ${step.what}.`,
    why: "A supervisor starts one child after the other and waits for each `init/1`; as long as this one takes, and each time it restarts, nothing behind it starts.",
    fix: `Let \`init/1\` return at once with ${termsOf(module, context.topology.language).continueTuple}, and do the slow part in \`handle_continue/2\`.`,
    evidence: [...path, ...(node === undefined ? [] : [{ message: "it is started here", place: node.place }])],
  });
}
