/** What a request about a position of a document is asked of: the folder, the snapshot, and what stands there. */
import type { CancellationToken, Location, LocationLink, Position, TextDocumentIdentifier } from "vscode-languageserver";
import { offsetAt } from "../analysis/places.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import { messageIn, pathOutside, type Standing, standingAt, tagOf } from "../analysis/standing-at.ts";
import type { Expression } from "../model/expression.ts";
import type { FileFacts } from "../model/facts.ts";
import type { Place } from "../model/topology.ts";
import type { EditorSource } from "../present/editor-source.ts";
import type { CallSite } from "../present/handlers.ts";
import type { Folder } from "./folder.ts";
import { elementAtPosition, hoverTargetOf } from "./from-lsp.ts";
import type { Server } from "./server.ts";
import { toRange } from "./to-lsp.ts";

export interface Asked {
  readonly folder: Folder;
  readonly path: string;
  readonly snapshot: Snapshot;
  readonly source: EditorSource;
  readonly position: Position;
}

/** Null for a document of no folder, one that is not known, and while the folder is read for the first time. */
export function askedAt(
  server: Server,
  { textDocument, position }: { readonly textDocument: TextDocumentIdentifier; readonly position: Position },
  token: CancellationToken,
): Asked | null {
  const at = server.locate(textDocument.uri);
  const source = at === null ? null : server.sourceOf(at.folder, token);
  return at === null || source === null ? null : { ...at, snapshot: at.folder.snapshot(), source, position };
}

/** The function clause around the position; null outside of functions. */
export function standingOf({ snapshot, path, position }: Asked): Standing | null {
  const facts = snapshot.files.get(path);
  return facts === undefined ? null : standingAt(facts, offsetAt(facts, position.line, position.character));
}

/** The call whose name or message the position is on. The module in front of a name is no part of it: what that means others say. */
export function callSiteAt(asked: Asked): CallSite | null {
  const { snapshot, path, source } = asked;
  const element = elementAtPosition(snapshot, path, asked.position)?.element;
  if (element !== undefined && element.kind !== "call") return null;
  const standing = standingOf(asked);
  if (element !== undefined) {
    const target = hoverTargetOf(element, path, source.topology);
    const call = standing?.path.find(({ at }) => at === element.at);
    const argumentTags = call?.k === "call" ? call.args.flatMap((argument) => tagOf(argument) ?? []) : [];
    return { file: path, at: element.at, callee: target.kind === "call" ? target.callee : null, tag: null, argumentTags };
  }
  const facts = snapshot.files.get(path);
  const around = standing?.part === "body" ? standing.path : facts === undefined || standing !== null ? [] : outsideOf(facts, asked);
  const message = messageIn(around);
  return message === null ? null : { file: path, at: message.call.at, callee: null, tag: message.tag, argumentTags: [] };
}

function outsideOf(facts: FileFacts, { position }: Asked): readonly Expression[] {
  return pathOutside(facts, offsetAt(facts, position.line, position.character));
}

export function toLocation({ folder, source }: Asked, place: Place): Location {
  return { uri: folder.uriOf(place.file), range: toRange(source.locate(place)) };
}

/** `selection` is what the editor marks in `whole`. */
export function toLocationLink({ folder, source }: Asked, whole: Place, selection: Place): LocationLink {
  const targetSelectionRange = toRange(source.locate(selection));
  return { targetUri: folder.uriOf(whole.file), targetRange: toRange(source.locate(whole)), targetSelectionRange };
}
