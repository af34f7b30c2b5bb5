/** The insides of strings, heredocs and sigils: where the text ends, and where a text that was never closed is best taken to end. */
import { isHorizontalSpace } from "./characters.ts";

/** How a text ended: at its terminator, at `#{`, or at the end of the file. */
export const AT_TERMINATOR = 0;
export const AT_INTERPOLATION = 1;
export const AT_END = 2;

/** What `scanText` found out, beside the offset that it returns. */
export const scanned = { stop: AT_TERMINATOR, escaped: false };

/** Reads on in a text from `i` and returns where it stopped; `scanned` says why. */
export function scanText(source: string, i: number, terminator: number, heredoc: boolean, interpolates: boolean): number {
  const length = source.length;
  scanned.escaped = false;
  while (i < length) {
    const c = source.charCodeAt(i);
    if (c === 10) {
      i++;
      if (!heredoc) continue;
      const end = heredocEnd(source, i, terminator);
      if (end >= 0) return stopAt(end, AT_TERMINATOR);
    } else if (c === 92) {
      scanned.escaped = true;
      i++;
      // An escaped line break still begins a line of a heredoc.
      const d = source.charCodeAt(i);
      if (d !== 10 && !(d === 13 && source.charCodeAt(i + 1) === 10)) i++;
    } else if (c === 35 && interpolates && source.charCodeAt(i + 1) === 123) {
      return stopAt(i, AT_INTERPOLATION);
    } else if (c === terminator && !heredoc) {
      return stopAt(i, AT_TERMINATOR);
    } else i++;
  }
  return stopAt(length, AT_END);
}

function stopAt(i: number, stop: number): number {
  scanned.stop = stop;
  return i;
}

/** Where the three quotes begin that end a heredoc on the line that starts at `i`, or -1. */
function heredocEnd(source: string, i: number, terminator: number): number {
  while (isHorizontalSpace(source.charCodeAt(i))) i++;
  if (source.charCodeAt(i) !== terminator) return -1;
  return source.charCodeAt(i + 1) === terminator && source.charCodeAt(i + 2) === terminator ? i : -1;
}

/** How many blanks stand at the beginning `line` of a line. */
export function indentationAt(source: string, line: number): number {
  let i = line;
  while (i < line + MOST_INDENTATION && isHorizontalSpace(source.charCodeAt(i))) i++;
  return i - line;
}

/** Nobody indents deeper, and a hostile line is not read again for each of its tokens. */
const MOST_INDENTATION = 400;

/** Whether a line that begins a definition or closes a block has its first word at `i`: the places at which reading can start afresh. */
export function isLandmark(source: string, i: number): boolean {
  const c = source.charCodeAt(i);
  if (c === 100) return source.startsWith("def", i) && isDefinitionWord(source, i);
  if (c === 101) return source.startsWith("end", i) && !isWordCharacter(source.charCodeAt(i + 3));
  if (c !== 64) return false;
  return attributes.some((attribute) => source.startsWith(attribute, i) && !isWordCharacter(source.charCodeAt(i + attribute.length)));
}

const attributes = ["@doc", "@moduledoc", "@spec", "@impl", "@type", "@typedoc", "@callback", "@behaviour"];

const definitions = new Set([
  "def",
  "defp",
  "defmacro",
  "defmacrop",
  "defmodule",
  "defimpl",
  "defprotocol",
  "defdelegate",
  "defguard",
  "defguardp",
  "defstruct",
  "defexception",
  "defoverridable",
]);

/** Whether the word at `i` is one of Elixir's own `def…`, followed by something to define. */
function isDefinitionWord(source: string, i: number): boolean {
  let end = i;
  while (isWordCharacter(source.charCodeAt(end))) end++;
  if (end - i > 14 || !definitions.has(source.slice(i, end))) return false;
  const next = source.charCodeAt(end);
  return next === 32 || next === 40;
}

function isWordCharacter(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95 || c === 33 || c === 63 || c === 58;
}

/** The landmarks of a source: where the line break before each stands, and how deep it is indented. */
export interface Landmarks {
  readonly breaks: readonly number[];
  readonly indentations: readonly number[];
}

export function findLandmarks(source: string): Landmarks {
  const breaks: number[] = [];
  const indentations: number[] = [];
  for (let line = source.indexOf("\n"); line >= 0; ) {
    let i = line + 1;
    while (isHorizontalSpace(source.charCodeAt(i))) i++;
    if (isLandmark(source, i)) {
      breaks.push(line);
      indentations.push(i - line - 1);
    }
    line = source.indexOf("\n", i);
  }
  return { breaks, indentations };
}

/** So many landmarks are looked at for one text: hostile sources must not cost the square of their length. */
const PATIENCE = 200;

/** The line break before the first landmark between `from` and `to` that is indented no deeper than `indentation`, or -1. */
export function findCut(landmarks: Landmarks, from: number, to: number, indentation: number): number {
  const { breaks, indentations } = landmarks;
  let low = 0;
  let high = breaks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (breaks[middle]! < from) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < breaks.length && i < low + PATIENCE && breaks[i]! < to; i++) {
    if (indentations[i]! <= indentation) return breaks[i]!;
  }
  return -1;
}
