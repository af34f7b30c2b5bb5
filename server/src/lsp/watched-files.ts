/** Files that change on disk, told by the client. */
import { DidChangeWatchedFilesNotification, type DidChangeWatchedFilesParams, WatchKind } from "vscode-languageserver";
import { configurationPath } from "../analysis/configuration-file.ts";
import type { Folder } from "./folder.ts";
import { readFolder } from "./indexing.ts";
import type { Server } from "./server.ts";

export async function registerForWatchedFiles(server: Server): Promise<void> {
  if (server.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration !== true) return;
  const extensions = server.ports.engine.languages.flatMap((language) => language.extensions.map((extension) => extension.slice(1)));
  await server.connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: [
      { globPattern: `**/*.{${extensions.join(",")}}`, kind: WatchKind.Change },
      { globPattern: "**/.gitignore", kind: WatchKind.Change },
      { globPattern: `**/${configurationPath}`, kind: WatchKind.Change },
      // Baselines can have any name; JSON is what they are written as.
      { globPattern: "**/*baseline*.json", kind: WatchKind.Change },
      // Of a folder that comes or goes, editors tell as one event, for the folder.
      { globPattern: "**/*", kind: WatchKind.Create | WatchKind.Delete },
    ],
  });
}

/** `workspace/didChangeWatchedFiles`. */
export async function watchedFilesChanged(server: Server, { changes }: DidChangeWatchedFilesParams): Promise<void> {
  const again = new Set<Folder>();
  let changed = false;
  for (const { uri } of changes) {
    const at = server.locate(uri);
    if (at === null || at.folder === server.loose) continue;
    const change = await at.folder.diskChanged(at.path);
    if (change === "rules") again.add(at.folder);
    changed ||= change === "content";
  }
  if (changed) server.changed();
  for (const folder of again) await readFolder(server, folder);
}
