/**
 * Elixir's syntax tree: plain objects with spans, close to what Elixir's own parser gives (`Code.string_to_quoted/2`),
 * but with the forms that the quoted format hides (aliases, keyword pairs, `do` blocks, clauses) kept apart.
 *
 * Pure data. `start` and `end` are UTF-16 offsets, `end` exclusive. Broken source gives `Broken` nodes, never an exception.
 */

export type Node =
  | AtomNode
  | NumberNode
  | CharNode
  | StringNode
  | SigilNode
  | AliasNode
  | VarNode
  | CallNode
  | ApplyNode
  | OperatorNode
  | UnaryNode
  | AccessNode
  | ListNode
  | TupleNode
  | MapNode
  | BitstringNode
  | PairNode
  | FnNode
  | StabNode
  | BlockNode
  | CaptureArgNode
  | BrokenNode;

interface Base {
  readonly start: number;
  readonly end: number;
}

/** `:foo`, `true`, `nil`, `:"quoted"`, and the key of a keyword pair. `value` is the atom's text, without colon or quotes. */
export interface AtomNode extends Base {
  readonly kind: "atom";
  readonly value: string;
}

/** An integer or a float. `text` is the literal as written, `value` its number, or the text without `_` of an integer above 2^53. */
export interface NumberNode extends Base {
  readonly kind: "integer" | "float";
  readonly text: string;
  readonly value: number | string;
}

/** `?a`: `value` is the code point. */
export interface CharNode extends Base {
  readonly kind: "char";
  readonly value: number;
}

/**
 * A string, charlist, heredoc of either, or a quoted atom with interpolation (`:"a#{b}"`, `"a#{b}": 1`).
 * `parts` are texts (escapes decoded, heredoc indentation removed) and interpolated expressions in order.
 */
export interface StringNode extends Base {
  readonly kind: "string" | "charlist" | "quoted_atom";
  readonly parts: readonly (string | Node)[];
}

/** `~r/…/i`: `name` without the tilde; `parts` as in a string (uppercase sigils are one raw text), `modifiers` as written. */
export interface SigilNode extends Base {
  readonly kind: "sigil";
  readonly name: string;
  readonly parts: readonly (string | Node)[];
  readonly modifiers: string;
}

/** `Foo.Bar`: `name` is `"Foo.Bar"` and `base` null; for `__MODULE__.Bar`, `@attr.Bar` or `var.Bar`, `base` is what comes before and `name` is `"Bar"`. */
export interface AliasNode extends Base {
  readonly kind: "alias";
  readonly name: string;
  readonly base: Node | null;
}

/** An identifier that is neither called with parentheses nor given arguments: a variable or a call without arguments (`__MODULE__` among them). */
export interface VarNode extends Base {
  readonly kind: "var";
  readonly name: string;
}

/**
 * A call by name. `target` is null for a local call (`foo(1)`, `foo 1`, `def x do … end`), else what is left of the dot (`Foo.bar(1)`, `x.y`).
 * `args` holds the arguments as written; a trailing keyword list without brackets is one `ListNode` with `bracketed: false`.
 * The `do` block, if any, is in `block`, not in `args`. `parens` tells whether parentheses were written. `nameStart` is where `name` begins.
 */
export interface CallNode extends Base {
  readonly kind: "call";
  readonly target: Node | null;
  readonly name: string;
  readonly nameStart: number;
  readonly args: readonly Node[];
  readonly parens: boolean;
  readonly block: DoBlock | null;
}

/** `fun.(1, 2)`. */
export interface ApplyNode extends Base {
  readonly kind: "apply";
  readonly callee: Node;
  readonly args: readonly Node[];
  readonly block: DoBlock | null;
}

