import * as vscode from "vscode";
import type { ServerSession } from "../language-client.ts";

export const restartServerCommand = "processTopology.restartServer";

export function registerRestartServer(session: ServerSession): vscode.Disposable {
  return vscode.commands.registerCommand(restartServerCommand, () => session.restart());
}
