/**
 * Which participants and messages are drawn when there is room for a few only. Pure. Shared by the panel's page and by exports.
 *
 * More than three contexts of one kind in one application are drawn as one, and where there are many participants, also processes of one
 * kind that do nothing but talk in the same way to the same one, two or three. Of all others the busiest are drawn as themselves, and one
 * node for each of a few applications, and one for all others, stand for the rest. Messages between what is drawn as one are put together.
 * Where there are too many for that, each application is one node until it is opened; in a crowd the lines of hubs are marked as theirs.
 */
import { groupBy } from "./group-by.ts";
import type { PanelContextKind, PanelMessage, PanelMessageMode, PanelParticipant } from "./panel.ts";
import { closeApplications } from "./panel-message-applications.ts";
import { markHubs } from "./panel-message-hubs.ts";

export interface MessageFoldInput {
  readonly participants: readonly PanelParticipant[];
  readonly messages: readonly PanelMessage[];
  readonly modes: ReadonlySet<PanelMessageMode>;
  /** Where given, only these participants, and messages between them, are drawn. */
  readonly only: ReadonlySet<string> | null;
  /** Draw those that this is true of, and what talks with them, alone; null for all. */
  readonly keep: ((participant: PanelParticipant) => boolean) | null;
  readonly findingsOf: (participant: PanelParticipant) => number;
  /** How many nodes may be drawn without being asked for. */
  readonly budget: number;
  /** Never more than these, whatever is asked for. */
  readonly limit: number;
  /** Keys of groups and rests that people took apart, and of applications that they opened (`openKeyOf`). */
  readonly opened: ReadonlySet<string>;
  /** Participants that must be drawn as themselves. */
  readonly pinned: ReadonlySet<string>;
  /** The participant that the drawing is about: its lines are drawn, whomever it talks with. Null: it is about all. */
  readonly center: string | null;
}

/**
 * `participant`: one of them; `group`: like ones drawn as one; `rest`: what there is no room for; `application`: one that is closed. Groups and
 * rests of applications are `wholes` as well.
 */
export interface MessageNode {
  readonly key: string;
  readonly form: "participant" | "group" | "rest" | "application";
  readonly members: readonly PanelParticipant[];
  /** In whose box it stands; null: in none. */
  readonly application: string | null;
  /** Closed applications that it stands for: keys of their roots. */
  readonly wholes: readonly string[];
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
  /** The node at one of its ends that talks with nearly everybody: drawn only when one of the ends is asked about. Null: neither does. */
  readonly hub: string | null;
}

export interface MessageFold {
  readonly nodes: readonly MessageNode[];
  readonly edges: readonly MessageEdge[];
  /** Participants after the filter, and how many of them are drawn as themselves or in a group. */
  readonly total: number;
  readonly drawn: number;
  /** Applications that are open while others are closed. */
  readonly open: readonly string[];
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

/** Who calls without a process that is known. */
const outside = "c:external";

/** Applications whose rest is drawn as one of its own. */
const mostRests = 5;

/** More contexts of a kind than this are drawn as one. */
const groupAbove = 3;

/**
 * Above so many nodes nobody follows each line: processes that talk alike are drawn as one, too, where there are more of them than `alikeAbove`, and
 * hubs are told by marks.
 */
const crowdedAbove = 40;
const alikeAbove = 4;
/** Who sends to more kinds of others than this, or takes from more, has a place of its own in the drawing. */
const mostAlikeWays = 3;

export function foldMessages(input: MessageFoldInput): MessageFold {
  const messages = keptMessages(input);
  const weights = weigh(messages);
  const kept = input.participants.filter(({ key }) => weights.has(key));
  const groups = grouped(kept, input);
  const { nodes: whole, open } = closeApplications(groups, input);
  const nodes = withinBudget(whole.length > crowdedAbove ? alikeAsOne(whole, messages, input) : whole, weights, input, open);
  const edges = edgesBetween(nodes, messages);
  return {
    nodes,
    edges: groups.length > crowdedAbove ? markHubs(nodes, edges, input.center) : edges,
    total: kept.length,
    drawn: nodes.reduce((sum, { form, members, wholes }) => sum + (form === "rest" || wholes.length > 0 ? 0 : members.length), 0),
    open,
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
    if (members.length > groupAbove && !opened.has(key)) return [{ key, form: "group", members, application, wholes: [] }];
    return members.map((member) => ({ key: member.key, form: "participant", members: [member], application, wholes: [] }));
  });
}

