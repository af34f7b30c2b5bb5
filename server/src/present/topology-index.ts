/** A topology by what one asks of it. Pure; made once a topology, on first use. */
import { append } from "../model/append.ts";
import { isScript } from "../model/function-name.ts";
import type { CallbackClause, FunctionNode, Message, Place, ProcessDefinition, Topology, TreeNode, Wait } from "../model/topology.ts";
import { type Callers, countCallers } from "./panel-callers.ts";

/** A node, and the nodes above it, the outermost first. `root`: the application's name, or null where nothing known starts it. */
export interface TreePath {
  readonly application: string | null;
  readonly above: readonly TreeNode[];
  readonly node: TreeNode;
}

export interface TopologyIndex {
  /** To every node, in the order of the trees. */
  readonly nodes: readonly TreePath[];
  /** By the definition's BEAM atom, in the order of the trees. */
  readonly paths: ReadonlyMap<string, readonly TreePath[]>;
  readonly callers: ReadonlyMap<string, Callers>;
  /** By the function that sends them. */
  readonly sent: ReadonlyMap<string, readonly Message[]>;
  /** By the clauses that may take them: `key#clause`. */
  readonly handled: ReadonlyMap<string, readonly Message[]>;
  /** By definition. */
  readonly received: ReadonlyMap<string, readonly Message[]>;
  /** By callback clause, `key#clause`: what a message can reach. */
  readonly clauses: ReadonlyMap<string, CallbackClause>;
  /** Keys of the functions that are callbacks of a process. */
  readonly callbacks: ReadonlySet<string>;
  /** By the function that is a callback of it. */
  readonly owners: ReadonlyMap<string, ProcessDefinition>;
  /** Sent by the call at this place: the outermost one in which the target is known. */
  messagesAt(place: Place): readonly Message[];
  /** By a wrapper function that hands messages on without knowing all of them: the messages, and where it does. */
  readonly handedOn: ReadonlyMap<string, readonly { readonly message: Message; readonly place: Place }[]>;
  /** Sent further out, on their way through the call at this place of a wrapper function. */
  messagesThrough(place: Place): readonly Message[];
  /** Keys of the functions that a call at this place runs. */
  calledAt(place: Place): readonly string[];
  /** What the call at this place waits for, as libraries' tables say, by the functions in which it stands. */
  waitsAt(place: Place): readonly { readonly fn: FunctionNode; readonly wait: Wait }[];
}

const indexes = new WeakMap<Topology, TopologyIndex>();

export function indexTopology(topology: Topology): TopologyIndex {
  let index = indexes.get(topology);
  if (index === undefined) {
    index = buildIndex(topology);
    indexes.set(topology, index);
  }
  return index;
}

/** The key of a clause in `handled` and `clauses`. */
export const clauseKey = (fn: string, clause: number): string => `${fn}#${clause}`;

const keyOf = ({ file, at }: Place): string => `${at}:${file}`;

function buildIndex(topology: Topology): TopologyIndex {
  const [sent, handled, received] = [new Map<string, Message[]>(), new Map<string, Message[]>(), new Map<string, Message[]>()];
  const handedOn = new Map<string, { message: Message; place: Place }[]>();
  const [messagesByPlace, messagesByStep] = [new Map<string, Message[]>(), new Map<string, Message[]>()];
  for (const message of topology.messages) {
    append(sent, message.from, message);
    append(messagesByPlace, keyOf(message.place), message);
    for (const { fn, place } of message.via) {
      append(messagesByStep, keyOf(place), message);
      append(handedOn, fn, { message, place });
    }
    for (const { fn, clause } of message.handlers) append(handled, clauseKey(fn, clause), message);
    for (const to of message.to) append(received, to, message);
  }
  const calledByPlace = new Map<string, string[]>();
  const waitsByPlace = new Map<string, { fn: FunctionNode; wait: Wait }[]>();
  for (const fn of topology.functions.values()) {
    for (const { to, place } of fn.calls) append(calledByPlace, keyOf(place), to);
    for (const wait of fn.waits) append(waitsByPlace, keyOf(wait.place), { fn, wait });
  }
  const nodes = nodesOf(topology);
  const paths = new Map<string, TreePath[]>();
  for (const path of nodes) if (path.node.moduleAtom !== null) append(paths, path.node.moduleAtom, path);
  const callbacks = [...topology.definitions.values()].flatMap((definition) => definition.callbacks);
  return {
    nodes,
    paths,
    callers: countCallers(topology, (atom) => atom),
    sent,
    handled,
    received,
    clauses: new Map(callbacks.map((one) => [clauseKey(one.fn, one.clause), one])),
    owners: new Map([...topology.definitions.values()].flatMap((one) => one.callbacks.map(({ fn }) => [fn, one] as const))),
    callbacks: new Set(callbacks.map(({ fn }) => fn)),
    handedOn,
    messagesThrough: (place) => messagesByStep.get(keyOf(place)) ?? [],
    messagesAt: (place) => messagesByPlace.get(keyOf(place)) ?? [],
    calledAt: (place) => calledByPlace.get(keyOf(place)) ?? [],
    waitsAt: (place) => waitsByPlace.get(keyOf(place)) ?? [],
  };
}

const functionsByFile = new WeakMap<Topology, Map<string, FunctionNode[]>>();

/** The functions that a file defines; code that a `use` brings into several modules is none of one. In the order of the file. */
export function functionsOf(file: string, topology: Topology): readonly FunctionNode[] {
  let byFile = functionsByFile.get(topology);
  if (byFile === undefined) {
    byFile = new Map();
    const places = new Map<string, number>();
    const named = [...topology.functions.values()].filter((fn) => !isInner(fn));
    for (const { namePlace } of named) places.set(keyOf(namePlace), (places.get(keyOf(namePlace)) ?? 0) + 1);
    for (const node of named) if (places.get(keyOf(node.namePlace)) === 1) append(byFile, node.namePlace.file, node);
    for (const functions of byFile.values()) functions.sort((a, b) => a.namePlace.at - b.namePlace.at);
    functionsByFile.set(topology, byFile);
  }
  return byFile.get(file) ?? [];
}

/** A function that stands in another one, or comes of a template. */
function isInner({ key, module }: FunctionNode): boolean {
  return isScript(module) ? /#fn\d+$/.test(key) : key.includes("#");
}

/** Deeper than any tree that people write; a supervisor that starts itself must end somewhere. */
const depthLimit = 64;

function nodesOf({ applications, unattached }: Topology): TreePath[] {
  const found: TreePath[] = [];
  const visit = (node: TreeNode, above: readonly TreeNode[], application: string | null): void => {
    found.push({ application, above, node });
    if (above.length >= depthLimit) return;
    const within = [...above, node];
    for (const child of node.children) visit(child, within, application);
  };
  for (const { name, root } of applications) if (root !== null) visit(root, [], name);
  for (const node of unattached) visit(node, [], null);
  return found;
}
