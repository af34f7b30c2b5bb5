/**
 * Which nodes of a supervision tree are drawn when there is room for a few only.
 *
 * Best first: starting from closed roots, the nodes that tell most for their room are opened until the budget is spent. More than four
 * like subtrees side by side become one stack, below which the children of its first member stand for those of all; of very many
 * children the first are shown, and one node stands for the rest.
 * Pure; linear in the nodes, but for the few that are drawn. Shared by the panel's page and by the Mermaid export.
 */
import type { PanelNode } from "./panel.ts";

export interface FoldInput {
  readonly roots: readonly PanelNode[];
  /** How many nodes may be drawn without being asked for. */
  readonly budget: number;
  /** Never more than these, whatever is asked for. */
  readonly limit: number;
  /** Keys of nodes that people opened or closed, and of stacks and rests that they took apart. */
  readonly opened: ReadonlySet<string>;
  readonly closed: ReadonlySet<string>;
  /** Keys of nodes that must not vanish in a stack or a rest. */
  readonly pinned: ReadonlySet<string>;
  /** Findings of the node itself. */
  readonly findingsOf: (node: PanelNode) => number;
  /** Whether what is below the node is opened only when somebody asks for it. */
  readonly isQuiet?: (node: PanelNode) => boolean;
  /** Show only what this is true of, and the way to it; null for all. */
  readonly keep: ((node: PanelNode) => boolean) | null;
}

export interface ShownNode {
  /** The node's key, or a key of its own for a stack or a rest. */
  readonly key: string;
  readonly parent: string | null;
  readonly form: "node" | "stack" | "rest";
  /** For a stack the first of its members; for a rest the node whose children are left out (null: roots). */
  readonly node: PanelNode | null;
  /** What a stack or a rest stands for; for a node, itself. */
  readonly members: readonly PanelNode[];
  /** Whether its children are drawn; null for what has none. */
  readonly open: boolean | null;
  /** Nodes that are not drawn because of it: below a closed node, in a stack or a rest. */
  readonly hidden: number;
  /** Findings of these hidden nodes. */
  readonly hiddenFindings: number;
  readonly depth: number;
}

export interface Fold {
  /** In the order of the tree, parents first. */
  readonly shown: readonly ShownNode[];
  /** Nodes in the tree after the filter, and how many of them are drawn as themselves. */
  readonly total: number;
  readonly drawn: number;
}

/** More like siblings than this become one stack. */
const stackAbove = 4;
/** One node's children take at most this part of the budget at first, so that wide supervisors leave room for others. */
const largestPart = 1 / 4;
/** Right below an application, where people look first, it is this part, shared by the applications. */
const topPart = 1 / 2;
/** But so many may always be drawn. */
const atLeast = 8;

interface Weight {
  /** Whether the node or something below it is shown at all. */
  readonly kept: boolean;
  readonly nodes: number;
  readonly findings: number;
  /** Equal for subtrees that look alike. */
  readonly shape: number;
}

interface Group {
  readonly key: string;
  readonly form: "node" | "stack" | "rest";
  readonly node: PanelNode | null;
  readonly members: readonly PanelNode[];
}

export function foldTree(input: FoldInput): Fold {
  return new Folder(input).fold();
}

/** The keys on the way from a root to the node, the node's own not among them; null where it is not in the tree. */
export function wayTo(roots: readonly PanelNode[], key: string): string[] | null {
  for (const root of roots) {
    if (root.key === key) return [];
    // A node's key begins with its parent's: only one branch can hold it, but for siblings whose ids contain a slash.
    if (!key.startsWith(root.key)) continue;
    const below = wayTo(root.children, key);
    if (below !== null) return [root.key, ...below];
  }
  return null;
}

class Folder {
  private readonly weights = new Map<PanelNode, Weight>();
  private groups = new Map<string, readonly Group[]>();
  private readonly shapes = new Map<string, number>();
  private count = 0;
  private readonly input: FoldInput;
  /** How many children of one node are drawn at first. */
  private readonly atOnce: number;
  private atTop: number;

  constructor(input: FoldInput) {
    this.input = input;
    this.atOnce = Math.max(atLeast, Math.floor(input.budget * largestPart));
    const applications = input.roots.filter(({ kind }) => kind === "application").length;
    this.atTop = Math.max(this.atOnce, Math.floor((input.budget * topPart) / Math.max(1, applications)));
  }

