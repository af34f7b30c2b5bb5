/**
 * Operations on processes, followed from the primitive outwards through wrapper functions until what they need to know is known.
 *
 * Pure; ends on recursion by a depth limit and by never following the same operation to the same place twice. Values are in terms of the
 * parameters of the function at hand; at each call of it the arguments take their place.
 */
import type { Operation } from "../../model/library.ts";
import type { Evidence } from "../../model/topology.ts";
import { startProcess } from "../evaluate/processes.ts";
import { dependsOnParameter, keyOf, type ProcessValue, UNKNOWN, type Value } from "../evaluate/value.ts";
import type { Definitions } from "./defined.ts";
import type { FlowFunction, FlowGraph, FlowNode } from "./graph.ts";
import { startsItself, type TargetResolver } from "./targets.ts";
import { substitute } from "./values.ts";

const MAX_DEPTH = 8;
const MAX_FOLLOWED = 60_000;

export type FollowedOperation = Operation & { readonly op: "message" | "run_in" | "spawn" | "start" | "start_child" };

/** An operation as a function sees it: done by itself, or by what it calls at `site`. */
export interface Followed {
  /** `invoke`: calls a function value inside a function that another process runs. */
  readonly operation: FollowedOperation | { readonly op: "invoke"; readonly node: FlowNode };
  readonly fn: FlowFunction;
  readonly site: number;
  /** Server, supervisor. */
  readonly target: Value | null;
  readonly message: Value | null;
  /** The function that is run: a closure, a reference, or a tuple of module, function, arguments. */
  readonly run: Value | null;
  readonly process: ProcessValue | null;
  /** Module of a started process. */
  readonly module: Value | null;
  readonly primitive: { readonly fn: FlowFunction; readonly site: number };
  /** Calls below `site`, down to the primitive. */
  readonly via: readonly Evidence[];
}

/** A function that another process runs, and by which operation. */
export interface HandedOver {
  readonly node: FlowNode;
  readonly by: Followed;
}

export interface Operations {
  readonly settled: readonly Followed[];
  readonly handedOver: readonly HandedOver[];
  /** A closure is run by a node of another function: both run in the same process. */
  readonly invoked: readonly { readonly from: FlowNode; readonly to: FlowNode }[];
}

const FOLLOWED = new Set<Operation["op"]>(["message", "run_in", "spawn", "start", "start_child"]);

export class OperationFollower {
  private readonly settled: Followed[] = [];
  private readonly handedOver: HandedOver[] = [];
  private readonly invoked: { from: FlowNode; to: FlowNode }[] = [];
  private readonly seen = new Set<string>();
  private readonly queue: Followed[] = [];
  private readonly detachedSeen = new Set<FlowNode>();
  private readonly rest: { fn: FlowFunction; site: number; operation: FollowedOperation }[] = [];
  private resolver: TargetResolver | null = null;
  private readonly graph: FlowGraph;
  private readonly definitions: Definitions;

  constructor(graph: FlowGraph, definitions: Definitions) {
    this.graph = graph;
    this.definitions = definitions;
  }

  /** Follows starts of processes, which say more modules that define one. */
  followStarts(): readonly Followed[] {
    for (const fn of this.graph.functions) {
      for (let i = 0; i < fn.callees.length; i++) {
        const row = fn.callees[i]!.row;
        if (row === null) continue;
        for (const operation of row.does) {
          if (operation.op === "start") this.queue.push(begin(fn, i, operation));
          else if (FOLLOWED.has(operation.op)) this.rest.push({ fn, site: i, operation: operation as FollowedOperation });
        }
      }
    }
    this.drain();
    this.defineStarted();
    return [...this.settled];
  }

  /** Follows everything else; `resolver` says where no more need be known of a target. */
  followRest(resolver: TargetResolver): Operations {
    this.resolver = resolver;
    for (const { fn, site, operation } of this.rest) this.queue.push(begin(fn, site, operation));
    this.drain();
    return { settled: this.settled, handedOver: this.handedOver, invoked: this.invoked };
  }

  private drain(): void {
    for (let next = 0; next < this.queue.length && next < MAX_FOLLOWED; next++) this.step(this.queue[next]!);
    this.queue.length = 0;
  }

