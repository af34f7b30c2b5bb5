/** Whether a function that a process runs is a loop: a server written by hand. Pure. */
import type { Expression, ReceiveExpression } from "../../model/expression.ts";
import { visitExpression } from "../visit.ts";
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
 * sleep, and has a way out, waits for something to happen or does its work in pieces: it ends by itself. So does one that goes on only where no
 * message comes: what it waits for is to be told to stop.
 */
function recurses(start: FlowFunction): boolean {
  const calls = callsInModule(start);
  const loop = [...calls.keys()].filter((fn) => fn === start || reaches(fn, start, calls));
  if (![...(calls.get(start) ?? [])].some((fn) => loop.includes(fn)) || loop.some(countsDown)) return false;
  const names = new Set(loop.map(({ info }) => info.facts.name));
  let waits = false;
  let sleeps = false;
  for (const fn of calls.keys())
    fn.scan.sites.forEach((site, i) => {
      if (fn.nodeOf(site.unit) !== fn.node) return;
      if (site.e.k === "receive") {
        if (isPause(site.e, names)) sleeps = true;
        else waits = true;
      }
      for (const operation of fn.callees[i]!.row?.does ?? []) {
        if (operation.op !== "block") continue;
        if (operation.category === "socket") waits = true;
        if (operation.category === "sleep") sleeps = true;
      }
    });
  return waits || (sleeps && !loop.some(({ info }) => info.facts.clauses.some(({ body }) => leaves(body, names))));
}

const maxFunctions = 40;

/** The function and those of its module that it may call, each with what it calls of them. */
function callsInModule(start: FlowFunction): ReadonlyMap<FlowFunction, ReadonlySet<FlowFunction>> {
  const calls = new Map<FlowFunction, Set<FlowFunction>>();
  const stack = [start];
  while (stack.length > 0 && calls.size < maxFunctions) {
    const fn = stack.pop()!;
    if (calls.has(fn)) continue;
    const own = new Set<FlowFunction>();
    calls.set(fn, own);
    fn.scan.sites.forEach((site, i) => {
      if (fn.nodeOf(site.unit) !== fn.node) return;
      for (const target of fn.callees[i]!.targets)
        if (target === start || target.module === start.module) {
          own.add(target);
          stack.push(target);
        }
    });
  }
  return calls;
}

function reaches(from: FlowFunction, to: FlowFunction, calls: ReadonlyMap<FlowFunction, ReadonlySet<FlowFunction>>): boolean {
  const seen = new Set<FlowFunction>();
  const stack = [from];
  for (let fn = stack.pop(); fn !== undefined; fn = stack.pop())
    for (const callee of calls.get(fn) ?? []) {
      if (callee === to) return true;
      if (!seen.has(callee)) stack.push(callee);
      seen.add(callee);
    }
  return false;
}

/** `receive stop -> ok after Interval -> loop() end`: no message takes it back into the loop. */
function isPause({ clauses, timeoutBody }: ReceiveExpression, names: ReadonlySet<string>): boolean {
  const goesOn = (e: Expression): boolean => {
    let found = false;
    visitExpression(e, (part) => {
      found ||= part.k === "call" && names.has(part.name);
    });
    return found;
  };
  return timeoutBody !== null && goesOn(timeoutBody) && !clauses.some(({ body }) => goesOn(body));
}

function leaves(e: Expression, names: ReadonlySet<string>): boolean {
  switch (e.k) {
    case "block": {
      const last = e.items.at(-1);
      return last === undefined || leaves(last, names);
    }
    case "branch":
      return e.clauses.some(({ body }) => leaves(body, names));
    case "receive":
      return e.clauses.some(({ body }) => leaves(body, names)) || (e.timeoutBody !== null && leaves(e.timeoutBody, names));
    case "try":
      return leaves(e.body, names) || e.handlers.some(({ body }) => leaves(body, names));
    case "call":
      return !names.has(e.name);
    default:
      return true;
  }
}
