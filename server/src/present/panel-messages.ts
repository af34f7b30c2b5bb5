/** Who sends what to whom, for the panel: messages put together by sender, target and mode. Pure. */
import { functionName } from "../model/function-name.ts";
import type { ExecutionContext, FunctionNode, Message, ProcessDefinition, Topology } from "../model/topology.ts";
import type {
  PanelCertainty,
  PanelContextKind,
  PanelEvidence,
  PanelMessage,
  PanelMessageMode,
  PanelMessageTag,
  PanelNode,
  PanelParticipant,
  PanelPlace,
} from "../protocol/panel.ts";
import type { PanelSnapshotInput } from "./panel-snapshot.ts";
import { contextWords, kindText, nodeSubtitle, nodeTitle, shortModule } from "./panel-words.ts";
import { participantKey, productContexts } from "./runner.ts";

/** What one message of the snapshot carries at most; `sites` counts them all. */
const mostTags = 12;
const mostSenders = 6;

export interface PanelMessages {
  readonly participants: readonly PanelParticipant[];
  readonly messages: readonly PanelMessage[];
}

/** `roots`: the snapshot's, in which definitions are looked up. Messages of tests and scripts, and of a process to itself, are left out. */
export function panelMessages(input: PanelSnapshotInput, roots: readonly PanelNode[]): PanelMessages {
  const { topology } = input;
  const found = new Map<string, Collected>();
  for (const message of topology.messages) {
    if (message.mode === "reply") continue;
    const senders = sendersOf(message, topology);
    if (isToItself(message, senders)) continue;
    for (const to of message.to) {
      if (!topology.definitions.has(to)) continue;
      for (const from of senders) if (from !== `m:${to}`) collect(found, from, `m:${to}`, message.mode, message);
    }
  }
  const messages = [...found.values()].map((collected) => panelMessage(collected, input)).sort(byWeight);
  const keys = [...new Set(messages.flatMap(({ from, to }) => [from, to]))].sort();
  const homes = new Homes(input, roots);
  return { messages, participants: keys.flatMap((key) => participantOf(key, input, homes) ?? []) };
}

/** As many processes as this have no place in common by which each of them sends to each of the others. */
const manyTargets = 4;

/**
 * Whether it is sent by a function that processes share to send to themselves (a timer that is started for `self()`). Who may run the function and
 * whom it may reach are known each for itself, and are the same processes: put together they would give a line from each to all.
 */
function isToItself({ to }: Message, senders: ReadonlySet<string>): boolean {
  return to.length >= manyTargets && to.every((module) => senders.has(`m:${module}`));
}

interface Collected {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly mode: PanelMessageMode;
  readonly tags: Map<string, Message[]>;
}

function collect(found: Map<string, Collected>, from: string, to: string, mode: PanelMessageMode, message: Message): void {
  const key = `${mode} ${from} ${to}`;
  const collected = found.get(key) ?? { key, from, to, mode, tags: new Map<string, Message[]>() };
  found.set(key, collected);
  const tag = message.pattern ?? message.tag ?? "";
  const list = collected.tags.get(tag);
  if (list === undefined) collected.tags.set(tag, [message]);
  else if (!list.some(({ place }) => place.file === message.place.file && place.at === message.place.at)) list.push(message);
}

const byWeight = (a: PanelMessage, b: PanelMessage): number => b.sites - a.sites || (a.key < b.key ? -1 : 1);

/** Keys of the participants in which the sender runs; empty for tests. A sender that no known process runs is called from outside. */
export function sendersOf(message: Message, topology: Topology): ReadonlySet<string> {
  const sender = topology.functions.get(message.from);
  if (sender === undefined || !sender.contexts.some((id) => topology.contexts.has(id))) return new Set(["c:external"]);
  return new Set(productContexts(sender, topology).map((context) => participantKey(context, topology)));
}

function panelMessage({ key, from, to, mode, tags }: Collected, input: PanelSnapshotInput): PanelMessage {
  const all = [...tags].map(([text, messages]) => panelTag(text, messages, input)).sort((a, b) => b.sites - a.sites);
  const certainties = new Set([...tags.values()].flat().map(({ certainty }) => certainty));
  return {
    key,
    from,
    to,
    mode,
    sites: all.reduce((sum, { sites }) => sum + sites, 0),
    certainty: (["certain", "probable", "unknown"] as const).find((one): one is PanelCertainty => certainties.has(one)) ?? "unknown",
    tags: all.slice(0, mostTags),
  };
}

function panelTag(text: string, messages: readonly Message[], input: PanelSnapshotInput): PanelMessageTag {
  const handler = messages.find((message) => message.handler !== null)?.handler ?? null;
  return {
    text,
    sites: messages.length,
    handler: handler === null ? null : input.resolve(handler.place),
    senders: messages.slice(0, mostSenders).map((message) => senderOf(message, input)),
  };
}

function senderOf({ from, place, via }: Message, input: PanelSnapshotInput): PanelEvidence {
  const sender = input.topology.functions.get(from);
  const through = via.length === 0 ? "" : `, through ${via.length === 1 ? "a function" : `${via.length} functions`}`;
  return { message: `\`${sender === undefined ? from : nameOf(sender, input)}\`${through}`, place: input.resolve(place) };
}

