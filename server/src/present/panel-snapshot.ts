/** Topology and findings → the plain data that the panel draws. Pure: no IO, no clock. */
import type { Finding } from "../model/finding.ts";
import { keyedKinds } from "../model/keyed-kinds.ts";
import { projectOfName } from "../model/module-name.ts";
import type { ApplicationTree, Evidence, Place, Topology, TreeNode } from "../model/topology.ts";
import { gravestFirst } from "../protocol/gravity.ts";
import type {
  PanelDefinition,
  PanelEvidence,
  PanelFinding,
  PanelMessage,
  PanelNode,
  PanelNote,
  PanelPlace,
  PanelSnapshot,
} from "../protocol/panel.ts";
import { panelVersion } from "../protocol/panel.ts";
import { type Callers, countCallers } from "./panel-callers.ts";
import { applicationKey, keyedChildren, topKey, unattachedKey } from "./panel-keys.ts";
import { panelMessages } from "./panel-messages.ts";
import { kindText, nodeSubtitle, nodeTitle, ruleTitle } from "./panel-words.ts";

export interface PanelSnapshotInput {
  readonly topology: Topology;
  readonly findings: readonly Finding[];
  /** File as people read it, line and column from 1; null for a place that is no longer there. */
  readonly resolve: (place: Place) => PanelPlace | null;
  /** A BEAM atom as the workspace's language prints it. */
  readonly print: (atom: string) => string;
  /** What is drawn: the workspace's or the project's name. */
  readonly title: string;
  /** Leave out all other applications, and what nothing starts. */
  readonly application?: string | undefined;
}

/** The snapshot for `PanelSnapshot.version`. Order of applications and children is kept. */
export function buildPanelSnapshot(input: PanelSnapshotInput): PanelSnapshot {
  const { topology, application } = input;
  const context: Context = { input, callers: countCallers(topology, input.print), used: new Set() };
  const applications = topology.applications.filter(({ name }) => application === undefined || name === application);
  const roots: PanelNode[] = [];
  for (const tree of applications) if (tree.root !== null) roots.push(applicationNode(tree, tree.root, roots, context));
  if (topology.unattached.length > 0 && application === undefined) roots.push(unattachedNode(context));
  const findings = gravestFirst(input.findings).map((finding) => panelFinding(finding, context));
  const definitions: Record<string, PanelDefinition> = Object.create(null);
  const messaging = panelMessages(input, roots);
  if (application === undefined) for (const { key } of messaging.participants) if (key.startsWith("m:")) context.used.add(key.slice(2));
  for (const atom of [...context.used].sort()) {
    const definition = panelDefinition(atom, context);
    if (definition !== null) definitions[`m:${atom}`] = definition;
  }
  const isShown = ({ from, to }: PanelMessage): boolean => application === undefined || from in definitions || to in definitions;
  const messages = messaging.messages.filter(isShown);
  const talking = new Set(messages.flatMap(({ from, to }) => [from, to]));
  return {
    version: panelVersion,
    title: input.title,
    roots,
    idleApplications: applications.filter(({ root }) => root === null).map(({ name, folder }) => (folder ? `${name} · ${folder}` : name)),
    definitions,
    findings: application === undefined ? findings : findings.filter(({ definition }) => definition !== null && definition in definitions),
    participants: messaging.participants.filter(({ key }) => talking.has(key)),
    messages,
    problems: topology.problems.map(({ message, place }) => ({ message, place: input.resolve(place) })),
  };
}

interface Context {
  readonly input: PanelSnapshotInput;
  readonly callers: ReadonlyMap<string, Callers>;
  /** Atoms of definitions that a node names. */
  readonly used: Set<string>;
}

/** Of the path of a script or a folder, the end, which tells it from others; any other name as it is. */
function endOfPath(path: string): string {
  const parts = path.split("/");
  // One of many `src/main.ts`.
  const end = parts.at(-2) === "src" ? 3 : 2;
  return parts.length < end + 2 ? path : `…/${parts.slice(-end).join("/")}`;
}

function applicationNode(tree: ApplicationTree, root: TreeNode, before: readonly PanelNode[], context: Context): PanelNode {
  const own = applicationKey(tree, 0);
  const key = applicationKey(tree, before.filter((root) => root.key === own || root.key.startsWith(`${own}#`)).length);
  const place = context.input.resolve(tree.place);
  const told = [tree.callback, tree.folder].filter((word) => word != null && word !== "");
  // Machines are often called the same in each example or service.
  const words = told.length === 0 && tree.language === "typescript" ? [place?.file] : told;
  return {
    ...pseudoNode(key, tree.name, ["application", ...words.map((word) => endOfPath(word ?? ""))].join(" · ")),
    kind: "application",
    kindText: "application",
    module: tree.callback,
    place,
    children: [panelNode(root, topKey(key), tree.language, context)],
  };
}

