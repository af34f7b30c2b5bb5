/**
 * The keys that objects are reached by, as they are written, and whether a workspace does nothing else with what leads to these objects:
 * `env.SEATS.getByName("all")`, `getAgentByName(env.Seats, "all")`, `client.seats.getOrCreate(["all"])`, `ctx.objectClient(seats, "all")`.
 */
import type TypeScript from "typescript";
import { nameText } from "../lower/lowering.ts";
import { loadSyntax } from "../syntax.ts";
import type { KeyedObject } from "./keyed-object.ts";
import { declarationOf, textOf, treeOf, visit } from "./tree.ts";

/** Where a text names an object of a namespace: the first argument. */
const naming: ReadonlySet<string> = new Set(["getByName", "idFromName"]);
/** The same for the second argument; the namespace, or the definition, is the first. */
const namingSecond: ReadonlySet<string> = new Set(["getAgentByName", "objectClient", "objectSendClient"]);
/** On a name of a registry. */
const namingEntry: ReadonlySet<string> = new Set(["get", "getOrCreate"]);
/** What hands requests from outside on to objects that these name by themselves. */
const routing = /\b(routeAgentRequest|agentsMiddleware|useAgent|AgentClient|agentFetch)\b/;

/** A key as it is written: a text, one in a list, or a constant of the file that is one. `declared`: the constant's declaration. */
export interface WrittenKey {
  readonly node: TypeScript.Expression;
  readonly declared: TypeScript.VariableDeclaration | null;
}

/** Null where the node is none. */
export function keyAt(node: TypeScript.Node): WrittenKey | null {
  const K = loadSyntax().SyntaxKind;
  if (isText(node)) return { node, declared: null };
  if (node.kind === K.ArrayLiteralExpression) {
    const { elements } = node as TypeScript.ArrayLiteralExpression;
    return elements.length === 1 ? keyAt(elements[0]!) : null;
  }
  if (node.kind !== K.Identifier) return null;
  const declared = declarationOf(nameText(node) ?? "", node);
  if (declared?.kind !== K.VariableDeclaration || declared.parent.parent.parent.kind !== K.SourceFile) return null;
  const { initializer } = declared as TypeScript.VariableDeclaration;
  const isConstant = initializer !== undefined && isText(initializer) && /^const\b/.test(textOf(declared.parent));
  return isConstant ? { node: node as TypeScript.Identifier, declared: declared as TypeScript.VariableDeclaration } : null;
}

/** The name of what the key is one of, or null where it is not all that the call is given. */
export function bindingOf({ node }: WrittenKey): string | null {
  const K = loadSyntax().SyntaxKind;
  const argument = node.parent.kind === K.ArrayLiteralExpression ? node.parent : node;
  const call = argument.parent as TypeScript.CallExpression;
  if (call.kind !== K.CallExpression || call.arguments.at(-1) !== argument) return null;
  const callee = call.expression;
  const name = calledName(callee);
  if (namingSecond.has(name) && call.arguments.length === 2) return lastName(call.arguments[0]!);
  if (call.arguments.length !== 1 || callee.kind !== K.PropertyAccessExpression) return null;
  const { expression } = callee as TypeScript.PropertyAccessExpression;
  const isNamed = naming.has(name) ? argument === node : namingEntry.has(name);
  return isNamed && expression.kind === K.PropertyAccessExpression ? lastName(expression) : null;
}

/** Whether a file makes no other use of the bindings than for the keys that are known, and for the stubs of what these give. */
export function isEachUseKnown(
  file: string,
  text: string,
  bindings: ReadonlySet<string>,
  keys: ReadonlySet<TypeScript.Node>,
  { form, name }: KeyedObject,
): boolean {
  if (form === "class" && routing.test(text) && /["']agents\b|["']hono-agents["']/.test(text)) return false;
  if (![...bindings, ...(name === null ? [] : [name])].some((one) => text.includes(one))) return true;
  const K = loadSyntax().SyntaxKind;
  let isKnown = true;
  let told = 0;
  visit(treeOf(file, text), (node) => {
    if (form !== "class" && node.kind === K.StringLiteral && !isSpecifier(node)) {
      const { text: said } = node as TypeScript.StringLiteral;
      // Its own name, which it says once.
      if (said === name && node.parent.kind === K.PropertyAssignment) told++;
      else if (bindings.has(said) || said === name) isKnown = false;
    }
    if (node.kind !== K.Identifier || !bindings.has(nameText(node) ?? "")) return;
    const isMeant = form === "class" ? isUseOfNamespace(node, keys) : isUseOfDefinition(node, keys);
    if (!isMeant) isKnown = false;
  });
  return isKnown && told <= 1;
}

