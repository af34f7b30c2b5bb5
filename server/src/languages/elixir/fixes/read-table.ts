/**
 * Lets client functions read an ETS table themselves instead of asking its owner.
 *
 * The clauses that answer with one atomic read move into the client functions. Needs: a local owner that creates the table in `init/1`, named and not
 * `:private`; every message to these clauses comes from a client function that is understood (`client.ts`) and that addresses the owner itself.
 * Readers no longer wait for what the owner is about to do, so that they must not be able to tell: the owner changes the table only for callers
 * that wait for it, or for messages that nobody in the workspace sends, with one operation in each clause, which others see as a whole.
 */
import type { Finding } from "../../../model/finding.ts";
import type { TextEdit } from "../../../model/fix.ts";
import type { CallbackClause, FunctionNode, Message, Place, ProcessDefinition } from "../../../model/topology.ts";
import type { CallNode, Node } from "../ast.ts";
import { childrenOf, walk } from "../walk.ts";
import { type Answer, answerInClient, type Client, readClient } from "./client.ts";
import { removeSpans, replaceClient, startOfComments, withLead } from "./definition-edits.ts";
import type { ElixirFix, FixContext, Offer } from "./elixir-fix.ts";
import { type Definition, definitionsOf, type Module, moduleOf } from "./modules.ts";
import { contains, type Source } from "./source.ts";

/** One look at the table: what they give was true at one moment. */
const atomicReads: ReadonlySet<string> = new Set(["lookup", "lookup_element", "member"]);
const reads: ReadonlySet<string> = new Set([
  ...atomicReads,
  "first",
  "last",
  "next",
  "prev",
  "info",
  "whereis",
  "match",
  "select",
  "match_object",
  "tab2list",
]);
/** They give the table another owner, name or protection, or end it (`delete/1`). */
const transfers: ReadonlySet<string> = new Set(["give_away", "rename", "setopts"]);

export const readTable: ElixirFix = {
  id: "read-table",
  offer: (context) =>
    context.findings
      .filter(({ rule, variant }) => rule === "singleton-bottleneck" && variant === "reads-through-owner")
      .flatMap((finding) => offersFor(finding, context)),
};

/** The process that has the table, and its source. */
interface Owner {
  readonly process: ProcessDefinition;
  readonly module: Module;
  readonly definitions: readonly Definition[];
}

function offersFor(finding: Finding, context: FixContext): readonly Offer[] {
  const { topology, source } = context;
  const process = topology.definitions.get(finding.process ?? "");
  const module = process === undefined ? null : moduleOf(source, process.module);
  const clause = process?.callbacks.find(({ headPlace }) => headPlace !== undefined && isSame(headPlace, finding.place));
  const table = clause?.effects.tables[0]?.table ?? null;
  if (process === undefined || module === null || clause === undefined || table === null) return [];
  const owner: Owner = { process, module, definitions: definitionsOf(module) };
  if (!isOwnersOwn(owner, table, context)) return [];
  const edits = moveReads(owner, clause, context);
  const title = `Read ${table} in the caller instead of calling ${module.name}`;
  return edits === null ? [] : [{ title, finding, preferred: true, files: [{ file: source.file, edits }] }];
}

function isSame(a: Place, b: Place): boolean {
  return a.file === b.file && a.at === b.at;
}

/** Whether the process creates the table where everybody finds it, and changes it so that nobody can tell whether it waited. */
function isOwnersOwn(owner: Owner, table: string, context: FixContext): boolean {
  const { process, module } = owner;
  if (process.nodes.length === 0 || process.nodes.some(({ name }) => name?.scope !== "local")) return false;
  const created = process.callbacks.flatMap(({ role, effects }) =>
    effects.tables.filter((use) => use.operation === "new" && use.table === table).map(({ place }) => ({ role, place })),
  );
  const [only] = created;
  const span = only?.role === "init" && created.length === 1 && only.place.file === context.file ? context.spanOf(only.place) : null;
  const isCreated = span !== null && tableCalls(module.node).some((call) => call.start === span.start && isPublished(call));
  const changes = tableCalls(module.node).some(({ name, args }) => transfers.has(name) || (name === "delete" && args.length === 1));
  return isCreated && !changes && process.callbacks.every((clause) => changesAtOnce(owner, clause, table, context));
}

