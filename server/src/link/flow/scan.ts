/**
 * One cheap walk over a function: its call sites, its anonymous functions, and what is in scope at each site.
 *
 * Pure and local to the function's own source: nothing is resolved or evaluated, so that a relink scans only what an edit replaced.
 */
import type {
  ApplyExpression,
  BranchExpression,
  CallExpression,
  Clause,
  ComprehensionExpression,
  Expression,
  FunctionExpression,
  FunctionReferenceExpression,
  ReceiveExpression,
  TryExpression,
  WithExpression,
} from "../../model/expression.ts";
import type { FunctionFacts } from "../../model/facts.ts";
import { visitExpression } from "../visit.ts";
import { bindsAny } from "./patterns.ts";

/** A clause of the function, or an anonymous function in it. */
export interface Unit {
  readonly parent: Unit | null;
  /** Null for a clause of the function itself. */
  readonly fn: FunctionExpression | null;
  /** The clause of the function that it stands in. */
  readonly clause: number;
}

/**
 * One pattern that was matched, and everything matched before it. `source` is the expression that it was matched with, to be read in `prev`;
 * null for parameters (`index` of the function, or -1 for what nothing is known of: parameters of anonymous functions, messages received).
 */
export interface Link {
  readonly prev: Link | null;
  readonly unit: Unit;
  readonly pattern: Expression;
  readonly source: Expression | null;
  readonly index: number;
}

/** A clause of a `case`, `try` or the like around a site, and what is around that. */
export interface Under {
  readonly prev: Under | null;
  readonly e: BranchExpression | WithExpression | ComprehensionExpression | TryExpression | ReceiveExpression;
  /** Which clause; -1 for the body of a `try` or of a comprehension. */
  readonly clause: number;
  /** What its subject is read in. */
  readonly scope: Link | null;
}

/** How the callee is named: `local` by name alone, `module` by an atom, `computed` by some other expression, `value` a function value. */
export type Reach = "local" | "module" | "computed" | "value" | "receive";

export interface Site {
  readonly e: CallExpression | ApplyExpression | FunctionReferenceExpression | ReceiveExpression;
  readonly reach: Reach;
  /** `name/arity`, behind the module's atom and a dot where that is known; empty for `value` and `receive`. */
  readonly key: string;
  readonly unit: Unit;
  readonly scope: Link | null;
  /** True where it is run once for each element of a collection. */
  readonly each: boolean;
  /** True behind a `try`: in its `after`, or where it catches. */
  readonly behind: boolean;
  /** True in the arguments of `Logger.debug`, a macro: they are computed only where that level is on. */
  readonly debug: boolean;
  readonly under: Under | null;
}

export interface Scan {
  readonly sites: readonly Site[];
  readonly units: ReadonlyMap<FunctionExpression, Unit>;
  /** Anonymous functions that are put into data or given back: who runs them is not said here. */
  readonly escaping: ReadonlySet<FunctionExpression>;
  /** Of functions and references that are arguments: the key of the call that gets them. */
  readonly hosts: ReadonlyMap<Expression, string>;
  /** By clause: what its parameters bind. */
  readonly clauses: readonly (Link | null)[];
  /** By clause: what holds at the end of its body. */
  readonly ends: readonly (Link | null)[];
}

// Most functions have none of these.
const NO_UNITS: Scan["units"] = new Map();
const NO_HOSTS: Scan["hosts"] = new Map();
const NONE_ESCAPING: Scan["escaping"] = new Set();

/** Functions that run the function they are given once for each element, where what it gives for one is nothing to the next. */
const loops: ReadonlySet<string> = new Set([
  ...["map", "each", "flat_map", "filter", "reject", "map_join", "group_by"].map((name) => `Elixir.Enum.${name}`),
  "Elixir.Map.new",
  ...["map", "foreach", "flatmap", "filtermap", "filter"].map((name) => `lists.${name}`),
  ...["map", "foreach", "filtermap"].map((name) => `maps.${name}`),
]);

const scans = new WeakMap<FunctionFacts, Scan>();

/** The scan of a function; kept as long as its facts are. */
export function scanFunction(facts: FunctionFacts): Scan {
  let scan = scans.get(facts);
  if (scan === undefined) {
    scan = new Scanner().scan(facts.clauses);
    scans.set(facts, scan);
  }
  return scan;
}

