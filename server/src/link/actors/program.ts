/** All code of the scripts that have been read, and what the workspace binds to names of the environment. Pure. */
import { append } from "../../model/append.ts";
import type { CallExpression, Expression, FunctionExpression } from "../../model/expression.ts";
import type { FunctionFacts, ModuleFacts } from "../../model/facts.ts";
import type { ActorBase, ActorForm, ActorTable } from "../../model/library.ts";
import type { Loss } from "../../model/virtual-actor.ts";
import { Bindings } from "./bindings.ts";
import { Code, initialCode } from "./code.ts";
import { isOf, Rows } from "./rows.ts";
import type { Meaning, Script, Scripts } from "./scripts.ts";
import type { Binding } from "./value.ts";
import { type Written, writtenAs, writtenIn } from "./written.ts";

const baseHops = 8;

/** Of a class whose source is not there. */
const bare = {
  form: "module",
  functions: [],
  uses: [],
  behaviours: [],
  attributes: [],
  imports: [],
  struct: null,
  statements: [],
} as const;

export class Program {
  readonly scripts: Scripts;
  readonly tables: readonly ActorTable[];
  /** In the order of files. */
  readonly codes: Code[] = [];
  private readonly byModule = new Map<string, Code[]>();
  private readonly byScript = new Map<Script, Code[]>();
  /** Functions of modules, and of classes their methods: the first of a name. */
  private readonly byName = new Map<string, Map<string, Code>>();
  private readonly initials = new Map<ModuleFacts, Code>();
  private readonly modules = new Map<string, { readonly module: ModuleFacts; readonly script: Script }>();
  private readonly written = new Map<string, Written>();
  private readonly writtenAt = new Map<Expression, string>();
  /** Functions of actors that are written as objects, by their names in the file's module. */
  private readonly lifted = new Map<string, Code>();
  private readonly adopted = new Map<string, Map<string, Code>>();
  readonly workers = new Set<string>();
  /** Actors that are classes of a library as it has them. */
  readonly exported = new Set<string>();
  /** Functions whose results nobody gets, with what drops them. */
  readonly lost = new Map<Code, Loss>();
  readonly rows: Rows;
  private readonly entered = new Set<string>();
  readonly bindings: Bindings;
  private readonly bases = new Map<string, ActorBase | null>();
  private readonly classes = new Map<string, string[]>();

  constructor(scripts: Scripts, tables: readonly ActorTable[]) {
    this.scripts = scripts;
    this.tables = tables;
    this.rows = new Rows(tables);
    this.bindings = new Bindings(this);
    for (const script of scripts.read()) this.enter(script);
  }

  /** Takes in a file; one that is known already is left alone. */
  enter(script: Script): void {
    if (this.entered.has(script.path)) return;
    this.entered.add(script.path);
    const top = this.scripts.module(script, null);
    const moved = new Set(top === null ? [] : this.enterWritten(script, top));
    for (const module of script.file.shape.modules) {
      this.modules.set(module.name, { module, script });
      const hash = module.name.indexOf("#");
      if (hash >= 0) append(this.classes, module.name.slice(hash + 1), module.name);
      for (const facts of module.functions) if (module !== top || !moved.has(facts.name)) this.addFunction(script, module, facts);
      this.add(initialCode(script, module));
    }
    this.bindings.enter(script.facts);
  }

  /** Gives the names of the file's functions that are functions of its actors. */
  private enterWritten(script: Script, top: ModuleFacts): readonly string[] {
    const names: string[] = [];
    const deployed = this.deployedIn(script, top);
    const all = writtenIn(top, (e) => this.formOf(e, script));
    for (const [made, written] of deployed === null ? all : [...all, deployed]) {
      const { module, lifted } = written;
      this.modules.set(module.name, { module, script });
      this.written.set(module.name, written);
      this.writtenAt.set(made, module.name);
      for (const [name, facts] of lifted) {
        const code = this.addFunction(script, module, facts);
        if (code === null) continue;
        this.lifted.set(`${top.name}.${name}`, code);
        names.push(name);
      }
    }
    return names;
  }

