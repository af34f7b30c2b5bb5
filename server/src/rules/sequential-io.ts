/**
 * A server that asks the outside world for one thing after the other, although none depends on another.
 *
 * Needs: a GenServer that somebody calls; a clause of a callback that runs a function once for each element of a collection (`Enum.map`, a comprehension),
 * in which it waits for an HTTP request. Functions that hand one element's result to the next (`Enum.reduce`) do not count. In preview: mature code has too
 * little of it to judge the rule by.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { CallStep } from "../model/reach.ts";
import type { CallbackClause, FunctionNode, ProcessDefinition, Wait } from "../model/topology.ts";
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

const maxDepth = 6;

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

interface Step {
  readonly fn: FunctionNode;
  readonly clause: number | null;
  readonly path: readonly CallStep[];
  /** Whether it is run once for each element. */
  readonly each: boolean;
}

/** A request that the clause makes once for each element of something. */
function findRow({ fn, clause, effects }: CallbackClause, { topology }: RuleContext): Row | null {
  if (!effects.blocks.some(isRequest)) return null;
  const start = topology.functions.get(fn);
  const open: Step[] = start === undefined ? [] : [{ fn: start, clause, path: [], each: false }];
  const seen = new Set<string>();
  for (let next = 0; next < open.length; next++) {
    const step = open[next]!;
    const isIn = (at: { readonly clause: number }): boolean => step.clause === null || at.clause === step.clause;
    const wait = step.fn.waits.find((one) => isIn(one) && (step.each || one.each === true) && isRequest(one));
    if (wait !== undefined) return { wait, path: step.path };
    if (step.path.length >= maxDepth) continue;
    for (const call of step.fn.calls) {
      const callee = call.later === true || !isIn(call) ? undefined : topology.functions.get(call.to);
      const each = step.each || call.each === true;
      if (callee === undefined || seen.has(`${callee.key} ${each}`)) continue;
      seen.add(`${callee.key} ${each}`);
      open.push({ fn: callee, clause: null, path: [...step.path, { fn: callee, place: call.place }], each });
    }
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
