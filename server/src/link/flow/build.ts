/** Puts the flow together, one stage after the other. */
import type { Steps } from "../../model/steps.ts";
import type { Cardinality, ExecutionContext, Place, ProcessDefinition, TreeNode } from "../../model/topology.ts";
import { isKnown } from "../evaluate/value.ts";
import { argueDefinition } from "./argue.ts";
import { findCaptures } from "./captures.ts";
import { findCarriedCode } from "./carried-code.ts";
import { type Contexts, computeContexts, type Edge } from "./contexts.ts";
import { type Defined, type Definitions, findDefinitions, startsDefined } from "./defined.ts";
import { cardinalityOf, describe, type ReadClause, type RunInside, readClauses } from "./describe.ts";
import { EffectReader } from "./effects.ts";
import type { Flow, FlowInput } from "./flow.ts";
import type { Followed } from "./followed.ts";
import { functionNodes } from "./function-nodes.ts";
import { type CallerSite, type FlowFunction, FlowGraph, type FlowNode } from "./graph.ts";
import { computeMessages, type Sent } from "./messages.ts";
import { onDemand } from "./on-demand.ts";
import { isOwnCode, OperationFollower, type Operations } from "./operations.ts";
import { findStartRaces } from "./races.ts";
import { receivedTags } from "./refusals.ts";
import { CallResolver } from "./resolve.ts";
import { ReturnReader } from "./returns.ts";
import { findLooseStarts } from "./starts.ts";
import { definitionOf, TargetResolver } from "./targets.ts";
import { findAnsweringTasks, findAwaited } from "./tasks.ts";
import { indexTrees, type TreeIndex } from "./tree-index.ts";
import { findUnreadCalls } from "./unread-calls.ts";
import { Questions } from "./values.ts";

export class FlowBuilder {
  private readonly input: FlowInput;
  private readonly graph: FlowGraph;
  private readonly cardinalities = new Map<string, Cardinality>();
  private readonly registered = new Set<string>();

  constructor(input: FlowInput) {
    this.input = input;
    this.graph = new FlowGraph(new Questions(input.evaluator));
  }

  *build(): Steps<Flow> {
    const { input, graph } = this;
    yield* this.addFunctions();
    yield* new CallResolver(graph, input.modules, input.libraries).resolveAll();
    const definitions = findDefinitions(
      input.modules.all().filter((module) => isOwnCode(module.file.role)),
      graph,
      input.libraries,
    );
    yield;
    graph.detachEscaping();
    const trees = indexTrees(input);
    trees.detachTasks(graph);
    const follower = new OperationFollower(graph, definitions);
    const starts = yield* follower.followStarts();
    this.findRegistered(starts, definitions);
    const { trees: built, projects } = input;
    const resolver = new TargetResolver(definitions, starts, built.resolveName, (module) => graph.ofModule(module), projects);
    const operations = yield* follower.followRest(resolver);
    const edges = this.edges(operations);
    yield;
    const contexts = this.contexts(definitions, operations, edges, resolver, trees);
    yield;
    const ran = new Map(operations.handedOver.map(({ node, by }) => [by, node]));
    const sent = computeMessages(operations.settled, {
      definitions,
      resolver,
      contextsOf: contexts.ofNode,
      print: (v) => input.evaluator.print(v),
      nodeAt: this.selfIndex(),
      receives: receivedTags(graph.receives),
      isOpaque: (defined) => this.isOpaque(defined),
      ran,
    });
    yield;
    const sites = this.rowSites();
    return {
      functions: yield* functionNodes({ graph, edges, contexts: contexts.ofNode, rowSites: sites, isOnDemand: input.isOnDemand }),
      contexts: contexts.all,
      messages: sent.map((s) => s.message),
      definitions: yield* this.definitions(definitions, operations, resolver, edges, sites, sent, contexts, trees),
      starts: findLooseStarts({
        graph,
        definitions,
        settled: operations.settled,
        handedOver: operations.handedOver,
        startedBy: trees.startedBy,
      }),
      captures: findCaptures(operations.handedOver, definitions),
      tasks: findAnsweringTasks(operations.settled, graph.withRows),
      races: onDemand(input.isOnDemand, () => findStartRaces(graph.functions)),
      runsCarriedCode: findCarriedCode(definitions),
    };
  }

