/** What runs code, in words. */
import type { ExecutionContext } from "./topology.ts";

const ofMany: Partial<Record<ExecutionContext["kind"], string>> = {
  request: "each request",
  live_view: "each LiveView",
  channel: "each channel",
  job: "each job",
  connection: "each connection",
  task: "tasks",
  spawned: "each spawned process",
};

/** Without what tells one request from another: `each request`; a process by its name. */
export function contextKind({ kind, label, cardinality }: ExecutionContext): string {
  return (cardinality === "many" ? ofMany[kind] : undefined) ?? label;
}

/** Those of a kind together, at most so many: `each request (ShopWeb.Cart, ShopWeb.Till), each Shop.Session, Shop.Daily, … 2 more`. Empty for none. */
export function listContexts(contexts: Iterable<ExecutionContext>, most: number): string {
  const all = [...contexts];
  const groups = new Map<string, string[]>();
  for (const context of all.slice(0, most)) {
    const name = /^[^(]*\((.*)\)$/.exec(context.label)?.[1];
    const kind = context.cardinality === "many" ? ofMany[context.kind] : undefined;
    if (context.kind === "external") groups.set("processes that are not known", []);
    else if (kind === undefined || name === undefined)
      groups.set(context.kind === "process" && context.cardinality === "many" ? `each ${context.label}` : context.label, []);
    else groups.set(kind, [...(groups.get(kind) ?? []), name]);
  }
  const words = [...groups].map(([kind, names]) => (names.length === 0 ? kind : `${kind} (${names.join(", ")})`));
  return `${words.join(", ")}${all.length > most ? `, … ${all.length - most} more` : ""}`;
}
