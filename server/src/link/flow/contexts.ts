/**
 * Execution contexts: in which processes each node may run. They start at entry points and follow calls within one process.
 *
 * Pure. A function keeps at most `MAX_CONTEXTS`; those of source come before those of tests and scripts.
 */
import type { Cardinality, ExecutionContext, TreeNode } from "../../model/topology.ts";
import type { ModuleInfo } from "../modules.ts";
import { visitExpression } from "../visit.ts";
import { contextIdOf, type Definitions, startsDefined } from "./defined.ts";
import type { Followed } from "./followed.ts";
import type { FlowFunction, FlowGraph, FlowNode } from "./graph.ts";
import type { HandedOver } from "./hand-over.ts";
import { printFunction } from "./operations.ts";

const MAX_CONTEXTS = 64;
const commonTest = "common_test/include/ct.hrl";

export interface Entry {
  readonly node: FlowNode;
  readonly context: ExecutionContext;
}

/** An edge between nodes, both of which the same process runs. */
export interface Edge {
  readonly to: FlowNode;
  /** The site in the function of the node it starts from; -1 where a wrapper runs a closure. */
  readonly site: number;
}

export interface ContextInput {
  readonly graph: FlowGraph;
  readonly definitions: Definitions;
  readonly handedOver: readonly HandedOver[];
  /** Spawned nodes that are a definition's process, with its module. */
  readonly loops: ReadonlyMap<FlowNode, string>;
  readonly edges: readonly (readonly Edge[])[];
  readonly treeTasks: readonly { readonly node: FlowNode; readonly tree: TreeNode }[];
  readonly startedBy: ReadonlyMap<string, readonly ExecutionContext[]>;
  readonly cardinalityOf: (module: string) => Cardinality;
  readonly targetsOf: (f: Followed) => readonly string[];
  readonly print: (atom: string) => string;
}

export interface Contexts {
  readonly all: ReadonlyMap<string, ExecutionContext>;
  /** By node id. */
  readonly ofNode: readonly (readonly string[])[];
}

export function computeContexts(input: ContextInput): Contexts {
  const entries = new EntryPoints(input);
  const found = entries.find();
  const isLate = ({ context }: Entry): boolean => context.kind === "test" || context.kind === "script";
  const ofNode: string[][] = input.graph.nodes.map(() => []);
  const all = new Map<string, ExecutionContext>();
  propagate(
    found.filter((entry) => !isLate(entry)),
    input.edges,
    ofNode,
    all,
  );
  propagate(found.filter(isLate), input.edges, ofNode, all);
  propagate(entries.external(ofNode), input.edges, ofNode, all);
  return { all, ofNode };
}

/** Follows edges from each context's entries. */
function propagate(entries: readonly Entry[], edges: ContextInput["edges"], ofNode: string[][], all: Map<string, ExecutionContext>): void {
  const byContext = new Map<string, FlowNode[]>();
  for (const { node, context } of entries) {
    all.set(context.id, context);
    const nodes = byContext.get(context.id);
    if (nodes) nodes.push(node);
    else byContext.set(context.id, [node]);
  }
  const visited = new Int32Array(ofNode.length);
  let mark = 0;
  for (const [id, nodes] of byContext) {
    mark++;
    const stack = nodes.map((node) => node.id);
    while (stack.length > 0) {
      const at = stack.pop()!;
      if (visited[at] === mark) continue;
      visited[at] = mark;
      const list = ofNode[at]!;
      if (list.length >= MAX_CONTEXTS) continue;
      list.push(id);
      for (const edge of edges[at]!) if (visited[edge.to.id] !== mark) stack.push(edge.to.id);
    }
  }
}

class EntryPoints {
  private readonly input: ContextInput;
  private readonly known = new Map<string, ExecutionContext>();
  /** Functions that unit tests of their own module name. */
  private readonly fixtures = new Set<FlowFunction>();
  private readonly testLibraries = new Map<ModuleInfo, boolean>();

  constructor(input: ContextInput) {
    this.input = input;
  }

  find(): Entry[] {
    const entries: Entry[] = [];
    for (const callback of this.input.definitions.callbacks.values()) {
      const { name } = callback.fn.module;
      const defining = this.input.definitions.byModule.get(name)?.behaviour ?? null;
      const behaviour = callback.behaviour.kind !== null && defining !== null ? defining : callback.behaviour;
      const { id, kind } = contextIdOf(behaviour, name);
      entries.push({ node: callback.fn.node, context: this.behaviourContext(id, kind, name, behaviour.cardinality) });
    }
    for (const handedOver of this.input.handedOver)
      for (const context of this.contextsOf(handedOver)) entries.push({ node: handedOver.node, context });
    for (const { node, tree } of this.input.treeTasks) entries.push({ node, context: this.taskContext(node, tree.cardinality) });
    for (const fn of this.input.graph.functions) {
      const { role } = fn.module.file;
      if (role === "test" || role === "script") entries.push({ node: fn.node, context: this.fileContext(fn, role) });
      else if (isUnitTest(fn) || this.isOfTestLibrary(fn)) entries.push(...this.unitTest(fn));
      for (const context of this.input.startedBy.get(fn.info.key) ?? [])
        entries.push({
          node: fn.node,
          context: context.kind === "process" && context.module ? this.processContext(context.module) : context,
        });
    }
    return entries;
  }

