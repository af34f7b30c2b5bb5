/**
 * The workspace's files of TypeScript and JavaScript, and what their names mean across files: imports by path, by the workspace's own packages and by
 * `paths` of a `tsconfig.json`; exports through any number of files that pass them on. Pure.
 */
import type { DeploymentFacts, FileFacts, ModuleFacts, ScriptFacts } from "../../model/facts.ts";
import { bindsName } from "./code.ts";
import { Outputs } from "./outputs.ts";
import { folderOf, join, Specifiers } from "./specifiers.ts";

/** A file that has been read, or can be. */
export interface Script {
  readonly path: string;
  readonly file: FileFacts;
  readonly facts: ScriptFacts;
}

/** What a name stands for: something that a file of the workspace declares, or a name of a package that is not in it. */
export type Meaning =
  | { readonly kind: "local"; readonly script: Script; readonly name: string }
  | { readonly kind: "file"; readonly script: Script }
  | { readonly kind: "external"; readonly from: string; readonly name: string };

/** The same, or that the name is one of a file that is to be passed by, in which it has not been looked up. */
export type Glanced = Meaning | { readonly kind: "passed" };

/** Whether a file, by its path, need not be read to answer. */
export type PassBy = (path: string) => boolean;

export interface Deployment extends DeploymentFacts {
  /** The file that says so. */
  readonly path: string;
  readonly folder: string;
  /** It is there for tests. */
  readonly isTest: boolean;
}

const hopLimit = 16;

/** What the tool looks for where nobody names a configuration. */
const ordinaryName = /(^|\/)wrangler\.(toml|jsonc?)$/;

/** Ordinary ones first. A configuration for another occasion (`wrangler.staging.toml`) that binds nothing more than the one beside it is the same program. */
function withoutVariants(all: readonly Deployment[]): readonly Deployment[] {
  const [ordinary, variants] = [all.filter(({ path }) => ordinaryName.test(path)), all.filter(({ path }) => !ordinaryName.test(path))];
  const adds = ({ folder, main, objects }: Deployment): boolean => {
    const beside = ordinary.filter((one) => one.folder === folder && (main === null || one.main === main));
    const bound = beside.flatMap((one) => one.objects.map(({ binding, className }) => `${binding} ${className}`));
    return beside.length === 0 || objects.some(({ binding, className }) => !bound.includes(`${binding} ${className}`));
  };
  return [...ordinary, ...variants.filter(adds)];
}

export class Scripts {
  readonly deployments: readonly Deployment[];
  private readonly specifiers = new Specifiers();
  private readonly libraries: (specifier: string) => boolean;
  private readonly known = new Map<string, boolean>();
  private readonly files = new Map<string, FileFacts>();
  private readonly scripts = new Map<string, Script>();
  /** Modules of scripts by what their names add to the path: nothing for the file's own. */
  private readonly modules = new Map<Script, ReadonlyMap<string, ModuleFacts>>();
  /** What files have been compiled from, which are read in their place. */
  private readonly sources = new Map<string, string>();
  private allRead: readonly Script[] | null = null;
  /** Most of a workspace: what is asked of all that has been read should not cost a look at these. */
  private readonly unread = new Set<FileFacts>();
  private readonly resolved = new Map<string, Script | null>();
  private readonly meanings = new Map<string, Glanced | null>();
  private readonly glanced = new Map<string, Glanced | null>();
  private readonly byFolder = new Map<string, Deployment | null>();

  /** `isLibrary`: of a package whose calls a table describes: it is not looked into, even where the workspace holds its source. */
  constructor(files: Iterable<FileFacts>, isLibrary: (specifier: string) => boolean = () => false) {
    this.libraries = isLibrary;
    const deployments: Deployment[] = [];
    const outputs = new Outputs();
    for (const file of files) {
      const { path, shape } = file;
      if (shape.script === undefined) continue;
      const folder = folderOf(path);
      const { deployment, packages } = shape.script;
      if (deployment !== null) deployments.push({ ...deployment, path, folder, isTest: file.role === "test" });
      else if (packages !== null) {
        this.specifiers.addPackage(folder, packages);
        outputs.add(folder, packages);
      } else this.files.set(path, file);
    }
    for (const [path, file] of this.files) {
      this.specifiers.addFile(path);
      const source = outputs.sourceOf(path, this.files);
      if (source !== null) this.sources.set(path, source);
      else if (file.shape.script?.deferred?.isOpen === false) this.unread.add(file);
    }
    for (const path of this.sources.keys()) this.files.delete(path);
    this.deployments = withoutVariants(deployments);
    // Whatever their letters show, they are actor code.
    for (const { folder, objects } of this.deployments)
      for (const { file } of objects) if (file !== undefined) this.get(join(folder, file));
  }

