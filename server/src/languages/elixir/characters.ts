/** Classes of characters for the lexer. */

/** May start an identifier: `a`–`z`, `_`. */
export const LOWER = 1;
/** May start an alias: `A`–`Z`. */
export const UPPER = 2;
export const DIGIT = 4;
/** May follow in a name. */
export const PART = 8;
/** Space, tab, carriage return, form feed: nothing. */
export const BLANK = 16;
export const PUNCTUATION = 32;

/** Class bits of an ASCII character. */
export const classes = new Uint8Array(128);

for (let c = 97; c <= 122; c++) classes[c] = LOWER | PART;
for (let c = 65; c <= 90; c++) classes[c] = UPPER | PART;
for (let c = 48; c <= 57; c++) classes[c] = DIGIT | PART;
classes[95] = LOWER | PART;
for (const blank of [32, 9, 13, 12]) classes[blank] = BLANK;
for (const mark of "()[]{},;") classes[mark.charCodeAt(0)] = PUNCTUATION;

const idStart = /^\p{ID_Start}/u;
const idContinue = /^\p{ID_Continue}/u;
const upper = /^[\p{Lu}\p{Lt}]/u;

/** Class bits of the character at `at`, which is not ASCII. Rare, so it may be slow. */
export function classifyUnicode(source: string, at: number): number {
  const c = source.charCodeAt(at);
  if (c === 0xfeff || c === 0xa0) return BLANK;
  // The second half of a surrogate pair belongs to the first.
  if (c >= 0xdc00 && c <= 0xdfff) return PART;
  const character = String.fromCodePoint(source.codePointAt(at) as number);
  if (idStart.test(character)) return upper.test(character) ? UPPER | PART : LOWER | PART;
  return idContinue.test(character) ? PART : 0;
}

export function isNamePart(source: string, at: number): boolean {
  const c = source.charCodeAt(at);
  if (c < 128) return (classes[c]! & PART) !== 0;
  // NaN at the end of the source.
  return c >= 128 && (classifyUnicode(source, at) & PART) !== 0;
}

export function isHorizontalSpace(c: number): boolean {
  return c === 32 || c === 9;
}

/** Space, tab or line break, or the end of the source. */
export function isSpaceOrEnd(c: number): boolean {
  return c === 32 || c === 9 || c === 10 || c === 13 || Number.isNaN(c);
}

/** The colon of `key: value`. */
export function isKeywordColon(source: string, i: number): boolean {
  return source.charCodeAt(i) === 58 && isSpaceOrEnd(source.charCodeAt(i + 1));
}
