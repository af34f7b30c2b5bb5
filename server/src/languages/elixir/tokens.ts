/** What the lexer gives to the parser: kinds and flags of tokens. Plain numbers, so that a token costs ten bytes and no object. */

export const EOF = 0;
/** An identifier; also an operator or a word where a function's name is meant (`&+/2`, `Kernel.+`, `x.end`). */
export const IDENT = 1;
/** An identifier with `(` directly after it. */
export const IDENT_PAREN = 2;
/** An identifier with `[` directly after it. */
export const IDENT_BRACKET = 3;
export const ALIAS = 4;
export const ATOM = 5;
/** `key:`, the colon is part of the token. */
export const KEYWORD = 6;
export const INTEGER = 7;
export const FLOAT = 8;
export const CHAR = 9;
/** `true`, `false`, `nil`. */
export const LITERAL = 10;

// A string without interpolation is one token. With interpolation it is: one of these with the flag INTERPOLATED (the opening
// delimiter only), then TEXT and INTERPOLATION_OPEN … INTERPOLATION_CLOSE in any order, then STRING_END (with a sigil's modifiers).
export const STRING = 11;
export const CHARLIST = 12;
export const HEREDOC = 13;
export const CHARLIST_HEREDOC = 14;
export const SIGIL = 15;
export const QUOTED_ATOM = 16;
export const QUOTED_KEYWORD = 17;
export const TEXT = 18;
export const INTERPOLATION_OPEN = 19;
export const INTERPOLATION_CLOSE = 20;
export const STRING_END = 21;

export const PAREN_OPEN = 22;
export const PAREN_CLOSE = 23;
export const BRACKET_OPEN = 24;
export const BRACKET_CLOSE = 25;
export const BRACE_OPEN = 26;
export const BRACE_CLOSE = 27;
export const BITS_OPEN = 28;
export const BITS_CLOSE = 29;
/** `%{`. */
export const MAP_OPEN = 30;
/** The `%` of a struct. */
export const PERCENT = 31;
export const COMMA = 32;
export const SEMICOLON = 33;
export const DOT = 34;

export const FN = 35;
export const DO = 36;
export const END = 37;
/** `else`, `rescue`, `catch`, `after`. */
export const SECTION = 38;
/** `->`. */
export const ARROW = 39;
/** `=>`. */
export const ASSOC = 40;

// Prefix operators. DUAL (`+`, `-`) is binary too.
export const AT = 41;
export const UNARY = 42;
export const NOT = 43;
export const CAPTURE = 44;
export const ELLIPSIS = 45;
export const DUAL = 46;

// Binary operators, named as in Elixir's own grammar (elixir_parser.yrl).
export const IN_MATCH = 47;
export const WHEN = 48;
export const TYPE = 49;
export const PIPE = 50;
export const MATCH = 51;
export const OR = 52;
export const AND = 53;
export const COMPARE = 54;
export const RELATION = 55;
export const PIPELINE = 56;
/** `in`, and `not in` as one token. */
export const IN = 57;
export const XOR = 58;
/** `//`. */
export const STEP = 59;
export const CONCAT = 60;
export const RANGE = 61;
export const MULTIPLY = 62;
export const POWER = 63;

/** A character that starts nothing in Elixir. */
export const UNKNOWN = 64;
export const KINDS = 65;

/** Flag: a line break stands before the token (outside of brackets it ends an expression). */
export const NEWLINE_BEFORE = 1;
/** Flag of `+` and `-`: `foo -1`, an argument for the identifier before it rather than a subtraction. */
export const SIGNED_ARGUMENT = 2;
/** Flag of an identifier: its name stands in quotes (`Foo."bar baz"`). */
export const QUOTED = 4;
/** Flag of a string: it has interpolation and goes on in the following tokens. */
export const INTERPOLATED = 8;
/** Flag of a string or text: it has backslashes. */
export const ESCAPED = 16;
/** Flag of a string: the end of the file, or of the line that it was cut off at, came before its terminator. */
export const UNTERMINATED = 32;

/**
 * The tokens of one source. The arrays are shared by all calls of `tokenize` and only valid until the next one: read them, do not keep them.
 * Token `count - 1` is EOF.
 */
export interface TokenStream {
  readonly source: string;
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly flags: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Comments: `start` at `2 * n`, `end` at `2 * n + 1`. */
  readonly comments: Int32Array;
  readonly commentCount: number;
}
