/** `# process-topology: call-time 20ms` above a module or in it. Pure. */
import type { FileFacts } from "../model/facts.ts";
import type { ProcessDefinition } from "../model/topology.ts";

/** Milliseconds that a call of the process takes, as a comment of its module says; null where none does. */
export function callTimeOf({ module, place }: ProcessDefinition, files: ReadonlyMap<string, FileFacts>): number | null {
  const facts = files.get(place.file);
  const [first] = facts?.callTimes ?? [];
  if (facts === undefined || first === undefined) return null;
  const spans = facts.shape.modules.map(({ name, at }) => ({ name, from: facts.spans[2 * at] ?? 0, to: facts.spans[2 * at + 1] ?? 0 }));
  const own = spans.find(({ name }) => name === module);
  if (own === undefined) return null;
  // Above it: nothing but other comments and blank lines between, so behind the end of whatever module comes before.
  const before = Math.max(0, ...spans.filter(({ to }) => to <= own.from).map(({ to }) => to));
  const found = facts.callTimes.find(({ start }) => start >= before && start < own.to);
  return found?.milliseconds ?? null;
}
