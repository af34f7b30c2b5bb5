/**
 * One process that many wait for, and that makes them wait.
 *
 * Needs all of: one process of the definition; synchronous calls, through client functions, from a context of cardinality `many` or from three
 * definitions (`callers.ts`); a clause that serves them and has a cost (the variants). Being a named singleton says nothing by itself. One
 * finding for each process and kind of cost, at the clause with the most callers. Default severity: warning; certainty is that of the weakest link.
 */

import type { Finding, RuleMetadata } from "../model/finding.ts";
import { keyedKinds } from "../model/keyed-kinds.ts";
import type { ProcessDefinition } from "../model/topology.ts";
import { indexCallers } from "./callers.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { constantKey } from "./singleton-bottleneck/constant-key.ts";
import { serializedIo } from "./singleton-bottleneck/serialized-io.ts";
import { serializedReads } from "./singleton-bottleneck/serialized-reads.ts";
import { type Bottleneck, hasClusterWideName, type Singleton } from "./singleton-bottleneck/singleton.ts";
import { findSlowStarts } from "./singleton-bottleneck/start-through-supervisor.ts";
import { findSlowSteps } from "./slow-steps.ts";
import { type Terms, termsOf } from "./terms.ts";
import { finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "singleton-bottleneck",
  title: "One process that many wait for",
  category: "process",
  languages: ["elixir", "erlang", "typescript"],
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
    const served = [...context.topology.definitions.values()].filter(isJudged(context)).flatMap((definition) => {
      const callers = index.callersOf(definition.module);
      const singleton: Singleton = { context, definition, name: context.print(definition.module), callers, slow, index };
      if (keyedKinds.has(definition.kind)) {
        const found = constantKey(singleton);
        return found === null ? [] : [{ ...found, process: definition.module, name: singleton.name, isGlobal: false }];
      }
      const names = { process: definition.module, name: singleton.name, isGlobal: definition.nodes.some(hasClusterWideName) };
      return [serializedIo(singleton), serializedReads(singleton)].flatMap((found) => (found === null ? [] : [{ ...found, ...names }]));
    });
    const starts = findSlowStarts(context, index, slow).map(({ started, ...found }) => found);
    return [...served, ...starts].map(({ name, isGlobal, ...found }) =>
      finding(meta, {
        ...(isGlobal ? inCluster(found, name, termsOf(found.process, context.topology.language)) : found),
        process: found.process,
      }),
    );
  },
};

function isJudged({ roleOf }: RuleContext): (definition: ProcessDefinition) => boolean {
  return ({ cardinality, place, reasons }) =>
    cardinality === "one" && roleOf(place.file) === "source" && !reasons.some(({ kind }) => kind === "test_double");
}

/** The same for a whole cluster: all nodes wait, and most of them through the network. */
function inCluster(bottleneck: Bottleneck, name: string, { groups }: Terms): Bottleneck {
  return {
    ...bottleneck,
    variant: "global-singleton",
    why: `${bottleneck.why} \`${name}\` is registered once for the whole cluster, so all nodes wait for the same process, most of them through the network.`,
    fix: `Run one process on each node and share what they know (${groups}), or divide the work by key among several processes.`,
  };
}
