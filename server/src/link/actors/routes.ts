/**
 * Functions that run for each request, connection or job: those that routers take, in plugins and in functions that are given a router, and those that other
 * calls hand over. Pure.
 */
import { append } from "../../model/append.ts";
import type { CallExpression, Expression } from "../../model/expression.ts";
import type { ActorEffect } from "../../model/library.ts";
import { type Code, forEachPart } from "./code.ts";
import type { Evaluator } from "./evaluate.ts";
import type { Program } from "./program.ts";
import type { Script } from "./scripts.ts";
import type { CallEdge, Sites } from "./sites.ts";
import { join } from "./specifiers.ts";
import type { Value } from "./value.ts";

/** A function that runs for each request, connection or job. */
export interface Route {
  readonly kind: "request" | "connection" | "job";
  readonly code: Code;
  readonly label: string;
}

/** What functions are handed over for. `properties`: of an object, those that hold one. */
interface Handed {
  readonly kind: Route["kind"];
  readonly label: string;
  readonly properties: readonly string[];
}

type Router = Extract<ActorEffect, { op: "router" }>;

/** A parameter of a piece of code. */
export interface Parameter {
  readonly of: Code;
  readonly position: number;
}

/** A call on what its code is given, which may be a router. */
interface Asked {
  readonly e: CallExpression;
  readonly code: Code;
  readonly on: Parameter;
}

const depthLimit = 4;

export class Routes {
  private readonly program: Program;
  private readonly evaluator: Evaluator;
  private readonly found: Route[];
  private readonly asked: Asked[] = [];
  /** Plugins, with what registers them first. */
  private readonly plugins = new Map<Code, Router | Parameter>();
  /** What parameters are, by their code and position; null while that is being found out. */
  private known = new Map<Code, (Router | null)[]>();
  private readonly verbs: ReadonlySet<string>;
  private readonly folders: { readonly folder: string; readonly by: Router | Parameter }[] = [];

  constructor(program: Program, evaluator: Evaluator, found: Route[]) {
    this.program = program;
    this.evaluator = evaluator;
    this.found = found;
    const routers = program.tables.flatMap(({ operations }) => operations.flatMap(({ does }) => (does.op === "router" ? [does] : [])));
    this.verbs = new Set(routers.flatMap(({ verbs, plugins }) => [...verbs, ...(plugins ?? [])]));
  }

  /** `app.get("/path", …handlers)`. True where it is a route. */
  take(e: CallExpression, base: Extract<Value, { v: "made" }>, code: Code): boolean {
    const row = this.program.rows.ofPackage(base.package, base.name)?.does;
    return row?.op === "router" && this.taken(e, row, row, code);
  }

  /** A call on what the code is given: `function routes(app) { app.get("/path", …) }`. Whether that is a router tell its callers. */
  ask(e: CallExpression, code: Code): void {
    const root = this.verbs.has(e.name) ? rootOf(e) : null;
    const on = root === null ? null : parameterOf(root, code);
    if (on !== null) this.asked.push({ e, code, on });
  }

  /** Once all calls are known. */
  finish(calls: readonly CallEdge[]): void {
    this.loadFolders();
    const edges = new Map<Code, CallEdge[]>();
    if (this.asked.length > 0) for (const edge of calls) append(edges, edge.to, edge);
    // A plugin may stand in a plugin.
    let open = this.asked.splice(0);
    for (let round = 0; round <= depthLimit && open.length > 0; round++) {
      this.known = new Map();
      const left = open.filter(({ e, code, on }) => {
        const row = this.routerOf(on, edges, 0);
        if (row !== null) this.taken(e, row, on, code);
        return row === null;
      });
      open = left.length < open.length ? left : [];
    }
  }