function unattachedNode(context: Context): PanelNode {
  const { unattached, language } = context.input.topology;
  return {
    ...pseudoNode(unattachedKey, "Not in a tree", "no supervisor that is known starts these"),
    kind: "unattached",
    kindText: "processes that no known supervisor starts",
    children: panelChildren(unattached, `${unattachedKey}/`, language, context).map(withProject),
  };
}

/** Below an application its project is told; here it tells modules of one name apart. */
function withProject(node: PanelNode): PanelNode {
  const project = node.definition === null ? null : projectOfName(node.definition);
  return project === null || project === "" ? node : { ...node, subtitle: `${node.subtitle} · ${endOfPath(project)}` };
}

function pseudoNode(key: string, title: string, subtitle: string): Omit<PanelNode, "kind" | "kindText" | "children"> {
  return {
    key,
    title,
    subtitle,
    module: null,
    id: null,
    start: null,
    name: null,
    cardinality: "one",
    restart: null,
    shutdown: null,
    strategy: null,
    intensity: null,
    period: null,
    origin: "init",
    condition: null,
    notes: [],
    certainty: "certain",
    place: null,
    definition: null,
  };
}

function panelNode(node: TreeNode, key: string, language: string, context: Context): PanelNode {
  const { input, callers, used } = context;
  const atom = node.moduleAtom;
  if (atom !== null) used.add(atom);
  const calling = atom === null ? 0 : (callers.get(atom)?.functions ?? 0);
  return {
    key,
    title: nodeTitle(node, language),
    subtitle: nodeSubtitle(node, language, calling),
    kind: node.kind,
    kindText: kindText(node, language),
    module: node.module,
    id: node.id,
    start: node.start,
    name:
      node.name === null
        ? null
        : node.name.scope === "global" && !keyedKinds.has(node.kind)
          ? `${node.name.value} (global)`
          : node.name.value,
    cardinality: node.cardinality,
    restart: node.restart,
    shutdown: node.shutdown === null ? null : typeof node.shutdown === "number" ? `${node.shutdown} ms` : node.shutdown,
    strategy: node.strategy,
    intensity: node.intensity === null ? null : String(node.intensity),
    period: node.period === null ? null : node.period === "unknown" ? node.period : `${node.period} s`,
    origin: node.origin,
    condition: node.condition,
    notes: node.notes ?? [],
    certainty: node.certainty,
    place: input.resolve(node.place),
    definition: atom === null ? null : `m:${atom}`,
    children: panelChildren(node.children, `${key}/`, language, context),
  };
}

function panelChildren(children: readonly TreeNode[], prefix: string, language: string, context: Context): PanelNode[] {
  return keyedChildren(children, prefix).map(([key, child]) => panelNode(child, key, language, context));
}

function panelDefinition(atom: string, { input, callers }: Context): PanelDefinition | null {
  const definition = input.topology.definitions.get(atom);
  if (definition === undefined) return null;
  const note = ({ text, evidence }: { text: string; evidence: readonly Evidence[] }): PanelNote => ({
    text,
    evidence: evidenceOf(evidence, input),
  });
  const who = callers.get(atom);
  return {
    module: input.print(atom),
    place: input.resolve(definition.place),
    callbacks: definition.callbacks.map(({ role, pattern, place }) => ({ text: callbackText(role, pattern), place: input.resolve(place) })),
    reasons: definition.reasons.map(note),
    costs: definition.costs.map(note),
    callers: (who?.top ?? []).map(({ name, sites, places }) => ({
      name,
      sites,
      places: places.map((place) => input.resolve(place)).filter((place) => place !== null),
    })),
    callSites: who?.sites ?? 0,
  };
}

function callbackText(role: string, pattern: string): string {
  const name = role === "init" || role === "terminate" || role === "other" ? role : `handle_${role}`;
  return role === "init" || role === "terminate" ? name : `${name} ${pattern}`;
}

function panelFinding(finding: Finding, { input }: Context): PanelFinding {
  return {
    rule: finding.rule,
    variant: finding.variant,
    title: ruleTitle(finding.rule),
    severity: finding.severity,
    certainty: finding.certainty,
    message: finding.message,
    fix: finding.fix,
    process: finding.process === null ? null : input.print(finding.process),
    definition: finding.process === null ? null : `m:${finding.process}`,
    place: input.resolve(finding.place),
    evidence: evidenceOf(finding.evidence, input),
  };
}

function evidenceOf(evidence: readonly Evidence[], { resolve }: PanelSnapshotInput): PanelEvidence[] {
  return evidence.map(({ message, place }) => ({ message, place: resolve(place) }));
}
