/**
 * The small expression language that each BEAM front end lowers into: what the partial evaluator and the call walker read.
 *
 * Pure data. `at` is an index into the file's span table (`FileFacts.spans`), given out in the order of lowering, so that two versions of
 * a file with equal structure have equal expressions and differ in their span tables only. Module names are BEAM atoms (`Elixir.Foo`).
 */

export type Expression =
  | AtomExpression
  | NumberExpression
  | TextExpression
  | TupleExpression
  | ListExpression
  | MapExpression
  | VariableExpression
  | AttributeExpression
  | SelfModuleExpression
  | CallExpression
  | ApplyExpression
  | FunctionExpression
  | FunctionReferenceExpression
  | MatchExpression
  | BlockExpression
  | BranchExpression
  | WithExpression
  | ComprehensionExpression
  | TryExpression
  | ReceiveExpression
  | OperatorExpression
  | ConcatExpression
  | FieldExpression
  | QuoteExpression
  | UnquoteExpression
  | UnknownExpression;

export interface AtomExpression {
  readonly k: "atom";
  readonly at: number;
  readonly value: string;
}

/** An integer (code points among them) or a float; integers above 2^53 lose precision, which no supervision tree minds. */
export interface NumberExpression {
  readonly k: "number";
  readonly at: number;
  readonly value: number;
}

/** A binary (`"…"`) or a charlist without interpolation. */
export interface TextExpression {
  readonly k: "text";
  readonly at: number;
  readonly value: string;
  readonly charlist: boolean;
}

export interface TupleExpression {
  readonly k: "tuple";
  readonly at: number;
  readonly items: readonly Expression[];
}

/** `[a, b | tail]`; keyword lists are lists of two-tuples with an atom first. */
export interface ListExpression {
  readonly k: "list";
  readonly at: number;
  readonly items: readonly Expression[];
  readonly tail: Expression | null;
}

/** `%{base | pairs}`, `%Struct{pairs}`, or a record. `struct` is the struct's module (an expression) or null. */
export interface MapExpression {
  readonly k: "map";
  readonly at: number;
  readonly struct: Expression | null;
  readonly base: Expression | null;
  readonly pairs: readonly (readonly [Expression, Expression])[];
}

/** A variable. In a pattern it binds, elsewhere it reads; `_` binds nothing. */
export interface VariableExpression {
  readonly k: "variable";
  readonly at: number;
  readonly name: string;
}

/** A module attribute or macro read (`@timeout`, `?TIMEOUT`). */
export interface AttributeExpression {
  readonly k: "attribute";
  readonly at: number;
  readonly name: string;
}

/** `__MODULE__` inside a quoted template: the module that uses the template. Elsewhere the front end writes the atom. */
export interface SelfModuleExpression {
  readonly k: "self_module";
  readonly at: number;
}

/** A call by name; `module` null means local or imported. A pipe is already written out. `nameAt` is the span of the name alone. */
export interface CallExpression {
  readonly k: "call";
  readonly at: number;
  readonly module: Expression | null;
  readonly name: string;
  readonly nameAt: number;
  readonly args: readonly Expression[];
}

/** A call of a function value: `fun.(x)`, `Fun(X)`. */
export interface ApplyExpression {
  readonly k: "apply";
  readonly at: number;
  readonly callee: Expression;
  readonly args: readonly Expression[];
}

/** An anonymous function; a capture `&f(&1, x)` is one with the parameters `&1`, `&2` … . `id` is unique in its file. */
export interface FunctionExpression {
  readonly k: "fn";
  readonly at: number;
  readonly id: number;
  /** The variable that is the function itself in its clauses: Erlang's `fun Loop(X) -> … Loop(Y) … end`. */
  readonly self?: string;
  readonly clauses: readonly Clause[];
}

/** `&Mod.fun/1`, `&fun/1`, `fun m:f/1`. */
export interface FunctionReferenceExpression {
  readonly k: "funref";
  readonly at: number;
  readonly module: Expression | null;
  readonly name: string;
  readonly arity: number;
}