/** A binary operator (`|>`, `=`, `::`, `when`, `<-`, `\\`, `not in`, `..` …); `a..b//c` is `//` over `..`; `operatorStart` is where the operator stands. */
export interface OperatorNode extends Base {
  readonly kind: "operator";
  readonly operator: string;
  readonly left: Node;
  readonly right: Node;
  readonly operatorStart: number;
}

/** A prefix operator: `@`, `&`, `!`, `^`, `not`, `-`, `+`, `~~~`, `...`. `@foo bar` is `@` over the call `foo bar`. */
export interface UnaryNode extends Base {
  readonly kind: "unary";
  readonly operator: string;
  readonly operand: Node;
}

/** `base[key]`. */
export interface AccessNode extends Base {
  readonly kind: "access";
  readonly base: Node;
  readonly key: Node;
}

/** `[…]`; a keyword list is a list of `PairNode`s. `bracketed` is false for the bare keywords at the end of a call. `[h | t]` has one `|` operator last. */
export interface ListNode extends Base {
  readonly kind: "list";
  readonly items: readonly Node[];
  readonly bracketed: boolean;
}

export interface TupleNode extends Base {
  readonly kind: "tuple";
  readonly items: readonly Node[];
}

/** `%{}`, `%Foo{}`, `%{base | …}`. `struct` is the name (alias, variable, pin …) or null; `base` the map that is updated, or null; `pairs` in order (a lone expression stays as it is). */
export interface MapNode extends Base {
  readonly kind: "map";
  readonly struct: Node | null;
  readonly base: Node | null;
  readonly pairs: readonly Node[];
}

export interface BitstringNode extends Base {
  readonly kind: "bitstring";
  readonly items: readonly Node[];
}

/** `key: value` (`keyword: true`, the key is an atom or a quoted atom) or `key => value`. */
export interface PairNode extends Base {
  readonly kind: "pair";
  readonly key: Node;
  readonly value: Node;
  readonly keyword: boolean;
}

export interface FnNode extends Base {
  readonly kind: "fn";
  readonly clauses: readonly StabNode[];
}

/** One clause `params when guard -> body`. `params` as written between `fn`/newline and `->`, `guard` null where there is none. */
export interface StabNode extends Base {
  readonly kind: "stab";
  readonly params: readonly Node[];
  readonly guard: Node | null;
  readonly body: Node;
}

/** Several expressions in a row, also `( a; b )`; an empty body is a block without items. */
export interface BlockNode extends Base {
  readonly kind: "block";
  readonly items: readonly Node[];
}

/** `&1`. */
export interface CaptureArgNode extends Base {
  readonly kind: "capture_arg";
  readonly index: number;
}

/** Source that could not be understood; `items` are the parts of it that could. */
export interface BrokenNode extends Base {
  readonly kind: "broken";
  readonly items: readonly Node[];
}

/** `do … rescue … else … end`: sections in the order of the source, the first is `do`. */
export interface DoBlock extends Base {
  /** In an outline, those of a definition are parsed when they are first asked for. */
  readonly sections: readonly DoSection[];
}

/** One section: either clauses (`case x do p -> b end`) or a body; the other is null or empty. A body of one expression is that expression, else a block. */
export interface DoSection extends Base {
  readonly name: "do" | "else" | "rescue" | "catch" | "after";
  readonly clauses: readonly StabNode[];
  readonly body: Node | null;
}

/** A mistake in the source, with where it stands and one sentence about it. */
export interface SyntaxProblem extends Base {
  readonly message: string;
}

/** A comment with its `#`; the lowering looks for suppressions in it. */
export interface Comment extends Base {
  readonly text: string;
}

/** What the parser gives for one file. `root` always covers the whole file, whatever is wrong with it. */
export interface SyntaxTree {
  readonly root: BlockNode;
  /** Of a tree in outline: the names that the code of each definition may call which may be read later, by where the definition starts. */
  readonly outlined: ReadonlyMap<number, readonly string[]>;
  readonly comments: readonly Comment[];
  readonly problems: readonly SyntaxProblem[];
}
