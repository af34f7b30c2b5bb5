/**
 * Which participants and messages are drawn when there is room for a few only. Pure. Shared by the panel's page and by exports.
 *
 * More than three contexts of one kind in one application are drawn as one; of all others the busiest are drawn as themselves, and one
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

/** `participant`: one of them; `group`: like contexts drawn as one; `rest`: what there is no room for. */
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

export function foldMessages(input: MessageFoldInput): MessageFold {
  const messages = keptMessages(input);
  const weights = weigh(messages);
  const kept = input.participants.filter(({ key }) => weights.has(key));
  const groups = grouped(kept, input);
  const nodes = withinBudget(groups, weights, input);
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
