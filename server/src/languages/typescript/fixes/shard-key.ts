/**
 * Makes the key of a Durable Object from what its callers say each time: `getByName("all")` becomes `getByName(room)`, so that there is one for each.
 *
 * What an object has stored under the old key it does not find again; apart from that nobody can tell the difference, or the fix is not offered. So:
 * - each function that is called takes, at one position, a text by which it tells apart all that it keeps (`own-part.ts`);
 * - each message comes from a call in the workspace, whose argument at that position has a name of its own where the key is made;
 * - each key that is made for the binding is written out there and becomes that name, and nothing else is done with the binding;
 * - nothing but these functions runs in the object: no alarm, no connection, no request that is handed on.
 */
import type TypeScript from "typescript";
import type { Finding } from "../../../model/finding.ts";
import type { FileEdits, Fix } from "../../../model/fix.ts";
import type { Message } from "../../../model/topology.ts";
import type { FixRequest } from "../../language.ts";
import { loadSyntax } from "../syntax.ts";
import { hasOwnPart } from "./own-part.ts";
import { declarationOf, nodeAt, treeOf, visit } from "./tree.ts";

/** Where the text of the first parameter names an object. */
const naming: ReadonlySet<string> = new Set(["getByName", "idFromName"]);
/** What every function of these objects is asked about stands among its first arguments. */
const positions = 3;

export function shardKey(request: FixRequest): readonly Fix[] {
  const wanted = request.findings.filter(({ rule, variant }) => rule === "singleton-bottleneck" && variant === "global-singleton");
  return wanted.flatMap((finding) => offer(finding, request) ?? []);
}

function offer(finding: Finding, request: FixRequest): Fix | null {
  const { topology } = request;
  const definition = topology.definitions.get(finding.process ?? "");
  if (definition?.kind !== "durable_object" || definition.opaque === true) return null;
  if (definition.callbacks.some(({ role }) => role !== "call" && role !== "init")) return null;
  const messages = topology.messages.filter(({ to }) => to.includes(definition.module));
  const object = classOf(definition.place, request);
  const called = new Set(messages.map(({ tag }) => tag ?? ""));
  if (object === null || messages.length === 0) return null;
  for (let position = 0; position < positions; position++) {
    const part = hasOwnPart(object, called, position);
    const files = part === null ? null : editsFor(messages, position, request);
    if (part !== null && files !== null)
      return { id: "shard-key", title: `Make the key from \`${part}\``, finding, preferred: true, files };
  }
  return null;
}

function treeIn(file: string, { sourceOf }: FixRequest): TypeScript.SourceFile | null {
  const text = sourceOf(file);
  return text === undefined ? null : treeOf(file, text);
}

/** The class whose name stands at the place. */
function classOf(place: Finding["place"], request: FixRequest): TypeScript.ClassDeclaration | null {
  const tree = treeIn(place.file, request);
  const name = tree === null ? null : nodeAt(tree, request.spanOf(place), isIdentifier);
  return name?.parent?.kind === loadSyntax().SyntaxKind.ClassDeclaration ? (name.parent as TypeScript.ClassDeclaration) : null;
}

/** Null where some message, or some use of the binding, is not understood. */
function editsFor(messages: readonly Message[], position: number, request: FixRequest): readonly FileEdits[] | null {
  const names = new Map<TypeScript.Node, string>();
  for (const message of messages) {
    const found = keyAndName(message, position, request);
    if (found === null || (names.get(found.key) ?? found.name) !== found.name) return null;
    names.set(found.key, found.name);
  }
  const bindings = new Set([...names.keys()].map(bindingOf));
  if (bindings.has(null) || !request.files.every((file) => isEachUseKnown(file, bindings, names, request))) return null;
  const trees = new Set([...names.keys()].map((key) => key.getSourceFile()));
  return [...trees].map((tree) => {
    const keys = [...names].filter(([key]) => key.getSourceFile() === tree);
    return { file: tree.fileName, edits: keys.map(([key, text]) => ({ start: key.getStart(tree), end: key.end, text })) };
  });
}

