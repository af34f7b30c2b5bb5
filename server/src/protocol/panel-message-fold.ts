/**
 * Which participants and messages are drawn when there is room for a few only. Pure. Shared by the panel's page and by exports.
 *
 * More than three contexts of one kind in one application are drawn as one, and where there are many participants, also processes of one
 * kind that do nothing but talk in the same way to the same one, two or three. Of all others the busiest are drawn as themselves, and one
 * node for each of a few applications, and one for all others, stand for the rest. Messages between what is drawn as one are put together.
 */
import { groupBy } from "./group-by.ts";
import type { PanelContextKind, PanelMessage, PanelMessageMode, PanelParticipant } from "./panel.ts";

export interface MessageFoldInput {
  readonly participants: readonly PanelParticipant[];
  readonly messages: readonly PanelMessage[];
  readonly modes: ReadonlySet<PanelMessageMode>;
  /** Where given, only these participants, and messages between them, are drawn. */
  readonly only: ReadonlySet<string> | null;
  /** Draw those that this is true of, and what talks with them, alone; null for all. */
  readonly keep: ((participant: PanelParticipant) => boolean) | null;
  readonly findingsOf: (participant: PanelParticipant) => number;
  readonly budget: number;
  /** Keys of groups that people took apart. */
  readonly opened: ReadonlySet<string>;
  /** Participants that must be drawn as themselves. */
  readonly pinned: ReadonlySet<string>;
}

/** `participant`: one of them; `group`: like ones drawn as one; `rest`: what there is no room for. */
export interface MessageNode {
  readonly key: string;
  readonly form: "participant" | "group" | "rest";
  readonly members: readonly PanelParticipant[];
  readonly application: string | null;
}

/** `supervises`: no message, but a line of the tree between what is drawn. */
export type MessageEdgeMode = PanelMessageMode | "supervises";

export interface MessageEdge {
  readonly key: string;
  /** Keys of nodes. */
  readonly from: string;
  readonly to: string;
  readonly mode: MessageEdgeMode;
  readonly sites: number;
  readonly messages: readonly PanelMessage[];
}

export interface MessageFold {
  readonly nodes: readonly MessageNode[];
  readonly edges: readonly MessageEdge[];
  /** Participants after the filter, and how many of them are drawn as themselves or in a group. */
  readonly total: number;
  readonly drawn: number;
}

const contextKinds: ReadonlySet<string> = new Set<PanelContextKind>([
  "request",
  "live_view",
  "channel",
  "job",
  "task",
  "spawned",
  "connection",
  "application_start",
]);

/** Applications whose rest is drawn as one of its own. */
const mostRests = 5;

/** More contexts of a kind than this are drawn as one. */
const groupAbove = 3;

/** Above so many nodes processes that talk alike are drawn as one, too, where there are more of them than `alikeAbove`. */
const crowdedAbove = 40;
const alikeAbove = 4;
/** Who sends to more kinds of others than this, or takes from more, has a place of its own in the drawing. */
const mostAlikeWays = 3;

export function foldMessages(input: MessageFoldInput): MessageFold {
  const messages = keptMessages(input);
  const weights = weigh(messages);
  const kept = input.participants.filter(({ key }) => weights.has(key));
  const groups = grouped(kept, input);
  const nodes = withinBudget(groups.length > crowdedAbove ? alikeAsOne(groups, messages, input) : groups, weights, input);
  return {
    nodes,
    edges: edgesBetween(nodes, messages),
    total: kept.length,
    drawn: nodes.reduce((sum, { form, members }) => sum + (form === "rest" ? 0 : members.length), 0),
  };
}

function keptMessages({ participants, messages, modes, only, keep }: MessageFoldInput): PanelMessage[] {
  const known = new Set(participants.map(({ key }) => key));
  const kept = keep === null ? null : new Set(participants.filter(keep).map(({ key }) => key));
  return messages.filter(
    ({ from, to, mode }) =>
      modes.has(mode) &&
      known.has(from) &&
      known.has(to) &&
      (only === null || (only.has(from) && only.has(to))) &&
      (kept === null || kept.has(from) || kept.has(to)),
  );
}

/** Call sites by participant, of what it sends and takes. */
function weigh(messages: readonly PanelMessage[]): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const { from, to, sites } of messages) for (const key of [from, to]) weights.set(key, (weights.get(key) ?? 0) + sites);
  return weights;
}

