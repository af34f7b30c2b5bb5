/** In which order the nodes of each column stand, and where: few crossings, lines as straight as the order lets them be. Pure. */
import type { GraphNode, Link } from "./graph-layout.ts";
import type { Placed, Point } from "./tree-layout.ts";

/** A node, or the place at which lines pass a column. */
export interface Cell {
  /** Index of the node; -1 for a lane. */
  readonly node: number;
  readonly column: number;
  readonly band: number;
  readonly height: number;
  /** Cells in the column to the left, and to the right, that a line leads from or to. */
  readonly left: Cell[];
  readonly right: Cell[];
  /** Nodes of the same column. */
  readonly beside: Cell[];
  /** Its place in the column, and the middle of it. */
  order: number;
  y: number;
}

export interface Columns {
  readonly places: readonly (Point & { readonly width: number; readonly height: number; readonly column: number })[];
  readonly boxes: readonly Placed[];
  /** Left and right end of each column. */
  readonly extents: readonly { readonly left: number; readonly right: number }[];
  /** By link: the lanes that it passes from its source to its aim. */
  readonly lanes: readonly (readonly Cell[])[];
  readonly crossings: number;
  readonly width: number;
  readonly height: number;
}

const gaps = { nodes: 22, lane: 13, lanes: 8, bands: 26 };
const padding = { side: 18, top: 30, bottom: 16 };
const laneHeight = 2;
/** How far lines between nodes of one column bow out of it, at most. */
const bow = 46;
const sweeps = 10;

export function layColumns(nodes: readonly GraphNode[], links: readonly Link[], columnOf: readonly number[]): Columns {
  const bandNames = bandsInOrder(nodes, links);
  const { cells, columns, lanes } = makeCells(nodes, links, columnOf, bandNames);
  const crossings = orderColumns(columns);
  const bands = bandNames
    .map((name, index) => ({ name, cells: cells.filter(({ band }) => band === index) }))
    .filter(({ cells }) => cells.length > 0);
  for (const band of bands) straighten(band.cells, columns.length);
  const height = stack(bands);
  const extents = columnExtents(
    nodes,
    links,
    columnOf,
    columns.length,
    bands.some(({ name }) => name !== null),
  );
  const places = nodes.map(({ width, height: high }, at) => {
    const { left, right } = extents[columnOf[at]!]!;
    return { x: (left + right) / 2, y: cells[at]!.y, width, height: high, column: columnOf[at]! };
  });
  const boxes = bands.flatMap(({ name, cells: own }) =>
    name === null
      ? []
      : [
          boxAround(
            name,
            own.flatMap(({ node }) => places[node] ?? []),
          ),
        ],
  );
  const width = extents.at(-1)!.right + Math.max(boxes.length > 0 ? padding.side : 0, bowsRightOf(extents.length - 1, links, columnOf));
  return { places, boxes, extents, lanes, crossings, width, height };
}

/** Boxes that talk much with each other are neighbors; what is in none comes first. */
function bandsInOrder(nodes: readonly GraphNode[], links: readonly Link[]): (string | null)[] {
  const left = new Set(nodes.flatMap(({ box }) => box ?? []));
  const names: (string | null)[] = nodes.some(({ box }) => box === null) ? [null] : [];
  const talk = new Map<string, number>();
  for (const { from, to } of links) {
    const [a, b] = [nodes[from]!.box, nodes[to]!.box];
    for (const key of a === b ? [] : [`${a} ${b}`, `${b} ${a}`]) talk.set(key, (talk.get(key) ?? 0) + 1);
  }
  while (left.size > 0) {
    let [best, most] = [[...left][0]!, -1];
    for (const name of left) {
      const near = names.reduce((sum, other, at) => sum + (talk.get(`${name} ${other}`) ?? 0) / (names.length - at), 0);
      if (near > most) [best, most] = [name, near];
    }
    left.delete(best);
    names.push(best);
  }
  return names;
}

function makeCells(
  nodes: readonly GraphNode[],
  links: readonly Link[],
  columnOf: readonly number[],
  bandNames: readonly (string | null)[],
) {
  const count = Math.max(0, ...columnOf) + 1;
  const columns: Cell[][] = Array.from({ length: count }, () => []);
  const cell = (node: number, column: number, band: number, height: number): Cell => {
    const made: Cell = { node, column, band, height, left: [], right: [], beside: [], order: columns[column]!.length, y: 0 };
    columns[column]!.push(made);
    return made;
  };
  const cells = nodes.map(({ box, height }, at) => cell(at, columnOf[at]!, bandNames.indexOf(box), height));
  const shared = new Map<string, Cell>();
  const lanes = links.map((link) => {
    const { from, to, kind } = link;
    const [start, end] = [cells[from]!, cells[to]!];
    const step = Math.sign(end.column - start.column);
    if (step === 0) {
      start.beside.push(end);
      end.beside.push(start);
      return [];
    }
    const passed: Cell[] = [];
    for (let column = start.column + step; column !== end.column; column += step) {
      const key = `${link.shared} ${link[link.shared]} ${kind} ${column}`;
      const lane = shared.get(key) ?? cell(-1, column, end.band, laneHeight);
      shared.set(key, lane);
      passed.push(lane);
    }
    const way = [start, ...passed, end];
    way.slice(1).forEach((next, index) => {
      const before = way[index]!;
      // What is shared is joined once.
      if ((step > 0 ? before.right : before.left).includes(next)) return;
      (step > 0 ? before.right : before.left).push(next);
      (step > 0 ? next.left : next.right).push(before);
    });
    return passed;
  });
  for (const column of columns)
    for (const [order, one] of [...column].sort((a, b) => a.band - b.band || a.order - b.order).entries()) one.order = order;
  return { cells: columns.flat().sort((a, b) => (a.node < 0 ? 1 : 0) - (b.node < 0 ? 1 : 0) || a.node - b.node), columns, lanes };
}