  private taken(e: CallExpression, row: Router, by: Router | Parameter, code: Code): boolean {
    if (row.plugins?.includes(e.name) === true) {
      const [given, options] = e.args;
      const folder = given === undefined || options === undefined ? null : this.folderOf(given, options, code);
      if (folder !== null) this.folders.push({ folder, by });
      const plugin = given === undefined ? null : this.pluginOf(given, code, 0);
      if (plugin !== null && !this.plugins.has(plugin)) this.plugins.set(plugin, by);
      return true;
    }
    if (!row.verbs.includes(e.name)) return false;
    const [path] = e.args;
    if (path?.k === "text" && row.except?.includes(path.value) === true) return true;
    const label = path?.k === "text" ? `${/[A-Z]/.test(e.name) ? e.name : e.name.toUpperCase()} ${path.value}` : e.name;
    for (const argument of e.args) this.serve(argument, { kind: "request", label, properties: row.properties ?? [] }, code, 0);
    return true;
  }

  /** The router that callers, or what registers the code as a plugin, give a parameter; null where one gives something else. */
  private routerOf(parameter: Parameter, edges: ReadonlyMap<Code, readonly CallEdge[]>, depth: number): Router | null {
    const { of, position } = parameter;
    const known = this.known.get(of)?.[position];
    if (known !== undefined || depth > depthLimit) return known ?? null;
    const all = this.known.get(of) ?? [];
    this.known.set(of, all);
    all[position] = null;
    const found = this.findRouter(parameter, edges, depth);
    all[position] = found;
    return found;
  }