/** Processes of one kind, and closed applications, that send to, and take from, the same few nodes in the same way and no others, as one node. */
function alikeAsOne(nodes: readonly MessageNode[], messages: readonly PanelMessage[], input: MessageFoldInput): MessageNode[] {
  const nodeOf = new Map(nodes.flatMap(({ key, members }) => members.map((member) => [member.key, key] as const)));
  const waysOf = new Map<string, Set<string>>();
  const add = (node: string, way: string): void => void waysOf.set(node, (waysOf.get(node) ?? new Set()).add(way));
  for (const { from, to, mode } of messages) {
    const [sender, taker] = [nodeOf.get(from) ?? from, nodeOf.get(to) ?? to];
    if (sender === taker) continue;
    add(sender, `${mode}>${taker}`);
    // In a crowd it is told that somebody calls from outside, not how.
    add(taker, from === outside ? `<${outside}` : `${mode}<${sender}`);
  }
  const alike = groupBy(nodes, ({ key, form, members }) => {
    const [first] = members;
    if (first === undefined || (form !== "application" && !isOrdinary(form, first))) return key;
    const ways = [...(waysOf.get(key) ?? [])].sort();
    if (ways.length > mostAlikeWays || input.pinned.has(key) || members.some((member) => input.findingsOf(member) > 0)) return key;
    return `g:${form === "application" ? form : first.kind} ${ways.join(" ")}`;
  });
  return [...alike].flatMap(([key, list]): readonly MessageNode[] => {
    if (list.length <= alikeAbove || input.opened.has(key)) return list;
    const homes = new Set(list.map(({ application }) => application));
    const [home = null] = homes;
    const [members, wholes] = [list.flatMap((node) => node.members), list.flatMap((node) => node.wholes)];
    return [{ key, form: "group", members, application: homes.size === 1 ? home : null, wholes }];
  });
}

/** A process as itself: contexts of a kind are one already, and who calls from outside is like nobody else. */
function isOrdinary(form: MessageNode["form"], { kind }: PanelParticipant): boolean {
  return form === "participant" && !contextKinds.has(kind) && kind !== "external";
}

function withinBudget(
  nodes: readonly MessageNode[],
  weights: ReadonlyMap<string, number>,
  { budget, limit, opened, pinned, findingsOf }: MessageFoldInput,
  open: readonly string[],
): MessageNode[] {
  const asked = (node: MessageNode): boolean => node.application !== null && open.includes(node.application);
  // Who opens an application asks for more than there was room for.
  const room = Math.min(limit, budget + nodes.filter(asked).length);
  if (nodes.length <= room) return [...nodes];
  const rank = (node: MessageNode): number =>
    node.members.reduce(
      (sum, member) => sum + (weights.get(member.key) ?? 0) + (pinned.has(member.key) ? 1e9 : 0) + (findingsOf(member) > 0 ? 1e6 : 0),
      asked(node) ? 1e9 : 0,
    );
  const sorted = [...nodes].sort((a, b) => rank(b) - rank(a));
  const left = sorted.slice(room);
  const wanted = rests(left).flatMap(({ rest, stoodFor }) => (opened.has(rest.key) ? stoodFor : []));
  const chosen = new Set([...sorted.slice(0, room), ...wanted.slice(0, limit - room)]);
  return [...nodes.filter((node) => chosen.has(node)), ...rests(nodes.filter((node) => !chosen.has(node))).map(({ rest }) => rest)];
}

/** One for closed applications; one for each of the open ones with the most of what is left; one for what is left of all others. */
function rests(left: readonly MessageNode[]): { readonly rest: MessageNode; readonly stoodFor: readonly MessageNode[] }[] {
  const [whole, apart] = [left.filter(({ wholes }) => wholes.length > 0), left.filter(({ wholes }) => wholes.length === 0)];
  const homes = [...groupBy(apart, ({ application }) => application)].sort(([, a], [, b]) => b.length - a.length);
  const own = homes.filter(([application], at) => application !== null && at < mostRests);
  const named = new Set(own.map(([application]) => application));
  const others = apart.filter(({ application }) => !named.has(application));
  const all: readonly (readonly [string, string | null, readonly MessageNode[]])[] = [
    ...own.map(([application, nodes]) => [`r:${application}`, application, nodes] as const),
    ["r:", null, others],
    ["r:wholes", null, whole],
  ];
  return all.flatMap(([key, application, stoodFor]) => {
    if (stoodFor.length === 0) return [];
    const [members, wholes] = [stoodFor.flatMap((node) => node.members), stoodFor.flatMap((node) => node.wholes)];
    return [{ rest: { key, form: "rest", members, application, wholes }, stoodFor }];
  });
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
    return { key, from, to, mode: message.mode, sites: own.reduce((sum, { sites }) => sum + sites, 0), messages: own, hub: null };
  });
}
