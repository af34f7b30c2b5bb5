/** Facts of all files → the topology of the workspace. Pure: no IO, no clock. */
import type { FileFacts, FileRole, FileShape, Language } from "../model/facts.ts";
import type { ActorTable, LibraryModel, LibraryTable } from "../model/library.ts";
import type { Purpose } from "../model/purpose.ts";
import type { Steps } from "../model/steps.ts";
import type { Topology } from "../model/topology.ts";
import { type ActorTopology, linkActors } from "./actors/link-actors.ts";
import { applicationFolder } from "./application-folder.ts";
import { isBuiltin } from "./evaluate/builtins.ts";
import { EMPTY_ENVIRONMENT } from "./evaluate/environment.ts";
import { Evaluator } from "./evaluate/evaluator.ts";
import { moduleFrame, newSession } from "./evaluate/frame.ts";
import { toList } from "./evaluate/lists.ts";
import { EMPTY_LIST, type Value } from "./evaluate/value.ts";
import { computeFlow, NO_FLOW } from "./flow/flow.ts";
import { indexLibraries, type LibraryIndex } from "./library-index.ts";
import { Modules } from "./module-table.ts";
import { mapSpans, type Projection, projectFile, type Sight } from "./projection.ts";
import { withStandIns } from "./stand-ins.ts";
import { buildTrees } from "./tree/build-trees.ts";

export interface LinkerInput {
  readonly purpose: Purpose;
  readonly libraries: readonly LibraryTable[];
  readonly models: readonly LibraryModel[];
  readonly actors?: readonly ActorTable[];
  /** A BEAM atom as a language prints it. */
  print(atom: string, language: Language): string;
}

export interface Linker {
  /** In steps, so that whoever links can do something else in between, or leave the rest: nothing of a link is kept that did not come to its end. */
  link(files: ReadonlyMap<string, FileFacts>): Steps<Topology>;
  /**
   * A file after an edit that the last link's topology does not depend on: the linked shape with the new positions. Null where the edit may count, or
   * where `linked` was not part of the last link.
   */
  refresh(linked: FileFacts, fresh: FileFacts): FileFacts | null;
}

/** A finished link of the files that are evaluated: their topology, and how to see files as it saw them. */
interface Linked {
  readonly topology: Topology;
  readonly files: ReadonlyMap<FileShape, FileRole>;
  readonly sight: Sight;
  readonly projections: WeakMap<FileShape, Projection>;
}

export function createLinker(input: LinkerInput): Linker {
  const libraries = indexLibraries(input.libraries);
  let last: Linked | null = null;
  return {
    *link(files) {
      const scripts = [...files.values()].filter(({ language }) => language === "typescript");
      const evaluated = scripts.length === 0 ? files : new Map([...files].filter(([, { language }]) => language !== "typescript"));
      const linked = last !== null && isSame(last, evaluated) ? last : yield* link(input, libraries, evaluated);
      last = linked;
      if (scripts.length === 0) return linked.topology;
      const print = (module: string): string => input.print(module, "typescript");
      yield;
      return together(linked.topology, yield* linkActors({ files: scripts, tables: input.actors ?? [], print }));
    },
    refresh(linked, fresh) {
      if (linked.language === "typescript") return refreshScript(linked, fresh);
      if (!last?.files.has(linked.shape) || linked.role !== fresh.role) return null;
      const { sight, projections } = last;
      const before = projections.get(linked.shape) ?? projectFile(linked, sight);
      projections.set(linked.shape, before);
      const after = projectFile(fresh, sight);
      if (before.hash !== after.hash) return null;
      return { ...fresh, shape: linked.shape, spans: mapSpans(linked, before.places, fresh, after.places) };
    },
  };
}

/** Whether a link saw the same files: two shapes are one where nothing but positions changed. */
function isSame({ files: known }: Linked, files: ReadonlyMap<string, FileFacts>): boolean {
  return known.size === files.size && [...files.values()].every(({ shape, role }) => known.get(shape) === role);
}

function together(one: Topology, other: ActorTopology): Topology {
  const hasActors = other.definitions.size + (other.services?.size ?? 0) > 0;
  return {
    ...one,
    language: one.functions.size === 0 && one.definitions.size === 0 && hasActors ? "typescript" : one.language,
    applications: [...one.applications, ...other.applications],
    unattached: [...one.unattached, ...other.unattached],
    definitions: new Map([...one.definitions, ...other.definitions]),
    services: new Map([...(one.services ?? []), ...(other.services ?? [])]),
    functions: new Map([...one.functions, ...other.functions]),
    contexts: new Map([...one.contexts, ...other.contexts]),
    messages: [...one.messages, ...other.messages],
  };
}

