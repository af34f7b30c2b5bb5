/**
 * To which process definitions a server value leads: registered names, processes just started, `self()`, fields of a process' own state.
 *
 * Pure. What cannot be followed gives no module and the certainty `unknown`.
 */
import type { Expression } from "../../model/expression.ts";
import type { Certainty } from "../../model/topology.ts";
import { keyOf, type Value } from "../evaluate/value.ts";
import type { ModuleInfo } from "../modules.ts";
import type { Projects } from "../projects.ts";
import { visitExpression } from "../visit.ts";
import type { Definitions } from "./defined.ts";
import type { Followed } from "./followed.ts";
import type { FlowFunction } from "./graph.ts";
import type { Link } from "./scan.ts";

export interface Targets {
  /** BEAM atoms of definitions. */
  readonly modules: readonly string[];
  readonly certainty: Certainty;
}

export const NO_TARGETS: Targets = { modules: [], certainty: "unknown" };

export type ResolveName = (value: Value, file: string) => Targets;

const MAX_OPTIONS = 12;
const MAX_DEPTH = 6;

export class TargetResolver {
  private readonly names = new Map<string, Set<string>>();
  /** Definitions that register a name other than their own module. */
  private readonly named = new Set<string>();
  private readonly fields = new Map<string, Targets>();
  private readonly definitions: Definitions;
  private readonly resolveName: ResolveName;
  private readonly functionsOf: (module: string) => readonly FlowFunction[];
  private readonly projects: Projects;

  constructor(
    definitions: Definitions,
    starts: readonly Followed[],
    resolveName: ResolveName,
    functionsOf: (module: string) => readonly FlowFunction[],
    projects: Projects,
  ) {
    this.definitions = definitions;
    this.resolveName = resolveName;
    this.functionsOf = functionsOf;
    this.projects = projects;
    for (const start of starts) this.enterName(start);
  }

  private enterName(start: Followed): void {
    const { process } = start;
    const module = definitionOf(start, this.definitions);
    if (!process?.name || module === null) return;
    const names = process.name.v === "choice" ? process.name.options.map((o) => o.value) : [process.name];
    for (const name of names) {
      const key = keyOf(name);
      if (key.includes("?") || key.includes("#")) continue;
      const known = this.names.get(key);
      if (known) known.add(module);
      else this.names.set(key, new Set([module]));
      if (name.v === "atom" && name.value !== module) this.named.add(module);
    }
  }

  /** `file`: where the code stands that means the server. */
  resolve(value: Value, file: string, depth = 0): Targets {
    if (depth > MAX_DEPTH) return NO_TARGETS;
    switch (value.v) {
      case "atom":
        return this.resolveAtom(value, file);
      case "process":
        return this.resolveProcess(value, file);
      case "tuple":
        return this.resolveTuple(value, file, depth);
      case "choice":
        return this.resolveChoice(value.options, file, depth);
      case "unknown":
        return value.likely ? weaken(this.resolve(value.likely, file, depth + 1)) : NO_TARGETS;
      default:
        return NO_TARGETS;
    }
  }

  private resolveAtom(value: Value & { v: "atom" }, file: string): Targets {
    if (value.value === "nil") return NO_TARGETS;
    const found = this.resolveName(value, file);
    if (found.modules.length > 0) return found;
    const own = this.registeredAs(value, file);
    if (own.length > 0) return { modules: own, certainty: own.length === 1 ? "certain" : "probable" };
    if (!this.definitions.byModule.has(value.value)) return NO_TARGETS;
    return { modules: [value.value], certainty: this.named.has(value.value) ? "unknown" : "probable" };
  }

  /** The definitions whose own code registers the name. */
  private registeredAs(name: Value, file: string): readonly string[] {
    const modules = [...(this.names.get(keyOf(name)) ?? [])];
    return this.projects.closest(file, modules, (module) => this.definitions.byModule.get(module)?.module.file.path ?? null);
  }

  private resolveProcess(value: Value & { v: "process" }, file: string): Targets {
    if (value.module !== null) return { modules: [value.module], certainty: "certain" };
    return value.name ? this.resolve(value.name, file) : NO_TARGETS;
  }

