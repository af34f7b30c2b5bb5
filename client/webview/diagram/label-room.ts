/** Where labels may stand: not on nodes, not on each other. Pure. */
import type { Point } from "./tree-layout.ts";

type Taken = Point & { readonly width: number; readonly height: number };

export class LabelRoom {
  private readonly taken: Taken[];

  /** `boxes`: centers and sizes of what no label may stand on. */
  constructor(boxes: readonly Taken[]) {
    this.taken = [...boxes];
  }

  /** The first of the places at which a label of that size has room, which is its own from then on; null where none has. */
  take(places: readonly Point[], width: number, height: number): Point | null {
    const isFree = ({ x, y }: Point): boolean =>
      this.taken.every((box) => Math.abs(box.x - x) * 2 >= box.width + width || Math.abs(box.y - y) * 2 >= box.height + height);
    const point = places.find(isFree) ?? null;
    if (point !== null) this.taken.push({ ...point, width, height });
    return point;
  }
}
