/** What a function does with a process that it starts: whether it gives it back, keeps it in data, or waits until it is up. Pure. */
import type { Expression } from "../../model/expression.ts";
import { visitExpression } from "../visit.ts";
import type { FlowFunction } from "./graph.ts";
import type { Site } from "./scan.ts";

/** `{ok, Pid} = pool:start_link(), connect(Db#db{pool = Pid})`: it becomes a part of somebody's data. */
export function isKeptInData(fn: FlowFunction, { e, unit }: Site): boolean {
  const body = unit.fn === null ? fn.info.facts.clauses[unit.clause]?.body : undefined;
  const names = body === undefined ? new Set<string>() : namesOf(e, body);
  let kept = false;
  if (body !== undefined && names.size > 0)
    visitExpression(body, (part) => {
      if (part.k === "map") kept ||= part.pairs.some(([, value]) => holds(value, names));
    });
  return kept;
}

/** `update(state, player: spawn(…))`, `State#{player => spawn(…)}`: it is put under a key, by which others find it. */
export function isKeptByKey(fn: FlowFunction, { e, unit }: Site): boolean {
  let kept = false;
  const clause = fn.info.facts.clauses[unit.clause];
  if (clause !== undefined)
    visitExpression(clause.body, (part) => {
      if (part.k === "map") kept ||= part.pairs.some(([, value]) => value === e);
      else if (part.k === "list")
        kept ||= part.items.some((item) => item.k === "tuple" && item.items[0]?.k === "atom" && item.items[1] === e);
    });
  return kept;
}

/** Whether one of the variables is the value, or an element of it. */
function holds(value: Expression, names: ReadonlySet<string>): boolean {
  switch (value.k) {
    case "variable":
      return names.has(value.name);
    case "tuple":
      return value.items.some((item) => holds(item, names));
    case "list":
      return value.items.some((item) => holds(item, names));
    default:
      return false;
  }
}

/** Whether an expression is a variable that holds the value of the site. */
export function isValueOf(arg: Expression, fn: FlowFunction, { e, unit }: Site): boolean {
  const body = unit.fn === null ? fn.info.facts.clauses[unit.clause]?.body : undefined;
  return body !== undefined && arg.k === "variable" && namesOf(e, body).has(arg.name);
}

/** The variables that the value of `e` is bound to. */
function namesOf(e: Expression, body: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  visitExpression(body, (part) => {
    if (part.k === "match" && part.value === e) bindNames(part.pattern, names);
  });
  return names;
}

function bindNames(pattern: Expression, names: Set<string>): void {
  visitExpression(pattern, (e) => {
    if (e.k === "variable" && e.name !== "_") names.add(e.name);
  });
}

/** Whether the function gives back what the call at the site gives. */
export function givesBack(fn: FlowFunction, { e, unit }: Site): boolean {
  const body = unit.fn === null ? fn.info.facts.clauses[unit.clause]?.body : undefined;
  return body !== undefined && gives(body, e);
}

/** Whether all that call the function do so for what it does, and drop what it gives. */
export function isDropped({ callers }: FlowFunction): boolean {
  return callers.length > 0 && callers.every(({ fn, site }) => drops(fn.scan.sites[site]!, fn));
}

function drops({ e, unit }: Site, fn: FlowFunction): boolean {
  let found = false;
  const body = fn.info.facts.clauses[unit.clause]?.body;
  if (body !== undefined)
    visitExpression(body, (one) => {
      found ||= one.k === "block" && one.items.indexOf(e) >= 0 && one.items.at(-1) !== e;
    });
  return found;
}

/** `Pid = spawn(…), receive {Pid, started} -> Pid end` */
function givesNamed(given: Expression, { items }: Expression & { k: "block" }, part: Expression): boolean {
  const pid = given.k === "tuple" && given.items[0]?.k === "atom" && given.items[0].value === "ok" ? (given.items[1] ?? given) : given;
  return pid.k === "variable" && items.some((item) => item.k === "match" && binds(item.pattern, pid.name) && gives(item.value, part));
}

/** Whether the value of `part` is the value of `body`, at least on one way through it. */
function gives(body: Expression, part: Expression): boolean {
  if (body === part) return true;
  switch (body.k) {
    case "block": {
      const last = body.items.at(-1);
      if (last === undefined) return false;
      const given = last.k === "tuple" && last.items[0]?.k === "atom" && last.items[0].value === "ok" ? (last.items[1] ?? last) : last;
      if (given.k === "variable")
        return body.items.some((item) => item.k === "match" && binds(item.pattern, given.name) && gives(item.value, part));
      return gives(last, part) || (last.k === "receive" && last.clauses.some((clause) => givesNamed(clause.body, body, part)));
    }
    case "tuple":
      return body.items[0]?.k === "atom" && body.items[0].value === "ok" && body.items.slice(1).some((item) => gives(item, part));
    case "match":
      return gives(body.value, part);
    case "operator":
      return (body.operator === "||" || body.operator === "&&") && body.operands.some((operand) => gives(operand, part));
    case "branch":
      return (body.subject !== null && gives(body.subject, part)) || body.clauses.some((clause) => gives(clause.body, part));
    case "with":
      return gives(body.body, part) || body.steps.some((step) => gives(step, part));
    case "try":
      return gives(body.body, part) || body.handlers.some((clause) => gives(clause.body, part));
    default:
      return false;
  }
}

/**
 * `Pid = spawn(…), wait_for_ack(Pid)`: whether the function waits for a message of what it starts, itself or in a function that it hands it to, to hear how
 * the start went. That is what `proc_lib:start_link` does, written by hand.
 */
export function awaitsReady(fn: FlowFunction, { e, unit }: Site): boolean {
  const body = unit.fn === null ? fn.info.facts.clauses[unit.clause]?.body : undefined;
  const names = body === undefined ? new Set<string>() : namesOf(e, body);
  if (body !== undefined && [...names].some((name) => receivesName(body, name))) return true;
  return fn.scan.sites.some((site, i) => {
    const call = site.e;
    if (call.k !== "call" || site.unit.clause !== unit.clause) return false;
    const position = call.args.findIndex((arg) => arg.k === "variable" && names.has(arg.name));
    return position >= 0 && fn.callees[i]!.targets.some((target) => receivesFrom(target, position));
  });
}

/** Whether a function waits for a message in which its parameter stands. */
function receivesFrom({ info: { facts } }: FlowFunction, position: number): boolean {
  return facts.clauses.some(({ params, body }) => {
    const param = params[position];
    return param?.k === "variable" && receivesName(body, param.name);
  });
}

function receivesName(body: Expression, name: string): boolean {
  let found = false;
  const see = (pattern: Expression): void =>
    visitExpression(pattern, (one) => {
      found ||= one.k === "variable" && one.name === name;
    });
  visitExpression(body, (part) => {
    if (part.k === "receive") for (const { params } of part.clauses) params.forEach(see);
  });
  return found;
}

/** `name = …`, or a pattern such as `{:ok, name} = …`. */
function binds(pattern: Expression, name: string): boolean {
  return pattern.k === "tuple" ? pattern.items.some((item) => binds(item, name)) : pattern.k === "variable" && pattern.name === name;
}
