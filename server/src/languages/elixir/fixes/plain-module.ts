/**
 * Turns a GenServer without a state of its own into a module of functions.
 *
 * Client functions keep their names and arities and get the bodies of the clauses that answered them; `use GenServer`, the callbacks, the start
 * functions and the children in the supervisors' lists go. Needs: nothing but `init/1` that works out nothing and `handle_call/3`; every message
 * comes from a client function that is understood (`client.ts`), and every clause answers one; nothing else in the workspace speaks of the module but
 * to call its functions; each of its children is an item of a literal list; what is left has no use for the process.
 */
import type { Finding } from "../../../model/finding.ts";
import type { FileEdits, TextEdit } from "../../../model/fix.ts";
import type { ProcessDefinition, TreeNode } from "../../../model/topology.ts";
import type { CallNode, ListNode, Node } from "../ast.ts";
import { childrenOf, some, walk } from "../walk.ts";
import { childListOf } from "./child-list.ts";
import { type Answer, answerInClient, readClient } from "./client.ts";
import { removeSpans, replaceClient, withLead } from "./definition-edits.ts";
import { applyEdits } from "./edits.ts";
import type { ElixirFix, FixContext, Offer } from "./elixir-fix.ts";
import { removeItem } from "./list-edit.ts";
import { isOnlyCalled } from "./mentions.ts";
import { type Definition, definitionsOf, type Module, moduleOf } from "./modules.ts";
import { contains, createSource, type Source, type Span } from "./source.ts";

const variants: ReadonlySet<string | null> = new Set(["stateless", "pipeline", "shell"]);

export const plainModule: ElixirFix = {
  id: "plain-module",
  offer: (context) =>
    context.findings
      .filter(({ rule, variant }) => rule === "process-as-object" && variants.has(variant))
      .flatMap((finding) => offersFor(finding, context)),
};

function offersFor(finding: Finding, context: FixContext): readonly Offer[] {
  const { topology, source } = context;
  const definition = topology.definitions.get(finding.process ?? "");
  const module = definition === undefined ? null : moduleOf(source, definition.module);
  if (definition === undefined || module === null) return [];
  const own = rewriteModule(definition, module, context);
  const children = childrenIn(definition, context);
  if (own === null || children === null || !isPlain(module.name, own, source)) return [];
  const gone = [...children.map(({ file, item }) => ({ file, span: item })), { file: source.file, span: module.node }];
  if (!isOnlyCalled(module.name, context, gone)) return [];
  return [{ title: `Make ${module.name} a plain module`, finding, preferred: true, files: together(source.file, own, children) }];
}

/** The edits of the module's own file, or null. */
function rewriteModule(definition: ProcessDefinition, module: Module, context: FixContext): readonly TextEdit[] | null {
  const { source } = context;
  const definitions = definitionsOf(module);
  const handlers = definitions.filter(isHandler);
  const removed = [...handlers, ...definitions.filter(isLifecycle)];
  const use = module.items.find(isUse);
  if (use === undefined || !definitions.filter(isLifecycle).every(onlyStarts) || !onlyAnswers(definition)) return null;
  const clients = clientsOf(definition, definitions, context);
  if (clients === null) return null;
  const used = new Set<Definition>();
  const answers = new Map<Definition, Answer>();
  for (const client of clients) {
    const read = readClient(client, definitions);
    const answer = read === null ? null : answerInClient(read, handlers, source);
    if (answer === null) return null;
    for (const handler of answer.used) used.add(handler);
    answers.set(client, answer);
  }
  if (handlers.some((handler) => !used.has(handler) && !isCatchAll(handler))) return null;
  const spans: Span[] = [use, ...removed.map(({ node }) => withLead(source, module, node))];
  spans.push(...attributesOnlyIn(module, [...spans, ...clients.flatMap(({ body }) => body?.span ?? [])], handlers));
  const removals = removeSpans(source, spans);
  if (removals === null) return null;
  return [...removals, ...[...answers].map(([{ node }, answer]) => replaceClient(source, module, node, answer, removals))];
}

function isHandler({ name, params }: Definition): boolean {
  return name === "handle_call" && params.length === 3;
}

function isLifecycle({ name, params }: Definition): boolean {
  if (name === "start_link" || name === "start") return true;
  return (name === "init" || name === "child_spec") && params.length === 1;
}

const startModules: ReadonlySet<string> = new Set(["GenServer", "Keyword", "Supervisor", "Map"]);

/** It works out arguments, and starts the process: nothing is lost when it is not run any more. */
function onlyStarts({ body, guard, name }: Definition): boolean {
  if (body === null || guard !== null) return false;
  return !body.items.some((item) =>
    some(item, (node) => {
      if (node.kind === "apply") return true;
      if (node.kind !== "call") return false;
      if (node.target === null) return node.name !== "super";
      return name === "init" || node.target.kind !== "alias" || !startModules.has(node.target.name);
    }),
  );
}

function onlyAnswers({ callbacks, opaque, unread }: ProcessDefinition): boolean {
  return (
    opaque !== true && callbacks.every(({ role }) => role === "init" || role === "call") && !unread().some(({ role }) => role === "call")
  );
}

/** The functions of the module from which all messages come; null where one comes from elsewhere, or is no call. */
function clientsOf({ module }: ProcessDefinition, definitions: readonly Definition[], context: FixContext): readonly Definition[] | null {
  const { topology, spanOf, file } = context;
  if (topology.starts.some((start) => start.module === module)) return null;
  const clients = new Set<Definition>();
  for (const message of topology.messages) {
    if (!message.to.includes(module)) continue;
    const place = message.via.at(-1)?.place ?? message.place;
    const span = place.file === file ? spanOf(place) : null;
    const client = span === null ? undefined : definitions.find(({ node }) => contains(node, span));
    if (message.mode !== "call" || client === undefined) return null;
    clients.add(client);
  }
  return [...clients];
}

