/**
 * What a callback's clause returns: whether the state stays as it was, and how the caller is answered.
 *
 * Pure. Follows the last expressions of the clause through branches, variables and functions of the workspace; a state that some library function
 * gives back counts as changed, because it was asked for something new. Recursion and long chains end in `unknown`.
 */
import type { Clause, Expression } from "../../model/expression.ts";
import type { CallbackRow } from "../../model/library.ts";
import { visitExpression } from "../visit.ts";
import type { FlowFunction } from "./graph.ts";
import { asksForTimeout, asksToGoOn, holdsReply, join, judge, type Origin, type Result, type Returns, UNKNOWN_RESULT } from "./results.ts";
import type { Link, Unit } from "./scan.ts";
import { findLink } from "./values.ts";

const MAX_RESULTS = 40;
const MAX_DEPTH = 6;
const NEVER_RETURN = new Set(["raise", "reraise", "exit", "throw", "error"]);

export class ReturnReader {
  private readonly summaries = new Map<FlowFunction, readonly Result[]>();

  read(fn: FlowFunction, clause: number, row: CallbackRow): Returns {
    const results: Result[] = [];
    this.clauseResults(fn, clause, results, 0);
    return judge(results, row);
  }

  private clauseResults(fn: FlowFunction, index: number, into: Result[], depth: number): void {
    const clause = fn.info.facts.clauses[index]!;
    this.tail(fn, clause.body, fn.scan.clauses[index] ?? null, into, depth);
  }

  /** What a function may return, in terms of its own parameters. */
  private summarize(fn: FlowFunction, depth: number): readonly Result[] {
    const known = this.summaries.get(fn);
    if (known !== undefined) return known;
    if (depth > MAX_DEPTH) return [UNKNOWN_RESULT];
    this.summaries.set(fn, [UNKNOWN_RESULT]);
    const results: Result[] = [];
    for (let i = 0; i < fn.info.facts.clauses.length; i++) this.clauseResults(fn, i, results, depth + 1);
    this.summaries.set(fn, results);
    return results;
  }

  /** The results of an expression in tail position. */
  private tail(fn: FlowFunction, e: Expression, scope: Link | null, into: Result[], depth: number): void {
    if (into.length >= MAX_RESULTS) return;
    switch (e.k) {
      case "block": {
        let inner = scope;
        e.items.forEach((item, i) => {
          if (i === e.items.length - 1) this.tail(fn, item, inner, into, depth);
          else inner = bindMatches(item, inner);
        });
        return;
      }
      case "match":
        return this.tail(fn, e.value, scope, into, depth);
      case "branch":
        return this.clauses(fn, e.clauses, e.form === "case" ? e.subject : null, bindMatches(e.subject, scope), into, depth);
      case "with": {
        let inner = scope;
        for (const step of e.steps) inner = bindMatches(step, inner);
        this.tail(fn, e.body, inner, into, depth);
        if (e.otherwise.length > 0) this.clauses(fn, e.otherwise, null, scope, into, depth);
        else
          for (const step of e.steps)
            if (step.k === "match" && step.value.k !== "variable") return this.tail(fn, step.value, scope, into, depth);
        return;
      }
      case "try":
        this.tail(fn, e.body, scope, into, depth);
        return this.clauses(fn, e.handlers, null, scope, into, depth);
      case "receive":
        this.clauses(fn, e.clauses, null, scope, into, depth);
        if (e.timeoutBody) this.tail(fn, e.timeoutBody, scope, into, depth);
        return;
      default:
        return this.leaf(fn, e, scope, into, depth);
    }
  }

  private clauses(
    fn: FlowFunction,
    clauses: readonly Clause[],
    subject: Expression | null,
    scope: Link | null,
    into: Result[],
    depth: number,
  ): void {
    for (const clause of clauses) {
      let inner = scope;
      for (const param of clause.params) inner = bind(param, clause.params.length === 1 ? subject : null, inner);
      this.tail(fn, clause.body, inner, into, depth);
    }
  }

