/** Where a message is handled: the clauses that a call in source leads to in other processes. Pure. */
import type { HandlerClause, Message, Place } from "../model/topology.ts";
import { clientMessages, isClientOf } from "./client-messages.ts";
import type { EditorSource } from "./editor-source.ts";
import { clauseKey, indexTopology } from "./topology-index.ts";

/** A call in source, as the cursor is on it. */
export interface CallSite {
  readonly file: string;
  readonly at: number;
  /** The function of the workspace that its name means, where that is known without the model. */
  readonly callee: string | null;
  /** The first atom of the message that the cursor is on; null where it is on the call's name. */
  readonly tag: string | null;
  /** The first atoms of its arguments that are written out. */
  readonly argumentTags: readonly string[];
}

export interface HandlerPlace extends HandlerClause {
  /** Of the message pattern in the clause's head; where there is none, of the clause. */
  readonly head: Place;
}

/**
 * The handler clauses of the messages that the call sends, lets through or, as a call of a client function, amounts to; certain ones first.
 * Clauses in files that cannot be opened, and functions that stand in the call itself, are left out.
 */
export function handlersOf(site: CallSite, source: EditorSource, clientCalls: boolean): readonly HandlerPlace[] {
  const index = indexTopology(source.topology);
  const meant = messagesMeant(site, source, clientCalls).filter(({ certainty }) => certainty !== "unknown");
  const found = new Map<string, HandlerPlace>();
  for (const { handlers } of [...meant].sort((a, b) => rank(a) - rank(b)))
    for (const handler of handlers) {
      const key = clauseKey(handler.fn, handler.clause);
      if (found.has(key) || source.hrefOf(handler.place) === null || isWithin(handler.place, site, source)) continue;
      found.set(key, { ...handler, head: index.clauses.get(key)?.headPlace ?? handler.place });
    }
  return [...found.values()];
}

function messagesMeant(site: CallSite, source: EditorSource, clientCalls: boolean): readonly Message[] {
  const index = indexTopology(source.topology);
  const own = [...index.messagesAt(site), ...index.messagesThrough(site)];
  if (site.tag !== null) return own.filter(({ tag }) => tag === site.tag);
  const callee = index.calledAt(site)[0] ?? site.callee;
  if (callee === null) return own;
  if (!clientCalls) return [];
  // What a function sends beside its work is not what a reader of its name looks for, unless the message is in sight.
  if (own.length > 0) return own.filter((one) => isClientOf(callee, one, source) || site.argumentTags.includes(one.tag ?? ""));
  return clientMessages(callee, source);
}

function rank({ certainty }: Message): number {
  return certainty === "certain" ? 0 : 1;
}

/** A function that is given to an Agent where it stands is in sight already. */
function isWithin(place: Place, site: Place, source: EditorSource): boolean {
  if (place.file !== site.file) return false;
  const [inner, outer] = [source.locate(place), source.locate(site)];
  const starts = inner.line > outer.line || (inner.line === outer.line && inner.column >= outer.column);
  return starts && (inner.endLine < outer.endLine || (inner.endLine === outer.endLine && inner.endColumn <= outer.endColumn));
}