function nameOf(fn: FunctionNode, { topology, print }: PanelSnapshotInput): string {
  return functionName(topology.language, print(fn.module), fn);
}

/** Which application a participant belongs to. */
class Homes {
  readonly #byDefinition = new Map<string, string>();
  readonly #folders: readonly { readonly folder: string; readonly key: string }[];
  readonly #input: PanelSnapshotInput;

  constructor(input: PanelSnapshotInput, roots: readonly PanelNode[]) {
    this.#input = input;
    for (const root of roots) if (root.kind === "application") this.#walk(root, root.key);
    this.#folders = roots
      .filter(({ kind }) => kind === "application")
      .flatMap(({ key, place }) => (place === null ? [] : [{ folder: projectFolder(place.file), key }]))
      .sort((a, b) => b.folder.length - a.folder.length);
  }

  #walk(root: PanelNode, home: string): void {
    const open = [root];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node.definition !== null && !this.#byDefinition.has(node.definition)) this.#byDefinition.set(node.definition, home);
      open.push(...node.children);
    }
  }

  of(key: string, module: string | null): string | null {
    const own = this.#byDefinition.get(key);
    if (own !== undefined) return own;
    const place = module === null ? null : this.#placeOf(module);
    if (place === null) return null;
    return this.#folders.find(({ folder }) => place.file.startsWith(folder))?.key ?? null;
  }

  #placeOf(module: string): PanelPlace | null {
    const definition = this.#input.topology.definitions.get(module);
    if (definition !== undefined) return this.#input.resolve(definition.place);
    const place = firstFunctions(this.#input.topology).get(module);
    return place === undefined ? null : this.#input.resolve(place);
  }

  placeOf(module: string | null): PanelPlace | null {
    return module === null ? null : this.#placeOf(module);
  }
}

/** `apps/shop/` of `apps/shop/lib/shop/application.ex`; `""` for a project at the root. */
function projectFolder(file: string): string {
  const at = file.search(/(^|\/)(lib|src)\//);
  return at <= 0 ? "" : file.slice(0, at + 1);
}

const firsts = new WeakMap<Topology, ReadonlyMap<string, FunctionNode["place"]>>();

/** Each module's first function: where its code is. */
function firstFunctions(topology: Topology): ReadonlyMap<string, FunctionNode["place"]> {
  const known = firsts.get(topology);
  if (known !== undefined) return known;
  const places = new Map<string, FunctionNode["place"]>();
  for (const { module, place } of topology.functions.values()) if (!places.has(module)) places.set(module, place);
  firsts.set(topology, places);
  return places;
}

function participantOf(key: string, input: PanelSnapshotInput, homes: Homes): PanelParticipant | null {
  const { topology } = input;
  if (key === "c:external") return { ...outside, key };
  if (key.startsWith("c:")) {
    const context = topology.contexts.get(key.slice(2));
    return context === undefined ? null : contextParticipant(key, context, input, homes);
  }
  const definition = topology.definitions.get(key.slice(2));
  return definition === undefined ? null : definitionParticipant(key, definition, input, homes);
}

const outside: Omit<PanelParticipant, "key"> = {
  title: "Callers outside",
  subtitle: "code that no known process runs",
  kind: "external",
  cardinality: "unknown",
  application: null,
  place: null,
};

function definitionParticipant(key: string, definition: ProcessDefinition, input: PanelSnapshotInput, homes: Homes): PanelParticipant {
  const { nodes, module, kind, cardinality, place } = definition;
  const language = input.topology.language;
  const node = nodes[0];
  const framework = input.topology.contexts.get(`live_view:${module}`) ?? input.topology.contexts.get(`channel:${module}`);
  if (node === undefined && framework !== undefined) return { ...contextParticipant(key, framework, input, homes), key };
  return {
    key,
    title: node === undefined ? shortModule(input.print(module)) : nodeTitle(node, language),
    subtitle: node === undefined ? kindText(definition, language) : nodeSubtitle(node, language, 0),
    kind,
    cardinality,
    application: homes.of(key, module),
    place: input.resolve(place),
  };
}

/** Processes have kinds of their own; tests and scripts are not drawn. */
function isDrawn(kind: ExecutionContext["kind"]): kind is PanelContextKind {
  return kind !== "process" && kind !== "test" && kind !== "script";
}

function contextParticipant(key: string, context: ExecutionContext, { print }: PanelSnapshotInput, homes: Homes): PanelParticipant {
  const kind = isDrawn(context.kind) ? context.kind : "spawned";
  // A module may start several: they are told apart by the function that does.
  const starter = kind === "task" || kind === "spawned" ? /[.:]([^.:()/]+\/\d+)\)$/.exec(context.label)?.[1] : undefined;
  return {
    key,
    title: context.module === null ? context.label : shortModule(print(context.module)),
    subtitle: starter === undefined ? contextWords[kind] : `${contextWords[kind]} · ${starter}`,
    kind,
    cardinality: context.cardinality,
    application: homes.of(key, context.module),
    place: homes.placeOf(context.module),
  };
}
