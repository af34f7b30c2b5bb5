/** The extension in a browser: the server is a web worker. */
import * as vscode from "vscode";
import { activateWith, deactivateWith } from "./activate.ts";

export function activate(context: vscode.ExtensionContext): void {
  const script = vscode.Uri.joinPath(context.extensionUri, "dist", "server.browser.js");
  activateWith(context, async (options) => {
    const { LanguageClient } = await import("vscode-languageclient/browser");
    return new LanguageClient("processTopology", "Process Topology", new Worker(await addressOf(script)), options);
  });
}

/**
 * What a worker can be loaded from. VS Code refuses scripts of extensions that are installed on a remote machine and told to run in the browser
 * (`"remote.extensionKind": ["ui"]`): the text of such a one is read, and has an address of its own as long as the page lives.
 */
async function addressOf(script: vscode.Uri): Promise<string> {
  if (script.scheme !== "vscode-remote") return script.toString(true);
  return URL.createObjectURL(new Blob([new TextDecoder().decode(await vscode.workspace.fs.readFile(script))], { type: "text/javascript" }));
}

export function deactivate(): Promise<void> {
  return deactivateWith();
}
