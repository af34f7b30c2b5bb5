/**
 * Makes the key of an object from what its callers say each time: `getByName("all")` becomes `getByName(room)`, so that there is one for each. For Durable
 * Objects, Agents, actors of Rivet's and virtual objects of Restate's.
 *
 * What an object has stored under the old key it does not find again; apart from that nobody in the workspace can tell the difference, or the fix is not offered:
 * - each function that is called takes, at one position, a text by which it tells apart all that it keeps (`own-part.ts`);
 * - each message comes from a call in the workspace, whose argument at that position has a name of its own where the key is made;
 * - each key that is made for the binding is a text, there or in a constant of the file, and becomes that name; nothing else is done with the binding
 *   (`key-uses.ts`);
 * - nothing but these functions runs in the object: no alarm, no connection, no request that is handed on.
 */
import type TypeScript from "typescript";
import type { Finding } from "../../../model/finding.ts";
import type { FileEdits, Fix, TextEdit } from "../../../model/fix.ts";
import { keyedKinds } from "../../../model/keyed-kinds.ts";
import type { Message } from "../../../model/topology.ts";
import type { FixRequest } from "../../language.ts";
import { nameText } from "../lower/lowering.ts";
import { loadSyntax } from "../syntax.ts";
import { bindingOf, isEachUseKnown, keyAt, type WrittenKey } from "./key-uses.ts";
import { type KeyedObject, keyedObjectOf } from "./keyed-object.ts";
import { ownPartOf } from "./own-part.ts";
import { declarationOf, nodeAt, startIn, textOf, treeAround, treeOf, visit } from "./tree.ts";

/** What every function of these objects is asked about stands among its first arguments. */
const positions = 3;

export function shardKey(request: FixRequest): readonly Fix[] {
  const wanted = request.findings.filter(({ rule, variant }) => rule === "singleton-bottleneck" && variant === "global-singleton");
  return wanted.flatMap((finding) => offer(finding, request) ?? []);
}

function offer(finding: Finding, request: FixRequest): Fix | null {
  const { topology } = request;
  const definition = topology.definitions.get(finding.process ?? "");
  if (definition === undefined || !keyedKinds.has(definition.kind) || definition.opaque === true) return null;
  if (definition.callbacks.some(({ role }) => role !== "call" && role !== "init")) return null;
  const messages = topology.messages.filter(({ to }) => to.includes(definition.module));
  const tree = treeIn(definition.place.file, request);
  const name = tree === null ? null : nodeAt(tree, request.spanOf(definition.place), isIdentifier);
  const object = name === null ? null : keyedObjectOf(name);
  if (object === null || messages.length === 0) return null;
  // Whoever is not in the workspace may call any function of what is no Durable Object.
  const called = new Set([...messages.map(({ tag }) => tag ?? ""), ...(object.form === "class" ? [] : object.functions.keys())]);
  for (let position = 0; position < positions; position++) {
    const part = ownPartOf(object, called, position);
    const files = part === null ? null : editsFor(messages, position, object, request);
    // Outside of the workspace, too, others may reach what is no Durable Object by its key.
    if (part !== null && files !== null)
      return { id: "shard-key", title: `Make the key from \`${part}\``, finding, preferred: definition.kind === "durable_object", files };
  }
  return null;
}

function treeIn(file: string, { sourceOf }: FixRequest): TypeScript.SourceFile | null {
  const text = sourceOf(file);
  return text === undefined ? null : treeOf(file, text);
}

/** Null where some message, or some use of the binding, is not understood. */
function editsFor(messages: readonly Message[], position: number, object: KeyedObject, request: FixRequest): readonly FileEdits[] | null {
  const names = new Map<TypeScript.Node, { readonly key: WrittenKey; readonly name: string }>();
  for (const message of messages) {
    const found = keyAndName(message, position, request);
    if (found === null || (names.get(found.key.node) ?? found).name !== found.name) return null;
    names.set(found.key.node, found);
  }
  const bindings = new Set<string>();
  for (const { key } of names.values()) {
    const binding = bindingOf(key);
    if (binding === null) return null;
    bindings.add(binding);
  }
  const keys = new Set(names.keys());
  const isFine = (file: string): boolean => isEachUseKnown(file, request.sourceOf(file) ?? "", bindings, keys, object);
  if (!request.files.every(isFine)) return null;
  const trees = new Set([...keys].map((key) => treeAround(key)));
  return [...trees].map((tree) => {
    const own = [...names.values()].filter(({ key }) => treeAround(key.node) === tree);
    const edits = own.map(({ key, name }) => ({ start: startIn(tree, key.node), end: key.node.end, text: name }));
    return { file: tree.fileName, edits: [...edits, ...unused(own.map(({ key }) => key))].sort((one, other) => one.start - other.start) };
  });
}

