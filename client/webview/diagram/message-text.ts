/** Participants and messages → the Mermaid text that the page renders. Pure. */
import { encodeLabel } from "../../../server/src/protocol/mermaid-label.ts";
import { messageArrows } from "../../../server/src/protocol/message-mermaid.ts";
import type { MessageEdge, MessageFold, MessageNode } from "../../../server/src/protocol/panel-message-fold.ts";
import { countOf, t } from "../text.ts";

/** Ids in the drawing are synthetic: `n0` is the first of the nodes, `e0` the first of the edges. */
export const nodeId = (index: number): string => `n${index}`;
export const edgeId = (index: number): string => `e${index}`;

/** Above so many edges their labels hide more than they tell; the details say them. */
const mostLabels = 45;

/** `homes`: applications by key, in their order; with more than one, participants stand in a box for each. */
export function messageText({ nodes, edges }: MessageFold, homes: ReadonlyMap<string, string>, title: string): string {
  const lines = [
    "flowchart LR",
    `  accTitle: ${encodeLabel(title, 120)}`,
    `  accDescr: ${encodeLabel(t("Arrows lead from who sends to who takes a message. Solid lines are calls that wait for the reply."), 200)}`,
  ];
  const ids = new Map(nodes.map(({ key }, index) => [key, nodeId(index)]));
  const line = (node: MessageNode): string => `${ids.get(node.key)}["${label(node)}"]`;
  const used = [...homes].filter(([key]) => nodes.some(({ application }) => application === key));
  const boxed = used.length > 1 ? used : [];
  boxed.forEach(([home, name], index) => {
    lines.push(`  subgraph g${index}["${encodeLabel(name, 60)}"]`);
    for (const node of nodes) if (node.application === home) lines.push(`    ${line(node)}`);
    lines.push("  end");
  });
  const inBox = new Set(boxed.map(([home]) => home));
  for (const node of nodes) if (node.application === null || !inBox.has(node.application)) lines.push(`  ${line(node)}`);
  edges.forEach((edge, index) => {
    // Nothing may be left of a text that cannot be seen, and Mermaid takes no empty label.
    const words = edges.length > mostLabels ? "" : encodeLabel(edgeLabel(edge), 34);
    const text = words === "" ? "" : `|"${words}"|`;
    lines.push(`  ${ids.get(edge.from)} ${edgeId(index)}@${messageArrows[edge.mode]}${text} ${ids.get(edge.to)}`);
  });
  return lines.join("\n");
}

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
  return form === "rest" ? t("{0} more", members.length) : `${members.length} ${pluralOf(first.subtitle)}`;
}

export function messageNodeSubtitle({ form, members }: MessageNode): string {
  const first = members[0];
  if (form === "participant" || first === undefined) return first?.subtitle ?? "";
  if (form === "rest") return countOf(members.length, "{0} participant", "{0} participants");
  const shown = members.slice(0, 2).map(({ title }) => title);
  return members.length > shown.length ? `${shown.join(", ")}, …` : shown.join(", ");
}

function pluralOf(word: string): string {
  return /(s|ss|sh|ch)$/.test(word) ? `${word}es` : `${word}s`;
}

function label(node: MessageNode): string {
  const [title, subtitle] = [messageNodeTitle(node), messageNodeSubtitle(node)];
  return `<span class='t'>${encodeLabel(title, 46)}</span><span class='s'>${encodeLabel(subtitle, 60)}</span>`;
}
