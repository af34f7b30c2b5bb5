import type { CancellationToken, CodeLens, CodeLensParams } from "vscode-languageserver";
import { lensesOf } from "../present/code-lens.ts";
import type { Server } from "./server.ts";
import { toRange } from "./to-lsp.ts";

export function codeLens(server: Server, { textDocument }: CodeLensParams, token: CancellationToken): CodeLens[] {
  const at = server.locate(textDocument.uri);
  if (at === null || !at.folder.settings.codeLens) return [];
  const source = server.sourceOf(at.folder, token);
  if (source === null) return [];
  const command = typeof server.options.showProcessCommand === "string" ? server.options.showProcessCommand : "";
  return lensesOf(at.path, source).map(({ location, title, module }) => {
    const { start } = toRange(location);
    return { range: { start, end: start }, command: { title, command, ...(command === "" ? {} : { arguments: [at.folder.uri, module] }) } };
  });
}
