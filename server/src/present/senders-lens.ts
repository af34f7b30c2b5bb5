/** The line above what handles messages: how many calls they come from, and how many kinds of processes make these. Pure. */
import type { CallbackClause, Place } from "../model/topology.ts";
import { groupBy } from "../protocol/group-by.ts";
import { isProduct } from "./call-edges.ts";
import { isProductContext } from "./context-names.ts";
import type { EditorSource } from "./editor-source.ts";
import { plural } from "./findings-text.ts";
import type { Location } from "./places.ts";
import { sendersOf } from "./senders.ts";

/** `callbacks`: one lens over the first clause of each callback that other modules send to; `clauses`: one over each clause with a sender. */
export type SendersLevel = "off" | "callbacks" | "clauses";

export interface SendersLens {
  /** The clause that it stands over. */
  readonly location: Location;
  /** `3 senders · 2 contexts`. */
  readonly title: string;
  /** The calls that are counted. */
  readonly places: readonly Place[];
}

const messageRoles: ReadonlySet<CallbackClause["role"]> = new Set(["call", "cast", "info", "event"]);

/** The lenses of a file. A clause without a known sender has none: that none is known is not that there is none. Tests do not count. */
export function sendersLenses(file: string, level: SendersLevel, source: EditorSource): SendersLens[] {
  if (level === "off") return [];
  const lenses = [...groups(file, level, source).values()].flatMap((clauses) => lensOver(clauses, level, source));
  return lenses.sort((a, b) => a.location.line - b.location.line);
}

/** Clauses that share a lens, in their order. */
function groups(file: string, level: SendersLevel, { topology }: EditorSource): ReadonlyMap<string, readonly CallbackClause[]> {
  const found = [...topology.definitions.values()].flatMap(({ callbacks }) =>
    callbacks.filter(({ place, headPlace, role }) => place.file === file && headPlace !== undefined && messageRoles.has(role)),
  );
  return groupBy(found, ({ fn, clause }) => (level === "callbacks" ? fn : `${fn}#${clause}`));
}

function lensOver(clauses: readonly CallbackClause[], level: SendersLevel, source: EditorSource): SendersLens[] {
  const [first] = clauses;
  if (first === undefined) return [];
  const { outermost } = sendersOf(
    first.fn,
    clauses.map(({ clause }) => clause),
    source,
  );
  const senders = outermost.filter(({ from }) => isProduct(from, source.topology));
  const module = source.topology.functions.get(first.fn)?.module;
  const isOnlyItself = senders.every(({ from }) => from.module === module);
  if (senders.length === 0 || (isOnlyItself && level === "callbacks")) return [];
  const contexts = new Set(senders.flatMap(({ from }) => from.contexts.flatMap((id) => source.topology.contexts.get(id) ?? [])));
  const known = [...contexts].filter(isProductContext).length;
  const title = [plural(senders.length, "sender"), ...(known > 0 ? [plural(known, "context")] : [])].join(" · ");
  return [{ location: source.locate(first.place), title, places: senders.map(({ place }) => place) }];
}
