/** Requests beyond the language server protocol: which goes to which handler. */
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
  treeRequest,
} from "../protocol/requests.ts";
import { crash } from "./crash.ts";
import { guardRequest } from "./guard.ts";
import { panelSnapshot } from "./panel-snapshot.ts";
import { processAt } from "./process-at.ts";
import { sequence } from "./sequence.ts";
import { sequenceStarts } from "./sequence-starts.ts";
import type { Server } from "./server.ts";
import { tree } from "./tree.ts";

export function registerOwnRequests(server: Server): void {
  const { connection } = server;
  connection.onRequest<object | null, void>(
    treeRequest,
    guardRequest(server, treeRequest, (params: FolderParams | null, token) => tree(server, params, token)),
  );
  connection.onRequest<PanelSnapshotReply | null, void>(
    panelSnapshotRequest,
    guardRequest(server, panelSnapshotRequest, (params: FolderParams | null, token) => panelSnapshot(server, params, token)),
  );
  connection.onRequest<SequenceReply, void>(
    sequenceRequest,
    guardRequest(server, sequenceRequest, (params: SequenceParams, token) => sequence(server, params, token)),
  );
  connection.onRequest<SequenceStartsReply, void>(
    sequenceStartsRequest,
    guardRequest(server, sequenceStartsRequest, (params: FolderParams | null, token) => sequenceStarts(server, params, token)),
  );
  connection.onRequest<CrashReply, void>(
    crashRequest,
    guardRequest(server, crashRequest, (params: CrashParams, token) => crash(server, params, token)),
  );
  connection.onRequest<ProcessAtReply, void>(
    processAtRequest,
    guardRequest(server, processAtRequest, (params: ProcessAtParams, token) => processAt(server, params, token)),
  );
}
