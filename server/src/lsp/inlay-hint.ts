import type { CancellationToken, InlayHint, InlayHintParams } from "vscode-languageserver";
import { type ExecutionHint, executionHints } from "../present/execution-hints.ts";
import { executionReasons } from "../present/execution-reasons.ts";
import { type Asked, askedAt, toLocation } from "./asked-at.ts";
import type { Server } from "./server.ts";

/** Which process runs a function, at the end of the line on which it begins. */
export function inlayHints(server: Server, { textDocument, range }: InlayHintParams, token: CancellationToken): InlayHint[] {
  const asked = askedAt(server, { textDocument, position: range.start }, token);
  if (asked === null) return [];
  const { path, snapshot, source, folder } = asked;
  const modules = (snapshot.files.get(path)?.shape.modules ?? []).map(({ name, nameAt }) => ({
    module: name,
    place: { file: path, at: nameAt },
  }));
  const hints = executionHints(path, modules, folder.settings.executionContext, source);
  const isResolved = server.capabilities.textDocument?.inlayHint?.resolveSupport?.properties.includes("tooltip") === true;
  return hints
    .filter(({ line }) => line - 1 >= range.start.line && line - 1 <= range.end.line)
    .map((hint) => ({
      ...toInlayHint(asked, hint),
      ...(isResolved ? { data: { uri: textDocument.uri, fn: hint.fn } } : tooltipOf(asked, hint.fn)),
    }));
}

/** `inlayHint/resolve`: the calls that prove it. */
export function resolveInlayHint(server: Server, hint: InlayHint, token: CancellationToken): InlayHint {
  const { uri, fn } = (hint.data ?? {}) as { readonly uri?: unknown; readonly fn?: unknown };
  if (typeof uri !== "string" || typeof fn !== "string") return hint;
  const asked = askedAt(server, { textDocument: { uri }, position: hint.position }, token);
  return asked === null ? hint : { ...hint, ...tooltipOf(asked, fn) };
}

function toInlayHint(asked: Asked, { line, parts }: ExecutionHint): InlayHint {
  const length = asked.source.line(asked.path, line)?.length ?? 0;
  const label = parts.map(({ text, place }) => ({ value: text, ...(place === null ? {} : { location: toLocation(asked, place) }) }));
  return { position: { line: line - 1, character: length }, label, paddingLeft: true };
}

function tooltipOf({ source }: Asked, fn: string): Pick<InlayHint, "tooltip"> {
  const value = executionReasons(fn, source);
  return value === null ? {} : { tooltip: { kind: "markdown", value } };
}