  fold(): Fold {
    const { input } = this;
    for (const root of input.roots) this.weigh(root);
    const roots = input.roots.filter((root) => this.isKept(root));
    let top = this.open(roots);
    // Where subtrees stay closed there is room left: more of what stands right below an application has it.
    for (let left = input.budget - this.count; left > 0 && this.hasRestAtTop(top); left = Math.floor(left / 2)) {
      const [before, count, atTop] = [new Map(this.groups), this.count, this.atTop];
      this.atTop += left;
      top = this.open(roots);
      if (this.count > count) break;
      // Others would be left out for it.
      this.atTop = atTop;
      this.groups = before;
      this.count = count;
    }
    const shown: ShownNode[] = [];
    this.list(top, null, 0, shown);
    const total = roots.reduce((sum, root) => sum + (this.weights.get(root)?.nodes ?? 0), 0);
    return { shown, total, drawn: shown.filter(({ form }) => form === "node").length };
  }

  private open(roots: readonly PanelNode[]): readonly Group[] {
    const top = this.groupsOf(null, roots, Math.max(atLeast, Math.floor(this.input.budget / 2)));
    this.groups = new Map([["", top]]);
    this.count = top.length;
    this.openBestFirst(top);
    return top;
  }

  /** Whether some children of an application's topmost supervisor are left out. */
  private hasRestAtTop(top: readonly Group[]): boolean {
    const below = (groups: readonly Group[]): readonly Group[] => groups.flatMap(({ key }) => this.groups.get(key) ?? []);
    return below(below(top)).some(({ form }) => form === "rest");
  }

