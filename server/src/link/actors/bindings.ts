/** Names by which deployments make actors known to code, and what they are bound to: classes that entry files export, or objects. Pure. */
import type { Expression } from "../../model/expression.ts";
import type { ScriptFacts } from "../../model/facts.ts";
import type { ActorTable } from "../../model/library.ts";
import { lastName } from "./code.ts";
import type { Program } from "./program.ts";
import type { Deployment, Meaning, Script } from "./scripts.ts";
import { join } from "./specifiers.ts";
import type { Binding, Value } from "./value.ts";

type Bound = Deployment["objects"][number];

export class Bindings {
  private readonly program: Program;
  private readonly known = new Map<string, Binding>();
  private readonly heldKnown = new Map<string, Binding>();
  /** Members of environments by their types, with the classes that these say. */
  private readonly members = new Map<string, Set<string>>();
  private readonly typeNames: ReadonlySet<string>;
  private exportedAll: ReadonlySet<string> | null = null;
  private deployedAll: ReadonlySet<string> | null = null;
  /** The library whose deployments name files, and the paths that they name. */
  readonly deploying: ActorTable | null;
  private readonly files: ReadonlySet<string>;
  /** Names of the environment that some deployment binds. */
  private readonly names: ReadonlySet<string>;
  /** The same, and the member that holds what deployments name by files. */
  readonly words: ReadonlySet<string>;

  constructor(program: Program) {
    const { deployments } = program.scripts;
    const objects = deployments.flatMap((one) => one.objects.map((object) => ({ ...object, folder: one.folder })));
    const filed = objects.flatMap(({ file, folder }) => (file === undefined ? [] : join(folder, file)));
    this.program = program;
    this.typeNames = new Set(program.tables.flatMap(({ namespaceTypes }) => namespaceTypes));
    this.deploying = program.tables.find(({ deploys }) => deploys !== undefined) ?? null;
    this.files = new Set(filed);
    this.names = new Set(objects.flatMap(({ binding, file }) => (file === undefined ? binding : [])));
    const member = filed.length === 0 ? undefined : this.deploying?.deploys?.member;
    this.words = member === undefined ? this.names : new Set([...this.names, member]);
  }

  /** Takes in what a file says of the types of environments. */
  enter({ members }: ScriptFacts): void {
    for (const { name, type, argument } of members) {
      if (!this.typeNames.has(type)) continue;
      const known = this.members.get(name);
      if (known === undefined) this.members.set(name, new Set(argument === "" ? [] : [argument]));
      else if (argument !== "") known.add(argument);
    }
  }

  /** What a name of the environment is bound to, as a file sees it; null for names that nothing binds to actors. */
  named(name: string, path: string): Binding | null {
    if (!this.names.has(name) && !this.members.has(name)) return null;
    const deployment = this.program.scripts.deploymentOf(path);
    const key = `${deployment?.path ?? ""}\n${name}`;
    let found = this.known.get(key);
    if (found === undefined) {
      const made = this.find(name, path);
      if (made === null) return null;
      this.known.set(key, (found = made));
    }
    return found;
  }

  /** The same of what a deployment names by a file, that of the file's or the only one: `parties.lobby`. */
  held(name: string, path: string): Binding | null {
    if (this.files.size === 0 || this.deploying === null) return null;
    const { deployments } = this.program.scripts;
    const naming = deployments.filter(({ objects }) => objects.some((one) => one.file !== undefined && one.binding === name));
    const around = naming.filter(({ folder }) => folder === "" || path.startsWith(`${folder}/`));
    const [own = naming.length === 1 ? naming[0] : undefined] = [...around].sort((one, other) => other.folder.length - one.folder.length);
    if (own === undefined) return null;
    const key = `${own.path}\n${name}`;
    let found = this.heldKnown.get(key);
    if (found === undefined) {
      const modules = this.exported(own, own.objects.find(({ binding }) => binding === name)!) ?? [];
      found = { name, modules, certainty: modules.length === 1 ? "certain" : "unknown", table: this.deploying };
      this.heldKnown.set(key, found);
    }
    return found;
  }

  /** What one of a deployment's names is bound to, as a file sees it. */
  of({ binding, file }: Bound, path: string): Binding | null {
    return file === undefined ? this.named(binding, path) : this.held(binding, path);
  }

  /**
   * What a Worker exports under the name, as the platform gives it to its own code (`ctx.exports`): a namespace of Durable Objects, or the address of an entry point.
   * Null where the name is not exported. Source: https://developers.cloudflare.com/workers/runtime-apis/context/#exports.
   */
  loopback(name: string, path: string): Value | null {
    const { program } = this;
    const deployment = program.scripts.deploymentOf(path);
    const exported = deployment === null ? null : this.exported(deployment, { at: 0, binding: name, className: name, script: null });
    const [module] = exported ?? [];
    if (module === undefined) return null;
    const binding: Binding = { name, modules: [module], certainty: "certain" };
    if (program.isActor(module)) return { v: "namespace", binding };
    return program.baseOf(module)?.context === "request" ? { v: "stub", binding, key: { k: "given", text: "" }, keyOf: null } : null;
  }

  /** A member of what a package for the platform exports: `import { env, exports } from "cloudflare:workers"`. */
  ofPlatform({ package: from, name }: Extract<Value, { v: "external" }>, key: string, path: string): Value | null {
    if (name === "exports" && from === "cloudflare:workers") return this.loopback(key, path);
    const binding = name === "env" ? this.named(key, path) : null;
    return binding === null ? null : { v: "namespace", binding };
  }

