/** A function while its clauses come in, and then its facts: clauses that are left for later are lowered when somebody asks for them. */
import type { Clause, Expression } from "../../../model/expression.ts";
import type { FunctionFacts, Mentions } from "../../../model/facts.ts";
import type { Sketch } from "../ast.ts";
import { moduleAtom, type Scope } from "./scope.ts";

interface Deferred {
  readonly sketch: Sketch;
  /** Says which modules the names in the sketch mean. */
  readonly scope: Scope;
  /** Null for a head without a body. */
  readonly lower: () => Clause | null;
}

export class OpenFunction implements FunctionFacts {
  readonly name: string;
  readonly arity: number;
  readonly form: FunctionFacts["form"];
  readonly at: number;
  readonly nameAt: number;
  defaults: readonly (Expression | null)[] = [];
  private readonly read: Clause[] = [];
  private readonly deferred: Deferred[] = [];
  /** Both in the order of the source, until the first is asked for. */
  private waiting: (Clause | Deferred)[] | null = null;
  private names: Mentions | null = null;

  constructor(name: string, arity: number, form: FunctionFacts["form"], at: number, nameAt: number) {
    this.name = name;
    this.arity = arity;
    this.form = form;
    this.at = at;
    this.nameAt = nameAt;
  }

  add(clause: Clause): void {
    if (this.waiting === null) this.read.push(clause);
    else this.waiting.push(clause);
  }

  defer(deferred: Deferred): void {
    this.waiting ??= this.read.splice(0);
    this.waiting.push(deferred);
    this.deferred.push(deferred);
  }

  get clauses(): readonly Clause[] {
    const { waiting } = this;
    if (waiting === null) return this.read;
    this.waiting = null;
    for (const one of waiting) {
      const clause = "lower" in one ? one.lower() : one;
      if (clause !== null) this.read.push(clause);
    }
    return this.read;
  }

  get mentions(): Mentions | null {
    const all = this.waiting ?? this.read;
    if (this.names === null && this.deferred.length > 0 && all.length <= this.deferred.length)
      this.names = new SketchedMentions(this.deferred);
    return this.names;
  }
}

/** The sketches of all clauses; modules are expanded when somebody asks what is called, not only by which name. */
class SketchedMentions implements Mentions {
  readonly local: readonly string[];
  readonly remote: readonly string[];
  readonly computed: readonly string[];
  private readonly deferred: readonly Deferred[];
  private known: readonly string[] | null = null;

  constructor(deferred: readonly Deferred[]) {
    this.deferred = deferred;
    const [only] = deferred;
    const single = deferred.length === 1 && only !== undefined ? only.sketch : null;
    this.local = single?.local ?? deferred.flatMap(({ sketch }) => sketch.local);
    this.remote = single?.remote ?? deferred.flatMap(({ sketch }) => sketch.remote);
    this.computed = single?.computed ?? deferred.flatMap(({ sketch }) => sketch.computed);
  }

  get modules(): readonly string[] {
    this.known ??= this.deferred.flatMap(({ sketch, scope }) =>
      sketch.modules.map((written) => moduleAtom(written.startsWith(":") ? written : scope.expand(written))),
    );
    return this.known;
  }
}
