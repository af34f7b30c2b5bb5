import * as vscode from "vscode";
import type { PanelPlace } from "../../../server/src/protocol/panel.ts";

/** Opens a place of the folder in an editor beside the panel; a preview leaves the focus with the panel. A file outside of the folder is refused: the wish comes from a web page. */
export async function openPlace(
  { file, line, column }: PanelPlace,
  folder: vscode.Uri,
  panelColumn: vscode.ViewColumn | undefined,
  isPreview = false,
): Promise<void> {
  const uri = vscode.Uri.joinPath(folder, file);
  if (!uri.path.startsWith(`${folder.path.replace(/\/$/, "")}/`)) throw new Error(`${file} is not in ${folder.path}`);
  const at = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
  const selection = new vscode.Range(at, at);
  await vscode.window.showTextDocument(uri, { viewColumn: columnBeside(panelColumn), selection, preserveFocus: isPreview });
}

/** Where an editor is open already, else the first column that is not the panel's. */
function columnBeside(panelColumn: vscode.ViewColumn | undefined): vscode.ViewColumn {
  const editor = vscode.window.visibleTextEditors.find(({ viewColumn }) => viewColumn !== undefined && viewColumn !== panelColumn);
  if (editor?.viewColumn !== undefined) return editor.viewColumn;
  return panelColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One;
}
