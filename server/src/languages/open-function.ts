/** A function while its clauses come in, and then its facts: clauses that are left for later are lowered when somebody asks for them. */
import type { Clause, Expression } from "../model/expression.ts";
import type { FunctionFacts } from "../model/facts.ts";

interface Deferred {
  readonly mayCall: readonly string[];
  /** None for a head without a body. */
  readonly lower: () => readonly Clause[];
}

export class OpenFunction implements FunctionFacts {
  readonly name: string;
  readonly arity: number;
  readonly form: FunctionFacts["form"];
  readonly at: number;
  readonly nameAt: number;
  readonly forTests: boolean;
  defaults: readonly (Expression | null)[] = [];
  private read: Clause[] = [];
  /** Both in the order of the source, until the first is asked for. */
  private waiting: (Clause | Deferred)[] | null = null;

  constructor(name: string, arity: number, form: FunctionFacts["form"], at: number, nameAt: number, forTests = false) {
    this.name = name;
    this.arity = arity;
    this.form = form;
    this.at = at;
    this.nameAt = nameAt;
    this.forTests = forTests;
  }

  add(clause: Clause): void {
    if (this.waiting !== null) this.waiting.push(clause);
    // Most functions have one clause, and an array that grows has room for seventeen.
    else if (this.read.length === 0) this.read = [clause];
    else this.read.push(clause);
  }

  defer(deferred: Deferred): void {
    this.waiting ??= this.read.splice(0);
    this.waiting.push(deferred);
  }

  get clauses(): readonly Clause[] {
    const { waiting } = this;
    if (waiting === null) return this.read;
    this.waiting = null;
    for (const one of waiting) {
      if ("lower" in one) this.read.push(...one.lower());
      else this.read.push(one);
    }
    return this.read;
  }

  get mayCall(): readonly string[] | null {
    const { waiting } = this;
    if (waiting === null) return null;
    const [first] = waiting;
    if (waiting.length === 1 && first !== undefined && "lower" in first) return first.mayCall;
    return waiting.every((one) => "lower" in one) ? waiting.flatMap((one) => ("lower" in one ? one.mayCall : [])) : null;
  }
}
