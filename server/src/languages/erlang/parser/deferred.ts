/**
 * Functions whose code is left for later: their tokens are passed over, and the names that they call are kept.
 *
 * A function is left only where all that bounds it is in order: heads of one name and arity, brackets and `end`s that match, a full stop, and no
 * condition (`-ifdef`) inside. Anything else is read at once, so that the parser finds the mistake.
 */
import type { FunctionForm, OutlineForm } from "../ast.ts";
import * as T from "../tokens.ts";
import type { Cursor } from "./cursor.ts";
import { atomText } from "./literals.ts";

export interface Extent {
  readonly start: number;
  readonly end: number;
}

/** How a token changes the number of open brackets and blocks; `fun` is looked at apart. */
const nesting = new Int8Array(T.KINDS);
for (const kind of [T.PAREN_OPEN, T.BRACE_OPEN, T.BRACKET_OPEN, T.BITS_OPEN]) nesting[kind] = 1;
for (const kind of [T.CASE, T.IF, T.RECEIVE, T.TRY, T.BEGIN, T.MAYBE]) nesting[kind] = 1;
for (const kind of [T.PAREN_CLOSE, T.BRACE_CLOSE, T.BRACKET_CLOSE, T.BITS_CLOSE, T.END]) nesting[kind] = -1;

/** Passes over the function that begins at the current token, an atom; or gives null and stays where it has to be read now. */
export function outlineFunction(p: Cursor, later: (extent: Extent) => readonly FunctionForm[]): OutlineForm | null {
  const { kinds, flags } = p;
  const first = p.at;
  const name = atomText(p, first);
  const mayCall: string[] = [];
  const head = endOfHead(p, first);
  if (head === null) return null;
  let depth = 0;
  let inBody = false;
  let firstEnd = -1;
  for (let i = head.next; ; i++) {
    const kind = kinds[i]!;
    if (kind === T.EOF || kind === T.UNKNOWN || (flags[i]! & T.UNTERMINATED) !== 0) return null;
    if ((flags[i]! & T.LINE_START) !== 0 && mayBeginForm(p, i)) return null;
    depth += nesting[kind]!;
    if (depth < 0) return null;
    switch (kind) {
      case T.STOP: {
        if (depth > 0 || !inBody) return null;
        p.moveTo(i + 1);
        const extent = { start: p.starts[first]!, end: p.ends[i]! };
        const end = firstEnd < 0 ? extent.end : firstEnd;
        const clauses = (): readonly FunctionForm[] => later(extent);
        return { kind: "outline", start: extent.start, end, name, nameEnd: p.ends[first]!, arity: head.arity, mayCall, clauses };
      }
      case T.FUN:
        if (opensBlock(p, i)) depth++;
        break;
      case T.ARROW:
        inBody ||= depth === 0;
        break;
      case T.SEMICOLON: {
        if (depth > 0 || !inBody) break;
        const clause = kinds[i + 1] === T.ATOM && atomText(p, i + 1) === name ? endOfHead(p, i + 1) : null;
        if (clause === null || clause.arity !== head.arity) return null;
        if (firstEnd < 0) firstEnd = p.ends[i]!;
        inBody = false;
        i = clause.next - 1;
        break;
      }
      case T.ATOM:
        if (kinds[i + 1] === T.PAREN_OPEN || kinds[i + 1] === T.SLASH) mayCall.push(atomText(p, i));
        break;
      case T.MACRO:
        if (kinds[i + 1] === T.PAREN_OPEN) mayCall.push(p.text(i));
        break;
      case T.SEND:
        mayCall.push("send");
        break;
      case T.COLON:
        // A name that is computed is a call of `apply`.
        if (kinds[i + 1] !== T.ATOM) mayCall.push("apply");
    }
  }
}

/** How many parameters the head has whose name is at the token, and what follows them: a guard or an arrow; null where it is anything else. */
export function endOfHead(p: Cursor, token: number): { readonly arity: number; readonly next: number } | null {
  const { kinds, flags } = p;
  if (kinds[token + 1] !== T.PAREN_OPEN) return null;
  let depth = 1;
  let arity = kinds[token + 2] === T.PAREN_CLOSE ? 0 : 1;
  let i = token + 2;
  for (; depth > 0; i++) {
    const kind = kinds[i]!;
    if (kind === T.EOF || kind === T.STOP || kind === T.UNKNOWN || (flags[i]! & T.UNTERMINATED) !== 0) return null;
    depth += nesting[kind]!;
    if (kind === T.COMMA && depth === 1) arity++;
  }
  return kinds[i] === T.ARROW || kinds[i] === T.WHEN ? { arity, next: i } : null;
}

/** `fun(X) -> … end`, `fun Name(X) -> … end`; not a reference (`fun name/1`). `fun ?NAME(…)` may be either: of a reference no `end` will be found. */
function opensBlock({ kinds }: Cursor, token: number): boolean {
  const next = kinds[token + 1]!;
  const after = kinds[token + 2]!;
  if (next === T.MACRO) return after === T.PAREN_OPEN || after === T.ARROW || after === T.WHEN;
  return next === T.PAREN_OPEN || (next === T.VARIABLE && after === T.PAREN_OPEN);
}

/** `-ifdef(…)` and its like, or a name at the very start of a line, as forms begin: the full stop before it may be missing. */
function mayBeginForm({ kinds, starts, source }: Cursor, token: number): boolean {
  const kind = kinds[token]!;
  const next = kinds[token + 1]!;
  if (kind === T.MINUS) return next === T.ATOM || next === T.IF || next === T.ELSE;
  return kind === T.ATOM && next === T.PAREN_OPEN && source.charCodeAt(starts[token]! - 1) === 10;
}