  private isLibrary(specifier: string): boolean {
    let is = this.known.get(specifier);
    if (is === undefined) this.known.set(specifier, (is = this.libraries(specifier)));
    return is;
  }

  /** Those that have been read by now. */
  read(): readonly Script[] {
    if (this.allRead === null) {
      const files = [...this.files.values()].filter((file) => !this.unread.has(file) && file.shape.modules.length > 0);
      this.allRead = files.flatMap(({ path }) => this.get(path) ?? []);
    }
    return this.allRead;
  }

  /** Those that only a look has been taken at. */
  closed(): readonly FileFacts[] {
    return [...this.unread];
  }

  /** The facts of a file of whose letters nothing shows, whether it has been read or not. */
  deferredAt(path: string): FileFacts | null {
    const file = this.files.get(path);
    return file?.shape.script?.deferred == null ? null : file;
  }

  /** Reads the file if that has not been done. */
  get(named: string): Script | null {
    const path = this.sources.get(named) ?? named;
    const file = this.files.get(path);
    if (file === undefined) return null;
    let script = this.scripts.get(path);
    if (script !== undefined) return script;
    if (this.unread.delete(file)) {
      file.shape.script?.deferred?.open();
      this.allRead = null;
    }
    const facts = file.shape.script;
    if (facts === undefined) return null;
    this.scripts.set(path, (script = { path, file, facts }));
    return script;
  }

  module(script: Script, name: string | null): ModuleFacts | null {
    let known = this.modules.get(script);
    if (known === undefined) {
      const prefix = `ts:${script.path}`.length;
      // Of one name the first counts.
      known = new Map([...script.file.shape.modules].reverse().map((module) => [module.name.slice(prefix), module]));
      this.modules.set(script, known);
    }
    return known.get(name === null ? "" : `#${name}`) ?? null;
  }

  /** The path of the file that an import names, or null for what is not in the workspace. Reads nothing. */
  pathOf(specifier: string, from: string): string | null {
    const path = this.specifiers.pathOf(specifier, from);
    return path === null ? null : (this.sources.get(path) ?? path);
  }

  /** What a name of a package means in the package's own source, where the workspace holds it: also of a library's. */
  inSource({ from, name }: Extract<Meaning, { kind: "external" }>, script: Script): Meaning | null {
    const target = this.target(from, script.path);
    return target === null ? null : this.exportOf(target, name);
  }

  private target(specifier: string, from: string): Script | null {
    const key = `${from}\n${specifier}`;
    let found = this.resolved.get(key);
    if (found === undefined) {
      const path = this.pathOf(specifier, from);
      this.resolved.set(key, (found = path === null ? null : this.get(path)));
    }
    return found;
  }

