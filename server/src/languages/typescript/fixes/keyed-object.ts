/**
 * The code of an object that is reached by a key, as a fix sees it: its functions by name, and which uses of what it keeps are of a part that a name stands for.
 *
 * - A class that extends `DurableObject`, or `Agent` of Cloudflare's Agents: `this.ctx.storage.get(room)`, `this.names.get(room)`, `this.counts[room]`.
 * - An actor of Rivet's that has nothing but a state and actions: `c.state.counts[room]`, `c.state.names.get(room)`, `c.kv.get(room)`.
 * - A virtual object of Restate's: `ctx.get(room)`, `ctx.set(room, …)`, `ctx.clear(room)`.
 */
import type TypeScript from "typescript";
import { nameText } from "../lower/lowering.ts";
import { loadSyntax } from "../syntax.ts";
import { importedAs, textOf, treeAround, visit } from "./tree.ts";

export type ObjectFunction = TypeScript.FunctionLikeDeclaration;

export interface KeyedObject {
  readonly form: "class" | "rivet" | "restate";
  readonly functions: ReadonlyMap<string, ObjectFunction>;
  /** Functions of an object that is no class are given what it keeps before what their callers give. */
  readonly given: 0 | 1;
  /** The name by which it goes for others, where it says so itself. */
  readonly name: string | null;
}

/** What takes a part out of a map or a set, or puts it there, by its first argument. */
const ofPart: ReadonlySet<string> = new Set(["get", "set", "has", "delete", "add", "put"]);

/** `named`: where the name of the object stands. Null for what holds more than functions of the kind. */
export function keyedObjectOf(named: TypeScript.Identifier): KeyedObject | null {
  const K = loadSyntax().SyntaxKind;
  const { parent } = named;
  if (parent.kind === K.ClassDeclaration) return classOf(parent as TypeScript.ClassDeclaration);
  const call = parent.kind === K.VariableDeclaration ? (parent as TypeScript.VariableDeclaration).initializer : undefined;
  return call?.kind === K.CallExpression ? writtenOf(call as TypeScript.CallExpression) : null;
}

function classOf(object: TypeScript.ClassDeclaration): KeyedObject | null {
  const K = loadSyntax().SyntaxKind;
  const base = object.heritageClauses?.find(({ token }) => token === K.ExtendsKeyword)?.types[0]?.expression;
  if (base?.kind !== K.Identifier) return null;
  const known = importedAs(treeAround(object), textOf(base));
  if (known !== "cloudflare:workers DurableObject" && known !== "agents Agent") return null;
  const functions = new Map<string, ObjectFunction>();
  for (const member of object.members) {
    if (member.kind === K.MethodDeclaration)
      functions.set(member.name === undefined ? "" : textOf(member.name), member as TypeScript.MethodDeclaration);
    else if (member.kind !== K.PropertyDeclaration || mentionsThis(member)) return null;
  }
  return { form: "class", functions, given: 0, name: null };
}

/** `actor({ state: …, actions: { … } })`, `restate.object({ name: "Stock", handlers: { … } })`. */
function writtenOf({ expression, arguments: [object], ...call }: TypeScript.CallExpression): KeyedObject | null {
  const K = loadSyntax().SyntaxKind;
  if (object?.kind !== K.ObjectLiteralExpression) return null;
  const isMember = expression.kind === K.PropertyAccessExpression;
  const root = isMember ? (expression as TypeScript.PropertyAccessExpression).expression : expression;
  const known = importedAs(treeAround(object), textOf(root));
  const called = isMember ? `${known}.${nameText((expression as TypeScript.PropertyAccessExpression).name)}` : known;
  const form =
    called === "rivetkit actor"
      ? "rivet"
      : called === "@restatedev/restate-sdk *.object" || called === "@restatedev/restate-sdk object"
        ? "restate"
        : null;
  if (form === null || call.typeArguments !== undefined) return null;
  const [holding, ...allowed] = form === "rivet" ? ["actions", "state", "createState"] : ["handlers", "name"];
  const functions = new Map<string, ObjectFunction>();
  let name: string | null = null;
  for (const property of (object as TypeScript.ObjectLiteralExpression).properties) {
    const key = property.name === undefined ? "" : textOf(property.name);
    const value = property.kind === K.PropertyAssignment ? (property as TypeScript.PropertyAssignment).initializer : null;
    if (key === "name" && value?.kind === K.StringLiteral) name = (value as TypeScript.StringLiteral).text;
    if (key === holding) {
      if (value?.kind !== K.ObjectLiteralExpression || !addFunctions(value as TypeScript.ObjectLiteralExpression, functions)) return null;
    } else if (!allowed.includes(key)) return null;
  }
  return { form, functions, given: 1, name };
}

/** False where one of them stands elsewhere. */
function addFunctions({ properties }: TypeScript.ObjectLiteralExpression, functions: Map<string, ObjectFunction>): boolean {
  const K = loadSyntax().SyntaxKind;
  return properties.every((property) => {
    const value = property.kind === K.PropertyAssignment ? (property as TypeScript.PropertyAssignment).initializer : property;
    if (value.kind !== K.ArrowFunction && value.kind !== K.FunctionExpression && value.kind !== K.MethodDeclaration) return false;
    functions.set(property.name === undefined ? "" : textOf(property.name), value as ObjectFunction);
    return true;
  });
}

/**
 * Whether a use of what the object keeps is one of a part. `names`: the way from the object to it; `use`: what is done with it there: a call with its first
 * argument, or an index. `isPart`: what stands for the part.
 */
export function isUseOfPart(
  form: KeyedObject["form"],
  names: readonly string[],
  use: { readonly kind: "call" | "index"; readonly first: TypeScript.Expression | undefined },
  isPart: (e: TypeScript.Expression) => boolean,
): boolean {
  const way = names.join(".");
  const isOfPart = use.first !== undefined && isPart(use.first);
  if (form === "rivet") {
    if (use.kind === "call" && /^log\.\w+$/.test(way)) return true;
    const isKept = use.kind === "index" ? names.length <= 2 : names.length === 3 && ofPart.has(names[2] ?? "");
    return isOfPart && ((names[0] === "state" && isKept) || (use.kind === "call" && /^kv\.(get|put|delete)$/.test(way)));
  }
  if (form === "restate") return use.kind === "call" && ((isOfPart && /^(get|set|clear)$/.test(way)) || /^console\.\w+$/.test(way));
  if (use.kind === "index") return isOfPart && names.length === 1;
  const [first = "", second = ""] = names;
  const isField = names.length === 2 && ofPart.has(second) && first !== "ctx" && first !== "state";
  return isOfPart && (isField || /^(ctx|state)\.storage(\.kv)?\.(get|put|delete)$/.test(way));
}

function mentionsThis(node: TypeScript.Node): boolean {
  let found = false;
  visit(node, ({ kind }) => {
    if (kind === loadSyntax().SyntaxKind.ThisKeyword) found = true;
  });
  return found;
}
