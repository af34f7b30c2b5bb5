/** The top level of a file, and its classes → modules, imports, exports. */
import type TypeScript from "typescript";
import type { Expression } from "../../../model/expression.ts";
import type { FunctionFacts, ModuleFacts, ScriptExport, ScriptFacts, ScriptImport } from "../../../model/facts.ts";
import type { Builder } from "../../builder.ts";
import type { Syntax } from "../syntax.ts";
import { lowerExpression, unwrap } from "./expressions.ts";
import { type FunctionNode, functionFacts } from "./functions.ts";
import { type Lowering, type Node, nameText, startOf } from "./lowering.ts";
import { lowerPattern } from "./patterns.ts";
import { lowerStatement } from "./statements.ts";

export interface LoweredFile extends Pick<ScriptFacts, "imports" | "exports" | "members"> {
  readonly modules: readonly ModuleFacts[];
}

type Attribute = ModuleFacts["attributes"][number];

export function lowerFile(source: TypeScript.SourceFile, path: string, out: Builder, syntax: Syntax): LoweredFile {
  const file = new FileLowering(source, path, out, syntax);
  for (const statement of source.statements) file.statement(statement);
  return file.finish();
}

class FileLowering {
  private readonly imports: ScriptImport[] = [];
  private readonly exports: ScriptExport[] = [];
  private readonly members: ScriptFacts["members"][number][] = [];
  private readonly classes: ModuleFacts[] = [];
  private readonly functions: FunctionFacts[] = [];
  private readonly attributes: Attribute[] = [];
  private readonly statements: Expression[] = [];
  private readonly to: Lowering;
  private readonly source: TypeScript.SourceFile;
  private readonly path: string;

  constructor(source: TypeScript.SourceFile, path: string, out: Builder, syntax: Syntax) {
    this.source = source;
    this.path = path;
    this.to = { out, syntax, text: source.text, nesting: { depth: 0 }, lift: null };
  }

  finish(): LoweredFile {
    const { imports, exports, members, functions, attributes, statements, classes, source } = this;
    const { out } = this.to;
    const top: ModuleFacts = {
      name: `ts:${this.path}`,
      at: out.mark(0, source.text.length),
      nameAt: out.mark(0, 0),
      form: "module",
      functions,
      attributes,
      statements,
      uses: [],
      behaviours: [],
      imports: [],
      struct: null,
    };
    return { modules: [top, ...classes], imports, exports, members };
  }

  private named(name: string): Lowering {
    return { ...this.to, lift: { functions: this.functions, name } };
  }

  statement(node: TypeScript.Statement): void {
    const { to } = this;
    const K = to.syntax.SyntaxKind;
    switch (node.kind) {
      case K.ImportDeclaration:
        return this.import(node as TypeScript.ImportDeclaration);
      case K.ExportDeclaration:
        return this.exportNames(node as TypeScript.ExportDeclaration);
      case K.ExportAssignment:
        return this.exportDefault(node as TypeScript.ExportAssignment);
      case K.ClassDeclaration:
        return this.class(node as TypeScript.ClassDeclaration);
      case K.FunctionDeclaration:
        return this.function(node as TypeScript.FunctionDeclaration);
      case K.VariableStatement:
        return this.variables(node as TypeScript.VariableStatement);
      case K.InterfaceDeclaration:
        return this.typeMembers((node as TypeScript.InterfaceDeclaration).members);
      case K.TypeAliasDeclaration: {
        const { type } = node as TypeScript.TypeAliasDeclaration;
        if (type.kind === K.TypeLiteral) this.typeMembers((type as TypeScript.TypeLiteralNode).members);
        return;
      }
      case K.ModuleDeclaration: {
        // `declare global { interface Env { … } }`, `declare namespace Cloudflare { … }`: what generated types look like.
        const { body } = node as TypeScript.ModuleDeclaration;
        if (body?.kind === K.ModuleBlock)
          for (const inner of (body as TypeScript.ModuleBlock).statements)
            if (inner.kind === K.InterfaceDeclaration || inner.kind === K.ModuleDeclaration) this.statement(inner);
        return;
      }
      case K.ExpressionStatement:
        if (this.assignedExports((node as TypeScript.ExpressionStatement).expression)) return;
        this.statements.push(lowerExpression((node as TypeScript.ExpressionStatement).expression, this.named("")));
        return;
      default:
        if (node.kind < K.FirstStatement || node.kind > K.LastStatement) return;
        this.statements.push(lowerStatement(node, to));
    }
  }

