/**
 * Operations on processes, followed from the primitive outwards through wrapper functions until what they need to know is known.
 *
 * Pure; ends on recursion by a depth limit and by never following the same operation to the same place twice. Values are in terms of the
 * parameters of the function at hand; at each call of it the arguments take their place.
 */
import type { Circumstance } from "../../model/circumstance.ts";
import type { EffectKind } from "../../model/effect-kind.ts";
import type { Operation } from "../../model/library.ts";
import type { Steps } from "../../model/steps.ts";
import type { MessageStep } from "../../model/topology.ts";
import { dependsOnParameter, keyOf, type ProcessValue, type Value } from "../evaluate/value.ts";
import { underAt } from "./circumstances.ts";
import type { Definitions } from "./defined.ts";
import {
  begin,
  beginSignal,
  type Followed,
  type FollowedOperation,
  lacksTag,
  type Signal,
  saysName,
  withoutArguments,
} from "./followed.ts";
import { type FlowFunction, type FlowGraph, type FlowNode, FUNCTIONS_A_STEP } from "./graph.ts";
import { type HandedOver, HandOver } from "./hand-over.ts";
import { startsItself, type TargetResolver } from "./targets.ts";
import { substitute } from "./values.ts";

const MAX_DEPTH = 8;
const MAX_FOLLOWED = 60_000;

export interface Operations {
  readonly settled: readonly Followed[];
  readonly handedOver: readonly HandedOver[];
  /** A closure is run by a node of another function: both run in the same process. */
  readonly invoked: readonly { readonly from: FlowNode; readonly to: FlowNode }[];
  /** Spawned nodes that are servers written by hand, with the definition's module. */
  readonly loops: ReadonlyMap<FlowNode, string>;
}

const FOLLOWED = new Set<Operation["op"]>(["message", "run_in", "spawn", "start", "start_child"]);

export class OperationFollower {
  private readonly settled: Followed[] = [];
  private readonly seen = new Set<string>();
  private readonly queue: Followed[] = [];
  private readonly hand: HandOver;
  private readonly rest: { fn: FlowFunction; site: number; operation: FollowedOperation }[] = [];
  private readonly signals: { fn: FlowFunction; site: number; mode: Signal["mode"] }[] = [];
  private resolver: TargetResolver | null = null;
  private readonly graph: FlowGraph;
  private readonly definitions: Definitions;

  constructor(graph: FlowGraph, definitions: Definitions) {
    this.graph = graph;
    this.definitions = definitions;
    this.hand = new HandOver(graph, definitions, (f) => this.queue.push(f));
  }

  /** Follows starts of processes, which say more modules that define one. */
  *followStarts(): Steps<readonly Followed[]> {
    const { withRows } = this.graph;
    for (let next = 0; next < withRows.length; next++) {
      if (next % FUNCTIONS_A_STEP === 0) yield;
      const { fn, site } = withRows[next]!;
      for (const operation of fn.callees[site]!.row!.does) {
        if (operation.op === "start") this.queue.push(begin(fn, site, operation));
        else if (operation.op === "reply") this.signals.push({ fn, site, mode: "reply" });
        else if (operation.op === "effect") this.seeEffect(fn, site, operation.kind);
        else if (FOLLOWED.has(operation.op)) this.rest.push({ fn, site, operation: operation as FollowedOperation });
      }
    }
    yield* this.drain();
    this.defineStarted();
    return [...this.settled];
  }

  /** Follows everything else; `resolver` says where no more need be known of a target. */
  *followRest(resolver: TargetResolver): Steps<Operations> {
    this.resolver = resolver;
    for (const { fn, site, operation } of this.rest) if (operation.op === "spawn") this.queue.push(begin(fn, site, operation));
    yield* this.drain();
    this.hand.defineLoops();
    for (const { fn, site, operation } of this.rest) if (operation.op !== "spawn") this.queue.push(begin(fn, site, operation));
    for (const { fn, site, mode } of this.signals) this.queue.push(beginSignal(fn, site, mode));
    yield* this.drain();
    const { handedOver, invoked, loops } = this.hand;
    return { settled: this.settled, handedOver, invoked, loops };
  }

  private seeEffect(fn: FlowFunction, site: number, kind: EffectKind): void {
    if (kind === "subscribe") this.handOverHandlers(fn, site);
    if (kind === "monitor" || kind === "link") this.signals.push({ fn, site, mode: kind });
  }

