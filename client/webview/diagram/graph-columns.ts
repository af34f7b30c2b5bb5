/** Which column each node stands in. Pure. */
import type { GraphNode, Link } from "./graph-layout.ts";

/** What an edge costs that leads so many columns to the right: the next column is best, its own or one to the left a detour. */
function costOf(columns: number): number {
  if (columns > 0) return 0.6 * (columns - 1);
  return columns === 0 ? 1.7 : 1.4 - 0.6 * columns;
}

const mostPasses = 12;

/** A column from 0 for each node, at most `count` of them, none of them empty. The same input gives the same columns. */
export function assignColumns(nodes: readonly GraphNode[], links: readonly Link[], count: number): number[] {
  const linksOf: Link[][] = nodes.map(() => []);
  for (const link of links) for (const end of [link.from, link.to]) linksOf[end]!.push(link);
  const columns = byRank(nodes.length, links, count);
  // Of each box for itself, since they stand below each other.
  const loads = new Map<string | null, number[]>(nodes.map(({ box }) => [box, new Array<number>(count).fill(0)]));
  const totals = new Map<string | null, number>();
  nodes.forEach(({ height, box }, at) => {
    loads.get(box)![columns[at]!]! += height;
    totals.set(box, (totals.get(box) ?? 0) + height);
  });
  for (let pass = 0, moved = true; moved && pass < mostPasses; pass++) {
    moved = false;
    nodes.forEach(({ height, box }, at) => {
      const now = columns[at]!;
      const own = loads.get(box)!;
      const fair = Math.max(height, (1.1 * totals.get(box)!) / count);
      own[now]! -= height;
      let [best, least] = [now, Number.POSITIVE_INFINITY];
      for (let column = 0; column < count; column++) {
        // A column that is fuller than the others makes the drawing higher: each node more counts more.
        let cost = 0.5 * Math.max(0, (own[column]! + height - fair) / height) ** 2;
        for (const { from, to } of linksOf[at]!) cost += costOf(from === at ? columns[to]! - column : column - columns[from]!);
        if (cost < least - 1e-6 || (column === now && cost <= least)) [best, least] = [column, cost];
      }
      own[best]! += height;
      if (best === now) return;
      columns[at] = best;
      moved = true;
    });
  }
  const used = [...new Set(columns)].sort((a, b) => a - b);
  return columns.map((column) => used.indexOf(column));
}

/** By the longest chain that leads to a node, edges that close a circle left out, squeezed into `count`. */
function byRank(size: number, links: readonly Link[], count: number): number[] {
  const targets: number[][] = Array.from({ length: size }, () => []);
  const taken = new Array<number>(size).fill(0);
  for (const { from, to } of links) {
    targets[from]!.push(to);
    taken[to]!++;
  }
  const state = new Uint8Array(size);
  const order: number[] = [];
  const ahead: number[][] = Array.from({ length: size }, () => []);
  const starts = [...targets.keys()].sort((a, b) => taken[a]! - targets[a]!.length - (taken[b]! - targets[b]!.length) || a - b);
  for (const start of starts) {
    if (state[start] !== 0) continue;
    const open: { readonly node: number; next: number }[] = [{ node: start, next: 0 }];
    state[start] = 1;
    while (open.length > 0) {
      const top = open.at(-1)!;
      const target = targets[top.node]![top.next++];
      if (target === undefined) {
        state[top.node] = 2;
        order.push(top.node);
        open.pop();
      } else if (state[target] !== 1) {
        ahead[top.node]!.push(target);
        if (state[target] === 0) {
          state[target] = 1;
          open.push({ node: target, next: 0 });
        }
      }
    }
  }
  const ranks = new Array<number>(size).fill(0);
  for (const node of order.reverse()) for (const target of ahead[node]!) ranks[target] = Math.max(ranks[target]!, ranks[node]! + 1);
  const most = Math.max(1, ...ranks);
  return ranks.map((rank) => (most < count ? rank : Math.round((rank * (count - 1)) / most)));
}