/** Sweeps to and fro, each cell to the middle of what it is joined with; the order with the fewest crossings is kept. Returns their number. */
function orderColumns(columns: readonly (readonly Cell[])[]): number {
  const count = (): number => columns.reduce((sum, column) => sum + crossingsRightOf(column), 0);
  let [least, kept] = [count(), columns.map((column) => column.map(({ order }) => order))];
  for (let sweep = 0; sweep < sweeps && least > 0; sweep++) {
    const rightward = sweep % 2 === 0;
    for (const column of rightward ? columns : [...columns].reverse()) arrangeColumn(column, rightward);
    for (const column of columns) exchangeNeighbors(column);
    const now = count();
    if (now < least) [least, kept] = [now, columns.map((column) => column.map(({ order }) => order))];
  }
  columns.forEach((column, at) => {
    column.forEach((cell, index) => {
      cell.order = kept[at]![index]!;
    });
  });
  return least;
}

function arrangeColumn(column: readonly Cell[], rightward: boolean): void {
  const wish = new Map<Cell, number>();
  for (const cell of column) {
    const near = rightward ? cell.left : cell.right;
    const all = [...near, ...cell.beside];
    wish.set(cell, all.length === 0 ? cell.order : all.reduce((sum, { order }) => sum + order, 0) / all.length);
  }
  const sorted = [...column].sort((a, b) => a.band - b.band || wish.get(a)! - wish.get(b)! || a.order - b.order);
  for (const [order, cell] of sorted.entries()) cell.order = order;
}

/** Exchanges neighbors as long as that takes crossings away. */
function exchangeNeighbors(column: readonly Cell[]): void {
  const sorted = [...column].sort((a, b) => a.order - b.order);
  for (let pass = 0, better = true; better && pass < 4; pass++) {
    better = false;
    for (let at = 1; at < sorted.length; at++) {
      const [upper, lower] = [sorted[at - 1]!, sorted[at]!];
      if (upper.band !== lower.band) continue;
      const now = crossingsOf(upper.left, lower.left) + crossingsOf(upper.right, lower.right);
      if (now === 0 || crossingsOf(lower.left, upper.left) + crossingsOf(lower.right, upper.right) >= now) continue;
      [sorted[at - 1], sorted[at]] = [lower, upper];
      [upper.order, lower.order] = [lower.order, upper.order];
      better = true;
    }
  }
}

/** Of the lines of two cells, the first of them above. */
function crossingsOf(upper: readonly Cell[], lower: readonly Cell[]): number {
  let sum = 0;
  for (const a of upper) for (const b of lower) if (a.order > b.order) sum++;
  return sum;
}

function crossingsRightOf(column: readonly Cell[]): number {
  const ends = [...column].sort((a, b) => a.order - b.order).flatMap(({ right }) => right.map(({ order }) => order).sort((a, b) => a - b));
  let sum = 0;
  const sorted: number[] = [];
  for (const end of ends) {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! <= end) low = middle + 1;
      else high = middle;
    }
    sum += sorted.length - low;
    sorted.splice(low, 0, end);
  }
  return sum;
}

function gapBetween(upper: Cell, lower: Cell): number {
  const lanes = (upper.node < 0 ? 1 : 0) + (lower.node < 0 ? 1 : 0);
  return (upper.height + lower.height) / 2 + (lanes === 0 ? gaps.nodes : lanes === 1 ? gaps.lane : gaps.lanes);
}

/** Puts each cell as near as its column lets it to the middle of what it is joined with, the cells of one band for themselves. */
function straighten(band: readonly Cell[], columnCount: number): void {
  const columns = Array.from({ length: columnCount }, (_, at) =>
    band.filter(({ column }) => column === at).sort((a, b) => a.order - b.order),
  ).filter((column) => column.length > 0);
  for (const column of columns) {
    column.forEach((cell, at) => {
      cell.y = at === 0 ? 0 : column[at - 1]!.y + gapBetween(column[at - 1]!, cell);
    });
    const middle = (column[0]!.y + column.at(-1)!.y) / 2;
    for (const cell of column) cell.y -= middle;
  }
  for (let sweep = 0; sweep < 8; sweep++) {
    const rightward = sweep % 2 === 0;
    for (const column of rightward ? columns : [...columns].reverse())
      settle(column, (cell) => (sweep < 4 ? (rightward ? cell.left : cell.right) : [...cell.left, ...cell.right]));
  }
}

