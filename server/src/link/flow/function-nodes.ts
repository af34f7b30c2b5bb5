/** The functions of the topology: what each calls and waits for, and where it may run. Pure. */
import type { Steps } from "../../model/steps.ts";
import type { Call, FunctionNode, Place, Wait } from "../../model/topology.ts";
import { circumstancesAt, givenAt } from "./circumstances.ts";
import type { Edge } from "./contexts.ts";
import { waitAt } from "./effects.ts";
import { type FlowGraph, type FlowNode, FUNCTIONS_A_STEP } from "./graph.ts";
import { clausesByKind } from "./kinds.ts";
import { runsLater } from "./later.ts";

export interface FunctionInput {
  readonly graph: FlowGraph;
  /** By the ids of nodes. */
  readonly edges: readonly (readonly Edge[])[];
  readonly contexts: readonly (readonly string[])[];
  /** Sites with library rows and `receive`s. */
  readonly rowSites: readonly (readonly number[])[];
  /** Whether what most functions are never asked for is to wait until it is: the graph is kept for that. */
  readonly isOnDemand: boolean;
}

/** Every function of the graph by its key. In steps. */
export function* functionNodes(input: FunctionInput): Steps<Map<string, FunctionNode>> {
  const functions = new Map<string, FunctionNode>();
  for (const node of input.graph.nodes) {
    if (node.id % FUNCTIONS_A_STEP === 0) yield;
    const known = new KnownFunction(node, input.edges[node.id]!, input.rowSites[node.id]!, input.contexts[node.id]!);
    if (!input.isOnDemand) known.complete();
    functions.set(node.key, known);
  }
  return functions;
}

class KnownFunction implements FunctionNode {
  readonly key: string;
  readonly module: string;
  readonly name: string;
  readonly arity: number;
  readonly exported: boolean;
  readonly place: Place;
  readonly namePlace: Place;
  readonly callees: readonly string[];
  readonly contexts: readonly string[];
  #source: { readonly node: FlowNode; readonly edges: readonly Edge[]; readonly rowSites: readonly number[] } | null;
  #clauses: readonly Place[] | null = null;
  #calls: readonly Call[] | null = null;
  #waits: readonly Wait[] | null = null;
  #byKind: readonly number[] | null = null;

  constructor(node: FlowNode, edges: readonly Edge[], rowSites: readonly number[], contexts: readonly string[]) {
    const { fn } = node;
    const { facts, file } = fn.info;
    const isWhole = node.unit === null;
    this.key = node.key;
    this.module = fn.module.name;
    this.name = facts.name;
    this.arity = facts.arity;
    this.exported = isWhole && facts.form === "def";
    this.place = node.place;
    this.namePlace = isWhole ? { file, at: facts.nameAt } : node.place;
    this.callees = edges.map(({ to }) => to.key);
    this.contexts = contexts;
    this.#source = { node, edges, rowSites };
  }

  get clauses(): readonly Place[] {
    if (this.#clauses === null) {
      const { node } = this.#source!;
      const { file, facts } = node.fn.info;
      this.#clauses = node.unit === null ? facts.clauses.map(({ at }) => ({ file, at })) : [node.place];
    }
    return this.#clauses;
  }

  get calls(): readonly Call[] {
    if (this.#calls === null) {
      const { node, edges } = this.#source!;
      this.#calls = edges.map(({ to, site }) => callOf(node, to, site));
    }
    return this.#calls;
  }

  get waits(): readonly Wait[] {
    if (this.#waits === null) {
      const { node, rowSites } = this.#source!;
      this.#waits = rowSites.flatMap((site) => waitAt(node, site) ?? []);
    }
    return this.#waits;
  }

  get byKind(): readonly number[] {
    if (this.#byKind === null) {
      const { node } = this.#source!;
      this.#byKind = node.unit === null ? clausesByKind(node.fn.info.facts) : [];
    }
    return this.#byKind;
  }

  /** Works everything out, and lets go of what it comes from. */
  complete(): void {
    this.#clauses = this.clauses;
    this.#calls = this.calls;
    this.#waits = this.waits;
    this.#byKind = this.byKind;
    this.#source = null;
  }
}

function callOf(node: FlowNode, to: FlowNode, site: number): Call {
  if (site < 0) return { to: to.key, place: node.place, clause: node.unit?.clause ?? 0 };
  const at = node.fn.scan.sites[site]!;
  const given = givenAt(node.fn, at, to.fn);
  return {
    to: to.key,
    place: node.fn.place(at.e),
    clause: at.unit.clause,
    ...(runsLater(node.fn, at) ? { later: true } : {}),
    ...(at.each ? { each: true } : {}),
    ...(given === null ? {} : { given }),
    ...circumstancesAt(node.fn, at),
  };
}
