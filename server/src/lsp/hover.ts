import type { CancellationToken, Hover, HoverParams } from "vscode-languageserver";
import { hoverText } from "../present/hover.ts";
import { elementAtPosition, hoverTargetOf } from "./from-lsp.ts";
import type { Server } from "./server.ts";
import { toRange } from "./to-lsp.ts";

export function hover(server: Server, { textDocument, position }: HoverParams, token: CancellationToken): Hover | null {
  const at = server.locate(textDocument.uri);
  if (at === null || !at.folder.settings.hover) return null;
  const source = server.sourceOf(at.folder, token);
  if (source === null) return null;
  const found = elementAtPosition(at.folder.snapshot(), at.path, position);
  if (found === null) return null;
  const text = hoverText(hoverTargetOf(found.element, at.path, source.topology), source);
  return text === null ? null : { contents: { kind: "markdown", value: text }, range: toRange(found.location) };
}