/** The key that a message's object is reached by, as it is written, and the name that says the same as the argument does, where the key stands. */
function keyAndName(message: Message, position: number, request: FixRequest): { key: TypeScript.Node; name: string } | null {
  const K = loadSyntax().SyntaxKind;
  if (message.key?.kind !== "constant") return null;
  const tree = treeIn(message.place.file, request);
  const keys = treeIn(message.key.place.file, request);
  const call = tree === null ? null : nodeAt(tree, request.spanOf(message.place), isCall);
  const key = keys === null ? null : nodeAt(keys, request.spanOf(message.key.place), isText);
  const argument = call?.arguments[position];
  if (call === null || key === null || argument === undefined || call.arguments.some(({ kind }) => kind === K.SpreadElement)) return null;
  const name = argument.getText();
  const [root = ""] = name.split(".");
  if (!/^[\w$]+(\.[\w$]+)*$/.test(name) || argument.kind === K.ThisKeyword || keys !== tree) return null;
  const declared = declarationOf(root, call);
  if (declared === null || declarationOf(root, key) !== declared || !isSettled(declared, root, key)) return null;
  return { key, name };
}

/** Whether the name has its value where the key is made, and never another. */
function isSettled(declared: TypeScript.Declaration, name: string, key: TypeScript.Node): boolean {
  const K = loadSyntax().SyntaxKind;
  const tree = key.getSourceFile();
  const isConstant = declared.kind === K.VariableDeclaration && /^const\b/.test(declared.parent.getText());
  if (declared.kind !== K.Parameter && !(isConstant && declared.end <= key.getStart(tree))) return false;
  let isSet = false;
  visit(tree, (node) => {
    const target =
      node.kind === K.BinaryExpression &&
      /^(?!==)(?:[^=!<>]*=|<<=|>>>?=)$/.test((node as TypeScript.BinaryExpression).operatorToken.getText())
        ? (node as TypeScript.BinaryExpression).left
        : node.kind === K.PostfixUnaryExpression || node.kind === K.PrefixUnaryExpression
          ? (node as TypeScript.PrefixUnaryExpression).operand
          : null;
    if (target !== null && new RegExp(`^${name.replaceAll("$", "\\$")}\\b`).test(target.getText())) isSet = true;
  });
  return !isSet;
}

/** `COUNTER` of `env.COUNTER.getByName("all")`, where the key is its only argument; else null. */
function bindingOf(key: TypeScript.Node): string | null {
  const K = loadSyntax().SyntaxKind;
  const call = key.parent;
  if (!isCall(call) || call.arguments.length !== 1 || call.expression.kind !== K.PropertyAccessExpression) return null;
  const { name, expression } = call.expression as TypeScript.PropertyAccessExpression;
  if (!naming.has(name.text) || expression.kind !== K.PropertyAccessExpression) return null;
  return (expression as TypeScript.PropertyAccessExpression).name.text;
}

/** Whether a file makes no other use of the bindings than for the keys that are known, and for the stubs of what these give. */
function isEachUseKnown(
  file: string,
  bindings: ReadonlySet<string | null>,
  keys: ReadonlyMap<TypeScript.Node, string>,
  request: FixRequest,
): boolean {
  const text = request.sourceOf(file) ?? "";
  if (![...bindings].some((name) => name !== null && text.includes(name))) return true;
  const K = loadSyntax().SyntaxKind;
  let isKnown = true;
  visit(treeOf(file, text), (node) => {
    if (node.kind !== K.Identifier || !bindings.has((node as TypeScript.Identifier).text)) return;
    const { parent } = node;
    // `COUNTER: DurableObjectNamespace<Counter>`
    if (parent.kind === K.PropertySignature) return;
    const access = parent.parent as TypeScript.PropertyAccessExpression;
    const call = access?.parent as TypeScript.CallExpression;
    const isCalled =
      parent.kind === K.PropertyAccessExpression &&
      access.kind === K.PropertyAccessExpression &&
      access.expression === parent &&
      call.kind === K.CallExpression &&
      call.expression === access;
    const [first] = isCalled ? call.arguments : [];
    const isMeant = first !== undefined && (naming.has(access.name.text) ? keys.has(first) : access.name.text === "get");
    if (!isMeant) isKnown = false;
  });
  return isKnown;
}

function isIdentifier(node: TypeScript.Node): node is TypeScript.Identifier {
  return node.kind === loadSyntax().SyntaxKind.Identifier;
}

function isCall(node: TypeScript.Node): node is TypeScript.CallExpression {
  return node.kind === loadSyntax().SyntaxKind.CallExpression;
}

function isText(node: TypeScript.Node): node is TypeScript.StringLiteral {
  const K = loadSyntax().SyntaxKind;
  return node.kind === K.StringLiteral || node.kind === K.NoSubstitutionTemplateLiteral;
}