  /** `{:via, …}`, `{:global, …}`, `{name, node}`, or what a start gives: `{:ok, pid}`. */
  private resolveTuple(value: Value & { v: "tuple" }, file: string, depth: number): Targets {
    const found = this.resolveName(value, file);
    if (found.modules.length > 0) return found;
    const own = this.registeredAs(value, file);
    if (own.length > 0) return { modules: own, certainty: "certain" };
    const [first, second] = value.items;
    if (value.items.length !== 2 || first === undefined || second === undefined) return NO_TARGETS;
    if (first.v === "atom" && first.value === "ok") return this.resolve(second, file, depth + 1);
    return first.v === "atom" && first.value !== "global" && first.value !== "error"
      ? weaken(this.resolve(first, file, depth + 1))
      : NO_TARGETS;
  }

  private resolveChoice(options: readonly { readonly value: Value }[], file: string, depth: number): Targets {
    if (options.length > MAX_OPTIONS) return NO_TARGETS;
    const modules = new Set<string>();
    for (const { value } of options) for (const module of this.resolve(value, file, depth + 1).modules) modules.add(module);
    return modules.size === 0 ? NO_TARGETS : { modules: [...modules], certainty: "probable" };
  }

  /** What a module's own code puts into a field of its state: the processes that a key of that name is ever given. */
  resolveField(module: string, field: string): Targets {
    const key = `${module}.${field}`;
    let found = this.fields.get(key);
    if (found === undefined) {
      this.fields.set(key, NO_TARGETS);
      found = this.findField(module, field);
      this.fields.set(key, found);
    }
    return found;
  }

  private findField(module: string, field: string): Targets {
    const modules = new Set<string>();
    for (const fn of this.functionsOf(module)) {
      fn.info.facts.clauses.forEach((clause, i) => {
        visitExpression(clause.body, (e) => {
          const value = fieldValue(e, field);
          if (value === null) return;
          const scope = this.scopeAt(fn, i, value);
          for (const target of this.resolve(fn.values.evaluate(value, scope), fn.module.file.path).modules) modules.add(target);
        });
      });
    }
    return modules.size === 0 ? NO_TARGETS : { modules: [...modules], certainty: "probable" };
  }

  /** What is in scope at an expression, near enough: at the next call site behind it, else at the end of its clause. */
  private scopeAt(fn: FlowFunction, clause: number, e: Expression): Link | null {
    for (const site of fn.scan.sites) if (site.unit.clause === clause && site.e.at >= e.at) return site.scope;
    return fn.scan.ends[clause] ?? null;
  }
}

/** The value that the expression gives to the field, where it builds or updates a map: `%{field: v}`, `Map.put(m, :field, v)`, `maps:put(field, V, M)`. */
function fieldValue(e: Expression, field: string): Expression | null {
  if (e.k === "map") {
    for (const [key, value] of e.pairs) if (key.k === "atom" && key.value === field) return value;
    return null;
  }
  if (e.k !== "call" || e.args.length !== 3 || (e.name !== "put" && e.name !== "assign" && e.name !== "replace")) return null;
  const [, key, value] = e.module?.k === "atom" && e.module.value === "maps" ? [null, ...e.args] : e.args;
  return key?.k === "atom" && key.value === field ? (value ?? null) : null;
}

/** The module whose process the start starts, or null. */
export function definitionOf(start: Followed, definitions: Definitions): string | null {
  if (start.process?.module) return start.process.module;
  if (start.module !== null || start.run === null) return start.module?.v === "atom" ? start.module.value : null;
  return startsItself(start) && definitions.byModule.has(start.fn.module.name) ? start.fn.module.name : null;
}

/**
 * Whether a module starts a process without a callback module (an Agent) as its own: by the function's name, by the name it registers, or since it is
 * the Agent's interface, that is, registers it and has functions that run in it, and is nothing else.
 */
export function startsItself({ fn, process, operation }: Followed): boolean {
  const { name } = fn.info.facts;
  if (name.startsWith("start") || name === "new" || name === "child_spec") return true;
  if (process?.name?.v === "atom" && process.name.value === fn.module.name) return true;
  const isPlain = fn.module.behaviours.size === 0 && fn.module.uses.length === 0;
  return operation.op === "start" && operation.kind === "agent" && process?.name != null && isPlain && runsInAgents(fn.module);
}

function runsInAgents({ functions }: ModuleInfo): boolean {
  return [...functions.values()].some(({ facts }) => {
    let found = false;
    for (const { body } of facts.clauses)
      visitExpression(body, (e) => {
        found ||= e.k === "call" && e.module?.k === "atom" && e.module.value === "Elixir.Agent" && !e.name.startsWith("start");
      });
    return found;
  });
}

function weaken(targets: Targets): Targets {
  return targets.certainty === "certain" ? { ...targets, certainty: "probable" } : targets;
}
