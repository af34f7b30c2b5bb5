/** Whether a function that a process runs is a loop: a server written by hand. Pure. */
import type { Clause, Expression, FunctionExpression, ReceiveExpression } from "../../model/expression.ts";
import type { ModuleInfo } from "../modules.ts";
import { visitExpression } from "../visit.ts";
import type { FlowFunction, FlowNode } from "./graph.ts";
import type { Site, Unit } from "./scan.ts";

export interface Loop {
  readonly module: ModuleInfo;
  /** Whether it, or a function of its module that it calls, waits for messages; one that does not only sleeps between its rounds. */
  readonly takesMessages: boolean;
}

/** What is run comes back to itself: a function that calls itself, one that it calls does, or a `fun` with a name. Null where it does not. */
export function loopOf(node: FlowNode): Loop | null {
  const starts = node.unit === null ? [node.fn, ...calledIn(node)] : calledIn(node);
  const start = starts.find((one) => !countsDown(one.info.facts.clauses) && recurses(one));
  if (start !== undefined)
    return {
      module: start.module,
      takesMessages: [...callsInModule(start).keys()].some(({ scan }) => scan.sites.some(({ e }) => e.k === "receive")),
    };
  for (const unit of node.fn.scan.units.values()) {
    const loop = isRunIn(node, unit) ? loopOfNamed(node.fn, unit) : null;
    if (loop !== null) return loop;
  }
  return null;
}

/** Whether an anonymous function is what a node runs, or is called there: neither handed to another function nor given back. */
function isRunIn({ fn, unit }: FlowNode, inner: Unit): boolean {
  if (inner === unit) return true;
  const { fn: expression, parent } = inner;
  if (expression === null || fn.scan.hosts.has(expression) || fn.scan.escaping.has(expression)) return false;
  return unit === null ? parent?.fn === null : unit.fn !== null && isWithin(parent, unit.fn);
}

/** `fun Loop() -> receive … Loop() end end`. */
function loopOfNamed(fn: FlowFunction, { fn: named }: Unit): Loop | null {
  if (named?.self === undefined || countsDown(named.clauses)) return null;
  const names = new Set([named.self]);
  const again = named.clauses.filter(({ body }) => mentionsCall(body, names));
  let waits = false;
  let takesMessages = false;
  let sleeps = false;
  fn.scan.sites.forEach(({ e, unit }, i) => {
    if (!isWithin(unit, named)) return;
    takesMessages ||= e.k === "receive";
    if (e.k === "receive" && isPause(e, names)) sleeps = true;
    else if (e.k === "receive" && !asksForOne(e, named.clauses, named.self!)) waits = true;
    for (const operation of fn.callees[i]!.row?.does ?? []) sleeps ||= operation.op === "block" && operation.category === "sleep";
  });
  const loops = again.length > 0 && (waits || (sleeps && !again.some(({ body }) => leaves(body, names))));
  return loops ? { module: fn.module, takesMessages } : null;
}

function isWithin(unit: Unit | null, fn: FunctionExpression): boolean {
  return unit !== null && (unit.fn === fn || isWithin(unit.parent, fn));
}

function calledIn(node: FlowNode): FlowFunction[] {
  const { fn } = node;
  const found: FlowFunction[] = [];
  fn.scan.sites.forEach((site, i) => {
    if (fn.nodeOf(site.unit) === node && !isFollowed(site, fn)) found.push(...(fn.callees[i]?.targets ?? []));
  });
  return found;
}

/** Whether more is done after the call: what goes on after a loop is a job that comes to its end. */
function isFollowed({ e, unit }: Site, { info: { facts } }: FlowFunction): boolean {
  const body = facts.clauses[unit.clause]?.body;
  let found = false;
  if (body !== undefined)
    visitExpression(body, (one) => {
      found ||= one.k === "block" && one.items.indexOf(e) >= 0 && one.items.at(-1) !== e;
    });
  return found;
}

/** Whether a clause ends the recursion by what its head says: `retry(_, 0)`, `send([], _)`. */
function countsDown(clauses: readonly Clause[]): boolean {
  const isEnd = (param: Expression): boolean =>
    param.k === "number" || (param.k === "list" && param.items.length === 0 && param.tail === null);
  const ends = clauses.filter(({ params }) => params.some(isEnd));
  return ends.length > 0 && ends.length < clauses.length;
}

