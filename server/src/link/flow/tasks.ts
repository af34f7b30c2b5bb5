/** Tasks that send their result to the process that starts them, and whether anything there takes it by name. Pure. */
import type { AnsweringTask } from "../../model/answering-task.ts";
import type { Edge } from "./contexts.ts";
import type { Followed } from "./followed.ts";
import { givesBack } from "./given-back.ts";
import type { CallerSite, FlowFunction, FlowNode } from "./graph.ts";
import type { HandedOver } from "./hand-over.ts";
import type { Site } from "./scan.ts";

export function findAnsweringTasks(settled: readonly Followed[], withRows: readonly CallerSite[]): AnsweringTask[] {
  const awaiting = awaitingModules(withRows);
  const awaits = ({ module }: FlowFunction): boolean => awaiting.has(module.name);
  const tasks = new Map<string, AnsweringTask>();
  for (const { operation, primitive } of settled) {
    if (operation.op !== "spawn" || operation.answers !== true) continue;
    const { fn, site: index } = primitive;
    const site = fn.scan.sites[index]!;
    const place = fn.place(site.e);
    const key = `${fn.node.key}|${place.file}|${place.at}`;
    if (tasks.has(key) || endsAfter(fn, site)) continue;
    const row = fn.callees[index]!.row;
    const { callers } = fn;
    const awaited = awaits(fn) || (givesBack(fn, site) && (callers.length === 0 || callers.some((caller) => awaits(caller.fn))));
    const count = site.e.k === "call" ? site.e.args.length : 0;
    tasks.set(key, {
      fn: fn.nodeOf(site.unit).key,
      place,
      text: `${row?.module ?? "Task"}.${row?.name ?? "async"}/${count}`,
      linked: operation.linked,
      awaited,
    });
  }
  return [...tasks.values()];
}

/**
 * What tasks run whose end their starter waits for, by the node that starts them: `Task.async_stream/3`, or `Task.async/1` in a function that awaits. An
 * edge's site is the start.
 */
export function findAwaited(handedOver: readonly HandedOver[]): ReadonlyMap<FlowNode, readonly Edge[]> {
  const found = new Map<FlowNode, Edge[]>();
  for (const { node, by } of handedOver) {
    const { operation, fn, site } = by;
    if (operation.op !== "spawn" || operation.kind !== "task") continue;
    if (!operation.waits && !(operation.answers === true && awaitsHere(fn))) continue;
    const from = fn.nodeOf(fn.scan.sites[site]!.unit);
    if (from !== node) found.set(from, [...(found.get(from) ?? []), { to: node, site }]);
  }
  return found;
}

function awaitsHere({ callees }: FlowFunction): boolean {
  return callees.some(({ row }) => row !== null && /^await/.test(row.name) && row.does.some(({ op }) => op === "await"));
}

/** Whether the clause gives `{:stop, …}`: the reply comes to nobody, and harms nobody. */
function endsAfter({ info }: FlowFunction, { unit }: Site): boolean {
  const body = unit.fn === null ? info.facts.clauses[unit.clause]?.body : undefined;
  const last = body?.k === "block" ? body.items.at(-1) : body;
  return last?.k === "tuple" && last.items[0]?.k === "atom" && last.items[0].value === "stop";
}

/** Modules with code that takes the result of a task by name. */
function awaitingModules(withRows: readonly CallerSite[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { fn, site } of withRows) if (fn.callees[site]!.row!.does.some(({ op }) => op === "await")) found.add(fn.module.name);
  return found;
}
