/** Whether a function that a process runs is a loop: a server written by hand. Pure. */
import type { Expression } from "../../model/expression.ts";
import type { FlowFunction, FlowNode } from "./graph.ts";

/** Whether what is run comes back to itself: a function that calls itself, or one that it calls does. */
export function loops(node: FlowNode): boolean {
  return loopOf(node) !== null;
}

/** The function that is the loop, or null. */
export function loopOf(node: FlowNode): FlowFunction | null {
  const starts = node.unit === null ? [node.fn, ...calledIn(node)] : calledIn(node);
  return starts.find((start) => !countsDown(start) && recurses(start)) ?? null;
}

function calledIn(node: FlowNode): FlowFunction[] {
  const { fn } = node;
  const found: FlowFunction[] = [];
  fn.scan.sites.forEach((site, i) => {
    if (fn.nodeOf(site.unit) === node) found.push(...(fn.callees[i]?.targets ?? []));
  });
  return found;
}

/** Whether a clause ends the recursion by what its head says: `retry(_, 0)`, `send([], _)`. */
function countsDown({ info: { facts } }: FlowFunction): boolean {
  const isEnd = (param: Expression): boolean =>
    param.k === "number" || (param.k === "list" && param.items.length === 0 && param.tail === null);
  const ends = facts.clauses.filter(({ params }) => params.some(isEnd));
  return ends.length > 0 && ends.length < facts.clauses.length;
}

/**
 * A server's loop waits for messages or sleeps, and calls itself again, directly or through a function of its module. One that does no more than
 * sleep, and has a way out, waits for something to happen or does its work in pieces: it ends by itself.
 */
function recurses(start: FlowFunction): boolean {
  const reached = new Set<FlowFunction>();
  const stack = [start];
  let waits = false;
  let again = false;
  let sleeps = false;
  while (stack.length > 0 && reached.size < 40) {
    const fn = stack.pop()!;
    if (reached.has(fn)) continue;
    reached.add(fn);
    fn.scan.sites.forEach((site, i) => {
      if (fn.nodeOf(site.unit) !== fn.node) return;
      if (site.e.k === "receive") waits = true;
      const callee = fn.callees[i]!;
      for (const operation of callee.row?.does ?? []) {
        if (operation.op !== "block") continue;
        if (operation.category === "socket") waits = true;
        if (operation.category === "sleep") sleeps = true;
      }
      for (const target of callee.targets) {
        if (target === start) again = true;
        else if (target.module === start.module) stack.push(target);
      }
    });
  }
  return again && (waits || (sleeps && !hasWayOut(start, reached)));
}

/** Whether some way through the function ends in something else than a call of the loop. */
function hasWayOut(start: FlowFunction, loop: ReadonlySet<FlowFunction>): boolean {
  const names = new Set([...loop].map(({ info }) => info.facts.name));
  return start.info.facts.clauses.some(({ body }) => leaves(body, names));
}

function leaves(e: Expression, names: ReadonlySet<string>): boolean {
  switch (e.k) {
    case "block": {
      const last = e.items.at(-1);
      return last === undefined || leaves(last, names);
    }
    case "branch":
      return e.clauses.some(({ body }) => leaves(body, names));
    case "try":
      return leaves(e.body, names) || e.handlers.some(({ body }) => leaves(body, names));
    case "call":
      return !names.has(e.name);
    default:
      return true;
  }
}
