/**
 * Erlang's syntax tree before preprocessing: plain objects with spans. Macros are nodes of their own wherever they stand.
 *
 * Pure data. `start` and `end` are UTF-16 offsets, `end` exclusive. Broken source gives the forms that are left, never an exception.
 */

export interface Base {
  readonly start: number;
  readonly end: number;
}

export type Node =
  | AtomNode
  | VariableNode
  | NumberNode
  | StringNode
  | TupleNode
  | ListNode
  | ComprehensionNode
  | MapNode
  | RecordNode
  | RecordFieldNode
  | BinaryNode
  | SegmentNode
  | CallNode
  | RemoteNode
  | OperatorNode
  | UnaryNode
  | CatchNode
  | BlockNode
  | CaseNode
  | IfNode
  | ReceiveNode
  | TryNode
  | MaybeNode
  | FunNode
  | FunctionReferenceNode
  | MacroNode
  | GeneratorNode
  | ClauseNode
  | BrokenNode;

export interface AtomNode extends Base {
  readonly kind: "atom";
  readonly value: string;
}

export interface VariableNode extends Base {
  readonly kind: "variable";
  readonly name: string;
}

/** An integer, a float or a character. */
export interface NumberNode extends Base {
  readonly kind: "number";
  readonly value: number;
}

/** Strings that stand side by side are one. A part that is a node is a macro among them. */
export interface StringNode extends Base {
  readonly kind: "string";
  readonly parts: readonly (string | Node)[];
  /** True for sigils and triple quotes that make binaries. */
  readonly binary: boolean;
}

export interface TupleNode extends Base {
  readonly kind: "tuple";
  readonly items: readonly Node[];
}

export interface ListNode extends Base {
  readonly kind: "list";
  readonly items: readonly Node[];
  readonly tail: Node | null;
}

/** `[E || …]`, `<<E || …>>`, `#{K => V || …}`; the body of the last is a generator-like pair in `value`. */
export interface ComprehensionNode extends Base {
  readonly kind: "comprehension";
  readonly of: "list" | "binary" | "map";
  readonly body: Node;
  readonly value: Node | null;
  readonly steps: readonly Node[];
}

/** `#{K => V}`, `M#{K := V}`. */
export interface MapNode extends Base {
  readonly kind: "map";
  readonly base: Node | null;
  readonly pairs: readonly (readonly [Node, Node])[];
}

/** `#name{field = V}`, `R#name{…}`. Fields as written: matches, or macros. */
export interface RecordNode extends Base {
  readonly kind: "record";
  readonly base: Node | null;
  readonly name: Node;
  readonly fields: readonly Node[];
}

/** `R#name.field`, `#name.field` (its position; `base` null). */
export interface RecordFieldNode extends Base {
  readonly kind: "record_field";
  readonly base: Node | null;
  readonly name: Node;
  readonly field: Node;
}

export interface BinaryNode extends Base {
  readonly kind: "binary";
  readonly segments: readonly Node[];
}

export interface SegmentNode extends Base {
  readonly kind: "segment";
  readonly value: Node;
  readonly size: Node | null;
}

export interface CallNode extends Base {
  readonly kind: "call";
  readonly callee: Node;
  readonly args: readonly Node[];
}

export interface RemoteNode extends Base {
  readonly kind: "remote";
  readonly module: Node;
  readonly name: Node;
}

/** Binary operators, `=`, `?=` and `!` among them. */
export interface OperatorNode extends Base {
  readonly kind: "operator";
  readonly operator: string;
  readonly left: Node;
  readonly right: Node;
}

export interface UnaryNode extends Base {
  readonly kind: "unary";
  readonly operator: string;
  readonly operand: Node;
}

export interface CatchNode extends Base {
  readonly kind: "catch";
  readonly body: Node;
}

export interface BlockNode extends Base {
  readonly kind: "block";
  readonly items: readonly Node[];
}

export interface CaseNode extends Base {
  readonly kind: "case";
  readonly subject: Node;
  readonly clauses: readonly ClauseNode[];
}

export interface IfNode extends Base {
  readonly kind: "if";
  readonly clauses: readonly ClauseNode[];
}

export interface ReceiveNode extends Base {
  readonly kind: "receive";
  readonly clauses: readonly ClauseNode[];
  readonly timeout: Node | null;
  readonly timeoutBody: readonly Node[];
}