  /** The object that a file exports by default, where a deployment names the file, or where it imports the type of what such files export. */
  private deployedIn(script: Script, top: ModuleFacts): readonly [Expression, Written] | null {
    const form = this.bindings.deploying?.deploys?.form;
    const exported = script.facts.exports.find(({ name, from }) => name === "default" && from === null);
    const value = exported === undefined ? undefined : top.attributes.find(({ name }) => name === exported.local);
    if (form === undefined || value === undefined || value.value.k !== "map") return null;
    const isTyped = script.facts.imports.some(({ name, from }) => name === form.name && isOf(from, form.package));
    if (!isTyped && !this.bindings.isFile(script.path)) return null;
    const { name, nameAt, at } = value;
    return [value.value, writtenAs(top, form, value.value, name === "default" ? null : name, nameAt ?? at)];
  }

  /** `actor(…)`, `restate.object(…)`: which form of an actor the call's function takes, if any. */
  private formOf({ module, name }: CallExpression, script: Script): ActorForm | null {
    if (module !== null && module.k !== "variable") return null;
    const meaning = this.scripts.meaning(script, module === null ? name : module.name);
    if (meaning?.kind !== "external") return null;
    const isWhole = meaning.name === "*" || meaning.name === "default";
    const called = module === null ? meaning.name : isWhole ? name : null;
    for (const { forms = [] } of this.tables)
      for (const form of forms) if (form.name === called && isOf(meaning.from, form.package)) return form;
    return null;
  }

  private addFunction(script: Script, module: ModuleFacts, facts: FunctionFacts): Code | null {
    const [clause] = facts.clauses;
    if (clause === undefined) return null;
    const code = new Code(script, module, facts, clause, null, `${module.name}.${facts.name}/${facts.arity}`);
    this.add(code);
    return code;
  }

  private add(code: Code): void {
    this.codes.push(code);
    append(this.byModule, code.module.name, code);
    append(this.byScript, code.script, code);
    if (code.facts !== null) this.addName(code, code.facts.name);
    if (code.facts === null && code.parent === null) this.initials.set(code.module, code);
    for (const e of code.parts.functions) this.addInner(e, code);
  }

  private addName(code: Code, name: string): void {
    const known = this.byName.get(code.module.name);
    if (known === undefined) this.byName.set(code.module.name, new Map([[name, code]]));
    else if (!known.has(name)) known.set(name, code);
  }

  private addInner(e: FunctionExpression, parent: Code): void {
    const clause = e.clauses[0];
    if (clause === undefined || parent.inner.has(e)) return;
    const inner = new Code(parent.script, parent.module, null, clause, parent, `${parent.outermost.key}#fn${e.id}`);
    parent.inner.set(e, inner);
    this.add(inner);
  }

  /** All code of a file, that of its classes and actors among it. */
  codesIn(script: Script): readonly Code[] {
    return this.byScript.get(script) ?? [];
  }

  codesOf(module: string): readonly Code[] {
    return this.byModule.get(module) ?? [];
  }

  /** What runs when the file is loaded, or when an instance of a class is made. */
  initialOf(module: ModuleFacts): Code | null {
    return this.initials.get(module) ?? null;
  }

  moduleNamed(name: string): { readonly module: ModuleFacts; readonly script: Script } | null {
    return this.modules.get(name) ?? null;
  }

  /** Classes, and actors that are written as objects. */
  definable(): readonly string[] {
    return [...this.modules.keys()].filter((name) => name.includes("#"));
  }

  /** Of an actor that is written as an object. */
  writtenOf(module: string): Written | null {
    return this.written.get(module) ?? null;
  }

  /** Makes a file's top level the code of a worker; false where it is one already. */
  takeWorker(module: string, script: Script, base: ActorBase): boolean {
    if (this.workers.has(module)) return false;
    this.workers.add(module);
    this.bases.set(module, base);
    this.enter(script);
    return true;
  }