  private step(f: Followed): void {
    switch (f.operation.op) {
      case "message":
      case "start_child":
        return this.stepMessage(f);
      case "run_in":
        this.handOver(f.run, f);
        return this.stepMessage(f);
      case "start":
        if (f.module !== null && f.module.v === "parameter" && this.propagate(f)) return;
        if (f.run !== null) this.handOver(f.run, f);
        this.settled.push(f);
        return;
      case "spawn":
        if (f.run !== null && dependsOnParameter(withoutArguments(f.run)) && this.propagate(f)) return;
        this.handOver(f.run, f);
        this.settled.push(f);
        return;
      case "invoke":
        if (f.run?.v === "parameter") this.propagate(f);
        else this.joinInvoked(f.run, f.operation.node);
    }
  }

  private stepMessage(f: Followed): void {
    const needsTag = f.operation.op === "message" && f.message !== null && lacksTag(f.message);
    const needsRun = f.operation.op === "run_in" && f.run !== null && f.run.v === "parameter";
    const needsTarget = f.target !== null && dependsOnParameter(f.target) && !this.isInterface(f.fn) && !saysName(f.target) && !this.isResolved(f.target);
    if ((needsTag || needsRun || needsTarget) && this.propagate(f)) return;
    this.settled.push(f);
  }

  /** `{:via, Registry, {Names, {conf.name, Server}}}` says enough although a part of it is a parameter. */
  private isResolved(target: Value): boolean {
    return target.v !== "parameter" && this.resolver !== null && this.resolver.resolve(target).modules.length > 0;
  }

  /** An exported function of a process definition that is no callback: its server parameter means the module's own process. */
  private isInterface(fn: FlowFunction): boolean {
    return fn.info.facts.form === "def" && this.definitions.byModule.has(fn.module.name) && !this.definitions.callbacks.has(fn);
  }

  /** Hands the operation to every call of its function; false where there is none that can be followed. */
  private propagate(f: Followed): boolean {
    if (f.via.length >= MAX_DEPTH || this.definitions.callbacks.has(f.fn)) return false;
    let any = false;
    for (const { fn, site } of f.fn.callers) {
      if (fn === f.fn) continue;
      const outer = this.outward(f, fn, site);
      any = true;
      const key = `${f.primitive.fn.node.id}.${f.primitive.site}.${f.operation.op}>${fn.node.id}.${site}:${textOf(outer.target)}|${textOf(outer.message)}|${textOf(outer.run)}|${textOf(outer.module)}`;
      if (this.seen.has(key)) continue;
      this.seen.add(key);
      this.queue.push(outer);
    }
    return any;
  }

  private outward(f: Followed, fn: FlowFunction, site: number): Followed {
    const argument = (index: number): Value => fn.argumentFor(f.fn, site, index);
    const put = (value: Value | null): Value | null => (value === null ? null : substitute(value, argument));
    const inner = f.fn.scan.sites[f.site]!;
    const step: Evidence = { message: `\`${printFunction(f.fn)}\``, place: f.fn.place(inner.e) };
    const process = f.process === null ? null : (substitute(f.process, argument) as ProcessValue);
    return { ...f, fn, site, target: put(f.target), message: put(f.message), run: put(f.run), module: put(f.module), process, via: [step, ...f.via] };
  }

  /** The function value runs in another process: from now on a node of its own, no part of the function around it. */
  private handOver(run: Value | null, by: Followed): void {
    if (run === null) return;
    switch (run.v) {
      case "closure": {
        const node = this.graph.detach(run.fn, run.frame.fn);
        if (node) this.enterHandedOver(node, by);
        return;
      }
      case "funref":
        markReference(by);
        return this.enterFunction(run.module, run.name, run.arity, by);
      case "tuple": {
        const [module, name, args] = run.items;
        if (module?.v === "atom" && name?.v === "atom" && args?.v === "list") this.enterFunction(module.value, name.value, args.items.length, by);
        return;
      }
      case "choice":
        for (const option of run.options) this.handOver(option.value, by);
    }
  }

  private enterFunction(module: string, name: string, arity: number, by: Followed): void {
    const info = this.graph.questions.evaluator.modules.resolve(by.fn.module.name, module, name, arity);
    const fn = info ? this.graph.get(info) : null;
    if (fn) this.enterHandedOver(fn.node, by);
  }

  private enterHandedOver(node: FlowNode, by: Followed): void {
    this.handedOver.push({ node, by });
    if (node.unit === null || this.detachedSeen.has(node)) return;
    this.detachedSeen.add(node);
    this.followInvocations(node);
  }

  /** Parameters of the function around that a detached closure calls: what callers hand in runs where the closure does. */
  private followInvocations(node: FlowNode): void {
    const { fn } = node;
    fn.scan.sites.forEach((site, i) => {
      if (site.e.k !== "apply" || fn.nodeOf(site.unit) !== node) return;
      const run = fn.values.evaluate(site.e.callee, site.scope);
      const nothing = { target: null, message: null, process: null, module: null, via: [] };
      this.queue.push({ ...nothing, operation: { op: "invoke", node }, fn, site: i, run, primitive: { fn, site: i } });
    });
  }

