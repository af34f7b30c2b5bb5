/**
 * Whether the functions of an object keep what they keep apart by one of their parameters. Then it is all the same whether one object does that for all, or each
 * for its own.
 */
import type TypeScript from "typescript";
import { nameText } from "../lower/lowering.ts";
import { loadSyntax } from "../syntax.ts";
import { isUseOfPart, type KeyedObject, type ObjectFunction } from "./keyed-object.ts";
import { declarationOf, textOf, treeAround, visit } from "./tree.ts";

/**
 * The name of the parameter at the position, or null. `called`: the functions that others call; any function of the object that they call counts, too.
 * Positions are those of what callers give.
 */
export function ownPartOf(object: KeyedObject, called: ReadonlySet<string>, position: number): string | null {
  const { functions, given } = object;
  const seen = new Set<string>();
  const isApart = (name: string, at: number): boolean => {
    if (seen.has(`${name}/${at}`)) return true;
    seen.add(`${name}/${at}`);
    const fn = functions.get(name);
    return fn !== undefined && new Body(fn, at, isApart, object).isApart();
  };
  const names = [...called].map((name) => {
    const parameter = functions.get(name)?.parameters[position + given];
    return parameter === undefined ? undefined : textOf(parameter.name);
  });
  if (names[0] === undefined || ![...called].every((name) => isApart(name, position + given))) return null;
  return names[0];
}

class Body {
  private readonly fn: ObjectFunction;
  private readonly parameter: TypeScript.ParameterDeclaration | undefined;
  private readonly isApartIn: (name: string, at: number) => boolean;
  private readonly object: KeyedObject;

  constructor(fn: ObjectFunction, at: number, isApartIn: (name: string, at: number) => boolean, object: KeyedObject) {
    this.fn = fn;
    this.parameter = fn.parameters[at];
    this.isApartIn = isApartIn;
    this.object = object;
  }

  isApart(): boolean {
    const K = loadSyntax().SyntaxKind;
    const { parameter } = this;
    if (parameter === undefined || parameter.name.kind !== K.Identifier || !this.isText(parameter)) return false;
    if (this.object.given === 1 && this.fn.parameters[0]?.name.kind !== K.Identifier) return false;
    let isFine = true;
    visit(this.fn, (node) => {
      if (this.isRoot(node) && !this.isOwnUse(node)) isFine = false;
      if (node.kind === K.SuperKeyword) isFine = false;
      if (node.kind === K.Identifier && this.isShared(node as TypeScript.Identifier)) isFine = false;
      if (this.isSet(node)) isFine = false;
    });
    return isFine;
  }

  /** What stands for the object: `this`, or the first parameter. */
  private isRoot(node: TypeScript.Node): boolean {
    const K = loadSyntax().SyntaxKind;
    if (this.object.given === 0 || node.kind === K.ThisKeyword) return node.kind === K.ThisKeyword;
    const [first] = this.fn.parameters;
    if (node.kind !== K.Identifier || first === undefined || node === first.name || isPropertyName(node as TypeScript.Identifier))
      return false;
    return declarationOf(nameText(node) ?? "", node) === first;
  }

  /** Only a text is a key. JavaScript does not say. */
  private isText({ type, questionToken, initializer }: TypeScript.ParameterDeclaration): boolean {
    const K = loadSyntax().SyntaxKind;
    if (questionToken !== undefined || initializer !== undefined) return false;
    return type === undefined ? /\.[cm]?jsx?$/.test(treeAround(this.fn).fileName) : type.kind === K.StringKeyword;
  }

  /** `this.env…`, or a part of what the object keeps that the parameter names. */
  private isOwnUse(root: TypeScript.Node): boolean {
    const K = loadSyntax().SyntaxKind;
    const names: string[] = [];
    let top = root;
    while (top.parent.kind === K.PropertyAccessExpression && (top.parent as TypeScript.PropertyAccessExpression).expression === top) {
      top = top.parent;
      names.push(nameText((top as TypeScript.PropertyAccessExpression).name) ?? "");
    }
    const { parent } = top;
    const { form, functions } = this.object;
    if (form !== "class" && root.kind === K.ThisKeyword) return false;
    const isPart = (e: TypeScript.Expression): boolean => this.isPart(e);
    if (form === "class" && names[0] === "env") return true;
    if (parent.kind === K.ElementAccessExpression && (parent as TypeScript.ElementAccessExpression).expression === top)
      return isUseOfPart(form, names, { kind: "index", first: (parent as TypeScript.ElementAccessExpression).argumentExpression }, isPart);
    if (parent.kind !== K.CallExpression || (parent as TypeScript.CallExpression).expression !== top) return false;
    const { arguments: given } = parent as TypeScript.CallExpression;
    const [first = ""] = names;
    if (form === "class" && names.length === 1) {
      const at = given.findIndex((argument) => this.isPart(argument));
      return functions.has(first) && at >= 0 && this.isApartIn(first, at);
    }
    return isUseOfPart(form, names, { kind: "call", first: given[0] }, isPart);
  }

  /** The parameter, or a text that holds it and nothing else that differs. */
  private isPart(e: TypeScript.Expression): boolean {
    const K = loadSyntax().SyntaxKind;
    if (e.kind === K.TemplateExpression)
      return (e as TypeScript.TemplateExpression).templateSpans.every(({ expression }) => this.isPart(expression));
    if (e.kind !== K.Identifier) return false;
    return declarationOf(nameText(e) ?? "", e) === this.parameter;
  }

  /** A variable of the file, which all objects of one place have in common. */
  private isShared(name: TypeScript.Identifier): boolean {
    const K = loadSyntax().SyntaxKind;
    if (isPropertyName(name)) return false;
    const declared = declarationOf(nameText(name) ?? "", name);
    if (declared?.kind !== K.VariableDeclaration || declared.parent.parent.parent.kind !== K.SourceFile) return false;
    const { initializer } = declared as TypeScript.VariableDeclaration;
    const plain = [K.StringLiteral, K.NumericLiteral, K.TrueKeyword, K.FalseKeyword, K.ArrowFunction, K.FunctionExpression];
    const isConstant = /^const\b/.test(textOf(declared.parent));
    return !isConstant || initializer === undefined || !plain.includes(initializer.kind);
  }

  private isSet(node: TypeScript.Node): boolean {
    const K = loadSyntax().SyntaxKind;
    if (node.kind !== K.BinaryExpression) return false;
    const { left, operatorToken } = node as TypeScript.BinaryExpression;
    return left.kind === K.Identifier && /^(?![=!]==?$|[<>]=$).*=$/.test(textOf(operatorToken)) && this.isPart(left);
  }
}

function isPropertyName(name: TypeScript.Identifier): boolean {
  const { parent } = name;
  const K = loadSyntax().SyntaxKind;
  return parent.kind === K.PropertyAccessExpression && (parent as TypeScript.PropertyAccessExpression).name === name;
}
