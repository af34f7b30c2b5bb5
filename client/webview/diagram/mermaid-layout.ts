/** Layouts of our own as layout algorithms of Mermaid: it lets Mermaid read the text and make the nodes, and a layout says where they stand. */
import type { InternalHelpers, LayoutData, LayoutLoaderDefinition, SVG } from "mermaid";
import { layoutTree, type Placed, type Point, type Size, type TreeLayout } from "./tree-layout.ts";

/** Edges of the tree bear ids that begin with this; no other edge takes part in the layout. */
export const treeEdge = /^t\d+$/;

export const treeLayoutName = "process-topology-tree";
export const messageLayoutName = "process-topology-messages";

/** Where nodes stand, and the lines that Mermaid draws, by the node at their end. */
export interface NodeLayout {
  readonly nodes: ReadonlyMap<string, Placed>;
  readonly routes?: ReadonlyMap<string, readonly Point[]>;
}

/** Nodes in the order of the text, with the sizes that Mermaid gave them, and their parents along the edges of a tree. */
export type LayOut = (nodes: readonly Size[]) => NodeLayout;

export interface LayoutPort {
  /** What the next rendering is laid out by. */
  layOut: LayOut;
}

/** Loaders for `mermaid.registerLayoutLoaders`. All of them ask `port`; they differ in name, since Mermaid keeps one configuration a name. */
export function layoutLoaders(port: LayoutPort): LayoutLoaderDefinition[] {
  return [treeLayoutName, messageLayoutName].map((name) => ({
    name,
    loader: async () => ({ render: (data, svg, helpers) => render(data, svg, helpers, port) }),
  }));
}

/** The layout of a supervision tree; `port` is told what became of it. */
export function treeLayOut(aspect: number, placed: (layout: TreeLayout) => void): LayOut {
  return (nodes) => {
    const layout = layoutTree(nodes, aspect);
    placed(layout);
    return layout;
  };
}

async function render(data: LayoutData, svg: SVG, helpers: InternalHelpers, port: LayoutPort): Promise<void> {
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
  const layout = port.layOut(sizes);
  for (const { id, element } of groups) {
    const box = layout.nodes.get(id);
    if (box === undefined) continue;
    element.setAttribute("transform", `translate(${box.x.toFixed(1)},${box.y.toFixed(1)})`);
    element.dataset.id = id;
  }
  const anyNode = data.nodes[0];
  for (const edge of data.edges) {
    const points = layout.routes?.get(edge.end ?? "");
    if (points === undefined) continue;
    // The ends are on the nodes' borders already: Mermaid need not cut the line there (skipIntersect).
    const drawn = { ...edge, points: [...points], curve: "rounded" };
    helpers.insertEdge(edgePaths, drawn, new Map(), data.type, anyNode, anyNode, data.diagramId, true);
  }
}
