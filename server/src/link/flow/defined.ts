/** Which modules define a process, which of their functions are callbacks, and in which context those run. Pure. */
import type { BehaviourRow, CallbackRow } from "../../model/library.ts";
import type { ExecutionContext, ProcessKind } from "../../model/topology.ts";
import type { LibraryIndex } from "../library-index.ts";
import type { ModuleInfo } from "../modules.ts";
import type { FlowFunction, FlowGraph } from "./graph.ts";

export interface CallbackFunction {
  readonly fn: FlowFunction;
  readonly row: CallbackRow;
  readonly behaviour: BehaviourRow;
}

/** A module that behaviours or starts make a process definition. */
export interface Defined {
  readonly module: ModuleInfo;
  readonly kind: ProcessKind;
  /** The behaviour that makes it one; null for modules that only start themselves (`Agent.start_link` in `start_link`). */
  readonly behaviour: BehaviourRow | null;
  /** The behaviour for whose framework's sake it is there, or null. */
  readonly framework: BehaviourRow | null;
  readonly callbacks: readonly CallbackFunction[];
}

export interface Definitions {
  readonly byModule: ReadonlyMap<string, Defined>;
  /** Callbacks of all modules, those without a process of their own (plugs, jobs, applications) among them. */
  readonly callbacks: ReadonlyMap<FlowFunction, CallbackFunction>;
  add(module: ModuleInfo, kind: ProcessKind): void;
}

const SUPERVISORS: ReadonlySet<ProcessKind> = new Set([
  "supervisor",
  "dynamic_supervisor",
  "partition_supervisor",
  "task_supervisor",
  "consumer_supervisor",
]);

export function isSupervisor(kind: ProcessKind): boolean {
  return SUPERVISORS.has(kind);
}

export function findDefinitions(modules: readonly ModuleInfo[], graph: FlowGraph, libraries: LibraryIndex): Definitions {
  const byModule = new Map<string, Defined>();
  const callbacks = new Map<FlowFunction, CallbackFunction>();
  for (const module of modules) {
    const rows = behavioursOf(module, libraries);
    if (rows.length === 0) continue;
    const own: CallbackFunction[] = [];
    for (const behaviour of rows) {
      for (const row of behaviour.callbacks)
        for (const fn of functionsFor(module, row, graph)) {
          if (callbacks.has(fn)) continue;
          const callback = { fn, row, behaviour };
          callbacks.set(fn, callback);
          own.push(callback);
        }
    }
    const kinds = rows.filter((row) => row.kind !== null);
    const framework = kinds.find((row) => row.framework) ?? null;
    // A `gen_statem` that is a `ranch_protocol` too is a `gen_statem`, run for the framework's sake.
    const behaviour = kinds.find((row) => row.kind !== "process") ?? kinds[0];
    if (behaviour?.kind) byModule.set(module.name, { module, kind: behaviour.kind, behaviour, framework, callbacks: own });
  }
  const add = (module: ModuleInfo, kind: ProcessKind): void => {
    if (!byModule.has(module.name)) byModule.set(module.name, { module, kind, behaviour: null, framework: null, callbacks: [] });
  };
  return { byModule, callbacks, add };
}

/** Rows of everything that the module uses or implements, in order, each once. */
export function behavioursOf(module: ModuleInfo, libraries: LibraryIndex): BehaviourRow[] {
  const rows: BehaviourRow[] = [];
  for (const { module: used } of module.uses) enter(rows, libraries.behaviourRow(used));
  for (const name of module.behaviours) enter(rows, libraries.behaviourRow(name));
  return rows;
}

function enter(rows: BehaviourRow[], row: BehaviourRow | null): void {
  if (row && !rows.includes(row)) rows.push(row);
}

/** The functions of the module that a callback row is for: one by name, or for `*` all exported ones of that arity that are no other callback. */
function functionsFor(module: ModuleInfo, row: CallbackRow, graph: FlowGraph): FlowFunction[] {
  if (row.name !== "*") {
    const info = module.functions.get(`${row.name}/${row.arity}`);
    const fn = info && info.facts.form === "def" ? graph.get(info) : null;
    return fn ? [fn] : [];
  }
  const found: FlowFunction[] = [];
  for (const info of module.functions.values()) {
    const fn = info.facts.form === "def" && info.facts.arity === row.arity ? graph.get(info) : null;
    if (fn && !found.includes(fn)) found.push(fn);
  }
  return found;
}

/** The id of the context in which callbacks of a behaviour run for a module. */
export function contextIdOf(
  behaviour: BehaviourRow | null,
  module: string,
): { readonly id: string; readonly kind: ExecutionContext["kind"] } {
  const kind = behaviour?.context ?? "process";
  return { id: `${kind}:${module}`, kind };
}
