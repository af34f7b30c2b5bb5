/** The extension in a browser: the server is a web worker. */
import * as vscode from "vscode";
import { activateWith, deactivateWith } from "./activate.ts";

export function activate(context: vscode.ExtensionContext): void {
  const script = vscode.Uri.joinPath(context.extensionUri, "dist", "server.browser.js").toString(true);
  activateWith(context, async (options) => {
    const { LanguageClient } = await import("vscode-languageclient/browser");
    return new LanguageClient("processTopology", "Process Topology", new Worker(script), options);
  });
}

export function deactivate(): Promise<void> {
  return deactivateWith();
}
