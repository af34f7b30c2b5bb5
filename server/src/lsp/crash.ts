import type { CancellationToken } from "vscode-languageserver";
import { panelCrash } from "../present/panel-crash.ts";
import type { CrashParams, CrashReply } from "../protocol/requests.ts";
import type { Server } from "./server.ts";

/** `processTopology/crash`. */
export function crash(server: Server, params: CrashParams, token: CancellationToken): CrashReply {
  const folder = server.folderNamed(params?.folder);
  const source = folder === null ? null : server.sourceOf(folder, token);
  return source === null || typeof params.node !== "string" ? null : panelCrash(params.node, source);
}
