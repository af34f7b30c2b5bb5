/** The ceiling of a process that serves one message at a time and waits meanwhile, in plain words. Pure. */
import { listContexts } from "../model/context-words.ts";
import type { CallbackClause, ExecutionContext, ProcessDefinition, Topology } from "../model/topology.ts";
import { indexTopology } from "./topology-index.ts";

/** Waits that are worth a word: others are over at once, or are another process's to answer for. */
const slow: ReadonlySet<string> = new Set(["http", "database", "file", "port", "sleep", "socket", "system", "call"]);

/**
 * One sentence for a singleton with calls: its ceiling by the figure that a person gave (milliseconds a call), and for whom. Without a figure, a
 * sentence only where an answer comes after a wait: what a call takes, source does not tell. Null where there is nothing to say.
 */
export function capacityText(definition: ProcessDefinition, topology: Topology, callTime: number | null): string | null {
  const { cardinality, callbacks, kind } = definition;
  const calls = callbacks.filter(({ role }) => role === "call" || role === "event");
  if (cardinality !== "one" || kind.endsWith("supervisor") || calls.length === 0) return null;
  const callers = callersText(definition, topology);
  const shared = callers === null ? "for all callers together" : `for all callers together: ${callers}`;
  if (callTime !== null) return `one at a time: at ${callTime} ms a call, ${perSecond(callTime)} ${shared}`;
  const waiting = callbacks.filter(isSlowCall);
  const [first] = waiting;
  if (first === undefined) return null;
  const more = waiting.length > 1 ? ` and ${waiting.length - 1} more` : "";
  return `one message at a time, and \`${first.pattern}\`${more} is answered after a wait: what a call takes is the ceiling ${shared}; \`process-topology: call-time 20ms\` in a comment of the module has it worked out`;
}

function perSecond(callTime: number): string {
  const count = 1000 / callTime;
  return count >= 1 ? `${Math.floor(count)} a second` : `${Math.floor(60 * count)} a minute`;
}

/** `each request (ShopWeb.PageController), Shop.Daily`. */
function callersText({ module }: ProcessDefinition, topology: Topology): string | null {
  const found = new Map<string, ExecutionContext>();
  for (const { mode, from } of indexTopology(topology).received.get(module) ?? []) {
    if (mode !== "call") continue;
    for (const id of topology.functions.get(from)?.contexts ?? []) {
      const context = topology.contexts.get(id);
      if (context !== undefined && isCaller(context) && context.module !== module) found.set(id, context);
    }
  }
  const contexts = [...found.values()].sort((a, b) => Number(b.cardinality === "many") - Number(a.cardinality === "many"));
  return contexts.length === 0 ? null : listContexts(contexts, 4);
}

function isCaller({ kind }: ExecutionContext): boolean {
  return kind !== "external" && kind !== "test" && kind !== "script";
}

function isSlowCall({ role, effects }: CallbackClause): boolean {
  if (role !== "call" || (effects.reply !== "direct" && effects.reply !== "both")) return false;
  return effects.blocks.some(({ category, certainty }) => certainty === "certain" && slow.has(category));
}
