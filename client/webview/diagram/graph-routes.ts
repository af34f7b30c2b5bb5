/** The ways of lines between columns, and where their labels may stand. Pure. */
import type { Link, RoutedEdge } from "./graph-layout.ts";
import type { Cell, Columns } from "./graph-rows.ts";
import type { Point } from "./tree-layout.ts";

/** How far apart lines meet a node's side, and how far from its corners. */
const port = { apart: 9, corner: 9 };

interface End {
  readonly link: number;
  readonly node: number;
  readonly side: -1 | 1;
  /** Lines that arrive together share a port. */
  readonly key: string;
  readonly toward: number;
}

export function routeEdges(links: readonly Link[], columns: Columns): RoutedEdge[] {
  const { places, extents, lanes } = columns;
  const ports = portsOf(links, columns);
  const [out, into] = [countBy(links, "from"), countBy(links, "to")];
  const passing = new Map<Cell, number>();
  for (const lane of lanes.flat()) passing.set(lane, (passing.get(lane) ?? 0) + 1);
  return links.map((link, at): RoutedEdge => {
    const [from, to] = [places[link.from]!, places[link.to]!];
    const [start, end] = [ports.get(`${at} from`)!, ports.get(`${at} to`)!];
    if (from.column === to.column) return beside(start, end, extents[from.column]!.right);
    const step = Math.sign(to.column - from.column);
    const sides = (column: number) => {
      const { left, right } = extents[column]!;
      return step > 0 ? { entry: left, exit: right } : { entry: right, exit: left };
    };
    const stops = [{ entry: start.x, exit: sides(from.column).exit, y: start.y }];
    for (const lane of lanes[at]!) stops.push({ ...sides(lane.column), y: lane.y });
    const isAlone = lanes[at]!.every((lane) => passing.get(lane) === 1);
    stops.push({ entry: sides(to.column).entry, exit: end.x, y: end.y });
    // Where lines fan out their labels have room at the aims, where they gather at the sources.
    return through(stops, Math.sign((out.get(link.from) ?? 0) - (into.get(link.to) ?? 0)), isAlone);
  });
}

function countBy(links: readonly Link[], end: "from" | "to"): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const link of links) counts.set(link[end], (counts.get(link[end]) ?? 0) + 1);
  return counts;
}

/** Where each line leaves and reaches its nodes: in the order of where it comes from or leads to, so that lines at a node do not cross. */
function portsOf(links: readonly Link[], { places, lanes }: Columns): ReadonlyMap<string, Point> {
  const ends = links.flatMap(({ from, to, kind, shared }, link): End[] => {
    const [start, end] = [places[from]!, places[to]!];
    const passed = lanes[link]!;
    const step = Math.sign(end.column - start.column);
    const [first, last] = [passed[0]?.y ?? end.y, passed.at(-1)?.y ?? start.y];
    if (step === 0)
      return [
        { link, node: from, side: 1, key: `${link} from`, toward: first },
        { link, node: to, side: 1, key: `${link} to`, toward: last },
      ];
    const [departure, arrival] = [passed.length > 0 && shared === "from", passed.length > 0 && shared === "to"];
    return [
      { link, node: from, side: step > 0 ? 1 : -1, key: `${departure ? kind : link} from`, toward: first },
      { link, node: to, side: step > 0 ? -1 : 1, key: `${arrival ? kind : link} to`, toward: last },
    ];
  });
  const bySide = new Map<string, Map<string, End[]>>();
  for (const end of ends) {
    const side = `${end.node} ${end.side}`;
    const keys = bySide.get(side) ?? new Map<string, End[]>();
    bySide.set(side, keys);
    keys.set(end.key, [...(keys.get(end.key) ?? []), end]);
  }
  const ports = new Map<string, Point>();
  for (const keys of bySide.values()) {
    const sorted = [...keys.values()].sort((a, b) => a[0]!.toward - b[0]!.toward || a[0]!.link - b[0]!.link);
    sorted.forEach((together, index) => {
      for (const { link, node, side, key } of together) {
        const { x, y, width, height } = places[node]!;
        const apart = Math.min(port.apart, (height - 2 * port.corner) / Math.max(1, sorted.length - 1));
        ports.set(`${link} ${key.endsWith("from") ? "from" : "to"}`, {
          x: x + (side * width) / 2,
          y: y + (index - (sorted.length - 1) / 2) * apart,
        });
      }
    });
  }
  return ports;
}

const labelParts = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];
const short = (value: number): string => value.toFixed(1);

/** A bow on the right of the column. */
function beside(start: Point, end: Point, right: number) {
  const bow = Math.max(start.x, end.x, right) + 16 + Math.min(30, Math.abs(end.y - start.y) * 0.12);
  const path = `M${short(end.x)} ${short(end.y)}C${short(bow)} ${short(end.y)} ${short(bow)} ${short(start.y)} ${short(start.x)} ${short(start.y)}`;
  return { path, spots: labelParts.map((part) => curveAt({ x: start.x, y: start.y }, { x: end.x, y: end.y }, bow, bow, part)) };
}

interface Stop {
  readonly entry: number;
  readonly exit: number;
  readonly y: number;
}

/** Straight past the columns, curved between them. The path leads back from the aim; labels stand where the line is not shared yet. */
function through(stops: readonly Stop[], fan: number, isAlone: boolean) {
  const last = stops.at(-1)!;
  let path = `M${short(last.exit)} ${short(last.y)}`;
  for (let at = stops.length - 1; at > 0; at--) {
    const [here, before] = [stops[at]!, stops[at - 1]!];
    if (here.entry !== here.exit) path += `H${short(here.entry)}`;
    const middle = (here.entry + before.exit) / 2;
    path +=
      Math.abs(here.y - before.y) < 0.5
        ? `H${short(before.exit)}`
        : `C${short(middle)} ${short(here.y)} ${short(middle)} ${short(before.y)} ${short(before.exit)} ${short(before.y)}`;
  }
  const first = stops[0]!;
  if (first.entry !== first.exit) path += `H${short(first.entry)}`;
  // Where others join it, a label would not tell whose it is.
  const gaps = stops.slice(1, isAlone ? undefined : 2).map((next, at) => ({ before: stops[at]!, next }));
  const spots = gaps.flatMap(({ before, next }) => {
    const [start, end] = [
      { x: before.exit, y: before.y },
      { x: next.entry, y: next.y },
    ];
    const middle = (start.x + end.x) / 2;
    return labelParts.map((part) => curveAt(start, end, middle, middle, part + 0.14 * fan));
  });
  const passed = isAlone ? stops.slice(1, -1).map(({ entry, exit, y }) => ({ x: (entry + exit) / 2, y })) : [];
  return { path, spots: [...spots, ...passed] };
}

/** A point of the curve whose ends are horizontal. */
function curveAt(start: Point, end: Point, first: number, second: number, part: number): Point {
  const rest = 1 - part;
  const along = (a: number, b: number, c: number, d: number): number =>
    rest ** 3 * a + 3 * rest ** 2 * part * b + 3 * rest * part ** 2 * c + part ** 3 * d;
  return { x: along(start.x, first, second, end.x), y: along(start.y, start.y, end.y, end.y) };
}