  /**
   * Makes what a file passes on of a library's package an actor as it is: `export { Sandbox } from "@cloudflare/sandbox"`. Gives its module, or null where no table
   * tells of such a class.
   */
  takeExported(script: Script, name: string, { from, name: original }: Extract<Meaning, { kind: "external" }>): string | null {
    const base = this.baseNamed(from, original);
    if (base === null || base.kind === null) return null;
    const module = `ts:${script.path}#${name}`;
    if (this.exported.has(module)) return module;
    const at = script.facts.exports.find((one) => one.name === name)?.at ?? 0;
    this.exported.add(module);
    this.bases.set(module, base);
    this.modules.set(module, { module: { ...bare, name: module, at, nameAt: at }, script });
    return module;
  }

  allWritten(): ReadonlyMap<string, Written> {
    return this.written;
  }

  /** Modules of the actors that say that this is their name. */
  writtenNamed(name: string): readonly string[] {
    return [...this.written].flatMap(([module, written]) => (written.name === name ? module : []));
  }

  /** The library of an actor, or of what is bound to names as actors are. */
  tableOf(module: string): ActorTable | null {
    const base = this.baseOf(module);
    return base === null
      ? null
      : (this.tables.find(({ bases, forms }) => bases.includes(base) || forms?.some((form) => form === base)) ?? null);
  }

  /** Whether the first parameter is the actor as it sees itself. */
  takesContext({ module, parent }: Code): boolean {
    return parent === null && this.givesContext(module.name);
  }

  /** Whether that is what the functions of an actor are given first. */
  givesContext(module: string): boolean {
    const written = this.written.get(module);
    return written !== undefined && written.form.plain !== true;
  }

  /** The actor that a call makes, or null. */
  writtenBy(call: Expression): string | null {
    return this.writtenAt.get(call) ?? null;
  }

  /** A function by the name that it has in a module, wherever it has been put. */
  functionNamed(module: string, name: string): Code | null {
    return this.lifted.get(`${module}.${name}`) ?? this.byName.get(module)?.get(name) ?? null;
  }

  /** Makes a function that stands elsewhere one of an actor that is written as an object. */
  adopt(module: string, name: string, code: Code): void {
    const known = this.adopted.get(module);
    if (known === undefined) this.adopted.set(module, new Map([[name, code]]));
    else known.set(name, code);
  }

  /** The functions that others may call, by name. */
  methodsOf(module: string): readonly (readonly [string, Code])[] {
    const all = this.workers.has(module) ? [] : this.codesOf(module);
    const own = all.flatMap((code): readonly (readonly [string, Code])[] =>
      code.facts?.form === "def" && code.parent === null ? [[code.facts.name, code]] : [],
    );
    return [...own, ...(this.adopted.get(module) ?? [])];
  }

  /** A function of a module, or of the classes that a class extends. */
  method(module: string, name: string, hops = 0): Code | null {
    const own = this.adopted.get(module)?.get(name) ?? this.byName.get(module)?.get(name);
    if (own !== undefined || hops > baseHops) return own ?? null;
    const base = this.parentOf(module);
    return base === null ? null : this.method(base, name, hops + 1);
  }

  /** The class of the workspace that a class extends. */
  parentOf(module: string): string | null {
    const found = this.moduleNamed(module);
    const e = found?.module.behaviours[0]?.module;
    if (found === null || e === undefined || e.k !== "variable") return null;
    const meaning = this.scripts.meaning(found.script, e.name);
    if (meaning?.kind !== "local") return null;
    this.enter(meaning.script);
    const parent = `ts:${meaning.script.path}#${meaning.name}`;
    return parent !== module && this.moduleNamed(parent) !== null ? parent : null;
  }

  /** The library's class at the end of what a class extends, or null. */
  baseOf(module: string, hops = 0): ActorBase | null {
    const known = this.bases.get(module);
    if (known !== undefined) return known;
    const found = this.written.get(module)?.form ?? (hops > baseHops ? null : this.findBase(module, hops));
    const base = found === null && this.bindings.isDeployed(module) ? (this.bindings.deploying?.deploys?.base ?? null) : found;
    this.bases.set(module, base);
    return base;
  }

