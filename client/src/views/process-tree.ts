/** The native supervision tree in the Explorer: the primary and accessible view of what the panel draws. */
import * as vscode from "vscode";
import type { PanelPlace } from "../../../server/src/protocol/panel.ts";
import { mayCrash } from "../../../server/src/protocol/roles.ts";
import type { PanelSource } from "../panel/panel-source.ts";
import { showTreeCommand, whatIfCommand } from "../panel/register-panel.ts";
import { findingUri, registerFindingDecorations } from "./finding-decorations.ts";
import { iconOf } from "./process-icons.ts";
import {
  descriptionOf,
  elementAt,
  type FolderTree,
  findingsOf,
  type ProcessElement,
  processElements,
  sourceOf,
  spokenText,
  tooltipText,
} from "./process-tree-model.ts";

const viewId = "processTopology.tree";

/** After a change wait so long for another, in milliseconds. */
const settle = 120;

/** What the view says when it has no tree; `package.json` has a welcome text for each. */
type TreeState = "loading" | "empty" | "failed" | "no-folder" | "ready";

export class ProcessTree implements vscode.TreeDataProvider<ProcessElement>, vscode.Disposable {
  readonly #source: PanelSource;
  readonly #view: vscode.TreeView<ProcessElement>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #disposables: vscode.Disposable[];
  #folders: readonly FolderTree[] = [];
  #tops: readonly ProcessElement[] = [];
  #onlyFindings = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reading: vscode.CancellationTokenSource | null = null;

