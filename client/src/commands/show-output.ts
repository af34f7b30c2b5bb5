import * as vscode from "vscode";

export function registerShowOutput(log: vscode.LogOutputChannel): vscode.Disposable {
  return vscode.commands.registerCommand("processTopology.showOutput", () => log.show());
}
