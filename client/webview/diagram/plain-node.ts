/** A node as Mermaid would draw it, so that it is dressed and styled as those are, but without asking Mermaid. */
import { h, s } from "../element.ts";
import type { LabelSize } from "./label-sizes.ts";
import type { Placed } from "./tree-layout.ts";

/** From the label's edge to the node's. */
const padding = { x: 12, y: 6 };

/** The element that shows a node's two lines. */
export function nodeLabel(title: string, subtitle: string): HTMLElement {
  return h("span", { class: "nodeLabel" }, h("p", {}, h("span", { class: "t" }, title), h("span", { class: "s" }, subtitle)));
}

/** Of the node around a label. */
export function nodeSize({ width, height }: LabelSize): LabelSize {
  return { width: width + 2 * padding.x, height: height + 2 * padding.y };
}

/** The group of a node in its place. */
export function plainNode({ x, y, width, height }: Placed, label: HTMLElement): SVGGElement {
  const inner = { width: width - 2 * padding.x, height: height - 2 * padding.y };
  return s(
    "g",
    { class: "node", transform: `translate(${x.toFixed(1)},${y.toFixed(1)})` },
    s("rect", { class: "label-container", x: -width / 2, y: -height / 2, width, height }),
    s(
      "g",
      { class: "label", transform: `translate(${-inner.width / 2},${-inner.height / 2})` },
      s("foreignObject", inner, h("div", { class: "plain-label" }, label)),
    ),
  );
}
