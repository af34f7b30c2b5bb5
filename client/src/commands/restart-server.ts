import * as vscode from "vscode";
import type { ServerSession } from "../language-client.ts";

export function registerRestartServer(session: ServerSession): vscode.Disposable {
  return vscode.commands.registerCommand("processTopology.restartServer", () => session.restart());
}
