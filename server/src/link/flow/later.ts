/** Whether a call waits in a function value for somebody to run it. Pure. */
import type { FlowFunction } from "./graph.ts";
import type { Site, Unit } from "./scan.ts";
import { VALUES } from "./unread-calls.ts";

/**
 * Whether a site stands in a function, or is a reference, that is handed to code which may keep it for later: to register a hook, to store it.
 * Functions that work on values run what they are given at once; so does a function of the workspace that calls what it is given.
 */
export function runsLater(fn: FlowFunction, { e, unit }: Site): boolean {
  if (e.k === "funref" && isKept(fn, fn.scan.hosts.get(e))) return true;
  for (let at: Unit | null = unit; at?.fn; at = at.parent) if (isKept(fn, fn.scan.hosts.get(at.fn))) return true;
  return false;
}

function isKept(fn: FlowFunction, host: string | undefined): boolean {
  if (host === undefined || VALUES.has(host.slice(0, Math.max(0, host.lastIndexOf("."))))) return false;
  const index = fn.scan.sites.findIndex((site) => site.key === host && site.e.k === "call");
  const callee = fn.callees[index];
  if (callee === undefined || callee.row !== null) return false;
  return !callee.targets.some(({ scan }) => scan.sites.some((site) => site.reach === "value"));
}
