/** From bytes to text. Pure. */

export interface Decoded {
  /** Null for what is no text at all. */
  readonly text: string | null;
  readonly trouble: string | null;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });
// Windows-1252, which agrees with Latin-1 in all that occurs in source.
const latin1 = new TextDecoder("windows-1252");
/** Git looks as far for the byte that text does not have. */
const binaryProbe = 8000;

/** What a source may say of itself in its first two lines. Source: erlang.org/doc/man/epp, "Source file encoding". */
const SAYS_LATIN1 = /^(?:[^\n]*\n)?[^\n]*coding[ \t]*[:=][ \t]*(?:latin-1|iso-8859-1)/i;

/** UTF-8 without its byte order mark; what is not UTF-8 is read as Latin-1, and said to be, unless its first lines say so themselves. */
export function decodeSource(bytes: Uint8Array): Decoded {
  if (bytes.subarray(0, binaryProbe).includes(0)) return { text: null, trouble: "This file is binary and was not read." };
  try {
    return { text: utf8.decode(bytes), trouble: null };
  } catch {
    const text = latin1.decode(bytes);
    return { text, trouble: SAYS_LATIN1.test(text) ? null : "This file is not UTF-8; it was read as Latin-1." };
  }
}
