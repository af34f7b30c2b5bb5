/** Where labels may stand: not on nodes, not on each other. Pure. */
import type { Point } from "./tree-layout.ts";

type Taken = Point & { readonly width: number; readonly height: number };

/** What stays free around a label, in pixels: what touches a box looks like a part of it. */
const gap = 4;

export class LabelRoom {
  private readonly taken: Taken[];

  /** `boxes`: centers and sizes of what no label may stand on. */
  constructor(boxes: readonly Taken[]) {
    this.taken = [...boxes];
  }

  /** The first of the places at which a label of that size has room, which is its own from then on; null where none has. */
  take(places: readonly Point[], width: number, height: number): Point | null {
    const isApart = (distance: number, one: number, other: number): boolean => Math.abs(distance) * 2 >= one + other + 2 * gap;
    const isFree = ({ x, y }: Point): boolean =>
      this.taken.every((box) => isApart(box.x - x, box.width, width) || isApart(box.y - y, box.height, height));
    const point = places.find(isFree) ?? null;
    if (point !== null) this.taken.push({ ...point, width, height });
    return point;
  }
}