/** A script that no link has read does not count, whatever is typed in it but imports. */
function refreshScript(linked: FileFacts, fresh: FileFacts): FileFacts | null {
  const [before, after] = [linked.shape.script?.deferred, fresh.shape.script?.deferred];
  if (before?.isOpen !== false || after === undefined || after === null) return null;
  const isEqual = before.specifiers.join("\n") === after.specifiers.join("\n");
  return isEqual ? { ...fresh, shape: linked.shape } : null;
}

function* link(input: LinkerInput, tables: LibraryIndex, files: ReadonlyMap<string, FileFacts>): Steps<Linked> {
  const modules = new Modules(files.values(), input.models);
  const libraries = withStandIns(tables, modules.standIns);
  const environment = new Map<string, Value>();
  const folders = new Map<string, string>();
  const language = mainLanguage(files.values());
  const print = (atom: string): string => input.print(atom, language);
  const evaluator = new Evaluator({ modules, libraries, language, print, environment, folders });
  modules.evaluator = evaluator;
  for (const file of files.values()) {
    readEnvironment(file, evaluator, environment);
    const { project } = file.shape;
    if (project !== null && project.app !== "") folders.set(applicationFolder(file.path), project.app);
  }
  yield;
  const trees = yield* buildTrees({ modules, evaluator, libraries, files, print });
  const isOnDemand = input.purpose === "findings";
  const flow = input.purpose === "trees" ? NO_FLOW : yield* computeFlow({ modules, evaluator, libraries, trees, print, files, isOnDemand });
  const duplicates = modules.duplicates.map(({ name, kept, other }) => ({
    place: { file: other.file.path, at: other.facts.nameAt },
    message: `${print(name)} is defined in ${kept.path} too; that definition is used`,
  }));
  const topology = {
    ...flow,
    language,
    applications: trees.applications,
    unattached: trees.unattached,
    problems: [...trees.problems, ...duplicates],
  };
  const shapes = new Map([...files.values()].map((file) => [file.shape, file.role] as const));
  return { topology, files: shapes, sight: createSight(modules, evaluator, libraries, topology), projections: new WeakMap() };
}

/** The language of most modules that are source; of a workspace without any, Elixir. */
function mainLanguage(files: Iterable<FileFacts>): Language {
  const counts = new Map<Language, number>([["elixir", 0]]);
  for (const { role, language, shape } of files)
    if (role === "source") counts.set(language, (counts.get(language) ?? 0) + shape.modules.length);
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}

function createSight(modules: Modules, evaluator: Evaluator, libraries: LibraryIndex, topology: Topology): Sight {
  const callbacks = new Set<string>();
  for (const definition of topology.definitions.values()) for (const clause of definition.callbacks) callbacks.add(clause.fn);
  const usedRow = (module: string, name: string, arity: number): boolean =>
    modules
      .get(module)
      ?.uses.some(
        (use) => libraries.usedModules.has(use.module) && libraries.functionRow(`use:${use.module.replace(/^Elixir\./, "")}`, name, arity),
      ) ?? false;
  return {
    leadsSomewhere(caller, module, name, arity, evaluated) {
      if (modules.resolve(caller, module, name, arity)) return true;
      if (module === null) return libraries.functionRow("Elixir.Kernel", name, arity) !== null;
      if (libraries.functionRow(module, name, arity) || usedRow(module, name, arity)) return true;
      return evaluated && isBuiltin(module, name, arity);
    },
    countsWhole: (key) => evaluator.evaluated.has(key) || callbacks.has(key),
  };
}

/** `env: [key: value]` of a project file: `app.key` → value, and `app.` for an application whose project file is seen at all. */
function readEnvironment(file: FileFacts, evaluator: Evaluator, environment: Map<string, Value>): void {
  const { project } = file.shape;
  if (!project) return;
  environment.set(`${project.app}.`, EMPTY_LIST);
  if (!project.environment) return;
  const value = evaluator.evaluate(project.environment, EMPTY_ENVIRONMENT, moduleFrame("nil", file.path, newSession()));
  for (const { value: pair } of toList(value).items)
    if (pair.v === "tuple" && pair.items[0]?.v === "atom" && pair.items.length === 2)
      environment.set(`${project.app}.${pair.items[0].value}`, pair.items[1]);
}
