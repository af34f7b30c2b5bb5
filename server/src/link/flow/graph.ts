/**
 * Functions of the workspace and the calls between them.
 *
 * A function is one node; each anonymous function in it that some other process runs is a node of its own. Which ones those are is found while
 * operations are followed (`detach`), so that edges are asked for only after that.
 */
import type { Expression, FunctionExpression } from "../../model/expression.ts";
import type { FunctionRow } from "../../model/library.ts";
import type { Certainty, Place } from "../../model/topology.ts";
import { UNKNOWN, type Value } from "../evaluate/value.ts";
import type { FunctionInfo, ModuleInfo } from "../modules.ts";
import { type Scan, type Site, scanFunction, type Unit } from "./scan.ts";
import { FunctionValues, type Questions } from "./values.ts";

/** Something that runs in one process at a time: a function, or an anonymous function that is run elsewhere. */
export interface FlowNode {
  readonly id: number;
  readonly key: string;
  readonly fn: FlowFunction;
  /** Null for the function itself. */
  readonly unit: Unit | null;
  readonly place: Place;
}

/** What a call site leads to. */
export interface Callee {
  readonly targets: readonly FlowFunction[];
  readonly row: FunctionRow | null;
  readonly certainty: Certainty;
}

export const NO_CALLEE: Callee = { targets: [], row: null, certainty: "unknown" };

/** A call site and its function. */
export interface CallerSite {
  readonly fn: FlowFunction;
  readonly site: number;
}

/** What takes microseconds for one function takes a few milliseconds for so many. */
export const FUNCTIONS_A_STEP = 512;

const NO_NODES: ReadonlyMap<Unit, FlowNode> = new Map();
/** No function takes more. Source: erlang.org/doc/system/limits, 255. */
const MOST_ARGUMENTS = 256;

export class FlowFunction {
  readonly info: FunctionInfo;
  readonly module: ModuleInfo;
  readonly scan: Scan;
  readonly node: FlowNode;
  /** Parallel to `scan.sites`. */
  readonly callees: Callee[] = [];
  readonly callers: CallerSite[] = [];
  // Most functions have none of these, and there are tens of thousands of functions.
  private detachedUnits: Map<Unit, FlowNode> | null = null;
  private handedOver: Set<Expression> | null = null;
  private argumentsKnown: Map<number, Value> | null = null;
  private evaluated: FunctionValues | null = null;
  private readonly questions: Questions;

  constructor(info: FunctionInfo, module: ModuleInfo, questions: Questions, id: number) {
    this.info = info;
    this.module = module;
    this.scan = scanFunction(info.facts);
    this.questions = questions;
    this.node = { id, key: info.key, fn: this, unit: null, place: { file: info.file, at: info.facts.at } };
  }

  get values(): FunctionValues {
    this.evaluated ??= new FunctionValues(this.questions, this.info);
    return this.evaluated;
  }

  /** Anonymous functions that run elsewhere. */
  get detached(): ReadonlyMap<Unit, FlowNode> {
    return this.detachedUnits ?? NO_NODES;
  }

  detach(unit: Unit, node: FlowNode): void {
    (this.detachedUnits ??= new Map()).set(unit, node);
  }

  /** The references among the arguments are handed to another process: no calls of this one. */
  handOver(args: readonly Expression[]): void {
    for (const arg of args) if (arg.k === "funref") (this.handedOver ??= new Set()).add(arg);
  }

  isHandedOver(e: Expression): boolean {
    return this.handedOver?.has(e) ?? false;
  }

  /** The node in which a unit runs. */
  nodeOf(unit: Unit): FlowNode {
    if (this.detachedUnits !== null)
      for (let u: Unit | null = unit; u !== null; u = u.parent) {
        const node = this.detachedUnits.get(u);
        if (node !== undefined) return node;
      }
    return this.node;
  }

  place(e: { readonly at: number }): Place {
    return { file: this.info.file, at: e.at };
  }

  /** The arguments as expressions; none for references, whose arguments are not in sight. */
  argumentsOf(site: Site): readonly Expression[] | null {
    return site.e.k === "call" || site.e.k === "apply" ? site.e.args : null;
  }

