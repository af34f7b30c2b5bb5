/** Erlang's reserved words and their kinds of tokens. */
import * as T from "./tokens.ts";

const words: Readonly<Record<string, number>> = {
  after: T.AFTER,
  and: T.AND,
  andalso: T.ANDALSO,
  band: T.BAND,
  begin: T.BEGIN,
  bnot: T.BNOT,
  bor: T.BOR,
  bsl: T.BSL,
  bsr: T.BSR,
  bxor: T.BXOR,
  case: T.CASE,
  catch: T.CATCH,
  div: T.DIV,
  else: T.ELSE,
  end: T.END,
  fun: T.FUN,
  if: T.IF,
  maybe: T.MAYBE,
  not: T.NOT,
  of: T.OF,
  or: T.OR,
  orelse: T.ORELSE,
  receive: T.RECEIVE,
  rem: T.REM,
  try: T.TRY,
  when: T.WHEN,
  xor: T.XOR,
};

interface Word {
  readonly text: string;
  readonly kind: number;
}

/** By the code of the first letter, so that most names are told from reserved words by a look or two. */
const byFirst: readonly (readonly Word[])[] = Array.from({ length: 128 }, (_, c) =>
  Object.entries(words)
    .filter(([text]) => text.charCodeAt(0) === c)
    .map(([text, kind]) => ({ text, kind })),
);

/** The kind of the reserved word that stands at `start` with that length, or 0. */
export function reservedWord(source: string, start: number, length: number): number {
  const candidates = byFirst[source.charCodeAt(start)];
  if (candidates === undefined) return 0;
  for (let i = 0; i < candidates.length; i++) {
    const { text, kind } = candidates[i]!;
    if (text.length === length && source.startsWith(text, start)) return kind;
  }
  return 0;
}