function isUseOfNamespace(node: TypeScript.Node, keys: ReadonlySet<TypeScript.Node>): boolean {
  const K = loadSyntax().SyntaxKind;
  const { parent } = node;
  // `COUNTER: DurableObjectNamespace<Counter>`
  if (parent.kind === K.PropertySignature) return true;
  if (isClassName(node)) return true;
  if (parent.kind !== K.PropertyAccessExpression) return false;
  const access = parent.parent as TypeScript.PropertyAccessExpression;
  if (access.kind === (K.CallExpression as number)) return isKeyed(access as unknown as TypeScript.CallExpression, keys);
  const call = access.parent as TypeScript.CallExpression;
  if (
    access.kind !== K.PropertyAccessExpression ||
    access.expression !== parent ||
    call.kind !== K.CallExpression ||
    call.expression !== access
  )
    return false;
  const [first] = call.arguments;
  return first !== undefined && (naming.has(nameText(access.name) ?? "") ? keys.has(first) : nameText(access.name) === "get");
}

/** Where it is made, imported, exported, bound, or reached by a key. */
function isUseOfDefinition(node: TypeScript.Node, keys: ReadonlySet<TypeScript.Node>): boolean {
  const K = loadSyntax().SyntaxKind;
  const { parent } = node;
  const making: readonly TypeScript.SyntaxKind[] = [
    K.VariableDeclaration,
    K.ImportSpecifier,
    K.ExportSpecifier,
    K.ShorthandPropertyAssignment,
    K.ArrayLiteralExpression,
    K.TypeQuery,
  ];
  if (parent.kind === K.VariableDeclaration) return (parent as TypeScript.VariableDeclaration).name === node;
  if (making.includes(parent.kind)) return true;
  if (parent.kind === K.PropertyAssignment) return (parent.parent.parent.kind as number) === K.PropertyAssignment;
  if (parent.kind === K.CallExpression) {
    const call = parent as TypeScript.CallExpression;
    return calledName(call.expression) === "bind" || isKeyed(call, keys);
  }
  const access = parent.parent as TypeScript.PropertyAccessExpression;
  const call = access?.parent as TypeScript.CallExpression;
  return parent.kind === K.PropertyAccessExpression && call?.kind === K.CallExpression && call.expression === access && isKeyed(call, keys);
}

function isKeyed({ arguments: given }: TypeScript.CallExpression, keys: ReadonlySet<TypeScript.Node>): boolean {
  const K = loadSyntax().SyntaxKind;
  const last = given.at(-1);
  if (last === undefined) return false;
  return keys.has(last) || (last.kind === K.ArrayLiteralExpression && keys.has((last as TypeScript.ArrayLiteralExpression).elements[0]!));
}

/** A class may have the name of what it is bound to. */
function isClassName({ parent }: TypeScript.Node): boolean {
  const K = loadSyntax().SyntaxKind;
  const naming: readonly TypeScript.SyntaxKind[] = [K.ClassDeclaration, K.ImportSpecifier, K.ExportSpecifier, K.TypeReference];
  return naming.includes(parent.kind);
}

function isSpecifier({ parent }: TypeScript.Node): boolean {
  const K = loadSyntax().SyntaxKind;
  return parent.kind === K.ImportDeclaration || parent.kind === K.ExportDeclaration;
}

function calledName(callee: TypeScript.Expression): string {
  return lastName(callee) ?? "";
}

function lastName(e: TypeScript.Expression): string | null {
  const K = loadSyntax().SyntaxKind;
  if (e.kind === K.Identifier) return nameText(e) ?? null;
  return e.kind === K.PropertyAccessExpression ? (nameText((e as TypeScript.PropertyAccessExpression).name) ?? null) : null;
}

function isText(node: TypeScript.Node): node is TypeScript.StringLiteral {
  const K = loadSyntax().SyntaxKind;
  return node.kind === K.StringLiteral || node.kind === K.NoSubstitutionTemplateLiteral;
}
