/** The way in: Elixir's source to its syntax tree. Pure; never throws, whatever the source. */

import { detach } from "../../names.ts";
import type { TokenStream } from "../../token-buffer.ts";
import type { Comment, Node, SyntaxTree } from "../ast.ts";
import { tokenize } from "../lexer.ts";
import { EOF } from "../tokens.ts";
import { noteStrayClauses, parseSequence } from "./clauses.ts";
import { Cursor } from "./cursor.ts";
import * as make from "./nodes.ts";

/**
 * The tree of one source. Whole sources are read as Elixir's own parser reads them, without a look at their layout. If that finds
 * mistakes, the source is read once more with its indentation taken as a hint of what was meant, and `problems` tell what is wrong.
 */
export function parseElixir(source: string): SyntaxTree {
  const tree = parseOnce(source, false, null);
  return tree.problems.length === 0 ? tree : parseOnce(source, true, null);
}

/** The same with the code of definitions left for later, where nothing is wrong with the rest; see `deferred.ts`. */
export function outlineElixir(source: string): SyntaxTree {
  const tree = parseOnce(source, false, new Map());
  return tree.problems.length === 0 ? tree : parseOnce(source, true, null);
}

function parseOnce(source: string, repair: boolean, outlined: Map<number, readonly string[]> | null): SyntaxTree {
  const tokens = tokenize(source, repair);
  const p = new Cursor(tokens, repair, outlined);
  const items: Node[] = [];
  for (;;) {
    const sequence = parseSequence(p);
    for (const item of sequence.items) items.push(item);
    if (sequence.clauses.length > 0) noteStrayClauses(p, sequence.clauses);
    for (const clause of sequence.clauses) items.push(clause);
    if (p.kind === EOF) break;
    p.unexpected("a definition or an expression");
    p.advance();
  }
  const root = make.block(0, source.length, items);
  return { root, outlined: outlined ?? new Map(), comments: readComments(tokens), problems: p.problems };
}

function readComments(tokens: TokenStream): Comment[] {
  const comments: Comment[] = [];
  for (let i = 0; i < tokens.commentCount; i++) {
    const start = tokens.comments[i * 2]!;
    const end = tokens.comments[i * 2 + 1]!;
    comments.push({ start, end, text: detach(tokens.source.slice(start, end)) });
  }
  return comments;
}