/** `:ets.new(_, [:named_table, …])` with options that are written out. */
function isPublished({ name, args }: CallNode): boolean {
  const [, options] = args;
  if (name !== "new" || options?.kind !== "list") return false;
  const flags = options.items.map((item) => (item.kind === "atom" ? item.value : item.kind === "pair" ? "" : null));
  return flags.includes("named_table") && !flags.includes("private") && !flags.includes(null);
}

function changesAtOnce(owner: Owner, clause: CallbackClause, table: string, context: FixContext): boolean {
  const changes = clause.effects.tables.filter(
    ({ operation, table: other }) => operation !== "read" && (other === table || other === null),
  );
  if (clause.role === "init" || changes.length === 0) return true;
  const isWaitedFor = clause.role === "call" || (clause.role === "info" && !context.topology.messages.some(isSentTo(owner.process.module)));
  const definition = definitionAt(clause.place, owner, context);
  if (!isWaitedFor || definition === null || callsTables(clause, context)) return false;
  const writes = tableCalls(definition.node).filter(({ name }) => !reads.has(name));
  return writes.length === 1 && !isInFunction(definition.node, writes[0] as Node);
}

function isSentTo(module: string): (message: Message) => boolean {
  return ({ mode, to }) => mode === "info" && to.includes(module);
}

function tableCalls(root: Node): readonly CallNode[] {
  const found: CallNode[] = [];
  walk(root, (node) => void (node.kind === "call" && node.target?.kind === "atom" && node.target.value === "ets" && found.push(node)));
  return found;
}

/** Whether something may run the node several times, or later. */
function isInFunction(root: Node, node: Node): boolean {
  if (root === node) return false;
  const repeats =
    root.kind === "fn" ||
    (root.kind === "unary" && root.operator === "&") ||
    (root.kind === "call" && root.name === "for" && root.target === null);
  return childrenOf(root).some((child) => contains(child, node) && (repeats || isInFunction(child, node)));
}

