/** What is shown of the messages as Mermaid text for other places, as `tree-mermaid.ts` does for the tree. Pure. */
import { groupBy } from "./group-by.ts";
import { encodeLabel } from "./mermaid-label.ts";
import type { PanelSnapshot } from "./panel.ts";
import type { MessageEdge, MessageEdgeMode, MessageFold, MessageNode } from "./panel-message-fold.ts";
import { classOfKind, findingsLine, messageClassDefinitions } from "./tree-mermaid-labels.ts";

/** Mermaid on GitHub refuses more edges than this; the busiest are kept, and a comment says how many are not drawn. */
const mostEdges = 300;

/** Also those of the panel's own drawings: what is exported looks like what was seen. */
export const messageArrows: Readonly<Record<MessageEdgeMode, string>> = {
  call: "-->",
  cast: "-.->",
  info: "-.->",
  monitor: "-.-o",
  link: "---",
  supervises: "---",
};

export interface MessageMermaidInput {
  readonly snapshot: PanelSnapshot;
  readonly fold: MessageFold;
  /** Title, second line and label as the drawing has them. */
  readonly titleOf: (node: MessageNode) => string;
  readonly subtitleOf: (node: MessageNode) => string;
  readonly labelOf: (edge: MessageEdge) => string;
  readonly findingsOf?: (node: MessageNode) => number;
}

function classOf({ form, members: [first], wholes }: MessageNode): string {
  if (form === "rest" || first === undefined) return "other";
  return classOfKind(wholes.length > 0 ? "application" : first.kind);
}

/** A flowchart; ends with a newline. */
export function messageMermaid({ snapshot, fold, titleOf, subtitleOf, labelOf, findingsOf = () => 0 }: MessageMermaidInput): string {
  const ids = new Map(fold.nodes.map(({ key }, index) => [key, `N${index + 1}`]));
  const plain = fold.edges.filter(({ hub }) => hub === null);
  const edges = [...plain].sort((a, b) => b.sites - a.sites).slice(0, mostEdges);
  const lines = ["flowchart LR", `  accTitle: ${encodeLabel(`Messages of ${snapshot.title}`, 120)}`];
  lines.push("  accDescr: Arrows lead from who sends to who takes a message. Solid arrows are calls that wait for the reply.");
  for (const node of fold.nodes) {
    const [id, first] = [ids.get(node.key) ?? "", node.members[0]];
    const found = findingsOf(node);
    const label = `${encodeLabel(titleOf(node))}<br/>${encodeLabel(subtitleOf(node), 72)}${found > 0 ? `<br/>${findingsLine(found)}` : ""}`;
    lines.push(node.wholes.length === 0 && first?.key.startsWith("c:") === true ? `  ${id}(["${label}"])` : `  ${id}["${label}"]`);
  }
  for (const edge of edges) {
    const words = encodeLabel(labelOf(edge), 34);
    lines.push(`  ${ids.get(edge.from)} ${messageArrows[edge.mode]}${words === "" ? "" : `|"${words}"|`} ${ids.get(edge.to)}`);
  }
  for (const [name, list] of groupBy(fold.nodes, classOf)) lines.push(`  class ${list.map(({ key }) => ids.get(key)).join(",")} ${name}`);
  const found = fold.nodes.filter((node) => findingsOf(node) > 0);
  if (found.length > 0) lines.push(`  class ${found.map(({ key }) => ids.get(key)).join(",")} finding`);
  if (edges.length < plain.length) lines.push(`  %% ${plain.length - edges.length} more edges are not drawn`);
  return `${[...lines, ...messageClassDefinitions].join("\n")}\n`;
}
