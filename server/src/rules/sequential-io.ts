/**
 * A server that asks the outside world for one thing after the other, although none depends on another.
 *
 * Needs: a GenServer that somebody calls; a clause of a callback that runs a function once for each element of a collection (`Enum.map`, a comprehension),
 * in which it waits for an HTTP request. Functions that hand one element's result to the next (`Enum.reduce`) do not count. In preview: mature code has too
 * little of it to judge the rule by.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import { type CallStep, reachOf } from "../model/reach.ts";
import type { CallbackClause, FunctionNode, ProcessDefinition, Topology, Wait } from "../model/topology.ts";
import { type CallerIndex, indexCallers } from "./callers.ts";
import { clausesOf, headOf } from "./clauses.ts";
import { firstOfEachPlace } from "./per-place.ts";
import { pathEvidence } from "./reach.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { termsOf } from "./terms.ts";
import { callerEvidence, clauseName, code, finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "sequential-io",
  title: "Requests one after the other while others wait",
  category: "waiting",
  languages: ["elixir", "erlang"],
  variants: [],
  severity: "hint",
  cost: "typing",
  stage: "preview",
  inTests: false,
};

export const sequentialIo: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const index = indexCallers(context);
    return [...context.topology.definitions.values()].flatMap((definition) => {
      if (definition.kind !== "gen_server" || context.roleOf(definition.place.file) !== "source") return [];
      const callers = index.callersOf(definition.module).filter(({ message }) => message.mode === "call");
      if (callers.length === 0) return [];
      // Several clauses may come to the same row.
      const rows = clausesOf(definition, "call", "cast", "info").flatMap((clause) => {
        const row = findRow(clause, context);
        return row === null ? [] : [{ clause, row }];
      });
      return firstOfEachPlace(rows, ({ row }) => row.wait.place).map(({ clause, row }) =>
        report(clause, row, definition, callers, context),
      );
    });
  },
};

interface Row {
  readonly wait: Wait;
  /** Calls down to it. */
  readonly path: readonly CallStep[];
}

/** A request that the clause makes once for each element of something. */
function findRow(clause: CallbackClause, { topology }: RuleContext): Row | null {
  if (!clause.effects.blocks.some(isRequest)) return null;
  for (const { fn, path, includes } of reachOf(clause, topology)) {
    const wait = fn.waits.find((one) => one.each === true && includes(one) && isRequest(one));
    if (wait !== undefined) return { wait, path };
    for (const call of fn.calls) {
      const callee = call.each === true && call.later !== true && includes(call) ? topology.functions.get(call.to) : undefined;
      const below = callee === undefined ? null : requestIn(callee, topology);
      if (callee !== undefined && below !== null)
        return { wait: below.wait, path: [...path, { fn: callee, place: call.place }, ...below.path] };
    }
  }
  return null;
}

function requestIn({ key }: FunctionNode, topology: Topology): Row | null {
  for (const { fn, path, includes } of reachOf({ fn: key, clause: null }, topology)) {
    const wait = fn.waits.find((one) => includes(one) && isRequest(one));
    if (wait !== undefined) return { wait, path };
  }
  return null;
}

/** Sockets are left out: most of what is asked of them in a row (addresses, options) is over at once. */
function isRequest({ category }: Pick<Wait, "category">): boolean {
  return category === "http";
}

function report(
  clause: CallbackClause,
  { wait, path }: Row,
  { module }: ProcessDefinition,
  callers: ReturnType<CallerIndex["callersOf"]>,
  context: RuleContext,
): Finding {
  const steps = [...pathEvidence(path, context), { message: `waits: ${wait.what}`, place: wait.place }];
  return finding(meta, {
    variant: null,
    certainty: "probable",
    process: module,
    place: steps[0]?.place ?? headOf(clause),
    what: `${code(context.print(module))} makes one request after the other on ${clauseName(clause)}: ${wait.what}.`,
    why: "Whoever calls it waits for the sum of them, although none needs what another gives.",
    fix: `Ask for them at the same time (${termsOf(module, context.topology.language).parallel}), outside of the process or with a bound on how many.`,
    evidence: [...steps.slice(1), { message: "the clause that waits", place: headOf(clause) }, ...callerEvidence(context, callers, 3)],
  });
}
