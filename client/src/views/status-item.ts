/** The entry in the editor's language status: processes and findings of the workspace, and the way to the tree. */
import * as vscode from "vscode";
import { languageIds } from "../../../server/src/protocol/languages.ts";
import type { TopologyChangedParams } from "../../../server/src/protocol/requests.ts";
import type { ServerSession } from "../language-client.ts";

export function createStatusItem(session: ServerSession): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem(
    "processTopology.status",
    languageIds.map((language) => ({ language })),
  );
  item.name = "Process Topology";
  item.command = { command: "processTopology.showSupervisionTree", title: vscode.l10n.t("Show supervision tree") };
  const show = (params: TopologyChangedParams | null): void => {
    const { text, detail, isBusy } = describe(params);
    const hasFailed = params?.folders.some(({ failed }) => failed) === true;
    item.severity = hasFailed ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    item.text = text;
    item.detail = detail;
    item.busy = isBusy;
  };
  show(session.latest);
  return vscode.Disposable.from(item, session.onChanged(show));
}

function describe(params: TopologyChangedParams | null): { readonly text: string; readonly detail: string; readonly isBusy: boolean } {
  const folders = params?.folders ?? [];
  if (folders.some(({ failed }) => failed)) {
    return { text: vscode.l10n.t("Processes"), detail: vscode.l10n.t("the analysis failed, the output says why"), isBusy: false };
  }
  const read = folders.filter(({ revision }) => revision !== null);
  if (params !== null && folders.length === 0)
    return { text: vscode.l10n.t("Processes"), detail: vscode.l10n.t("no folder is open"), isBusy: false };
  if (read.length === 0) return { text: vscode.l10n.t("Processes"), detail: vscode.l10n.t("reading the workspace"), isBusy: true };
  const sum = (count: (folder: (typeof read)[number]) => number): number => read.reduce((total, folder) => total + count(folder), 0);
  const [processes, findings] = [sum((folder) => folder.processes), sum((folder) => folder.findings)];
  const many = processes === 1 ? vscode.l10n.t("1 process") : vscode.l10n.t("{0} processes", processes);
  const found =
    findings === 0 ? vscode.l10n.t("no findings") : findings === 1 ? vscode.l10n.t("1 finding") : vscode.l10n.t("{0} findings", findings);
  return { text: many, detail: found, isBusy: read.length < folders.length };
}
