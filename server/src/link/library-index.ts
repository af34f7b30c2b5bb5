/** Library tables by module and function: what the evaluator and the flow look rows up in. Pure. */
import type { BehaviourRow, FunctionRow, LibraryTable, StarterRow } from "../model/library.ts";
import { bareName } from "../model/module-name.ts";

export interface BehaviourMark {
  readonly behaviour: string;
  /** `name/arity`. */
  readonly callback: string;
  /** The first atom of the tuple that the callback gives back. */
  readonly tag: string;
}

export interface LibraryIndex {
  /** The row of a function by its module's BEAM atom (or a pseudo module such as `use:Ecto.Repo`), or null. */
  functionRow(module: string, name: string, arity: number): FunctionRow | null;
  behaviourRow(module: string): BehaviourRow | null;
  /** Whether a row is of the standard library. */
  isStandard(row: FunctionRow): boolean;
  /** By module and function name, without arity. */
  starter(module: string, name: string): StarterRow | null;
  /** The behaviours that modules need not name, as BEAM atoms, with what gives them away. */
  readonly marks: readonly BehaviourMark[];
  /** Pseudo modules `use:X` that have rows, by X as a BEAM atom. */
  readonly usedModules: ReadonlySet<string>;
}

export function indexLibraries(tables: readonly LibraryTable[]): LibraryIndex {
  const functions = new Map<string, FunctionRow>();
  const behaviours = new Map<string, BehaviourRow>();
  const starters = new Map<string, StarterRow>();
  const usedModules = new Set<string>();
  const standard = new Set<FunctionRow>();
  const marks: BehaviourMark[] = [];
  for (const table of tables) {
    for (const row of table.functions) {
      if (table.standard === true) standard.add(row);
      const module = moduleAtom(row.module);
      if (row.module.startsWith("use:")) usedModules.add(moduleAtom(row.module.slice(4)));
      if (row.arities.length === 0) functions.set(`${module}.${row.name}`, row);
      for (const arity of row.arities) functions.set(`${module}.${row.name}/${arity}`, row);
    }
    for (const row of table.behaviours) {
      const behaviour = moduleAtom(row.module);
      behaviours.set(behaviour, row);
      if (row.mark !== undefined) marks.push({ behaviour, ...row.mark });
    }
    for (const row of table.starters) {
      const dot = row.start.lastIndexOf(".");
      starters.set(`${moduleAtom(row.start.slice(0, dot))}.${row.start.slice(dot + 1)}`, row);
    }
  }
  return {
    functionRow: (module, name, arity) => functions.get(`${module}.${name}/${arity}`) ?? functions.get(`${module}.${name}`) ?? null,
    behaviourRow: (module) => behaviours.get(module) ?? null,
    isStandard: (row) => standard.has(row),
    starter: (module, name) => starters.get(`${module}.${name}`) ?? null,
    marks,
    usedModules,
  };
}

/** A row holds for its module in whichever project that is defined; the tables themselves where no module has a project to its name. */
export function withBareNames(libraries: LibraryIndex, hasProjects: boolean): LibraryIndex {
  if (!hasProjects) return libraries;
  return {
    functionRow: (module, name, arity) => libraries.functionRow(bareName(module), name, arity),
    behaviourRow: (module) => libraries.behaviourRow(bareName(module)),
    isStandard: (row) => libraries.isStandard(row),
    starter: (module, name) => libraries.starter(bareName(module), name),
    marks: libraries.marks,
    usedModules: libraries.usedModules,
  };
}

/** A row's module as a BEAM atom: `GenServer` → `Elixir.GenServer`, `:ets` → `ets`; `use:Ecto.Repo` stays. */
export function moduleAtom(module: string): string {
  if (module.startsWith("use:")) return module;
  return module.startsWith(":") ? module.slice(1) : `Elixir.${module}`;
}