function grouped(participants: readonly PanelParticipant[], { opened, pinned }: MessageFoldInput): MessageNode[] {
  const alike = groupBy(participants, ({ key, kind, application }) =>
    contextKinds.has(kind) && !pinned.has(key) ? `g:${kind} ${application ?? ""}` : key,
  );
  return [...alike].flatMap(([key, members]): MessageNode[] => {
    const application = members[0]?.application ?? null;
    if (members.length > groupAbove && !opened.has(key)) return [{ key, form: "group", members, application }];
    return members.map((member) => ({ key: member.key, form: "participant", members: [member], application }));
  });
}

/** Processes of one kind that send to, and take from, the same few nodes in the same way and no others, as one node. */
function alikeAsOne(nodes: readonly MessageNode[], messages: readonly PanelMessage[], input: MessageFoldInput): MessageNode[] {
  const nodeOf = new Map(nodes.flatMap(({ key, members }) => members.map((member) => [member.key, key] as const)));
  const waysOf = new Map<string, Set<string>>();
  const add = (node: string, way: string): void => void waysOf.set(node, (waysOf.get(node) ?? new Set()).add(way));
  for (const { from, to, mode } of messages) {
    const [sender, taker] = [nodeOf.get(from) ?? from, nodeOf.get(to) ?? to];
    add(sender, `${mode}>${taker}`);
    add(taker, `${mode}<${sender}`);
  }
  const alike = groupBy(nodes, ({ key, form, members: [first] }) => {
    const ways = [...(waysOf.get(key) ?? [])].sort();
    if (form !== "participant" || first === undefined || contextKinds.has(first.kind) || first.kind === "external") return key;
    if (ways.length > mostAlikeWays || input.pinned.has(key) || input.findingsOf(first) > 0) return key;
    return `g:${first.kind} ${ways.join(" ")}`;
  });
  return [...alike].flatMap(([key, list]): readonly MessageNode[] => {
    if (list.length <= alikeAbove || input.opened.has(key)) return list;
    const homes = new Set(list.map(({ application }) => application));
    const [home = null] = homes;
    return [{ key, form: "group", members: list.flatMap(({ members }) => members), application: homes.size === 1 ? home : null }];
  });
}

function withinBudget(nodes: readonly MessageNode[], weights: ReadonlyMap<string, number>, input: MessageFoldInput): MessageNode[] {
  if (nodes.length <= input.budget) return [...nodes];
  const rank = ({ members }: MessageNode): number =>
    members.reduce(
      (sum, member) =>
        sum + (weights.get(member.key) ?? 0) + (input.pinned.has(member.key) ? 1e9 : 0) + (input.findingsOf(member) > 0 ? 1e6 : 0),
      0,
    );
  const chosen = new Set([...nodes].sort((a, b) => rank(b) - rank(a)).slice(0, input.budget));
  const left = nodes.filter((node) => !chosen.has(node));
  return [...nodes.filter((node) => chosen.has(node)), ...rests(left)];
}

/** One for each of the applications with the most of them; one more for those of all others. */
function rests(left: readonly MessageNode[]): MessageNode[] {
  const homes = [...groupBy(left, ({ application }) => application)].sort(([, a], [, b]) => b.length - a.length);
  const own = homes.filter(([application], at) => application !== null && at < mostRests);
  const named = new Set(own.map(([application]) => application));
  const others = left.filter(({ application }) => !named.has(application));
  const rest = (application: string | null, nodes: readonly MessageNode[]): MessageNode => ({
    key: `r:${application ?? ""}`,
    form: "rest",
    members: nodes.flatMap(({ members }) => members),
    application,
  });
  return [...own.map(([application, nodes]) => rest(application, nodes)), ...(others.length > 0 ? [rest(null, others)] : [])];
}

function edgesBetween(nodes: readonly MessageNode[], messages: readonly PanelMessage[]): MessageEdge[] {
  const nodeOf = new Map(nodes.flatMap(({ key, members }) => members.map((member) => [member.key, key] as const)));
  const drawn = messages.flatMap((message) => {
    const [from, to] = [nodeOf.get(message.from), nodeOf.get(message.to)];
    return from === undefined || to === undefined || from === to ? [] : [{ from, to, message }];
  });
  const edges = groupBy(drawn, ({ from, to, message }) => `e:${message.mode} ${from} ${to}`);
  return [...edges].map(([key, list]) => {
    const { from, to, message } = list[0]!;
    const own = list.map((one) => one.message);
    return { key, from, to, mode: message.mode, sites: own.reduce((sum, { sites }) => sum + sites, 0), messages: own };
  });
}
