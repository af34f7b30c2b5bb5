/**
 * Where the nodes of a supervision tree stand, and how the lines between them run.
 *
 * Left to right; children keep their order from top to bottom; leaves that follow each other share a block beside their supervisor,
 * column by column; each child with children of its own gets a row. The number of rows in a block is the one of a few candidates that
 * lets the whole drawing be shown largest. Pure geometry: no DOM.
 */
export interface Size {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly parent: string | null;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Center and size. */
export interface Placed extends Point {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface TreeLayout {
  readonly nodes: ReadonlyMap<string, Placed>;
  /** By child: the way of the line from its parent's right edge to its own left edge. */
  readonly routes: ReadonlyMap<string, readonly Point[]>;
  readonly width: number;
  readonly height: number;
}

const gap = { row: 12, block: 18, column: 40, rank: 44, lane: 20, trees: 56 };
const rowCandidates = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 24];

interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly children: Box[];
  parent: Box | null;
  blocks: Block[];
  /** Of the subtree, and of the node's top edge inside it. */
  treeWidth: number;
  treeHeight: number;
  top: number;
  x: number;
  y: number;
}

/** A run of leaves in a grid, or one child with its subtree. */
interface Block {
  readonly cells: readonly { readonly box: Box; readonly x: number; readonly y: number; readonly column: number }[];
  readonly subtree: Box | null;
  readonly width: number;
  readonly height: number;
  y: number;
}

/** `aspect`: width divided by height of the room that the drawing will be fitted to. */
export function layoutTree(sizes: readonly Size[], aspect: number): TreeLayout {
  const roots = boxes(sizes);
  let best = { rows: 1, score: 0 };
  for (const rows of rowCandidates) {
    const { width, height } = arrange(roots, rows, aspect);
    const score = Math.min((aspect * 1000) / Math.max(width, 1), 1000 / Math.max(height, 1));
    if (score > best.score * 1.03) best = { rows, score };
  }
  const { width, height } = arrange(roots, best.rows, aspect);
  const nodes = new Map<string, Placed>();
  const routes = new Map<string, readonly Point[]>();
  const walk = (box: Box) => {
    nodes.set(box.id, { id: box.id, x: box.x, y: box.y, width: box.width, height: box.height });
    for (const block of box.blocks) routeBlock(box, block, routes);
    for (const child of box.children) walk(child);
  };
  for (const root of roots) walk(root);
  return { nodes, routes, width, height };
}

function boxes(sizes: readonly Size[]): Box[] {
  const all = new Map<string, Box>();
  const roots: Box[] = [];
  for (const { id, width, height, parent } of sizes) {
    const box: Box = { id, width, height, children: [], parent: null, blocks: [], treeWidth: 0, treeHeight: 0, top: 0, x: 0, y: 0 };
    all.set(id, box);
    // Parents come first: a line cannot lead back, and there is no cycle.
    const above = parent === null ? undefined : all.get(parent);
    if (above === undefined) roots.push(box);
    else {
      box.parent = above;
      above.children.push(box);
    }
  }
  return roots;
}

function arrange(roots: readonly Box[], rows: number, aspect: number): { width: number; height: number } {
  for (const root of roots) measure(root, rows);
  return pack(roots, aspect);
}

function measure(box: Box, rows: number): void {
  box.blocks = [];
  for (let i = 0; i < box.children.length; ) {
    const child = box.children[i]!;
    if (child.children.length > 0) {
      measure(child, rows);
      box.blocks.push({ cells: [], subtree: child, width: child.treeWidth, height: child.treeHeight, y: 0 });
      i++;
      continue;
    }
    const leaves: Box[] = [];
    while (i < box.children.length && box.children[i]!.children.length === 0) {
      const leaf = box.children[i++]!;
      leaf.blocks = [];
      leaves.push(leaf);
    }
    box.blocks.push(grid(leaves, rows));
  }
  if (box.blocks.length === 0) {
    box.treeWidth = box.width;
    box.treeHeight = box.height;
    box.top = 0;
    return;
  }
  let y = 0;
  let width = 0;
  box.blocks.forEach((block, index) => {
    // A line to the later columns runs above their block: it wants room.
    if (index > 0) y += block.cells.some(({ column }) => column > 0) ? gap.block + 4 : gap.block;
    block.y = y;
    y += block.height;
    width = Math.max(width, block.width);
  });
  const first = box.blocks[0]!;
  const firstCell = first.cells[0]?.box;
  const firstMiddle = first.subtree === null ? (firstCell?.height ?? 0) / 2 : first.subtree.top + first.subtree.height / 2;
  box.top = Math.max(0, firstMiddle - box.height / 2);
  box.treeHeight = Math.max(y, box.top + box.height);
  box.treeWidth = box.width + gap.rank + width;
}

