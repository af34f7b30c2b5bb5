/** What drawings of messages are made of: heads of arrows and labels. */
import { s } from "../element.ts";
import type { Point } from "./tree-layout.ts";

/** What a label takes of the room. */
export const labelHeight = 16;
const labelPadding = 14;

/** The room that a label's words take with what is around them. */
export function labelWidthOf(words: number): number {
  return words + labelPadding;
}

/** Heads in the color of their line, for its end or its beginning. */
export function markers(): SVGElement {
  const shape = {
    viewBox: "0 0 10 10",
    refY: 5,
    markerWidth: 9,
    markerHeight: 9,
    markerUnits: "userSpaceOnUse",
    orient: "auto-start-reverse",
  };
  return s(
    "defs",
    {},
    s("marker", { ...shape, id: "message-arrow", class: "message-end", refX: 9 }, s("path", { d: "M0 0 10 5 0 10Z" })),
    s("marker", { ...shape, id: "message-dot", class: "message-end", refX: 9 }, s("circle", { cx: 5, cy: 5, r: 4.5 })),
  );
}

/** The words on the page's ground, in a frame of their line's color, around a point. */
export function messageLabel(words: string, { x, y }: Point, width: number, mode: string): SVGGElement {
  return s(
    "g",
    { class: `message-label mode-${mode}`, transform: `translate(${x.toFixed(1)},${y.toFixed(1)})` },
    s("rect", { x: -width / 2, y: -labelHeight / 2, width, height: labelHeight, rx: labelHeight / 2 }),
    s("text", { x: 0, y: 0.5 }, words),
  );
}
