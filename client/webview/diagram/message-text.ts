/** What participants and lines between them are called in drawings and exports, and the Mermaid text that the page renders. Pure. */
import { groupBy } from "../../../server/src/protocol/group-by.ts";
import { encodeLabel } from "../../../server/src/protocol/mermaid-label.ts";
import { messageArrows } from "../../../server/src/protocol/message-mermaid.ts";
import type { MessageEdge, MessageFold, MessageNode } from "../../../server/src/protocol/panel-message-fold.ts";
import { hubsByNode } from "../../../server/src/protocol/panel-message-hubs.ts";
import { contextsText, modeText, modeWord } from "../kinds.ts";
import type { Model } from "../model.ts";
import { countOf, t } from "../text.ts";

/** What is said of applications, by the keys of their roots. */
export type Homes = ReadonlyMap<string, Home>;

export interface Home {
  readonly title: string;
  readonly processes: number;
  /** What tells it from others of its title; empty where there are none. */
  readonly apart: string;
}

export function homesOf({ snapshot: { roots }, below }: Model): Homes {
  const named = groupBy(roots, ({ title }) => title);
  return new Map(
    roots.map(({ key, title, subtitle }) => {
      // After the word for what it is stands where it starts.
      const apart = (named.get(title)?.length ?? 0) < 2 ? "" : subtitle.split(" · ").slice(1).join(" · ");
      return [key, { title, processes: below(key).processes, apart }];
    }),
  );
}

/** `12 processes`, and what tells it from namesakes. */
export function homeSubtitle(home: Home | undefined): string {
  return [processesText(home?.processes ?? 0), home?.apart ?? ""].filter((part) => part !== "").join(" · ");
}

/** `:get`, `:get ×3`, `4 messages`. */
function edgeLabel({ messages, sites, mode }: MessageEdge, of: Pick<Model, "kinds">): string {
  if (mode === "supervises") return "";
  const tags = new Set(messages.flatMap((message) => message.tags.map(({ text }) => text)));
  const [only] = tags;
  if (tags.size === 1 && only !== undefined && only !== "") return sites > 1 ? `${only} ×${sites}` : only;
  if (tags.size > 1) return countOf(tags.size, "{0} message", "{0} messages");
  const word = modeWord(mode, of);
  return sites > 1 ? `${word} ×${sites}` : word;
}

export function messageNodeTitle({ form, members, wholes }: MessageNode, homes: Homes): string {
  const first = members[0];
  if (form === "application") return homes.get(wholes[0] ?? "")?.title ?? "";
  if (form === "participant" || first === undefined) return first?.title ?? "";
  if (wholes.length > 0)
    return form === "rest" ? countOf(wholes.length, "{0} more application", "{0} more applications") : t("{0} applications", wholes.length);
  return form === "rest" ? t("{0} more", members.length) : contextsText(first.kind, members.length);
}

export function processesText(count: number): string {
  return countOf(count, "{0} process", "{0} processes");
}

function messageNodeSubtitle({ form, members, wholes }: MessageNode, homes: Homes): string {
  const first = members[0];
  if (form === "application") return homeSubtitle(homes.get(wholes[0] ?? ""));
  if (form === "participant" || first === undefined) return first?.subtitle ?? "";
  const all = wholes.length > 0 ? wholes.map((key) => homes.get(key)?.title ?? "") : members.map(({ title }) => title);
  const titles = [...new Set(all)];
  return titles.length > 2 ? `${titles.slice(0, 2).join(", ")}, …` : titles.join(", ");
}

/**
 * The applications that get a box: those that are open while others are closed; and when participants of several are drawn, those with more than
 * one. Boxes stand below each other, so one around each single participant would make a column of the drawing.
 */
export function boxedHomes({ nodes, open }: MessageFold, homes: Homes): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { application } of nodes)
    if (application !== null && homes.has(application)) counts.set(application, (counts.get(application) ?? 0) + 1);
  const several = counts.size < 2 ? [] : [...counts].flatMap(([key, count]) => (count < 2 ? [] : [key]));
  return new Set([...open, ...several]);
}

