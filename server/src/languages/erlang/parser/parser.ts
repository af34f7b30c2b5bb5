/** Erlang's parser: text → forms, whatever is wrong with it. Pure, never throws on user code, linear in the size of the source. */
import type { TokenStream } from "../../token-buffer.ts";
import type { Comment, Form, FunctionForm, SyntaxTree } from "../ast.ts";
import { tokenize, usesMaybe } from "../lexer.ts";
import * as T from "../tokens.ts";
import { readAttribute } from "./attributes.ts";
import { Broken, Cursor } from "./cursor.ts";
import { type Extent, outlineFunction } from "./deferred.ts";
import { readExpression } from "./expressions.ts";
import { readFunctionClause, readMacroForm } from "./functions.ts";
import { skipForm } from "./recovery.ts";

/** A module, a header or a script (`#!` lines are passed over). */
export function parseErlang(source: string): SyntaxTree {
  return parse(source, readForm);
}

/** The same with the code of functions left for later, where nothing is wrong with it; see `deferred.ts`. */
export function outlineErlang(source: string): SyntaxTree {
  const withMaybe = usesMaybe(source);
  const later = ({ start, end }: Extent): readonly FunctionForm[] => parseFunction(source.slice(0, end), start, withMaybe);
  return parse(source, (p) => (p.kind === T.ATOM ? (outlineFunction(p, later) ?? readFunctionClause(p)) : readForm(p)));
}

/** The clauses of the function that begins at `start` and ends with the source. */
function parseFunction(source: string, start: number, withMaybe: boolean): readonly FunctionForm[] {
  const forms = readForms(new Cursor(tokenize(source, withMaybe, start)), readForm);
  return forms.filter((form) => form.kind === "function");
}

/** A file of terms: `.app`, `.app.src`, `rebar.config`. */
export function parseTerms(source: string): SyntaxTree {
  return parse(source, readTerm);
}

function parse(source: string, read: (p: Cursor) => Form): SyntaxTree {
  const tokens = tokenize(source);
  const p = new Cursor(tokens);
  if (source.startsWith("#!")) skipFirstLine(p);
  const forms = readForms(p, read);
  return { forms, comments: readComments(tokens), problems: p.problems };
}

function readForms(p: Cursor, read: (p: Cursor) => Form): Form[] {
  const forms: Form[] = [];
  while (p.kind !== T.EOF) {
    const first = p.at;
    p.depth = 0;
    try {
      const form = read(p);
      forms.push(form);
      if (form.kind === "function" && form.cut) skipForm(p, first);
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      skipForm(p, first);
    }
  }
  return forms;
}

function readForm(p: Cursor): Form {
  switch (p.kind) {
    case T.MINUS:
      return readAttribute(p);
    case T.ATOM:
      return readFunctionClause(p);
    case T.MACRO:
      return readMacroForm(p);
    default:
      return p.fail("a function or an attribute");
  }
}

function readTerm(p: Cursor): Form {
  const { start } = p;
  const term = readExpression(p);
  p.expect(T.STOP, "`.`");
  return { kind: "term", start, end: p.previousEnd, term };
}

function skipFirstLine(p: Cursor): void {
  const end = p.source.indexOf("\n");
  while (p.kind !== T.EOF && p.start < (end < 0 ? p.source.length : end)) p.advance();
}

function readComments(tokens: TokenStream): Comment[] {
  const found: Comment[] = [];
  for (let i = 0; i < tokens.commentCount; i++) {
    const start = tokens.comments[2 * i]!;
    const end = tokens.comments[2 * i + 1]!;
    found.push({ start, end, text: tokens.source.slice(start, end) });
  }
  return found;
}
