import type { CancellationToken, DefinitionParams, Location, LocationLink } from "vscode-languageserver";
import { handlersOf } from "../present/handlers.ts";
import { askedAt, callSiteAt, toLocation, toLocationLink } from "./asked-at.ts";
import type { Server } from "./server.ts";

/** The clauses that take the message. Plain functions are other servers' to find: the editor shows both answers. */
export function definition(server: Server, params: DefinitionParams, token: CancellationToken): LocationLink[] | Location[] {
  const asked = askedAt(server, params, token);
  const site = asked === null ? null : callSiteAt(asked);
  if (asked === null || site === null) return [];
  const handlers = handlersOf(site, asked.source, asked.folder.settings.definitionOfClientCalls);
  if (server.capabilities.textDocument?.definition?.linkSupport !== true) return handlers.map(({ head }) => toLocation(asked, head));
  return handlers.map(({ place, head }) => toLocationLink(asked, place, head));
}
