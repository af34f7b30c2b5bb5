/**
 * TypeScript's own parser, loaded when a file first needs it: a process that reads no actor code never pays for it.
 *
 * `require` is the bundler's: the build puts the parser, cut down to `createSourceFile`, into a file of its own (`bundle-parser.mjs`).
 */
import type TypeScript from "typescript";

export type Syntax = Pick<
  typeof TypeScript,
  "createSourceFile" | "forEachChild" | "JSDocParsingMode" | "ScriptKind" | "ScriptTarget" | "SyntaxKind"
>;

declare const require: (id: "typescript") => Syntax;

let loaded: Syntax | null = null;

export function loadSyntax(): Syntax {
  loaded ??= require("typescript");
  return loaded;
}

export function isSyntaxLoaded(): boolean {
  return loaded !== null;
}