  private export(node: Node, name: string, local: string, from: string | null): void {
    const { out } = this.to;
    out.mixText(`${name} ${local} ${from ?? ""}`);
    this.exports.push({ at: out.mark(startOf(node, this.to), node.end), name, local, from });
  }

  private addImport(node: Node, local: string, from: string, name: string): void {
    const { out } = this.to;
    out.mixText(`${local} ${from} ${name}`);
    this.imports.push({ at: out.mark(startOf(node, this.to), node.end), local, from, name });
  }

  private import({ importClause, moduleSpecifier }: TypeScript.ImportDeclaration): void {
    const from = (moduleSpecifier as TypeScript.StringLiteral).text ?? "";
    if (importClause === undefined) return;
    const { name, namedBindings } = importClause;
    if (name !== undefined) this.addImport(name, textOf(name), from, "default");
    if (namedBindings === undefined) return;
    if (namedBindings.kind === this.to.syntax.SyntaxKind.NamespaceImport) {
      const { name: local } = namedBindings as TypeScript.NamespaceImport;
      return this.addImport(local, textOf(local), from, "*");
    }
    for (const element of (namedBindings as TypeScript.NamedImports).elements)
      this.addImport(element, textOf(element.name), from, textOf(element.propertyName ?? element.name));
  }

  private exportNames({ exportClause, moduleSpecifier }: TypeScript.ExportDeclaration): void {
    const from = moduleSpecifier === undefined ? null : ((moduleSpecifier as TypeScript.StringLiteral).text ?? "");
    if (exportClause === undefined) {
      if (moduleSpecifier !== undefined) this.export(moduleSpecifier, "*", "*", from);
      return;
    }
    if (exportClause.kind !== this.to.syntax.SyntaxKind.NamedExports)
      return this.export(exportClause, textOf((exportClause as TypeScript.NamespaceExport).name), "*", from);
    for (const element of (exportClause as TypeScript.NamedExports).elements)
      this.export(element, textOf(element.name), textOf(element.propertyName ?? element.name), from);
  }

  private exportDefault(node: TypeScript.ExportAssignment): void {
    const inner = unwrap(node.expression, this.to);
    if (inner.kind === this.to.syntax.SyntaxKind.Identifier) return this.export(node, "default", textOf(inner), null);
    this.attribute(node, "default", lowerExpression(node.expression, this.named("default")));
    this.export(node, "default", "default", null);
  }

  /** `module.exports = …`, `exports.name = …`: what a CommonJS module gives. True where it has been taken in. */
  private assignedExports(node: TypeScript.Expression): boolean {
    const K = this.to.syntax.SyntaxKind;
    const { left, right, operatorToken } = node as TypeScript.BinaryExpression;
    if (node.kind !== K.BinaryExpression || operatorToken.kind !== K.EqualsToken || left.kind !== K.PropertyAccessExpression) return false;
    const { expression, name } = left as TypeScript.PropertyAccessExpression;
    if (nameText(expression) === "exports" || this.isModuleExports(expression)) {
      this.exportValue(name, textOf(name), right);
      return true;
    }
    if (!this.isModuleExports(left)) return false;
    if (right.kind !== K.ObjectLiteralExpression) {
      // What the whole module is, and what it is imported as by default.
      this.export(left, "export=", "default", null);
      this.exportValue(left, "default", right);
      return true;
    }
    for (const property of (right as TypeScript.ObjectLiteralExpression).properties) {
      const key = property.name === undefined ? undefined : nameText(property.name);
      if (key === undefined) continue;
      if (property.kind === K.ShorthandPropertyAssignment) this.export(property, key, key, null);
      else if (property.kind === K.PropertyAssignment)
        this.exportValue(property.name!, key, (property as TypeScript.PropertyAssignment).initializer);
      else this.exportFunction(property.name!, key, property as unknown as FunctionNode);
    }
    return true;
  }

  private isModuleExports(node: Node): boolean {
    const { expression, name } = node as TypeScript.PropertyAccessExpression;
    const isAccess = node.kind === this.to.syntax.SyntaxKind.PropertyAccessExpression;
    return isAccess && nameText(expression) === "module" && textOf(name) === "exports";
  }

  private exportValue(node: Node, name: string, value: TypeScript.Expression): void {
    const K = this.to.syntax.SyntaxKind;
    const inner = unwrap(value, this.to);
    if (inner.kind === K.Identifier) return this.export(node, name, textOf(inner), null);
    if (inner.kind === K.ArrowFunction || inner.kind === K.FunctionExpression)
      return this.exportFunction(node, name, inner as FunctionNode);
    this.attribute(node, name, lowerExpression(value, this.named(name)), node);
    this.export(node, name, name, null);
  }

