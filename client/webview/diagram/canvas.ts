/** The room in which a drawing is panned and zoomed. Knows positions, not what they mean. */
import { select } from "d3-selection";
import { type D3ZoomEvent, type ZoomBehavior, type ZoomTransform, zoom, zoomIdentity } from "d3-zoom";
import type { Viewport } from "../state.ts";
import type { Placed } from "./tree-layout.ts";

export interface Drawing {
  readonly svg: SVGSVGElement;
  readonly boxes: ReadonlyMap<string, Placed>;
  readonly groups: ReadonlyMap<string, SVGGElement>;
  readonly width: number;
  readonly height: number;
  /** Areas that are shown whole where a key is to be brought into sight. */
  readonly areas?: ReadonlyMap<string, Placed>;
  /** Read from top to bottom: it is fitted in its width, and scrolled through. */
  readonly scrolls?: boolean;
}

/** Room around a fitted drawing; at the top also for badges, at the bottom for the controls that float there. */
const margin = 30;
const bottom = 56;
const largestFit = 1.15;
/** Labels smaller than this are not read: rather show a part of the drawing. */
const smallestFit = 0.5;

/** After a change of the room's size wait so long for another, in milliseconds. */
const settle = 120;

export interface CanvasListener {
  /** Hears of each change of the viewport. */
  moved(viewport: Viewport): void;
  /** How much of the room's height controls take that float over its top. */
  covered(): number;
  /** The room has another size, and what is drawn was fitted into the one before: nobody has looked closer since. */
  resized(): void;
}

export class Canvas {
  readonly room: HTMLElement;
  private readonly stage: HTMLElement;
  private readonly behavior: ZoomBehavior<HTMLElement, unknown>;
  private readonly listener: CanvasListener;
  private isFitted = false;
  private resizing = 0;
  private transform: ZoomTransform = zoomIdentity;
  /** Kept by an observer: asking an element for its size makes the browser lay out everything at once. */
  private size: { readonly width: number; readonly height: number };
  drawing: Drawing | null = null;

  constructor(room: HTMLElement, stage: HTMLElement, listener: CanvasListener) {
    this.room = room;
    this.stage = stage;
    this.listener = listener;
    this.size = { width: room.clientWidth, height: room.clientHeight };
    new ResizeObserver(([entry]) => {
      if (entry !== undefined) this.resize(entry.contentRect);
    }).observe(room);
    this.behavior = zoom<HTMLElement, unknown>()
      .scaleExtent([0.08, 3])
      .extent(() => [
        [0, 0],
        [this.size.width, this.size.height],
      ])
      // Gestures on the controls that float over the drawing are theirs.
      .filter((event: Event) => !(event.target as Element).closest(".floating") && !(event instanceof MouseEvent && event.button !== 0))
      .on("zoom", ({ transform, sourceEvent }: D3ZoomEvent<HTMLElement, unknown>) => {
        if (sourceEvent !== null) this.isFitted = false;
        this.apply(transform);
      });
    select(room).call(this.behavior).on("dblclick.zoom", null);
  }

  /** Replaces the drawing at once. `anchor` names a node that stays where it is on the screen; without one the viewport stays. */
  show(drawing: Drawing | null, anchor: string | null): void {
    const before = anchor === null ? undefined : this.drawing?.boxes.get(anchor);
    const after = anchor === null ? undefined : drawing?.boxes.get(anchor);
    this.drawing = drawing;
    this.stage.replaceChildren(...(drawing === null ? [] : [drawing.svg]));
    if (before !== undefined && after !== undefined) {
      const { x, y, k } = this.transform;
      this.move({ x: x + (before.x - after.x) * k, y: y + (before.y - after.y) * k, k });
    }
  }

  /** Shows the whole drawing; where it would be too small to read, its beginning. Returns whether it is the whole. */
  fit(): boolean {
    if (this.drawing === null) return true;
    this.measure();
    const room = this.size;
    const { width, height, scrolls = false } = this.drawing;
    const { top, high } = this.free();
    const wide = (room.width - 2 * margin) / width;
    const all = scrolls ? Math.min(wide, 1) : Math.min(wide, high / height);
    const k = Math.min(largestFit, Math.max(all, smallestFit));
    const x = Math.max(margin, (room.width - width * k) / 2);
    const y = scrolls ? top : top + Math.max(0, (high - height * k) / 2);
    this.move({ x, y, k });
    this.isFitted = true;
    return all >= smallestFit;
  }

