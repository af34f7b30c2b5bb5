import type { CancellationToken, Location, ReferenceParams } from "vscode-languageserver";
import { handlersOf } from "../present/handlers.ts";
import { sendersOf } from "../present/senders.ts";
import { type Asked, askedAt, callSiteAt, standingOf, toLocation } from "./asked-at.ts";
import { elementAtPosition } from "./from-lsp.ts";
import type { Server } from "./server.ts";

/** The senders of what a handler clause takes, asked for in its head or on a message that it takes. */
export function references(server: Server, params: ReferenceParams, token: CancellationToken): Location[] {
  const asked = askedAt(server, params, token);
  if (asked === null) return [];
  const places = clausesAt(asked).flatMap(({ fn, clause }) => {
    const { outermost, messages } = sendersOf(fn, [clause], asked.source);
    return [...outermost, ...messages].map(({ place }) => place);
  });
  return [...new Map(places.map((place) => [`${place.at}:${place.file}`, place])).values()].map((place) => toLocation(asked, place));
}

/** Variables and modules in a head are other servers' to find. */
function clausesAt(asked: Asked): readonly { readonly fn: string; readonly clause: number }[] {
  const element = elementAtPosition(asked.snapshot, asked.path, asked.position)?.element;
  if (element?.kind === "clause") return [{ fn: element.fn, clause: element.clause }];
  const standing = standingOf(asked);
  const inner = standing?.path.at(-1);
  if (standing === null || inner?.k === "variable" || (inner?.k === "atom" && inner.value.startsWith("Elixir."))) return [];
  if (standing.part === "head") return [{ fn: `${standing.module}.${standing.fn.name}/${standing.fn.arity}`, clause: standing.clause }];
  const site = callSiteAt(asked);
  return site === null || site.tag === null ? [] : handlersOf(site, asked.source, false);
}
