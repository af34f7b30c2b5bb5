/**
 * Code that looks a process up and starts it where there is none, and does not reckon with another process that did the same meanwhile. Pure.
 *
 * Needs both in one clause of a function, the start in a branch on what the lookup gave, each at most one function of the workspace away, or two if the
 * first gives back what the second gives; and that neither the function nor what it starts by or its callers speak of `already_started`. A start whose
 * result is dropped does not mind.
 */
import type { Expression } from "../../model/expression.ts";
import type { StartRace } from "../../model/start-race.ts";
import { forEachPart, visitClauses } from "../visit.ts";
import { branchOf } from "./absence.ts";
import { givesBack } from "./given-back.ts";
import type { FlowFunction } from "./graph.ts";

type Kind = "lookup" | "start";

export function findStartRaces(functions: readonly FlowFunction[]): StartRace[] {
  return functions.flatMap((fn) => {
    const lookups = sitesOf(fn, "lookup");
    const starts = lookups.size === 0 ? new Set<Expression>() : sitesOf(fn, "start");
    if (lookups.size === 0 || starts.size === 0) return [];
    return fn.info.facts.clauses.flatMap(({ body }) => {
      const found = new Finder(lookups, starts).find(body);
      if (found === null || reckonsWithOthers(fn, found.start)) return [];
      const site = fn.scan.sites.find(({ e }) => e === found.start);
      const node = site === undefined ? fn.node : fn.nodeOf(site.unit);
      return [{ fn: node.key, lookup: fn.place(found.lookup), start: fn.place(found.start) }];
    });
  });
}

function does({ callees }: FlowFunction, index: number, kind: Kind): boolean {
  return (
    callees[index]?.row?.does.some((operation) =>
      kind === "lookup"
        ? operation.op === "effect" && operation.kind === "whereis"
        : operation.op === "start_child" || (operation.op === "start" && operation.kind !== "task"),
    ) === true
  );
}

/** Whether a function does it, or gives back what another one gives that does. */
function leadsTo(fn: FlowFunction, kind: Kind, below = 1): boolean {
  return fn.callees.some(({ targets }, site) => {
    if (does(fn, site, kind)) return true;
    const [target] = targets;
    const goesOn = below > 0 && targets.length === 1 && target !== undefined && givesBack(fn, fn.scan.sites[site]!);
    return goesOn && leadsTo(target, kind, below - 1);
  });
}

/** Calls that do it, or that surely call a function which does. */
function sitesOf(fn: FlowFunction, kind: Kind): ReadonlySet<Expression> {
  const found = new Set<Expression>();
  for (let i = 0; i < fn.callees.length; i++) {
    const { e } = fn.scan.sites[i]!;
    if (e.k !== "call") continue;
    const { targets } = fn.callees[i]!;
    const [target] = targets;
    const through = targets.length === 1 && target !== undefined && leadsTo(target, kind);
    if (does(fn, i, kind) || through) found.add(e);
  }
  return found;
}

/** Whether the function, what it starts by, or whoever calls it speaks of a process that is there already. */
function reckonsWithOthers(fn: FlowFunction, start: Expression): boolean {
  const index = fn.scan.sites.findIndex(({ e }) => e === start);
  const through = fn.callees[index]?.targets ?? [];
  const next = (functions: readonly FlowFunction[]) => functions.flatMap(({ callees }) => callees.flatMap(({ targets }) => targets));
  const below = next(through);
  const around = [fn, ...through, ...below, ...next(below), ...fn.callers.map((caller) => caller.fn)];
  return around.some(speaksOfOthers);
}

const spoken = new WeakMap<FlowFunction["info"]["facts"], boolean>();

function speaksOfOthers({ info }: FlowFunction): boolean {
  let known = spoken.get(info.facts);
  if (known === undefined) {
    known = false;
    visitClauses(info.facts.clauses, (e) => {
      known ||= e.k === "atom" && e.value === "already_started";
    });
    spoken.set(info.facts, known);
  }
  return known;
}

class Finder {
  private readonly lookups: ReadonlySet<Expression>;
  private readonly starts: ReadonlySet<Expression>;
  /** Variables that hold what a lookup gave. */
  private readonly held = new Map<string, Expression>();

  constructor(lookups: ReadonlySet<Expression>, starts: ReadonlySet<Expression>) {
    this.lookups = lookups;
    this.starts = starts;
  }

  find(body: Expression): { readonly lookup: Expression; readonly start: Expression } | null {
    let found: { readonly lookup: Expression; readonly start: Expression } | null = null;
    walk(body, (e) => {
      if (e.k === "match" && e.pattern.k === "variable" && this.lookups.has(e.value)) this.held.set(e.pattern.name, e.value);
      const { asked, absent } = branchOf(e);
      const lookup = asked === null ? null : this.lookupOf(asked);
      const start = lookup === null ? null : this.startIn(absent);
      if (lookup !== null && start !== null) found ??= { lookup, start };
    });
    return found;
  }

  private lookupOf(e: Expression): Expression | null {
    if (this.lookups.has(e)) return e;
    return e.k === "variable" ? (this.held.get(e.name) ?? null) : null;
  }

  private startIn(answers: readonly Expression[]): Expression | null {
    let found: Expression | null = null;
    for (const answer of answers)
      walk(answer, (e) => {
        if (this.starts.has(e)) found ??= e;
      });
    return found;
  }
}

/** Sees what is evaluated for its value: no statement whose value is dropped, nothing in anonymous functions. */
function walk(e: Expression, see: (e: Expression) => void): void {
  see(e);
  if (e.k === "fn" || (e.k === "match" && e.pattern.k === "variable" && e.pattern.name.startsWith("_"))) return;
  if (e.k !== "block") return forEachPart(e, (part) => walk(part, see));
  e.items.forEach((item, i) => {
    if (i === e.items.length - 1 || item.k === "match") walk(item, see);
  });
}
