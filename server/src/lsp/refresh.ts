/** Editors ask for lenses and hints when their file changes; what other files and settings change in them they must be told. */
import type { Server } from "./server.ts";

export function refreshDecorations(server: Server): void {
  const { workspace } = server.capabilities;
  const ask = (method: string): void =>
    void server.connection.sendRequest(method).catch((error: unknown) => server.logError(method, error));
  if (workspace?.codeLens?.refreshSupport === true) ask("workspace/codeLens/refresh");
  if (workspace?.inlayHint?.refreshSupport === true) ask("workspace/inlayHint/refresh");
}