  private weigh(root: PanelNode): void {
    // Post-order with a stack of its own: a tree may be deeper than the call stack.
    const open: { node: PanelNode; next: number }[] = [{ node: root, next: 0 }];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const child = top.node.children[top.next++];
      if (child !== undefined) {
        open.push({ node: child, next: 0 });
        continue;
      }
      open.pop();
      let kept = this.input.keep?.(top.node) ?? true;
      let nodes = 1;
      let findings = this.input.findingsOf(top.node);
      let shape = appearance(top.node);
      for (const kid of top.node.children) {
        const weight = this.weights.get(kid);
        if (weight?.kept !== true) continue;
        kept = true;
        nodes += weight.nodes;
        findings += weight.findings;
        shape += ` ${weight.shape}`;
      }
      const known = this.shapes.get(shape) ?? this.shapes.size;
      this.shapes.set(shape, known);
      this.weights.set(top.node, { kept, nodes, findings, shape: known });
    }
  }

  private isKept(node: PanelNode): boolean {
    return this.weights.get(node)?.kept === true;
  }

  private openBestFirst(roots: readonly Group[]): void {
    const { opened, closed, budget, limit, isQuiet } = this.input;
    const candidates: { group: Group; node: PanelNode; depth: number; rank: number }[] = [];
    const consider = (groups: readonly Group[], depth: number) => {
      for (const group of groups) {
        const node = group.node;
        if (group.form === "rest" || node === null || node.children.length === 0 || closed.has(group.key)) continue;
        if (isQuiet?.(node) === true && !opened.has(node.key)) continue;
        candidates.push({ group, node, depth, rank: this.rank(node, depth) });
      }
    };
    consider(roots, 0);
    while (candidates.length > 0) {
      let best = 0;
      for (let i = 1; i < candidates.length; i++) if (candidates[i]!.rank < candidates[best]!.rank) best = i;
      const { group, node, depth } = candidates.splice(best, 1)[0]!;
      // Who opens a rest asks for more than there was room for.
      const asked = opened.has(node.key) || opened.has(`${node.key}/…`);
      const room = (asked ? limit : budget) - this.count;
      const kids = node.children.filter((child) => this.isKept(child));
      if (kids.length === 0 || room < 1) continue;
      let groups = this.groupsOf(node, kids, depth <= 1 ? this.atTop : this.atOnce);
      // Rather a part of it than nothing, where somebody asked or where the tree would otherwise stay a stump.
      if (groups.length > room && (asked || depth < 3) && room >= 4) groups = this.groupsOf(node, kids, room - 1);
      if (groups.length > room) continue;
      this.groups.set(group.key, groups);
      this.count += groups.length;
      consider(groups, depth + 1);
    }
  }

  /** Lower is opened earlier: what people asked for, what holds findings, what is near the root, what takes little room. */
  private rank(node: PanelNode, depth: number): number {
    const asked = this.input.opened.has(node.key) ? -1e6 : 0;
    const findings = (this.weights.get(node)?.findings ?? 0) > 0 ? -15 : 0;
    // What nothing starts is told last.
    const stray = node.kind === "unattached" ? 40 : 0;
    return asked + findings + stray + depth * 10 + Math.min(node.children.length, this.atOnce) * 0.8;
  }

  /** The children as they are drawn: at most `room` of them and a rest. */
  private groupsOf(parent: PanelNode | null, children: readonly PanelNode[], room: number): readonly Group[] {
    const stacked = this.stack(children);
    const key = `${parent?.key ?? ""}/…`;
    const shown = this.input.opened.has(key) ? room + this.atOnce * 4 : room;
    if (stacked.length <= shown + 1) return stacked;
    // What must be seen and what holds findings comes before the others; what is kept stays in its order.
    const urgent = stacked.map((group) => ({ group, urgency: this.urgency(group) })).sort((a, b) => a.urgency - b.urgency);
    const chosen = new Set(urgent.slice(0, shown).map(({ group }) => group));
    const left = stacked.filter((group) => !chosen.has(group)).flatMap(({ members }) => members);
    return [...stacked.filter((group) => chosen.has(group)), { key, form: "rest", node: parent, members: left }];
  }

  private urgency(group: Group): number {
    return this.isPinned(group) ? 0 : this.findingsIn(group.members) > 0 ? 1 : 2;
  }

  private findingsIn(members: readonly PanelNode[]): number {
    return members.reduce((sum, member) => sum + (this.weights.get(member)?.findings ?? 0), 0);
  }

  private isPinned({ members }: Group): boolean {
    return members.some((member) => this.input.pinned.has(member.key));
  }

  /** Whether what is pinned is one of them, or below another than the first (which is drawn). */
  private holdsPinned(members: readonly PanelNode[]): boolean {
    const keys = [...this.input.pinned];
    return members.some((member, index) => keys.some((key) => key === member.key || (index > 0 && key.startsWith(`${member.key}/`))));
  }

  private stack(children: readonly PanelNode[]): Group[] {
    const groups: Group[] = [];
    for (let start = 0; start < children.length; ) {
      const first = children[start]!;
      const shape = this.weights.get(first)?.shape;
      let end = start + 1;
      while (end < children.length && this.weights.get(children[end]!)?.shape === shape) end++;
      const members = children.slice(start, end);
      const key = `${first.key}/×`;
      const apart = this.input.opened.has(key) || this.holdsPinned(members);
      if (members.length > stackAbove && !apart) groups.push({ key, form: "stack", node: first, members });
      else for (const member of members) groups.push({ key: member.key, form: "node", node: member, members: [member] });
      start = end;
    }
    return groups;
  }

  private list(groups: readonly Group[], parent: string | null, depth: number, shown: ShownNode[]): void {
    for (const { key, form, node, members } of groups) {
      const below = form === "rest" ? undefined : this.groups.get(key);
      const all = members.reduce((sum, member) => sum + (this.weights.get(member)?.nodes ?? 1), 0);
      const leaf = node === null || !node.children.some((child) => this.isKept(child));
      const open = form !== "node" ? false : leaf ? null : below !== undefined;
      // Of a stack the first member's subtree stands below it, or at least its root; of a rest nothing is drawn.
      const first = form === "stack" && below !== undefined && node !== null ? this.weights.get(node) : undefined;
      const hidden = form === "rest" ? all : first !== undefined ? all - first.nodes : below === undefined ? all - 1 : 0;
      const own = form === "node" && node !== null ? this.input.findingsOf(node) : 0;
      const hiddenFindings = form === "stack" || below !== undefined ? 0 : this.findingsIn(members) - own;
      shown.push({ key, parent, form, node, members, open, hidden, hiddenFindings, depth });
      if (below !== undefined) this.list(below, key, depth + 1, shown);
    }
  }
}

/** What can be told of a node by looking at it; siblings in which it is the same are alike. */
function appearance({ kind, module, title, restart, origin, condition, cardinality }: PanelNode): string {
  return JSON.stringify([kind, module ?? title, restart, origin, condition, cardinality]);
}