  private findBase(module: string, hops: number): ActorBase | null {
    const parent = this.parentOf(module);
    if (parent !== null) return this.baseOf(parent, hops + 1);
    const found = this.moduleNamed(module);
    const e = found?.module.behaviours[0]?.module;
    if (found === null) return null;
    if (e === undefined) return this.implementedBy(found);
    const named = e.k === "variable" ? this.scripts.meaning(found.script, e.name) : null;
    // `class X extends partial(DurableObject)`: what a call gives is not followed.
    if (named?.kind !== "external") return null;
    return this.baseNamed(named.from, named.name);
  }

  /** `export class Counter implements DurableObject`, `implements Party.Server` of a package that is imported as `Party`. */
  private implementedBy({ module, script }: { readonly module: ModuleFacts; readonly script: Script }): ActorBase | null {
    const className = module.name.slice(module.name.indexOf("#") + 1);
    for (const { name, value } of module.attributes) {
      const member = value.k === "field" && value.key.k === "atom" ? value.key.value : null;
      const root = value.k === "field" ? value.base : value;
      if (name !== "@implements" || root.k !== "variable" || (value.k === "field" && member === null)) continue;
      const meaning = this.scripts.meaning(script, root.name);
      if (meaning?.kind === "local" || meaning?.kind === "file" || (member !== null && meaning === null)) continue;
      const type = member ?? meaning?.name ?? root.name;
      const isMeant = ({ name: own, types = [], ambient }: ActorBase): boolean =>
        own === type && (meaning === null ? ambient === true : types.includes(meaning.from));
      const base = this.tables.flatMap(({ bases }) => bases).find(isMeant);
      if (base !== undefined) return script.facts.exports.some(({ local, from }) => from === null && local === className) ? base : null;
    }
    return null;
  }

  private baseNamed(from: string, name: string): ActorBase | null {
    for (const { bases } of this.tables) for (const base of bases) if (isOf(from, base.package) && base.name === name) return base;
    return null;
  }

  /** Modules of the classes of a name: those in the folder, else in the nearest folder around it that has any. */
  classesNamed(name: string, folder: string): readonly string[] {
    const all = this.classes.get(name) ?? [];
    for (let around = folder; around !== ""; around = around.slice(0, Math.max(around.lastIndexOf("/"), 0))) {
      const near = all.filter((module) => module.startsWith(`ts:${around}/`));
      if (near.length > 0) return near;
    }
    return all;
  }

  /** What a name of the environment is bound to, as a file sees it; null for names that nothing binds to actors. */
  binding(name: string, path: string): Binding | null {
    return this.bindings.named(name, path);
  }

  /** A class that extends one of a library, or that a deployment binds, whatever it extends. */
  isActor(module: string): boolean {
    if (this.workers.has(module)) return true;
    const base = this.baseOf(module);
    if (base !== null) return base.kind !== null;
    const className = module.slice(module.indexOf("#") + 1);
    const found = this.moduleNamed(module);
    if (found === null) return false;
    if (this.bindings.exports(module)) return true;
    return this.isOwn(module) && this.bindings.binds(className) && this.scripts.exportOf(found.script, className) !== null;
  }

  /** Whether a class extends none, or one of the workspace of which the same holds. */
  private isOwn(module: string): boolean {
    for (let [one, hops] = [module as string | null, 0]; one !== null; one = this.parentOf(one), hops++) {
      if ((this.moduleNamed(one)?.module.behaviours.length ?? 0) === 0) return true;
      if (hops > baseHops) return false;
    }
    return false;
  }

  /** What a class is that says nothing of a library: the platform knows it by its methods. */
  get plainBase(): ActorBase | null {
    return this.tables.flatMap(({ bases }) => bases).find(({ ambient }) => ambient === true) ?? null;
  }
}
