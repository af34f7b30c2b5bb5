/** Whether a function that a process runs is a loop: a server written by hand. Pure. */
import type { FlowFunction, FlowNode } from "./graph.ts";

/** Whether what is run comes back to itself: a function that calls itself, or one that it calls does. */
export function loops(node: FlowNode): boolean {
  return loopOf(node) !== null;
}

/** The function that is the loop, or null. */
export function loopOf(node: FlowNode): FlowFunction | null {
  const starts = node.unit === null ? [node.fn, ...calledIn(node)] : calledIn(node);
  return starts.find((start) => recurses(start)) ?? null;
}

function calledIn(node: FlowNode): FlowFunction[] {
  const { fn } = node;
  const found: FlowFunction[] = [];
  fn.scan.sites.forEach((site, i) => {
    if (fn.nodeOf(site.unit) === node) found.push(...(fn.callees[i]?.targets ?? []));
  });
  return found;
}

/** A server's loop waits for messages or sleeps, and calls itself again, directly or through a function of its module. */
function recurses(start: FlowFunction): boolean {
  const reached = new Set<FlowFunction>();
  const stack = [start];
  let waits = false;
  let again = false;
  while (stack.length > 0 && reached.size < 40) {
    const fn = stack.pop()!;
    if (reached.has(fn)) continue;
    reached.add(fn);
    fn.scan.sites.forEach((site, i) => {
      if (site.e.k === "receive") waits = true;
      const callee = fn.callees[i]!;
      if (callee.row?.does.some((o) => o.op === "block" && (o.category === "sleep" || o.category === "socket"))) waits = true;
      for (const target of callee.targets) {
        if (target === start) again = true;
        else if (target.module === start.module) stack.push(target);
      }
    });
  }
  return waits && again;
}
