/**
 * A process that is looked up, and started where there is none, without reckoning with somebody else who does the same.
 *
 * Rests on the linker's look at such code (`Topology.races`): the start stands in a branch on the lookup, its result is used, and nothing around it speaks
 * of `already_started`. Left alone: code that runs in one process alone, which nobody can overtake, and at the start of an application.
 * In preview: of the few findings in mature code most are meant so, to fail where another one is at work.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { StartRace } from "../model/start-race.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { termsOf } from "./terms.ts";
import { code, finding, functionName } from "./wording.ts";

const meta: RuleMetadata = {
  id: "start-race",
  title: "A process that two may start at once",
  category: "messages",
  languages: ["elixir", "erlang"],
  variants: [],
  severity: "info",
  cost: "typing",
  stage: "preview",
  inTests: false,
};

export const startRace: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    return context.topology
      .races()
      .flatMap((race) => (context.roleOf(race.start.file) === "source" && !isAlone(race, context) ? report(race, context) : []));
  },
};

/** Whether one process runs it at a time. */
function isAlone({ fn }: StartRace, { topology }: RuleContext): boolean {
  const contexts = (topology.functions.get(fn)?.contexts ?? [])
    .flatMap((id) => topology.contexts.get(id) ?? [])
    .filter(({ kind }) => kind !== "test");
  if (contexts.length === 0) return false;
  const [first] = contexts;
  return contexts.every(
    (context) =>
      context.kind === "application_start" ||
      context.kind === "script" ||
      (context === first && context.kind === "process" && context.cardinality === "one"),
  );
}

function report({ fn, lookup, start }: StartRace, context: RuleContext): readonly Finding[] {
  const node = context.topology.functions.get(fn);
  if (node === undefined) return [];
  const { alreadyStarted, started } = termsOf(node.module, context.topology.language);
  return [
    finding(meta, {
      variant: null,
      certainty: "probable",
      process: null,
      place: start,
      what: `${code(functionName(context, node))} looks a process up, and starts it where it finds none.`,
      why: "Two that look at the same time both find none: the second start fails with an error that nothing here expects, or there are two.",
      fix: `Start it without asking, and take ${alreadyStarted} for an answer as good as ${started}.`,
      evidence: [{ message: "looks whether it is there", place: lookup }],
    }),
  ];
}
