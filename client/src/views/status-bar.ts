/** The entry in the window's status bar: processes and findings of the workspace; a click opens the panel. */
import * as vscode from "vscode";
import type { FolderStatus } from "../../../server/src/protocol/requests.ts";
import { restartServerCommand } from "../commands/restart-server.ts";
import type { ServerSession } from "../language-client.ts";
import { showTreeCommand } from "../panel/register-panel.ts";

const setting = "statusBar.enabled";

export function createStatusBar(session: ServerSession): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("processTopology.status", vscode.StatusBarAlignment.Left, 20);
  item.name = "Process Topology";
  const show = (): void => {
    const { status } = session;
    const isWanted = vscode.workspace.getConfiguration("processTopology").get<boolean>(setting) !== false;
    if (status.is === "running") showCounts(item, status.folders);
    else if (status.is === "stopped") showStopped(item);
    // Nothing is promised before the first counts; an entry that is there keeps its place while the server starts again.
    else if (item.text !== "") showStarting(item);
    if (isWanted && item.text !== "") item.show();
    else item.hide();
  };
  show();
  return vscode.Disposable.from(
    item,
    session.onChanged(show),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`processTopology.${setting}`)) show();
    }),
  );
}

function showCounts(item: vscode.StatusBarItem, folders: readonly FolderStatus[]): void {
  const sum = (count: (folder: FolderStatus) => number): number => folders.reduce((total, folder) => total + count(folder), 0);
  const [processes, findings] = [sum((folder) => folder.processes), sum((folder) => folder.findings)];
  item.text = processes === 0 ? "" : `$(type-hierarchy) ${processes}${findings > 0 ? ` $(warning) ${findings}` : ""}`;
  item.tooltip = vscode.l10n.t("{0} processes, {1} findings. Click to see the supervision tree.", processes, findings);
  item.accessibilityInformation = { label: vscode.l10n.t("Process Topology: {0} processes, {1} findings", processes, findings) };
  item.command = showTreeCommand;
  item.backgroundColor = undefined;
}

function showStarting(item: vscode.StatusBarItem): void {
  item.text = "$(type-hierarchy) $(loading~spin)";
  item.tooltip = vscode.l10n.t("The language server starts.");
  item.accessibilityInformation = { label: vscode.l10n.t("Process Topology: the language server starts") };
  item.command = showTreeCommand;
  item.backgroundColor = undefined;
}

function showStopped(item: vscode.StatusBarItem): void {
  item.text = "$(type-hierarchy) $(error)";
  item.tooltip = vscode.l10n.t("The language server of Process Topology has stopped. Click to restart it.");
  item.accessibilityInformation = { label: vscode.l10n.t("Process Topology: the language server has stopped, restart it") };
  item.command = restartServerCommand;
  item.backgroundColor = new vscode.ThemeColor("statusBarItem.errorBackground");
}
