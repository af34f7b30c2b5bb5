/**
 * Requests that start children under one DynamicSupervisor, whose children are slow to start.
 *
 * A supervisor starts one child at a time and waits for its `init/1`, so that the next request waits too. Needs: the supervisor is one process; a
 * crowd in a context of cardinality `many` starts children of a known module under it; `init/1` of that module surely has a slow step.
 */
import type { ProcessDefinition } from "../../model/topology.ts";
import { crowdOf } from "../callers.ts";
import { clausesOf } from "../clauses.ts";
import { callerEvidence, code, crowdName } from "../wording.ts";
import type { Bottleneck, Singleton } from "./singleton.ts";

export function startThroughSupervisor(singleton: Singleton): Bottleneck | null {
  const { definition, context, name, callers, slow } = singleton;
  const children = definition.nodes.flatMap((node) => node.children.filter(({ origin }) => origin === "dynamic"));
  for (const child of children) {
    const started = child.moduleAtom === null ? undefined : context.topology.definitions.get(child.moduleAtom);
    const wait = started === undefined ? undefined : slowInit(started, slow);
    const crowd = crowdOf(
      callers.filter(({ message }) => message.mode === "call"),
      definition.module,
    );
    if (started === undefined || wait === undefined || crowd === null || crowd.many.length === 0) continue;
    return {
      variant: "start-through-supervisor",
      certainty: wait.certainty,
      place: child.place,
      what: `${code(name)} starts ${code(context.print(started.module))}, whose \`init/1\` keeps it waiting: ${wait.step.what}.`,
      why: `A supervisor starts one child at a time and waits for its \`init/1\`; there is one, and it is called in ${crowdName(crowd)}.`,
      fix: `Let \`init/1\` return at once with \`{:continue, …}\` and do the slow part in \`handle_continue/2\`, or start through a \`PartitionSupervisor\`.`,
      evidence: [...wait.path, ...callerEvidence(context, crowd.callers)],
    };
  }
  return null;
}

function slowInit(definition: ProcessDefinition, slow: Singleton["slow"]): ReturnType<Singleton["slow"]["of"]>[number] | undefined {
  return clausesOf(definition, "init").flatMap((clause) => slow.of(clause))[0];
}
