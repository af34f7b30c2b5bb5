/** What a call of a function amounts to as messages: which processes answer it. Pure. */
import type { Message } from "../model/topology.ts";
import type { EditorSource } from "./editor-source.ts";
import { indexTopology } from "./topology-index.ts";

/** More wrappers around one another than people write. */
const depthLimit = 12;

/**
 * The messages whose sending is what the function is for, so that a reader of a call of it means them: those that a process module's
 * exported function sends to the module's own process, and those of functions that do nothing but hand a call on, through any number of
 * such. A function that does other work and also sends a message gives none.
 */
export function clientMessages(key: string, source: EditorSource): readonly Message[] {
  const found = new Set<Message>();
  collect(key, source, new Set(), found);
  return [...found];
}

/** Whether sending the message is what the function is for, given that a call of it sends that message. */
export function isClientOf(key: string, { to }: Message, source: EditorSource): boolean {
  const fn = source.topology.functions.get(key);
  return fn !== undefined && ((fn.exported && to.includes(fn.module)) || source.handsOn(fn));
}

function collect(key: string, source: EditorSource, seen: Set<string>, found: Set<Message>): void {
  const fn = source.topology.functions.get(key);
  if (fn === undefined || seen.has(key) || seen.size > depthLimit || indexTopology(source.topology).callbacks.has(key)) return;
  seen.add(key);
  const sent = indexTopology(source.topology).sent.get(key) ?? [];
  const handsOn = source.handsOn(fn) && new Set([...sent, ...fn.calls].map(({ place }) => place.at)).size === 1;
  for (const message of sent) {
    const isInterface = fn.exported && message.to.includes(fn.module) && message.target !== "self()";
    if (message.handlers.length > 0 && message.certainty !== "unknown" && (handsOn || isInterface)) found.add(message);
  }
  // Within its module, a client function may leave the sending to another that does nothing else.
  const isClient = fn.exported && source.topology.definitions.has(fn.module);
  for (const { to } of fn.calls) {
    const callee = source.topology.functions.get(to);
    if (handsOn || (isClient && callee?.module === fn.module && source.handsOn(callee))) collect(to, source, seen, found);
  }
}
