/**
 * Processes that wait for each other, or a process that calls itself.
 *
 * Works on clauses: from each clause of a callback, calls of functions in the same process are followed to the synchronous messages they send, and
 * from these to the clause that takes them; only what that clause does counts on. Needs: every message's target and handler known; of the process
 * that the way comes back to only one (another one of the same code may answer), while those between may be one of many; no clause on the way that
 * replies later. A target on another node does not count, nor does a way through the handling of an error, or through a clause for one kind of
 * argument among several (a pid, a name, the state itself): which is given, calls do not tell. Of virtual actors the way has to come back by a key
 * that is the first one's: its own, as it has been handed on, or the constant one by which somebody calls it, who stands between may have any. The
 * first one's functions have to be such as the library runs one at a time for a key: those of Durable Objects and actions of Rivet are interleaved,
 * and wait for nobody. A process that certainly calls itself is an `error`, everything else a `warning`.
 */

import type { Finding, RuleMetadata } from "../model/finding.ts";
import { isScript } from "../model/function-name.ts";
import { type Cycle, findCycles, findWaits, isSelfCall, type Wait } from "./call-cycle/waits.ts";
import { headOf } from "./clauses.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { termsOf } from "./terms.ts";
import { code, finding, listed } from "./wording.ts";

const meta: RuleMetadata = {
  id: "call-cycle",
  title: "Processes that wait for each other",
  category: "waiting",
  languages: ["elixir", "erlang", "typescript"],
  variants: [],
  severity: "warning",
  cost: "typing",
  stage: "stable",
  inTests: false,
};

export const callCycle: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const waits = findWaits(context);
    const selfCalls = waits.filter(isSelfCall).map((wait) => reportSelfCall(wait, context));
    return [...selfCalls, ...findCycles(waits).map((cycle) => reportCycle(cycle, context))];
  },
};

function reportSelfCall(wait: Wait, context: RuleContext): Finding {
  const name = code(context.print(wait.to.module));
  return finding(meta, {
    variant: null,
    severity: wait.certainty === "certain" ? "error" : "warning",
    certainty: wait.certainty,
    process: wait.to.module,
    place: wait.path[0]?.place ?? headOf(wait.to.clause),
    what: `${name} calls itself: while it handles ${code(wait.from.clause.pattern)} it waits for its own answer to ${code(wait.to.clause.pattern)}.`,
    why: isScript(wait.to.module)
      ? "It takes one message at a time, so the answer never comes."
      : "A process handles one message at a time, so the answer never comes, and the call exits.",
    fix: "Call the function that does the work directly, with the state in hand, or send the message without waiting for a reply.",
    evidence: evidenceOf(wait),
  });
}

function reportCycle({ waits, certainty }: Cycle, context: RuleContext): Finding {
  const names = waits.map(({ from }) => code(context.print(from.module)));
  const kinds = [...new Set(names)];
  const [first] = waits;
  return finding(meta, {
    variant: null,
    certainty,
    process: first?.from.module ?? null,
    place: first?.path[0]?.place ?? { file: "", at: 0 },
    what: `${kinds.length === 1 ? `Actors of ${kinds[0]}` : listed(kinds, kinds.length)} wait for each other: ${[...names, names[0]].join(" → ")}.`,
    why: isScript(first?.from.module ?? "")
      ? "The last call in the row reaches an actor that is waiting for its own call to return, and takes no other message until then; none of them goes on."
      : "The last call in the row reaches a process that is waiting for its own call to return; all of them stop until one times out.",
    fix: `Let one of them send without waiting (${termsOf(first?.from.module ?? null, context.topology.language).cast}), reply later, or hand over with the call what the other would ask for.`,
    evidence: waits.flatMap(evidenceOf),
  });
}

function evidenceOf({ path, to }: Wait): Finding["evidence"] {
  return [...path, { message: `is answered by ${code(to.clause.pattern)}`, place: headOf(to.clause) }];
}