  /** Modules whose processes have one name. Where one is started without, too, there may be many. */
  private findRegistered(starts: readonly Followed[], definitions: Definitions): void {
    const isSource = ({ fn }: Followed): boolean => fn.module.file.role === "source";
    for (const start of starts)
      if (start.process?.name && isKnown(start.process.name)) this.registered.add(definitionOf(start, definitions) ?? "");
    for (const start of starts)
      if (start.process !== null && start.process.name === null && isSource(start))
        this.registered.delete(definitionOf(start, definitions) ?? "");
  }

  private *addFunctions(): Steps<void> {
    const { modules } = this.input;
    for (const module of modules.all()) {
      yield;
      if (!isOwnCode(module.file.role)) continue;
      for (const info of module.functions.values()) {
        if (info.module !== module.name || info.facts.form === "defmacro" || info.facts.form === "defmacrop") continue;
        if (info.file !== module.file.path && modules.file(info.file)?.role === "library") continue;
        this.graph.add(info, module);
        for (const part of info.joined) if (modules.file(part.file)?.role !== "library") this.graph.add(part, module);
      }
    }
  }

  /** Calls between nodes; references count as calls, unless they are handed to another process. */
  private edges({ invoked }: Operations): Edge[][] {
    const edges: Edge[][] = this.graph.nodes.map(() => []);
    for (const fn of this.graph.functions) {
      const { sites } = fn.scan;
      for (let i = 0; i < sites.length; i++) {
        const { targets } = fn.callees[i]!;
        if (targets.length === 0 || fn.isHandedOver(sites[i]!.e)) continue;
        const from = edges[fn.nodeOf(sites[i]!.unit).id]!;
        for (const target of targets) from.push({ to: target.node, site: i });
      }
    }
    for (const { from, to } of invoked) edges[from.id]!.push({ to, site: -1 });
    return edges;
  }

  private contexts(
    definitions: Definitions,
    operations: Operations,
    edges: Edge[][],
    resolver: TargetResolver,
    trees: TreeIndex,
  ): Contexts {
    return computeContexts({
      graph: this.graph,
      definitions,
      handedOver: operations.handedOver,
      treeTasks: trees.tasks,
      loops: operations.loops,
      edges,
      startedBy: trees.startedBy,
      cardinalityOf: (module) => this.cardinality(module, trees.attached),
      targetsOf: (f) => this.runsIn(f, definitions, resolver),
      print: (atom) => this.input.print(atom),
    });
  }

  /** The definitions in whose processes an Agent's operation runs its function. */
  private runsIn(f: Followed, definitions: Definitions, resolver: TargetResolver): readonly string[] {
    const found = f.target === null ? [] : resolver.resolve(f.target, f.fn.module.file.path).modules;
    if (found.length > 0) return found;
    const own = definitions.byModule.get(f.fn.module.name);
    return own?.kind === "agent" ? [own.module.name] : [];
  }

  private cardinality(module: string, attached: ReadonlyMap<TreeNode, TreeNode | null>): Cardinality {
    let known = this.cardinalities.get(module);
    if (known === undefined) {
      known = cardinalityOf(this.input.trees.nodesOfModule(module), attached, this.registered.has(module));
      this.cardinalities.set(module, known);
    }
    return known;
  }

  private *definitions(
    definitions: Definitions,
    operations: Operations,
    resolver: TargetResolver,
    edges: Edge[][],
    rowSites: readonly (readonly number[])[],
    sent: readonly Sent[],
    contexts: Contexts,
    trees: TreeIndex,
  ): Steps<Map<string, ProcessDefinition>> {
    const inside = this.insideDefinitions(definitions, operations, resolver);
    const effects = new EffectReader(
      edges,
      findAwaited(operations.handedOver),
      rowSites,
      targetTexts(sent, (atom) => this.input.print(atom)),
    );
    const returning = new ReturnReader();
    const received = receivedBy(sent);
    const found = new Map<string, ProcessDefinition>();
    for (const defined of definitions.byModule.values()) {
      yield;
      const { name } = defined.module;
      const clauses: ReadClause[] = readClauses(defined, inside.get(name) ?? [], effects, returning);
      const base = describe(defined, this.input.trees.nodesOfModule(name), this.cardinality(name, trees.attached), clauses);
      const context = (id: string): ExecutionContext | undefined => contexts.all.get(id);
      const argued = argueDefinition({
        defined,
        definition: base,
        clauses,
        received: received.get(name) ?? [],
        contextsOf: contexts.ofNode,
        context,
        print: (atom) => this.input.print(atom),
      });
      found.set(name, {
        ...base,
        ...argued,
        ...(this.isOpaque(defined) ? { opaque: true } : {}),
        unread: onDemand(this.input.isOnDemand, () => findUnreadCalls(clauses, edges)),
      });
    }
    return found;
  }

