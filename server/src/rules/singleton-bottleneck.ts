/**
 * One process that many wait for, and that makes them wait.
 *
 * Needs all of: one process of the definition; synchronous calls, through client functions, from a context of cardinality `many` or from three
 * definitions (`callers.ts`); a clause that serves them and has a cost (the variants). Being a named singleton says nothing by itself. One
 * finding for each process and kind of cost, at the clause with the most callers. Default severity: warning; certainty is that of the weakest link.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { ProcessDefinition } from "../model/topology.ts";
import { indexCallers } from "./callers.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { serializedIo } from "./singleton-bottleneck/serialized-io.ts";
import { serializedReads } from "./singleton-bottleneck/serialized-reads.ts";
import { type Bottleneck, isClusterWide, type Singleton } from "./singleton-bottleneck/singleton.ts";
import { startThroughSupervisor } from "./singleton-bottleneck/start-through-supervisor.ts";
import { findSlowSteps } from "./slow-steps.ts";
import { finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "singleton-bottleneck",
  title: "One process that many wait for",
  languages: ["elixir"],
  variants: [
    "serialized-io",
    "serialized-reads",
    "reads-through-owner",
    "heavy-agent-function",
    "start-through-supervisor",
    "global-singleton",
  ],
  severity: "warning",
  cost: "typing",
  stage: "stable",
  inTests: false,
};

export const singletonBottleneck: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const index = indexCallers(context);
    const slow = findSlowSteps(context.topology);
    return [...context.topology.definitions.values()].filter(isJudged(context)).flatMap((definition) => {
      const callers = index.callersOf(definition.module);
      const name = context.print(definition.module);
      const singleton: Singleton = { context, definition, name, isGlobal: isClusterWide(definition), callers, slow, index };
      const found = [serializedIo(singleton), serializedReads(singleton), startThroughSupervisor(singleton)];
      return found.flatMap((one) => (one === null ? [] : [finding(meta, { ...inCluster(one, singleton), process: definition.module })]));
    });
  },
};

function isJudged({ roleOf }: RuleContext): (definition: ProcessDefinition) => boolean {
  return ({ cardinality, place }) => cardinality === "one" && roleOf(place.file) === "source";
}

/** The same for a whole cluster: all nodes wait, and most of them through the network. */
function inCluster(bottleneck: Bottleneck, { isGlobal, name }: Singleton): Bottleneck {
  if (!isGlobal) return bottleneck;
  return {
    ...bottleneck,
    variant: "global-singleton",
    why: `${bottleneck.why} \`${name}\` is registered once for the whole cluster, so all nodes wait for the same process, most of them through the network.`,
    fix: "Run one process on each node and share what they know (`:pg`, `Phoenix.PubSub`), or divide the work by key among several processes.",
  };
}
