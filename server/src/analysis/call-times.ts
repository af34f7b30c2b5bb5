/** What a call of a process takes: `# process-topology: call-time 20ms` above a module or in it, or `callTimes` of the settings. Pure. */
import type { ProcessDefinition } from "../model/topology.ts";
import type { Snapshot } from "./snapshot.ts";

/** Milliseconds that a call of the process takes, as a comment of its module says or else the settings; null where neither does. */
export function callTimeOf(definition: ProcessDefinition, { files, callTimes, print }: Snapshot): number | null {
  const { module } = definition;
  const names = [print(module), module, `:${module}`];
  return timeInComment(definition, files) ?? names.map((name) => callTimes.get(name)).find((time) => time !== undefined) ?? null;
}

function timeInComment({ module, place }: ProcessDefinition, files: Snapshot["files"]): number | null {
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