export interface TryNode extends Base {
  readonly kind: "try";
  readonly body: readonly Node[];
  readonly of: readonly ClauseNode[];
  readonly catches: readonly ClauseNode[];
  readonly after: readonly Node[];
}

export interface MaybeNode extends Base {
  readonly kind: "maybe";
  readonly body: readonly Node[];
  readonly otherwise: readonly ClauseNode[];
}

/** `fun (X) -> … end`, also with a name. */
export interface FunNode extends Base {
  readonly kind: "fun";
  readonly name: string | null;
  readonly clauses: readonly ClauseNode[];
}

/** `fun F/A`, `fun M:F/A`. */
export interface FunctionReferenceNode extends Base {
  readonly kind: "function_reference";
  readonly module: Node | null;
  readonly name: Node;
  readonly arity: Node;
}

/** `?NAME` (`args` null), `?NAME(a, b)`. `??ARG` is one with the name `?ARG`. */
export interface MacroNode extends Base {
  readonly kind: "macro";
  readonly name: string;
  readonly args: readonly Node[] | null;
}

/** `Pattern <- Source`; `key` for `K := V <- Map`. */
export interface GeneratorNode extends Base {
  readonly kind: "generator";
  /** Whether `&&` stands before it: it goes on together with the step before. */
  readonly zipped: boolean;
  readonly pattern: Node;
  readonly value: Node | null;
  readonly source: Node;
}

/**
 * A clause of a function, `fun`, `case` … . `params` are patterns (of a `case` one, of an `if` none); `guard` holds alternatives of conjunctions.
 * Also an argument of a macro that is a clause.
 */
export interface ClauseNode extends Base {
  readonly kind: "clause";
  readonly params: readonly Node[];
  readonly guard: readonly (readonly Node[])[] | null;
  readonly body: readonly Node[];
}

/** Something in a macro's arguments that is no expression: an operator, a reserved word, nothing. */
export interface BrokenNode extends Base {
  readonly kind: "broken";
}

export type Form = FunctionForm | OutlineForm | AttributeForm | DefineForm | ConditionForm | MacroForm | TermForm;

/** One clause of a function; the clauses of one function are forms in a row. `cut`: the form is broken, what stands before that is kept. */
export interface FunctionForm extends Base {
  readonly kind: "function";
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly clause: ClauseNode;
  readonly cut: boolean;
  /** True for the clause after which the function ends with a full stop. */
  readonly last: boolean;
}

/** A function in an outline: its clauses are parsed when they are first asked for. `end` is that of its first clause. */
export interface OutlineForm extends Base {
  readonly kind: "outline";
  readonly name: string;
  readonly nameEnd: number;
  readonly arity: number;
  /** Names that it may call or refer to. */
  readonly mayCall: readonly string[];
  readonly clauses: () => readonly FunctionForm[];
}

/** `-name(args).`; types, specifications and callbacks have no arguments here, since nothing looks into them. */
export interface AttributeForm extends Base {
  readonly kind: "attribute";
  readonly name: string;
  readonly args: readonly Node[];
}

/** `-define(NAME, body).`, `-define(NAME(A, B), body).`; `body` null where it is no expression. */
export interface DefineForm extends Base {
  readonly kind: "define";
  readonly name: string;
  readonly nameStart: number;
  readonly params: readonly string[] | null;
  readonly body: Node | null;
}

/** `-ifdef(NAME).` and its like. */
export interface ConditionForm extends Base {
  readonly kind: "condition";
  readonly directive: "ifdef" | "ifndef" | "if" | "elif" | "else" | "endif" | "undef";
  /** The macro that is asked for, or null. */
  readonly name: string | null;
}

/** A macro that stands for a whole form. */
export interface MacroForm extends Base {
  readonly kind: "macro_form";
  readonly macro: MacroNode;
}

/** A term with a full stop, as `.app.src` and `rebar.config` have them. */
export interface TermForm extends Base {
  readonly kind: "term";
  readonly term: Node;
}

export interface SyntaxProblem extends Base {
  readonly message: string;
}

/** A comment with its `%`. */
export interface Comment extends Base {
  readonly text: string;
}

export interface SyntaxTree {
  readonly forms: readonly Form[];
  readonly comments: readonly Comment[];
  readonly problems: readonly SyntaxProblem[];
}