/**
 * A server's loop waits for messages or sleeps, and calls itself again, directly or through a function of its module. One that does no more than
 * sleep, and has a way out, waits for something to happen or does its work in pieces: it ends by itself. So does one that goes on only where no
 * message comes: what it waits for is to be told to stop. A clause that does not come back is no part of the loop (`connect(Host) when is_binary(Host)` that
 * calls itself with a list).
 */
function recurses(start: FlowFunction): boolean {
  const calls = callsInModule(start);
  const loop = [...calls.keys()].filter((fn) => fn === start || reaches(fn, start, calls));
  if (![...(calls.get(start) ?? [])].some((fn) => loop.includes(fn)) || loop.some(({ info }) => countsDown(info.facts.clauses)))
    return false;
  const names = new Set(loop.map(({ info }) => info.facts.name));
  let waits = false;
  let sleeps = false;
  for (const fn of calls.keys())
    fn.scan.sites.forEach((site, i) => {
      if (fn.nodeOf(site.unit) !== fn.node || (loop.includes(fn) && !goesOn(fn, site.unit.clause, loop))) return;
      if (site.e.k === "receive") {
        if (isPause(site.e, names)) sleeps = true;
        else if (!asksForOne(site.e, fn.info.facts.clauses, fn.info.facts.name)) waits = true;
      }
      for (const operation of fn.callees[i]!.row?.does ?? []) {
        if (operation.op !== "block") continue;
        if (operation.category === "socket") waits = true;
        if (operation.category === "sleep") sleeps = true;
      }
    });
  return waits || (sleeps && !loop.some(({ info }) => info.facts.clauses.some(({ body }) => leaves(body, names))));
}

/** Whether a clause of a function of the loop is one of those that lead on in it; one that does not is a way out, and what it waits for is no part of it. */
function goesOn(fn: FlowFunction, clause: number, loop: readonly FlowFunction[]): boolean {
  return (
    fn.info.facts.clauses.length < 2 ||
    fn.scan.sites.some((site, i) => site.unit.clause === clause && fn.callees[i]!.targets.some((target) => loop.includes(target)))
  );
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

/** `receive {reply, Reply} -> …; _ -> wait(From) end`: drops what is not the one message that it waits for, and goes on as it was. */
function asksForOne({ clauses, timeoutBody }: ReceiveExpression, around: readonly Clause[], name: string): boolean {
  const names = new Set([name]);
  const isAgain = ({ body }: Clause, params: readonly Expression[]): boolean =>
    ((body.k === "call" && body.module === null) || body.k === "apply") &&
    isCallOf(body, names) &&
    body.args.length === params.length &&
    body.args.every((arg, i) => arg.k === "variable" && isVariable(params[i], arg.name));
  const own = around[0]?.params;
  if (own === undefined || around.length > 1 || timeoutBody !== null) return false;
  const again = clauses.filter((clause) => isAgain(clause, own));
  const others = clauses.filter((clause) => !again.includes(clause));
  return (
    others.length > 0 &&
    again.length === 1 &&
    again.every(({ params, guard }) => params[0]?.k === "variable" && guard === null) &&
    others.every((clause) => usesMessage(clause) && !mentionsCall(clause.body, names))
  );
}

/** Whether it does something with what it takes, other than a server that is told to stop. */
function usesMessage({ params, body }: Clause): boolean {
  const names = new Set<string>();
  const see = (pattern: Expression): void =>
    visitExpression(pattern, (e) => {
      if (e.k === "variable" && e.name !== "_") names.add(e.name);
    });
  params.forEach(see);
  let found = false;
  visitExpression(body, (e) => {
    found ||= e.k === "variable" && names.has(e.name);
  });
  return found;
}

function isVariable(e: Expression | undefined, name: string): boolean {
  return e?.k === "variable" && e.name === name;
}

function isCallOf(e: Expression, names: ReadonlySet<string>): boolean {
  return e.k === "call" ? names.has(e.name) : e.k === "apply" && e.callee.k === "variable" && names.has(e.callee.name);
}

function mentionsCall(e: Expression, names: ReadonlySet<string>): boolean {
  let found = false;
  visitExpression(e, (part) => {
    found ||= isCallOf(part, names);
  });
  return found;
}

/** `receive stop -> ok after Interval -> loop() end`: no message takes it back into the loop. */
function isPause({ clauses, timeoutBody }: ReceiveExpression, names: ReadonlySet<string>): boolean {
  return timeoutBody !== null && mentionsCall(timeoutBody, names) && !clauses.some(({ body }) => mentionsCall(body, names));
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
    case "apply":
      return !isCallOf(e, names);
    default:
      return true;
  }
}
