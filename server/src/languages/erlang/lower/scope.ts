/** What the lowering of one file or clause knows around an expression. */
import type { Builder } from "../../builder.ts";

export interface FileScope {
  readonly out: Builder;
  /** The module's name, or null in a header, whose code belongs to whoever includes it. */
  readonly module: string | null;
  /** `name/arity` of what the file defines or imports: such calls are not those of the module `erlang`. */
  readonly own: ReadonlySet<string>;
}

/** Variables of one clause. A pattern matches those that are bound and binds the others. */
export class Scope {
  readonly file: FileScope;
  /** `name/arity` of the function around, for `?FUNCTION_NAME`; null in an attribute or macro. */
  readonly fn: { readonly name: string; readonly arity: number } | null;
  private readonly outer: Scope | null;
  /** Names that this scope binds (true) or makes new (false); null before the first. */
  private names: Map<string, boolean> | null = null;

  constructor(file: FileScope, fn: Scope["fn"] = null, outer: Scope | null = null) {
    this.file = file;
    this.fn = fn;
    this.outer = outer;
  }

  /** For a clause: what it binds does not count in its siblings. It is done with before anything more is bound around it. */
  inner(): Scope {
    return new Scope(this.file, this.fn, this);
  }

  /** For a clause whose parameters shadow (`fun`, a generator): names in it are new. */
  shadowing(names: Iterable<string>): Scope {
    const inner = this.inner();
    for (const name of names) inner.enter(name, false);
    return inner;
  }

  isBound(name: string): boolean {
    const known = this.names?.get(name);
    return known ?? this.outer?.isBound(name) ?? false;
  }

  bind(name: string): void {
    this.enter(name, true);
  }

  private enter(name: string, bound: boolean): void {
    this.names ??= new Map();
    this.names.set(name, bound);
  }
}
