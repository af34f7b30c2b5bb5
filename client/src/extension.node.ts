/** The extension on a desktop or a remote machine: the server is a Node process. */
import * as vscode from "vscode";
import { activateWith, deactivateWith } from "./activate.ts";

export function activate(context: vscode.ExtensionContext): void {
  const module = vscode.Uri.joinPath(context.extensionUri, "dist", "server.js").fsPath;
  activateWith(context, async (options) => (await import("./server-process.ts")).serverProcess(module, options));
}

export function deactivate(): Promise<void> {
  return deactivateWith();
}
