/** Escapes in texts (https://hexdocs.pm/elixir/String.html#module-escape-characters) and the indentation of heredocs. */

/** The code point that `\` and this one stand for together. */
export function escapedCode(c: number): number {
  switch (c) {
    case 48: // 0
      return 0;
    case 97: // a
      return 7;
    case 98: // b
      return 8;
    case 100: // d
      return 127;
    case 101: // e
      return 27;
    case 102: // f
      return 12;
    case 110: // n
      return 10;
    case 114: // r
      return 13;
    case 115: // s
      return 32;
    case 116: // t
      return 9;
    case 118: // v
      return 11;
    default:
      return c;
  }
}

/**
 * The text with its escapes decoded. `\xHH` gives a byte: bytes that together are UTF-8 become their character, others the lone
 * surrogates U+DC80–U+DCFF (as Python's "surrogateescape" does), since no character stands for them. Bad escapes stay as they are.
 */
export function decodeEscapes(text: string): string {
  let out = "";
  let from = 0;
  let bytes: number[] | null = null;
  let at = text.indexOf("\\");
  while (at >= 0 && at + 1 < text.length) {
    if (bytes !== null && at > from) {
      out += decodeBytes(bytes);
      bytes = null;
    }
    out += text.slice(from, at);
    const c = text.charCodeAt(at + 1);
    if (c === 120 || c === 117) {
      const digits = readHex(text, at + 2, c === 120 ? 2 : 4);
      from = digits.end;
      if (c === 120 && !digits.braced && digits.count === 2 && digits.value >= 0x80) {
        if (bytes === null) bytes = [];
        bytes.push(digits.value);
      } else {
        if (bytes !== null) out += decodeBytes(bytes);
        bytes = null;
        out += digits.count > 0 && digits.value <= 0x10ffff ? String.fromCodePoint(digits.value) : text.slice(at, from);
      }
    } else {
      if (bytes !== null) out += decodeBytes(bytes);
      bytes = null;
      from = at + 2;
      if (c === 13 && text.charCodeAt(at + 2) === 10) from = at + 3;
      else if (c !== 10) {
        const code = text.codePointAt(at + 1) as number;
        out += String.fromCodePoint(escapedCode(code));
        if (code > 0xffff) from = at + 3;
      }
    }
    at = text.indexOf("\\", from);
  }
  if (bytes !== null) out += decodeBytes(bytes);
  return out + text.slice(from);
}

interface HexDigits {
  readonly value: number;
  readonly count: number;
  readonly braced: boolean;
  readonly end: number;
}

/** Up to `most` digits at `at`, or up to six in braces. */
function readHex(text: string, at: number, most: number): HexDigits {
  const braced = text.charCodeAt(at) === 123;
  const limit = braced ? 6 : most;
  let i = braced ? at + 1 : at;
  let value = 0;
  let count = 0;
  while (count < limit) {
    const digit = hexDigit(text.charCodeAt(i));
    if (digit < 0) break;
    value = value * 16 + digit;
    count++;
    i++;
  }
  if (!braced) return { value, count, braced, end: i };
  if (text.charCodeAt(i) === 125 && count > 0) return { value, count, braced, end: i + 1 };
  return { value: 0, count: 0, braced, end: at };
}

function hexDigit(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  if (c >= 97 && c <= 102) return c - 87;
  return c >= 65 && c <= 70 ? c - 55 : -1;
}

function decodeBytes(bytes: readonly number[]): string {
  let out = "";
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i]!;
    const length = first >= 0xf0 && first < 0xf8 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 && first < 0xe0 ? 2 : 1;
    let code = length === 4 ? first & 7 : length === 3 ? first & 15 : first & 31;
    let good = length > 1 && first < 0xf8 && i + length <= bytes.length;
    for (let j = 1; good && j < length; j++) {
      const next = bytes[i + j]!;
      if ((next & 0xc0) !== 0x80) good = false;
      code = (code << 6) | (next & 63);
    }
    if (good && code >= 0x80 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) {
      out += String.fromCodePoint(code);
      i += length;
    } else {
      out += String.fromCharCode(0xdc00 + first);
      i++;
    }
  }
  return out;
}

/** Removes the backslash before an escaped terminator (`count` characters of `terminator`), and no other. */
export function unescapeTerminator(text: string, terminator: number, count: number): string {
  let at = text.indexOf("\\");
  if (at < 0) return text;
  let out = "";
  let from = 0;
  while (at >= 0) {
    let matches = true;
    for (let i = 1; i <= count; i++) if (text.charCodeAt(at + i) !== terminator) matches = false;
    if (matches) {
      out += text.slice(from, at);
      from = at + 1;
      at = text.indexOf("\\", at + 1 + count);
    } else at = text.indexOf("\\", at + 2);
  }
  return out + text.slice(from);
}

/** Takes up to `indentation` blanks off each line; of the first one only if the text begins a line. */
export function removeIndentation(text: string, indentation: number, beginsLine: boolean): string {
  if (indentation === 0) return text;
  let out = "";
  let from = 0;
  if (beginsLine) from = skipBlanks(text, 0, indentation);
  let at = text.indexOf("\n", from);
  while (at >= 0) {
    out += text.slice(from, at + 1);
    from = skipBlanks(text, at + 1, indentation);
    at = text.indexOf("\n", from);
  }
  return out + text.slice(from);
}

function skipBlanks(text: string, from: number, most: number): number {
  let i = from;
  while (i < from + most && (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9)) i++;
  return i;
}
