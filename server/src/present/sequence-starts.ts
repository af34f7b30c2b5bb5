/** Functions that a sequence may begin with: entry points, client functions, others that lead to a message. Pure. */
import { functionName } from "../model/function-name.ts";
import type { CallbackClause, ExecutionContext, FunctionNode, Topology } from "../model/topology.ts";
import type { SequenceStart } from "../protocol/sequence.ts";
import { callersOf, isProduct } from "./call-edges.ts";
import { clauseHead } from "./clause-head.ts";
import { shortModule } from "./panel-words.ts";
import type { Places } from "./places.ts";
import { runnerOf } from "./runner.ts";
import { SequenceReaches } from "./sequence-reach.ts";
import { clauseKey } from "./topology-index.ts";

export interface StartsInput {
  readonly topology: Topology;
  readonly places: Places;
  readonly print: (atom: string) => string;
}

/** More would be no list that anybody reads; entry points come first. */
const mostStarts = 1500;

/** The function and clause of a start's key; a function's key may itself hold a `#` (an anonymous function). */
export function parseStart(start: string): { readonly fn: string; readonly clause: number | null } {
  const found = /^(.+)#(\d+)$/.exec(start);
  return found === null ? { fn: start, clause: null } : { fn: found[1]!, clause: Number(found[2]) };
}

/** `Shop.Cart.add/2`, or `Shop.Router.call/2 · call(%{method: "GET"} = conn, _)` for a clause of it. */
export function startTitle(start: string, { topology, places, print }: StartsInput): string {
  const { fn, clause } = parseStart(start);
  const node = topology.functions.get(fn);
  if (node === undefined) return start;
  const name = functionName(topology.language, print(node.module), node);
  const place = clause === null ? undefined : node.clauses[clause];
  if (place === undefined) return name;
  return `${name} · ${clauseHead(place, places)}`;
}

/** In the order of the list: by group and name. */
export function sequenceStarts(input: StartsInput): SequenceStart[] {
  const { topology } = input;
  const sending = clausesThatSend(topology);
  const clauses = new Map<string, CallbackClause>();
  for (const { callbacks } of topology.definitions.values()) for (const one of callbacks) clauses.set(one.fn, one);
  const starts: SequenceStart[] = [];
  const reaches = new SequenceReaches(topology, sending);
  for (const [key, sent] of sending) {
    const node = topology.functions.get(key);
    if (node === undefined || !node.exported || !isProduct(node, topology)) continue;
    starts.push(
      ...startsOf(
        node,
        [...sent].sort((a, b) => a - b),
        clauses.get(key) ?? null,
        input,
        reaches,
      ),
    );
  }
  const order = { entry: 0, client: 1, function: 2, callback: 3 };
  return starts.sort((a, b) => order[a.group] - order[b.group] || (a.title < b.title ? -1 : 1)).slice(0, mostStarts);
}

function startsOf(
  node: FunctionNode,
  sent: readonly number[],
  callback: CallbackClause | null,
  input: StartsInput,
  reaches: SequenceReaches,
): SequenceStart[] {
  const { topology, print } = input;
  const { key, module } = node;
  const definition = topology.definitions.has(module) ? `m:${module}` : null;
  const entry = entryContext(node, topology);
  const name = shortModule(print(module));
  const about = { definition, participant: runnerOf(module, node, topology) };
  const start = (from: string, group: SequenceStart["group"], detail: string): SequenceStart => {
    const { fn, clause } = parseStart(from);
    const reach = reaches.of(fn, clause);
    return { key: from, title: startTitle(from, input), group, detail, ...about, ...(reach === undefined ? {} : { reach }) };
  };
  const each = (group: SequenceStart["group"], detail: string): SequenceStart[] => {
    const keys = sent.length > 1 && node.clauses.length > 1 ? sent.map((clause) => clauseKey(key, clause)) : [key];
    return keys.map((from) => start(from, group, detail));
  };
  if (entry !== null) return each("entry", entry);
  if (callback !== null) return callback.role === "other" ? [] : each("callback", `callback of ${name}`);
  if (definition !== null) return [start(key, "client", `client of ${name}`)];
  return [start(key, "function", "function")];
}

const entryWords: Partial<Record<ExecutionContext["kind"], string>> = {
  request: "request",
  live_view: "LiveView",
  channel: "channel",
  job: "job",
  connection: "connection",
};

/** In words what enters the workspace's code here, or null. */
function entryContext({ key, module, contexts }: FunctionNode, topology: Topology): string | null {
  if (callersOf(key, topology).some(({ from }) => from.module === module)) return null;
  for (const id of contexts) {
    const context = topology.contexts.get(id);
    const words = context === undefined ? undefined : entryWords[context.kind];
    if (context?.module === module && words !== undefined) return words;
  }
  return null;
}

/** By function, the clauses from which a message is sent, in the function itself or in what it calls. */
function clausesThatSend(topology: Topology): ReadonlyMap<string, ReadonlySet<number>> {
  const sending = new Map<string, Set<number>>();
  const open: string[] = [];
  const add = (fn: string, clause: number): void => {
    const known = sending.get(fn);
    if (known === undefined) {
      sending.set(fn, new Set([clause]));
      open.push(fn);
    } else known.add(clause);
  };
  for (const { from, clause, mode, to } of topology.messages)
    if (to.length > 0 && (mode === "call" || mode === "cast" || mode === "info")) add(from, clause);
  for (let fn = open.pop(); fn !== undefined; fn = open.pop())
    for (const { from, clause } of callersOf(fn, topology)) add(from.key, clause);
  return sending;
}
