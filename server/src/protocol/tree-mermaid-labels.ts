/** Labels and classes of exported Mermaid text. Pure. */
import { encodeLabel } from "./mermaid-label.ts";
import type { PanelContextKind, PanelKind, PanelNode } from "./panel.ts";
import type { ShownNode } from "./panel-fold.ts";
import { roleOf } from "./roles.ts";

/** The name in `messageClassDefinitions` of a kind's class. */
export function classOfKind(kind: PanelKind | PanelContextKind): string {
  const role = roleOf[kind];
  return role === "data" ? "registry" : role === "event" ? "worker" : role;
}

/** Readable on GitHub's light and dark pages: each class sets its own text color. */
export const classDefinitions: readonly string[] = [
  "  classDef application fill:#dbeafe,stroke:#2563eb,color:#172554",
  "  classDef supervisor fill:#ede9fe,stroke:#7c3aed,color:#2e1065",
  "  classDef worker fill:#dcfce7,stroke:#16a34a,color:#052e16",
  "  classDef task fill:#fef9c3,stroke:#ca8a04,color:#422006",
  "  classDef registry fill:#e2e8f0,stroke:#475569,color:#0f172a",
  "  classDef stage fill:#cffafe,stroke:#0891b2,color:#083344",
  "  classDef other fill:#f1f5f9,stroke:#94a3b8,color:#0f172a",
  "  classDef conditional stroke-dasharray:5 3",
  "  classDef finding stroke:#ea580c,stroke-width:3px",
];

/** With the contexts that only drawings of messages have. */
export const messageClassDefinitions: readonly string[] = [
  "  classDef client fill:#ccfbf1,stroke:#0d9488,color:#042f2e",
  ...classDefinitions,
];

/** Title, second line, condition, findings: each a line of its own. */
export function nodeLabel({ form, node, members, hidden, open }: ShownNode, findingsOf: (node: PanelNode) => number): string {
  if (form === "rest" || node === null) return `${hidden} more`;
  const title = form === "stack" ? `${encodeLabel(node.title)} ×${members.length}` : encodeLabel(node.title);
  const lines = [title, encodeLabel(node.subtitle, 72)];
  if (node.condition !== null) lines.push(encodeLabel(node.condition, 72));
  if (open === false && form === "node" && hidden > 0) lines.push(`${hidden} more below`);
  const findings = findingsOf(node);
  if (findings > 0) lines.push(findingsLine(findings));
  return lines.join("<br/>");
}

/** A sign and a number, so that the border's color is not the only mark. */
export function findingsLine(findings: number): string {
  return `⚠ ${findings} ${findings === 1 ? "finding" : "findings"}`;
}

export function nodeClass({ form, node }: ShownNode, findingsOf: (node: PanelNode) => number): string[] {
  if (form === "rest" || node === null) return ["other"];
  const classes = [classOfKind(node.kind)];
  if (node.condition !== null) classes.push("conditional");
  if (findingsOf(node) > 0) classes.push("finding");
  return classes;
}
