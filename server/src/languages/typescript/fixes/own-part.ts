/**
 * Whether the functions of an object keep what they keep apart by one of their parameters: `this.ctx.storage.get(room)`, `this.names.get(room)`,
 * `this.counts[room]`. Then it is all the same whether one object does that for all, or each for its own.
 */
import type TypeScript from "typescript";
import { loadSyntax } from "../syntax.ts";
import { declarationOf, visit } from "./tree.ts";

/** What takes a part out of a map or a set, or puts it there, by its first argument. */
const ofPart: ReadonlySet<string> = new Set(["get", "set", "has", "delete", "add", "put"]);

/** The name of the parameter at the position, or null. `called`: the functions that others call; any function of the class that they call counts, too. */
export function hasOwnPart(object: TypeScript.ClassDeclaration, called: ReadonlySet<string>, position: number): string | null {
  const K = loadSyntax().SyntaxKind;
  if (!extendsDurableObject(object)) return null;
  const methods = new Map<string, TypeScript.MethodDeclaration>();
  for (const member of object.members) {
    if (member.kind === K.MethodDeclaration) methods.set(member.name?.getText() ?? "", member as TypeScript.MethodDeclaration);
    else if (member.kind !== K.PropertyDeclaration || mentionsThis(member)) return null;
  }
  const seen = new Set<string>();
  const isApart = (name: string, at: number): boolean => {
    if (seen.has(`${name}/${at}`)) return true;
    seen.add(`${name}/${at}`);
    const method = methods.get(name);
    return method !== undefined && new Body(method, at, isApart, methods).isApart();
  };
  const names = [...called].map((name) => methods.get(name)?.parameters[position]?.name.getText());
  if (names[0] === undefined || ![...called].every((name) => isApart(name, position))) return null;
  return names[0];
}

class Body {
  private readonly method: TypeScript.MethodDeclaration;
  private readonly parameter: TypeScript.ParameterDeclaration | undefined;
  private readonly isApartIn: (name: string, at: number) => boolean;
  private readonly methods: ReadonlyMap<string, TypeScript.MethodDeclaration>;

  constructor(
    method: TypeScript.MethodDeclaration,
    at: number,
    isApartIn: (name: string, at: number) => boolean,
    methods: ReadonlyMap<string, TypeScript.MethodDeclaration>,
  ) {
    this.method = method;
    this.parameter = method.parameters[at];
    this.isApartIn = isApartIn;
    this.methods = methods;
  }

  isApart(): boolean {
    const K = loadSyntax().SyntaxKind;
    const { parameter } = this;
    if (parameter === undefined || parameter.name.kind !== K.Identifier || !this.isText(parameter)) return false;
    let isFine = true;
    visit(this.method, (node) => {
      if (node.kind === K.ThisKeyword && !this.isOwnUse(node)) isFine = false;
      if (node.kind === K.SuperKeyword) isFine = false;
      if (node.kind === K.Identifier && this.isShared(node as TypeScript.Identifier)) isFine = false;
      if (this.isSet(node)) isFine = false;
    });
    return isFine;
  }

  /** Only a text is a key. JavaScript does not say. */
  private isText({ type, questionToken, initializer }: TypeScript.ParameterDeclaration): boolean {
    const K = loadSyntax().SyntaxKind;
    if (questionToken !== undefined || initializer !== undefined) return false;
    return type === undefined ? /\.[cm]?jsx?$/.test(this.method.getSourceFile().fileName) : type.kind === K.StringKeyword;
  }

  /** `this.env…`, or a part of what the object keeps that the parameter names. */
  private isOwnUse(root: TypeScript.Node): boolean {
    const K = loadSyntax().SyntaxKind;
    const names: string[] = [];
    let top = root;
    while (top.parent.kind === K.PropertyAccessExpression && (top.parent as TypeScript.PropertyAccessExpression).expression === top) {
      top = top.parent;
      names.push((top as TypeScript.PropertyAccessExpression).name.text);
    }
    const { parent } = top;
    if (names[0] === "env") return true;
    if (parent.kind === K.ElementAccessExpression && (parent as TypeScript.ElementAccessExpression).expression === top)
      return names.length === 1 && this.isPart((parent as TypeScript.ElementAccessExpression).argumentExpression);
    if (parent.kind !== K.CallExpression || (parent as TypeScript.CallExpression).expression !== top) return false;
    const { arguments: given } = parent as TypeScript.CallExpression;
    const [first = ""] = names;
    if (names.length === 1) {
      const at = given.findIndex((argument) => this.isPart(argument));
      return this.methods.has(first) && at >= 0 && this.isApartIn(first, at);
    }
    const isStorage = /^(ctx|state)\.storage(\.kv)?\.(get|put|delete)$/.test(names.join("."));
    const isField = names.length === 2 && ofPart.has(names[1] ?? "") && first !== "ctx" && first !== "state";
    return (isStorage || isField) && given[0] !== undefined && this.isPart(given[0]);
  }

  /** The parameter, or a text that holds it and nothing else that differs. */
  private isPart(e: TypeScript.Expression): boolean {
    const K = loadSyntax().SyntaxKind;
    if (e.kind === K.TemplateExpression)
      return (e as TypeScript.TemplateExpression).templateSpans.every(({ expression }) => this.isPart(expression));
    if (e.kind !== K.Identifier) return false;
    return declarationOf((e as TypeScript.Identifier).text, e) === this.parameter;
  }

  /** A variable of the file, which all objects of one place have in common. */
  private isShared(name: TypeScript.Identifier): boolean {
    const K = loadSyntax().SyntaxKind;
    if (name.parent.kind === K.PropertyAccessExpression && (name.parent as TypeScript.PropertyAccessExpression).name === name) return false;
    const declared = declarationOf(name.text, name);
    if (declared?.kind !== K.VariableDeclaration || declared.parent.parent.parent.kind !== K.SourceFile) return false;
    const { initializer } = declared as TypeScript.VariableDeclaration;
    const plain = [K.StringLiteral, K.NumericLiteral, K.TrueKeyword, K.FalseKeyword, K.ArrowFunction, K.FunctionExpression];
    const isConstant = /^const\b/.test(declared.parent.getText());
    return !isConstant || initializer === undefined || !plain.includes(initializer.kind);
  }

  private isSet(node: TypeScript.Node): boolean {
    const K = loadSyntax().SyntaxKind;
    if (node.kind !== K.BinaryExpression) return false;
    const { left, operatorToken } = node as TypeScript.BinaryExpression;
    return left.kind === K.Identifier && /^(?![=!]==?$|[<>]=$).*=$/.test(operatorToken.getText()) && this.isPart(left);
  }
}

function extendsDurableObject(object: TypeScript.ClassDeclaration): boolean {
  const K = loadSyntax().SyntaxKind;
  const base = object.heritageClauses?.find(({ token }) => token === K.ExtendsKeyword)?.types[0]?.expression;
  if (base?.kind !== K.Identifier) return false;
  return object.getSourceFile().statements.some((statement) => {
    if (statement.kind !== K.ImportDeclaration) return false;
    const { moduleSpecifier, importClause } = statement as TypeScript.ImportDeclaration;
    return (
      (moduleSpecifier as TypeScript.StringLiteral).text === "cloudflare:workers" &&
      importClause !== undefined &&
      new RegExp(`\\b${(base as TypeScript.Identifier).text}\\b`).test(importClause.getText())
    );
  });
}

function mentionsThis(node: TypeScript.Node): boolean {
  let found = false;
  visit(node, ({ kind }) => {
    if (kind === loadSyntax().SyntaxKind.ThisKeyword) found = true;
  });
  return found;
}
