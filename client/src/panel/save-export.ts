/** Writes what the panel's page exports to a file that the person chooses, through the editor's file system. */
import * as vscode from "vscode";
import { exportFiles } from "../../../server/src/protocol/export-files.ts";
import type { ExportFormat } from "../../../server/src/protocol/panel.ts";

/** `name`: a suggestion without its ending; whatever is not fit for a file's name is left out of it. Nothing is written where the person cancels. */
export async function saveExport(format: ExportFormat | "page", name: string, content: string, folder: vscode.Uri | null): Promise<void> {
  const { words, ending } = exportFiles[format];
  const safe = name.replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 80) || "topology";
  const file = `${safe}.${ending}`;
  const uri = await vscode.window.showSaveDialog({
    defaultUri: folder === null ? vscode.Uri.parse(`untitled:${file}`) : vscode.Uri.joinPath(folder, file),
    filters: { [words]: [ending] },
    title: vscode.l10n.t("Export the drawing as {0}", words),
  });
  if (uri === undefined) return;
  try {
    await vscode.workspace.fs.writeFile(uri, format === "png" ? bytesOf(content) : new TextEncoder().encode(content));
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t("The drawing could not be written: {0}", String(error)));
    return;
  }
  const open = vscode.l10n.t("Open");
  const choice = await vscode.window.showInformationMessage(vscode.l10n.t("Written to {0}", vscode.workspace.asRelativePath(uri)), open);
  if (choice === open) await vscode.commands.executeCommand("vscode.open", uri);
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
