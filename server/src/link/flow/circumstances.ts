/**
 * Under what a call site stands, and which literals decide whether it is reached.
 *
 * Pure, and local to the function: what callers hand in is put together by whoever follows calls.
 */
import type { Argument, Circumstance, Circumstances, Literal, Requirement } from "../../model/circumstance.ts";
import type { Clause, Expression } from "../../model/expression.ts";
import type { FunctionFacts } from "../../model/facts.ts";
import { visitExpression } from "../visit.ts";
import { absentIn } from "./absence.ts";
import type { FlowFunction } from "./graph.ts";
import type { Link, Site, Under } from "./scan.ts";

export function circumstancesAt(fn: FlowFunction, site: Site): Circumstances {
  const under = underAt(site);
  const needs = needsAt(fn, site);
  return { ...(under.length > 0 ? { under } : {}), ...(needs.length > 0 ? { needs } : {}) };
}

const needed = new WeakMap<Site, readonly Requirement[]>();

/** Which literals decide whether the site is reached. */
export function needsAt(fn: FlowFunction, site: Site): readonly Requirement[] {
  let needs = needed.get(site);
  if (needs === undefined) needed.set(site, (needs = [...headOf(fn.info.facts, site.unit.clause), ...branchesOf(fn.info.facts, site)]));
  return needs;
}

const circumstances = new WeakMap<Site, readonly Circumstance[]>();

export function underAt(site: Site): readonly Circumstance[] {
  if (site.under === null && site.unit.fn === null) return NONE;
  let known = circumstances.get(site);
  if (known === undefined) circumstances.set(site, (known = findCircumstances(site)));
  return known;
}

function findCircumstances(site: Site): readonly Circumstance[] {
  const found = new Set<Circumstance>();
  if (site.unit.fn !== null) found.add("choice");
  for (let at: Under | null = site.under; at !== null; at = at.prev) {
    const { e, clause, scope } = at;
    if (e.k === "try") found.add(clause < 0 ? "caught" : "handler");
    else found.add("choice");
    if (e.k !== "branch") continue;
    if (isMiss(absentIn(e, clause), scope)) found.add("miss");
    if (clause >= 0 && isFailure(e.clauses[clause]?.params[0])) found.add("failed");
    for (const asked of askedBy(e.subject, e.clauses.slice(0, clause + 1))) for (const one of circumstanceOf(asked, scope)) found.add(one);
  }
  return [...found];
}

const NONE: readonly Circumstance[] = [];

/** What decides on a clause: the subject, and the patterns and guards of the clauses down to it. */
function askedBy(subject: Expression | null, clauses: readonly Clause[]): readonly Expression[] {
  return [
    ...(subject === null ? [] : [subject]),
    ...clauses.flatMap(({ params, guard }) => [...params, ...(guard === null ? [] : [guard])]),
  ];
}

function circumstanceOf(asked: Expression, scope: Link | null): readonly Circumstance[] {
  const found: Circumstance[] = [];
  visitExpression(asked, (e) => {
    if (asksForSelf(e) || (e.k === "variable" && isBoundTo(e.name, scope, asksForSelf))) found.push("self");
    if (asksMemory(e) || (e.k === "variable" && isBoundTo(e.name, scope, asksMemory))) found.push("memory");
  });
  return found;
}

/** `self()` in both languages. */
export function asksForSelf(e: Expression): boolean {
  return e.k === "call" && e.name === "self" && e.args.length === 0 && isOf(e.module, "erlang", "Elixir.Kernel");
}

/** `get(Key)`, `Process.get(key)`. */
export function asksMemory(e: Expression): boolean {
  if (e.k !== "call" || e.name !== "get") return false;
  return e.module?.k === "atom" && e.module.value === "Elixir.Process"
    ? e.args.length < 3
    : e.args.length === 1 && isOf(e.module, "erlang");
}

/** `error`, `{error, _}`. */
function isFailure(pattern: Expression | undefined): boolean {
  if (pattern?.k === "match") return isFailure(pattern.pattern) || isFailure(pattern.value);
  if (pattern?.k === "tuple") return isFailure(pattern.items[0]);
  return pattern?.k === "atom" && pattern.value === "error";
}

/** What asks a table or a map for a key, by module. */
const lookups: Readonly<Record<string, readonly string[]>> = {
  ets: ["lookup", "lookup_element", "member"],
  maps: ["find", "get", "is_key"],
  "Elixir.Map": ["fetch", "get", "has_key?"],
};

function isMiss(absent: Expression | null, scope: Link | null): boolean {
  const asks = (e: Expression): boolean => e.k === "call" && e.module?.k === "atom" && lookups[e.module.value]?.includes(e.name) === true;
  return absent !== null && (asks(absent) || (absent.k === "variable" && isBoundTo(absent.name, scope, asks)));
}

function isOf(module: Expression | null, ...names: readonly string[]): boolean {
  return module === null || (module.k === "atom" && names.includes(module.value));
}

