/** The panel's snapshots, from the language server. */
import * as vscode from "vscode";
import {
  type CrashParams,
  type CrashReply,
  crashRequest,
  type FolderParams,
  type PanelSnapshotReply,
  type ProcessAtParams,
  type ProcessAtReply,
  panelSnapshotRequest,
  processAtRequest,
  type SequenceParams,
  type SequenceReply,
  type SequenceStartsReply,
  sequenceRequest,
  sequenceStartsRequest,
} from "../../server/src/protocol/requests.ts";
import type { ServerSession } from "./language-client.ts";
import type { PanelAnswer, PanelSource } from "./panel/panel-source.ts";

export function panelSourceOf(session: ServerSession, log: vscode.LogOutputChannel): PanelSource {
  const changed = new vscode.EventEmitter<void>();
  session.onChanged(() => changed.fire());
  const ask = (folder: string | null, token: vscode.CancellationToken): Promise<PanelSnapshotReply | null> => {
    const params: FolderParams = { folder };
    return session.request(panelSnapshotRequest, params, token);
  };
  return {
    async read(folder, token): Promise<PanelAnswer> {
      const { status } = session;
      if (status.is === "starting") return { state: "loading", detail: vscode.l10n.t("The language server starts.") };
      if (status.is === "stopped")
        return { state: "failed", message: vscode.l10n.t("The language server has stopped. Restart it; the log says why it did.") };
      const { folders } = status;
      if (folders.length === 0)
        return {
          state: "failed",
          message: vscode.l10n.t("No folder is open. Open one with a project in Elixir or Erlang, or in TypeScript with an actor library."),
        };
      if (folders.every(({ failed }) => failed))
        return { state: "failed", message: vscode.l10n.t("The analysis failed. The log says why.") };
      // A folder that was taken out of the workspace since: the first one is better than nothing.
      const reply = (await ask(folder, token)) ?? (folder === null ? null : await ask(null, token));
      if (reply === null) return { state: "loading", detail: vscode.l10n.t("The workspace is read for the first time.") };
      return { state: "ready", folder: reply.folder, snapshot: reply.snapshot };
    },
    async sequenceStarts(folder, token) {
      const params: FolderParams = { folder };
      return (await session.request<SequenceStartsReply>(sequenceStartsRequest, params, token)) ?? [];
    },
    sequence(folder, start, steps, token) {
      const params: SequenceParams = { folder, start, steps };
      return session.request<SequenceReply>(sequenceRequest, params, token);
    },
    crash(folder, node, token) {
      const params: CrashParams = { folder, node };
      return session.request<CrashReply>(crashRequest, params, token);
    },
    processAt(document, { line, character }, token) {
      const params: ProcessAtParams = { textDocument: { uri: document.toString() }, position: { line, character } };
      return session.request<ProcessAtReply>(processAtRequest, params, token);
    },
    onDidChange: changed.event,
    retry: () => session.restart(),
    showLog: () => log.show(),
  };
}