  /** What a name of a file's top level means; null for one that the file does not have. */
  meaning(script: Script, name: string): Meaning | null;
  meaning(script: Script, name: string, passBy: PassBy | null): Glanced | null;
  meaning(script: Script, name: string, passBy: PassBy | null = null): Glanced | null {
    const key = `${script.path}\n${name}`;
    const known: Map<string, Glanced | null> = passBy === null ? this.meanings : this.glanced;
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = this.findMeaning(script, name, 0, passBy)));
    return found;
  }

  private findMeaning(script: Script, name: string, hops: number, passBy: PassBy | null): Glanced | null {
    const imported = script.facts.imports.find(({ local }) => local === name);
    if (imported !== undefined) return this.exported(script, imported.from, imported.name, hops + 1, passBy);
    return this.declares(script, name) ? { kind: "local", script, name } : null;
  }

  private declares(script: Script, name: string): boolean {
    const top = this.module(script, null);
    if (this.module(script, name) !== null) return true;
    if (top === null) return false;
    if (top.functions.some((fn) => fn.name === name) || top.attributes.some((one) => one.name === name)) return true;
    return top.statements.some((e) => e.k === "match" && e.pattern.k !== "variable" && bindsName(e.pattern, name));
  }

  /** What a file, named as `from` in another, exports under a name. */
  private exported(script: Script, from: string, name: string, hops: number, passBy: PassBy | null): Glanced | null {
    if (hops > hopLimit) return null;
    if (passBy !== null && this.passes(from, script.path, passBy)) return { kind: "passed" };
    const target = this.isLibrary(from) ? null : this.target(from, script.path);
    if (target === null) return { kind: "external", from, name };
    if (name !== "*") return this.exportOf(target, name, passBy, hops);
    // `module.exports = start()`: the module is that value.
    const isValue = target.facts.exports.some((one) => one.name === "export=");
    return isValue ? this.exportOf(target, "default", passBy, hops) : { kind: "file", script: target };
  }

  /** What an import gives that names no export: a file, or a package. */
  whole(script: Script, specifier: string, passBy: PassBy | null): Glanced | null {
    return this.exported(script, specifier, "*", 0, passBy);
  }

  /** Those that have been read of a folder, and of those in it. */
  readIn(folder: string): readonly Script[] {
    return this.read().filter(({ path }) => path.startsWith(`${folder}/`));
  }

  /** Whether a file may export what another one declares. */
  passesOn(specifier: string, from: string): boolean {
    const path = this.pathOf(specifier, from);
    const file = path === null ? undefined : this.files.get(path);
    return file === undefined || !this.unread.has(file) || file.shape.script?.deferred?.mentions(/\bexport\s*[*{]/) !== false;
  }

  /** Of a file that has not been read its letters tell which names it does not export. */
  private mayExport(specifier: string, from: string, name: string): boolean {
    const path = this.ownPath(specifier, from);
    const file = path === null ? undefined : this.files.get(path);
    if (file === undefined || !this.unread.has(file)) return true;
    return file.shape.script?.deferred?.mentions(new RegExp(`\\b${name.replace(/\$/g, "\\$&")}\\b|\\bexport\\s*\\*`)) !== false;
  }

  private passes(specifier: string, from: string, passBy: PassBy): boolean {
    const path = this.ownPath(specifier, from);
    return path !== null && passBy(path);
  }

  /** The file of the workspace that is meant, unless it is a library's. */
  private ownPath(specifier: string, from: string): string | null {
    return this.isLibrary(specifier) ? null : this.pathOf(specifier, from);
  }

  exportOf(script: Script, name: string): Meaning | null;
  exportOf(script: Script, name: string, passBy: PassBy | null, hops?: number): Glanced | null;
  exportOf(script: Script, name: string, passBy: PassBy | null = null, hops = 0): Glanced | null {
    if (hops > hopLimit) return null;
    const named = script.facts.exports.find((one) => one.name === name);
    if (named !== undefined) {
      if (named.from !== null) return this.exported(script, named.from, named.local, hops + 1, passBy);
      return this.findMeaning(script, named.local, hops + 1, passBy);
    }
    let isPassed = false;
    for (const all of script.facts.exports) {
      if (all.name !== "*" || all.from === null) continue;
      if (!this.mayExport(all.from, script.path, name)) continue;
      if (passBy !== null && this.passes(all.from, script.path, passBy)) {
        isPassed = true;
        continue;
      }
      const target = this.target(all.from, script.path);
      const found = target === null ? null : this.exportOf(target, name, passBy, hops + 1);
      if (found !== null && found.kind !== "passed") return found;
      isPassed ||= found !== null;
    }
    return isPassed ? { kind: "passed" } : null;
  }

  /** The package in whose folder a file lies, by its name and folder, the innermost one that has a name. */
  packageOf(path: string): string | null {
    return this.specifiers.packageAround(path)?.name ?? null;
  }

  /** The folder of that package, or the workspace's. */
  folderOf(path: string): string {
    return this.specifiers.packageAround(path)?.folder ?? "";
  }

  /** The deployment in whose folder a file lies, the innermost one. */
  deploymentOf(path: string): Deployment | null {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const known = this.byFolder.get(folder);
    if (known !== undefined) return known;
    let found: Deployment | null = null;
    for (const one of this.deployments)
      if ((one.folder === "" || folder.startsWith(`${one.folder}/`)) && (found === null || one.folder.length > found.folder.length))
        found = one;
    this.byFolder.set(folder, found);
    return found;
  }
}
