/**
 * Where names are bound to actors by code: `setup({ use: { counter } })`, `serve({ services: [cart] })`, `registerActor(Counter)`. Which of several registries
 * a file means: its own, one that it imports, or the nearest. Pure.
 */
import type { CallExpression, Expression } from "../../model/expression.ts";
import type { ActorTable } from "../../model/library.ts";
import type { Place } from "../../model/topology.ts";
import type { Code } from "./code.ts";
import type { Evaluator } from "./evaluate.ts";
import type { Program } from "./program.ts";
import type { Done } from "./rows.ts";
import type { Script } from "./scripts.ts";
import type { Binding, Closed, Value } from "./value.ts";

export interface Registered {
  readonly name: string;
  readonly module: string;
  readonly place: Place;
}

export interface Registry {
  readonly script: Script;
  readonly table: ActorTable;
  readonly place: Place;
  readonly entries: Registered[];
}

export class Registries {
  readonly all: Registry[] = [];
  private readonly program: Program;
  private readonly evaluator: Evaluator;
  private readonly bindings = new Map<string, Binding | null>();

  constructor(program: Program, evaluator: Evaluator) {
    this.program = program;
    this.evaluator = evaluator;
  }

  /** Finds the registries of the files that have been read. */
  read(): void {
    const { codes, rows } = this.program;
    const asked = new Map<Script, boolean>();
    for (const code of [...codes]) {
      let may = asked.get(code.script);
      if (may === undefined) asked.set(code.script, (may = code.script.facts.imports.some(({ from }) => rows.registersBy(from))));
      if (!may) continue;
      for (const e of code.parts.calls) {
        const done = rows.registers(e.name) ? this.rowOf(e, code) : null;
        if (done?.does.op === "register") this.register(e, done.does.in, done.table, code);
      }
    }
  }

  private rowOf(e: CallExpression, code: Code): Done | null {
    const { rows } = this.program;
    const closed = (inner: Expression): Closed => ({ e: inner, code, args: null });
    const variable: Expression = { k: "variable", at: e.nameAt, name: e.name };
    const callee =
      e.module === null
        ? this.evaluator.evaluate(closed(variable))
        : this.evaluator.evaluate(
            closed({ k: "field", at: e.at, base: e.module, key: { k: "atom", at: e.nameAt, value: e.name }, access: false }),
          );
    if (callee.v === "external") return rows.ofPackage(callee.package, callee.name);
    return e.module === null ? null : rows.ofAny(e.name);
  }

  private register(e: CallExpression, property: string | null, table: ActorTable, code: Code): void {
    const found: Registered[] = [];
    const add = (value: Value, name: string | null, place: Place): void => {
      if (value.v !== "class" || this.program.tableOf(value.module) !== table) return;
      const own = this.program.writtenOf(value.module)?.name ?? value.module.slice(value.module.indexOf("#") + 1);
      found.push({ name: name ?? own, module: value.module, place });
    };
    const addAll = ({ e: inner, code: of, args }: Closed): void => {
      if (inner.k === "map")
        for (const [key, value] of inner.pairs) {
          if (key.k === "text") add(this.evaluator.evaluate({ e: value, code: of, args }), key.value, of.place(key));
          else if (value.k === "unknown") for (const part of value.parts) addAll(this.opened({ e: part, code: of, args }));
        }
      else if (inner.k === "list")
        for (const item of inner.items) add(this.evaluator.evaluate({ e: item, code: of, args }), null, of.place(item));
    };
    for (const argument of e.args) {
      const closed = { e: argument, code, args: null };
      if (property === null) add(this.evaluator.evaluate(closed), null, code.place(argument));
      else {
        const value = this.evaluator.propertyOf(closed, property);
        if (value !== null) addAll(this.opened({ e: value, code, args: null }));
      }
    }
    if (found.length === 0) return;
    const { script } = code;
    const known = this.all.find((one) => one.script === script && one.table === table && property === null);
    if (known === undefined) this.all.push({ script, table, place: code.place({ at: e.nameAt }), entries: found });
    else known.entries.push(...found);
  }

  /** The object or list that is written out behind a name. */
  private opened(closed: Closed): Closed {
    const value = this.evaluator.evaluate(closed);
    return value.v === "object" ? value.of : closed;
  }

  /** What a name of a library's registry means in a file, or null. */
  bindingOf(name: string, table: ActorTable, from: Script): Binding | null {
    const key = `${table.library}\n${from.path}\n${name}`;
    let found = this.bindings.get(key);
    if (found === undefined) {
      const all = this.all.filter((one) => one.table === table && one.entries.some((entry) => entry.name === name));
      const [registries, isSure] = this.chosen(all, from);
      const modules = new Set(registries.flatMap(({ entries }) => entries.flatMap((entry) => (entry.name === name ? entry.module : []))));
      const certainty = isSure && modules.size === 1 ? "certain" : "probable";
      found = modules.size === 0 ? null : { name, modules: [...modules], certainty, table };
      this.bindings.set(key, found);
    }
    return found;
  }

  private chosen(all: readonly Registry[], from: Script): readonly [readonly Registry[], boolean] {
    const own = all.filter(({ script }) => script.path === from.path);
    if (own.length > 0) return [own, true];
    const imported = all.filter(({ script }) => this.imports(from, script.path));
    if (imported.length > 0) return [imported, true];
    return [nearest(all, ({ script }) => script.path, from.path), all.length === 1];
  }

  private imports(from: Script, path: string): boolean {
    const { scripts } = this.program;
    return from.facts.imports.some(({ from: specifier, local }) => {
      if (scripts.pathOf(specifier, from.path) === path) return true;
      if (!specifier.startsWith(".") || !scripts.passesOn(specifier, from.path)) return false;
      const meaning = scripts.meaning(from, local);
      return meaning?.kind === "local" && meaning.script.path === path;
    });
  }

  /** A definition that is given itself. */
  bindingTo(module: string): Binding | null {
    const table = this.program.tableOf(module);
    if (table === null) return null;
    return { name: module.slice(module.indexOf("#") + 1), modules: [module], certainty: "certain", table };
  }

  /** The actor that says that this is its name. */
  bindingNamed(name: string, from: Script): Binding | null {
    const all = this.program.writtenNamed(name);
    const near = nearest(all, (module) => this.program.moduleNamed(module)?.script.path ?? "", from.path);
    const table = near[0] === undefined ? null : this.program.tableOf(near[0]);
    if (table === null) return null;
    return { name, modules: near, certainty: near.length === 1 && all.length === 1 ? "certain" : "probable", table };
  }
}

/** Those that lie in the innermost folder around a file in which there are any. */
export function nearest<T>(all: readonly T[], pathOf: (one: T) => string, from: string): readonly T[] {
  for (let folder = from; folder !== ""; ) {
    folder = folder.slice(0, Math.max(folder.lastIndexOf("/"), 0));
    const near = all.filter((one) => folder === "" || pathOf(one).startsWith(`${folder}/`));
    if (near.length > 0) return near;
  }
  return all;
}
