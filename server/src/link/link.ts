/** Facts of all files → the topology of the workspace. Pure: no IO, no clock. */
import type { FileFacts } from "../model/facts.ts";
import type { LibraryTable } from "../model/library.ts";
import type { Topology } from "../model/topology.ts";
import { EMPTY_ENVIRONMENT } from "./evaluate/environment.ts";
import { Evaluator } from "./evaluate/evaluator.ts";
import { moduleFrame, newSession } from "./evaluate/frame.ts";
import { toList } from "./evaluate/lists.ts";
import type { Value } from "./evaluate/value.ts";
import { computeFlow } from "./flow/flow.ts";
import { indexLibraries, type LibraryIndex } from "./library-index.ts";
import { Modules } from "./module-table.ts";
import { buildTrees } from "./tree/build-trees.ts";

export interface LinkerInput {
  readonly libraries: readonly LibraryTable[];
  readonly models: readonly FileFacts[];
  print(atom: string): string;
}

export interface Linker {
  /** Throws what `isCancelled` asks for never: a cancelled link gives null. Facts with the same `shape` object are not looked at again. */
  link(files: ReadonlyMap<string, FileFacts>, isCancelled?: () => boolean): Topology | null;
}

export function createLinker(input: LinkerInput): Linker {
  const libraries = indexLibraries(input.libraries);
  return { link: (files, isCancelled) => link(input, libraries, files, isCancelled ?? (() => false)) };
}

function link(
  input: LinkerInput,
  libraries: LibraryIndex,
  files: ReadonlyMap<string, FileFacts>,
  isCancelled: () => boolean,
): Topology | null {
  const modules = new Modules(files.values(), input.models);
  const environment = new Map<string, Value>();
  const evaluator = new Evaluator({ modules, libraries, print: input.print, environment });
  modules.evaluator = evaluator;
  for (const file of files.values()) readEnvironment(file, evaluator, environment);
  if (isCancelled()) return null;
  const trees = buildTrees({ modules, evaluator, libraries, files, print: input.print });
  if (isCancelled()) return null;
  const flow = computeFlow({ modules, evaluator, libraries, trees, print: input.print, files, isCancelled });
  if (isCancelled()) return null;
  const duplicates = modules.duplicates.map(({ name, kept, other }) => ({
    place: { file: other.file.path, at: other.facts.nameAt },
    message: `${input.print(name)} is defined in ${kept.path} too; that definition is used`,
  }));
  return { ...flow, applications: trees.applications, unattached: trees.unattached, problems: [...trees.problems, ...duplicates] };
}

/** `env: [key: value]` of a project file: `app.key` → value. */
function readEnvironment(file: FileFacts, evaluator: Evaluator, environment: Map<string, Value>): void {
  const { project } = file.shape;
  if (!project?.environment) return;
  const value = evaluator.evaluate(project.environment, EMPTY_ENVIRONMENT, moduleFrame("nil", file.path, newSession()));
  for (const { value: pair } of toList(value).items)
    if (pair.v === "tuple" && pair.items[0]?.v === "atom" && pair.items.length === 2)
      environment.set(`${project.app}.${pair.items[0].value}`, pair.items[1]);
}
