/** What a name means at a place of an Elixir file: the module around it, the aliases in force, and whether it is quoted code. */
import type { ImportFacts } from "../../../model/facts.ts";
import type { CallNode, Node } from "../ast.ts";
import { ClauseNames } from "./local-calls.ts";

/** The BEAM atom of a module name as scopes keep it: `Foo` → `Elixir.Foo`; `:foo`, a module that bears an Erlang name, → `foo`. */
export function moduleAtom(name: string): string {
  return name.startsWith(":") ? name.slice(1) : `Elixir.${name}`;
}

/** The body that code stands in: the one of a module, or a quoted one. */
export interface Surroundings {
  /** What is imported anywhere in it. */
  readonly imports: ImportFacts[];
  /** Functions without parameters that it defines. */
  readonly functions: ReadonlySet<string>;
}

const nowhere: Surroundings = { imports: [], functions: new Set() };

/** Aliases are lexical: a scope is copied where a block opens, and only grows. */
export class Scope {
  /** Short name → full name without `Elixir.`; shared with the parent until the first alias of this scope. */
  private aliases: Map<string, string>;
  private owned = false;

  /** Full name of the module around it without `Elixir.` (`:name` where it is no alias), or null outside any. */
  readonly module: string | null;
  /** Inside `quote`: `__MODULE__` is the module that uses the code. */
  readonly quoted: boolean;
  readonly around: Surroundings;
  /** In a definition that is not quoted. */
  private readonly names: ClauseNames | null;

  private constructor(
    aliases: Map<string, string>,
    module: string | null,
    quoted: boolean,
    around: Surroundings,
    names: ClauseNames | null = null,
  ) {
    this.aliases = aliases;
    this.module = module;
    this.quoted = quoted;
    this.around = around;
    this.names = names;
  }

  static top(): Scope {
    return new Scope(new Map(), null, false, nowhere);
  }

  /** For a block: what is aliased in it does not reach out. */
  inner(): Scope {
    return new Scope(this.aliases, this.module, this.quoted, this.around, this.names);
  }

  /** As it is now, for code that is lowered later: what is aliased after it does not reach it. */
  snapshot(): Scope {
    this.owned = false;
    return this.inner();
  }

  forModule(name: string, around: Surroundings): Scope {
    return new Scope(this.aliases, name, false, around);
  }

  forQuote(imports: ImportFacts[]): Scope {
    return new Scope(this.aliases, this.module, true, { imports, functions: nowhere.functions });
  }

  /** For `unquote` inside `quote`: the macro's own code again. */
  forUnquote(): Scope {
    return new Scope(this.aliases, this.module, false, this.around);
  }

  /** For a definition of the module. */
  forDefinition(item: CallNode): Scope {
    if (this.quoted || this.around.functions.size === 0) return this;
    return new Scope(this.aliases, this.module, false, this.around, new ClauseNames(this.around.functions, item));
  }

  /** Whether a name without parentheses is a call of the module's own function. */
  isCall(name: string): boolean {
    return this.names?.isCall(name) === true;
  }

  alias(short: string, full: string): void {
    if (!this.owned) {
      this.aliases = new Map(this.aliases);
      this.owned = true;
    }
    this.aliases.set(short, full);
  }

  /** `Foo.Bar` with the aliases in force resolved, without `Elixir.`. */
  expand(name: string): string {
    const dot = name.indexOf(".");
    const head = dot < 0 ? name : name.slice(0, dot);
    if (head === "Elixir") return dot < 0 ? name : name.slice(dot + 1);
    const full = this.aliases.get(head);
    if (full === undefined) return name;
    return dot < 0 ? full : full + name.slice(dot);
  }

  /** The full name that an alias node stands for, or null where it hangs on a value (`mod.Foo`, `__MODULE__.Foo` in a quote). */
  expandNode(node: Node): string | null {
    if (node.kind === "var" && node.name === "__MODULE__") return this.quoted ? null : this.module;
    if (node.kind === "atom") return node.value.startsWith("Elixir.") ? node.value.slice(7) : null;
    if (node.kind !== "alias") return null;
    if (node.base === null) return this.expand(node.name);
    const base = this.expandNode(node.base);
    return base === null ? null : `${base}.${node.name}`;
  }
}
