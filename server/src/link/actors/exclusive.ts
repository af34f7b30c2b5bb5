/** Pieces of code that an actor runs while all its other messages wait: whether each runs once, and what it waits for meanwhile. Pure. */
import type { Expression } from "../../model/expression.ts";
import type { Evidence } from "../../model/topology.ts";
import type { ExclusiveRun } from "../../model/virtual-actor.ts";
import { type Code, forEachPart } from "./code.ts";
import type { Evaluator } from "./evaluate.ts";
import type { Nodes } from "./nodes.ts";
import type { FoundEffect } from "./sites.ts";
import { waitOf } from "./waits.ts";

const hopLimit = 4;

/** `start`: the function of the actor from which it is reached; `all`: what all code does, by the code in which it stands. */
export function exclusiveRun(
  { code, e, does }: FoundEffect,
  start: Code,
  all: ReadonlyMap<Code, readonly FoundEffect[]>,
  nodes: Nodes,
  evaluator: Evaluator,
): ExclusiveRun | null {
  if (does.op !== "exclusive" || e.k !== "call") return null;
  const argument = e.args[does.run];
  const run = argument === undefined ? null : evaluator.evaluate({ e: argument, code, args: null });
  const waits = run?.v === "code" ? waitsIn(run.code, all, nodes) : [];
  const isLast = run?.v === "code" && all.get(run.code)?.some(({ name }) => name === "deleteAll") === true;
  const once = isLast || isGuarded(e, code) || !isReached(start, code, nodes);
  return { place: code.place({ at: e.nameAt }), once, waits };
}

/** Whether calls lead from one to the other that are made each time. */
function isReached(start: Code, end: Code, nodes: Nodes): boolean {
  const goal = nodes.nodeOf(end);
  const seen = new Set<Code>([start]);
  for (const open = [start]; open.length > 0; ) {
    const node = open.pop()!;
    if (node === goal) return true;
    for (const { to, at, e } of nodes.callsOf(node)) {
      if (seen.has(to) || isGuarded(e, at)) continue;
      seen.add(to);
      open.push(to);
    }
  }
  return false;
}

/** Waits of the code, of functions in it, and of what it calls. */
function waitsIn(start: Code, all: ReadonlyMap<Code, readonly FoundEffect[]>, nodes: Nodes): readonly Evidence[] {
  const found: Evidence[] = [];
  const seen = new Set<Code>();
  const visit = (code: Code, hops: number): void => {
    if (seen.has(code) || hops > hopLimit) return;
    seen.add(code);
    for (const effect of all.get(code) ?? []) {
      const wait = waitOf(effect);
      if (wait !== null) found.push({ message: `waits for ${wait.what}`, place: wait.place });
    }
    for (const inner of code.inner.values()) visit(inner, hops);
    for (const { to } of nodes.callsFrom(code)) visit(to, hops + 1);
  };
  visit(start, 0);
  return found;
}

/**
 * Under a condition on what the object keeps, behind a return on such a condition, kept in a field of it, or where something has failed: then it does not run
 * for each message.
 */
function isGuarded(e: { readonly at: number }, code: Code): boolean {
  let guarded = false;
  const asksOwn = (subject: Expression): boolean => mentionsOwn(subject, code, 0);
  const look = (at: Expression, isUnder: boolean): boolean => {
    if (at === e) {
      guarded = isUnder;
      return true;
    }
    if (at.k === "fn") return false;
    let under = isUnder;
    if (at.k === "block") {
      for (const item of at.items) {
        if (look(item, under)) return true;
        if (item.k === "branch" && item.subject !== null && mentionsThis(item.subject) && item.clauses.some(({ body }) => leaves(body)))
          under = true;
      }
      return false;
    }
    if (at.k === "try")
      return look(at.body, under) || at.handlers.some(({ body }) => look(body, true)) || (at.after !== null && look(at.after, under));
    if (at.k === "branch" && at.subject !== null && asksOwn(at.subject)) under = true;
    if (at.k === "match" && mentionsThis(at.pattern)) under = true;
    if (at.k === "operator" && at.operands[0] !== undefined && at.operands.length > 1 && asksOwn(at.operands[0])) under = true;
    let found = false;
    forEachPart(at, (part) => {
      found ||= look(part, under);
    });
    return found;
  };
  look(code.clause.body, false);
  return guarded;
}

/** A field of the object, or a name whose value comes from one. */
function mentionsOwn(e: Expression, code: Code, depth: number): boolean {
  if (e.k === "variable") {
    if (e.name === "this") return true;
    const value = depth > hopLimit ? null : (code.bound(e.name, e)?.value ?? null);
    return value !== null && mentionsOwn(value, code, depth + 1);
  }
  if (e.k === "fn") return false;
  let found = false;
  forEachPart(e, (part) => {
    found ||= mentionsOwn(part, code, depth);
  });
  return found;
}

function mentionsThis(e: Expression): boolean {
  if (e.k === "variable") return e.name === "this";
  let found = false;
  forEachPart(e, (part) => {
    found ||= mentionsThis(part);
  });
  return found;
}

function leaves(e: Expression): boolean {
  if (e.k === "operator") return e.operator === "return" || e.operator === "throw";
  return e.k === "block" && e.items.some(leaves);
}