  private joinInvoked(run: Value | null, from: FlowNode): void {
    if (run?.v !== "closure") return;
    const to = this.graph.detach(run.fn, run.frame.fn);
    if (to && to !== from) this.invoked.push({ from, to });
  }

  /** A module whose own functions start an Agent, a task or the like without a callback module: it defines that process. */
  private defineStarted(): void {
    for (const f of this.settled) {
      if (f.operation.op !== "start") continue;
      const named = f.module?.v === "atom" ? this.graph.questions.evaluator.modules.get(f.module.value) : null;
      if (named && isOwnCode(named.file.role)) this.definitions.add(named, f.operation.kind);
      else if (f.module === null && f.operation.run !== null && startsItself(f)) this.definitions.add(f.fn.module, f.operation.kind);
    }
  }
}

function begin(fn: FlowFunction, site: number, operation: FollowedOperation): Followed {
  const { e } = fn.scan.sites[site]!;
  const count = e.k === "call" ? e.args.length : 0;
  const arg = (position: number | null): Value | null => (position === null ? null : position < count ? fn.argument(site, position) : UNKNOWN);
  const base = { operation, fn, site, target: null, message: null, run: null, process: null, module: null, primitive: { fn, site }, via: [] };
  switch (operation.op) {
    case "message":
      return { ...base, target: arg(operation.target), message: arg(operation.message) };
    case "start_child":
      return { ...base, target: arg(operation.supervisor), message: arg(operation.spec) };
    case "run_in":
      return { ...base, target: arg(operation.target), run: runOf(arg, operation.run, count > operation.run + 2) };
    case "spawn":
      return { ...base, target: arg(operation.supervisor), run: runOf(arg, operation.run, operation.mfa) };
    case "start": {
      const args = Array.from({ length: count }, (_, i) => fn.argument(site, i));
      const process = startProcess(operation, args, fn.place(e));
      const run = operation.run === null ? null : runOf(arg, operation.run, operation.kind === "agent" && count > 2);
      return { ...base, process, run, module: arg(operation.module) };
    }
  }
}

function runOf(arg: (position: number) => Value | null, position: number, mfa: boolean): Value {
  if (!mfa) return arg(position) ?? UNKNOWN;
  return { v: "tuple", items: [arg(position) ?? UNKNOWN, arg(position + 1) ?? UNKNOWN, arg(position + 2) ?? UNKNOWN] };
}

/** Of module, function, arguments: the first two, which say what is run. */
function withoutArguments(run: Value): Value {
  return run.v === "tuple" ? { v: "tuple", items: run.items.slice(0, 2) } : run;
}

/** Whether what is known of a name with parameters in it is the part that tells processes apart: `{:via, Registry, {Names, {id, Server}}}`. */
function saysName(target: Value): boolean {
  if (target.v !== "tuple") return false;
  const [scope, module, name] = target.items;
  if (scope?.v !== "atom" || scope.value !== "via" || name?.v !== "tuple") return target.items.length === 2 && scope !== undefined && !dependsOnParameter(scope) && scope.v === "atom" && scope.value !== "global";
  const [registry, key] = name.items;
  if (registry === undefined || key === undefined || dependsOnParameter(registry)) return false;
  if (module?.v === "atom" && module.value === "Elixir.PartitionSupervisor") return true;
  return key.v === "tuple" && key.items.some((item) => item.v === "atom");
}

/** Whether the message's tag is not known but callers may know it. */
function lacksTag(message: Value): boolean {
  return message.v === "parameter" || (message.v === "tuple" && message.items[0]?.v === "parameter");
}

/** The reference in an argument of the operation's call is no call of this process. */
function markReference(by: Followed): void {
  const site = by.fn.scan.sites[by.site];
  if (site?.e.k === "call") for (const arg of site.e.args) if (arg.k === "funref") by.fn.handedOver.add(arg);
}

export function isOwnCode(role: string): boolean {
  return role === "source" || role === "test" || role === "script";
}

/** `Cache.get/2`. */
export function printFunction(fn: FlowFunction): string {
  const { module, facts } = fn.info;
  return `${fn.values.questions.evaluator.printAtom(module)}.${facts.name}/${facts.arity}`;
}

function textOf(value: Value | null): string {
  return value === null ? "" : keyOf(value);
}
