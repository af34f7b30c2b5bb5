/** Which functions and library rows a call site means. Pure. */
import type { Expression } from "../../model/expression.ts";
import type { Steps } from "../../model/steps.ts";
import type { Value } from "../evaluate/value.ts";
import type { LibraryIndex } from "../library-index.ts";
import type { ModuleInfo, ModuleTable } from "../modules.ts";
import { type Callee, type FlowFunction, type FlowGraph, FUNCTIONS_A_STEP, NO_CALLEE } from "./graph.ts";
import type { Site } from "./scan.ts";

/** More modules than this a computed module name does not stand for: it is not followed. */
const MAX_MODULES = 8;

export class CallResolver {
  private readonly remote = new Map<string, Callee>();
  private readonly local = new Map<string, Map<string, Callee>>();
  private readonly graph: FlowGraph;
  private readonly modules: ModuleTable;
  private readonly libraries: LibraryIndex;

  constructor(graph: FlowGraph, modules: ModuleTable, libraries: LibraryIndex) {
    this.graph = graph;
    this.modules = modules;
    this.libraries = libraries;
  }

  /** Fills in the callees of all functions, and with them the callers and what else a walk through all calls finds. */
  *resolveAll(): Steps<void> {
    for (const fn of this.graph.functions) {
      if (fn.node.id % FUNCTIONS_A_STEP === 0) yield;
      const { sites } = fn.scan;
      for (let i = 0; i < sites.length; i++) {
        const callee = this.resolve(fn, sites[i]!, i);
        fn.callees.push(callee);
        this.enter(fn, i, callee);
      }
    }
  }

  private enter(fn: FlowFunction, site: number, { targets, row }: Callee): void {
    const { e } = fn.scan.sites[site]!;
    const { receives, selves, withRows } = this.graph;
    if (e.k === "receive") receives.push({ fn, site });
    else if (e.k === "call" && e.name === "self") selves.push({ fn, site });
    for (const target of targets) target.callers.push({ fn, site });
    if (row !== null) withRows.push({ fn, site });
  }

  /** The function or row of `module.name/arity`, as code in `caller` means it. */
  find(caller: ModuleInfo, module: string, name: string, arity: number): Callee {
    const full = caller.aliases.size > 0 ? (caller.aliases.get(module) ?? module) : module;
    return this.findRemote(caller, full, name, arity, `${full}.${name}/${arity}`);
  }

  private resolve(fn: FlowFunction, site: Site, index: number): Callee {
    const { e } = site;
    if (e.k !== "call" && e.k !== "funref") return NO_CALLEE;
    const arity = e.k === "call" ? e.args.length : e.arity;
    switch (site.reach) {
      case "local":
        if (e.k === "call" && e.name === "apply" && (arity === 3 || arity === 2)) return this.applied(fn, index, arity);
        return this.findLocal(fn.module, e.name, arity, site.key);
      case "module": {
        const module = (e.module as Expression & { k: "atom" }).value;
        if (module === "erlang" && e.k === "call" && e.name === "apply" && (arity === 3 || arity === 2))
          return this.applied(fn, index, arity);
        if (fn.module.aliases.size > 0 && fn.module.aliases.has(module)) return this.find(fn.module, module, e.name, arity);
        return this.findRemote(fn.module, module, e.name, arity, site.key);
      }
      case "computed":
        return this.findComputed(fn, site, e.module as Expression, e.name, arity);
      default:
        return NO_CALLEE;
    }
  }

  private findLocal(module: ModuleInfo, name: string, arity: number, key: string): Callee {
    let table = this.local.get(module.name);
    if (table === undefined) this.local.set(module.name, (table = new Map()));
    let callee = table.get(key);
    if (callee === undefined) {
      const info = this.modules.resolve(module.name, null, name, arity);
      const row = info === null ? this.localRow(module, name, arity) : this.rowOf(info.module, name, arity, info.file);
      callee = this.callee(info, row);
      table.set(key, callee);
    }
    return callee;
  }