  /** Exported functions of source that no source calls, and that run nowhere but in tests and scripts, as far as is known. */
  external(ofNode: readonly (readonly string[])[]): Entry[] {
    const entries: Entry[] = [];
    const context = this.context("external", "external", "outside callers", "unknown", null);
    for (const fn of this.input.graph.functions) {
      if (fn.module.file.role !== "source" || fn.info.facts.form !== "def" || fn.info.quote !== null) continue;
      const inSource = ofNode[fn.node.id]!.some((id) => !id.startsWith("test:") && !id.startsWith("script:"));
      const isTest = isUnitTest(fn) || this.isOfTestLibrary(fn) || this.fixtures.has(fn);
      if (!inSource && !isTest && !isCalledFromSource(fn)) entries.push({ node: fn.node, context });
    }
    return entries;
  }

  private behaviourContext(id: string, kind: ExecutionContext["kind"], module: string, cardinality: Cardinality): ExecutionContext {
    const defined = this.input.definitions.byModule.has(module);
    const label = kind === "process" ? this.input.print(module) : `${words(kind)} (${this.input.print(module)})`;
    const known = defined && (kind === "process" || cardinality === "unknown") ? this.input.cardinalityOf(module) : cardinality;
    return this.context(id, kind, label, known, module);
  }

  private processContext(module: string): ExecutionContext {
    return this.behaviourContext(`process:${module}`, "process", module, "unknown");
  }

  /** What a test generator gives back is run as the test: the functions in it, and those that it names (`{setup, fun start/0, …}`). */
  private unitTest(fn: FlowFunction): Entry[] {
    const context = this.fileContext(fn, "test");
    const named: FlowNode[] = [];
    for (const { body } of fn.info.facts.clauses)
      visitExpression(body, (e) => {
        const info = e.k === "funref" && e.module === null ? fn.module.functions.get(`${e.name}/${e.arity}`) : undefined;
        const given = info === undefined ? null : this.input.graph.get(info);
        if (given !== null) {
          named.push(given.node);
          this.fixtures.add(given);
        }
      });
    return [fn.node, ...fn.detached.values(), ...named].map((node) => ({ node, context }));
  }

  /** Modules that talk to Common Test (they include its header and call `ct`) are made for suites, wherever they lie. */
  private isOfTestLibrary({ module }: FlowFunction): boolean {
    if (module.file.language !== "erlang" || !module.facts.includes?.some(({ path }) => path === commonTest)) return false;
    let known = this.testLibraries.get(module);
    if (known === undefined) {
      known = this.input.graph.ofModule(module.name).some(({ scan }) => scan.sites.some(({ key }) => key.startsWith("ct.")));
      this.testLibraries.set(module, known);
    }
    return known;
  }

  private fileContext(fn: FlowFunction, role: "test" | "script"): ExecutionContext {
    const { name } = fn.module;
    return this.context(`${role}:${name}`, role, `${role} (${this.input.print(name)})`, role === "test" ? "many" : "one", name);
  }

  /** Where a function runs that an operation hands to another process. */
  private contextsOf({ node, by }: HandedOver): readonly ExecutionContext[] {
    const { operation } = by;
    if (operation.op === "run_in") return this.input.targetsOf(by).map((module) => this.processContext(module));
    const loop = this.input.loops.get(node);
    if (loop !== undefined) return [this.processContext(loop)];
    const { module } = by.fn;
    if (operation.op === "start" || (operation.op === "spawn" && this.isOwnStart(by, node))) {
      const started = by.process?.module ?? module.name;
      if (this.input.definitions.byModule.has(started)) return [this.processContext(started)];
    }
    if (operation.op === "spawn" && operation.kind === "task") return [this.taskContext(node, "many")];
    return [this.context(`spawned:${node.key}`, "spawned", `spawned process (${printFunction(node.fn)})`, "many", node.fn.module.name)];
  }

  private taskContext(node: FlowNode, cardinality: Cardinality): ExecutionContext {
    return this.context(`task:${node.key}`, "task", `task (${printFunction(node.fn)})`, cardinality, node.fn.module.name);
  }

  /** A spawn in the function with which a supervisor starts the module: what it spawns is the module's process. */
  private isOwnStart({ fn }: Followed, run: FlowNode): boolean {
    const defined = this.input.definitions.byModule.get(fn.module.name);
    return defined !== undefined && fn.info.facts.name.startsWith("start") && startsDefined(defined, run);
  }

  private context(
    id: string,
    kind: ExecutionContext["kind"],
    label: string,
    cardinality: Cardinality,
    module: string | null,
  ): ExecutionContext {
    let context = this.known.get(id);
    if (context === undefined) this.known.set(id, (context = { id, kind, label, cardinality, module }));
    return context;
  }
}

/** EUnit's tests and test generators, which may stand in the module that they test, and what only builds for tests have. Source: erlang.org/doc/apps/eunit. */
function isUnitTest({ info: { facts }, module }: FlowFunction): boolean {
  if (facts.forTests === true) return true;
  return module.file.language === "erlang" && facts.arity === 0 && /_test_?$/.test(facts.name);
}

function isCalledFromSource(fn: FlowFunction): boolean {
  return fn.callers.some((caller) => caller.fn !== fn && caller.fn.module.file.role === "source");
}

function words(kind: ExecutionContext["kind"]): string {
  return kind === "live_view" ? "LiveView" : kind === "application_start" ? "application start" : kind;
}
