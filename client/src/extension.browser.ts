/** The extension in a browser: the server is a web worker. */
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { activateWith, deactivateWith } from "./activate.ts";

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const script = vscode.Uri.joinPath(context.extensionUri, "dist", "server.browser.js").toString(true);
  await activateWith(context, (options) => new LanguageClient("processTopology", "Process Topology", new Worker(script), options));
}

export function deactivate(): Promise<void> {
  return deactivateWith();
}