/** Whether functions that a clause calls have something to do with tables. */
function callsTables({ fn, clause }: CallbackClause, { topology, sourceOf, spanOf }: FixContext): boolean {
  const known = topology.functions.get(fn);
  const open: FunctionNode[] = known === undefined ? [] : [known];
  const seen = new Set(open);
  for (const node of open) {
    const span = spanOf(node.place);
    const text = span === null ? undefined : sourceOf(node.place.file)?.slice(span.start, span.end);
    if (node !== known && text?.includes(":ets") !== false) return true;
    for (const call of node.calls) {
      const next = topology.functions.get(call.to);
      if (next === undefined || seen.has(next) || (node === known && call.clause !== clause)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return false;
}

function definitionAt(place: Place, { definitions }: Owner, { file, spanOf }: FixContext): Definition | null {
  const span = place.file === file ? spanOf(place) : null;
  return span === null ? null : (definitions.find(({ node }) => contains(node, span)) ?? null);
}

/** The edits that move the clauses of a read into its client functions; null where somebody else asks for it. */
function moveReads(owner: Owner, read: CallbackClause, context: FixContext): readonly TextEdit[] | null {
  const { source, topology } = context;
  const { module, definitions } = owner;
  const handlers = definitions.filter(({ name, params }) => name === "handle_call" && params.length === 3);
  const target = definitionAt(read.place, owner, context);
  const calls = topology.messages.filter(({ mode, to }) => mode === "call" && to.includes(owner.process.module));
  const senders = new Set(calls.map((message) => definitionAt(message.via.at(-1)?.place ?? message.place, owner, context)));
  const moved = new Map<Definition, Answer>();
  const kept = new Set<Definition>();
  for (const sender of senders) {
    const client = sender === null ? null : readClient(sender, definitions);
    if (sender === null || client === null) return null;
    const answer = answerInClient(client, handlers, source);
    const isMoved = answer !== null && target !== null && answer.used.includes(target);
    if (isMoved && isOwnName(client)) moved.set(sender, answer);
    else for (const handler of answer?.used ?? takenBy(calls, sender, owner, context)) kept.add(handler);
  }
  const gone = new Set([...moved.values()].flatMap(({ used }) => used));
  if (moved.size === 0 || [...gone].some((handler) => kept.has(handler) || !isOneRead(handler, owner, context))) return null;
  if (asksInTests(module.name, context)) return null;
  const removals = removeClauses(source, module, handlers, gone);
  if (removals === null) return null;
  return [...removals, ...[...moved].map(([{ node }, answer]) => replaceClient(source, module, node, answer, removals))];
}

/** The clauses that may take what a function sends. */
function takenBy(calls: readonly Message[], sender: Definition, owner: Owner, context: FixContext): readonly Definition[] {
  return calls
    .filter((message) => definitionAt(message.via.at(-1)?.place ?? message.place, owner, context) === sender)
    .flatMap(({ handler, handlers }) => [...(handler === null ? [] : [handler]), ...handlers])
    .flatMap(({ place }) => definitionAt(place, owner, context) ?? []);
}

/** The call names the owner, and not what it was given. */
function isOwnName({ server }: Client): boolean {
  return server.kind !== "var" || server.name === "__MODULE__";
}

function isOneRead(handler: Definition, owner: Owner, context: FixContext): boolean {
  const clause = owner.process.callbacks.find(({ role, place }) => role === "call" && definitionAt(place, owner, context) === handler);
  if (clause === undefined || clause.effects.blocks.length + clause.effects.others.length > 0 || callsTables(clause, context)) return false;
  const calls = tableCalls(handler.node);
  return calls.length <= 1 && calls.every((call) => atomicReads.has(call.name) && !isInFunction(handler.node, call));
}

/** Files of tests give no messages: one that names the module and calls a server may call this one. */
function asksInTests(name: string, { files, sourceOf, topology }: FixContext): boolean {
  const known = new Set([...topology.functions.values()].map(({ place }) => place.file));
  const last = name.split(".").at(-1) ?? name;
  return files.some((file) => {
    const text = known.has(file) ? undefined : sourceOf(file);
    return text?.includes(last) === true && text.includes("GenServer.call");
  });
}

/** Where clauses are left, what stands above the first of them stays. */
function removeClauses(
  source: Source,
  module: Module,
  handlers: readonly Definition[],
  gone: ReadonlySet<Definition>,
): readonly TextEdit[] | null {
  const [first] = handlers;
  if (first === undefined || !gone.has(first) || handlers.every((one) => gone.has(one)))
    return removeSpans(
      source,
      handlers.filter((one) => gone.has(one)).map(({ node }) => withLead(source, module, node)),
    );
  const left = handlers.findIndex((one) => !gone.has(one));
  const next = handlers[left] as Definition;
  const between = module.items.slice(module.items.indexOf(first.node), module.items.indexOf(next.node));
  const start = startOfComments(source, first.node.start);
  if (between.length !== left || source.commentsIn({ start: withLead(source, module, first.node).start, end: start }).length > 0)
    return null;
  const removed = { start, end: startOfComments(source, next.node.start), text: "" };
  const rest = handlers.slice(left).filter((one) => gone.has(one));
  const others = removeSpans(
    source,
    rest.map(({ node }) => withLead(source, module, node)),
  );
  return others === null ? null : [removed, ...others];
}
