/** What the extension does in every host: one server, its commands, its status. */
import * as vscode from "vscode";
import { registerRestartServer } from "./commands/restart-server.ts";
import { registerShowLocations } from "./commands/show-locations.ts";
import { registerShowOutput } from "./commands/show-output.ts";
import { type ClientFactory, ServerSession } from "./language-client.ts";
import { registerTopologyPanel } from "./panel/register-panel.ts";
import { panelSourceOf } from "./session-panel-source.ts";
import { createStatusItem } from "./views/status-item.ts";

let running: ServerSession | null = null;

export async function activateWith(context: vscode.ExtensionContext, create: ClientFactory): Promise<void> {
  const log = vscode.window.createOutputChannel("Process Topology", { log: true });
  const session = new ServerSession(context, log, create);
  running = session;
  context.subscriptions.push(
    log,
    session,
    createStatusItem(session),
    registerRestartServer(session),
    registerShowLocations(),
    registerShowOutput(log),
    registerTopologyPanel(context, panelSourceOf(session, log), log),
  );
  await session.start();
}

export async function deactivateWith(): Promise<void> {
  await running?.stop();
  running = null;
}