  constructor(source: PanelSource) {
    this.#source = source;
    this.#view = vscode.window.createTreeView(viewId, { treeDataProvider: this, showCollapseAll: true });
    this.#disposables = [
      this.#view,
      this.#changed,
      registerFindingDecorations(),
      source.onDidChange(() => this.#refreshSoon()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#refreshSoon()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (this.#view.visible && follows()) void this.reveal(textEditor, false);
      }),
    ];
    void this.#refresh();
  }

  getChildren(element?: ProcessElement): ProcessElement[] {
    return [...(element === undefined ? this.#tops : element.children)];
  }

  getParent(element: ProcessElement): ProcessElement | null {
    return element.parent;
  }

  getTreeItem(element: ProcessElement): vscode.TreeItem {
    const { node, folder, children, id, parent } = element;
    const depth = parent === null ? 0 : parent.parent === null ? 1 : 2;
    const state = vscode.TreeItemCollapsibleState;
    // Applications and their first supervisor are open: the first glance shows the architecture.
    const collapsible = children.length === 0 ? state.None : depth < 2 && node?.kind !== "unattached" ? state.Expanded : state.Collapsed;
    const item = new vscode.TreeItem(node?.title ?? folder.snapshot.title, collapsible);
    item.id = id;
    item.description = node === null ? "" : descriptionOf(element, vscode.l10n.t);
    item.iconPath = node === null ? vscode.ThemeIcon.Folder : iconOf(node.kind);
    item.accessibilityInformation = { label: spokenText(element, vscode.l10n.t) };
    const decorated = findingUri(id, findingsOf(element));
    if (decorated !== undefined) item.resourceUri = decorated;
    const source = sourceOf(element);
    if (source !== null) item.command = openCommand(folder, source);
    const hasSpecification = node?.place != null && (node.place.file !== source?.file || node.place.line !== source.line);
    item.contextValue = `process${hasSpecification ? " specified" : ""}${node !== null && mayCrash(node) ? " crashable" : ""}`;
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, element: ProcessElement): vscode.TreeItem {
    item.tooltip = new vscode.MarkdownString(tooltipText(element, escapeMarkdown, vscode.l10n.t));
    return item;
  }

  /** Selects the process that runs the code at the editor's cursor; `focus` also moves the keyboard there. False: there is none. */
  async reveal({ document, selection }: vscode.TextEditor, focus: boolean): Promise<boolean> {
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    if (folder === undefined) return false;
    const path = document.uri.path.slice(folder.uri.path.replace(/\/$/, "").length + 1);
    const found = elementAt(this.#tops, folder.uri.toString(), path, selection.active.line + 1);
    if (found === null) return false;
    await this.#view.reveal(found, { select: true, focus, expand: false });
    return true;
  }

  showOnlyFindings(on: boolean): void {
    this.#onlyFindings = on;
    void vscode.commands.executeCommand("setContext", "processTopology.tree.onlyFindings", on);
    this.#arrange();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#reading?.cancel();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #refreshSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#refresh(), settle);
  }

  async #refresh(): Promise<void> {
    this.#reading?.cancel();
    const reading = new vscode.CancellationTokenSource();
    this.#reading = reading;
    const workspace = vscode.workspace.workspaceFolders ?? [];
    if (workspace.length === 0) return this.#show("no-folder", []);
    try {
      const answers = await Promise.all(workspace.map(({ uri }) => this.#source.read(uri.toString(), reading.token)));
      if (this.#reading !== reading) return;
      // A folder that the server does not know yet is answered with another's.
      const answered = answers.flatMap((answer) => (answer.state === "ready" ? [[answer.folder, answer.snapshot] as const] : []));
      const ready = [...new Map(answered)].map(([uri, snapshot]) => ({ uri, snapshot }));
      const isEmpty = ready.every(({ snapshot }) => snapshot.roots.length === 0);
      if (ready.length > 0) this.#show(isEmpty ? "empty" : "ready", ready);
      // What was shown stays until there is something newer.
      else if (answers.some(({ state }) => state === "failed")) this.#show("failed", []);
      else if (this.#folders.length === 0) this.#show("loading", []);
    } catch {
      if (this.#reading === reading && !reading.token.isCancellationRequested) this.#show("failed", []);
    }
  }

  #show(state: TreeState, folders: readonly FolderTree[]): void {
    this.#folders = folders;
    void vscode.commands.executeCommand("setContext", "processTopology.state", state);
    void vscode.commands.executeCommand("setContext", "processTopology.hasProcesses", state === "ready");
    const findings = folders.reduce((sum, { snapshot }) => sum + snapshot.findings.length, 0);
    const words = findings === 1 ? vscode.l10n.t("1 finding") : vscode.l10n.t("{0} findings", findings);
    this.#view.badge = findings === 0 ? undefined : { value: findings, tooltip: words };
    this.#arrange();
  }

  #arrange(): void {
    this.#tops = processElements(this.#folders, this.#onlyFindings);
    const isFiltered = this.#onlyFindings && this.#tops.length === 0 && this.#folders.length > 0;
    this.#view.message = isFiltered ? vscode.l10n.t("No process has a finding.") : "";
    this.#changed.fire();
  }
}

/** The view's commands; elements come from its menus. */
export function registerProcessTree(source: PanelSource): vscode.Disposable {
  const tree = new ProcessTree(source);
  const command = (name: string, run: (element?: ProcessElement) => unknown) => vscode.commands.registerCommand(name, run);
  return vscode.Disposable.from(
    tree,
    command("processTopology.tree.goToChildSpecification", (element) =>
      element?.node?.place ? open(element.folder, element.node.place) : undefined,
    ),
    command("processTopology.tree.showInPanel", (element) => {
      const module = element?.node?.definition?.slice(2) ?? element?.node?.module ?? undefined;
      return vscode.commands.executeCommand(showTreeCommand, element?.folder.uri, module);
    }),
    command("processTopology.tree.whatIf", (element) =>
      vscode.commands.executeCommand(whatIfCommand, element?.folder.uri, element?.node?.key),
    ),
    command("processTopology.tree.showOnlyFindings", () => tree.showOnlyFindings(true)),
    command("processTopology.tree.showAll", () => tree.showOnlyFindings(false)),
    command("processTopology.tree.reveal", async () => {
      const editor = vscode.window.activeTextEditor;
      if (editor === undefined || (await tree.reveal(editor, true))) return;
      void vscode.window.setStatusBarMessage(vscode.l10n.t("No process of the tree runs this code."), 4000);
    }),
  );
}

function follows(): boolean {
  return vscode.workspace.getConfiguration("processTopology").get<boolean>("tree.followEditor") === true;
}

function rangeOf({ line, column }: PanelPlace): vscode.Range {
  const at = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
  return new vscode.Range(at, at);
}

function openCommand(folder: FolderTree, place: PanelPlace): vscode.Command {
  const uri = vscode.Uri.joinPath(vscode.Uri.parse(folder.uri), place.file);
  return { command: "vscode.open", title: vscode.l10n.t("Open"), arguments: [uri, { selection: rangeOf(place), preserveFocus: true }] };
}

async function open(folder: FolderTree, place: PanelPlace): Promise<void> {
  const uri = vscode.Uri.joinPath(vscode.Uri.parse(folder.uri), place.file);
  await vscode.window.showTextDocument(uri, { selection: rangeOf(place) });
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$]/g, "\\$&");
}
