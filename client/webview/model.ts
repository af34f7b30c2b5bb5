/** The snapshot with what the page asks of it: nodes by key, findings by node, counts, search. Built once per snapshot. */
import type { PanelDefinition, PanelFinding, PanelKind, PanelNode, PanelSnapshot } from "../../server/src/protocol/panel.ts";

export interface Model {
  readonly snapshot: PanelSnapshot;
  readonly parents: ReadonlyMap<string, PanelNode | null>;
  readonly nodes: ReadonlyMap<string, PanelNode>;
  readonly kinds: ReadonlySet<PanelKind>;
  readonly processes: number;
  readonly supervisors: number;
  findingsOf(node: PanelNode): readonly PanelFinding[];
  definitionOf(node: PanelNode): PanelDefinition | null;
  /** The first node that runs the definition, or null. */
  nodeOf(definition: string | null): PanelNode | null;
  /** Nodes whose module, name, id or title contains the text, in the tree's order. */
  search(text: string): readonly PanelNode[];
  /** From the root down to the node itself. */
  pathOf(key: string): readonly PanelNode[];
}

const supervisorKinds: ReadonlySet<PanelKind> = new Set([
  "supervisor",
  "dynamic_supervisor",
  "partition_supervisor",
  "task_supervisor",
  "consumer_supervisor",
]);

export function isSupervisor({ kind }: PanelNode): boolean {
  return supervisorKinds.has(kind);
}

export function isProcess({ kind }: PanelNode): boolean {
  return kind !== "application" && kind !== "unattached";
}

export function buildModel(snapshot: PanelSnapshot): Model {
  const nodes = new Map<string, PanelNode>();
  const parents = new Map<string, PanelNode | null>();
  const byDefinition = new Map<string, PanelNode>();
  const kinds = new Set<PanelKind>();
  let processes = 0;
  let supervisors = 0;
  const open: { node: PanelNode; parent: PanelNode | null }[] = [...snapshot.roots].reverse().map((node) => ({ node, parent: null }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, parent } = next;
    nodes.set(node.key, node);
    parents.set(node.key, parent);
    kinds.add(node.kind);
    if (isProcess(node)) processes++;
    if (isSupervisor(node)) supervisors++;
    if (node.definition !== null && !byDefinition.has(node.definition)) byDefinition.set(node.definition, node);
    for (let i = node.children.length - 1; i >= 0; i--) open.push({ node: node.children[i]!, parent: node });
  }
  const findings = new Map<string, PanelFinding[]>();
  for (const finding of snapshot.findings) {
    if (finding.definition === null) continue;
    const list = findings.get(finding.definition);
    if (list === undefined) findings.set(finding.definition, [finding]);
    else list.push(finding);
  }
  const none: readonly PanelFinding[] = [];
  return {
    snapshot,
    nodes,
    parents,
    kinds,
    processes,
    supervisors,
    findingsOf: ({ definition }) => (definition === null ? none : (findings.get(definition) ?? none)),
    definitionOf: ({ definition }) => (definition === null ? null : (snapshot.definitions[definition] ?? null)),
    nodeOf: (definition) => (definition === null ? null : (byDefinition.get(definition) ?? null)),
    search: (text) => search(nodes, text),
    pathOf: (key) => {
      const path: PanelNode[] = [];
      for (let node = nodes.get(key) ?? null; node !== null; node = parents.get(node.key) ?? null) path.unshift(node);
      return path;
    },
  };
}

function search(nodes: ReadonlyMap<string, PanelNode>, text: string): PanelNode[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return [];
  const has = (field: string | null) => field?.toLowerCase().includes(wanted) === true;
  return [...nodes.values()].filter(({ title, module, name, id }) => has(title) || has(module) || has(name) || has(id));
}