  private exportFunction(node: Node, name: string, fn: FunctionNode): void {
    if (!this.functions.some((known) => known.name === name)) this.functions.push(functionFacts(fn, name, node, this.to));
    this.export(node, name, name, null);
  }

  private attribute(node: Node, name: string, value: Expression, nameNode?: Node): void {
    const { out } = this.to;
    out.mixText(name);
    const at = out.mark(startOf(node, this.to), node.end);
    const nameAt = nameNode === undefined ? at : out.mark(startOf(nameNode, this.to), nameNode.end);
    this.attributes.push({ at, nameAt, name, value });
  }

  private isModified(node: Node, kind: TypeScript.SyntaxKind): boolean {
    const { modifiers } = node as TypeScript.ClassDeclaration;
    return modifiers?.some((modifier) => modifier.kind === kind) === true;
  }

  /** `statement`: where its modifiers stand. */
  private exportDeclared(node: Node, name: string, statement: Node = node): void {
    const K = this.to.syntax.SyntaxKind;
    if (!this.isModified(statement, K.ExportKeyword)) return;
    this.export(node, this.isModified(statement, K.DefaultKeyword) ? "default" : name, name, null);
  }

  private function(node: TypeScript.FunctionDeclaration): void {
    const name = node.name === undefined ? "default" : textOf(node.name);
    this.exportDeclared(node, name);
    if (node.body === undefined || this.functions.some((fn) => fn.name === name)) return;
    this.functions.push(functionFacts(node, name, node.name ?? null, this.to));
  }

  private variables(statement: TypeScript.VariableStatement): void {
    const K = this.to.syntax.SyntaxKind;
    for (const declaration of statement.declarationList.declarations) {
      const { name, initializer } = declaration;
      if (this.required(declaration)) continue;
      if (name.kind !== K.Identifier) {
        this.exportBound(name as TypeScript.BindingPattern, statement);
        if (initializer !== undefined) {
          const value = lowerExpression(initializer, this.to);
          const pattern = lowerPattern(name, this.to);
          this.statements.push(this.to.out.match(startOf(declaration, this.to), declaration.end, pattern, value));
        }
        continue;
      }
      const text = textOf(name);
      this.exportDeclared(declaration, text, statement);
      if (initializer === undefined) {
        this.attribute(declaration, text, this.to.out.atom(startOf(name, this.to), name.end, "undefined"), name);
        continue;
      }
      const inner = unwrap(initializer, this.to);
      if (inner.kind === K.ArrowFunction || inner.kind === K.FunctionExpression)
        this.functions.push(functionFacts(inner as FunctionNode, text, name, this.to));
      else this.attribute(declaration, text, lowerExpression(initializer, this.named(text)), name);
    }
  }

  /** `export const { join, leave } = room`. */
  private exportBound(pattern: TypeScript.BindingPattern, statement: Node): void {
    for (const element of pattern.elements) {
      const { name } = element as TypeScript.BindingElement;
      const text = name === undefined ? undefined : nameText(name);
      if (text !== undefined) this.exportDeclared(element, text, statement);
      else if (name !== undefined) this.exportBound(name as TypeScript.BindingPattern, statement);
    }
  }

  /** `const { spawn } = require("nact")`. */
  private required({ name, initializer }: TypeScript.VariableDeclaration): boolean {
    const K = this.to.syntax.SyntaxKind;
    const call = initializer as TypeScript.CallExpression | undefined;
    const [specifier] = call?.arguments ?? [];
    if (call?.kind !== K.CallExpression || nameText(call.expression) !== "require") return false;
    if (specifier?.kind !== K.StringLiteral) return false;
    const from = (specifier as TypeScript.StringLiteral).text;
    if (name.kind === K.Identifier) this.addImport(name, textOf(name), from, "*");
    else if (name.kind === K.ObjectBindingPattern)
      for (const element of (name as TypeScript.ObjectBindingPattern).elements) {
        const local = nameText(element.name);
        if (local !== undefined) this.addImport(element, local, from, textOf(element.propertyName ?? element.name));
      }
    return true;
  }

