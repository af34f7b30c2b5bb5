/** The panel's command and serializer: at most one panel in a window. */
import * as vscode from "vscode";
import type { PanelSource } from "./panel-source.ts";
import { TopologyPanel } from "./topology-panel.ts";

export const panelViewType = "processTopology.panel";
export const showTreeCommand = "processTopology.showSupervisionTree";

/** The folder that the panel showed last, for the window's next start. */
const folderKey = "processTopology.panel.folder";

/**
 * Registers `Process Topology: Show Supervision Tree` and what restores the panel after a reload. The command takes, both optional,
 * a folder's URI and the module of a process to select.
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
  const show = (folder?: unknown, module?: unknown) => {
    const wanted = typeof folder === "string" ? folder : activeFolder();
    const panel =
      open ??
      adopt(
        vscode.window.createWebviewPanel(
          panelViewType,
          "Process Topology",
          { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false },
          { enableFindWidget: false },
        ),
        wanted,
      );
    panel.show(wanted, typeof module === "string" ? module : null);
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand(showTreeCommand, show),
    vscode.commands.registerCommand("processTopology.export", () => (open === null ? show() : open.openExportMenu())),
    vscode.window.registerWebviewPanelSerializer(panelViewType, {
      deserializeWebviewPanel: async (panel) => {
        adopt(panel, context.workspaceState.get<string>(folderKey) ?? null);
      },
    }),
    { dispose: () => open?.panel.dispose() },
  );
}

function activeFolder(): string | null {
  const document = vscode.window.activeTextEditor?.document.uri;
  const folder = document === undefined ? undefined : vscode.workspace.getWorkspaceFolder(document);
  return folder?.uri.toString() ?? null;
}
