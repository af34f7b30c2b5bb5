/** Which participant of the panel runs a function. Pure. */
import type { ExecutionContext, FunctionNode, Topology } from "../model/topology.ts";

/** Contexts in which a function runs in the product, those that are known before the outside. */
export function productContexts({ contexts }: FunctionNode, topology: Topology): readonly ExecutionContext[] {
  const all = contexts.flatMap((id) => topology.contexts.get(id) ?? []);
  const product = all.filter(({ kind }) => kind !== "test" && kind !== "script");
  const known = product.filter(({ kind }) => kind !== "external");
  return known.length > 0 ? known : product;
}

/** `m:` and the definition's module for a process, `c:` and the context's id for any other. */
export function participantKey({ id, kind, module }: ExecutionContext, { definitions }: Topology): string {
  const isProcess = kind === "process" || kind === "live_view" || kind === "channel";
  return module !== null && definitions.has(module) && isProcess ? `m:${module}` : `c:${id}`;
}

/** The process of the module, else the one process or context that runs the function; null where several may. */
export function runnerOf(module: string, fn: FunctionNode | null, topology: Topology): string | null {
  if (topology.definitions.has(module)) return `m:${module}`;
  const keys = new Set(fn === null ? [] : productContexts(fn, topology).map((context) => participantKey(context, topology)));
  return keys.size === 1 ? [...keys][0]! : null;
}
