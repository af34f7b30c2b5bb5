/** A generated project in which processes talk: to their siblings, to a few that everybody asks, and requests to them. */
import type { Message } from "../../server/src/model/topology.ts";
import { finding, generated, node, type Sample, sample } from "./samples.ts";

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

const parts = ["Accounts", "Billing", "Catalog", "Delivery", "Events", "Forum", "Gateway", "Hosting"] as const;

/**
 * Eight applications of nine processes. In each a chain of calls ends at the first process, which casts to the one of the next application; calls from
 * outside reach every other process, and there is a finding in Catalog.
 */
export function platform(): Sample {
  const named = (part: string, index: number): string => `${part}.Worker${index}`;
  const applications = parts.map((part) => ({
    name: part.toLowerCase(),
    root: node(
      "supervisor",
      null,
      { name: { scope: "local", value: `${part}.Supervisor` }, id: null },
      Array.from({ length: 9 }, (_, index) => node("gen_server", named(part, index))),
    ),
  }));
  const calls = parts.flatMap((part, at): [string, string, number, Message["mode"], string][] => [
    ...Array.from({ length: 9 }, (_, index): [string, string, number, Message["mode"], string] => [
      named(part, index),
      named(part, (index + 1) % 9),
      1,
      "call",
      ":next",
    ]),
    ...[0, 2, 4, 6, 8].map((index): [string, string, number, Message["mode"], string] => [
      `${part}.Outside`,
      named(part, index),
      1,
      "call",
      ":ask",
    ]),
    [named(part, 0), named(parts[(at + 1) % parts.length] ?? part, 0), 2, "cast", ":tell"],
  ]);
  const findings = [finding("singleton-bottleneck", named("Catalog", 3), "Everybody waits for it.", "Read from its table.")];
  return sample(applications, { findings, calls });
}