function isBoundTo(name: string, scope: Link | null, is: (e: Expression) => boolean): boolean {
  const link = linkOf(name, scope);
  return link !== null && link.source !== null && link.pattern.k === "variable" && is(link.source);
}

function linkOf(name: string, scope: Link | null): Link | null {
  for (let link = scope; link !== null; link = link.prev) {
    if (link.pattern.k === "variable") {
      if (link.pattern.name === name) return link;
      continue;
    }
    let binds = false;
    visitExpression(link.pattern, (e) => {
      binds ||= e.k === "variable" && e.name === name;
    });
    if (binds) return link;
  }
  return null;
}

const heads = new WeakMap<FunctionFacts, Requirement[][]>();

/** What a clause's head asks of the parameters: its literals, and that the clauses above it do not match, where one literal decides that. */
function headOf(facts: FunctionFacts, clause: number): readonly Requirement[] {
  let all = heads.get(facts);
  if (all === undefined) heads.set(facts, (all = readHeads(facts.clauses)));
  return all[clause] ?? [];
}

function readHeads(clauses: readonly Clause[]): Requirement[][] {
  const before: Requirement[] = [];
  return clauses.map((clause) => {
    const literals = clause.params.flatMap((param, parameter): Requirement[] => {
      const literal = literalOf(param);
      return literal === null ? [] : [{ parameter, literal, holds: true }];
    });
    const own = [...before, ...literals, ...guardOf(clause.guard, (name) => clause.params.findIndex((p) => isVariable(p, name)))];
    const [only] = literals;
    if (only !== undefined && literals.length === 1 && clause.guard === null && takesAnything(clause.params, only.parameter))
      before.push({ ...only, holds: false });
    return own;
  });
}

/** Whether all parameters but one are variables, each another one. */
function takesAnything(params: readonly Expression[], but: number): boolean {
  const names = new Set<string>();
  return params.every((param, i) => {
    if (i === but) return true;
    if (param.k !== "variable" || (param.name !== "_" && names.has(param.name))) return false;
    names.add(param.name);
    return true;
  });
}

/** The same for branches on a parameter around the site. */
function branchesOf(facts: FunctionFacts, site: Site): readonly Requirement[] {
  const found: Requirement[] = [];
  for (let at: Under | null = site.under; at !== null; at = at.prev) {
    const { e, clause, scope } = at;
    if (e.k !== "branch" || clause < 0) continue;
    const index = (name: string): number => parameterOf(name, scope);
    found.push(...guardOf(e.clauses[clause]?.guard ?? null, index));
    if (e.form !== "case" || e.subject?.k !== "variable") continue;
    const parameter = index(e.subject.name);
    if (parameter < 0 || parameter >= facts.arity) continue;
    for (const [i, { params, guard }] of e.clauses.slice(0, clause + 1).entries()) {
      const literal = params[0] === undefined ? null : literalOf(params[0]);
      if (literal !== null && (i === clause || guard === null)) found.push({ parameter, literal, holds: i === clause });
    }
  }
  return found;
}

/** Which parameter of the function a name is, or -1. */
function parameterOf(name: string, scope: Link | null): number {
  const link = linkOf(name, scope);
  return link !== null && link.source === null && link.unit.fn === null && isVariable(link.pattern, name) ? link.index : -1;
}

/** `Keep == true`, also as one of several tests that all have to hold. */
function guardOf(guard: Expression | null, index: (name: string) => number): Requirement[] {
  if (guard?.k !== "operator") return [];
  const { operator, operands } = guard;
  if (operator === "and" || operator === "andalso") return operands.flatMap((operand) => guardOf(operand, index));
  const [left, right] = operands;
  if (!["==", "=:=", "===", "/=", "=/=", "!=", "!=="].includes(operator) || left === undefined || right === undefined) return [];
  const [variable, other] = left.k === "variable" ? [left, right] : [right, left];
  const literal = literalOf(other);
  const parameter = variable.k === "variable" ? index(variable.name) : -1;
  return literal === null || parameter < 0 ? [] : [{ parameter, literal, holds: operator.startsWith("=") && operator !== "=/=" }];
}

/** What a call hands to the parameters of the function it leads to; null where that says nothing. */
export function givenAt(fn: FlowFunction, { e, scope }: Site, callee: FlowFunction): readonly Argument[] | null {
  const { arity, name } = callee.info.facts;
  if (e.k !== "call" || e.args.length !== arity || e.name !== name || arity === 0) return null;
  const given = e.args.map((arg): Argument => {
    if (arg.k !== "variable") return literalOf(arg);
    const parameter = parameterOf(arg.name, scope);
    return parameter < 0 || parameter >= fn.info.facts.arity ? null : parameter;
  });
  return given.some((arg) => arg !== null) ? given : null;
}

function literalOf(e: Expression): Literal | null {
  if (e.k === "atom") return `a:${e.value}`;
  if (e.k === "attribute") return `m:${e.name}`;
  return e.k === "number" ? `n:${e.value}` : null;
}

function isVariable(e: Expression, name: string): boolean {
  return e.k === "variable" && e.name === name;
}
