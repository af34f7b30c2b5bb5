/**
 * The supervision tree as Mermaid text, for READMEs and `tree --format mermaid`.
 *
 * Draws with Mermaid 11 (GitHub) and 12 alike: plain labels, class definitions with computed colors, synthetic ids. Mermaid refuses
 * more than 500 edges or 50,000 characters: above `budget` nodes the tree is folded, never cut off in silence. Pure.
 */

import { encodeLabel } from "../protocol/mermaid-label.ts";
import type { PanelNode, PanelSnapshot } from "../protocol/panel.ts";
import { type Fold, foldTree, type ShownNode } from "../protocol/panel-fold.ts";
import { classDefinitions, nodeClass, nodeLabel } from "./mermaid-labels.ts";

export interface MermaidOptions {
  /** Nodes that may be drawn; at most, and by default, 250, and fewer where their labels are so long that Mermaid would refuse them. */
  readonly budget?: number | undefined;
  readonly direction?: "LR" | "TB" | undefined;
}

const mostNodes = 250;
const mostCharacters = 49_000;

/** A flowchart; ends with a newline. An empty tree gives a flowchart that says so. */
export function treeToMermaid(snapshot: PanelSnapshot, options: MermaidOptions = {}): string {
  const findings = findingsByDefinition(snapshot);
  const findingsOf = (node: PanelNode) => (node.definition === null ? 0 : (findings.get(node.definition) ?? 0));
  for (let budget = Math.min(options.budget ?? mostNodes, mostNodes); ; budget = Math.floor(budget / 2)) {
    const text = flowchart(snapshot, budget, options.direction ?? "LR", findingsOf);
    if (text.length <= mostCharacters || budget < 4) return text;
  }
}

function flowchart(snapshot: PanelSnapshot, budget: number, direction: string, findingsOf: (node: PanelNode) => number): string {
  const none: ReadonlySet<string> = new Set();
  const sets = { opened: none, closed: none, pinned: none };
  const fold = foldTree({ ...sets, roots: snapshot.roots, budget, limit: budget, findingsOf, onlyFindings: false });
  const lines = [`flowchart ${direction}`, `  accTitle: ${encodeLabel(`Supervision tree of ${snapshot.title}`, 120)}`];
  if (fold.shown.length === 0) return `${[...lines, '  N1["No process found"]'].join("\n")}\n`;
  lines.push(`  accDescr: ${encodeLabel(description(snapshot, fold), 160)}`);
  return `${[...lines, ...drawing(fold.shown, findingsOf), ...classDefinitions].join("\n")}\n`;
}

function description(snapshot: PanelSnapshot, { total, drawn }: Fold): string {
  const folded = drawn < total ? `, ${drawn} of ${total} nodes drawn` : "";
  const count = snapshot.findings.length;
  return `Lines lead from supervisors to their children${folded}, ${count} ${count === 1 ? "finding" : "findings"}`;
}

function drawing(shown: readonly ShownNode[], findingsOf: (node: PanelNode) => number): string[] {
  const ids = new Map(shown.map(({ key }, index) => [key, `N${index + 1}`]));
  const members = new Map<string, string[]>();
  const nodes: string[] = [];
  const edges: string[] = [];
  for (const item of shown) {
    const id = ids.get(item.key) ?? "";
    const label = nodeLabel(item, findingsOf);
    const many = item.form === "stack" || item.node?.cardinality === "many" || item.node?.cardinality === "fixed";
    nodes.push(many && item.form !== "rest" ? `  ${id}@{ shape: st-rect, label: "${label}" }` : `  ${id}["${label}"]`);
    for (const name of nodeClass(item, findingsOf)) members.set(name, [...(members.get(name) ?? []), id]);
    const parent = item.parent === null ? undefined : ids.get(item.parent);
    if (parent !== undefined) edges.push(`  ${parent} ${item.node?.origin === "dynamic" && item.form === "node" ? "-.-" : "---"} ${id}`);
  }
  return [...nodes, ...edges, ...[...members].map(([name, list]) => `  class ${list.join(",")} ${name}`)];
}

function findingsByDefinition({ findings }: PanelSnapshot): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { definition } of findings) if (definition !== null) counts.set(definition, (counts.get(definition) ?? 0) + 1);
  return counts;
}
