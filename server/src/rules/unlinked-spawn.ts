/**
 * A process that is spawned without a link, a monitor or a supervisor.
 *
 * Needs: `spawn` or `Task.start` in code of the product, of something that is known and ends by itself (what lives long is `unsupervised-process`), and
 * whose pid is neither given back nor monitored. In preview: in mature code most such spawns are fire-and-forget on purpose.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { LooseStart } from "../model/loose-start.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { termsOf } from "./terms.ts";
import { code, finding, functionName } from "./wording.ts";

const meta: RuleMetadata = {
  id: "unlinked-spawn",
  title: "A process that nobody sees fail",
  category: "failing",
  languages: ["elixir", "erlang"],
  variants: [],
  severity: "info",
  cost: "typing",
  stage: "preview",
  inTests: false,
};

export const unlinkedSpawn: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    return context.topology.starts.flatMap((start) => (isLoose(start, context) ? [report(start, context)] : []));
  },
};

function isLoose(start: LooseStart, { topology, roleOf }: RuleContext): boolean {
  const { kind, linked, lifetime, monitored, returned, place, fn } = start;
  if ((kind !== "process" && kind !== "task") || linked || lifetime === "long" || monitored === true || returned === true) return false;
  if (roleOf(place.file) !== "source") return false;
  const contexts = (topology.functions.get(fn)?.contexts ?? []).flatMap((id) => topology.contexts.get(id) ?? []);
  return contexts.length === 0 || contexts.some((context) => context.kind !== "test" && context.kind !== "script");
}

function report(start: LooseStart, context: RuleContext): Finding {
  const fn = context.topology.functions.get(start.fn);
  const by = fn === undefined ? "A function" : code(functionName(context, fn));
  return finding(meta, {
    variant: null,
    certainty: "certain",
    process: null,
    place: start.place,
    what: `${by} starts ${start.kind === "task" ? "a task" : "a process"} that nothing links, monitors or supervises.`,
    why:
      start.kind === "task"
        ? "A crash is only logged, nothing tries again, and a shutdown cuts it off in the middle of its work."
        : "A crash leaves no more than a line in the log, without the caller's context, and a shutdown cuts it off in the middle of its work.",
    fix: `Start it ${termsOf(fn?.module ?? null, context.topology.language).seen}.`,
    evidence: [],
  });
}