/** The second line of nodes in a drawing: with the application's title where several are drawn and this one has no box. */
function subtitlesIn(fold: MessageFold, homes: Homes): (node: MessageNode) => string {
  const boxed = boxedHomes(fold, homes);
  const used = new Set(fold.nodes.flatMap(({ application }) => (application !== null && homes.has(application) ? [application] : [])));
  return (node) => {
    const { application, form } = node;
    const own = messageNodeSubtitle(node, homes);
    if (used.size < 2 || application === null || form === "rest" || boxed.has(application)) return own;
    const home = homes.get(application)?.title ?? "";
    return home === "" || home === messageNodeTitle(node, homes) ? own : `${own} · ${home}`;
  };
}

/** What is said of what is drawn. */
export interface MessageWords {
  titleOf(node: MessageNode): string;
  subtitleOf(node: MessageNode): string;
  labelOf(edge: MessageEdge): string;
  /** What the line means. */
  meaningOf(edge: MessageEdge): string;
  /** Hubs that the node talks with: a mark says so, and no line. */
  hubsOf(node: MessageNode): readonly HubWords[];
}

export interface HubWords {
  readonly hub: MessageNode;
  readonly words: string;
}

/** `of`: which words for messages are the project's. */
export function wordsFor(fold: MessageFold, homes: Homes, of: Pick<Model, "kinds">): MessageWords {
  const { nodes, edges } = fold;
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const hubs = hubsByNode(edges);
  const titleOf = (node: MessageNode): string => messageNodeTitle(node, homes);
  const isWhole = (key: string): boolean => (byKey.get(key)?.wholes.length ?? 0) > 0;
  return {
    titleOf,
    subtitleOf: subtitlesIn(fold, homes),
    // Between applications it matters how much they talk, not what they say.
    labelOf: (edge) => (isWhole(edge.from) || isWhole(edge.to) ? `${modeWord(edge.mode, of)} ×${edge.sites}` : edgeLabel(edge, of)),
    meaningOf: ({ mode }) => modeText(mode, of),
    hubsOf: ({ key }) =>
      [...(hubs.get(key) ?? [])].flatMap((other) => {
        const hub = byKey.get(other);
        return hub === undefined ? [] : [{ hub, words: hubWords(hub, titleOf(hub)) }];
      }),
  };
}

/** Of the legend, too. */
export function hubWords({ members: [first] }: MessageNode, title: string): string {
  return first?.kind === "external" ? t("called from outside") : t("talks with {0}", title);
}

/** What is shown as Mermaid text. Ids in it are synthetic; `keys` tells the participants' keys by them. */
export function graphText(
  { nodes, edges }: MessageFold,
  title: string,
  { titleOf, subtitleOf }: MessageWords,
): { readonly text: string; readonly keys: ReadonlyMap<string, string> } {
  const ids = new Map(nodes.map(({ key }, index) => [key, `n${index}`]));
  const lines = [
    "flowchart LR",
    `  accTitle: ${encodeLabel(title, 120)}`,
    `  accDescr: ${encodeLabel(t("Arrows lead from who sends to who takes a message. Solid lines are calls that wait for the reply."), 200)}`,
  ];
  for (const node of nodes) {
    const [first, second] = [encodeLabel(titleOf(node), 46), encodeLabel(subtitleOf(node), 60)];
    lines.push(`  ${ids.get(node.key)}["<span class='t'>${first}</span><span class='s'>${second}</span>"]`);
  }
  for (const { from, to, mode, hub } of edges) if (hub === null) lines.push(`  ${ids.get(from)} ${messageArrows[mode]} ${ids.get(to)}`);
  return { text: lines.join("\n"), keys: new Map([...ids].map(([key, id]) => [id, key])) };
}