  /** Functions given to a subscription run where its events come from. */
  private handOverHandlers(fn: FlowFunction, site: number): void {
    const { e } = fn.scan.sites[site]!;
    if (e.k !== "call") return;
    fn.handOver(e.args);
    for (const arg of e.args) if (arg.k === "fn") this.graph.detach(arg, fn.info);
  }

  private *drain(): Steps<void> {
    for (let next = 0; next < this.queue.length && next < MAX_FOLLOWED; next++) {
      if (next % FUNCTIONS_A_STEP === 0) yield;
      this.step(this.queue[next]!);
    }
    this.queue.length = 0;
  }

  private step(f: Followed): void {
    switch (f.operation.op) {
      case "signal":
        // Whoever is answered is known by the call alone: nothing is gained by following `from` upwards.
        if (f.operation.mode === "reply") {
          this.settled.push(f);
          return;
        }
        return this.stepMessage(f);
      case "message":
      case "start_child":
        return this.stepMessage(f);
      case "run_in":
        this.hand.handOver(f.run, f);
        return this.stepMessage(f);
      case "start":
        if (f.module !== null && f.module.v === "parameter" && this.propagate(f)) return;
        if (f.run !== null) this.hand.handOver(f.run, f);
        this.settled.push(f);
        return;
      case "spawn":
        if (f.run !== null && dependsOnParameter(withoutArguments(f.run)) && this.propagate(f)) return;
        this.hand.handOver(f.run, f);
        this.settled.push(f);
        return this.carry(f, f.operation);
      case "invoke":
        if (f.run?.v === "parameter") this.propagate(f);
        else this.hand.joinInvoked(f.run, f.operation.node, f);
        return;
      case "carry":
        if (f.run?.v === "parameter") this.propagate(f);
        else if (f.run?.v === "closure") this.hand.handOver(f.run, { ...f, operation: f.operation.spawn });
    }
  }

  /** Function values among the arguments of what another process runs: `spawn(jobs, run, [Queue, Fun])`. */
  private carry(f: Followed, spawn: FollowedOperation): void {
    const args = f.run?.v === "tuple" ? f.run.items[2] : undefined;
    if (args?.v !== "list") return;
    for (const { value } of args.items)
      if (value.v === "parameter" || value.v === "closure") this.step({ ...f, operation: { op: "carry", spawn }, run: value });
  }

  private stepMessage(f: Followed): void {
    const needsTag = f.operation.op === "message" && f.message !== null && lacksTag(f.message);
    const needsRun = f.operation.op === "run_in" && f.run !== null && f.run.v === "parameter";
    const needsTarget =
      f.target !== null &&
      dependsOnParameter(f.target) &&
      !this.isInterface(f.fn) &&
      !saysName(f.target) &&
      !this.isResolved(f.target, f.fn.module.file.path);
    if ((needsTag || needsRun || needsTarget) && this.propagate(f)) return;
    this.settled.push(f);
  }

  /** `{:via, Registry, {Names, {conf.name, Server}}}` says enough although a part of it is a parameter. */
  private isResolved(target: Value, file: string): boolean {
    return target.v !== "parameter" && this.resolver !== null && this.resolver.resolve(target, file).modules.length > 0;
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
    const step: MessageStep = { message: `\`${printFunction(f.fn)}\``, place: f.fn.place(inner.e), fn: f.fn.nodeOf(inner.unit).key };
    const process = f.process === null ? null : (substitute(f.process, argument) as ProcessValue);
    return {
      ...f,
      fn,
      site,
      target: put(f.target),
      message: put(f.message),
      timeout: put(f.timeout),
      run: put(f.run),
      module: put(f.module),
      process,
      under: join(f.under, underAt(fn.scan.sites[site]!)),
      via: [step, ...f.via],
    };
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

function join(some: readonly Circumstance[], others: readonly Circumstance[]): readonly Circumstance[] {
  return others.length === 0 ? some : some.length === 0 ? others : [...new Set([...some, ...others])];
}

export function isOwnCode(role: string): boolean {
  return role === "source" || role === "test" || role === "script";
}

/** `Cache.get/2`, `cache:get/2`. */
export function printFunction(fn: FlowFunction): string {
  const { module, facts } = fn.info;
  return fn.values.questions.evaluator.printFunction(module, facts.name, facts.arity);
}

function textOf(value: Value | null): string {
  return value === null ? "" : keyOf(value);
}
