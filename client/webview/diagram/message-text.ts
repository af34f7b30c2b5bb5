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
  if (form === "rest") return countOf(members.length, "{0} participant", "{0} participants");
  const shown = members.slice(0, 2).map(({ title }) => title);
  return members.length > shown.length ? `${shown.join(", ")}, …` : shown.join(", ");
}

/** What is shown as Mermaid text. Ids in it are synthetic; `keys` tells the participants' keys by them. */
export function graphText(
  { nodes, edges }: MessageFold,
  title: string,
): { readonly text: string; readonly keys: ReadonlyMap<string, string> } {
  const ids = new Map(nodes.map(({ key }, index) => [key, `n${index}`]));
  const lines = [
    "flowchart LR",
    `  accTitle: ${encodeLabel(title, 120)}`,
    `  accDescr: ${encodeLabel(t("Arrows lead from who sends to who takes a message. Solid lines are calls that wait for the reply."), 200)}`,
  ];
  for (const node of nodes) {
    const [first, second] = [encodeLabel(messageNodeTitle(node), 46), encodeLabel(messageNodeSubtitle(node), 60)];
    lines.push(`  ${ids.get(node.key)}["<span class='t'>${first}</span><span class='s'>${second}</span>"]`);
  }
  for (const { from, to, mode } of edges) lines.push(`  ${ids.get(from)} ${messageArrows[mode]} ${ids.get(to)}`);
  return { text: lines.join("\n"), keys: new Map([...ids].map(([key, id]) => [id, key])) };
}
