/** `tree --format dot`: the supervision tree for Graphviz. Pure. */
import type { TreeNode } from "../model/topology.ts";
import type { Places } from "./places.ts";
import type { Trees } from "./tree-json.ts";
import { nodeFacts, nodeLabel } from "./tree-label.ts";

/** Supervisors are boxes, workers are rounded; what starts on demand hangs on a dashed line; each application is a cluster. */
export function treeDot({ applications, unattached }: Trees, places: Places): string {
  const lines = [
    "digraph supervision {",
    "  rankdir=LR;",
    '  node [fontname="sans-serif", fontsize=11];',
    '  edge [arrowhead=none, color="#888888"];',
  ];
  const drawing = new DotDrawing(places);
  applications.forEach(({ name, folder, root }, index) => {
    lines.push(`  subgraph cluster_${index} {`, `    label=${quote(folder ? `${name} · ${folder}` : name)};`, '    color="#bbbbbb";');
    if (root !== null) drawing.draw(root, null, "    ", lines);
    lines.push("  }");
  });
  for (const node of unattached) drawing.draw(node, null, "  ", lines);
  lines.push("}");
  return `${lines.join("\n")}\n`;
}

class DotDrawing {
  private next = 1;
  private readonly places: Places;

  constructor(places: Places) {
    this.places = places;
  }

  draw(node: TreeNode, parent: string | null, indent: string, lines: string[]): void {
    const id = `N${this.next++}`;
    const { file, line } = this.places.locate(node.place);
    const shape = node.type === "supervisor" ? "shape=box" : 'shape=box, style="rounded"';
    lines.push(
      `${indent}${id} [${shape}, label=${quote(`${nodeLabel(node)}\n${nodeFacts(node).join(" · ")}`)}, tooltip=${quote(`${file}:${line}`)}];`,
    );
    if (parent !== null) lines.push(`${indent}${parent} -> ${id}${node.origin === "dynamic" ? " [style=dashed]" : ""};`);
    for (const child of node.children) this.draw(child, id, indent, lines);
  }
}

/** A quoted string of the DOT language; `\` would start one of its escapes. */
function quote(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
