/**
 * Requests that start children under one DynamicSupervisor, whose children are slow to start.
 *
 * A supervisor starts one child at a time and waits for its `init/1`, so that the next request waits too. Needs: the supervisor is one process; a
 * crowd in a context of cardinality `many` starts children of a known module under it; `init/1` of that module surely has a slow step.
 */

import type { Place, ProcessDefinition, Topology, TreeNode } from "../../model/topology.ts";
import { type Caller, type CallerIndex, crowdOf } from "../callers.ts";
import { clausesOf } from "../clauses.ts";
import type { RuleContext } from "../rule.ts";
import type { SlowStep, SlowSteps } from "../slow-steps.ts";
import { termsOf } from "../terms.ts";
import { callerEvidence, code, crowdName } from "../wording.ts";
import { type Bottleneck, hasClusterWideName } from "./singleton.ts";

export interface SlowStart extends Bottleneck {
  /** The supervisor's module, or that of the child where the supervisor has none of its own. */
  readonly process: string;
  /** The module of the children that are slow to start. */
  readonly started: string;
  readonly name: string;
  readonly isGlobal: boolean;
}

export function findSlowStarts(context: RuleContext, index: CallerIndex, slow: SlowSteps): readonly SlowStart[] {
  const { topology, roleOf } = context;
  const supervisors = nodesOf(topology).filter(({ kind, cardinality }) => kind === "dynamic_supervisor" && cardinality === "one");
  return supervisors.flatMap((supervisor) => {
    for (const child of supervisor.children) {
      const found =
        child.origin === "dynamic" && roleOf(child.place.file) === "source" ? slowStart(supervisor, child, context, index, slow) : null;
      if (found !== null) return [found];
    }
    return [];
  });
}

function slowStart(supervisor: TreeNode, child: TreeNode, context: RuleContext, index: CallerIndex, slow: SlowSteps): SlowStart | null {
  const started = child.moduleAtom === null ? undefined : context.topology.definitions.get(child.moduleAtom);
  const wait = started === undefined ? undefined : slowInit(started, slow);
  if (started === undefined || wait === undefined) return null;
  const crowd = crowdOf(startersAt(child.place, context.topology, index), supervisor.moduleAtom ?? started.module);
  if (crowd === null || crowd.many.length === 0) return null;
  const { startPartitioned, continueTuple } = termsOf(started.module, context.topology.language);
  const name = supervisor.module ?? supervisor.name?.value ?? "DynamicSupervisor";
  return {
    variant: "start-through-supervisor",
    process: supervisor.moduleAtom ?? started.module,
    started: started.module,
    name,
    isGlobal: hasClusterWideName(supervisor),
    certainty: wait.certainty,
    place: child.place,
    what: `${code(name)} starts ${code(context.print(started.module))}, whose \`init/1\` keeps it waiting: ${wait.step.what}.`,
    why: `A supervisor starts one child at a time and waits for its \`init/1\`; there is one, and it is called in ${crowdName(crowd)}.`,
    fix: `Let \`init/1\` return at once with ${continueTuple} and do the slow part in \`handle_continue/2\`, or ${startPartitioned}.`,
    evidence: [...wait.path, ...callerEvidence(context, crowd.callers)],
  };
}

/** Senders of the request that stands at the place, or that reaches it through client functions. */
function startersAt(place: Place, { messages, functions }: Topology, index: CallerIndex): readonly Caller[] {
  const isThere = (other: Place): boolean => other.file === place.file && other.at === place.at;
  return messages.flatMap((message) => {
    const fn = functions.get(message.from);
    const starts = message.mode === "call" && (isThere(message.place) || message.via.some((step) => isThere(step.place)));
    return !starts || fn === undefined ? [] : [{ fn, place: message.place, message, contexts: index.contextsOf(fn.key), rarely: false }];
  });
}

function slowInit(definition: ProcessDefinition, slow: SlowSteps): SlowStep | undefined {
  return clausesOf(definition, "init").flatMap((clause) => slow.of(clause))[0];
}

function nodesOf({ applications, unattached }: Topology): readonly TreeNode[] {
  const open = [...applications.flatMap(({ root }) => root ?? []), ...unattached];
  const nodes: TreeNode[] = [];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    nodes.push(node);
    open.push(...node.children);
  }
  return nodes;
}
