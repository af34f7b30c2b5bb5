import type { CancellationToken } from "vscode-languageserver";
import { buildPanelSnapshot } from "../present/panel-snapshot.ts";
import type { FolderParams, PanelSnapshotReply } from "../protocol/requests.ts";
import { panelPlace } from "./panel-place.ts";
import type { Server } from "./server.ts";

/** `processTopology/panelSnapshot`: null for a folder that is not known or not read yet. */
export function panelSnapshot(server: Server, params: FolderParams | null, token: CancellationToken): PanelSnapshotReply | null {
  const folder = server.folderNamed(params?.folder);
  const source = folder === null ? null : server.sourceOf(folder, token);
  if (folder === null || source === null) return null;
  const taken = folder.snapshot();
  const snapshot = buildPanelSnapshot({
    topology: source.topology,
    findings: source.findings,
    title: folder.name,
    print: source.print,
    resolve: (place) => panelPlace(place, taken),
  });
  return { folder: folder.uri, revision: taken.revision, snapshot };
}
