/** Which modules define a process, which of their functions are callbacks, and in which context those run. Pure. */
import type { Expression } from "../../model/expression.ts";
import type { BehaviourRow, CallbackRow } from "../../model/library.ts";
import type { ExecutionContext, ProcessKind } from "../../model/topology.ts";
import type { LibraryIndex } from "../library-index.ts";
import type { ModuleInfo } from "../modules.ts";
import { visitExpression } from "../visit.ts";
import type { FlowFunction, FlowGraph, FlowNode } from "./graph.ts";
import { patternTag } from "./patterns.ts";

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
  const enter = (module: ModuleInfo, rows: readonly BehaviourRow[]): void => {
    const own: CallbackFunction[] = [];
    for (const behaviour of rows) {
      for (const row of behaviour.callbacks)
        for (const fn of functionsFor(module, row, behaviour, graph)) {
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
  };
  for (const module of modules) enter(module, behavioursOf(module, libraries));
  const add = (module: ModuleInfo, kind: ProcessKind): void => {
    if (byModule.has(module.name)) return;
    // Started as a server, it is one, whether it says so or not.
    const row = kind === "gen_server" ? libraries.behaviourRow("gen_server") : null;
    if (row !== null && isExported(module, "init/1") && isExported(module, "handle_call/3")) enter(module, [row]);
    else byModule.set(module.name, { module, kind, behaviour: null, framework: null, callbacks: [] });
  };
  return { byModule, callbacks, add };
}

function isExported({ functions }: ModuleInfo, key: string): boolean {
  return functions.get(key)?.facts.form === "def";
}

/** Rows of everything that the module uses or implements, in order, each once. */
export function behavioursOf(module: ModuleInfo, libraries: LibraryIndex): BehaviourRow[] {
  const rows: BehaviourRow[] = [];
  for (const { module: used } of module.uses) enterRow(rows, libraries.behaviourRow(used));
  for (const name of module.behaviours) enterRow(rows, libraries.behaviourRow(name));
  return rows;
}

function enterRow(rows: BehaviourRow[], row: BehaviourRow | null): void {
  if (row && !rows.includes(row)) rows.push(row);
}

/** The functions of the module that a callback row is for: one by name, or for `*` all exported ones of that arity that are no other callback. */
function functionsFor(module: ModuleInfo, row: CallbackRow, behaviour: BehaviourRow, graph: FlowGraph): FlowFunction[] {
  if (row.name !== "*") {
    const info = module.functions.get(`${row.name}/${row.arity}`);
    const parts = info?.facts.form === "def" ? [...info.joined, info] : [];
    return parts.flatMap((part) => graph.get(part) ?? []);
  }
  const found: FlowFunction[] = [];
  const named = new Set(behaviour.callbacks.map(({ name, arity }) => `${name}/${arity}`));
  const isMeant = behaviour.kind === "gen_statem" ? isStateOf(module, graph) : (): boolean => true;
  for (const [key, info] of module.functions) {
    const fn = info.facts.form === "def" && info.facts.arity === row.arity && !named.has(key) ? graph.get(info) : null;
    if (fn && !found.includes(fn) && isMeant(fn)) found.push(fn);
  }
  return found;
}

/** Which exported functions are states of a state machine, not its client functions: those that it goes into by name, or that take event types. */
function isStateOf(module: ModuleInfo, graph: FlowGraph): (fn: FlowFunction) => boolean {
  const states = new Set<string>();
  const see = (e: Expression): void => {
    const [tag, state] = e.k === "tuple" ? e.items : [];
    if (tag?.k === "atom" && (tag.value === "ok" || tag.value === "next_state") && state?.k === "atom") states.add(state.value);
  };
  for (const info of module.functions.values()) if (graph.get(info)) for (const { body } of info.facts.clauses) visitExpression(body, see);
  return ({ info: { facts } }) =>
    states.has(facts.name) || facts.clauses.some(({ params }) => params[0] !== undefined && isEventType(params[0]));
}

const EVENT_TYPES = new Set(["call", "cast", "info", "enter", "internal", "timeout", "state_timeout"]);

function isEventType(pattern: Expression): boolean {
  const tag = patternTag(pattern);
  return tag !== null && EVENT_TYPES.has(tag);
}

/**
 * Whether a function that the module's `start` spawns is the module's process. A server's own starts at `init`, from which it goes into its loop
 * (`proc_lib:start_link(?MODULE, init, …)`, then `gen_server:enter_loop/3`); anything else that its module spawns is a process beside it.
 */
export function startsDefined({ behaviour }: Defined, run: FlowNode): boolean {
  return (
    behaviour === null ||
    behaviour.kind === "process" ||
    behaviour.framework ||
    (run.unit === null && run.fn.info.facts.name.startsWith("init"))
  );
}

/** The id of the context in which callbacks of a behaviour run for a module. */
export function contextIdOf(
  behaviour: BehaviourRow | null,
  module: string,
): { readonly id: string; readonly kind: ExecutionContext["kind"] } {
  const kind = behaviour?.context ?? "process";
  return { id: `${kind}:${module}`, kind };
}
