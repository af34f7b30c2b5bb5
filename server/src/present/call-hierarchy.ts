/** Who calls whom, across messages: a step from a function to a handler clause is one from process to process, and marked as such. Pure. */
import type { Message, Place } from "../model/topology.ts";
import { callersOf } from "./call-edges.ts";
import type { EditorSource } from "./editor-source.ts";
import { crossingInto, enclosingFunction, type HierarchyItem, type HierarchyKey, hierarchyItem } from "./hierarchy-item.ts";
import { clauseKey, indexTopology } from "./topology-index.ts";

export interface HierarchyCall {
  readonly item: HierarchyItem;
  /** Where the one calls, or sends to, the other; in the file of the caller. */
  readonly places: readonly Place[];
}

/** Callers of a function; senders of what a handler clause takes, uncertain ones left out. */
export function incomingCalls({ fn, clause }: HierarchyKey, source: EditorSource): HierarchyCall[] {
  const calls = new Collected(source);
  for (const message of messagesTaken(fn, clause, source)) calls.add(message.from, message.clause, message.mode, message.place);
  for (const { from, clause: calling, place } of callersOf(fn, source.topology)) calls.add(from.key, calling, null, place);
  const outer = enclosingFunction(fn);
  const place = source.topology.functions.get(fn)?.place;
  if (outer !== null && place !== undefined && calls.isEmpty) calls.add(outer, null, crossingInto(fn, source), place);
  return calls.inOrder();
}

/** What a function or clause calls, and the handler clauses of the messages that it sends or hands on. */
export function outgoingCalls({ fn, clause }: HierarchyKey, source: EditorSource): HierarchyCall[] {
  const { topology } = source;
  const { sent, handedOn } = indexTopology(topology);
  const calls = new Collected(source);
  const isMine = (calling: number): boolean => clause === null || calling === clause;
  const send = (message: Message, place: Place): void => {
    if (message.certainty === "unknown") return;
    for (const handler of message.handlers) calls.add(handler.fn, handler.clause, message.mode, place);
  };
  for (const message of sent.get(fn) ?? []) if (isMine(message.clause)) send(message, message.place);
  for (const { message, place } of handedOn.get(fn) ?? []) send(message, place);
  for (const call of topology.functions.get(fn)?.calls ?? []) if (isMine(call.clause)) calls.add(call.to, null, null, call.place);
  for (const inner of innerFunctions(fn, source))
    if (!calls.has(inner.key)) calls.add(inner.key, null, crossingInto(inner.key, source), inner.place);
  return calls.inOrder();
}

function messagesTaken(fn: string, clause: number | null, { topology }: EditorSource): readonly Message[] {
  const taken =
    clause === null
      ? topology.messages.filter(({ handlers }) => handlers.some((handler) => handler.fn === fn))
      : (indexTopology(topology).handled.get(clauseKey(fn, clause)) ?? []);
  return taken.filter(({ certainty }) => certainty !== "unknown");
}

/** Anonymous functions of a function that other processes run. */
function innerFunctions(fn: string, { topology }: EditorSource): { readonly key: string; readonly place: Place }[] {
  return [...topology.functions.values()].filter(({ key }) => enclosingFunction(key) === fn);
}

/** Calls by the item at their other end, each place once. */
class Collected {
  readonly #source: EditorSource;
  readonly #items = new Map<string, { readonly item: HierarchyItem; readonly places: Map<string, Place> }>();

  constructor(source: EditorSource) {
    this.#source = source;
  }

  get isEmpty(): boolean {
    return this.#items.size === 0;
  }

  has(fn: string): boolean {
    return [...this.#items.values()].some(({ item }) => item.fn === fn);
  }

  add(fn: string, clause: number | null, crossing: string | null, place: Place): void {
    const item = hierarchyItem(fn, clause, crossing, this.#source);
    if (item === null || this.#source.hrefOf(place) === null) return;
    const key = `${item.fn}#${item.clause}#${crossing}`;
    const known = this.#items.get(key) ?? { item, places: new Map<string, Place>() };
    known.places.set(`${place.at}:${place.file}`, place);
    this.#items.set(key, known);
  }

  /** By where they first stand in source. */
  inOrder(): HierarchyCall[] {
    const calls = [...this.#items.values()].map(({ item, places }) => ({ item, places: [...places.values()] }));
    return calls.sort((a, b) => compare(a.places[0]!, b.places[0]!));
  }
}

function compare(a: Place, b: Place): number {
  return a.file === b.file ? a.at - b.at : a.file < b.file ? -1 : 1;
}
