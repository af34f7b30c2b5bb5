import type { CancellationToken } from "vscode-languageserver";
import { buildSequence } from "../present/sequence.ts";
import type { SequenceParams, SequenceReply } from "../protocol/requests.ts";
import { panelPlace } from "./panel-place.ts";
import type { Server } from "./server.ts";

/** `processTopology/sequence`. */
export function sequence(server: Server, params: SequenceParams, token: CancellationToken): SequenceReply {
  const folder = server.folderNamed(params?.folder);
  const source = folder === null ? null : server.sourceOf(folder, token);
  if (folder === null || source === null || typeof params.start !== "string") return null;
  const { topology, print } = source;
  const snapshot = folder.snapshot();
  return buildSequence(params.start, { topology, places: source, print, resolve: (place) => panelPlace(place, snapshot) });
}
