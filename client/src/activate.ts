/** What the extension does in every host: one server, its commands, its status. */
import * as vscode from "vscode";
import { registerRestartServer } from "./commands/restart-server.ts";
import { registerShowLocations } from "./commands/show-locations.ts";
import { registerShowOutput } from "./commands/show-output.ts";
import { type ClientFactory, ServerSession } from "./language-client.ts";
import { registerTopologyPanel } from "./panel/register-panel.ts";
import { panelSourceOf } from "./session-panel-source.ts";
import { registerProcessTree } from "./views/process-tree.ts";
import { createStatusBar } from "./views/status-bar.ts";
import { createStatusItem } from "./views/status-item.ts";

let running: ServerSession | null = null;

/** Returns before the server answers: the editor waits for an extension's activation, and nothing here needs the server at once. */
export function activateWith(context: vscode.ExtensionContext, create: ClientFactory): void {
  const log = vscode.window.createOutputChannel("Process Topology", { log: true });
  const session = new ServerSession(context, log, create);
  running = session;
  const source = panelSourceOf(session, log);
  context.subscriptions.push(
    log,
    session,
    createStatusBar(session),
    createStatusItem(session),
    registerProcessTree(source),
    registerRestartServer(session),
    registerShowLocations(),
    registerShowOutput(log),
    registerTopologyPanel(context, source, log),
  );
  void vscode.commands.executeCommand("setContext", "processTopology.active", true);
  void session.start();
}

export async function deactivateWith(): Promise<void> {
  await running?.stop();
  running = null;
}