  private typeMembers(members: readonly TypeScript.TypeElement[]): void {
    const K = this.to.syntax.SyntaxKind;
    for (const member of members) {
      const { type, name } = member as TypeScript.PropertySignature;
      if (type?.kind !== K.TypeReference || name === undefined) continue;
      const { typeName, typeArguments } = type as TypeScript.TypeReferenceNode;
      const [argument] = typeArguments ?? [];
      if (argument === undefined) continue;
      const entry = { name: textOf(name), type: this.lastName(typeName), argument: this.typeName(argument) };
      this.to.out.mixText(`${entry.name} ${entry.type} ${entry.argument}`);
      this.members.push({ at: this.to.out.mark(startOf(member, this.to), member.end), ...entry });
    }
  }

  /** `Counter`; of `import("./counter").Counter` the last name too. */
  private typeName(type: TypeScript.TypeNode): string {
    const K = this.to.syntax.SyntaxKind;
    if (type.kind === K.ImportType) {
      const { qualifier } = type as TypeScript.ImportTypeNode;
      return qualifier === undefined ? "" : this.lastName(qualifier);
    }
    return type.kind === K.TypeReference ? this.lastName((type as TypeScript.TypeReferenceNode).typeName) : "";
  }

  private lastName(name: TypeScript.EntityName): string {
    return nameText(name) ?? textOf((name as TypeScript.QualifiedName).right);
  }

  private class(node: TypeScript.ClassDeclaration): void {
    const { out, syntax } = this.to;
    const K = syntax.SyntaxKind;
    const name = node.name === undefined ? "default" : textOf(node.name);
    out.mixText(name);
    this.exportDeclared(node, name);
    const functions: FunctionFacts[] = [];
    const attributes: Attribute[] = [];
    const statements: Expression[] = [];
    for (const { token, types } of node.heritageClauses ?? [])
      if (token === K.ImplementsKeyword)
        for (const type of types)
          attributes.push({ at: out.mark(startOf(type, this.to), type.end), name: "@implements", value: lowerExpression(type, this.to) });
    const base = node.heritageClauses?.find(({ token }) => token === K.ExtendsKeyword)?.types[0];
    const behaviours =
      base === undefined ? [] : [{ at: out.mark(startOf(base, this.to), base.end), module: lowerExpression(base, this.to) }];
    for (const member of node.members) {
      const key = member.name === undefined ? null : memberName(member.name);
      if (member.kind === K.Constructor) this.method(member, "constructor", functions, attributes);
      else if (member.kind === K.PropertyDeclaration) {
        const { initializer } = member as TypeScript.PropertyDeclaration;
        if (initializer === undefined || key === null) continue;
        const value = lowerExpression(initializer, { ...this.to, lift: { functions, name: key } });
        attributes.push({ at: out.mark(startOf(member, this.to), member.end), name: key, value });
      } else if (member.kind === K.ClassStaticBlockDeclaration)
        statements.push(lowerStatement((member as TypeScript.ClassStaticBlockDeclaration).body, this.to));
      else if (key !== null) this.method(member, key, functions, attributes);
    }
    this.classes.push({
      name: `ts:${this.path}#${name}`,
      at: out.mark(startOf(node, this.to), node.end),
      nameAt:
        node.name === undefined
          ? out.mark(startOf(node, this.to), startOf(node, this.to) + 5)
          : out.mark(startOf(node.name, this.to), node.name.end),
      form: "module",
      functions,
      attributes,
      statements,
      uses: [],
      behaviours,
      imports: [],
      struct: null,
    });
  }

  /** Overloads have no body; of a getter and a setter of one name the first counts. A decorator is an attribute `@name`. */
  private method(node: TypeScript.ClassElement, name: string, functions: FunctionFacts[], attributes: Attribute[]): void {
    const K = this.to.syntax.SyntaxKind;
    const method = node as unknown as FunctionNode;
    if (method.body === undefined || functions.some((fn) => fn.name === name)) return;
    const fn = functionFacts(method, name, node.name ?? null, this.to);
    const hidden = name.startsWith("#") || this.isModified(node, K.PrivateKeyword) || this.isModified(node, K.ProtectedKeyword);
    this.to.out.mixNumber(hidden ? 1 : 0);
    functions.push(hidden ? { ...fn, form: "defp" } : fn);
    for (const modifier of (node as TypeScript.MethodDeclaration).modifiers ?? [])
      if (modifier.kind === K.Decorator) {
        const { expression } = modifier as TypeScript.Decorator;
        const at = this.to.out.mark(startOf(modifier, this.to), modifier.end);
        attributes.push({ at, name: `@${name}`, value: lowerExpression(expression, this.to) });
      }
  }
}

/** Null for a name that is computed. */
function memberName(name: TypeScript.PropertyName): string | null {
  return nameText(name) ?? null;
}

function textOf(name: Node): string {
  return nameText(name) ?? "";
}