export interface MatchExpression {
  readonly k: "match";
  readonly at: number;
  readonly pattern: Expression;
  readonly value: Expression;
  /** Of scripts: what gets the value is declared elsewhere. */
  readonly sets?: true;
}

export interface BlockExpression {
  readonly k: "block";
  readonly at: number;
  readonly items: readonly Expression[];
}

/**
 * `case`, `if`, `unless`, `cond`, Erlang's `case` and `if`. `case` has a subject and clauses of one pattern; `if`/`unless` have a subject and
 * two clauses without patterns (first: condition holds); `cond` has no subject, the condition of each clause is its guard.
 */
export interface BranchExpression {
  readonly k: "branch";
  readonly at: number;
  readonly form: "case" | "if" | "unless" | "cond";
  readonly subject: Expression | null;
  readonly clauses: readonly Clause[];
}

/** `with p <- e, x = y, do: body, else: clauses`; `steps` hold matches (`<-` and `=` alike) and bare expressions. */
export interface WithExpression {
  readonly k: "with";
  readonly at: number;
  readonly steps: readonly Expression[];
  readonly body: Expression;
  readonly otherwise: readonly Clause[];
}

/** A comprehension; a step with a pattern is a generator, one without a filter. `into` is its `:into` option or null. */
export interface ComprehensionExpression {
  readonly k: "for";
  readonly at: number;
  readonly steps: readonly { readonly pattern: Expression | null; readonly source: Expression }[];
  readonly body: Expression;
  readonly into: Expression | null;
}

export interface TryExpression {
  readonly k: "try";
  readonly at: number;
  readonly body: Expression;
  /** `rescue`, `catch` and `else` clauses. */
  readonly handlers: readonly Clause[];
  readonly after: Expression | null;
}

export interface ReceiveExpression {
  readonly k: "receive";
  readonly at: number;
  readonly clauses: readonly Clause[];
  /** The timeout and its body; null where there is none. */
  readonly timeout: Expression | null;
  readonly timeoutBody: Expression | null;
}

/** A built-in operator: `++`, `--`, `==`, `and`, `||`, `+`, `<>`, `..`, `in`, `!` …; one or two operands (three for `a..b//c`). `::` and `^` stay in patterns. */
export interface OperatorExpression {
  readonly k: "operator";
  readonly at: number;
  readonly operator: string;
  readonly operands: readonly Expression[];
}

/** A binary, charlist or atom put together from parts: `"a#{b}"`, `:"a_#{i}"`, `<<...>>`, sigils with interpolation. */
export interface ConcatExpression {
  readonly k: "concat";
  readonly at: number;
  readonly type: "binary" | "charlist" | "atom";
  readonly parts: readonly Expression[];
}

/** `base.name` without parentheses on something that is not a module name: a field of a map or struct, or `base[:name]` with `access`. */
export interface FieldExpression {
  readonly k: "field";
  readonly at: number;
  readonly base: Expression;
  readonly key: Expression;
  /** True for `base[key]`, which gives nil where the key is missing. */
  readonly access: boolean;
}

/** Quoted code: as a value it is a piece of a module (what `__using__` gives). */
export interface QuoteExpression {
  readonly k: "quote";
  readonly at: number;
  /** Index into `FileShape.templates`. */
  readonly template: number;
}

/** `unquote(value)` or `unquote_splicing(value)` inside a template. */
export interface UnquoteExpression {
  readonly k: "unquote";
  readonly at: number;
  readonly value: Expression;
  readonly splicing: boolean;
}

/** Something that the front end does not follow. `parts` are the expressions inside it, so that calls in them are still seen. */
export interface UnknownExpression {
  readonly k: "unknown";
  readonly at: number;
  readonly parts: readonly Expression[];
}

/** One clause of a function, `fn`, `case` …: parameters (patterns), guard, body. */
export interface Clause {
  readonly at: number;
  readonly params: readonly Expression[];
  readonly guard: Expression | null;
  readonly body: Expression;
}
