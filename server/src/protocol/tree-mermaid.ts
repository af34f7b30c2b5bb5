/**
 * What is shown of a supervision tree as Mermaid text for other places: READMEs, issues, an SVG file.
 *
 * Draws with Mermaid 11 (GitHub) and 12 alike: plain labels, class definitions with computed colors, synthetic ids. Pure. Shared by the
 * command line and the panel's page.
 */
import { groupBy } from "./group-by.ts";
import { encodeLabel } from "./mermaid-label.ts";
import type { PanelNode, PanelSnapshot } from "./panel.ts";
import type { Fold, ShownNode } from "./panel-fold.ts";
import { classDefinitions, nodeClass, nodeLabel } from "./tree-mermaid-labels.ts";

export interface TreeMermaidInput {
  readonly snapshot: PanelSnapshot;
  readonly fold: Fold;
  readonly direction: string;
  /** How many findings there are about a node. */
  readonly findingsOf: (node: PanelNode) => number;
  /** Names each line `t` and its child's number, by which a layout knows it. Without it the text is plainer. */
  readonly nameLines?: boolean;
}

/** A flowchart; ends with a newline. An empty tree gives a flowchart that says so. */
export function treeMermaid({ snapshot, fold, direction, findingsOf, nameLines = false }: TreeMermaidInput): string {
  const lines = [`flowchart ${direction}`, `  accTitle: ${encodeLabel(`Supervision tree of ${snapshot.title}`, 120)}`];
  if (fold.shown.length === 0) return `${[...lines, '  N1["No process found"]'].join("\n")}\n`;
  lines.push(`  accDescr: ${encodeLabel(description(snapshot, fold), 160)}`);
  return `${[...lines, ...drawing(fold.shown, findingsOf, nameLines), ...classDefinitions].join("\n")}\n`;
}

function description(snapshot: PanelSnapshot, { total, drawn }: Fold): string {
  const folded = drawn < total ? `, ${drawn} of ${total} nodes drawn` : "";
  const count = snapshot.findings.length;
  return `Lines lead from supervisors to their children${folded}, ${count} ${count === 1 ? "finding" : "findings"}`;
}

function drawing(shown: readonly ShownNode[], findingsOf: (node: PanelNode) => number, nameLines: boolean): string[] {
  const ids = new Map(shown.map(({ key }, index) => [key, `N${index + 1}`]));
  const classes: { readonly id: string; readonly name: string }[] = [];
  const nodes: string[] = [];
  const edges: string[] = [];
  for (const item of shown) {
    const id = ids.get(item.key) ?? "";
    const label = nodeLabel(item, findingsOf);
    const many = item.form === "stack" || item.node?.cardinality === "many" || item.node?.cardinality === "fixed";
    nodes.push(many && item.form !== "rest" ? `  ${id}@{ shape: st-rect, label: "${label}" }` : `  ${id}["${label}"]`);
    for (const name of nodeClass(item, findingsOf)) classes.push({ id, name });
    const parent = item.parent === null ? undefined : ids.get(item.parent);
    const line = item.node?.origin === "dynamic" && item.form === "node" ? "-.-" : "---";
    if (parent !== undefined) edges.push(`  ${parent} ${nameLines ? `t${id.slice(1)}@` : ""}${line} ${id}`);
  }
  const members = groupBy(classes, ({ name }) => name);
  return [...nodes, ...edges, ...[...members].map(([name, list]) => `  class ${list.map(({ id }) => id).join(",")} ${name}`)];
}
