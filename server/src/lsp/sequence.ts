import type { CancellationToken } from "vscode-languageserver";
import { buildSequence, limitsFor, sequenceLimits } from "../present/sequence.ts";
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
  const limits = limitsFor(typeof params.steps === "number" ? params.steps : sequenceLimits.steps);
  return buildSequence(params.start, { topology, places: source, print, resolve: (place) => panelPlace(place, snapshot) }, limits);
}