/** `handle_call(_message, _from, state)`. */
function isCatchAll({ params, guard }: Definition): boolean {
  return guard === null && params[0]?.kind === "var";
}

function isUse(node: Node): node is CallNode {
  const [used] = node.kind === "call" && node.target === null && node.name === "use" ? node.args : [];
  return used?.kind === "alias" && used.name === "GenServer";
}

/** Attributes such as `@server __MODULE__` that are read in code that goes and nowhere else. */
function attributesOnlyIn({ items }: Module, gone: readonly Span[], moved: readonly Definition[]): readonly Span[] {
  const readsOf = (root: Node, name: string): readonly Node[] => {
    const found: Node[] = [];
    walk(root, (node) => void (isAttribute(node, "var", name) && found.push(node)));
    return found;
  };
  return items.filter((item) => {
    if (item.kind !== "unary" || item.operand.kind !== "call" || !isAttribute(item, "call", item.operand.name)) return false;
    const { name } = item.operand;
    const reads = items.flatMap((other) => readsOf(other, name));
    const moves = moved.some(({ node }) => readsOf(node, name).length > 0);
    return reads.length > 0 && !moves && reads.every((read) => gone.some((span) => contains(span, read)));
  });
}

function isAttribute(node: Node, kind: "var" | "call", name: string): boolean {
  return node.kind === "unary" && node.operator === "@" && node.operand.kind === kind && node.operand.name === name;
}

interface ChildItem {
  readonly file: string;
  readonly item: Span;
  readonly edits: readonly TextEdit[];
}

/** The items of literal lists that start it; null where a supervisor has it in another way. */
function childrenIn({ nodes }: ProcessDefinition, context: FixContext): readonly ChildItem[] | null {
  const unattached = new Set(context.topology.unattached);
  const found = new Map<string, ChildItem>();
  for (const node of nodes) {
    if (unattached.has(node)) continue;
    const parent = parentOf(node, context);
    const listed = parent === null ? null : childListOf(parent, context);
    const child = listed === null ? null : itemFor(node, listed.source, listed.list, context);
    if (child === null) return null;
    found.set(`${child.file}:${child.item.start}`, child);
  }
  return [...found.values()];
}

function itemFor({ place }: TreeNode, source: Source, list: ListNode, context: FixContext): ChildItem | null {
  const span = context.spanOf(place);
  const item = span === null || place.file !== source.file ? undefined : list.items.find((one) => contains(one, span));
  const edits = item === undefined ? null : removeItem(source, list, item);
  return item === undefined || edits === null ? null : { file: source.file, item, edits };
}

function parentOf(node: TreeNode, { topology }: FixContext): TreeNode | null {
  const open = [...topology.applications.flatMap(({ root }) => root ?? []), ...topology.unattached];
  for (const one of open) {
    if (one.children.includes(node)) return one;
    open.push(...one.children);
  }
  return null;
}

/** Whether nothing in the module that comes of it needs a process, and each of its private functions is still used. */
function isPlain(name: string, edits: readonly TextEdit[], source: Source): boolean {
  const text = applyEdits(source.text, edits);
  const module = text === null ? null : moduleOf(createSource(source.file, text), `Elixir.${name}`);
  if (module === null) return false;
  const servers = module.items.flatMap((item) => serverAttribute(item) ?? []);
  if (module.items.some((item) => serverAttribute(item) === null && needsProcess(item, name, servers))) return false;
  const definitions = definitionsOf(module);
  return definitions
    .filter(({ form }) => form === "defp")
    .every((own) => definitions.some(({ node, name: other }) => other !== own.name && some(node, (part) => isNamed(part, own.name))));
}

/** The name of an attribute that holds the module's own name. */
function serverAttribute(item: Node): string | null {
  if (item.kind !== "unary" || item.operator !== "@" || item.operand.kind !== "call") return null;
  const [value] = item.operand.args;
  return value?.kind === "var" && value.name === "__MODULE__" ? item.operand.name : null;
}

/** A default for a parameter that nothing reads any more may name the process, and a specification the types of GenServer. */
function needsProcess(node: Node, name: string, servers: readonly string[]): boolean {
  if (node.kind === "unary" && node.operator === "@") {
    if (node.operand.kind === "var") return servers.includes(node.operand.name);
    if (node.operand.kind === "call" && /^(spec|type|typep|doc)$/.test(node.operand.name)) return false;
  }
  if (node.kind === "alias") return node.name === "GenServer" || node.name === name;
  if (node.kind === "var") return node.name === "__MODULE__";
  if (node.kind === "call" && node.target === null && node.name === "start_link") return true;
  const isAllowed = (part: Node): boolean =>
    (node.kind === "operator" && node.operator === "\\\\" && part === node.right) || (node.kind === "map" && part === node.struct);
  return childrenOf(node).some((part) => !isAllowed(part) && needsProcess(part, name, servers));
}

function isNamed(node: Node, name: string): boolean {
  return (node.kind === "call" || node.kind === "var") && node.name === name;
}

function together(file: string, own: readonly TextEdit[], children: readonly ChildItem[]): readonly FileEdits[] {
  const edits = new Map<string, TextEdit[]>([[file, [...own]]]);
  for (const child of children) edits.set(child.file, [...(edits.get(child.file) ?? []), ...child.edits]);
  return [...edits].map(([path, list]) => ({ file: path, edits: list }));
}
