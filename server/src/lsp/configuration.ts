/** Settings: asked for by folder, and again whenever the client says that they changed. */
import { DidChangeConfigurationNotification } from "vscode-languageserver";
import { readEditorSettings } from "./editor-settings.ts";
import type { Folder } from "./folder.ts";
import { readFolder } from "./indexing.ts";
import { refreshDecorations } from "./refresh.ts";
import type { Server } from "./server.ts";

const section = "processTopology";

export async function registerForConfiguration(server: Server): Promise<void> {
  if (server.capabilities.workspace?.didChangeConfiguration?.dynamicRegistration !== true) return;
  await server.connection.client.register(DidChangeConfigurationNotification.type, { section });
}

/** The settings of folders, before they are read. `given`: what a client pushes that cannot be asked. */
export async function loadSettings(server: Server, folders: readonly Folder[], given: unknown): Promise<readonly Folder[]> {
  const values = await fetchSettings(server, folders, given);
  const again: Folder[] = [];
  for (const [i, folder] of folders.entries()) {
    if ((await folder.setSettings(readEditorSettings(values[i]))) && folder.isRead) again.push(folder);
  }
  return again;
}

async function fetchSettings(server: Server, folders: readonly Folder[], given: unknown): Promise<readonly unknown[]> {
  if (server.capabilities.workspace?.configuration === true) {
    const items = folders.map(({ uri }) => (uri === "" ? { section } : { section, scopeUri: uri }));
    const values: unknown = await server.connection.workspace.getConfiguration(items);
    return Array.isArray(values) ? values : [];
  }
  const own = typeof given === "object" && given !== null ? (given as { readonly [key: string]: unknown })[section] : undefined;
  return folders.map(() => own ?? given);
}

/** `workspace/didChangeConfiguration`. */
export async function configurationChanged(server: Server, { settings }: { readonly settings?: unknown }): Promise<void> {
  const again = await loadSettings(server, server.allFolders, settings);
  server.changed();
  refreshDecorations(server);
  for (const folder of again) await readFolder(server, folder);
}
