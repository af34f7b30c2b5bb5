/**
 * What stands within some hops of one process: whom it talks with, who supervises it, whom it supervises. Pure.
 *
 * Nodes are participants of messages, and nodes of the tree that send and take none. The nearest come first when there is room for a few only.
 */
import type { PanelMessage, PanelMessageMode, PanelNode, PanelParticipant } from "../../server/src/protocol/panel.ts";
import { foldMessages, type MessageEdge, type MessageFold, type MessageNode } from "../../server/src/protocol/panel-message-fold.ts";
import type { Choice } from "./filter.ts";
import { isProcess, type Model } from "./model.ts";
import { mostNodes } from "./state.ts";

export interface AroundInput {
  readonly model: Model;
  /** A selection's key: a node of the tree, or a participant. */
  readonly center: string;
  readonly hops: number;
  readonly modes: ReadonlySet<PanelMessageMode>;
  /** Shows only what is chosen, and the way to it; null for all. */
  readonly choice: Choice | null;
  readonly budget: number;
  readonly opened: ReadonlySet<string>;
}

/** Key of the node of the drawing that stands for a node of the tree. */
function keyOf(node: PanelNode, model: Model): string {
  return node.definition !== null && model.participantOf(node.definition) !== null ? node.definition : node.key;
}

export function foldAround(input: AroundInput): MessageFold {
  const { model, budget } = input;
  const near = nearest(input);
  const within = new Set(near.keys());
  const center = [...near.keys()][0] ?? "";
  const fold = foldMessages({
    participants: model.snapshot.participants.filter(({ key }) => within.has(key)),
    messages: model.snapshot.messages,
    modes: input.modes,
    only: within,
    keep: null,
    findingsOf: ({ key }) => model.findingsAbout(key).length,
    budget,
    limit: mostNodes,
    opened: input.opened,
    pinned: new Set([center]),
    center,
  });
  const drawn = new Set(fold.nodes.flatMap(({ members }) => members.map(({ key }) => key)));
  const silent = [...near].filter(([key]) => !drawn.has(key)).flatMap(([key]) => silentNode(key, model) ?? []);
  const room = Math.max(1, budget - fold.nodes.length);
  const nodes = [...fold.nodes, ...silent.slice(0, room)];
  const shown = fold.drawn + Math.min(silent.length, room);
  return { nodes, edges: [...fold.edges, ...treeEdges(nodes, model)], total: within.size, drawn: shown, open: [] };
}

const outside = "c:external";

/** Keys by their distance, the nearest first; of what is not chosen only what leads to something that is. */
function nearest({ model, center, hops, modes, choice }: AroundInput): ReadonlyMap<string, number> {
  const start = model.nodes.get(center);
  const first = start === undefined ? center : keyOf(start, model);
  const distances = new Map<string, number>([[first, 0]]);
  const before = new Map<string, string>();
  for (const [key, distance] of distances) {
    // Whoever calls from outside is no way from one process to another.
    if (distance >= hops || (key === outside && distance > 0)) continue;
    for (const next of neighbors(key, model, modes)) {
      if (distances.has(next)) continue;
      distances.set(next, distance + 1);
      before.set(next, key);
    }
  }
  if (choice === null) return distances;
  const kept = new Set([first]);
  for (const key of distances.keys()) {
    if (!isChosen(key, model, choice)) continue;
    for (let at: string | undefined = key; at !== undefined && !kept.has(at); at = before.get(at)) kept.add(at);
  }
  return new Map([...distances].filter(([key]) => kept.has(key)));
}

function isChosen(key: string, model: Model, choice: Choice): boolean {
  const [participant, node] = [model.participantOf(key), model.nodes.get(key)];
  return (participant !== null && choice.participant(participant)) || (node !== undefined && choice.node(node));
}

function neighbors(key: string, model: Model, modes: ReadonlySet<PanelMessageMode>): readonly string[] {
  const { taken, sent } = model.messagesOf(key);
  const counts = ({ mode }: PanelMessage): boolean => modes.has(mode);
  const node = model.nodes.get(model.selectionOf(key));
  const parent = node === undefined ? null : (model.parents.get(node.key) ?? null);
  const tree = [...(parent !== null && isProcess(parent) ? [parent] : []), ...(node?.children ?? [])];
  return [
    ...taken.filter(counts).map(({ from }) => from),
    ...sent.filter(counts).map(({ to }) => to),
    ...tree.map((one) => keyOf(one, model)),
  ];
}

/** A node of the tree, or a participant whose messages are all turned off or lead elsewhere. */
function silentNode(key: string, model: Model): MessageNode | null {
  const member = model.participantOf(key) ?? participantLike(model.nodes.get(key), model);
  return member === null ? null : { key, form: "participant", members: [member], application: member.application, wholes: [] };
}

function participantLike(node: PanelNode | undefined, model: Model): PanelParticipant | null {
  if (node === undefined) return null;
  const { key, title, subtitle, kind, cardinality, place } = node;
  return { key, title, subtitle, kind, cardinality, application: model.rootOf(key), place };
}

/** From what supervises to what it supervises, as far as both are drawn. */
function treeEdges(nodes: readonly MessageNode[], model: Model): MessageEdge[] {
  const drawnAs = new Map(nodes.flatMap(({ key, members }) => members.map((member) => [member.key, key] as const)));
  const edges = new Map<string, MessageEdge>();
  for (const [member, to] of drawnAs) {
    const node = model.nodes.get(model.selectionOf(member));
    const parent = node === undefined ? null : (model.parents.get(node.key) ?? null);
    const from = parent === null ? undefined : drawnAs.get(keyOf(parent, model));
    const key = `e:supervises ${from} ${to}`;
    if (from !== undefined && from !== to) edges.set(key, { key, from, to, mode: "supervises", sites: 0, messages: [], hub: null });
  }
  return [...edges.values()];
}
