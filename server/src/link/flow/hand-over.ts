/**
 * Functions that another process runs: closures become nodes of their own, functions get one more place where they run.
 *
 * Pure. What is followed from there goes back to the follower.
 */
import type { Value } from "../evaluate/value.ts";
import type { Definitions } from "./defined.ts";
import type { Followed } from "./followed.ts";
import type { FlowGraph, FlowNode } from "./graph.ts";
import { loopOf } from "./loops.ts";

/** A function that another process runs, and by which operation. */
export interface HandedOver {
  readonly node: FlowNode;
  readonly by: Followed;
}

export class HandOver {
  readonly handedOver: HandedOver[] = [];
  readonly invoked: { from: FlowNode; to: FlowNode }[] = [];
  readonly loops = new Map<FlowNode, string>();
  private readonly detachedSeen = new Set<FlowNode>();
  private readonly graph: FlowGraph;
  private readonly definitions: Definitions;
  private readonly follow: (f: Followed) => void;

  constructor(graph: FlowGraph, definitions: Definitions, follow: (f: Followed) => void) {
    this.graph = graph;
    this.definitions = definitions;
    this.follow = follow;
  }

  /** The function value runs in another process: from now on a node of its own, no part of the function around it. */
  handOver(run: Value | null, by: Followed): void {
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
        if (module?.v === "atom" && name?.v === "atom" && args?.v === "list")
          this.enterFunction(module.value, name.value, args.items.length, by);
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
      const nothing = { target: null, message: null, timeout: null, process: null, module: null, under: [], via: [] };
      this.follow({ ...nothing, operation: { op: "invoke", node }, fn, site: i, run, primitive: { fn, site: i } });
    });
  }

  /** What a caller hands in is run where the detached closure runs, and no part of the function that hands it in. */
  joinInvoked(run: Value | null, from: FlowNode, by: Followed): void {
    if (run?.v === "funref") {
      markReference(by);
      const info = this.graph.questions.evaluator.modules.resolve(by.fn.module.name, run.module, run.name, run.arity);
      const to = info ? this.graph.get(info)?.node : undefined;
      if (to !== undefined) this.invoked.push({ from, to });
    }
    if (run?.v !== "closure") return;
    const to = this.graph.detach(run.fn, run.frame.fn);
    if (to && to !== from) this.invoked.push({ from, to });
  }

  /** A module with a loop that is spawned defines a process, unless it does so already. */
  defineLoops(): void {
    for (const { node, by } of this.handedOver) {
      if (by.operation.op !== "spawn" || by.operation.kind !== "process" || by.operation.waits) continue;
      const loop = loopOf(node);
      if (loop === null || (this.definitions.byModule.has(loop.module.name) && !this.isLoop(loop.module.name))) continue;
      this.definitions.add(loop.module, "process");
      this.loops.set(node, loop.module.name);
    }
  }

  private isLoop(module: string): boolean {
    for (const known of this.loops.values()) if (known === module) return true;
    return false;
  }
}

/** The reference in an argument of the operation's call is no call of this process. */
function markReference(by: Followed): void {
  const site = by.fn.scan.sites[by.site];
  if (site?.e.k === "call") by.fn.handOver(site.e.args);
}
