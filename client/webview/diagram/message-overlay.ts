/** Over the supervision tree: the messages of the selected process, behind the nodes. No layout waits for them. */
import type { PanelMessageMode } from "../../../server/src/protocol/panel.ts";
import type { ShownNode } from "../../../server/src/protocol/panel-fold.ts";
import { s } from "../element.ts";
import type { Model } from "../model.ts";
import type { Drawing } from "./canvas.ts";
import { LabelRoom } from "./label-room.ts";
import { labelHeight, labelWidthOf, markers, messageLabel } from "./message-parts.ts";
import type { Placed, Point } from "./tree-layout.ts";

/** Between the selected node and another that is drawn. */
export interface OverlayLine {
  readonly other: string;
  readonly mode: PanelMessageMode;
  /** Whether the selected node sends it. */
  readonly sends: boolean;
  readonly sites: number;
  readonly label: string;
}

/** Lines of the selected node, by the drawn nodes that stand for the others; most sites first. Others that are not drawn have none. */
export function overlayLines(model: Model, shown: readonly ShownNode[], selected: string | null): OverlayLine[] {
  const own = selected === null ? null : model.participantAt(selected);
  if (own === null || !shown.some(({ key }) => key === selected)) return [];
  const itemOf = new Map<string, string>();
  for (const { key, form, members } of shown)
    if (form !== "rest")
      for (const { definition } of members) if (definition !== null && !itemOf.has(definition)) itemOf.set(definition, key);
  const lines = new Map<string, OverlayLine>();
  const { taken, sent } = model.messagesOf(own.key);
  for (const message of [...taken, ...sent]) {
    const sends = message.from === own.key;
    const other = itemOf.get(sends ? message.to : message.from);
    if (other === undefined || other === selected) continue;
    const key = `${message.mode} ${sends} ${other}`;
    const before = lines.get(key);
    const [only] = message.tags;
    const single = before === undefined && message.tags.length === 1 && only !== undefined && only.text !== "";
    const sites = (before?.sites ?? 0) + message.sites;
    const words = single ? only.text : message.mode;
    lines.set(key, { other, mode: message.mode, sends, sites, label: sites > 1 ? `${words} ×${sites}` : words });
  }
  return [...lines.values()].sort((a, b) => b.sites - a.sites);
}

/** Puts the lines into the drawing in place of those that were there. */
export function drawOverlay({ svg, boxes, groups, width }: Drawing, selected: string | null, lines: readonly OverlayLine[]): void {
  svg.querySelector("g.overlay")?.remove();
  const here = selected === null ? undefined : boxes.get(selected);
  if (here === undefined || lines.length === 0) return;
  const overlay = s("g", { class: "overlay", "aria-hidden": "true" }, markers());
  // Few labels are read, many hide the tree.
  const labels = lines.length > 10 ? null : new LabelRoom([...boxes.values()]);
  lines.forEach((line, index) => {
    const there = boxes.get(line.other);
    if (there === undefined) return;
    groups.get(line.other)?.classList.add("related");
    const shift = (index - (lines.length - 1) / 2) * Math.min(14, 60 / lines.length);
    const [from, to] = line.sends ? [here, there] : [there, here];
    const route = routeBetween(from, to, shift);
    overlay.append(s("path", { class: `message related mode-${line.mode}`, d: route.path, "marker-end": "url(#message-arrow)" }));
    const own = labels === null ? null : label(line, route, labels, width + beyond);
    if (own !== null) overlay.append(own);
  });
  svg.querySelector("g.nodes")?.before(overlay);
}

/** Null where it would stand on a node or on another label: the details pane says it all. */
function label({ mode, label: text }: OverlayLine, { at, labelsAside = false }: Route, room: LabelRoom, end: number): SVGElement | null {
  const short = text.length > 26 ? `${text.slice(0, 25)}…` : text;
  const width = labelWidthOf(short.length * 6.3);
  const places = labelPlaces.map(at).map(({ x, y }) => ({ x: labelsAside ? x + width / 2 + 5 : x, y }));
  const point = room.take(
    places.filter(({ x }) => x + width / 2 <= end),
    width,
    labelHeight,
  );
  return point === null ? null : messageLabel(short, point, width, mode);
}

/** How far labels may stand beyond the drawing: a drawing that is fitted has so much room around it. */
const beyond = 24;

/** Parts of the way, the best first. */
const labelPlaces = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];

interface Route {
  readonly path: string;
  /** The point at a part of the way, from 0 to 1. */
  at(part: number): Point;
  /** Labels stand on the right of the line, not on it. */
  readonly labelsAside?: boolean;
}

/** A curve from border to border; `shift` keeps several lines at one node apart, in units of the drawing. */
export function routeBetween(from: Placed, to: Placed, shift: number): Route {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  if (Math.abs(dx) < aside && Math.abs(dy) < near) return bow(from, to, shift);
  const sideways = Math.abs(dx) > (from.width + to.width) / 2;
  const sign = Math.sign(sideways ? dx : dy) || 1;
  const start = sideways
    ? { x: from.x + (sign * from.width) / 2, y: from.y + clamp(shift, from.height / 2 - 6) }
    : { x: from.x + clamp(shift, from.width / 2 - 12), y: from.y + (sign * from.height) / 2 };
  const end = sideways
    ? { x: to.x - (sign * to.width) / 2, y: to.y + clamp(shift, to.height / 2 - 6) }
    : { x: to.x + clamp(shift, to.width / 2 - 12), y: to.y - (sign * to.height) / 2 };
  const bend = Math.max(30, Math.hypot(end.x - start.x, end.y - start.y) * 0.4) * sign;
  const first = sideways ? { x: start.x + bend, y: start.y } : { x: start.x, y: start.y + bend };
  const second = sideways ? { x: end.x - bend, y: end.y } : { x: end.x, y: end.y - bend };
  return route(start, first, second, end);
}

/** Nodes whose middles are no further from each other than this stand above each other: there is no room between them for a line. */
const aside = 60;
const near = 240;

/** Around the right side, the lines of several nested into each other; labels stand at the outside. */
function bow(from: Placed, to: Placed, shift: number): Route {
  const down = Math.sign(to.y - from.y) || 1;
  const right = Math.max(from.x + from.width / 2, to.x + to.width / 2);
  const deep = right + 40 - clamp(shift * 1.3, 18) + Math.min(24, Math.abs(to.y - from.y) * 0.08);
  const start = { x: from.x + from.width / 2, y: from.y + down * clamp(shift, from.height / 2 - 6) };
  const end = { x: to.x + to.width / 2, y: to.y - down * clamp(shift, to.height / 2 - 6) };
  return { ...route(start, { x: deep, y: start.y }, { x: deep, y: end.y }, end), labelsAside: true };
}

function route(start: Point, first: Point, second: Point, end: Point): Route {
  const at = (point: Point) => `${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
  const along = (axis: "x" | "y", part: number): number => {
    const rest = 1 - part;
    return rest ** 3 * start[axis] + 3 * rest ** 2 * part * first[axis] + 3 * rest * part ** 2 * second[axis] + part ** 3 * end[axis];
  };
  return {
    path: `M${at(start)}C${at(first)} ${at(second)} ${at(end)}`,
    at: (part) => ({ x: along("x", part), y: along("y", part) }),
  };
}

function clamp(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value));
}
