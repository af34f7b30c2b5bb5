/** A generated project in which processes talk: to their siblings, to a few that everybody asks, and requests to them. */
import type { Message } from "../../server/src/model/topology.ts";
import { generated, type Sample, sample } from "./samples.ts";

/** `count` processes, the same for the same count: about as many pairs of sender and target, in four modes. */
export function talking(count: number): Sample {
  const { topology, findings } = generated(count);
  const modules: string[] = [];
  const open = topology.applications.flatMap(({ root }) => root ?? []);
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.children.length === 0 && node.module !== null && !node.module.endsWith(".Worker")) modules.push(node.module);
    open.push(...node.children);
  }
  const modes: readonly Message["mode"][] = ["call", "call", "cast", "info", "monitor"];
  const calls = modules.flatMap((from, index): [string, string, number, Message["mode"], string][] => {
    const near = modules[(index + 1 + (index % 3)) % modules.length] ?? from;
    const busy = modules[(index * 7) % Math.min(5, modules.length)] ?? from;
    return [
      [from, near, 1 + (index % 3), modes[index % modes.length] ?? "call", `{:put, ${index % 9}}`],
      [index % 11 === 0 ? `Web${index}Controller` : from, busy, 1, "call", ":get"],
    ];
  });
  const applications = topology.applications.map(({ name, root }) => ({ name, root }));
  return sample(applications, { findings, calls: calls.filter(([from, to]) => from !== to) });
}
