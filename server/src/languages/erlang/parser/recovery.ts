/** Where reading goes on after a form that is broken: behind its full stop, or at what looks like the next form. */
import * as T from "../tokens.ts";
import type { Cursor } from "./cursor.ts";
import { endOfHead } from "./deferred.ts";

/** Goes to the next form. `form` is the first token of the broken one, which is never read again. */
export function skipForm(p: Cursor, form: number): void {
  let i = Math.max(p.at, form + 1);
  while (p.kinds[i] !== T.EOF && p.kinds[i - 1] !== T.STOP && !beginsForm(p, i)) i++;
  p.moveTo(i);
}

/** `-name(` or `name(` at the very start of a line: nobody indents a body so, and a full stop that is being typed is often missing. */
function beginsForm(p: Cursor, token: number): boolean {
  if ((p.flags[token]! & T.LINE_START) === 0) return false;
  const start = p.starts[token]!;
  if (start > 0 && p.source.charCodeAt(start - 1) !== 10) return false;
  const kind = p.kinds[token];
  const next = p.kinds[token + 1];
  return (kind === T.ATOM && next === T.PAREN_OPEN) || (kind === T.MINUS && next === T.ATOM);
}

/** Whether the current token begins a clause of a function at the very start of a line, as no expression does: an `end` or a full stop is missing before it. */
export function beginsClause(p: Cursor): boolean {
  return p.kind === T.ATOM && beginsForm(p, p.at) && endOfHead(p, p.at) !== null;
}
