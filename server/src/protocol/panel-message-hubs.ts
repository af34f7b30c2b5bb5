/**
 * Who talks with nearly everybody in a crowd. A line from it to each says the same of all of them and covers the lines that tell them apart, so
 * that it is told by a mark on whom it talks with, and its lines are drawn when somebody asks for them. Pure.
 */
import type { MessageEdge, MessageNode } from "./panel-message-fold.ts";

/** So many lines of one node can be followed with the eye, and are drawn. */
const mostFollowed = 8;

/** The edges, those of hubs marked as such. `center`: whose lines are drawn in any case; null: nobody's. */
export function markHubs(nodes: readonly MessageNode[], edges: readonly MessageEdge[], center: string | null): MessageEdge[] {
  const talksWith = new Map<string, Set<string>>();
  for (const { from, to } of edges)
    for (const [own, other] of [
      [from, to],
      [to, from],
    ] as const)
      talksWith.set(own, (talksWith.get(own) ?? new Set()).add(other));
  const isHub = ({ key, members: [first] }: MessageNode): boolean => {
    const reached = talksWith.get(key)?.size ?? 0;
    if (first?.key === center || reached <= mostFollowed) return false;
    // Calls from outside come from nobody in particular: a line says no more than that there are some.
    return first?.kind === "external" || reached * 2 > nodes.length - 1;
  };
  const hubs = new Set(nodes.filter(isHub).map(({ key }) => key));
  return edges.map((edge) => ({ ...edge, hub: hubs.has(edge.from) ? edge.from : hubs.has(edge.to) ? edge.to : null }));
}

/** Hubs that a node talks with, by the node's key. */
export function hubsByNode(edges: readonly MessageEdge[]): ReadonlyMap<string, ReadonlySet<string>> {
  const hubs = new Map<string, Set<string>>();
  for (const { from, to, hub } of edges) {
    if (hub === null) continue;
    const other = hub === from ? to : from;
    hubs.set(other, (hubs.get(other) ?? new Set()).add(hub));
  }
  return hubs;
}
