/** An operation on a process, as a function sees it, and how it begins at the call that the libraries tell about. Pure. */
import type { Circumstance } from "../../model/circumstance.ts";
import type { Expression } from "../../model/expression.ts";
import type { Operation } from "../../model/library.ts";
import type { MessageStep, ProcessKind } from "../../model/topology.ts";
import { startProcess } from "../evaluate/processes.ts";
import { dependsOnParameter, type ProcessValue, UNKNOWN, type Value } from "../evaluate/value.ts";
import { underAt } from "./circumstances.ts";
import { isSupervisor } from "./defined.ts";
import type { FlowFunction, FlowNode } from "./graph.ts";

export type FollowedOperation = Operation & { readonly op: "message" | "run_in" | "spawn" | "start" | "start_child" };

/** Monitors or links another process. */
export interface Signal {
  readonly op: "signal";
  readonly mode: "monitor" | "link" | "reply";
}

/** An operation as a function sees it: done by itself, or by what it calls at `site`. */
export interface Followed {
  /** `invoke`: calls a function value inside a function that another process runs; `carry`: hands it to a process as an argument of what that runs. */
  readonly operation:
    | FollowedOperation
    | Signal
    | { readonly op: "invoke"; readonly node: FlowNode }
    | { readonly op: "carry"; readonly spawn: FollowedOperation };
  readonly fn: FlowFunction;
  readonly site: number;
  /** Server, supervisor. */
  readonly target: Value | null;
  readonly message: Value | null;
  /** How long a call waits. */
  readonly timeout: Value | null;
  /** The function that is run: a closure, a reference, or a tuple of module, function, arguments. */
  readonly run: Value | null;
  readonly process: ProcessValue | null;
  /** Module of a started process. */
  readonly module: Value | null;
  readonly primitive: { readonly fn: FlowFunction; readonly site: number };
  /** Under what the sites below stand, the primitive among them. */
  readonly under: readonly Circumstance[];
  /** Calls below `site`, down to the primitive. */
  readonly via: readonly MessageStep[];
}

/** An operation where it is written. */
export function begin(fn: FlowFunction, site: number, operation: FollowedOperation): Followed {
  const { e } = fn.scan.sites[site]!;
  const count = e.k === "call" ? e.args.length : 0;
  const arg = (position: number | null): Value | null =>
    position === null ? null : position < count ? fn.argument(site, position) : UNKNOWN;
  const base = {
    operation,
    fn,
    site,
    target: null,
    message: null,
    timeout: null,
    run: null,
    process: null,
    module: null,
    primitive: { fn, site },
    under: underAt(fn.scan.sites[site]!),
    via: [],
  };
  switch (operation.op) {
    case "message":
      return { ...base, target: targetOf(operation, arg), message: arg(operation.message), timeout: timeoutOf(operation, count, arg) };
    case "start_child":
      return { ...base, target: arg(operation.supervisor), message: arg(operation.spec) };
    case "run_in":
      return { ...base, target: arg(operation.target), run: runOf(arg, operation.run, count > operation.run + 2) };
    case "spawn":
      return { ...base, target: arg(operation.supervisor), run: runOf(arg, operation.run, operation.mfa) };
    case "start": {
      const needed = new Set([operation.options, operation.kind === "agent" ? null : operation.run, operation.module === 1 ? 0 : null]);
      if (operation.module !== null && e.k === "call" && mayNameModule(e.args[operation.module], operation.kind))
        needed.add(operation.module);
      const args = Array.from({ length: count }, (_, i) => (needed.has(i) ? fn.argument(site, i) : UNKNOWN));
      const process = startProcess(operation, args, fn.place(e));
      const run = operation.run === null ? null : runOf(arg, operation.run, operation.kind === "agent" && count > 2);
      return { ...base, process, run, module: operation.module === null ? null : (args[operation.module] ?? UNKNOWN) };
    }
  }
}

function timeoutOf(
  { timeout }: Operation & { readonly op: "message" },
  count: number,
  arg: (position: number) => Value | null,
): Value | null {
  if (timeout === undefined) return null;
  const { argument, otherwise } = timeout;
  if (count > argument) return arg(argument);
  return otherwise === "infinity" ? { v: "atom", value: otherwise } : { v: "number", value: otherwise };
}

/** The process of a name on other nodes is `{name, node}`. */
function targetOf({ target, nodes }: Operation & { op: "message" }, arg: (position: number) => Value | null): Value | null {
  const process = arg(target);
  return nodes === undefined || process === null ? process : { v: "tuple", items: [process, arg(nodes) ?? UNKNOWN] };
}

/** `Process.monitor(pid)`, `:erlang.monitor(:process, pid)`, `GenServer.reply(from, reply)`. */
export function beginSignal(fn: FlowFunction, site: number, mode: Signal["mode"]): Followed {
  const first = fn.argument(site, 0);
  const target = first.v === "atom" && first.value === "process" ? fn.argument(site, 1) : first;
  return {
    operation: { op: "signal", mode },
    fn,
    site,
    target,
    message: null,
    timeout: null,
    run: null,
    process: null,
    module: null,
    primitive: { fn, site },
    under: underAt(fn.scan.sites[site]!),
    via: [],
  };
}

/** Supervisors are started with a module or with a list of children; the trees have read the children already. */
function mayNameModule(arg: Expression | undefined, kind: ProcessKind): boolean {
  return arg !== undefined && (!isSupervisor(kind) || arg.k === "atom" || arg.k === "self_module" || arg.k === "attribute");
}

function runOf(arg: (position: number) => Value | null, position: number, mfa: boolean): Value {
  if (!mfa) return arg(position) ?? UNKNOWN;
  return { v: "tuple", items: [arg(position) ?? UNKNOWN, arg(position + 1) ?? UNKNOWN, arg(position + 2) ?? UNKNOWN] };
}

/** Of module, function, arguments: the first two, which say what is run. */
export function withoutArguments(run: Value): Value {
  return run.v === "tuple" ? { v: "tuple", items: run.items.slice(0, 2) } : run;
}

/** Whether what is known of a name with parameters in it is the part that tells processes apart: `{:via, Registry, {Names, {id, Server}}}`. */
export function saysName(target: Value): boolean {
  if (target.v !== "tuple") return false;
  const [scope, module, name] = target.items;
  if (scope?.v !== "atom" || scope.value !== "via" || name?.v !== "tuple")
    return target.items.length === 2 && scope !== undefined && !dependsOnParameter(scope) && scope.v === "atom" && scope.value !== "global";
  const [registry, key] = name.items;
  if (registry === undefined || key === undefined || dependsOnParameter(registry)) return false;
  if (module?.v === "atom" && module.value === "Elixir.PartitionSupervisor") return true;
  return key.v === "tuple" && key.items.some((item) => item.v === "atom");
}

/** Whether the message's tag is not known but callers may know it. */
export function lacksTag(message: Value): boolean {
  return message.v === "parameter" || (message.v === "tuple" && message.items[0]?.v === "parameter");
}