  private findRouter({ of, position }: Parameter, edges: ReadonlyMap<Code, readonly CallEdge[]>, depth: number): Router | null {
    const by = position === 0 ? this.plugins.get(of) : undefined;
    if (by !== undefined) return "op" in by ? by : this.routerOf(by, edges, depth + 1);
    for (const { from, e } of edges.get(of) ?? []) {
      const given = e.k === "call" ? e.args[position] : undefined;
      if (given === undefined) continue;
      const value = this.evaluator.evaluate({ e: given, code: from, args: null });
      const row = value.v === "made" ? this.program.rows.ofPackage(value.package, value.name)?.does : undefined;
      if (row?.op === "router") return row;
      const passed = given.k === "variable" ? parameterOf(given.name, from) : null;
      const found = passed === null ? null : this.routerOf(passed, edges, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }

  /** The folder that `register(autoload, { dir: join(__dirname, "routes") })` names. */
  private folderOf(given: Expression, options: Expression, code: Code): string | null {
    const value = this.evaluator.evaluate({ e: given, code, args: null });
    const does = value.v === "external" ? this.program.rows.ofPackage(value.package, value.name)?.does : undefined;
    const named = does?.op === "folder" ? this.evaluator.propertyOf({ e: options, code, args: null }, does.of) : null;
    const path = named === null ? null : lastText(named);
    return path === null ? null : join(code.script.path.slice(0, Math.max(code.script.path.lastIndexOf("/"), 0)), path);
  }

  /** Plugins of the files that are read from a folder. */
  private loadFolders(): void {
    for (const { folder, by } of this.folders.splice(0))
      for (const script of this.program.scripts.readIn(folder)) {
        const plugin = this.exportedPlugin(script, 0);
        if (plugin !== null && !this.plugins.has(plugin)) this.plugins.set(plugin, by);
      }
  }

  private exportedPlugin(script: Script, depth: number): Code | null {
    const meaning = this.program.scripts.exportOf(script, "default");
    if (meaning?.kind !== "local") return null;
    this.program.enter(meaning.script);
    const top = this.program.scripts.module(meaning.script, null);
    const fn = top === null ? null : this.program.functionNamed(top.name, meaning.name);
    if (fn !== null || top === null) return fn;
    const value = top.attributes.find(({ name }) => name === meaning.name)?.value;
    const initial = this.program.initialOf(top);
    return value === undefined || initial === null ? null : this.pluginOf(value, initial, depth + 1);
  }

  /** `routes`, `async (app) => …`, `fp(async (app) => …)`, `import("./routes")`. */
  private pluginOf(e: Expression, code: Code, depth: number): Code | null {
    const value = this.evaluator.evaluate({ e, code, args: null });
    if (value.v === "code") return value.code;
    if (value.v === "file") return depth > depthLimit ? null : this.exportedPlugin(value.script, depth);
    const by = value.v === "made" ? value.by : { e, code };
    const inner = by.e.k === "call" ? by.e.args[0] : undefined;
    return inner === undefined || depth > depthLimit ? null : this.pluginOf(inner, by.code, depth + 1);
  }

  /** Functions that are handed over to be run for each request: by themselves, in a list, as a property, or in a call that wraps one. */
  private serve(e: Expression, to: Handed, code: Code, depth: number): void {
    if (depth > depthLimit) return;
    const value = this.evaluator.evaluate({ e, code, args: null });
    if (value.v === "code") this.found.push({ code: value.code, kind: to.kind, label: to.label });
    if (e.k === "list") for (const item of e.items) this.serve(item, to, code, depth + 1);
    if (e.k === "map" && depth === 0)
      for (const [key, part] of e.pairs) if (key.k === "text" && to.properties.includes(key.value)) this.serve(part, to, code, depth + 1);
    if (e.k !== "call" || this.isServed(e, value)) return;
    for (const argument of e.args)
      if (argument.k === "fn" || argument.k === "funref" || argument.k === "call") this.serve(argument, to, code, depth + 1);
  }

  /** A call that hands its functions over by itself: `upgradeWebSocket(…)`. */
  private isServed(e: CallExpression, made: Value): boolean {
    const { rows } = this.program;
    const done = made.v === "made" ? rows.ofPackage(made.package, made.name) : rows.ofGlobal(e.name);
    return done?.does.op === "serve";
  }

  /** True where the call hands over what runs for requests, connections or jobs. */
  serves(does: Extract<ActorEffect, { op: "serve" }>, name: string, given: readonly Expression[], code: Code): boolean {
    const [first] = given;
    const named = first?.k === "text" ? first.value : null;
    if (does.event !== undefined && does.event !== named) return false;
    const label = named === null ? name : `${name} ${named}`;
    for (const argument of given) this.serve(argument, { kind: does.kind, label, properties: does.properties ?? [] }, code, 0);
    return true;
  }
}

/** `"routes"` of `join(__dirname, "routes")`, `new URL("./routes", import.meta.url)`. */
function lastText(e: Expression): string | null {
  let found = e.k === "text" ? e.value : null;
  forEachPart(e, (part) => {
    found = lastText(part) ?? found;
  });
  return found;
}

/** Whether the code is an actor's own: then a router that takes it runs in the actor. */
export function isOwn({ module }: Code, program: Program): boolean {
  return module.name.includes("#") && program.isActor(module.name);
}

/** Handlers of an actor's own router are run by what takes its requests. */
export function adoptRoutes({ routes, calls }: Sites, program: Program): void {
  for (const { code } of routes) {
    const from = isOwn(code, program) ? (program.method(code.module.name, "fetch") ?? program.method(code.module.name, "onRequest")) : null;
    if (from !== null) calls.push({ from, to: code, e: code.clause.body });
  }
}

/** `app` of `app.get("/a", …).get("/b", …)`. */
function rootOf({ module }: CallExpression): string | null {
  let at = module;
  while (at?.k === "call") at = at.module;
  return at?.k === "variable" ? at.name : null;
}

/** The parameter that a name is, in the code or one around it. */
export function parameterOf(name: string, code: Code): Parameter | null {
  for (let at: Code | null = code; at !== null; at = at.parent) {
    const bound = at.bound(name);
    if (bound === null) continue;
    return bound.value === null && bound.parameter >= 0 && bound.way.length === 0 ? { of: at, position: bound.parameter } : null;
  }
  return null;
}
