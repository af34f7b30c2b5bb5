/** What Erlang's lexer gives to the parser: kinds of tokens. Reserved words and operators have a kind each. */

export const EOF: number = 0;
export const ATOM: number = 1;
export const VARIABLE: number = 2;
export const INTEGER: number = 3;
export const FLOAT: number = 4;
export const CHAR: number = 5;
export const STRING: number = 6;
/** `?NAME` or `??NAME`, the marks are part of the token. */
export const MACRO: number = 7;
/** The full stop that ends a form. */
export const STOP: number = 8;
/** A character that starts nothing in Erlang. */
export const UNKNOWN: number = 9;

export const PAREN_OPEN: number = 10;
export const PAREN_CLOSE: number = 11;
export const BRACE_OPEN: number = 12;
export const BRACE_CLOSE: number = 13;
export const BRACKET_OPEN: number = 14;
export const BRACKET_CLOSE: number = 15;
export const BITS_OPEN: number = 16;
export const BITS_CLOSE: number = 17;
export const COMMA: number = 18;
export const SEMICOLON: number = 19;
export const ARROW: number = 20;
/** `|`. */
export const BAR: number = 21;
/** `||`. */
export const BARS: number = 22;
export const COLON: number = 23;
export const HASH: number = 24;
/** The `.` of `#record.field`. */
export const DOT: number = 25;
/** `..` and `...` of types. */
export const DOTS: number = 26;
/** `=>`. */
export const ASSOC: number = 27;
/** `:=`. */
export const EXACT: number = 28;
/** `<-`, `<=`, `<:-`, `<:=` of generators. */
export const GENERATE: number = 29;
/** `&&` of generators that run side by side. */
export const ZIP: number = 30;
/** `::` of types. */
export const TYPE: number = 31;

/** `=`. */
export const MATCH: number = 32;
/** `?=` in `maybe`. */
export const MAYBE_MATCH: number = 33;
/** `!`. */
export const SEND: number = 34;
/** `==`, `/=`, `=<`, `<`, `>=`, `>`, `=:=`, `=/=`. */
export const COMPARE: number = 35;
/** `++`, `--`. */
export const LIST_OPERATOR: number = 36;
export const PLUS: number = 37;
export const MINUS: number = 38;
export const STAR: number = 39;
export const SLASH: number = 40;

export const AFTER: number = 41;
export const AND: number = 42;
export const ANDALSO: number = 43;
export const BAND: number = 44;
export const BEGIN: number = 45;
export const BNOT: number = 46;
export const BOR: number = 47;
export const BSL: number = 48;
export const BSR: number = 49;
export const BXOR: number = 50;
export const CASE: number = 51;
export const CATCH: number = 52;
export const DIV: number = 53;
export const END: number = 54;
export const FUN: number = 55;
export const IF: number = 56;
export const NOT: number = 57;
export const OF: number = 58;
export const OR: number = 59;
export const ORELSE: number = 60;
export const RECEIVE: number = 61;
export const REM: number = 62;
export const TRY: number = 63;
export const WHEN: number = 64;
export const XOR: number = 65;
/** Reserved only in a file that uses the expression `maybe … end`. */
export const MAYBE: number = 66;
export const ELSE: number = 67;
export const KINDS: number = 68;

/** Flag: the token is the first of its line. */
export const LINE_START: number = 1;
/** Flag of strings and quoted atoms: there are backslashes in it. */
export const ESCAPED: number = 2;
/** Flag: an atom in quotes. */
export const QUOTED: number = 4;
/** Flag of strings: a sigil or a triple-quoted string. */
export const SPECIAL_STRING: number = 8;
/** Flag: the end of the file came before the closing quote. */
export const UNTERMINATED: number = 16;
