import assert from "node:assert/strict";
import { test } from "node:test";
import { layoutTree, type Placed, type Size } from "../../client/webview/diagram/tree-layout.ts";

/** `count` nodes of several sizes, each below an earlier one; the same for the same seed. */
function forest(count: number, seed: number): Size[] {
  let state = seed;
  const random = (below: number) => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return (state >> 8) % below;
  };
  return Array.from({ length: count }, (_, index) => ({
    id: `n${index}`,
    width: 90 + random(120),
    height: random(4) === 0 ? 60 : 46,
    parent: index === 0 || random(20) === 0 ? null : `n${random(Math.min(index, 12))}`,
  }));
}

const overlap = (a: Placed, b: Placed) => Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2;

test("no two nodes overlap, all lie inside the drawing, children stand to the right of their parents", () => {
  for (const count of [1, 2, 7, 60, 300]) {
    for (const aspect of [0.5, 1.5, 3]) {
      const sizes = forest(count, count);
      const { nodes, width, height } = layoutTree(sizes, aspect);
      const placed = [...nodes.values()];
      assert.equal(placed.length, count);
      placed.forEach((a, index) => {
        assert.ok(a.x - a.width / 2 >= -0.01 && a.x + a.width / 2 <= width + 0.01, `${a.id} in the width`);
        assert.ok(a.y - a.height / 2 >= -0.01 && a.y + a.height / 2 <= height + 0.01, `${a.id} in the height`);
        for (const b of placed.slice(index + 1)) assert.ok(!overlap(a, b), `${a.id} and ${b.id} of ${count}`);
      });
      for (const { id, parent } of sizes) {
        const above = parent === null ? undefined : nodes.get(parent);
        const child = nodes.get(id);
        if (above && child) assert.ok(child.x - child.width / 2 > above.x + above.width / 2, `${id} right of ${parent}`);
      }
    }
  }
});

test("children keep their order, down a column and then in the next", () => {
  const leaves = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ id: `l${index}`, width: 100, height: 40, parent: "top" }));
  for (const aspect of [0.3, 1, 4]) {
    const { nodes } = layoutTree([{ id: "top", width: 100, height: 40, parent: null }, ...leaves(13)], aspect);
    const placed = leaves(13).map(({ id }) => nodes.get(id));
    placed.slice(1).forEach((box, index) => {
      const before = placed[index];
      assert.ok(box && before && (box.x > before.x || (box.x === before.x && box.y > before.y)), `l${index + 1} at ${aspect}`);
    });
  }
});

test("a line leads from the parent's right edge to the child's left edge, at right angles", () => {
  const sizes = forest(60, 5);
  const { nodes, routes } = layoutTree(sizes, 1.5);
  for (const { id, parent } of sizes) {
    const child = nodes.get(id);
    const above = parent === null ? undefined : nodes.get(parent);
    const route = routes.get(id);
    if (!above || !child) {
      assert.equal(route, undefined);
      continue;
    }
    assert.ok(route);
    assert.deepEqual(route[0], { x: above.x + above.width / 2, y: above.y });
    assert.equal(route.at(-1)?.x, child.x - child.width / 2);
    route.slice(1).forEach((point, index) => {
      const before = route[index];
      assert.ok(before && (point.x === before.x || Math.abs(point.y - before.y) < 0.01), `${id} at a right angle`);
    });
  }
});

test("a wide room gets a wide drawing, a narrow one a tall one", () => {
  const sizes = forest(80, 3);
  const wide = layoutTree(sizes, 3);
  const tall = layoutTree(sizes, 0.4);
  assert.ok(wide.width / wide.height > tall.width / tall.height);
});
