/** The entry in the editor's language status: processes and findings of the workspace, and the way to the tree. */
import * as vscode from "vscode";
import { languageIds } from "../../../server/src/protocol/languages.ts";
import { restartServerCommand } from "../commands/restart-server.ts";
import type { ServerSession, ServerStatus } from "../language-client.ts";
import { showTreeCommand } from "../panel/register-panel.ts";

interface Shown {
  readonly text: string;
  readonly detail: string;
  readonly isBusy?: boolean;
  readonly hasFailed?: boolean;
}

export function createStatusItem(session: ServerSession): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem(
    "processTopology.status",
    languageIds.map((language) => ({ language })),
  );
  item.name = "Process Topology";
  const show = (status: ServerStatus): void => {
    const { text, detail, isBusy = false, hasFailed = false } = describe(status);
    item.severity = hasFailed ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    item.text = text;
    item.detail = detail;
    item.busy = isBusy;
    item.command =
      status.is === "stopped"
        ? { command: restartServerCommand, title: vscode.l10n.t("Restart") }
        : { command: showTreeCommand, title: vscode.l10n.t("Show supervision tree") };
  };
  show(session.status);
  return vscode.Disposable.from(item, session.onChanged(show));
}

function describe(status: ServerStatus): Shown {
  const text = vscode.l10n.t("Processes");
  if (status.is === "starting") return { text, detail: vscode.l10n.t("reading the workspace"), isBusy: true };
  if (status.is === "stopped") return { text, detail: vscode.l10n.t("the language server has stopped"), hasFailed: true };
  const { folders } = status;
  if (folders.some(({ failed }) => failed))
    return { text, detail: vscode.l10n.t("the analysis failed, the output says why"), hasFailed: true };
  if (folders.length === 0) return { text, detail: vscode.l10n.t("no folder is open") };
  const read = folders.filter(({ revision }) => revision !== null);
  if (read.length === 0) return { text, detail: vscode.l10n.t("reading the workspace"), isBusy: true };
  const sum = (count: (folder: (typeof read)[number]) => number): number => read.reduce((total, folder) => total + count(folder), 0);
  const [processes, findings] = [sum((folder) => folder.processes), sum((folder) => folder.findings)];
  const many = processes === 1 ? vscode.l10n.t("1 process") : vscode.l10n.t("{0} processes", processes);
  const found =
    findings === 0 ? vscode.l10n.t("no findings") : findings === 1 ? vscode.l10n.t("1 finding") : vscode.l10n.t("{0} findings", findings);
  return { text: many, detail: found, isBusy: read.length < folders.length };
}
