/**
 * The modules of a workspace with everything that `use` brings into them, found lazily.
 *
 * Which definition of a module counts: the workspace's own source, then dependencies, then the bundled models; for the standard library the
 * models always win, because the evaluator's primitives stand for its insides.
 */
import type { Expression } from "../model/expression.ts";
import type { Body, FileFacts, FunctionFacts, ImportFacts, ModuleFacts } from "../model/facts.ts";
import type { Environment, QuoteValue, Value } from "./evaluate/value.ts";

/** A function as one module has it: written there, or brought in by `use`. */
export interface FunctionInfo {
  /** `Elixir.Foo.bar/2`. */
  readonly key: string;
  readonly facts: FunctionFacts;
  /** The module that has it, and the file that its code stands in. */
  readonly module: string;
  readonly file: string;
  /** Set for code from a `use`: what `unquote` in it means. */
  readonly quote: QuoteValue | null;
  /** The definition that `super` calls, or null. */
  readonly overridden: FunctionInfo | null;
  /** Clauses of the same function that `use` brought in and did not make overridable: the compiler joins them with these. */
  readonly joined: readonly FunctionInfo[];
}

export interface ExpandedUse {
  readonly module: string;
  readonly options: Value | null;
}

export interface ModuleInfo {
  readonly name: string;
  readonly facts: ModuleFacts;
  readonly file: FileFacts;
  /** `use`d modules, directly or through the quoted code of others, in order. */
  readonly uses: readonly ExpandedUse[];
  /** Behaviours by name, from `@behaviour` and through `use`. */
  readonly behaviours: ReadonlySet<string>;
  /** By `name/arity` with all arities that defaults allow. */
  readonly functions: ReadonlyMap<string, FunctionInfo>;
  readonly attributes: ReadonlyMap<string, AttributeInfo>;
  readonly imports: readonly (ImportFacts & { readonly name: string })[];
  /** Aliases that `use` brought in: `Elixir.Repo` → `Elixir.MyApp.Repo`. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Bodies that make up the module: its own, then quoted ones. */
  readonly bodies: readonly { readonly body: Body; readonly file: string; readonly quote: QuoteValue | null }[];
}

/** The last value given to an attribute, and in which frame it is to be evaluated (`quote` as in `FunctionInfo`). */
export interface AttributeInfo {
  readonly value: Expression;
  readonly file: string;
  readonly quote: QuoteValue | null;
  /** Variables that the module's body had bound by then. */
  readonly env: Environment;
}

/** Gives a module by its BEAM atom, or null. */
export interface ModuleTable {
  get(name: string): ModuleInfo | null;
  /** All modules of the workspace (not the models), in order of files. */
  all(): readonly ModuleInfo[];
  /** What a module's name that is put together means in a file: of projects that define modules of one name, each means its own. */
  nameIn(file: string, name: string): string;
  /** A file by its path, models among them. */
  file(path: string): FileFacts | null;
  /** The function that a call from `caller` means: own, imported, or of the module named; null where it is not in the workspace or the models. */
  resolve(caller: string, module: string | null, name: string, arity: number): FunctionInfo | null;
}
