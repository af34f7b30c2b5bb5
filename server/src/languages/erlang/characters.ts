/** Classes of characters for Erlang's lexer. Latin-1 letters count as Erlang has them: `ß`–`ÿ` (without `÷`) are small, `À`–`Þ` (without `×`) great. */

export const SMALL = 1;
/** `A`–`Z`, `_`: starts a variable. */
export const GREAT = 2;
export const DIGIT = 4;
/** May follow in a name. */
export const PART = 8;
export const BLANK = 16;

const classes = new Uint8Array(256);
for (let c = 97; c <= 122; c++) classes[c] = SMALL | PART;
for (let c = 0xdf; c < 256; c++) if (c !== 0xf7) classes[c] = SMALL | PART;
for (let c = 65; c <= 90; c++) classes[c] = GREAT | PART;
for (let c = 0xc0; c < 0xdf; c++) if (c !== 0xd7) classes[c] = GREAT | PART;
for (let c = 48; c <= 57; c++) classes[c] = DIGIT | PART;
classes[95] = GREAT | PART;
classes[64] = PART;
for (let c = 0; c <= 32; c++) classes[c] = BLANK;
for (let c = 0x80; c <= 0xa0; c++) classes[c] = BLANK;

/** Class bits of a UTF-16 code unit; 0 beyond Latin-1 and (as NaN) at the end of a source. A byte order mark is blank. */
export function classOf(c: number): number {
  return c < 256 ? classes[c]! : c === 0xfeff ? BLANK : 0;
}

export function isNamePart(c: number): boolean {
  return (classOf(c) & PART) !== 0;
}
