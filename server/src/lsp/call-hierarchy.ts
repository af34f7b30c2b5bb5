import type {
  CallHierarchyIncomingCall,
  CallHierarchyIncomingCallsParams,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  CallHierarchyOutgoingCallsParams,
  CancellationToken,
  Range,
} from "vscode-languageserver";
import { SymbolKind } from "vscode-languageserver";
import { incomingCalls, outgoingCalls } from "../present/call-hierarchy.ts";
import type { HierarchyItem, HierarchyKey } from "../present/hierarchy-item.ts";
import { type Asked, askedAt } from "./asked-at.ts";
import type { Server } from "./server.ts";
import { toRange } from "./to-lsp.ts";

/** `callHierarchy/incomingCalls`. */
export function incoming(
  server: Server,
  { item }: CallHierarchyIncomingCallsParams,
  token: CancellationToken,
): CallHierarchyIncomingCall[] {
  const [asked, key] = [askedAbout(server, item, token), readKey(item.data)];
  if (asked === null || key === null) return [];
  return incomingCalls(key, asked.source).map((call) => ({
    from: toItem(asked, call.item),
    fromRanges: call.places.map((place) => toRange(asked.source.locate(place))),
  }));
}

/** `callHierarchy/outgoingCalls`. */
export function outgoing(
  server: Server,
  { item }: CallHierarchyOutgoingCallsParams,
  token: CancellationToken,
): CallHierarchyOutgoingCall[] {
  const [asked, key] = [askedAbout(server, item, token), readKey(item.data)];
  if (asked === null || key === null) return [];
  return outgoingCalls(key, asked.source).map((call) => ({
    to: toItem(asked, call.item),
    fromRanges: call.places.map((place) => toRange(asked.source.locate(place))),
  }));
}

function askedAbout(server: Server, { uri, selectionRange }: CallHierarchyItem, token: CancellationToken): Asked | null {
  return askedAt(server, { textDocument: { uri }, position: selectionRange.start }, token);
}

/** What the client hands back of an item; null where it is not what was handed out. */
function readKey(data: unknown): HierarchyKey | null {
  const { fn, clause } = (typeof data === "object" && data !== null ? data : {}) as { readonly fn?: unknown; readonly clause?: unknown };
  return typeof fn === "string" && (clause === null || typeof clause === "number") ? { fn, clause } : null;
}

export function toItem({ folder, source }: Asked, { name, detail, kind, place, selection, fn, clause }: HierarchyItem): CallHierarchyItem {
  const [range, selectionRange] = [toRange(source.locate(place)), toRange(source.locate(selection))];
  return {
    name,
    detail,
    kind: kind === "handler" ? SymbolKind.Event : SymbolKind.Function,
    uri: folder.uriOf(place.file),
    // The protocol wants the one inside of the other; a function without a body of its own (only defaults) may have them apart.
    range: holds(range, selectionRange) ? range : selectionRange,
    selectionRange,
    data: { fn, clause },
  };
}

function holds(outer: Range, inner: Range): boolean {
  const from = outer.start.line - inner.start.line || outer.start.character - inner.start.character;
  const to = outer.end.line - inner.end.line || outer.end.character - inner.end.character;
  return from <= 0 && to >= 0;
}