  private leaf(fn: FlowFunction, e: Expression, scope: Link | null, into: Result[], depth: number): void {
    switch (e.k) {
      case "tuple":
        into.push(this.tuple(fn, e, scope, depth));
        return;
      case "atom":
        into.push({ tag: e.value, size: 1, origins: ["new"], timeout: false, replies: false, continues: false });
        return;
      case "variable": {
        const link = findLink(e.name, scope);
        if (link?.source && link.pattern.k === "variable" && depth < MAX_DEPTH)
          return this.tail(fn, link.source, link.prev, into, depth + 1);
        into.push({ ...UNKNOWN_RESULT, origins: [this.origin(fn, e, scope, depth)] });
        return;
      }
      case "call":
        return this.call(fn, e, scope, into, depth);
      default:
        into.push({ ...UNKNOWN_RESULT, origins: [this.origin(fn, e, scope, depth)] });
    }
  }

  private tuple(fn: FlowFunction, e: Expression & { k: "tuple" }, scope: Link | null, depth: number): Result {
    const [first, ...rest] = e.items;
    const origins = rest.map((item) => this.origin(fn, item, scope, depth));
    const last = rest.at(-1);
    const timeout = (rest.length === 2 || rest.length === 3) && last !== undefined && asksForTimeout(last);
    return {
      tag: first?.k === "atom" ? first.value : null,
      size: e.items.length,
      origins,
      timeout,
      replies: last !== undefined && holdsReply(last),
      continues: rest.length > 1 && last !== undefined && asksToGoOn(last),
    };
  }

  /** A function of the workspace: what it returns, with the arguments in the place of its parameters. */
  private call(fn: FlowFunction, e: Expression & { k: "call" }, scope: Link | null, into: Result[], depth: number): void {
    if (NEVER_RETURN.has(e.name)) return;
    const target = calleeOf(fn, e);
    if (target === null) {
      into.push({ ...UNKNOWN_RESULT, origins: [this.origin(fn, e, scope, depth)] });
      return;
    }
    for (const result of this.summarize(target, depth)) {
      if (into.length >= MAX_RESULTS) return;
      const origins = result.origins.map((origin) => this.argumentOrigin(fn, e, origin, scope, depth));
      into.push({ ...result, origins });
    }
  }

  private argumentOrigin(fn: FlowFunction, e: Expression & { k: "call" }, origin: Origin, scope: Link | null, depth: number): Origin {
    if (typeof origin !== "number") return origin;
    const arg = e.args[origin];
    return arg && depth <= MAX_DEPTH ? this.origin(fn, arg, scope, depth + 1) : "unknown";
  }

  /** Where the value of an expression comes from. */
  private origin(fn: FlowFunction, e: Expression, scope: Link | null, depth: number): Origin {
    if (depth > MAX_DEPTH) return "unknown";
    switch (e.k) {
      case "variable": {
        const link = findLink(e.name, scope);
        if (link === null) return "unknown";
        if (link.index >= 0) return bindsWhole(link.pattern, e.name) ? link.index : "new";
        if (link.source === null) return "unknown";
        if (bindsWhole(link.pattern, e.name)) return this.origin(fn, link.source, link.prev, depth + 1);
        return this.part(fn, link, e.name, depth);
      }
      case "call": {
        if (e.name === "tap" && e.args[0]) return this.origin(fn, e.args[0], scope, depth + 1);
        const target = calleeOf(fn, e);
        if (target === null) return (e.module !== null && e.module.k !== "atom") || e.name === "super" ? "unknown" : "new";
        return this.joined(fn, e, target, scope, depth);
      }
      case "branch":
      case "with":
      case "block":
      case "try": {
        const results: Result[] = [];
        this.tail(fn, e, scope, results, depth + 1);
        return join(results.map((r) => (r.tag === null ? r.origins[0]! : "new")));
      }
      case "match":
        return this.origin(fn, e.value, scope, depth);
      case "tuple":
      case "list":
        return rebuiltParameter(e, scope) ?? "new";
      case "apply":
      case "unknown":
      case "receive":
      case "unquote":
        return "unknown";
      default:
        return "new";
    }
  }

  private joined(fn: FlowFunction, e: Expression & { k: "call" }, target: FlowFunction, scope: Link | null, depth: number): Origin {
    const origins = this.summarize(target, depth).map((result) => (result.tag === null && result.size === 0 ? result.origins[0]! : "new"));
    return join(origins.map((origin) => this.argumentOrigin(fn, e, origin, scope, depth)));
  }