class Scanner {
  private readonly sites: Site[] = [];
  private units: Map<FunctionExpression, Unit> | null = null;
  private readonly clauses: (Link | null)[] = [];
  private readonly ends: (Link | null)[] = [];
  private escaping: Set<FunctionExpression> | null = null;
  private hosts: Map<Expression, string> | null = null;
  private readonly named: { readonly fn: FunctionExpression; readonly name: string }[] = [];
  private scope: Link | null = null;
  private each = false;
  private behind = false;
  private debug = false;
  private under: Under | null = null;
  private unit: Unit = { parent: null, fn: null, clause: 0 };

  scan(clauses: readonly Clause[]): Scan {
    for (let i = 0; i < clauses.length; i++) {
      const clause = clauses[i]!;
      this.unit = { parent: null, fn: null, clause: i };
      this.scope = null;
      for (let p = 0; p < clause.params.length; p++) this.bind(clause.params[p]!, null, p);
      this.clauses.push(this.scope);
      this.walk(clause.body);
      this.ends.push(this.scope);
      this.escape(resultOf(clause.body));
      for (const { fn, name } of this.named) if (isUsedAsData(clause.body, name)) (this.escaping ??= new Set()).add(fn);
      this.named.length = 0;
    }
    const { sites, units, escaping, hosts, clauses: starts, ends } = this;
    return { sites, units: units ?? NO_UNITS, escaping: escaping ?? NONE_ESCAPING, hosts: hosts ?? NO_HOSTS, clauses: starts, ends };
  }

  private bind(pattern: Expression, source: Expression | null, index: number): void {
    if (bindsAny(pattern)) this.scope = { prev: this.scope, unit: this.unit, pattern, source, index };
  }

  private walkAll(expressions: readonly Expression[]): void {
    for (let i = 0; i < expressions.length; i++) this.walk(expressions[i]!);
  }

  private walk(e: Expression): void {
    switch (e.k) {
      case "call":
        return this.walkCall(e);
      case "block":
        return this.walkAll(e.items);
      case "tuple":
      case "list":
        for (const item of e.items) this.walkData(item);
        if (e.k === "list" && e.tail) this.walk(e.tail);
        return;
      case "map":
        if (e.base) this.walk(e.base);
        for (const pair of e.pairs) {
          this.walk(pair[0]);
          this.walkData(pair[1]);
        }
        return;
      case "match":
        this.walk(e.value);
        if (e.value.k === "fn" && e.pattern.k === "variable") this.named.push({ fn: e.value, name: e.pattern.name });
        return this.bind(e.pattern, e.value, -1);
      case "branch":
        if (e.subject) this.walk(e.subject);
        return this.walkClauses(e.clauses, e.form === "case" ? e.subject : null, e);
      case "operator":
        return this.walkAll(e.operands);
      case "concat":
      case "unknown":
        return this.walkAll(e.parts);
      case "field":
        return this.walk(e.base);
      case "fn":
        return this.walkFunction(e);
      case "funref":
        return this.walkReference(e);
      case "apply":
        if (e.callee.k !== "variable") this.walk(e.callee);
        this.walkAll(e.args);
        this.see(e, "value", "");
        return;
      default:
        this.walkControl(e);
    }
  }

  private walkControl(e: Expression): void {
    const before = this.scope;
    switch (e.k) {
      case "with":
        this.walkAll(e.steps);
        this.walk(e.body);
        this.scope = before;
        return this.walkClauses(e.otherwise, null, e);
      case "for":
        for (const step of e.steps) {
          this.walk(step.source);
          if (step.pattern) this.bind(step.pattern, null, -1);
        }
        this.walkEach(() => this.walkUnder(e.body, e));
        break;
      case "try":
        this.walkUnder(e.body, e);
        this.scope = before;
        this.walkBehind(e);
        break;
      case "receive":
        this.see(e, "receive", "");
        this.walkClauses(e.clauses, null, e);
        if (e.timeout) this.walk(e.timeout);
        if (e.timeoutBody) this.walk(e.timeoutBody);
        break;
    }
    this.scope = before;
  }

  private see(e: Site["e"], reach: Reach, key: string): void {
    const { unit, scope, each, behind, debug, under } = this;
    this.sites.push({ e, reach, key, unit, scope, each, behind, debug, under });
  }

