/** Which operator begins at a place. The longest wins, in the order of Elixir's own tokenizer (elixir_tokenizer.erl). */
import {
  AND,
  ARROW,
  ASSOC,
  AT,
  CAPTURE,
  COMPARE,
  CONCAT,
  DOT,
  DUAL,
  ELLIPSIS,
  IN_MATCH,
  MATCH,
  MULTIPLY,
  OR,
  PIPE,
  PIPELINE,
  POWER,
  RANGE,
  RELATION,
  STEP,
  TYPE,
  UNARY,
  XOR,
} from "./tokens.ts";

/**
 * The operator at `i`, as `kind * 4 + length`, or 0. `c` is the character there. Brackets of bitstrings (`<<`, `>>`) are not operators, but
 * `<<<` and `>>>` are.
 */
export function readOperator(source: string, i: number, c: number): number {
  const d = source.charCodeAt(i + 1);
  const e = source.charCodeAt(i + 2);
  switch (c) {
    case 46: // .
      if (d !== 46) return DOT * 4 + 1;
      return e === 46 ? ELLIPSIS * 4 + 3 : RANGE * 4 + 2;
    case 61: // =
      if (d === 61) return COMPARE * 4 + (e === 61 ? 3 : 2);
      if (d === 126) return COMPARE * 4 + 2;
      return d === 62 ? ASSOC * 4 + 2 : MATCH * 4 + 1;
    case 124: // |
      if (d === 124) return OR * 4 + (e === 124 ? 3 : 2);
      return d === 62 ? PIPELINE * 4 + 2 : PIPE * 4 + 1;
    case 64: // @
      return AT * 4 + 1;
    case 38: // &
      if (d === 38) return AND * 4 + (e === 38 ? 3 : 2);
      return CAPTURE * 4 + 1;
    case 45: // -
      if (d === 62) return ARROW * 4 + 2;
      if (d === 45) return CONCAT * 4 + (e === 45 ? 3 : 2);
      return DUAL * 4 + 1;
    case 43: // +
      if (d === 43) return CONCAT * 4 + (e === 43 ? 3 : 2);
      return DUAL * 4 + 1;
    case 60: // <
      return readLess(d, e);
    case 62: // >
      if (d === 62) return e === 62 ? PIPELINE * 4 + 3 : 0;
      return RELATION * 4 + (d === 61 ? 2 : 1);
    case 33: // !
      if (d === 61) return COMPARE * 4 + (e === 61 ? 3 : 2);
      return UNARY * 4 + 1;
    case 58: // :
      return d === 58 ? TYPE * 4 + 2 : 0;
    case 42: // *
      return d === 42 ? POWER * 4 + 2 : MULTIPLY * 4 + 1;
    case 47: // /
      return d === 47 ? STEP * 4 + 2 : MULTIPLY * 4 + 1;
    case 94: // ^
      return d === 94 && e === 94 ? XOR * 4 + 3 : UNARY * 4 + 1;
    case 126: // ~
      if (d === 126) return e === 126 ? UNARY * 4 + 3 : 0;
      if (d === 62) return PIPELINE * 4 + (e === 62 ? 3 : 2);
      return 0;
    case 92: // \
      return d === 92 ? IN_MATCH * 4 + 2 : 0;
    default:
      return 0;
  }
}

function readLess(d: number, e: number): number {
  if (d === 60) return e === 60 || e === 126 ? PIPELINE * 4 + 3 : 0;
  if (d === 126) return PIPELINE * 4 + (e === 62 ? 3 : 2);
  if (d === 124 && e === 62) return PIPELINE * 4 + 3;
  if (d === 62) return CONCAT * 4 + 2;
  if (d === 45) return IN_MATCH * 4 + 2;
  return RELATION * 4 + (d === 61 ? 2 : 1);
}

/** The length of the operator in the atom `:op`, whose operator begins at `i`; 0 if none does. */
export function readOperatorAtom(source: string, i: number): number {
  const c = source.charCodeAt(i);
  if (c === 37) return source.startsWith("{}", i + 1) ? 3 : 1;
  if (c === 123) return source.charCodeAt(i + 1) === 125 ? 2 : 0;
  if (c === 60 && source.startsWith("<<>>", i)) return 4;
  if (c === 46 && source.startsWith("..//", i)) return 4;
  if (c === 47) return 1;
  const operator = readOperator(source, i, c);
  return operator >> 2 === ASSOC ? 1 : operator & 3;
}
