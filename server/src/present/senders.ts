/** Who sends the messages that a handler clause takes. Pure. */
import type { FunctionNode, Message, Place } from "../model/topology.ts";
import { callersOf } from "./call-edges.ts";
import type { EditorSource } from "./editor-source.ts";
import { clauseKey, indexTopology } from "./topology-index.ts";

/** A call in source from which a message comes. */
export interface Sender {
  readonly from: FunctionNode;
  readonly place: Place;
  readonly certainty: Message["certainty"];
}

export interface Senders {
  /** Where the messages are written. */
  readonly messages: readonly Sender[];
  /** The calls furthest out that still mean nothing but to send them: through functions of the process' own module to the calls from elsewhere. */
  readonly outermost: readonly Sender[];
}

/** Of what these clauses of a callback take, by the callback's key. Senders that are uncertain are left out; certain ones come first. */
export function sendersOf(fn: string, clauses: readonly number[], source: EditorSource): Senders {
  const { topology } = source;
  const module = topology.functions.get(fn)?.module ?? null;
  const messages: Sender[] = [];
  const outermost: Sender[] = [];
  const { handled } = indexTopology(topology);
  for (const message of new Set(clauses.flatMap((clause) => handled.get(clauseKey(fn, clause)) ?? []))) {
    const from = topology.functions.get(message.from);
    if (from === undefined || message.certainty === "unknown" || source.hrefOf(message.place) === null) continue;
    const sender = { from, place: message.place, certainty: message.certainty };
    messages.push(sender);
    outermost.push(...outwards(sender, module, source));
  }
  return { messages: distinct(messages), outermost: distinct(outermost) };
}

/** A function that nobody is known to call is the outermost itself; a callback is called by its process alone. */
function outwards(sender: Sender, module: string | null, source: EditorSource): Sender[] {
  const [found, open, seen]: [Sender[], Sender[], Set<string>] = [[], [sender], new Set()];
  for (let site = open.pop(); site !== undefined; site = open.pop()) {
    const { from, certainty } = site;
    const callers = from.module === module ? callersOf(from.key, source.topology).filter(({ from: { key } }) => key !== from.key) : [];
    if (callers.length === 0) found.push(site);
    else if (!seen.has(from.key)) {
      seen.add(from.key);
      open.push(...callers.map((caller) => ({ from: caller.from, place: caller.place, certainty })));
    }
  }
  return found;
}

function distinct(senders: readonly Sender[]): Sender[] {
  const found = new Map<string, Sender>();
  for (const sender of [...senders].sort((a, b) => Number(a.certainty !== "certain") - Number(b.certainty !== "certain"))) {
    const key = `${sender.place.at}:${sender.place.file}`;
    if (!found.has(key)) found.set(key, sender);
  }
  return [...found.values()];
}
