/** What is selected in a drawing of messages, and where arrow keys lead. Touches classes and labels alone. */
import type { MessageFold, MessageNode } from "../../../server/src/protocol/panel-message-fold.ts";
import type { Marks } from "../marks.ts";
import type { Drawing } from "./canvas.ts";
import type { MessageDrawing } from "./message-drawing.ts";
import { mostLabels, plainEdges } from "./message-layout.ts";

/** How nodes of the drawing are selected, and what of the search's hits they stand for. */
export interface MessageKeys {
  keyOf(node: MessageNode): string;
  isHit(node: MessageNode, hits: ReadonlySet<string>): boolean;
}

/** Classes alone: what is selected, what it talks with, and the search's hits. */
export function markMessages(
  { svg, groups, label }: MessageDrawing,
  fold: MessageFold,
  { keyOf, isHit }: MessageKeys,
  { selected, focusable, hits }: Marks,
): void {
  const { nodes, edges, open } = fold;
  const own = nodes.find((node) => keyOf(node) === selected)?.key ?? null;
  const isOn = ({ key, from, to }: MessageFold["edges"][number]) => key === selected || from === own || to === own;
  const related = new Set(edges.filter(isOn).flatMap(({ from, to }) => [from, to]));
  if (own !== null) related.add(own);
  svg.classList.toggle("dim", related.size > 0 && hits === null);
  svg.classList.toggle("searching", hits !== null);
  for (const node of nodes) {
    const key = keyOf(node);
    const group = groups.get(key);
    if (group === undefined) continue;
    group.classList.toggle("related", related.has(node.key));
    group.classList.toggle("hit", hits !== null && isHit(node, hits));
  }
  for (const application of open) groups.get(application)?.classList.add("related");
  for (const [key, group] of groups) {
    group.classList.toggle("selected", key === selected);
    group.setAttribute("aria-pressed", String(key === selected));
    group.setAttribute("tabindex", key === focusable ? "0" : "-1");
  }
  const on = new Set(edges.filter(isOn).map(({ key }) => key));
  for (const path of svg.querySelectorAll<SVGPathElement>("path.message")) {
    path.classList.toggle("related", on.has(path.dataset.edge ?? ""));
    path.classList.toggle("selected", path.dataset.edge === selected);
  }
  for (const path of svg.querySelectorAll<SVGPathElement>("path.edge-room.of-hub"))
    path.classList.toggle("related", on.has(path.dataset.key ?? ""));
  const plain = plainEdges(fold);
  const always = plain.length > mostLabels ? [] : plain;
  if (always.length < edges.length) label([...always, ...edges.filter((edge) => isOn(edge) && !always.includes(edge))]);
  for (const group of svg.querySelectorAll<SVGGElement>("g.message-label"))
    group.classList.toggle("related", on.has(group.dataset.key ?? ""));
}

/** The nearest node in an arrow key's direction; Home and End lead to the first and the last in reading order. */
export function nearestNode({ boxes }: Drawing, key: string, pressed: string): string | null {
  const keys = [...boxes.keys()];
  if (pressed === "Home") return keys[0] ?? null;
  if (pressed === "End") return keys.at(-1) ?? null;
  const directions: Readonly<Record<string, readonly [number, number]>> = {
    ArrowRight: [1, 0],
    ArrowLeft: [-1, 0],
    ArrowDown: [0, 1],
    ArrowUp: [0, -1],
  };
  const [here, direction] = [boxes.get(key), directions[pressed]];
  if (here === undefined || direction === undefined) return null;
  let [best, least]: [string | null, number] = [null, Number.POSITIVE_INFINITY];
  for (const [other, box] of boxes) {
    const [dx, dy] = [box.x - here.x, box.y - here.y];
    const ahead = dx * direction[0] + dy * direction[1];
    // Aside counts twice: what lies straight ahead is meant.
    const cost = ahead + 2 * Math.abs(dx * direction[1] + dy * direction[0]);
    if (other !== key && ahead > 1 && cost < least) [best, least] = [other, cost];
  }
  return best;
}
