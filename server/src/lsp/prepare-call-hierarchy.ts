import type { CallHierarchyItem, CallHierarchyPrepareParams, CancellationToken } from "vscode-languageserver";
import { handlersOf } from "../present/handlers.ts";
import { type HierarchyKey, hierarchyItem } from "../present/hierarchy-item.ts";
import { indexTopology } from "../present/topology-index.ts";
import { type Asked, askedAt, callSiteAt, standingOf } from "./asked-at.ts";
import { toItem } from "./call-hierarchy.ts";
import type { Server } from "./server.ts";

/** The function or handler clause whose head, call or message the position is on. */
export function prepareCallHierarchy(server: Server, params: CallHierarchyPrepareParams, token: CancellationToken): CallHierarchyItem[] {
  const asked = askedAt(server, params, token);
  if (asked === null) return [];
  return keysAt(asked).flatMap(({ fn, clause }) => {
    const item = hierarchyItem(fn, clause, null, asked.source);
    return item === null ? [] : [toItem(asked, item)];
  });
}

function keysAt(asked: Asked): readonly HierarchyKey[] {
  const standing = standingOf(asked);
  if (standing?.part === "head") return [{ fn: `${standing.module}.${standing.fn.name}/${standing.fn.arity}`, clause: standing.clause }];
  const site = callSiteAt(asked);
  if (site === null) return [];
  const called = site.tag === null ? (indexTopology(asked.source.topology).calledAt(site)[0] ?? site.callee) : null;
  return called === null ? handlersOf(site, asked.source, true) : [{ fn: called, clause: null }];
}
