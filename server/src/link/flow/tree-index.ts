/** What the flow asks of supervision trees: which nodes hang in one, which functions their child specifications name, which closures they run. Pure. */
import type { ExecutionContext, TreeNode } from "../../model/topology.ts";
import type { FlowInput } from "./flow.ts";
import type { FlowGraph, FlowNode } from "./graph.ts";

export interface TreeIndex {
  /** Nodes of applications' trees, with the node above each. */
  readonly attached: ReadonlyMap<TreeNode, TreeNode | null>;
  /** By function key: the contexts of the supervisors that call it to start a child. */
  readonly startedBy: ReadonlyMap<string, readonly ExecutionContext[]>;
  /** Closures in child specifications (`{Task, fn -> … end}`), with the node that runs each. */
  readonly tasks: readonly { readonly node: FlowNode; readonly tree: TreeNode }[];
  detachTasks(graph: FlowGraph): void;
}

/** Deeper than any tree that people write. */
const MAX_DEPTH = 64;

export function indexTrees(input: FlowInput): TreeIndex {
  const { trees, modules, print } = input;
  const attached = new Map<TreeNode, TreeNode | null>();
  const startedBy = new Map<string, ExecutionContext[]>();
  const tasks: { node: FlowNode; tree: TreeNode }[] = [];
  const closures: TreeNode[] = [];
  const visit = (node: TreeNode, parent: TreeNode | null, above: ExecutionContext, depth: number, inTree: boolean): void => {
    if (inTree) attached.set(node, parent);
    const key = trees.startKeyOf(node);
    if (key) enter(startedBy, key, above);
    if (node.kind === "task" && node.children.length === 0) closures.push(node);
    if (depth >= MAX_DEPTH) return;
    const own =
      node.moduleAtom !== null && modules.get(node.moduleAtom) ? processContext(node.moduleAtom, print(node.moduleAtom), node) : above;
    for (const child of node.children) visit(child, node, own, depth + 1, inTree);
  };
  for (const { root, callback, callbackAtom, name } of trees.applications) {
    const module = callbackAtom != null && modules.get(callbackAtom) ? callbackAtom : null;
    const start: ExecutionContext = {
      id: `application_start:${module ?? name}`,
      kind: "application_start",
      label: `application start (${callback ?? name})`,
      cardinality: "one",
      module,
    };
    if (root) visit(root, null, start, 0, true);
  }
  const outside: ExecutionContext = { id: "external", kind: "external", label: "outside callers", cardinality: "unknown", module: null };
  for (const node of trees.unattached) visit(node, null, outside, 0, false);
  const detachTasks = (graph: FlowGraph): void => {
    if (closures.length > 0) for (const task of findClosures(closures, graph, input)) tasks.push(task);
  };
  return { attached, startedBy, tasks, detachTasks };
}

function processContext(module: string, label: string, node: TreeNode): ExecutionContext {
  return { id: `process:${module}`, kind: "process", label, cardinality: node.cardinality, module };
}

function enter(map: Map<string, ExecutionContext[]>, key: string, context: ExecutionContext): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [context]);
  else if (!list.some((known) => known.id === context.id)) list.push(context);
}

/** Anonymous functions that stand inside the place where a task is specified. */
function findClosures(nodes: readonly TreeNode[], graph: FlowGraph, input: FlowInput): { node: FlowNode; tree: TreeNode }[] {
  const found: { node: FlowNode; tree: TreeNode }[] = [];
  const files = new Set(nodes.map((node) => node.place.file));
  for (const fn of graph.functions) {
    if (!files.has(fn.info.file) || fn.scan.units.size === 0) continue;
    const spans = input.files.get(fn.info.file)?.spans;
    if (!spans) continue;
    for (const tree of nodes) {
      if (tree.place.file !== fn.info.file) continue;
      const start = spans[2 * tree.place.at] ?? 0;
      const end = spans[2 * tree.place.at + 1] ?? 0;
      for (const [e, unit] of fn.scan.units) {
        if (unit.parent?.fn || spans[2 * e.at]! < start || spans[2 * e.at + 1]! > end) continue;
        const node = graph.detach(e, fn.info);
        if (node) found.push({ node, tree });
      }
    }
  }
  return found;
}
