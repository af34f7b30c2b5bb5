import type { CancellationToken } from "vscode-languageserver";
import { treeJson } from "../present/tree-json.ts";
import type { FolderParams } from "../protocol/requests.ts";
import type { Server } from "./server.ts";

/** `processTopology/tree`: what `tree --format json` prints; null for a folder that is not known or not read yet. */
export function tree(server: Server, params: FolderParams | null, token: CancellationToken): object | null {
  const folder = server.folderNamed(params?.folder);
  const source = folder === null ? null : server.sourceOf(folder, token);
  return folder === null || source === null ? null : treeJson(source.topology, source, folder.snapshot().problems);
}
