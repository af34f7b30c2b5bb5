/** Counts of findings beside the names in the native tree. VS Code decorates URIs: each element of the tree has one of its own. */
import * as vscode from "vscode";
import { gravest } from "../../../server/src/protocol/gravity.ts";
import type { PanelFinding } from "../../../server/src/protocol/panel.ts";

const scheme = "process-topology-node";

/** A URI that says what it is decorated with; undefined where there is nothing to say. */
export function findingUri(id: string, findings: readonly PanelFinding[]): vscode.Uri | undefined {
  const severity = gravest(findings);
  if (severity === null) return undefined;
  return vscode.Uri.from({ scheme, path: `/${encodeURIComponent(id)}`, query: `${severity}=${findings.length}` });
}

const colors: Readonly<Record<string, string>> = { error: "list.errorForeground", warning: "list.warningForeground" };

export function registerFindingDecorations(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration(uri) {
      const [severity = "", count = ""] = uri.scheme === scheme ? uri.query.split("=") : [];
      if (count === "") return undefined;
      const words = count === "1" ? vscode.l10n.t("1 finding") : vscode.l10n.t("{0} findings", count);
      // At most two characters are shown.
      const badge = count.length > 1 ? "9+" : count;
      const color = colors[severity];
      return new vscode.FileDecoration(badge, words, color === undefined ? undefined : new vscode.ThemeColor(color));
    },
  });
}
