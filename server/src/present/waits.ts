/** The row of answers that a function may wait for, in sentences, terms between backticks. Pure. */
import { durationText } from "../model/duration.ts";
import type { ReachStart } from "../model/reach.ts";
import type { Evidence, FunctionNode, Topology } from "../model/topology.ts";
import { firstOutlasting, longestWait, placeOf, type SyncCall, sumOfTimeouts, type WaitChain } from "../model/waits.ts";

/** One sentence, and where in source to look. */
export interface WaitLine {
  readonly text: string;
  readonly evidence: readonly Evidence[];
}

/**
 * The longest row, what its timeouts come to, and where one outlasts those before it. Empty where there is nothing but one call of which
 * nothing more is known than that it waits.
 */
export function waitLines(start: ReachStart, topology: Topology, print: (atom: string) => string): readonly WaitLine[] {
  const chain = longestWait(start, topology);
  if (chain === null || (chain.calls.length === 1 && chain.ends === null && !chain.comesBack)) return [];
  const name = (call: SyncCall): string => targetName(call, print);
  return [rowLine(chain, name), ...sumLines(chain, name), ...outlastingLines(chain, name)];
}

/** Exported functions of a process' own module that wait for answers, those with the longest rows first. */
export function waitingClients(module: string, topology: Topology): readonly FunctionNode[] {
  const callbacks = new Set(topology.definitions.get(module)?.callbacks.map(({ fn }) => fn));
  return [...topology.functions.values()]
    .filter((fn) => fn.module === module && fn.exported && !callbacks.has(fn.key))
    .flatMap((fn) => {
      const chain = longestWait({ fn: fn.key, clause: null }, topology);
      return chain === null ? [] : [{ fn, length: chain.calls.length }];
    })
    .sort((a, b) => b.length - a.length)
    .map(({ fn }) => fn);
}

function rowLine({ calls, ends, comesBack }: WaitChain, name: (call: SyncCall) => string): WaitLine {
  const steps = calls.map((call) => {
    const { timeout } = call.message;
    return timeout === undefined ? name(call) : `${name(call)} (${durationText(timeout)})`;
  });
  const end = comesBack ? ", which is waiting itself: nobody answers" : ends === null ? "" : ` › ${ends.what}`;
  const evidence = calls.map((call) => ({ message: `waits for ${name(call)}`, place: placeOf(call) }));
  return { text: `waits for ${steps.join(" › ")}${end}`, evidence: ends === null ? evidence : [...evidence, ...ends.path.slice(-1)] };
}

/** A single call's timeout stands in its row. */
function sumLines(chain: WaitChain, name: (call: SyncCall) => string): readonly WaitLine[] {
  if (chain.calls.length < 2) return [];
  const { sum, open } = sumOfTimeouts(chain);
  if (sum === "infinity") {
    const endless = chain.calls.find(({ message }) => message.timeout === "infinity");
    return endless === undefined ? [] : [{ text: `the timeouts come to infinity: the call of ${name(endless)} has none`, evidence: [] }];
  }
  if (sum === 0) return [];
  return [{ text: `the timeouts come to ${durationText(sum)}${open ? ", and some are not known" : ""}`, evidence: [] }];
}

function outlastingLines(chain: WaitChain, name: (call: SyncCall) => string): readonly WaitLine[] {
  const found = firstOutlasting(chain);
  if (found === null) return [];
  const [outer, inner] = [found.outer.message.timeout, found.inner.message.timeout];
  if (outer === undefined || inner === undefined) return [];
  const waits = inner === "infinity" ? "waits without end" : `waits ${durationText(inner)}`;
  const text = `the call of ${name(found.inner)} ${waits}, longer than the ${durationText(outer)} after which the caller of ${name(found.outer)} gives up`;
  return [{ text, evidence: [{ message: waits, place: placeOf(found.inner) }] }];
}

function targetName({ message }: SyncCall, print: (atom: string) => string): string {
  const [module] = message.to;
  return `\`${message.to.length === 1 && module !== undefined ? print(module) : message.target}\``;
}