  /** A function that needs no module: one of `Kernel`, one that a `use` brings in, or an imported one. */
  private localRow(module: ModuleInfo, name: string, arity: number): Callee["row"] {
    const kernel = module.file.language === "erlang" ? "erlang" : "Elixir.Kernel";
    const row = this.libraries.functionRow(kernel, name, arity);
    if (row) return row;
    for (const use of module.uses) {
      const used = this.libraries.usedModules.has(use.module)
        ? this.libraries.functionRow(`use:${use.module.slice(7)}`, name, arity)
        : null;
      if (used) return used;
    }
    for (const imported of module.imports) {
      if (imported.only !== null && !imported.only.includes(`${name}/${arity}`)) continue;
      const found = this.libraries.functionRow(imported.name, name, arity);
      if (found) return found;
    }
    return null;
  }

  private findRemote(caller: ModuleInfo, module: string, name: string, arity: number, key: string): Callee {
    let callee = this.remote.get(key);
    if (callee === undefined) {
      const info = this.modules.resolve(caller.name, module, name, arity);
      callee = this.callee(info, info ? this.rowOf(module, name, arity, info.file) : this.remoteRow(module, name, arity));
      this.remote.set(key, callee);
    }
    return callee;
  }

  private remoteRow(module: string, name: string, arity: number): Callee["row"] {
    const row = this.libraries.functionRow(module, name, arity);
    if (row) return row;
    const info = this.modules.get(module);
    if (!info) return null;
    for (const use of info.uses) {
      const used = this.libraries.usedModules.has(use.module)
        ? this.libraries.functionRow(`use:${use.module.slice(7)}`, name, arity)
        : null;
      if (used) return used;
    }
    return null;
  }

  /**
   * A row counts where the workspace does not hold the function's own source, or where that is the inside of a behaviour in Erlang. Rows of the standard
   * library count in its own source, too: most functions are implemented in C, pass their arguments on to one that is, or send messages to processes
   * that are part of every node.
   */
  private rowOf(module: string, name: string, arity: number, file: string): Callee["row"] {
    const facts = this.modules.file(file);
    if (facts?.role === "dependency" || facts?.role === "library") return this.remoteRow(module, name, arity);
    const row = this.remoteRow(module, name, arity);
    const isInside = facts?.language === "erlang" && this.libraries.behaviourRow(module)?.kind != null;
    return row !== null && (this.libraries.isStandard(row) || isInside) ? row : null;
  }

  private callee(info: ReturnType<ModuleTable["resolve"]>, row: Callee["row"]): Callee {
    const target = info && row === null && !info.facts.form.startsWith("defmacro") ? this.graph.get(info) : null;
    if (target === null && row === null) return NO_CALLEE;
    return { targets: target ? [target] : [], row, certainty: "certain" };
  }

  private findComputed(fn: FlowFunction, site: Site, module: Expression, name: string, arity: number): Callee {
    if (module.k === "self_module") return this.find(fn.module, fn.module.name, name, arity);
    const value = fn.values.evaluate(module, site.scope);
    return this.findByValue(fn, value, name, arity);
  }

  private findByValue(fn: FlowFunction, module: Value, name: string, arity: number): Callee {
    if (module.v === "atom") return this.find(fn.module, module.value, name, arity);
    const options =
      module.v === "choice" ? module.options.map((o) => o.value) : module.v === "unknown" && module.likely ? [module.likely] : [];
    if (options.length === 0 || options.length > MAX_MODULES) return NO_CALLEE;
    const found = options.flatMap((o) => (o.v === "atom" ? [this.find(fn.module, o.value, name, arity)] : []));
    const targets = [...new Set(found.flatMap((callee) => callee.targets))];
    const row = found.find((callee) => callee.row !== null)?.row ?? null;
    return targets.length === 0 && row === null ? NO_CALLEE : { targets, row: targets.length > 0 ? null : row, certainty: "probable" };
  }

  /** `apply(module, name, args)` and `apply(&fun/1, args)`. */
  private applied(fn: FlowFunction, index: number, arity: number): Callee {
    const args = fn.argument(index, arity - 1);
    if (args.v !== "list" || !args.complete) return NO_CALLEE;
    const first = fn.argument(index, 0);
    if (arity === 2) return first.v === "funref" ? this.find(fn.module, first.module, first.name, first.arity) : NO_CALLEE;
    const name = fn.argument(index, 1);
    return name.v === "atom" ? this.findByValue(fn, first, name.value, args.items.length) : NO_CALLEE;
  }
}
