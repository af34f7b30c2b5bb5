/** What the native tree shows of the folders' snapshots: elements with stable ids, texts, ways. Knows nothing of VS Code. */
import { groupBy } from "../../../server/src/protocol/group-by.ts";
import type { PanelFinding, PanelNode, PanelPlace, PanelSnapshot } from "../../../server/src/protocol/panel.ts";

/** A folder of the workspace (`node` null: drawn only where there are several), or a node of its tree. */
export interface ProcessElement {
  /** Unique in the view, and the same after an edit that leaves the way to the node as it was. */
  readonly id: string;
  readonly folder: FolderTree;
  readonly node: PanelNode | null;
  readonly parent: ProcessElement | null;
  readonly children: readonly ProcessElement[];
}

export interface FolderTree {
  /** URI. */
  readonly uri: string;
  readonly snapshot: PanelSnapshot;
}

/** The view's top elements. `onlyFindings`: only what has a finding, and the way to it. */
export function processElements(folders: readonly FolderTree[], onlyFindings: boolean): readonly ProcessElement[] {
  const several = folders.length > 1;
  return folders.flatMap((folder) => {
    const findings = findingsByDefinition(folder.snapshot);
    const keep = (node: PanelNode): boolean => !onlyFindings || hasFinding(node, findings);
    if (!several) return folder.snapshot.roots.filter(keep).map((node) => element(folder, node, null, keep));
    const top = { id: folder.uri, folder, node: null, parent: null, children: [] as ProcessElement[] };
    top.children.push(...folder.snapshot.roots.filter(keep).map((node) => element(folder, node, top, keep)));
    return [top];
  });
}

function element(folder: FolderTree, node: PanelNode, parent: ProcessElement | null, keep: (node: PanelNode) => boolean): ProcessElement {
  const made = { id: `${folder.uri}#${node.key}`, folder, node, parent, children: [] as ProcessElement[] };
  made.children.push(...node.children.filter(keep).map((child) => element(folder, child, made, keep)));
  return made;
}

function hasFinding(node: PanelNode, findings: ReadonlyMap<string, readonly PanelFinding[]>): boolean {
  return (node.definition !== null && findings.has(node.definition)) || node.children.some((child) => hasFinding(child, findings));
}

const indexes = new WeakMap<PanelSnapshot, ReadonlyMap<string, readonly PanelFinding[]>>();

function findingsByDefinition(snapshot: PanelSnapshot): ReadonlyMap<string, readonly PanelFinding[]> {
  const known = indexes.get(snapshot);
  if (known !== undefined) return known;
  const about = snapshot.findings.flatMap((finding) => (finding.definition === null ? [] : [{ finding, definition: finding.definition }]));
  const groups = groupBy(about, ({ definition }) => definition);
  const index = new Map([...groups].map(([definition, list]) => [definition, list.map(({ finding }) => finding)]));
  indexes.set(snapshot, index);
  return index;
}

/** Findings about the process itself. */
export function findingsOf({ folder, node }: ProcessElement): readonly PanelFinding[] {
  return node?.definition == null ? [] : (findingsByDefinition(folder.snapshot).get(node.definition) ?? []);
}

/** Where a click leads: the definition of what runs there, else the place that starts it. */
export function sourceOf({ folder, node }: ProcessElement): PanelPlace | null {
  if (node === null) return null;
  const definition = node.definition === null ? undefined : folder.snapshot.definitions[node.definition];
  return definition?.place ?? node.place;
}

/** A text in the reader's language, with values for its `{0}`, `{1}` …. */
export type Translate = (text: string, ...values: (string | number)[]) => string;

/** The line after the name: kind or strategy, what is out of the ordinary, and how many of it run. */
export function descriptionOf({ folder, node }: ProcessElement, t: Translate): string {
  if (node === null) return folder.snapshot.title;
  const many = node.cardinality === "many" ? t("many") : node.cardinality === "fixed" ? t("pool") : "";
  const condition = node.condition ?? "";
  return [node.subtitle, many, condition].filter((text) => text !== "").join(" · ");
}

/** For screen readers: name, kind, description and findings as one sentence. */
export function spokenText(element: ProcessElement, t: Translate): string {
  const { node, folder } = element;
  if (node === null) return folder.snapshot.title;
  const count = findingsOf(element).length;
  const found = count === 0 ? "" : count === 1 ? `, ${t("1 finding")}` : `, ${t("{0} findings", count)}`;
  return `${node.module ?? node.title}, ${node.kindText}, ${descriptionOf(element, t)}${found}`;
}

/** What the tooltip says, as Markdown; `plain` makes plain text of what comes from source. */
export function tooltipText(element: ProcessElement, plain: (text: string) => string, t: Translate): string {
  const { node, folder } = element;
  if (node === null) return plain(folder.snapshot.title);
  const definition = node.definition === null ? undefined : folder.snapshot.definitions[node.definition];
  const lines = [`**${plain(node.module ?? node.title)}** · ${plain(node.kindText)}`];
  const facts = [
    node.strategy === null ? "" : t("strategy {0}", node.strategy),
    node.restart === null ? "" : t("restart {0}", node.restart),
    node.shutdown === null ? "" : t("shutdown {0}", node.shutdown),
    node.name === null ? "" : t("registered as {0}", node.name),
    node.condition === null ? "" : t("only {0}", node.condition),
  ].filter((text) => text !== "");
  if (facts.length > 0) lines.push(facts.map(plain).join(" · "));
  const list = (title: string, texts: readonly string[]): void => {
    if (texts.length > 0) lines.push(`${title}\n${texts.map((text) => `- ${plain(text)}`).join("\n")}`);
  };
  list(t("Reasons to be a process"), definition?.reasons.map(({ text }) => text) ?? []);
  list(t("Costs"), definition?.costs.map(({ text }) => text) ?? []);
  list(
    t("Findings"),
    findingsOf(element).map(({ title, message }) => `${title}: ${message.replaceAll("`", "")}`),
  );
  return lines.join("\n\n");
}

/** The element that runs the code at a place: of the definitions in the file the last that begins at or before the line. */
export function elementAt(tops: readonly ProcessElement[], folder: string, file: string, line: number): ProcessElement | null {
  let [best, bestLine]: [ProcessElement | null, number] = [null, 0];
  const open = [...tops].reverse();
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    open.push(...[...at.children].reverse());
    if (at.folder.uri !== folder || at.node === null || at.node.kind === "application") continue;
    const place = sourceOf(at);
    if (place !== null && place.file === file && place.line <= line && place.line > bestLine) [best, bestLine] = [at, place.line];
  }
  return best;
}
