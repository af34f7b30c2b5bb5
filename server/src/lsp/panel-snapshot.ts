import type { CancellationToken } from "vscode-languageserver";
import type { Snapshot } from "../analysis/snapshot.ts";
import { buildPanelSnapshot } from "../present/panel-snapshot.ts";
import type { FolderParams, PanelSnapshotReply } from "../protocol/requests.ts";
import { panelPlace } from "./panel-place.ts";
import type { Server } from "./server.ts";

/** `processTopology/panelSnapshot`: null for a folder that is not known or not read yet. */
export function panelSnapshot(server: Server, params: FolderParams | null, token: CancellationToken): PanelSnapshotReply | null {
  const folder = server.folderNamed(params?.folder);
  // A cancelled request ends here.
  if (folder === null || server.sourceOf(folder, token) === null) return null;
  return panelReply(folder, folder.snapshot());
}

const replies = new WeakMap<Snapshot, PanelSnapshotReply>();

/** The panel and the native tree ask after every change: what one has been given, the other gets too. A snapshot belongs to one folder. */
export function panelReply({ uri, name }: { readonly uri: string; readonly name: string }, taken: Snapshot): PanelSnapshotReply {
  const known = replies.get(taken);
  if (known !== undefined) return known;
  const { topology, findings, print, revision } = taken;
  const snapshot = buildPanelSnapshot({ topology, findings, title: name, print, resolve: (place) => panelPlace(place, taken) });
  const reply = { folder: uri, revision, snapshot };
  replies.set(taken, reply);
  return reply;
}
