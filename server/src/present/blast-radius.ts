/**
 * What a crash of a process takes along: its supervisor's strategy, links, waiting clients, state, and the supervisors that give up. Pure.
 *
 * By the rules of OTP's `supervisor`: a temporary child is not started again and touches no sibling, whatever the strategy; `rest_for_one` stops and
 * starts what was started after it, `one_for_all` everything; more restarts than the intensity within the period end the supervisor, which is then a
 * crashed child of its own supervisor (https://www.erlang.org/doc/apps/stdlib/supervisor.html).
 */
import type { CallbackClause, ProcessDefinition, Topology, TreeNode } from "../model/topology.ts";
import { scriptKinds } from "../protocol/roles.ts";
import { indexTopology, type TreePath } from "./topology-index.ts";

export interface BlastRadius {
  readonly path: TreePath;
  /** Null where no known supervisor starts it. */
  readonly supervisor: TreeNode | null;
  /** Whether the supervisor starts it again after a crash. */
  readonly restarted: "yes" | "no" | "unknown";
  /** Siblings that are stopped with it, in the order of their start; null where the strategy is not known. */
  readonly siblings: readonly TreeNode[] | null;
  /** Processes in the siblings' trees, as far as the tree shows them. */
  readonly alongside: TreeCount;
  /** Processes that it supervises itself, which end with it. */
  readonly below: TreeCount;
  /** BEAM atoms of definitions whose processes are linked to it, and fall too unless they trap exits. */
  readonly linked: readonly string[];
  /** Functions that may be waiting for its answer, whose calls exit. */
  readonly waiting: number;
  readonly losesState: boolean;
  /** Tables that are deleted with it. */
  readonly tables: readonly string[];
  /** Supervisors that give up one after the other, from its own upwards, as far as their intensity is known. */
  readonly escalation: readonly {
    readonly supervisor: TreeNode;
    readonly crashes: number;
    readonly period: number;
    readonly processes: TreeCount;
  }[];
  /** Whether the application ends with it, or with the last supervisor of `escalation`. */
  readonly endsApplication: boolean;
}

/** Processes of the project, and those that libraries start inside of them. */
export interface TreeCount {
  readonly own: number;
  readonly inside: number;
}

/** Not actors of TypeScript: what becomes of them their library decides (`actor-crash.ts`). */
export function followsOtp({ kind }: Pick<TreeNode, "kind">): boolean {
  return !scriptKinds.has(kind);
}

/** For the place of the definition in an application's tree; null for a definition that is in no tree, or of which OTP's rules do not hold. */
export function blastRadius(definition: ProcessDefinition, topology: Topology): BlastRadius | null {
  if (!followsOtp(definition)) return null;
  const paths = indexTopology(topology).paths.get(definition.module) ?? [];
  const path = paths.find(({ application }) => application !== null) ?? paths[0];
  return path === undefined ? null : blastRadiusAt(path, topology);
}

/** For one place in a tree, whether or not the code that runs there is the workspace's. */
export function blastRadiusAt(path: TreePath, topology: Topology): BlastRadius {
  const { moduleAtom } = path.node;
  const definition = moduleAtom === null ? undefined : topology.definitions.get(moduleAtom);
  const supervisor = path.above.at(-1) ?? null;
  const restarted = restartOf(path.node, supervisor);
  const siblings = restarted === "no" ? [] : siblingsOf(path.node, supervisor);
  const escalation = restarted === "yes" ? escalate(path.above, topology) : [];
  return {
    path,
    supervisor,
    restarted,
    siblings,
    alongside: countTrees(siblings ?? [], supervisor, topology),
    below: countTrees(path.node.children, path.node, topology),
    linked: moduleAtom === null ? [] : linkedTo(moduleAtom, topology),
    waiting: (moduleAtom === null ? undefined : indexTopology(topology).callers.get(moduleAtom)?.functions) ?? 0,
    losesState: definition?.callbacks.some(changesState) === true,
    tables: definition === undefined ? [] : tablesOf(definition),
    escalation,
    // The topmost supervisor has nothing above it: nobody starts it again.
    endsApplication: path.application !== null && escalation.length === path.above.length,
  };
}

export function changesState({ role, effects }: CallbackClause): boolean {
  return role !== "init" && role !== "terminate" && effects.state === "changed" && effects.isStored !== true;
}

function restartOf({ restart, origin }: TreeNode, supervisor: TreeNode | null): BlastRadius["restarted"] {
  if ((supervisor === null && origin !== "dynamic") || restart === "temporary") return "no";
  return restart === null || restart === "unknown" ? "unknown" : "yes";
}

function siblingsOf(node: TreeNode, supervisor: TreeNode | null): readonly TreeNode[] | null {
  if (supervisor === null) return [];
  const { strategy, children } = supervisor;
  const own = children.indexOf(node);
  switch (strategy) {
    case "one_for_all":
      return children.filter((child) => child !== node);
    case "rest_for_one":
      return children.filter((child, i) => i > own && child.origin === "init");
    case "unknown":
      return null;
    default:
      return [];
  }
}

function escalate(above: readonly TreeNode[], topology: Topology): BlastRadius["escalation"] {
  const found: BlastRadius["escalation"][number][] = [];
  for (const supervisor of [...above].reverse()) {
    const { intensity, period } = supervisor;
    if (typeof intensity !== "number" || typeof period !== "number") break;
    found.push({ supervisor, crashes: intensity + 1, period, processes: countTrees(supervisor.children, supervisor, topology) });
    if (supervisor.restart === "temporary") break;
  }
  return found;
}

/** The nodes with all below them. What a library starts inside of its own child stands in source where that stands, and runs no code of the workspace. */
function countTrees(roots: readonly TreeNode[], above: TreeNode | null, { definitions }: Topology): TreeCount {
  const count = { own: 0, inside: 0 };
  const open = roots.map((node) => ({ node, parent: above }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, parent } = next;
    const isSamePlace = node.place.file === parent?.place.file && node.place.at === parent.place.at;
    if (isSamePlace && (node.moduleAtom === null || !definitions.has(node.moduleAtom))) count.inside++;
    else count.own++;
    open.push(...node.children.map((child) => ({ node: child, parent: node })));
  }
  return count;
}

/** Owners that started it linked, what it links itself to, and what it starts linked to itself. */
function linkedTo(module: string, { messages, starts, functions, contexts }: Topology): readonly string[] {
  const processesOf = (fn: string): string[] =>
    (functions.get(fn)?.contexts ?? []).flatMap((id) => {
      const context = contexts.get(id);
      return context?.kind === "process" && context.module !== null ? [context.module] : [];
    });
  const found = new Set<string>();
  for (const { linked, module: started, fn } of starts) {
    if (!linked || started === null) continue;
    const owners = processesOf(fn);
    if (started === module) for (const owner of owners) found.add(owner);
    else if (owners.includes(module)) found.add(started);
  }
  for (const { mode, from, to } of messages)
    if (mode === "link" && processesOf(from).includes(module)) for (const one of to) found.add(one);
  found.delete(module);
  return [...found];
}

function tablesOf({ callbacks }: ProcessDefinition): readonly string[] {
  const tables = callbacks.flatMap(({ effects }) => effects.tables.filter(({ operation }) => operation === "new"));
  return [...new Set(tables.flatMap(({ table }) => table ?? []))];
}