  /** A `use` whose code is not read may bring callbacks. */
  private isOpaque({ module }: Defined): boolean {
    const { modules, libraries } = this.input;
    return module.uses.some((use) => modules.get(use.module) === null && libraries.behaviourRow(use.module) === null);
  }

  /** Functions that run inside a definition's process without being callbacks of it. */
  private insideDefinitions(definitions: Definitions, operations: Operations, resolver: TargetResolver): Map<string, RunInside[]> {
    const inside = new Map<string, RunInside[]>();
    const seen = new Set<string>();
    for (const { node, by } of operations.handedOver) {
      const modules = by.operation.op === "run_in" ? this.runsIn(by, definitions, resolver) : ownProcess(node, by, definitions, operations);
      for (const module of modules) {
        if (!definitions.byModule.has(module) || seen.has(`${module}|${node.key}`)) continue;
        seen.add(`${module}|${node.key}`);
        const list = inside.get(module);
        if (list) list.push({ node, by });
        else inside.set(module, [{ node, by }]);
      }
    }
    return inside;
  }

  /** Finds the node of a `self()` by its place; code that `use` brings into several modules has several, and gives none. */
  private selfIndex(): (place: Place) => FlowNode | null {
    const found = new Map<string, FlowNode | null>();
    for (const { fn, site } of this.graph.selves) {
      const { e, unit } = fn.scan.sites[site]!;
      if (e.k !== "call" || e.args.length > 0) continue;
      const key = `${e.at}:${fn.info.file}`;
      found.set(key, found.has(key) ? null : fn.nodeOf(unit));
    }
    return (place) => found.get(`${place.at}:${place.file}`) ?? null;
  }

  /** Sites with library rows and `receive`s, by node, in the order of the source. */
  private rowSites(): number[][] {
    const { nodes, withRows, receives } = this.graph;
    const sites: number[][] = nodes.map(() => []);
    const of = ({ fn, site }: CallerSite): number[] => sites[fn.nodeOf(fn.scan.sites[site]!.unit).id]!;
    for (const at of withRows) of(at).push(at.site);
    for (const at of receives) of(at).push(at.site);
    for (const at of receives) of(at).sort((a, b) => a - b);
    return sites;
  }
}

/** The definition whose process a started or spawned function is, if it is one. */
function ownProcess(node: FlowNode, by: Followed, definitions: Definitions, operations: Operations): readonly string[] {
  const loop = operations.loops.get(node);
  if (loop !== undefined) return [loop];
  const defined = definitions.byModule.get(by.fn.module.name);
  const spawns = by.operation.op === "spawn" && by.fn.info.facts.name.startsWith("start") && (!defined || startsDefined(defined, node));
  const starts = by.operation.op === "start" || spawns;
  return starts ? [definitionOf(by, definitions) ?? by.fn.module.name] : [];
}

function receivedBy(sent: readonly Sent[]): Map<string, Sent[]> {
  const received = new Map<string, Sent[]>();
  for (const one of sent)
    for (const module of one.message.to) {
      const list = received.get(module);
      if (list) list.push(one);
      else received.set(module, [one]);
    }
  return received;
}

/** What a primitive's target is, in words, where all that is known of it agrees. */
function targetTexts(sent: readonly Sent[], print: (atom: string) => string): (fn: FlowFunction, site: number) => string | null {
  const known = new Map<FlowFunction, Map<number, Set<string>>>();
  for (const { followed, message } of sent) {
    const { fn, site } = followed.primitive;
    let sites = known.get(fn);
    if (sites === undefined) known.set(fn, (sites = new Map()));
    let targets = sites.get(site);
    if (targets === undefined) sites.set(site, (targets = new Set()));
    for (const module of message.to) targets.add(print(module));
  }
  return (fn, site) => {
    const targets = known.get(fn)?.get(site);
    return targets?.size === 1 ? [...targets][0]! : null;
  };
}
