/** The entry in the window's status bar: processes and findings of the workspace; a click opens the panel. */
import * as vscode from "vscode";
import type { TopologyChangedParams } from "../../../server/src/protocol/requests.ts";
import type { ServerSession } from "../language-client.ts";
import { showTreeCommand } from "../panel/register-panel.ts";

const setting = "statusBar.enabled";

export function createStatusBar(session: ServerSession): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("processTopology.status", vscode.StatusBarAlignment.Left, 20);
  item.name = "Process Topology";
  item.command = showTreeCommand;
  const show = (params: TopologyChangedParams | null): void => {
    const isWanted = vscode.workspace.getConfiguration("processTopology").get<boolean>(setting) !== false;
    const folders = params?.folders ?? [];
    const sum = (count: (folder: (typeof folders)[number]) => number): number =>
      folders.reduce((total, folder) => total + count(folder), 0);
    const [processes, findings] = [sum((folder) => folder.processes), sum((folder) => folder.findings)];
    if (!isWanted || processes === 0) return item.hide();
    item.text = `$(type-hierarchy) ${processes}${findings > 0 ? ` $(warning) ${findings}` : ""}`;
    item.tooltip = vscode.l10n.t("{0} processes, {1} findings. Click to see the supervision tree.", processes, findings);
    item.accessibilityInformation = { label: vscode.l10n.t("Process Topology: {0} processes, {1} findings", processes, findings) };
    item.show();
  };
  show(session.latest);
  return vscode.Disposable.from(
    item,
    session.onChanged(show),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`processTopology.${setting}`)) show(session.latest);
    }),
  );
}
