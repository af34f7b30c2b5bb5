/** The extension on a desktop or a remote machine: the server is a Node process. */
import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { activateWith, deactivateWith } from "./activate.ts";

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const module = vscode.Uri.joinPath(context.extensionUri, "dist", "server.js").fsPath;
  const run = { module, transport: TransportKind.ipc };
  const debug = { ...run, options: { execArgv: ["--nolazy", "--inspect=6009", "--enable-source-maps"] } };
  await activateWith(context, (options) => new LanguageClient("processTopology", "Process Topology", { run, debug }, options));
}

export function deactivate(): Promise<void> {
  return deactivateWith();
}
