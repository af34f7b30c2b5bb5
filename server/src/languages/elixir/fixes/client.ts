/**
 * Client functions of a process, and what they are with the code of the handler inside. Pure.
 *
 * A client function that is understood has one clause that does nothing but `GenServer.call(server, message)`; the message is put together from
 * literals and parameters alone, so that the handler's pattern can take their places.
 */
import type { CallNode, Node } from "../ast.ts";
import { mentions, some, variablesOf } from "../walk.ts";
import { isLiteral } from "./literal.ts";
import type { Definition } from "./modules.ts";
import type { Source } from "./source.ts";
import { leavesStateAlone, repliesOf, textInPlaceOf } from "./tails.ts";

export interface Client {
  readonly definition: Definition;
  readonly server: Node;
  readonly message: Node;
  /** The timeout as written, or null. */
  readonly timeout: Node | null;
}

/** Null for a function that is no client function, or one that is not understood. `definitions`: all of the module. */
export function readClient(definition: Definition, definitions: readonly Definition[]): Client | null {
  const { body, guard, name, params } = definition;
  const call = body?.items.length === 1 ? body.items[0] : undefined;
  if (call?.kind !== "call" || guard !== null || !isGenServerCall(call)) return null;
  if (definitions.filter((one) => one.name === name && one.params.length === params.length).length !== 1) return null;
  const [server, message, timeout = null] = call.args;
  if (server === undefined || message === undefined) return null;
  if (server.kind !== "var") return isConstant(server) ? { definition, server, message, timeout } : null;
  if (server.name === "__MODULE__") return { definition, server, message, timeout };
  const isParameter = params.some((param) => variableOf(param)?.name === server.name);
  return isParameter && !mentions(message, server.name) ? { definition, server, message, timeout } : null;
}

export function isGenServerCall(node: Node): node is CallNode {
  return node.kind === "call" && node.name === "call" && node.target?.kind === "alias" && node.target.name === "GenServer";
}

function isConstant(node: Node): boolean {
  return isLiteral(node) || (node.kind === "unary" && node.operator === "@" && node.operand.kind === "var");
}

/** `name`, or `name \\ default`. */
function variableOf(param: Node): Extract<Node, { kind: "var" }> | null {
  const [inner] = param.kind === "operator" && param.operator === "\\\\" ? [param.left] : [param];
  return inner.kind === "var" ? inner : null;
}

/**
 * The client's parameters by name with the patterns that take their places, null for one that may be anything; `no` where the message is another one,
 * `unclear` where source cannot tell.
 */
type Taken = ReadonlyMap<string, Node | null> | "no" | "unclear";

function take(message: Node, pattern: Node, client: Client, source: Source): Taken {
  const isAnything = pattern.kind === "var" && pattern.name.startsWith("_");
  if (message.kind === "tuple") {
    if (pattern.kind !== "tuple" && !isAnything) return isLiteral(pattern) ? "no" : "unclear";
    if (pattern.kind === "tuple" && message.items.length !== pattern.items.length) return "no";
    const patterns = pattern.kind === "tuple" ? pattern.items : message.items.map(() => pattern);
    return takeAll(message.items.map((item, index) => take(item, patterns[index] as Node, client, source)));
  }
  if (isLiteral(message)) {
    if (isLiteral(pattern)) return takeLiteral(message, pattern, source);
    return isAnything ? new Map() : pattern.kind === "tuple" ? "no" : "unclear";
  }
  if (message.kind !== "var") return "unclear";
  const isParameter = client.definition.params.some((param) => variableOf(param)?.name === message.name);
  return isParameter ? new Map([[message.name, isAnything ? null : pattern]]) : "unclear";
}

function takeAll(parts: readonly Taken[]): Taken {
  if (parts.includes("no")) return "no";
  const all = new Map<string, Node | null>();
  for (const part of parts) {
    if (typeof part === "string") return "unclear";
    for (const [name, pattern] of part) {
      if (all.has(name)) return "unclear";
      all.set(name, pattern);
    }
  }
  return all;
}

/** Plain atoms, numbers and strings differ where their texts do; other terms can be written in several ways. */
function takeLiteral(message: Node, pattern: Node, source: Source): Taken {
  if (source.textOf(message) === source.textOf(pattern)) return new Map();
  const plain = [message, pattern].every(({ kind }) => kind === "atom" || kind === "integer" || kind === "string");
  return plain && (message.kind !== pattern.kind || plainValue(message) !== plainValue(pattern)) ? "no" : "unclear";
}