  move({ x, y, k }: Viewport): void {
    this.isFitted = false;
    select(this.room).call(this.behavior.transform, zoomIdentity.translate(x, y).scale(k));
  }

  zoomBy(factor: number): void {
    this.isFitted = false;
    select(this.room).call(this.behavior.scaleBy, factor);
  }

  panBy(dx: number, dy: number): void {
    const { x, y, k } = this.transform;
    this.move({ x: x + dx, y: y + dy, k });
  }

  /** Moves as little as is needed for the node to be seen whole; with `center` into the middle, large enough to read. */
  reveal(key: string, center = false): void {
    const box = this.drawing?.boxes.get(key);
    if (box === undefined) return;
    const area = center ? this.drawing?.areas?.get(key) : undefined;
    if (area !== undefined) return this.showArea(area);
    const room = this.size;
    const { x, y } = this.transform;
    const k = center ? Math.max(this.transform.k, 0.7) : this.transform.k;
    if (center) {
      this.move({ x: room.width / 2 - box.x * k, y: room.height / 2 - box.y * k, k });
      return;
    }
    const shift = (start: number, middle: number, size: number, end: number) => {
      const low = start + (middle - size / 2) * k - 20;
      const high = start + (middle + size / 2) * k + 20;
      return low < 0 ? -low : high > end ? Math.max(end - high, -low) : 0;
    };
    const dx = shift(x, box.x, box.width, room.width);
    const dy = shift(y, box.y, box.height, room.height);
    if (dx !== 0 || dy !== 0) this.panBy(dx, dy);
  }

  /** As large as there is room for it; where it would be too small to read, its upper left part. */
  private showArea({ x, y, width, height }: Placed): void {
    const { top, high } = this.free();
    const wide = this.size.width - 2 * margin;
    const k = Math.min(1, Math.max(Math.min(wide / width, high / height), smallestFit));
    const left = margin + Math.max(0, (wide - width * k) / 2);
    const upper = top + Math.max(0, (high - height * k) / 2);
    this.move({ x: left - (x - width / 2) * k, y: upper - (y - height / 2) * k, k });
  }

  /** The node nearest to the middle of the room: what a live update should not move. */
  middle(): string | null {
    const { x, y, k } = this.transform;
    const middle = { x: (this.size.width / 2 - x) / k, y: (this.size.height / 2 - y) / k };
    let nearest: string | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const [key, box] of this.drawing?.boxes ?? []) {
      const distance = Math.hypot(box.x - middle.x, box.y - middle.y);
      if (distance < least) [nearest, least] = [key, distance];
    }
    return nearest;
  }

  /** Width divided by height of the room for a drawing. */
  get aspect(): number {
    this.measure();
    return Math.max(this.size.width - 2 * margin, 200) / Math.max(this.free().high, 200);
  }

  /** Of the room's height, what a drawing may take. */
  private free(): { readonly top: number; readonly high: number } {
    const top = Math.max(margin + 4, this.listener.covered() + 16);
    return { top, high: this.size.height - top - bottom };
  }

  private resize({ width, height }: DOMRectReadOnly): void {
    const isOther = Math.abs(width - this.size.width) > 8 || Math.abs(height - this.size.height) > 8;
    this.size = { width, height };
    if (!isOther || !this.isFitted || this.drawing === null) return;
    clearTimeout(this.resizing);
    this.resizing = window.setTimeout(() => {
      if (this.isFitted) this.listener.resized();
    }, settle);
  }

  private measure(): void {
    this.size = { width: this.room.clientWidth, height: this.room.clientHeight };
  }

  private apply(transform: ZoomTransform): void {
    this.transform = transform;
    this.stage.style.transform = `translate(${transform.x}px, ${transform.y}px) scale(${transform.k})`;
    this.listener.moved({ x: transform.x, y: transform.y, k: transform.k });
  }
}
