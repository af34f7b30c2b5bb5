import type { CancellationToken, SymbolInformation, WorkspaceSymbolParams } from "vscode-languageserver";
import { SymbolKind } from "vscode-languageserver";
import { processSymbols } from "../present/process-symbols.ts";
import type { Server } from "./server.ts";
import { toRange } from "./to-lsp.ts";

/** More than anyone scrolls through; a longer query finds the rest. */
const limit = 500;

/** Processes of all folders by their registered names. */
export function workspaceSymbols(server: Server, { query }: WorkspaceSymbolParams, token: CancellationToken): SymbolInformation[] {
  const found = server.folders.flatMap((folder) => {
    const source = server.sourceOf(folder, token);
    if (source === null) return [];
    return processSymbols(query, source).map(({ name, container, place }) => ({
      name,
      containerName: container,
      kind: SymbolKind.Object,
      location: { uri: folder.uriOf(place.file), range: toRange(source.locate(place)) },
    }));
  });
  return found.slice(0, limit);
}