  private walkCall(e: CallExpression): void {
    const { module } = e;
    const name = `${e.name}/${e.args.length}`;
    this.host(e, module?.k === "atom" ? `${module.value}.${name}` : name);
    if (module === null) {
      this.walkAll(e.args);
      this.see(e, "local", name);
    } else if (module.k === "atom") {
      if (loops.has(`${module.value}.${e.name}`)) this.walkLoop(e.args);
      else if (module.value === "Elixir.Logger" && e.name === "debug") this.walkDebug(e.args);
      else this.walkAll(e.args);
      this.see(e, "module", `${module.value}.${name}`);
    } else {
      if (module.k !== "variable") this.walk(module);
      this.walkAll(e.args);
      this.see(e, "computed", name);
    }
  }

  private walkBehind(e: TryExpression): void {
    const { handlers, after } = e;
    const outer = this.behind;
    this.behind = true;
    this.walkClauses(handlers, null, e);
    if (after) this.walk(after);
    this.behind = outer;
  }

  private walkLoop(args: readonly Expression[]): void {
    for (const arg of args) {
      if (arg.k === "fn" || arg.k === "funref") this.walkEach(() => this.walk(arg));
      else this.walk(arg);
    }
  }

  private walkDebug(args: readonly Expression[]): void {
    const outer = this.debug;
    this.debug = true;
    this.walkAll(args);
    this.debug = outer;
  }

  private walkEach(walk: () => void): void {
    const outer = this.each;
    this.each = true;
    walk();
    this.each = outer;
  }

  private host(e: CallExpression, key: string): void {
    for (const arg of e.args) {
      if (arg.k === "fn" || arg.k === "funref") (this.hosts ??= new Map()).set(arg, key);
      else if (arg.k === "variable" && this.named.length > 0)
        for (const { fn, name } of this.named) if (name === arg.name) (this.hosts ??= new Map()).set(fn, key);
    }
  }

  private walkReference(e: FunctionReferenceExpression): void {
    const name = `${e.name}/${e.arity}`;
    const reach = e.module === null ? "local" : e.module.k === "atom" ? "module" : "computed";
    const key = e.module?.k === "atom" ? `${e.module.value}.${name}` : name;
    this.see(e, reach, key);
  }

  /** Clauses of `case` (one pattern each, matched with `subject`) or of anything else (patterns of which nothing is known). */
  private walkClauses(clauses: readonly Clause[], subject: Expression | null, around: Under["e"] | null): void {
    const before = this.scope;
    const outer = this.under;
    for (let i = 0; i < clauses.length; i++) {
      const clause = clauses[i]!;
      if (around !== null) this.under = { prev: outer, e: around, clause: i, scope: before };
      for (const param of clause.params) this.bind(param, clause.params.length === 1 ? subject : null, -1);
      if (clause.guard && clause.params.length === 0) this.walk(clause.guard);
      this.walk(clause.body);
      this.scope = before;
    }
    this.under = outer;
  }

  private walkUnder(body: Expression, e: Under["e"]): void {
    const outer = this.under;
    this.under = { prev: outer, e, clause: -1, scope: this.scope };
    this.walk(body);
    this.under = outer;
  }

  private escape(e: Expression): void {
    if (e.k === "fn") (this.escaping ??= new Set()).add(e);
  }

  /** An element of a tuple, list or map: a function in it is handed out, not run here. */
  private walkData(e: Expression): void {
    if (e.k === "funref") return;
    this.escape(e);
    this.walk(e);
  }

  private walkFunction(e: FunctionExpression): void {
    const { unit, scope } = this;
    this.unit = { parent: unit, fn: e, clause: unit.clause };
    (this.units ??= new Map()).set(e, this.unit);
    this.walkClauses(e.clauses, null, null);
    this.unit = unit;
    this.scope = scope;
  }
}

/** The last expression of a body. */
function resultOf(body: Expression): Expression {
  return body.k === "block" ? (body.items.at(-1) ?? body) : body;
}

/** Whether a variable of that name is put into a tuple, list or map, or is the body's result. */
function isUsedAsData(body: Expression, name: string): boolean {
  const is = (e: Expression | null | undefined): boolean => e?.k === "variable" && e.name === name;
  let found = is(resultOf(body));
  visitExpression(body, (e) => {
    if (found) return;
    if (e.k === "tuple" || e.k === "list") found = e.items.some(is);
    else if (e.k === "map") found = e.pairs.some((pair) => is(pair[1]));
  });
  return found;
}