/** The places nearest to the wishes that keep order and gaps (pool adjacent violators). */
function settle(column: readonly Cell[], neighborsOf: (cell: Cell) => readonly Cell[]): void {
  // Without the gaps cells have to be in order only.
  let offset = 0;
  const pools: { sum: number; weight: number; readonly cells: { readonly cell: Cell; readonly offset: number }[] }[] = [];
  column.forEach((cell, at) => {
    if (at > 0) offset += gapBetween(column[at - 1]!, cell);
    const near = neighborsOf(cell).filter(({ band }) => band === cell.band);
    // A lane is to be straight; a node that nothing pulls stays where it is, but gives way.
    const weight = near.length === 0 ? 0.05 : cell.node < 0 ? 3 : near.length;
    const wish = near.length === 0 ? cell.y : near.reduce((sum, { y }) => sum + y, 0) / near.length;
    pools.push({ sum: (wish - offset) * weight, weight, cells: [{ cell, offset }] });
    for (let last = pools.at(-1)!, before = pools.at(-2); before !== undefined && before.sum / before.weight > last.sum / last.weight; ) {
      before.sum += last.sum;
      before.weight += last.weight;
      before.cells.push(...last.cells);
      pools.pop();
      last = before;
      before = pools.at(-2);
    }
  });
  for (const { sum, weight, cells } of pools) for (const one of cells) one.cell.y = sum / weight + one.offset;
}

/** Bands below each other, and beside each other where they share no column. Returns the height of all. */
function stack(bands: readonly { readonly name: string | null; readonly cells: readonly Cell[] }[]): number {
  const bottoms: number[] = [];
  let height = 0;
  for (const { name, cells } of bands) {
    const used = [...new Set(cells.map(({ column }) => column))];
    const [first, last] = [Math.min(...used), Math.max(...used)];
    const [above, below] = name === null ? [0, 0] : [padding.top, padding.bottom];
    const top = Math.min(...cells.map(({ y, height }) => y - height / 2));
    let start = 0;
    for (let column = first; column <= last; column++) start = Math.max(start, bottoms[column] ?? 0);
    let end = 0;
    for (const cell of cells) {
      cell.y += start + above - top;
      end = Math.max(end, cell.y + cell.height / 2 + below);
    }
    for (let column = first; column <= last; column++) bottoms[column] = end + gaps.bands;
    height = Math.max(height, end);
  }
  return height;
}

const gutter = { least: 64, most: 230, aroundLabel: 34, perLine: 1.6 };

function columnExtents(nodes: readonly GraphNode[], links: readonly Link[], columnOf: readonly number[], count: number, boxed: boolean) {
  const widths = new Array<number>(count).fill(0);
  nodes.forEach(({ width }, at) => {
    widths[columnOf[at]!] = Math.max(widths[columnOf[at]!]!, width);
  });
  const rooms = new Array<number>(count).fill(gutter.least);
  const lines = new Array<number>(count).fill(0);
  for (const { from, to, labelWidth } of links) {
    const [start, end] = [columnOf[from]!, columnOf[to]!];
    // Labels stand at the sources.
    const at = end >= start ? start : start - 1;
    rooms[at] = Math.max(rooms[at]!, labelWidth === 0 ? 0 : labelWidth + gutter.aroundLabel);
    for (let column = Math.min(start, end); column < Math.max(start, end); column++) lines[column]!++;
  }
  let x = boxed ? padding.side : 0;
  return widths.map((width, at) => {
    const left = x;
    x += width + Math.min(gutter.most, rooms[at]! + gutter.perLine * lines[at]! + (boxed ? padding.side : 0));
    return { left, right: left + width };
  });
}

/** What lines between nodes of the last column, and their labels, take on its right. */
function bowsRightOf(column: number, links: readonly Link[], columnOf: readonly number[]): number {
  const inside = links.filter(({ from, to }) => columnOf[from] === column && columnOf[to] === column);
  return Math.max(0, ...inside.map(({ labelWidth }) => bow + labelWidth / 2));
}

function boxAround(id: string, places: readonly { x: number; y: number; width: number; height: number }[]): Placed {
  const left = Math.min(...places.map(({ x, width }) => x - width / 2)) - padding.side;
  const right = Math.max(...places.map(({ x, width }) => x + width / 2)) + padding.side;
  const top = Math.min(...places.map(({ y, height }) => y - height / 2)) - padding.top;
  const bottom = Math.max(...places.map(({ y, height }) => y + height / 2)) + padding.bottom;
  return { id, x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}
