import type { CancellationToken } from "vscode-languageserver";
import { sequenceStarts as startsOf } from "../present/sequence-starts.ts";
import type { FolderParams, SequenceStartsReply } from "../protocol/requests.ts";
import type { Server } from "./server.ts";

/** `processTopology/sequenceStarts`. */
export function sequenceStarts(server: Server, params: FolderParams | null, token: CancellationToken): SequenceStartsReply {
  const folder = server.folderNamed(params?.folder);
  const source = folder === null ? null : server.sourceOf(folder, token);
  return source === null ? null : startsOf({ topology: source.topology, places: source, print: source.print });
}
