import type { CancellationToken, ImplementationParams, Location, LocationLink } from "vscode-languageserver";
import { handlersOf } from "../present/handlers.ts";
import { startedBy } from "../present/started-by.ts";
import { type Asked, askedAt, callSiteAt, toLocation, toLocationLink } from "./asked-at.ts";
import { elementAtPosition } from "./from-lsp.ts";
import type { Server } from "./server.ts";

/** Of a process module, its `use` and what starts it: the child specifications. Of a message and of a client function's call: the handler clauses. */
export function implementation(server: Server, params: ImplementationParams, token: CancellationToken): LocationLink[] | Location[] {
  const asked = askedAt(server, params, token);
  if (asked === null) return [];
  const isLinked = server.capabilities.textDocument?.implementation?.linkSupport === true;
  const module = startedModule(asked);
  const places = module === null ? [] : startedBy(module, asked.source).map((place) => ({ place, head: place }));
  const site = places.length === 0 ? callSiteAt(asked) : null;
  const found = site === null ? places : handlersOf(site, asked.source, true);
  return isLinked ? found.map(({ place, head }) => toLocationLink(asked, place, head)) : found.map(({ head }) => toLocation(asked, head));
}

const startFunctions: ReadonlySet<string> = new Set(["start_link", "start", "child_spec"]);

/** The module whose processes are asked about: by its name, by `use`, by a function that starts it or a call of that. */
function startedModule({ snapshot, path, position }: Asked): string | null {
  const element = elementAtPosition(snapshot, path, position)?.element;
  switch (element?.kind) {
    case "module":
    case "use":
      return element.module;
    case "atom":
      return element.value;
    case "function":
      return startFunctions.has(element.name) ? element.module : null;
    case "call":
      return startFunctions.has(element.name) ? (element.local ? element.module : element.target) : null;
    default:
      return null;
  }
}