  /** The value of an argument of the site, counted as the call is written. */
  argument(index: number, position: number): Value {
    const key = index * MOST_ARGUMENTS + position;
    let value = this.argumentsKnown?.get(key);
    if (value === undefined) {
      const site = this.scan.sites[index];
      const arg = site ? this.argumentsOf(site)?.[position] : undefined;
      value = site && arg ? this.values.evaluate(arg, site.scope) : UNKNOWN;
      (this.argumentsKnown ??= new Map()).set(key, value);
    }
    return value;
  }

  /** The value that a parameter of `callee` gets at the site, defaults filled in. */
  argumentFor(callee: FlowFunction, index: number, parameter: number): Value {
    const site = this.scan.sites[index];
    const args = site ? this.argumentsOf(site) : null;
    if (site === undefined || args === null) return UNKNOWN;
    if (site.e.k === "call" && site.e.name === "apply" && callee.info.facts.name !== "apply")
      return this.appliedArgument(index, args.length - 1, parameter);
    const { defaults, arity } = callee.info.facts;
    if (args.length >= arity || defaults.length === 0) return this.argument(index, parameter);
    let spare = args.length - (arity - defaults.filter((d) => d !== null).length);
    let next = 0;
    for (let i = 0; i < arity; i++) {
      const fallback = defaults[i] ?? null;
      const given = fallback === null || spare > 0;
      if (given && fallback !== null) spare--;
      if (i === parameter) return given ? this.argument(index, next) : callee.values.evaluate(fallback as Expression, null);
      if (given) next++;
    }
    return UNKNOWN;
  }

  /** The element of `apply`'s list of arguments. */
  private appliedArgument(index: number, position: number, parameter: number): Value {
    const list = this.argument(index, position);
    return list.v === "list" ? (list.items[parameter]?.value ?? UNKNOWN) : UNKNOWN;
  }
}

export class FlowGraph {
  readonly functions: FlowFunction[] = [];
  readonly nodes: FlowNode[] = [];
  /** Calls that rows of the libraries tell about, in the order of the functions. */
  readonly withRows: CallerSite[] = [];
  /** Each `receive`, and each `self()`. */
  readonly receives: CallerSite[] = [];
  readonly selves: CallerSite[] = [];
  private readonly byInfo = new Map<FunctionInfo, FlowFunction>();
  private readonly byModule = new Map<string, FlowFunction[]>();
  readonly questions: Questions;

  constructor(questions: Questions) {
    this.questions = questions;
  }

  add(info: FunctionInfo, module: ModuleInfo): void {
    if (this.byInfo.has(info)) return;
    const fn = new FlowFunction(info, module, this.questions, this.nodes.length);
    this.functions.push(fn);
    this.nodes.push(fn.node);
    this.byInfo.set(info, fn);
    const known = this.byModule.get(module.name);
    if (known) known.push(fn);
    else this.byModule.set(module.name, [fn]);
  }

  ofModule(name: string): readonly FlowFunction[] {
    return this.byModule.get(name) ?? [];
  }

  get(info: FunctionInfo): FlowFunction | null {
    return this.byInfo.get(info) ?? null;
  }

  /** Makes nodes of the anonymous functions that are put into data or given back: they do not run where they stand. */
  detachEscaping(): void {
    for (const fn of this.functions) for (const expression of fn.scan.escaping) this.detach(expression, fn.info);
  }

  /** Makes an anonymous function a node of its own; gives null where it stands in no function of the graph. */
  detach(expression: FunctionExpression, owner: FunctionInfo | null): FlowNode | null {
    const fn = owner ? this.get(owner) : null;
    const unit = fn?.scan.units.get(expression);
    if (!fn || !unit) return null;
    let node = fn.detached.get(unit);
    if (node === undefined) {
      node = { id: this.nodes.length, key: `${fn.info.key}#fn${expression.id}`, fn, unit, place: fn.place(expression) };
      this.nodes.push(node);
      fn.detach(unit, node);
    }
    return node;
  }
}
