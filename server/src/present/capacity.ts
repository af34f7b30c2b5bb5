/** The ceiling of a process that serves one message at a time and waits meanwhile, in plain words. Pure. */
import type { CallbackClause, ProcessDefinition } from "../model/topology.ts";

/** How long an answer takes in the example: a number to calculate by, no measurement. */
const exampleMilliseconds = 20;

/** Waits that are worth a word: others are over at once, or are another process's to answer for. */
const slow: ReadonlySet<string> = new Set(["http", "database", "file", "port", "sleep", "socket", "system", "call"]);

/** One sentence for a singleton with calls that it answers only after a wait; else null. */
export function capacityText({ cardinality, callbacks, kind }: ProcessDefinition): string | null {
  if (cardinality !== "one" || kind.endsWith("supervisor")) return null;
  const waiting = callbacks.filter(isSlowCall);
  const [first] = waiting;
  if (first === undefined) return null;
  const more = waiting.length > 1 ? ` and ${waiting.length - 1} more` : "";
  const perSecond = 1000 / exampleMilliseconds;
  return `one message at a time, and \`${first.pattern}\`${more} is answered after a wait: at, say, ${exampleMilliseconds} ms a call no more than ${perSecond} a second, for all callers together`;
}

function isSlowCall({ role, effects }: CallbackClause): boolean {
  if (role !== "call" || (effects.reply !== "direct" && effects.reply !== "both")) return false;
  return effects.blocks.some(({ category, certainty }) => certainty === "certain" && slow.has(category));
}
