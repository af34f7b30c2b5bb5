/** What participants and lines between them are called in drawings and exports, and the Mermaid text that the page renders. Pure. */
import { encodeLabel } from "../../../server/src/protocol/mermaid-label.ts";
import { messageArrows } from "../../../server/src/protocol/message-mermaid.ts";
import type { MessageEdge, MessageFold, MessageNode } from "../../../server/src/protocol/panel-message-fold.ts";
import { contextsText } from "../kinds.ts";
import { countOf, t } from "../text.ts";

/** `:get`, `:get ×3`, `4 tags`. */
export function edgeLabel({ messages, sites, mode }: MessageEdge): string {
  if (mode === "supervises") return "";
  const tags = new Set(messages.flatMap((message) => message.tags.map(({ text }) => text)));
  const [only] = tags;
  if (tags.size === 1 && only !== undefined && only !== "") return sites > 1 ? `${only} ×${sites}` : only;
  return tags.size > 1 ? countOf(tags.size, "{0} tag", "{0} tags") : sites > 1 ? `${mode} ×${sites}` : mode;
}

export function messageNodeTitle({ form, members }: MessageNode): string {
  const first = members[0];
  if (form === "participant" || first === undefined) return first?.title ?? "";
  return form === "rest" ? t("{0} more", members.length) : contextsText(first.kind, members.length);
}

export function messageNodeSubtitle({ form, members }: MessageNode): string {
  const first = members[0];
  if (form === "participant" || first === undefined) return first?.subtitle ?? "";
  const titles = [...new Set(members.map(({ title }) => title))];
  return titles.length > 2 ? `${titles.slice(0, 2).join(", ")}, …` : titles.join(", ");
}

/**
 * The applications that get a box, when participants of several are drawn: those with more than one. By key of the application's root, with its
 * title. Boxes stand below each other, so one around each single participant would make a column of the drawing.
 */
export function boxedHomes({ nodes }: MessageFold, homes: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const { application } of nodes)
    if (application !== null && homes.has(application)) counts.set(application, (counts.get(application) ?? 0) + 1);
  return counts.size < 2
    ? new Map()
    : new Map([...counts].flatMap(([key, count]) => (count < 2 ? [] : [[key, homes.get(key) ?? ""] as const])));
}

/** The second line of nodes in a drawing: with the application's title where several are drawn and this one has no box. */
export function subtitlesIn(fold: MessageFold, homes: ReadonlyMap<string, string>): (node: MessageNode) => string {
  const boxed = boxedHomes(fold, homes);
  const used = new Set(fold.nodes.flatMap(({ application }) => (application !== null && homes.has(application) ? [application] : [])));
  return (node) => {
    const { application, form } = node;
    const own = messageNodeSubtitle(node);
    if (used.size < 2 || application === null || form === "rest" || boxed.has(application)) return own;
    const home = homes.get(application) ?? "";
    return home === "" || home === messageNodeTitle(node) ? own : `${own} · ${home}`;
  };
}

/** What is shown as Mermaid text. Ids in it are synthetic; `keys` tells the participants' keys by them. */
export function graphText(
  { nodes, edges }: MessageFold,
  title: string,
  subtitleOf: (node: MessageNode) => string,
): { readonly text: string; readonly keys: ReadonlyMap<string, string> } {
  const ids = new Map(nodes.map(({ key }, index) => [key, `n${index}`]));
  const lines = [
    "flowchart LR",
    `  accTitle: ${encodeLabel(title, 120)}`,
    `  accDescr: ${encodeLabel(t("Arrows lead from who sends to who takes a message. Solid lines are calls that wait for the reply."), 200)}`,
  ];
  for (const node of nodes) {
    const [first, second] = [encodeLabel(messageNodeTitle(node), 46), encodeLabel(subtitleOf(node), 60)];
    lines.push(`  ${ids.get(node.key)}["<span class='t'>${first}</span><span class='s'>${second}</span>"]`);
  }
  for (const { from, to, mode } of edges) lines.push(`  ${ids.get(from)} ${messageArrows[mode]} ${ids.get(to)}`);
  return { text: lines.join("\n"), keys: new Map([...ids].map(([key, id]) => [id, key])) };
}
