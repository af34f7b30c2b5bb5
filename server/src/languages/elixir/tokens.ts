/**
 * What the lexer gives to the parser: kinds and flags of tokens. Plain numbers, so that a token costs ten bytes and no object.
 * Their type is `number` and not the literal: the parser's current kind changes under the checker's eyes.
 */

export const EOF: number = 0;
/** An identifier; also an operator or a word where a function's name is meant (`&+/2`, `Kernel.+`, `x.end`). */
export const IDENT: number = 1;
/** An identifier with `(` directly after it. */
export const IDENT_PAREN: number = 2;
/** An identifier with `[` directly after it. */
export const IDENT_BRACKET: number = 3;
export const ALIAS: number = 4;
export const ATOM: number = 5;
/** `key:`, the colon is part of the token. */
export const KEYWORD: number = 6;
export const INTEGER: number = 7;
export const FLOAT: number = 8;
export const CHAR: number = 9;
/** `true`, `false`, `nil`. */
export const LITERAL: number = 10;

// A string without interpolation is one token. With interpolation it is: one of these with the flag INTERPOLATED (the opening
// delimiter only), then TEXT and INTERPOLATION_OPEN … INTERPOLATION_CLOSE in any order, then STRING_END (with a sigil's modifiers).
export const STRING: number = 11;
export const CHARLIST: number = 12;
export const HEREDOC: number = 13;
export const CHARLIST_HEREDOC: number = 14;
export const SIGIL: number = 15;
export const QUOTED_ATOM: number = 16;
export const QUOTED_KEYWORD: number = 17;
export const TEXT: number = 18;
export const INTERPOLATION_OPEN: number = 19;
export const INTERPOLATION_CLOSE: number = 20;
export const STRING_END: number = 21;

export const PAREN_OPEN: number = 22;
export const PAREN_CLOSE: number = 23;
export const BRACKET_OPEN: number = 24;
export const BRACKET_CLOSE: number = 25;
export const BRACE_OPEN: number = 26;
export const BRACE_CLOSE: number = 27;
export const BITS_OPEN: number = 28;
export const BITS_CLOSE: number = 29;
/** `%{`. */
export const MAP_OPEN: number = 30;
/** The `%` of a struct. */
export const PERCENT: number = 31;
export const COMMA: number = 32;
export const SEMICOLON: number = 33;
export const DOT: number = 34;

export const FN: number = 35;
export const DO: number = 36;
export const END: number = 37;
/** `else`, `rescue`, `catch`, `after`. */
export const SECTION: number = 38;
/** `->`. */
export const ARROW: number = 39;
/** `=>`. */
export const ASSOC: number = 40;

// Prefix operators. DUAL (`+`, `-`) is binary too.
export const AT: number = 41;
export const UNARY: number = 42;
export const NOT: number = 43;
export const CAPTURE: number = 44;
export const ELLIPSIS: number = 45;
export const DUAL: number = 46;

// Binary operators, named as in Elixir's own grammar (elixir_parser.yrl).
export const IN_MATCH: number = 47;
export const WHEN: number = 48;
export const TYPE: number = 49;
export const PIPE: number = 50;
export const MATCH: number = 51;
export const OR: number = 52;
export const AND: number = 53;
export const COMPARE: number = 54;
export const RELATION: number = 55;
export const PIPELINE: number = 56;
/** `in`, and `not in` as one token. */
export const IN: number = 57;
export const XOR: number = 58;
/** `//`. */
export const STEP: number = 59;
export const CONCAT: number = 60;
export const RANGE: number = 61;
export const MULTIPLY: number = 62;
export const POWER: number = 63;

/** A character that starts nothing in Elixir. */
export const UNKNOWN: number = 64;
export const KINDS: number = 65;

/** Flag: a line break stands before the token (outside of brackets it ends an expression). */
export const NEWLINE_BEFORE: number = 1;
/** Flag of `+` and `-`: `foo -1`, an argument for the identifier before it rather than a subtraction. */
export const SIGNED_ARGUMENT: number = 2;
/** Flag of an identifier: its name stands in quotes (`Foo."bar baz"`). */
export const QUOTED: number = 4;
/** Flag of a string: it has interpolation and goes on in the following tokens. */
export const INTERPOLATED: number = 8;
/** Flag of a string or text: it has backslashes. */
export const ESCAPED: number = 16;
/** Flag of a string: the end of the file, or of the line that it was cut off at, came before its terminator. */
export const UNTERMINATED: number = 32;