  /** `{:ok, state} = f(state)`: the element that the pattern takes from what a function returns. */
  private part(fn: FlowFunction, link: Link, name: string, depth: number): Origin {
    const { pattern, source } = link;
    if (pattern.k !== "tuple" || source === null) return "new";
    const position = pattern.items.findIndex((item) => item.k === "variable" && item.name === name);
    const results: Result[] = [];
    this.tail(fn, source, link.prev, results, depth + 1);
    const tag = pattern.items[0]?.k === "atom" ? pattern.items[0].value : null;
    const fitting = results.filter((r) => r.size === pattern.items.length && (tag === null || r.tag === tag));
    if (position < 1 || fitting.length === 0) return "unknown";
    return join(fitting.map((r) => r.origins[position - 1] ?? "unknown"));
  }
}

/** The function of the workspace that a call in a body leads to, or null; found by the place of the call's site. */
function calleeOf(fn: FlowFunction, e: Expression & { k: "call" }): FlowFunction | null {
  const index = siteIndex(fn).get(e);
  const targets = index === undefined ? [] : fn.callees[index]!.targets;
  const target = targets.length === 1 ? targets[0]! : null;
  return target !== null && target.info.facts.arity === e.args.length ? target : null;
}

const indexes = new WeakMap<FlowFunction, Map<Expression, number>>();

function siteIndex(fn: FlowFunction): Map<Expression, number> {
  let index = indexes.get(fn);
  if (index === undefined) indexes.set(fn, (index = new Map(fn.scan.sites.map((site, i) => [site.e, i]))));
  return index;
}

/** The unit of links made here does not matter: origins ask for patterns and sources only. */
const NO_UNIT: Unit = { parent: null, fn: null, clause: 0 };

function bind(pattern: Expression, source: Expression | null, scope: Link | null): Link {
  return { prev: scope, unit: NO_UNIT, pattern, source, index: -1 };
}

function bindMatches(e: Expression | null, scope: Link | null): Link | null {
  return e?.k === "match" ? bind(e.pattern, e.value, bindMatches(e.value, scope)) : scope;
}

/** `{name, list}` of a parameter `{name, list}`, put together as it was: which parameter that is, or null. */
function rebuiltParameter(e: Expression, scope: Link | null): number | null {
  const names: string[] = [];
  visitExpression(e, (part) => {
    if (part.k === "variable") names.push(part.name);
  });
  const link = names[0] === undefined ? null : findLink(names[0], scope);
  if (link === null || link.index < 0) return null;
  return isSame(link.pattern, e, (name) => findLink(name, scope) === link) ? link.index : null;
}

/** Whether a value is written as the pattern is. A map's pattern leaves out the rest of the map, so a map is not the same. */
function isSame(pattern: Expression, value: Expression, isOf: (name: string) => boolean): boolean {
  if (pattern.k === "match") return isSame(pattern.pattern, value, isOf) || isSame(pattern.value, value, isOf);
  switch (value.k) {
    case "variable":
      return pattern.k === "variable" && pattern.name === value.name && isOf(value.name);
    case "atom":
    case "number":
      return pattern.k === value.k && pattern.value === value.value;
    case "tuple":
      return pattern.k === "tuple" && areSame(pattern.items, value.items, isOf);
    case "list": {
      if (pattern.k !== "list" || !areSame(pattern.items, value.items, isOf)) return false;
      return pattern.tail === null || value.tail === null ? pattern.tail === value.tail : isSame(pattern.tail, value.tail, isOf);
    }
    default:
      return false;
  }
}

function areSame(patterns: readonly Expression[], values: readonly Expression[], isOf: (name: string) => boolean): boolean {
  return patterns.length === values.length && patterns.every((pattern, i) => isSame(pattern, values[i]!, isOf));
}

/** Whether the name stands for the whole value, not for a part of it: `state`, `%{a: a} = state`. */
function bindsWhole(pattern: Expression, name: string): boolean {
  if (pattern.k === "variable") return pattern.name === name;
  return pattern.k === "match" && (bindsWhole(pattern.pattern, name) || bindsWhole(pattern.value, name));
}