function plainValue(node: Node): string {
  return node.kind === "atom" || node.kind === "integer" ? String(node.value) : node.kind === "string" ? node.parts.join("") : "";
}

/** What a client function becomes, and the clauses of the handler that went into it. */
export interface Answer {
  readonly text: string;
  readonly used: readonly Definition[];
}

/**
 * The client function with the bodies of the clauses that answer it, which return what they reply: one clause for each. `handlers`: all clauses of
 * `handle_call/3`, in order. Null unless it is sure which clauses take the message, and each of them leaves its state, its caller and itself alone.
 */
export function answerInClient(client: Client, handlers: readonly Definition[], source: Source): Answer | null {
  const used: Definition[] = [];
  const clauses: string[] = [];
  for (const handler of handlers) {
    const taken = take(client.message, handler.params[0] as Node, client, source);
    if (taken === "no") continue;
    const clause = taken === "unclear" ? null : clauseOf(client, handler, taken, source);
    if (clause === null || taken === "unclear") return null;
    used.push(handler);
    clauses.push(clause);
    if (handler.guard === null && areDistinctVariables([...taken.values()])) break;
  }
  if (used.length === 0 || (used.length > 1 && client.definition.params.some(hasDefault))) return null;
  const gap = used.every(({ body }) => body?.form === "keyword") ? source.eol : source.eol.repeat(2);
  return { text: clauses.join(`${gap}${source.indentOf(client.definition.node.start)}`), used };
}

function clauseOf(client: Client, handler: Definition, taken: ReadonlyMap<string, Node | null>, source: Source): string | null {
  const [, from, state] = handler.params;
  const items = handler.body?.items ?? [];
  if (from?.kind !== "var" || !from.name.startsWith("_") || state?.kind !== "var" || items.length === 0) return null;
  const replies = repliesOf(items, state.name);
  if (replies === null || !leavesStateAlone(items, replies, state.name)) return null;
  if (handler.guard !== null && (mentions(handler.guard, state.name) || mentions(handler.guard, from.name))) return null;
  if (items.some((item) => some(item, isAboutItself) || (from.name !== "_" && mentions(item, from.name)))) return null;
  const head = headOf(client, taken, source);
  if (head === null) return null;
  const edits = replies.map(({ node, value }) => ({ ...node, text: textInPlaceOf(source, value, node) }));
  return `${client.definition.form} ${head}${replaced(source.text, handler.head.end, handler.node.end, edits)}`;
}

/** What means something else in another process, or to GenServer. */
function isAboutItself(node: Node): boolean {
  const name = node.kind === "var" || node.kind === "call" ? node.name : null;
  return name === "self" || name === "throw" || name === "exit";
}

/** The client's head with patterns for parameters, and without use for the server and the timeout; null where two of its variables would become one. */
function headOf(client: Client, taken: ReadonlyMap<string, Node | null>, source: Source): string | null {
  const { head, params } = client.definition;
  const edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  const names: string[] = [];
  for (const param of params) {
    const variable = variableOf(param);
    const pattern = variable === null ? undefined : taken.get(variable.name);
    if (variable === null) names.push(...variablesOf(param));
    else {
      const unused = variable.name.startsWith("_") ? variable.name : `_${variable.name}`;
      edits.push({ ...variable, text: pattern === undefined || pattern === null ? unused : source.textOf(pattern) });
    }
  }
  const fresh = [...taken.values()].flatMap((pattern) => (pattern === null ? [] : [...variablesOf(pattern)]));
  if (fresh.some((name) => names.includes(name))) return null;
  return replaced(source.text, head.start, head.end, edits);
}

function hasDefault(param: Node): boolean {
  return param.kind === "operator" && param.operator === "\\\\";
}

function areDistinctVariables(patterns: readonly (Node | null)[]): boolean {
  const bound = patterns.filter((pattern) => pattern !== null);
  return (
    bound.every(({ kind }) => kind === "var") && new Set(bound.map((one) => (one.kind === "var" ? one.name : ""))).size === bound.length
  );
}

/** A part of a text with changes in it, given in the order of the text. */
function replaced(
  text: string,
  start: number,
  end: number,
  edits: readonly { readonly start: number; readonly end: number; readonly text: string }[],
): string {
  let result = "";
  let at = start;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at, end);
}
