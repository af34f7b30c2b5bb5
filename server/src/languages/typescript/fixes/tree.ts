/** Syntax trees for fixes: with parents, and what a name means where it stands. */
import type TypeScript from "typescript";
import { nameText, skipTrivia } from "../lower/lowering.ts";
import { loadSyntax } from "../syntax.ts";

/** An editor asks at each move of the cursor: the last trees are kept as long as their texts are the same. */
const recent: TypeScript.SourceFile[] = [];
const kept = 4;

/** Broken source gives a tree of what is left. */
export function treeOf(file: string, text: string): TypeScript.SourceFile {
  const known = recent.find((one) => one.fileName === file && one.text === text);
  if (known !== undefined) return known;
  const syntax = loadSyntax();
  const tree = syntax.createSourceFile(file, text, syntax.ScriptTarget.Latest, true);
  recent.unshift(tree);
  recent.length = Math.min(recent.length, kept);
  return tree;
}

/** Where the parser found something wrong. */
export function mistakesIn(tree: TypeScript.SourceFile): readonly number[] {
  const { parseDiagnostics } = tree as unknown as { readonly parseDiagnostics: readonly TypeScript.DiagnosticWithLocation[] };
  return parseDiagnostics.map(({ start }) => start);
}

/** The tree that a node is part of. The parser that ships is cut down: its nodes have no methods. */
export function treeAround(node: TypeScript.Node): TypeScript.SourceFile {
  let at = node;
  while (at.parent !== undefined) at = at.parent;
  return at as TypeScript.SourceFile;
}

/** Where a node begins, after the comments and blanks before it. */
export function startIn(tree: TypeScript.SourceFile, node: TypeScript.Node): number {
  return skipTrivia(tree.text, node.pos, node.end);
}

/** A node as it is written. */
export function textOf(node: TypeScript.Node): string {
  const tree = treeAround(node);
  return tree.text.slice(startIn(tree, node), node.end);
}

/** The outermost node that stands exactly there, of those that `fits`; null where there is none. */
export function nodeAt<T extends TypeScript.Node>(
  tree: TypeScript.SourceFile,
  span: { readonly start: number; readonly end: number } | null,
  fits: (node: TypeScript.Node) => node is T,
): T | null {
  if (span === null) return null;
  const { forEachChild } = loadSyntax();
  const look = (node: TypeScript.Node): T | undefined => {
    if (node.pos > span.start || node.end < span.end) return undefined;
    if (node.end === span.end && startIn(tree, node) === span.start && fits(node)) return node;
    return forEachChild(node, look);
  };
  return look(tree) ?? null;
}

/** All nodes of a part of a tree, in the order of the source. */
export function visit(node: TypeScript.Node, see: (node: TypeScript.Node) => void): void {
  see(node);
  loadSyntax().forEachChild(node, (part) => visit(part, see));
}

/** The innermost declaration of a name around a node: a parameter, a variable, a function or a class; null for one that the file does not declare. */
export function declarationOf(name: string, from: TypeScript.Node): TypeScript.Declaration | null {
  const { forEachChild, SyntaxKind: K } = loadSyntax();
  const inName = (binding: TypeScript.BindingName): boolean =>
    binding.kind === K.Identifier
      ? nameText(binding) === name
      : (binding as TypeScript.BindingPattern).elements.some(
          (one) => one.kind !== K.OmittedExpression && inName((one as TypeScript.BindingElement).name),
        );
  const declares = (node: TypeScript.Node): TypeScript.Declaration | undefined => {
    if (node.kind === K.VariableStatement || node.kind === K.VariableDeclarationList) return forEachChild(node, declares);
    if (node.kind === K.VariableDeclaration || node.kind === K.Parameter) {
      const declaration = node as TypeScript.VariableDeclaration | TypeScript.ParameterDeclaration;
      return inName(declaration.name) ? declaration : undefined;
    }
    const isNamed = node.kind === K.FunctionDeclaration || node.kind === K.ClassDeclaration || node.kind === K.EnumDeclaration;
    if (!isNamed) return undefined;
    const declaration = node as TypeScript.FunctionDeclaration;
    return declaration.name !== undefined && nameText(declaration.name) === name ? declaration : undefined;
  };
  for (let at: TypeScript.Node = from; at !== undefined; at = at.parent) {
    const found = forEachChild(at, declares);
    if (found !== undefined) return found;
  }
  return null;
}

/** What a name is imported as, `package name` (`*` for a whole package), or null. */
export function importedAs(tree: TypeScript.SourceFile, name: string): string | null {
  const K = loadSyntax().SyntaxKind;
  for (const statement of tree.statements) {
    if (statement.kind !== K.ImportDeclaration) continue;
    const { moduleSpecifier, importClause } = statement as TypeScript.ImportDeclaration;
    const from = (moduleSpecifier as TypeScript.StringLiteral).text;
    const bindings = importClause?.namedBindings;
    if (importClause?.name !== undefined && nameText(importClause.name) === name) return `${from} default`;
    if (bindings?.kind === K.NamespaceImport && nameText((bindings as TypeScript.NamespaceImport).name) === name) return `${from} *`;
    if (bindings?.kind !== K.NamedImports) continue;
    const element = (bindings as TypeScript.NamedImports).elements.find((one) => nameText(one.name) === name);
    if (element !== undefined) return `${from} ${nameText(element.propertyName ?? element.name)}`;
  }
  return null;
}
