/** The tree layout as a layout algorithm of Mermaid: it lets Mermaid make the nodes, and says where they stand. */
import type { InternalHelpers, LayoutData, LayoutLoaderDefinition, SVG } from "mermaid";
import { layoutTree, type Size, type TreeLayout } from "./tree-layout.ts";

/** Edges of the tree bear ids that begin with this; no other edge takes part in the layout. */
export const treeEdge = /^t\d+$/;

export const treeLayoutName = "process-topology-tree";

export interface LayoutPort {
  /** Width divided by height of the room for the drawing. */
  aspect: number;
  /** The layout of the last rendering. */
  placed: TreeLayout | null;
}

/** A loader for `mermaid.registerLayoutLoaders`. It reads the aspect from `port` and leaves the layout there. */
export function treeLayoutLoader(port: LayoutPort): LayoutLoaderDefinition {
  return { name: treeLayoutName, loader: async () => ({ render: (data, svg, helpers) => renderTree(data, svg, helpers, port) }) };
}

async function renderTree(data: LayoutData, svg: SVG, helpers: InternalHelpers, port: LayoutPort): Promise<void> {
  const top = svg.select("g");
  const edgePaths = top.insert("g").attr("class", "edgePaths");
  const nodeGroup = top.insert("g").attr("class", "nodes");
  const parents = new Map<string, string>();
  for (const { id, start, end } of data.edges) {
    if (treeEdge.test(id) && start !== undefined && end !== undefined) parents.set(end, start);
  }
  const sizes: Size[] = [];
  const groups: { id: string; element: SVGGElement }[] = [];
  for (const node of data.nodes) {
    if (node.isGroup) continue;
    const group = await helpers.insertNode(nodeGroup as never, node, { config: data.config, dir: "LR" });
    sizes.push({ id: node.id, width: node.width ?? 120, height: node.height ?? 40, parent: parents.get(node.id) ?? null });
    const element = group.node();
    if (element !== null) groups.push({ id: node.id, element });
  }
  const layout = layoutTree(sizes, port.aspect);
  port.placed = layout;
  for (const { id, element } of groups) {
    const box = layout.nodes.get(id);
    if (box === undefined) continue;
    element.setAttribute("transform", `translate(${box.x.toFixed(1)},${box.y.toFixed(1)})`);
    element.dataset.id = id;
  }
  const anyNode = data.nodes[0];
  for (const edge of data.edges) {
    const points = layout.routes.get(edge.end ?? "");
    if (points === undefined) continue;
    // The ends are on the nodes' borders already: Mermaid need not cut the line there (skipIntersect).
    const drawn = { ...edge, points, curve: "rounded" };
    helpers.insertEdge(edgePaths, drawn, new Map(), data.type, anyNode, anyNode, data.diagramId, true);
  }
}
