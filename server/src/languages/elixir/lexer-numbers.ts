/** Integers in four bases, and floats. */

import { push } from "../token-buffer.ts";
import { FLOAT, INTEGER } from "./tokens.ts";

export function readNumber(source: string, start: number, c: number, flag: number): number {
  let i = start + 1;
  const d = source.charCodeAt(i);
  if (c === 48 && (d === 120 || d === 98 || d === 111) && isBaseDigit(source.charCodeAt(i + 1), d)) {
    i += 2;
    while (isBaseDigit(source.charCodeAt(i), d) || (source.charCodeAt(i) === 95 && isBaseDigit(source.charCodeAt(i + 1), d))) i++;
    push(INTEGER, flag, start, i);
    return i;
  }
  i = digitsEnd(source, i);
  if (source.charCodeAt(i) !== 46 || !isDigit(source.charCodeAt(i + 1))) {
    push(INTEGER, flag, start, i);
    return i;
  }
  i = digitsEnd(source, i + 2);
  const e = source.charCodeAt(i);
  if (e === 101 || e === 69) {
    const sign = source.charCodeAt(i + 1);
    const digits = sign === 43 || sign === 45 ? i + 2 : i + 1;
    if (isDigit(source.charCodeAt(digits))) i = digitsEnd(source, digits + 1);
  }
  push(FLOAT, flag, start, i);
  return i;
}

function digitsEnd(source: string, i: number): number {
  for (;;) {
    const c = source.charCodeAt(i);
    if (isDigit(c)) i++;
    else if (c === 95 && isDigit(source.charCodeAt(i + 1))) i += 2;
    else return i;
  }
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

/** `base` is the letter after the zero: `x`, `b` or `o`. */
function isBaseDigit(c: number, base: number): boolean {
  if (base === 98) return c === 48 || c === 49;
  if (base === 111) return c >= 48 && c <= 55;
  return isDigit(c) || (c >= 97 && c <= 102) || (c >= 65 && c <= 70);
}
