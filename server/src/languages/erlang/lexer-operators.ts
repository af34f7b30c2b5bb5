/** Brackets, separators and operators of Erlang, the longest that fits. */
import { push } from "../token-buffer.ts";
import * as T from "./tokens.ts";

const symbols: readonly (readonly [string, number])[] = [
  ["=:=", T.COMPARE],
  ["=/=", T.COMPARE],
  ["<:-", T.GENERATE],
  ["<:=", T.GENERATE],
  ["==", T.COMPARE],
  ["/=", T.COMPARE],
  ["=<", T.COMPARE],
  [">=", T.COMPARE],
  ["->", T.ARROW],
  ["<-", T.GENERATE],
  ["<=", T.GENERATE],
  ["=>", T.ASSOC],
  [":=", T.EXACT],
  ["::", T.TYPE],
  ["++", T.LIST_OPERATOR],
  ["--", T.LIST_OPERATOR],
  ["||", T.BARS],
  ["<<", T.BITS_OPEN],
  [">>", T.BITS_CLOSE],
  ["&&", T.ZIP],
  ["(", T.PAREN_OPEN],
  [")", T.PAREN_CLOSE],
  ["{", T.BRACE_OPEN],
  ["}", T.BRACE_CLOSE],
  ["[", T.BRACKET_OPEN],
  ["]", T.BRACKET_CLOSE],
  [",", T.COMMA],
  [";", T.SEMICOLON],
  ["|", T.BAR],
  [":", T.COLON],
  ["/", T.SLASH],
  ["#", T.HASH],
  ["+", T.PLUS],
  ["*", T.STAR],
  ["-", T.MINUS],
  ["<", T.COMPARE],
  [">", T.COMPARE],
  ["=", T.MATCH],
  ["!", T.SEND],
];

interface Candidate {
  readonly text: string;
  readonly length: number;
  readonly kind: number;
}

const byFirst: readonly (readonly Candidate[])[] = Array.from({ length: 128 }, (_, c) =>
  symbols.filter(([text]) => text.charCodeAt(0) === c).map(([text, kind]) => ({ text, length: text.length, kind })),
);

/** Enters the symbol at `start` and gives its end; a character that starts none is entered as unknown. */
export function readPunctuation(source: string, start: number, c: number, flag: number): number {
  const candidates = c < 128 ? byFirst[c]! : [];
  for (let i = 0; i < candidates.length; i++) {
    const { text, length, kind } = candidates[i]!;
    if (length > 1 && !source.startsWith(text, start)) continue;
    push(kind, flag, start, start + length);
    return start + length;
  }
  push(T.UNKNOWN, flag, start, start + 1);
  return start + 1;
}
