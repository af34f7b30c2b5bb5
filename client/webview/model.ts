/** The snapshot with what the page asks of it: nodes by key, findings by node, counts, search. Built once per snapshot. */
import { groupBy } from "../../server/src/protocol/group-by.ts";
import type {
  PanelDefinition,
  PanelFinding,
  PanelKind,
  PanelMessage,
  PanelNode,
  PanelParticipant,
  PanelSnapshot,
} from "../../server/src/protocol/panel.ts";
import { snapshotInWords } from "./reader-words.ts";

export interface Model {
  readonly snapshot: PanelSnapshot;
  readonly parents: ReadonlyMap<string, PanelNode | null>;
  readonly nodes: ReadonlyMap<string, PanelNode>;
  readonly kinds: ReadonlySet<PanelKind>;
  /** What the project's own source starts. */
  readonly processes: number;
  readonly supervisors: number;
  /** Keys of processes that libraries start inside of these. */
  readonly inside: ReadonlySet<string>;
  findingsOf(node: PanelNode): readonly PanelFinding[];
  /** Of a root of the tree: processes below it that the project's own source starts, and findings about them. */
  below(root: string): { readonly processes: number; readonly findings: readonly PanelFinding[] };
  /** Of a participant that is a process definition. */
  findingsAbout(participant: string): readonly PanelFinding[];
  definitionOf(node: PanelNode): PanelDefinition | null;
  /** The first node that runs the definition, or null. */
  nodeOf(definition: string | null): PanelNode | null;
  /** Key of the first node that runs a module, as the language prints it or as a BEAM atom; null where none does. */
  keyOfModule(module: string): string | null;
  /** Nodes whose module, name, id or title contains the text, in the tree's order. */
  search(text: string): readonly PanelNode[];
  /** Whether something in the snapshot has this key. */
  has(key: string): boolean;
  participantOf(key: string): PanelParticipant | null;
  /** The key under which a participant is selected: of the first node that runs it, else its own. */
  selectionOf(participant: string): string;
  /** The participant that stands for what is selected, or null. */
  participantAt(selection: string): PanelParticipant | null;
  /** Messages that a participant takes, and those that it sends. */
  messagesOf(participant: string): { readonly taken: readonly PanelMessage[]; readonly sent: readonly PanelMessage[] };
  /** Key of the root that a node of the tree stands below (a root: its own); null for what is not in the tree. */
  rootOf(key: string): string | null;
  /** From the root down to the node itself. */
  pathOf(key: string): readonly PanelNode[];
}

const supervisorKinds: ReadonlySet<PanelKind> = new Set([
  "supervisor",
  "dynamic_supervisor",
  "partition_supervisor",
  "task_supervisor",
  "consumer_supervisor",
  "actor_system",
]);

export function isSupervisor({ kind }: PanelNode): boolean {
  return supervisorKinds.has(kind);
}

/** Whether all that has others below it are systems of actors, which supervise nothing. */
export function hasOnlySystems({ kinds }: Model): boolean {
  return kinds.has("actor_system") && [...kinds].every((kind) => kind === "actor_system" || !supervisorKinds.has(kind));
}

export function isProcess({ kind }: PanelNode): boolean {
  return kind !== "application" && kind !== "unattached";
}

/** Whether a library starts it inside of its parent: the source does not speak of it (it stands where the parent stands), nor defines it. */
function isInside(node: PanelNode, parent: PanelNode | null, { definitions }: PanelSnapshot): boolean {
  if (parent === null || !isProcess(parent)) return false;
  const [own, above] = [node.place, parent.place];
  if (own?.file !== above?.file || own?.line !== above?.line || own?.column !== above?.column) return false;
  return node.definition === null || (definitions[node.definition]?.place ?? null) === null;
}

export function buildModel(given: PanelSnapshot): Model {
  const snapshot = snapshotInWords(given);
  const nodes = new Map<string, PanelNode>();
  const parents = new Map<string, PanelNode | null>();
  const homes = new Map<string, string>();
  const byDefinition = new Map<string, PanelNode>();
  const kinds = new Set<PanelKind>();
  let processes = 0;
  let supervisors = 0;
  const inside = new Set<string>();
  const below = new Map<string, { processes: number; readonly definitions: Set<string> }>();
  const open: { node: PanelNode; parent: PanelNode | null }[] = [...snapshot.roots].reverse().map((node) => ({ node, parent: null }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, parent } = next;
    nodes.set(node.key, node);
    parents.set(node.key, parent);
    const home = parent === null ? node.key : (homes.get(parent.key) ?? parent.key);
    homes.set(node.key, home);
    const own = below.get(home) ?? { processes: 0, definitions: new Set() };
    below.set(home, own);
    if (node.definition !== null) own.definitions.add(node.definition);
    kinds.add(node.kind);
    if (isInside(node, parent, snapshot)) inside.add(node.key);
    else if (isProcess(node)) {
      processes++;
      own.processes++;
      if (isSupervisor(node)) supervisors++;
    }
    if (node.definition !== null && !byDefinition.has(node.definition)) byDefinition.set(node.definition, node);
    for (let i = node.children.length - 1; i >= 0; i--) open.push({ node: node.children[i]!, parent: node });
  }
  const findings = groupBy(snapshot.findings, ({ definition }) => definition ?? "");
  const none: readonly PanelFinding[] = [];
  const participants = new Map(snapshot.participants.map((participant) => [participant.key, participant]));
  const sent = groupBy(snapshot.messages, ({ from }) => from);
  const taken = groupBy(snapshot.messages, ({ to }) => to);
  return {
    snapshot,
    nodes,
    parents,
    kinds,
    processes,
    supervisors,
    inside,
    findingsOf: ({ definition }) => (definition === null ? none : (findings.get(definition) ?? none)),
    below(root) {
      const { processes = 0, definitions } = below.get(root) ?? {};
      return { processes, findings: snapshot.findings.filter(({ definition }) => definition !== null && definitions?.has(definition)) };
    },
    findingsAbout: (participant) => findings.get(participant) ?? none,
    definitionOf: ({ definition }) => (definition === null ? null : (snapshot.definitions[definition] ?? null)),
    nodeOf: (definition) => (definition === null ? null : (byDefinition.get(definition) ?? null)),
    keyOfModule: (wanted) =>
      [...nodes.values()].find(({ module, definition }) => module === wanted || definition === `m:${wanted}`)?.key ?? null,
    search: (text) => search(nodes, text),
    has: (key) => nodes.has(key) || participants.has(key),
    participantOf: (key) => participants.get(key) ?? null,
    selectionOf: (participant) => byDefinition.get(participant)?.key ?? participant,
    participantAt: (selection) => participants.get(nodes.get(selection)?.definition ?? selection) ?? null,
    messagesOf: (participant) => ({ taken: taken.get(participant) ?? [], sent: sent.get(participant) ?? [] }),
    rootOf: (key) => homes.get(key) ?? null,
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