/** Constants that only the keys used go with them, each with its line. */
function unused(keys: readonly WrittenKey[]): readonly TextEdit[] {
  const K = loadSyntax().SyntaxKind;
  return [...new Set(keys.flatMap(({ declared }) => declared ?? []))].flatMap((declared) => {
    const tree = treeAround(declared);
    const text = declared.name === undefined ? null : nameText(declared.name);
    let uses = 0;
    visit(tree, (node) => {
      if (node.kind === K.Identifier && nameText(node) === text && node !== declared.name) uses++;
    });
    const statement = declared.parent.parent as TypeScript.VariableStatement;
    const isOnly = statement.declarationList.declarations.length === 1 && (statement.modifiers ?? []).length === 0;
    if (!isOnly || uses > keys.filter((key) => key.declared === declared).length) return [];
    const start = startIn(tree, statement);
    // Of two empty lines around it one is left.
    const isApart = /\n\r?\n$/.test(tree.text.slice(0, start));
    const rest = (isApart ? /^[^\S\n]*(?:\r?\n){0,2}/ : /^[^\S\n]*(?:\r?\n)?/).exec(tree.text.slice(statement.end))![0];
    return [{ start, end: statement.end + rest.length, text: "" }];
  });
}

/** The key that a message's object is reached by, as it is written, and the name that says the same as the argument does, where the key stands. */
function keyAndName(message: Message, position: number, request: FixRequest): { key: WrittenKey; name: string } | null {
  const K = loadSyntax().SyntaxKind;
  if (message.key?.kind !== "constant") return null;
  const tree = treeIn(message.place.file, request);
  const keys = treeIn(message.key.place.file, request);
  const call = tree === null ? null : nodeAt(tree, request.spanOf(message.place), isCall);
  const written = keys === null ? null : nodeAt(keys, request.spanOf(message.key.place), isExpression);
  const key = written === null ? null : keyAt(written);
  const argument = call?.arguments[position];
  if (call === null || key === null || argument === undefined || call.arguments.some(({ kind }) => kind === K.SpreadElement)) return null;
  const name = textOf(argument);
  const [root = ""] = name.split(".");
  if (!/^[\w$]+(\.[\w$]+)*$/.test(name) || argument.kind === K.ThisKeyword || keys !== tree) return null;
  const declared = declarationOf(root, call);
  if (declared === null || declarationOf(root, key.node) !== declared || !isSettled(declared, root, key.node)) return null;
  return { key, name };
}

/** Whether the name has its value where the key is made, and never another. */
function isSettled(declared: TypeScript.Declaration, name: string, key: TypeScript.Node): boolean {
  const K = loadSyntax().SyntaxKind;
  const tree = treeAround(key);
  const isConstant = declared.kind === K.VariableDeclaration && /^const\b/.test(textOf(declared.parent));
  if (declared.kind !== K.Parameter && !(isConstant && declared.end <= startIn(tree, key))) return false;
  let isSet = false;
  visit(tree, (node) => {
    const target =
      node.kind === K.BinaryExpression &&
      /^(?!==)(?:[^=!<>]*=|<<=|>>>?=)$/.test(textOf((node as TypeScript.BinaryExpression).operatorToken))
        ? (node as TypeScript.BinaryExpression).left
        : node.kind === K.PostfixUnaryExpression || node.kind === K.PrefixUnaryExpression
          ? (node as TypeScript.PrefixUnaryExpression).operand
          : null;
    if (target !== null && new RegExp(`^${name.replaceAll("$", "\\$")}\\b`).test(textOf(target))) isSet = true;
  });
  return !isSet;
}

function isIdentifier(node: TypeScript.Node): node is TypeScript.Identifier {
  return node.kind === loadSyntax().SyntaxKind.Identifier;
}

function isCall(node: TypeScript.Node): node is TypeScript.CallExpression {
  return node.kind === loadSyntax().SyntaxKind.CallExpression;
}

function isExpression(node: TypeScript.Node): node is TypeScript.Expression {
  return keyAt(node) !== null;
}
