import assert from "node:assert/strict";
import { test } from "node:test";
import { type GraphEdge, type GraphLayout, type GraphNode, layoutGraph } from "../../client/webview/diagram/graph-layout.ts";
import type { Placed, Point } from "../../client/webview/diagram/tree-layout.ts";

const nodes = (count: number, box: (at: number) => string | null = () => null): GraphNode[] =>
  Array.from({ length: count }, (_, at) => ({ id: `n${at}`, width: 110 + ((at * 37) % 90), height: 45, box: box(at) }));

function edge(from: number, to: number, kind = "call", shared: GraphEdge["shared"] = "to"): GraphEdge {
  return { id: `${kind} ${from} ${to}`, from: `n${from}`, to: `n${to}`, kind, shared, labelWidth: 0 };
}

/** Each talks to a near one and to one of few that everybody asks. */
const talk = (count: number): GraphEdge[] =>
  Array.from({ length: count }, (_, at) => [
    edge(at, (at + 1 + (at % 3)) % count, at % 2 === 0 ? "call" : "cast"),
    edge(at, (at * 7) % Math.min(4, count)),
  ])
    .flat()
    .filter(({ from, to }) => from !== to);

const around = ({ x, y, width, height }: Placed) => ({
  left: x - width / 2,
  right: x + width / 2,
  top: y - height / 2,
  bottom: y + height / 2,
});

function meet(one: Placed, other: Placed): boolean {
  const [a, b] = [around(one), around(other)];
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Points along a path of M, H and C. */
function pointsOf(path: string): Point[] {
  const points: Point[] = [];
  for (const [, letter, rest] of path.matchAll(/([MHC])([^MHC]*)/g)) {
    const numbers = (rest ?? "").trim().split(/[ ,]+/).map(Number);
    const last = points.at(-1) ?? { x: 0, y: 0 };
    if (letter === "M") points.push({ x: numbers[0]!, y: numbers[1]! });
    else if (letter === "H")
      for (let part = 1; part <= 10; part++) points.push({ x: last.x + ((numbers[0]! - last.x) * part) / 10, y: last.y });
    else {
      const [x1, y1, x2, y2, x3, y3] = numbers as [number, number, number, number, number, number];
      for (let part = 1; part <= 20; part++) {
        const [t, r] = [part / 20, 1 - part / 20];
        const along = (a: number, b: number, c: number, d: number) => r ** 3 * a + 3 * r * r * t * b + 3 * r * t * t * c + t ** 3 * d;
        points.push({ x: along(last.x, x1, x2, x3), y: along(last.y, y1, y2, y3) });
      }
    }
  }
  return points;
}

const crossed = (layout: GraphLayout, { id, from, to }: GraphEdge): string[] => {
  const points = pointsOf(layout.edges.get(id)!.path);
  return [...layout.nodes.values()]
    .filter((node) => {
      const { left, right, top, bottom } = around(node);
      return (
        node.id !== from && node.id !== to && points.some(({ x, y }) => x > left + 1 && x < right - 1 && y > top + 1 && y < bottom - 1)
      );
    })
    .map((node) => `${id} crosses ${node.id}`);
};

test("no node stands on another, all stand inside of the drawing, and lines run past them", () => {
  for (const count of [2, 8, 20, 60, 150]) {
    const edges = talk(count);
    const layout = layoutGraph(nodes(count), edges, 1.3);
    const placed = [...layout.nodes.values()];
    assert.equal(placed.length, count);
    assert.deepEqual(
      placed.filter((one, at) => placed.slice(at + 1).some((other) => meet(one, other))),
      [],
      `${count}`,
    );
    for (const { left, right, top, bottom } of placed.map(around))
      assert.ok(left >= -0.1 && top >= -0.1 && right <= layout.width + 0.1 && bottom <= layout.height + 0.1, `${count}`);
    assert.deepEqual(
      edges.flatMap((one) => crossed(layout, one)),
      [],
      `${count}`,
    );
  }
});

test("a line leads from the side of the one node to the side of the other", () => {
  const edges = talk(40);
  const layout = layoutGraph(nodes(40), edges, 1.3);
  for (const { id, from, to } of edges) {
    const points = pointsOf(layout.edges.get(id)!.path);
    for (const [end, point] of [
      [to, points[0]!],
      [from, points.at(-1)!],
    ] as const) {
      const { left, right, top, bottom } = around(layout.nodes.get(end)!);
      assert.ok(Math.min(Math.abs(point.x - left), Math.abs(point.x - right)) < 0.2, id);
      assert.ok(point.y > top && point.y < bottom, id);
    }
  }
});

test("lines that lead both ways between two nodes lie apart", () => {
  const edges = [edge(0, 1), edge(1, 0), edge(0, 1, "cast")];
  const layout = layoutGraph(nodes(2), edges, 1.3);
  const starts = edges.map(({ id }) => pointsOf(layout.edges.get(id)!.path)[0]!.y);
  const ends = edges.map(({ id }) => pointsOf(layout.edges.get(id)!.path).at(-1)!.y);
  const atFirst = [ends[0]!, starts[1]!, ends[2]!].sort((a, b) => a - b);
  assert.ok(atFirst[1]! - atFirst[0]! >= 8 && atFirst[2]! - atFirst[1]! >= 8, String(atFirst));
});

test("a chain is no longer than the room: it turns back", () => {
  const chain = Array.from({ length: 59 }, (_, at) => edge(at, at + 1));
  const { width, height } = layoutGraph(nodes(60), chain, 1.3);
  assert.ok(width / height > 0.6 && width / height < 2.6, `${width} × ${height}`);
});

test("lines of one kind with the same aim share their way past a column, others do not", () => {
  const edges = talk(60);
  const layout = layoutGraph(nodes(60), edges, 1.3);
  // The way from the aim to the first curve's end: alike where lines arrive together.
  const arrivals = new Map<string, GraphEdge[]>();
  for (const one of edges) {
    const [aim, last, ...more] = layout.edges.get(one.id)!.path.split("C");
    if (more.length > 0) arrivals.set(`${aim} ${last}`, [...(arrivals.get(`${aim} ${last}`) ?? []), one]);
  }
  const shared = [...arrivals.values()].filter((together) => together.length > 1);
  assert.ok(shared.length > 2, `${shared.length}`);
  for (const together of shared) assert.equal(new Set(together.map(({ to, kind }) => `${to} ${kind}`)).size, 1);
});

test("nodes of one box stand in it, alone", () => {
  const box = (at: number) => (at % 5 === 4 ? null : `app${at % 3}`);
  const all = nodes(40, box);
  const layout = layoutGraph(all, talk(40), 1.3);
  assert.equal(layout.boxes.length, 3);
  for (const frame of layout.boxes)
    for (const { id, box: own } of all) assert.equal(meet(frame, layout.nodes.get(id)!), own === frame.id, `${id} and ${frame.id}`);
  assert.deepEqual(
    layout.boxes.filter((one, at) => layout.boxes.slice(at + 1).some((other) => meet(one, other))),
    [],
  );
});

test("the same input gives the same drawing; lines to nowhere and to themselves are left out", () => {
  const edges = [...talk(30), { ...edge(1, 1), id: "self" }, { ...edge(1, 2), id: "nowhere", to: "gone" }];
  const one = layoutGraph(nodes(30), edges, 1.3);
  assert.deepEqual(one, layoutGraph(nodes(30), edges, 1.3));
  assert.equal(one.edges.has("self") || one.edges.has("nowhere"), false);
  assert.equal(layoutGraph(nodes(1), [], 1.3).nodes.size, 1);
});
