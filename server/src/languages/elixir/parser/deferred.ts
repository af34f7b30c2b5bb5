/**
 * Definitions whose code is left for later: their tokens are passed over, and the names that they call are kept.
 *
 * What changes what comes after it, or has to be seen in the order of the source, is never left: directives, quoted code, modules in functions. A
 * block in which brackets and `end`s do not match is not left either, so that the parser finds the mistake.
 */
import type { DoBlock, DoSection } from "../ast.ts";
import { tokenize } from "../lexer.ts";
import * as T from "../tokens.ts";
import { parseDoBlock } from "./clauses.ts";
import { Cursor } from "./cursor.ts";
import { argumentStartsAt } from "./expressions.ts";

const definitions: ReadonlySet<string> = new Set(["def", "defp", "defmacro", "defmacrop"]);

const ordered: ReadonlySet<string> = new Set([
  "alias",
  "import",
  "require",
  "use",
  "quote",
  "unquote",
  "unquote_splicing",
  "defmodule",
  "defimpl",
  "defprotocol",
]);

/** How a token changes the number of open brackets, and of open blocks. */
const brackets = new Int8Array(T.KINDS);
for (const kind of [T.PAREN_OPEN, T.BRACKET_OPEN, T.BRACE_OPEN, T.BITS_OPEN, T.MAP_OPEN, T.INTERPOLATION_OPEN]) brackets[kind] = 1;
for (const kind of [T.PAREN_CLOSE, T.BRACKET_CLOSE, T.BRACE_CLOSE, T.BITS_CLOSE, T.INTERPOLATION_CLOSE]) brackets[kind] = -1;

export function isDefinitionName(name: string): boolean {
  return definitions.has(name);
}

/** The current token is the `do` of a definition: passes over its block, or gives null and stays where it has to be read now. */
export function deferBlock(p: Cursor): DoBlock | null {
  const end = endOfBlock(p);
  if (end < 0) return null;
  const block = new DeferredBlock(p.source, p.start, p.ends[end]!);
  p.moveTo(end + 1);
  return block;
}

/** The `end` of the block that begins at the current token, or -1 where it has none or cannot be left for later. */
function endOfBlock(p: Cursor): number {
  const { kinds, flags } = p;
  let blocks = 1;
  let open = 0;
  for (let i = p.at + 1; ; i++) {
    const kind = kinds[i]!;
    if (kind === T.EOF || kind === T.UNKNOWN || (flags[i]! & T.UNTERMINATED) !== 0) return -1;
    if (kind === T.DO || kind === T.FN) blocks++;
    else if (kind === T.END) {
      if (--blocks === 0) return open === 0 ? i : -1;
    } else open += brackets[kind]!;
    if (open < 0) return -1;
  }
}

class DeferredBlock implements DoBlock {
  readonly start: number;
  readonly end: number;
  readonly #source: string;
  #sections: readonly DoSection[] | null = null;

  constructor(source: string, start: number, end: number) {
    this.#source = source;
    this.start = start;
    this.end = end;
  }

  get sections(): readonly DoSection[] {
    this.#sections ??= parseBlock(this.#source.slice(0, this.end), this.start);
    return this.#sections;
  }
}

/** The sections of the block that begins at `start` and ends with the source. */
function parseBlock(source: string, start: number): readonly DoSection[] {
  const p = new Cursor(tokenize(source, false, start), false);
  const { sections } = parseDoBlock(p, 0);
  if (p.problems.length === 0) return sections;
  return parseDoBlock(new Cursor(tokenize(source, true, start), true), 0).sections;
}

/**
 * The names that the tokens of a definition may call, from the one behind its `def` up to the current one; null where it must be lowered in the
 * order of the source.
 */
export function namesCalled(p: Cursor, nameToken: number): readonly string[] | null {
  const { kinds } = p;
  const found: string[] = [];
  for (let i = nameToken + 1; i < p.at; i++) {
    const kind = kinds[i]!;
    if ((kind !== T.IDENT && kind !== T.IDENT_PAREN) || !isCalled(p, i)) continue;
    const name = p.text(i);
    if (kinds[i - 1] !== T.DOT && ordered.has(name)) return null;
    found.push(name);
  }
  return found;
}

/** Whether a name is more than a variable or a field: something follows that it may be called with, or something is piped into it. */
function isCalled(p: Cursor, token: number): boolean {
  const { kinds } = p;
  const next = kinds[token + 1]!;
  if (kinds[token] === T.IDENT_PAREN || next === T.DO || next === T.MULTIPLY || argumentStartsAt(p, token + 1)) return true;
  let first = token;
  while (kinds[first - 1] === T.DOT) first -= 2;
  if (kinds[first - 1] === T.PIPELINE) return true;
  return first < token && (kinds[first] === T.ALIAS || kinds[first] === T.ATOM || kinds[first - 1] === T.AT);
}
