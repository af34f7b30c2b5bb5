/**
 * `init/1` that waits, and its supervisor with it.
 *
 * A supervisor starts its children one after the other and waits for each `init/1`. Needs: a GenServer that a supervisor starts; a clause of `init/1`
 * that surely or probably waits for something outside of the node, for the database or for time to pass. Left alone:
 * - files, ports and system calls: short, and mostly what the process cannot do without;
 * - a table or a registration that is there only when `init/1` is done: what starts next may count on it (Mnesia's tables among them);
 * - a process without a callback for a message: its start is all that it does, and whoever starts it waits for that;
 * - a process that requests start under one supervisor: `singleton-bottleneck` says what that costs;
 * - a pause before the next attempt, after an error: as a rule nobody waits for it;
 * - the lookup of a name, which mostly is the node's own, or no name but an address;
 * - what the literals that are handed down rule out.
 * Default severity: info, since a start that waits for what it needs can be meant.
 */

import type { EffectKind } from "../model/effect-kind.ts";
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { BlockingStep, CallbackClause, ProcessDefinition, Wait } from "../model/topology.ts";
import { indexCallers } from "./callers.ts";
import { clausesOf, headOf } from "./clauses.ts";
import { type Reached, reachOf } from "./reach.ts";
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

/** A database, but on the node itself; a name, which is mostly the node's own. */
const local = /`:?(?:mnesia|mria)[.:]|^DNS lookup/;
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
          const waits = slow.of(clause).filter(({ step }) => remote.has(step.category) && !local.test(step.what));
          if (waits.length === 0 || isAwaited(clause)) return [];
          const reached = reachOf(clause, context);
          const wait = waits.find((one) => isReached(one, reached));
          return wait === undefined ? [] : [report(definition, clause, wait, context)];
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

/** Whether the start comes to the wait when all goes well; of one of another process, to the call that waits for that. */
function isReached({ path, elsewhere }: SlowStep, reached: readonly Reached[]): boolean {
  const places = elsewhere === true ? path : path.slice(-1);
  const isMeant = (wait: Wait): boolean =>
    places.some(({ place }) => wait.place.file === place.file && wait.place.at === place.at) && !isPause(wait);
  return reached.some(({ fn, includes }) => fn.waits.some((wait) => isMeant(wait) && includes(wait)));
}

/** A pause before the next attempt. */
function isPause({ category, under }: Wait): boolean {
  return category === "sleep" && under?.some((one) => one === "failed" || one === "handler") === true;
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
