/**
 * What one file says, found without looking at any other file.
 *
 * Pure data. The **shape** holds no positions: spans are kept in a table of their own and shape refers to them by index, so that an edit that
 * leaves `shape.hash` as it was only swaps the table.
 */
import type { CallTime } from "./call-time.ts";
import type { Clause, Expression } from "./expression.ts";

export type Language = "elixir" | "erlang" | "typescript";

/** What a file is for. Rules say in which they speak; `library` files are the bundled models of libraries. */
export type FileRole = "source" | "test" | "script" | "dependency" | "library";

export interface FileFacts {
  /** Relative to the workspace root that holds it, with `/`. */
  readonly path: string;
  readonly language: Language;
  readonly role: FileRole;
  readonly shape: FileShape;
  /** `spans[2 * at]` is the start and `spans[2 * at + 1]` the end of the element with that `at`, as UTF-16 offsets. */
  readonly spans: Int32Array;
  /** Offsets at which lines start; the first is 0. */
  readonly lineStarts: Int32Array;
  readonly length: number;
  readonly problems: readonly Problem[];
  readonly suppressions: readonly Suppression[];
  readonly callTimes: readonly CallTime[];
}

export interface FileShape {
  /** Equal for two files of equal structure; positions, comments and layout do not count. */
  readonly hash: string;
  readonly modules: readonly ModuleFacts[];
  /** Bodies of `quote do … end`, by index; of a header its one body. */
  readonly templates: readonly Template[];
  /** What `mix.exs`, `rebar.config` or an `.app.src` says. */
  readonly project: ProjectFacts | null;
  /** Of files of TypeScript and JavaScript, and of what configures them. */
  readonly script?: ScriptFacts;
}

/** What stands in a module's body, or in a quoted block that becomes part of one. */
export interface Body {
  readonly functions: readonly FunctionFacts[];
  readonly uses: readonly UseFacts[];
  readonly behaviours: readonly { readonly at: number; readonly module: Expression }[];
  /** In the order of the source; one name may come several times, the last before a use counts. */
  readonly attributes: readonly { readonly at: number; readonly nameAt?: number; readonly name: string; readonly value: Expression }[];
  readonly imports: readonly ImportFacts[];
  /** Headers that are part of it (Erlang). */
  readonly includes?: readonly IncludeFacts[];
  /** Fields of `defstruct` with their defaults, or null. */
  readonly struct: readonly (readonly [Expression, Expression])[] | null;
  /** Expressions that stand in the body itself and are run when it is compiled: macro calls (`plug :x`), `unquote(…)`. */
  readonly statements: readonly Expression[];
}

export interface ModuleFacts extends Body {
  /** A BEAM atom: `Elixir.Foo.Bar`, `my_server`. */
  readonly name: string;
  readonly at: number;
  readonly nameAt: number;
  /** `@moduledoc false` and the like do not matter; a protocol or an implementation of one does. */
  readonly form: "module" | "protocol" | "implementation";
}

/** A quoted block; `__MODULE__` in it is `self_module`. `result` is the value of its last expression for quotes that are used as values. */
export interface Template extends Body {
  readonly at: number;
  /** `alias` directives of the block, which hold for the module that uses it too: short name and full name, as BEAM atoms. */
  readonly aliases: readonly (readonly [string, string])[];
  /** `bind_quoted: [name: value]`. */
  readonly bindings: readonly (readonly [string, Expression])[];
}

export interface FunctionFacts {
  readonly name: string;
  readonly arity: number;
  /** Defaults by parameter; null where there is none. The function may be called with `arity - (number of defaults)` arguments and up. */
  readonly defaults: readonly (Expression | null)[];
  readonly form: "def" | "defp" | "defmacro" | "defmacrop";
  readonly at: number;
  readonly nameAt: number;
  /** True where only builds for tests have it (`-ifdef(TEST)`). */
  readonly forTests?: boolean;
  /** Where the source was read in outline, worked out when it is first asked for. */
  readonly clauses: readonly Clause[];
  /** Where the source was read in outline: all names that the clauses may call, and more, before they are worked out. Else null or left out. */
  readonly mayCall?: readonly string[] | null;
}

export interface UseFacts {
  readonly at: number;
  readonly module: Expression;
  readonly options: Expression | null;
}

export interface ImportFacts {
  readonly at: number;
  readonly module: Expression;
  /** Names with arity that `only:` lists, or null for all. */
  readonly only: readonly string[] | null;
  readonly except: readonly string[];
}

/** `-include(path)`, or `-include_lib(path)` with an application's name in front. */
export interface IncludeFacts {
  readonly at: number;
  readonly path: string;
  readonly library: boolean;
}