/** Column by column, so that one line down the left of a column reaches all of its leaves in their order. */
function grid(leaves: readonly Box[], most: number): Block {
  const columns = Math.ceil(leaves.length / most);
  const rows = Math.ceil(leaves.length / columns);
  const cells: { box: Box; x: number; y: number; column: number }[] = [];
  let x = 0;
  let height = 0;
  for (let column = 0; column * rows < leaves.length; column++) {
    const part = leaves.slice(column * rows, (column + 1) * rows);
    let y = 0;
    for (const box of part) {
      cells.push({ box, x, y, column });
      y += box.height + gap.row;
    }
    height = Math.max(height, y - gap.row);
    x += Math.max(...part.map((box) => box.width)) + gap.column;
  }
  return { cells, subtree: null, width: x - gap.column, height, y: 0 };
}

/** Trees stand below each other, and beside each other where there is room for it. */
function pack(roots: readonly Box[], aspect: number): { width: number; height: number } {
  const area = roots.reduce((sum, root) => sum + (root.treeWidth + gap.trees) * (root.treeHeight + gap.trees), 0);
  const most = Math.max(...roots.map((root) => root.treeWidth), Math.sqrt(area * aspect) * 1.05);
  let x = 0;
  let y = 0;
  let shelf = 0;
  let width = 0;
  for (const root of roots) {
    if (x > 0 && x + root.treeWidth > most) {
      x = 0;
      y += shelf + gap.trees;
      shelf = 0;
    }
    place(root, x, y);
    x += root.treeWidth + gap.trees;
    width = Math.max(width, x - gap.trees);
    shelf = Math.max(shelf, root.treeHeight);
  }
  return { width, height: y + shelf };
}

function place(box: Box, left: number, top: number): void {
  box.x = left + box.width / 2;
  box.y = top + box.top + box.height / 2;
  const right = left + box.width + gap.rank;
  for (const { y, subtree, cells } of box.blocks) {
    if (subtree !== null) place(subtree, right, top + y);
    for (const cell of cells) {
      cell.box.x = right + cell.x + cell.box.width / 2;
      cell.box.y = top + y + cell.y + cell.box.height / 2;
    }
  }
}

function routeBlock(parent: Box, { subtree, cells }: Block, routes: Map<string, readonly Point[]>): void {
  const from = { x: parent.x + parent.width / 2, y: parent.y };
  const bus = from.x + gap.rank / 2;
  const direct = (child: Box) => {
    const to = { x: child.x - child.width / 2, y: child.y };
    const straight = Math.abs(to.y - from.y) < 1;
    routes.set(child.id, straight ? [from, { x: to.x, y: from.y }] : [from, { x: bus, y: from.y }, { x: bus, y: to.y }, to]);
  };
  if (subtree !== null) direct(subtree);
  const above = Math.min(...cells.map(({ box }) => box.y - box.height / 2)) - gap.block / 2;
  for (const { box, column } of cells) {
    if (column === 0) {
      direct(box);
      continue;
    }
    const to = { x: box.x - box.width / 2, y: box.y };
    const lane = to.x - gap.lane;
    routes.set(box.id, [from, { x: bus, y: from.y }, { x: bus, y: above }, { x: lane, y: above }, { x: lane, y: to.y }, to]);
  }
}
