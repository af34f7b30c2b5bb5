/**
 * The supervision tree as Mermaid text, for READMEs and `tree --format mermaid`.
 *
 * Mermaid refuses more than 500 edges or 50,000 characters: above `budget` nodes the tree is folded, never cut off in silence. Pure.
 */
import type { PanelNode, PanelSnapshot } from "../protocol/panel.ts";
import { foldTree } from "../protocol/panel-fold.ts";
import { treeMermaid } from "../protocol/tree-mermaid.ts";

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
  const fold = foldTree({ ...sets, roots: snapshot.roots, budget, limit: budget, findingsOf, keep: null });
  return treeMermaid({ snapshot, fold, direction, findingsOf });
}

function findingsByDefinition({ findings }: PanelSnapshot): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { definition } of findings) if (definition !== null) counts.set(definition, (counts.get(definition) ?? 0) + 1);
  return counts;
}
