/**
 * Where participants stand and how the lines between them run: columns from left (who asks) to right (who is asked), as many of them as let the
 * whole drawing be shown largest in the room. Pure geometry: no DOM.
 *
 * Unlike a layout by ranks, a chain of calls does not make the drawing longer than the room: lines may also lead to the left, or to a neighbor
 * above or below. Lines with the same aim and of the same kind share their way once they meet, so that what everybody asks gets a few trunks
 * and not a hundred lines.
 */
import { assignColumns } from "./graph-columns.ts";
import { routeEdges } from "./graph-routes.ts";
import { type Columns, layColumns } from "./graph-rows.ts";
import type { Placed, Point } from "./tree-layout.ts";

export interface GraphNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Nodes with the same box stand in it together; null: in none. */
  readonly box: string | null;
}

export interface GraphEdge {
  readonly id: string;
  /** Ids of two different nodes. */
  readonly from: string;
  readonly to: string;
  /** Edges of one kind share their way where they lead to the same aim, or come from the same source. */
  readonly kind: string;
  readonly shared: "from" | "to";
  /** Room that its label wants between the columns; 0 for none. */
  readonly labelWidth: number;
}

export interface RoutedEdge {
  /** For the attribute `d`: from the aim back to the source, so that dashes of lines that share their way meet. */
  readonly path: string;
  /** Where its label may have its middle, the best place first. */
  readonly spots: readonly Point[];
}

export interface GraphLayout {
  readonly nodes: ReadonlyMap<string, Placed>;
  readonly boxes: readonly Placed[];
  readonly edges: ReadonlyMap<string, RoutedEdge>;
  readonly width: number;
  readonly height: number;
}

/** An edge by the indexes of its nodes. */
export interface Link {
  readonly from: number;
  readonly to: number;
  readonly kind: string;
  readonly shared: "from" | "to";
  readonly labelWidth: number;
}

/** What a node takes of the room with what is around it, about. */
const cell = { width: 250, height: 66 };
const mostColumns = 14;

/** `aspect`: width divided by height of the room that the drawing will be fitted to. Edges between unknown nodes are left out. */
export function layoutGraph(nodes: readonly GraphNode[], edges: readonly GraphEdge[], aspect: number): GraphLayout {
  const index = new Map(nodes.map(({ id }, at) => [id, at]));
  const known = edges.flatMap((edge) => {
    const [from, to] = [index.get(edge.from), index.get(edge.to)];
    return from === undefined || to === undefined || from === to ? [] : [{ edge, link: { ...edge, from, to } }];
  });
  const links: Link[] = known.map(({ link }) => link);
  const best = bestColumns(nodes, links, aspect);
  const { places, boxes, width, height } = best;
  const routes = routeEdges(links, best);
  return {
    nodes: new Map(nodes.map(({ id, width, height }, at) => [id, { id, x: places[at]!.x, y: places[at]!.y, width, height }])),
    boxes,
    edges: new Map(known.map(({ edge }, at) => [edge.id, routes[at]!])),
    width,
    height,
  };
}

/** Few numbers of columns are tried: the one that can be shown largest, with crossings and detours counted against it. */
function bestColumns(nodes: readonly GraphNode[], links: readonly Link[], aspect: number): Columns {
  const likely = Math.round(Math.sqrt((aspect * nodes.length * cell.height) / cell.width));
  const least = links.length === 0 ? 1 : 2;
  // What stands in boxes makes the drawing higher, since boxes stand below each other.
  const tries = nodes.some(({ box }) => box !== null) ? [0, 1, 2, 4] : [-1, 0, 1, 2];
  const counts = tries.map((more) => Math.max(least, Math.min(likely + more, nodes.length, mostColumns)));
  let best: { readonly columns: Columns; readonly score: number } | null = null;
  for (const count of new Set(counts)) {
    const columnOf = assignColumns(nodes, links, count);
    const columns = layColumns(nodes, links, columnOf);
    const scale = Math.min(1.1, (aspect * 800) / columns.width, 800 / columns.height);
    const beside = links.filter(({ from, to }) => columnOf[from] === columnOf[to]).length;
    const back = links.filter(({ from, to }) => columnOf[from]! > columnOf[to]!).length;
    const untidy = (0.25 * columns.crossings + 0.8 * beside + 0.3 * back) / Math.max(1, links.length);
    const score = scale / (1 + untidy);
    if (best === null || score > best.score * 1.02) best = { columns, score };
  }
  return best!.columns;
}
