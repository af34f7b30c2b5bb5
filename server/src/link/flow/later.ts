/** Whether a call waits in a function value for somebody to run it. Pure. */
import type { FlowFunction } from "./graph.ts";
import type { Site, Unit } from "./scan.ts";
import { VALUES } from "./unread-calls.ts";

/** How far functions are followed that hand on what they are given. */
const MAX_DEPTH = 4;

/**
 * Whether a site stands in a function, or is a reference, that is handed to code which may keep it for later: to register a hook, to store it.
 * Functions that work on values run what they are given at once; so does a function of the workspace that calls what it is given, unless it does so
 * in a function of its own that it stores or hands on in turn.
 */
export function runsLater(fn: FlowFunction, site: Site, depth = 0): boolean {
  const { e, unit } = site;
  if (e.k === "funref" && isKept(fn, fn.scan.hosts.get(e), depth)) return true;
  for (let at: Unit | null = unit; at?.fn; at = at.parent) if (isKept(fn, fn.scan.hosts.get(at.fn), depth)) return true;
  return false;
}

function isKept(fn: FlowFunction, host: string | undefined, depth: number): boolean {
  if (host === undefined || VALUES.has(host.slice(0, Math.max(0, host.lastIndexOf("."))))) return false;
  const index = fn.scan.sites.findIndex((site) => site.key === host && site.e.k === "call");
  const callee = fn.callees[index];
  if (callee === undefined || callee.row !== null) return false;
  return !callee.targets.some((target) => target.scan.sites.some((site) => site.reach === "value" && runsAtOnce(target, site, depth + 1)));
}

function runsAtOnce(fn: FlowFunction, site: Site, depth: number): boolean {
  for (let at: Unit | null = site.unit; at?.fn; at = at.parent) if (fn.scan.escaping.has(at.fn)) return false;
  return depth > MAX_DEPTH || !runsLater(fn, site, depth);
}