/** `mod: {Mod, args}`. `convention`: the build tool takes the module if there is one of that name; the project does not name it. */
export interface ApplicationCallback {
  readonly at: number;
  readonly module: Expression;
  readonly argument: Expression;
  readonly convention?: true;
}

/** One application of the workspace. */
export interface ProjectFacts {
  readonly at: number;
  readonly app: string;
  /** The callback module and its argument, or null for a library. */
  readonly callback: ApplicationCallback | null;
  /** `env: […]`: the application environment that source sets. */
  readonly environment: Expression | null;
  /** The applications it depends on, as far as written. */
  readonly dependencies: readonly DependencyFacts[];
  /** The folder of an umbrella's applications (`apps_path`), or null. */
  readonly appsPath: string | null;
}

export interface DependencyFacts {
  readonly app: string;
  /** Its folder, relative to that of the project, where it is told (`path: "../core"`). */
  readonly path: string | null;
}

/**
 * What a file of TypeScript or JavaScript takes from others and gives to them, or what a project's file says of them. The file's top level is a module
 * `ts:<path>`: functions, the values of its constants as attributes, statements. Each class is a module `ts:<path>#<Name>`: methods as functions, fields as
 * attributes, what it extends as behaviour. Functions that stand in a constant's value are functions of the module, named by the way to them
 * (`counter.actions.increment`), and the value refers to them.
 */
export interface ScriptFacts {
  readonly imports: readonly ScriptImport[];
  readonly exports: readonly ScriptExport[];
  /** Members whose type is a name with one argument, in interfaces and type literals: `COUNTER: DurableObjectNamespace<Counter>`. */
  readonly members: readonly { readonly at: number; readonly name: string; readonly type: string; readonly argument: string }[];
  /** What a deployment binds to names (`wrangler.toml`, `partykit.json`), or null. */
  readonly deployment: DeploymentFacts | null;
  /** What a package is called and where its names lead (`package.json`, `tsconfig.json`), or null. */
  readonly packages: PackageFacts | null;
  /**
   * Set for a file whose letters show nothing of actors: it is parsed when a link asks for it, since it imports one that is actor code. Until then it has
   * no modules.
   */
  readonly deferred: DeferredScript | null;
}

export interface DeferredScript {
  /** What it imports, comments among it. */
  readonly specifiers: readonly string[];
  /** What it imports more than types of, comments among it. */
  readonly values: readonly string[];
  /** Whether it may hold calls that a library's table tells of. */
  readonly speaks: boolean;
  /** Whether something of the pattern stands in it. */
  mentions(words: RegExp): boolean;
  /** Parses the file; from then on its facts hold what it says. */
  open(): void;
  readonly isOpen: boolean;
}

export interface ScriptImport {
  readonly at: number;
  readonly local: string;
  /** As written: `./counter`, `xstate`. */
  readonly from: string;
  /** The exported name, `default`, or `*` for all of them. */
  readonly name: string;
}

export interface ScriptExport {
  readonly at: number;
  /** `*` for everything that `from` exports. */
  readonly name: string;
  /** The file's own name for it, or that of `from`. */
  readonly local: string;
  /** For what is passed on from another file. */
  readonly from: string | null;
}

export interface DeploymentFacts {
  readonly at: number;
  readonly name: string | null;
  /** The entry file, relative to the folder of the configuration, or null. */
  readonly main: string | null;
  readonly objects: readonly {
    readonly at: number;
    /** The name in the environment. */
    readonly binding: string;
    readonly className: string;
    /** The deployment whose class it is, or null for this one. */
    readonly script: string | null;
    /** The file that exports it, relative to the folder of the configuration, where that is not the entry file: of a party of PartyKit's. */
    readonly file?: string;
  }[];
}

export interface PackageFacts {
  /** The package's own name, or null. */
  readonly name: string | null;
  /** `paths` of a `tsconfig.json`, `imports` of a `package.json`: pattern and targets, relative to its folder. */
  readonly paths: readonly (readonly [string, readonly string[]])[];
  /** What a package lets others import: `.`, `./path` or a pattern, with the files that it may mean, relative to its folder. */
  readonly entries: readonly (readonly [string, readonly string[]])[];
  /** Where the compiler writes what it makes of the sources, and where these may lie, relative to its folder. */
  readonly output?: { readonly folder: string; readonly sources: readonly string[] };
}

/** Something wrong with a file, in one sentence. `at` is null where the whole file is meant. */
export interface Problem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** `# process-topology: allow <rule> -- why`. */
export interface Suppression {
  readonly rule: string;
  readonly reason: string | null;
  readonly start: number;
  readonly end: number;
  /** Offset where the line after the comment starts; a comment at the end of a code line covers its own line. */
  readonly coversFrom: number;
  readonly coversTo: number;
}
