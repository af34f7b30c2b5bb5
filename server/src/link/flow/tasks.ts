/** Tasks that send their result to the process that starts them, and whether anything there takes it by name. Pure. */
import type { AnsweringTask } from "../../model/answering-task.ts";
import type { Followed } from "./followed.ts";
import type { FlowFunction } from "./graph.ts";
import { givesBack } from "./starts.ts";

export function findAnsweringTasks(settled: readonly Followed[], functions: readonly FlowFunction[]): AnsweringTask[] {
  const awaiting = awaitingModules(functions);
  const awaits = ({ module }: FlowFunction): boolean => awaiting.has(module.name);
  const tasks = new Map<string, AnsweringTask>();
  for (const { operation, primitive } of settled) {
    if (operation.op !== "spawn" || operation.answers !== true) continue;
    const { fn, site: index } = primitive;
    const site = fn.scan.sites[index]!;
    const place = fn.place(site.e);
    const key = `${fn.node.key}|${place.file}|${place.at}`;
    if (tasks.has(key)) continue;
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

/** Modules with code that takes the result of a task by name. */
function awaitingModules(functions: readonly FlowFunction[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { module, callees } of functions)
    if (callees.some(({ row }) => row?.does.some(({ op }) => op === "await") === true)) found.add(module.name);
  return found;
}