  /** A member of `base`, or what it is bound to where it is not known otherwise: by the environment, or in what holds the names of a deployment (`context.parties`). */
  orBound(member: Value, name: string, base: Expression | null, { path }: Script): Value {
    if (member.v !== "unknown" && member.v !== "passed" && member.v !== "given") return member;
    const looped = base !== null && isOwnExports(base) ? this.loopback(name, path) : null;
    if (looped !== null) return looped;
    const isHeld = base !== null && lastName(base) === this.deploying?.deploys?.member;
    const binding = (isHeld ? this.held(name, path) : null) ?? (member.v === "given" ? null : this.named(name, path));
    return binding === null ? member : { v: "namespace", binding };
  }

  private find(name: string, path: string): Binding | null {
    const { program } = this;
    const { deployments } = program.scripts;
    const isNamed = ({ binding, file }: Bound): boolean => binding === name && file === undefined;
    const deployment = program.scripts.deploymentOf(path);
    const own = deployment?.objects.find(isNamed);
    const others = own === undefined ? deployments.filter(({ objects }) => objects.some(isNamed)) : [];
    const configured = own === undefined || deployment === null ? others : [deployment];
    const modules = new Set<string>();
    for (const one of configured) {
      const object = one.objects.find(isNamed)!;
      const of = object.script === null ? one : (deployments.find((other) => other.name === object.script) ?? one);
      const exported = this.exported(of, object) ?? program.classesNamed(object.className, of.folder);
      for (const module of exported) if (program.isActor(module)) modules.add(module);
    }
    if (configured.length === 0) {
      const typed = this.members.get(name);
      if (typed === undefined) return null;
      for (const className of typed)
        for (const module of program.classesNamed(className, "")) if (program.isActor(module)) modules.add(module);
    }
    const certainty = modules.size === 1 && configured.length < 2 ? "certain" : modules.size > 0 ? "probable" : "unknown";
    return { name, modules: [...modules], certainty };
  }

  /** The class that a deployment's file exports under a name: what the platform itself looks for. Null where source does not tell. */
  private exported({ main, folder }: Deployment, { className, file }: Bound): readonly string[] | null {
    const { program } = this;
    const { scripts } = program;
    const path = file ?? main;
    const script = path === null ? null : scripts.get(join(folder, path));
    const meaning = script === null ? null : scripts.exportOf(script, className);
    if (script === null || meaning === null || meaning.kind === "file") return null;
    if (meaning.kind === "local") return this.classMeant(meaning);
    const own = scripts.inSource(meaning, script);
    if (own?.kind === "local") return this.classMeant(own);
    const taken = program.takeExported(script, className, meaning);
    return taken === null ? [] : [taken];
  }

  /** Takes in the classes that are a library's own, of which no file of the workspace tells. */
  enterExported(): void {
    for (const one of this.program.scripts.deployments)
      for (const object of one.isTest ? [] : one.objects) if (object.script === null) this.exported(one, object);
  }

  /** A class, an object that is an actor, or a constant that is what a function makes of a class: `instrument(options, Counter)`. */
  private classMeant({ script, name }: Extract<Meaning, { kind: "local" }>): readonly string[] | null {
    const { program } = this;
    program.enter(script);
    const module = `ts:${script.path}#${name}`;
    const value = program.scripts.module(script, null)?.attributes.find((one) => one.name === name)?.value;
    const written = value === undefined ? null : program.writtenBy(value);
    if (written !== null) return [written];
    if (program.moduleNamed(module) !== null) return [module];
    for (const argument of value?.k === "call" ? value.args : []) {
      const meaning = argument.k === "variable" && argument.name !== name ? program.scripts.meaning(script, argument.name) : null;
      const found = meaning?.kind === "local" ? `ts:${meaning.script.path}#${meaning.name}` : null;
      if (meaning?.kind === "local") program.enter(meaning.script);
      if (found !== null && program.moduleNamed(found) !== null) return [found];
    }
    return null;
  }

  /** Whether a deployment of the workspace binds a class of the name. */
  binds(className: string): boolean {
    const { deployments } = this.program.scripts;
    return deployments.some(({ objects }) => objects.some((one) => one.className === className && one.file === undefined));
  }

  /** Whether a module is what a deployment's file exports under a name that is bound. */
  exports(module: string): boolean {
    this.exportedAll ??= new Set(
      this.program.scripts.deployments.flatMap((one) =>
        one.objects.flatMap((object) => (object.script === null ? (this.exported(one, object) ?? []) : [])),
      ),
    );
    return this.exportedAll.has(module);
  }

  /** Whether a deployment names the file, whose default export is an actor then. */
  isFile(path: string): boolean {
    return this.files.has(path);
  }

  /** Whether a module is what a file exports that a deployment names. */
  isDeployed(module: string): boolean {
    if (this.files.size === 0) return false;
    this.deployedAll ??= new Set(
      this.program.scripts.deployments.flatMap((one) =>
        one.objects.flatMap((object) => (object.file === undefined ? [] : (this.exported(one, object) ?? []))),
      ),
    );
    return this.deployedAll.has(module);
  }
}

/** `ctx.exports`, `this.ctx.exports`; not `module.exports`. */
export function isOwnExports(e: Expression): boolean {
  return e.k === "field" && lastName(e) === "exports" && /^(ctx|context|state)$/.test(lastName(e.base) ?? "");
}
