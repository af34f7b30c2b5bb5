import type { CancellationToken, CodeLens, CodeLensParams, Command } from "vscode-languageserver";
import { lensesOf } from "../present/code-lens.ts";
import { sendersLenses } from "../present/senders-lens.ts";
import { type Asked, askedAt, toLocation } from "./asked-at.ts";
import type { Server } from "./server.ts";
import { toRange } from "./to-lsp.ts";

/** What stands above process modules and above what handles their messages. */
export function codeLens(server: Server, { textDocument }: CodeLensParams, token: CancellationToken): CodeLens[] {
  const asked = askedAt(server, { textDocument, position: { line: 0, character: 0 } }, token);
  if (asked === null || !asked.folder.settings.codeLens) return [];
  return [...moduleLenses(server, asked), ...handlerLenses(server, asked)];
}

function moduleLenses({ options }: Server, { folder, path, source }: Asked): CodeLens[] {
  return lensesOf(path, source).map(({ location, title, module }) => {
    const { start } = toRange(location);
    return { range: { start, end: start }, command: command(title, options.showProcessCommand, [folder.uri, module]) };
  });
}

function handlerLenses({ options }: Server, asked: Asked): CodeLens[] {
  const { folder, path, source } = asked;
  return sendersLenses(path, folder.settings.sendersLens, source).map(({ location, title, places }) => {
    const { start } = toRange(location);
    const locations = places.map((place) => toLocation(asked, place));
    return { range: { start, end: start }, command: command(title, options.showLocationsCommand, [folder.uriOf(path), start, locations]) };
  });
}

/** A command of the client where it has one; in other editors a lens is text. */
function command(title: string, name: unknown, given: unknown[]): Command {
  return typeof name === "string" && name !== "" ? { title, command: name, arguments: given } : { title, command: "" };
}
