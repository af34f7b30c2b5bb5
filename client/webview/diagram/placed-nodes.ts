/** Where Mermaid's own layouts put their nodes: read from the drawing's transforms, since a layout says nothing of them. */
import type { Placed } from "./tree-layout.ts";

/**
 * Boxes by id (`n0`), in the coordinates of the drawing with its upper left corner at 0,0. Sizes are those of the nodes' outlines, which
 * Mermaid writes as plain rectangles; a node without one is left out.
 */
export function placedNodes(svg: SVGSVGElement): ReadonlyMap<string, Placed> {
  const [left = 0, top = 0] = (svg.getAttribute("viewBox") ?? "").split(/[ ,]+/).map(Number);
  const boxes = new Map<string, Placed>();
  for (const group of svg.querySelectorAll<SVGGElement>("g.node")) {
    const id = /-flowchart-(n\d+)-/.exec(group.id)?.[1];
    const outline = group.querySelector<SVGRectElement>("rect.label-container, rect.basic");
    if (id === undefined || outline === null) continue;
    const { x, y } = offsetOf(group, svg);
    const [width, height] = [Number(outline.getAttribute("width")), Number(outline.getAttribute("height"))];
    boxes.set(id, { id, x: x - left, y: y - top, width, height });
  }
  return boxes;
}

/** The sum of the translations from the element up to the drawing. */
function offsetOf(element: Element, svg: SVGSVGElement): { x: number; y: number } {
  const offset = { x: 0, y: 0 };
  for (let at: Element | null = element; at !== null && at !== svg; at = at.parentElement) {
    const [, x, y] = /translate\(\s*([-\d.e]+)[ ,]+([-\d.e]+)/.exec(at.getAttribute("transform") ?? "") ?? [];
    offset.x += Number(x ?? 0);
    offset.y += Number(y ?? 0);
  }
  return offset;
}
