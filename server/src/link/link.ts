/** Facts of all files → the topology of the workspace. Pure: no IO, no clock. */
import { EMPTY_TOPOLOGY } from "../model/empty-topology.ts";
import type { FileFacts, FileRole, FileShape, Language } from "../model/facts.ts";
import type { ActorTable, LibraryModel, LibraryTable } from "../model/library.ts";
import type { Purpose } from "../model/purpose.ts";
import type { Steps } from "../model/steps.ts";
import type { Topology } from "../model/topology.ts";
import { type ActorTopology, linkActors } from "./actors/link-actors.ts";
import { ApplicationEnvironment } from "./application-environment.ts";
import { isBuiltin } from "./evaluate/builtins.ts";
import { Evaluator } from "./evaluate/evaluator.ts";
import { factsWith } from "./facts-with.ts";
import { computeFlow } from "./flow/flow.ts";
import { indexLibraries, type LibraryIndex, withBareNames } from "./library-index.ts";
import { Modules } from "./module-table.ts";
import { mapSpans, type Projection, projectFile, type Sight } from "./projection.ts";
import { Projects } from "./projects.ts";
import { type Separation, Separator } from "./separation.ts";
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
  /** Files as the topology of the last link speaks of them: modules that several projects define have names of their own (`model/module-name.ts`). */
  seen(files: ReadonlyMap<string, FileFacts>): ReadonlyMap<string, FileFacts>;
}

/** A finished link of the files that are evaluated: their topology, and how to see files as it saw them. */
interface Linked {
  readonly topology: Topology;
  readonly files: ReadonlyMap<FileShape, FileRole>;
  readonly separation: Separation;
  readonly sight: Sight;
  readonly projections: WeakMap<FileShape, Projection>;
}

export function createLinker(input: LinkerInput): Linker {
  const libraries = indexLibraries(input.libraries);
  const separator = new Separator();
  let last: Linked | null = null;
  return {
    *link(files) {
      const scripts = [...files.values()].filter(({ language }) => language === "typescript");
      const evaluated = scripts.length === 0 ? files : new Map([...files].filter(([, { language }]) => language !== "typescript"));
      const linked = last !== null && isSame(last, evaluated) ? last : yield* link(input, libraries, separator, evaluated);
      last = linked;
      if (scripts.length === 0) return linked.topology;
      const print = (module: string): string => input.print(module, "typescript");
      yield;
      return together(
        linked.topology,
        yield* linkActors({ files: scripts, tables: input.actors ?? [], onlyFindings: input.purpose === "findings", print }),
      );
    },
    refresh(linked, fresh) {
      if (linked.language === "typescript") return refreshScript(linked, fresh);
      if (!last?.files.has(linked.shape) || linked.role !== fresh.role) return null;
      const { separation, sight, projections } = last;
      const before = projections.get(linked.shape) ?? projectFile(separation.seen(linked), sight);
      projections.set(linked.shape, before);
      const after = projectFile(separation.seen(fresh), sight);
      if (before.hash !== after.hash) return null;
      return { ...fresh, shape: linked.shape, spans: mapSpans(linked, before.places, fresh, after.places) };
    },
    seen: (files) => (last === null ? files : seenFiles(files, last.separation)),
  };
}

/** The same map where no file is seen as another. */
function seenFiles(files: ReadonlyMap<string, FileFacts>, { seen }: Separation): ReadonlyMap<string, FileFacts> {
  let copy: Map<string, FileFacts> | null = null;
  for (const [path, file] of files) {
    const other = seen(file);
    if (other !== file) (copy ??= new Map(files)).set(path, other);
  }
  return copy ?? files;
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
  return isEqual ? factsWith(fresh, "shape", linked.shape) : null;
}

function* link(input: LinkerInput, tables: LibraryIndex, separator: Separator, written: ReadonlyMap<string, FileFacts>): Steps<Linked> {
  const projects = new Projects(written.values());
  const separation = separator.separate([...written.values()], projects);
  const files = seenFiles(written, separation);
  const modules = new Modules(files.values(), input.models, separation.nameIn, tables.marks);
  const libraries = withStandIns(withBareNames(tables, files !== written), modules.standIns);
  const language = mainLanguage(files.values());
  const print = (atom: string): string => input.print(atom, language);
  const environment = new ApplicationEnvironment(projects);
  const evaluator = new Evaluator({ modules, libraries, language, print, environment });
  modules.evaluator = evaluator;
  for (const file of files.values()) environment.read(file, evaluator);
  yield;
  const trees = yield* buildTrees({ modules, evaluator, libraries, files, projects, print });
  const isOnDemand = input.purpose === "findings";
  const flow =
    input.purpose === "trees"
      ? EMPTY_TOPOLOGY
      : yield* computeFlow({ modules, evaluator, libraries, trees, projects, print, files, isOnDemand });
  const duplicates = modules.duplicates.map(({ name, kept, other }) => ({
    place: { file: other.file.path, at: other.facts.nameAt },
    message: `${print(name)} is defined in ${kept.path} too; that definition is used`,
  }));
  const clashes = separation.clashes.map(({ name, one, other }) => ({
    place: { file: other.file.path, at: other.facts.nameAt },
    message: `${print(name)} is defined in ${one.file.path} too; a node loads only one of the two`,
  }));
  const topology = {
    ...flow,
    language,
    applications: trees.applications,
    unattached: trees.unattached,
    problems: [...trees.problems, ...duplicates, ...clashes],
  };
  const shapes = new Map([...written.values()].map((file) => [file.shape, file.role] as const));
  const sight = createSight(modules, evaluator, libraries, topology);
  return { topology, files: shapes, separation, sight, projections: new WeakMap() };
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
    countsWhole: (key) =>
      evaluator.evaluated.has(key) || callbacks.has(key) || libraries.marks.some(({ callback }) => key.endsWith(`.${callback}`)),
  };
}
