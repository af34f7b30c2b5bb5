/** Texts of a source and how Elixir counts and escapes their characters. */
import { tokenize } from "../../../server/src/languages/elixir/lexer.ts";
import { INTERPOLATED, QUOTED_KEYWORD, SIGIL, STRING, TEXT } from "../../../server/src/languages/elixir/tokens.ts";

/** The insides of strings, sigils and the like, in the order of the source. */
export interface Texts {
  readonly starts: number[];
  readonly ends: number[];
  readonly interpolates: boolean[];
}

export function findTexts(source: string): Texts {
  const texts: Texts = { starts: [], ends: [], interpolates: [] };
  const tokens = tokenize(source);
  for (let i = 0; i < tokens.count; i++) {
    const kind = tokens.kinds[i]!;
    if (kind !== TEXT && (kind < STRING || kind > QUOTED_KEYWORD)) continue;
    if ((tokens.flags[i]! & INTERPOLATED) !== 0) continue;
    const raw = source.slice(tokens.starts[i]!, tokens.ends[i]!);
    // The delimiters are ASCII, so that it does not matter to which side they count, as long as no mark joins them.
    const open = kind === TEXT ? 0 : (/^(?:~[a-zA-Z][A-Z0-9]*|:)?(?:"""|'''|[^\s])/.exec(raw)?.[0].length ?? 0);
    texts.starts.push(tokens.starts[i]! + open);
    texts.ends.push(tokens.ends[i]!);
    texts.interpolates.push(kind !== SIGIL || /^~[a-z]/.test(raw));
  }
  return texts;
}

/** The index of the last number that is at most `value`, or -1. */
export function floorIndex(numbers: readonly number[], value: number): number {
  let low = -1;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (numbers[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

export function graphemes(text: string): number {
  return isAscii(text) ? text.length : [...segmenter.segment(text)].length;
}

export function codePoints(text: string): number {
  return [...text].length;
}

export function escapeText(text: string): string {
  let out = "";
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (character === "\\" || character === '"') out += `\\${character}`;
    else if (character === "\n") out += "\\n";
    else if (character.length === 1 && code >= 0xdc80 && code <= 0xdcff) out += `\\x${(code - 0xdc00).toString(16).toUpperCase()}`;
    else out += character;
  }
  return out;
}
