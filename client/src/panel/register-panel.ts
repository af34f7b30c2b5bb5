/** The panel's commands and serializer: at most one panel in a window. */
import * as vscode from "vscode";
import type { PanelViewId } from "../../../server/src/protocol/panel.ts";
import type { ProcessAtReply } from "../../../server/src/protocol/requests.ts";
import type { PanelSource } from "./panel-source.ts";
import { type PanelWish, TopologyPanel } from "./topology-panel.ts";

export const panelViewType = "processTopology.panel";
export const showTreeCommand = "processTopology.showSupervisionTree";
export const whatIfCommand = "processTopology.whatIfThisCrashes";

/** The folder that the panel showed last, for the window's next start. */
const folderKey = "processTopology.panel.folder";

/**
 * Registers the commands that show a view, and what restores the panel after a reload. `Show Supervision Tree` takes, both optional, a folder's
 * URI and the module of a process to select; `Show Sequence of This Function` and `Show Around This Process` go by the cursor, and so does `What If This
 * Process Crashes?` where it is not told a folder and a participant.
 */
export function registerTopologyPanel(
  context: vscode.ExtensionContext,
  source: PanelSource,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  let open: TopologyPanel | null = null;
  const adopt = (panel: vscode.WebviewPanel, folder: string | null) => {
    const adopted = new TopologyPanel(panel, { extensionUri: context.extensionUri, source, log, folder });
    open?.panel.dispose();
    open = adopted;
    panel.onDidDispose(() => {
      if (open === adopted) open = null;
    });
    void context.workspaceState.update(folderKey, folder ?? undefined);
    return adopted;
  };
  const show = (folder: string | null, wish: PanelWish | null) => {
    const options = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false };
    const create = () => vscode.window.createWebviewPanel(panelViewType, "Process Topology", options, { enableFindWidget: false });
    (open ?? adopt(create(), folder)).show(folder, wish);
  };
  const showTree = (folder?: unknown, module?: unknown) =>
    show(typeof folder === "string" ? folder : activeFolder(), typeof module === "string" ? { type: "select", module } : null);
  const showView = (view: PanelViewId) => () => show(activeFolder(), { type: "show", view, participant: null, start: null });
  const showHere = (view: "sequence" | "around") => async () => {
    const at = await processAtCursor(source, log);
    if (at === null) return;
    if (view === "sequence" ? at.start === null : at.participant === null) return sayNothingHere(view);
    show(at.folder, { type: "show", view, participant: at.participant, start: at.start });
  };
  const whatIf = (folder: string | null, participant: string) => show(folder, { type: "what-if", participant });
  const whatIfHere = async (folder?: unknown, participant?: unknown) => {
    if (typeof participant === "string") return whatIf(typeof folder === "string" ? folder : activeFolder(), participant);
    const at = await processAtCursor(source, log);
    if (at === null) return;
    // A context such as a request is no process that somebody supervises.
    if (at.participant === null || !at.participant.startsWith("m:")) return sayNothingHere("around");
    whatIf(at.folder, at.participant);
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand(showTreeCommand, showTree),
    vscode.commands.registerCommand(whatIfCommand, whatIfHere),
    vscode.commands.registerCommand("processTopology.showMessages", showView("messages")),
    vscode.commands.registerCommand("processTopology.showSequence", showHere("sequence")),
    vscode.commands.registerCommand("processTopology.showAround", showHere("around")),
    vscode.commands.registerCommand("processTopology.export", () => (open === null ? showTree() : open.openExportMenu())),
    vscode.window.registerWebviewPanelSerializer(panelViewType, {
      deserializeWebviewPanel: async (panel) => {
        adopt(panel, context.workspaceState.get<string>(folderKey) ?? null);
      },
    }),
    { dispose: () => open?.panel.dispose() },
  );
}

/** Null where there is no editor, or the server cannot tell; it is said then. */
async function processAtCursor(source: PanelSource, log: vscode.LogOutputChannel): Promise<ProcessAtReply> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Process Topology: put the cursor into a function first."));
    return null;
  }
  try {
    const at = await source.processAt(editor.document.uri, editor.selection.active, new vscode.CancellationTokenSource().token);
    if (at === null)
      void vscode.window.showInformationMessage(vscode.l10n.t("Process Topology: nothing is known of the code at the cursor."));
    return at;
  } catch (error) {
    log.error(`What runs at the cursor: ${error}`);
    void vscode.window.showErrorMessage(vscode.l10n.t("Process Topology: the language server does not answer."));
    return null;
  }
}

function sayNothingHere(view: "sequence" | "around"): void {
  const words =
    view === "sequence"
      ? vscode.l10n.t("Process Topology: put the cursor into a function to follow it.")
      : vscode.l10n.t("Process Topology: several processes may run this code. Put the cursor into the module of a process.");
  void vscode.window.showInformationMessage(words);
}

function activeFolder(): string | null {
  const document = vscode.window.activeTextEditor?.document.uri;
  const folder = document === undefined ? undefined : vscode.workspace.getWorkspaceFolder(document);
  return folder?.uri.toString() ?? null;
}
