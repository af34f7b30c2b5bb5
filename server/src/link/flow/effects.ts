/**
 * What a piece of code does to the world, through everything it calls in the same process: waits, tables, timers, monitors and so on.
 *
 * Pure. Breadth first, so that the path to each effect is a shortest one.
 */
import { type Bindings, handedDown, mayHold, NO_BINDINGS } from "../../model/bindings.ts";
import type { Expression, ReceiveExpression } from "../../model/expression.ts";
import type { FunctionRow, Operation } from "../../model/library.ts";
import type { BlockingStep, Certainty, Effect, Evidence, TableUse, Wait } from "../../model/topology.ts";
import type { Value } from "../evaluate/value.ts";
import { moduleAtom } from "../library-index.ts";
import { visitExpression } from "../visit.ts";
import { isAlwaysRun } from "./always-run.ts";
import { circumstancesAt, givenAt, needsAt, underAt } from "./circumstances.ts";
import { ALL_CLAUSES, type Clauses, chooseClauses, hasClause } from "./clause-choice.ts";
import type { Edge } from "./contexts.ts";
import { endsProcess } from "./ending.ts";
import type { FlowFunction, FlowNode } from "./graph.ts";
import { printFunction } from "./operations.ts";
import { patternTag } from "./patterns.ts";
import type { Site } from "./scan.ts";
import { type Entered, Visited } from "./visited.ts";

const MAX_DEPTH = 10;
const MAX_NODES = 300;
const MAX_EFFECTS = 60;

/** `depth` 0: in the clause itself. `waits`: the process waits for what it starts. */
export type ReachedEffect = Effect & { readonly depth: number; readonly waits: boolean };

export interface Reach {
  readonly blocks: readonly BlockingStep[];
  readonly tables: readonly (TableUse & { readonly depth: number })[];
  readonly others: readonly ReachedEffect[];
}

interface Step {
  readonly node: FlowNode;
  /** The clause of the function that it is confined to; -1 for those of `clauses`. */
  readonly clause: number;
  readonly clauses: Clauses;
  readonly parent: Step | null;
  /** The call in `parent` that leads here. */
  readonly edge: Edge | null;
  readonly depth: number;
  readonly certainty: Certainty;
  /** Whether no call of it comes back: nobody gets an answer after what it waits for. */
  readonly ends: boolean;
  /** What the calls so far say of the function's parameters. */
  readonly bindings: Bindings;
  /** Whether a call on the way stands where a table or a map does not hold what is looked up. */
  readonly misses: boolean;
  /** In a task whose end the process waits for: its waits are those of the process, nothing else is. */
  readonly inTask: boolean;
}

export class EffectReader {
  private readonly edges: readonly (readonly Edge[])[];
  /** By node: what tasks run that it waits for. */
  private readonly awaited: ReadonlyMap<FlowNode, readonly Edge[]>;
  /** Sites with library rows, by node. */
  private readonly sites: readonly (readonly number[])[];
  private readonly targetText: (fn: FlowFunction, site: number) => string | null;
  /** By node: whether any effect can be reached from it. */
  private readonly leadsToEffect: Uint8Array;

  constructor(
    edges: readonly (readonly Edge[])[],
    awaited: ReadonlyMap<FlowNode, readonly Edge[]>,
    sites: readonly (readonly number[])[],
    targetText: (fn: FlowFunction, site: number) => string | null,
  ) {
    this.edges = edges;
    this.awaited = awaited;
    this.sites = sites;
    this.targetText = targetText;
    this.leadsToEffect = findLeads(edges, sites);
  }

  /** `clause` -1: the whole node. */
  read(node: FlowNode, clause: number): Reach {
    const collector = new Collector(this.targetText);
    const queue: Step[] = [
      {
        node,
        clause,
        clauses: ALL_CLAUSES,
        parent: null,
        edge: null,
        depth: 0,
        certainty: "certain",
        ends: false,
        inTask: false,
        ...start,
      },
    ];
    const visited = new Visited();
    const visitedInTasks = new Visited();
    if (clause < 0) visited.enter(node, ALL_CLAUSES, NO_BINDINGS);
    for (let next = 0; next < queue.length && next < MAX_NODES; next++) {
      const step = queue[next]!;
      const { fn } = step.node;
      for (const index of this.sites[step.node.id]!) {
        const site = fn.scan.sites[index]!;
        if (!site.debug && isIn(step, site)) collector.see(step, index);
      }
      if (step.depth >= MAX_DEPTH) continue;
      const follow = (edge: Edge, inTask: boolean): void => {
        if (this.leadsToEffect[edge.to.id] === 0) return;
        const from = edge.site < 0 ? null : fn.scan.sites[edge.site]!;
        if (from && (from.debug || !isIn(step, from) || isStored(fn, from))) return;
        const chosen = from && !inTask ? chooseClauses(from, edge.to.fn) : ALL_CLAUSES;
        const given = from ? handedDown(givenAt(fn, from, edge.to.fn), step.bindings) : NO_BINDINGS;
        const entered = (inTask ? visitedInTasks : visited).enter(edge.to, chosen, given);
        if (entered !== null) queue.push({ ...nextStep(step, edge, entered), inTask });
      };
      for (const edge of this.edges[step.node.id]!) follow(edge, step.inTask);
      for (const edge of this.awaited.get(step.node) ?? []) follow(edge, true);
    }
    return collector.result();
  }
}

/** What a node itself waits for at a site, apart from the replies of processes; null where it does not wait. */
export function waitAt({ fn }: FlowNode, index: number): Wait | null {
  const site = fn.scan.sites[index]!;
  if (site.debug) return null;
  const each = site.each ? { each: true } : {};
  const at = { place: fn.place(site.e), clause: site.unit.clause, ...each, ...circumstancesAt(fn, site) };
  if (site.e.k === "receive") return asksOnly(site.e) ? null : { what: receiveText, category: "receive", ...at };
  const row = fn.callees[index]!.row;
  for (const operation of row?.does ?? []) {
    if (operation.op === "block" && !doesNotWait(fn, index, operation.category))
      return { what: `${operation.what} (${rowName(row!, site.e, fn)})`, category: operation.category, ...at };
    if (operation.op === "spawn" && operation.waits)
      return { what: `waits for tasks (${rowName(row!, site.e, fn)})`, category: "call", ...at };
  }
  return null;
}

/** Backwards along the edges from all nodes with effects of their own. */
function findLeads(edges: readonly (readonly Edge[])[], sites: readonly (readonly number[])[]): Uint8Array {
  const from: number[][] = edges.map(() => []);
  edges.forEach((list, id) => {
    for (const { to } of list) from[to.id]!.push(id);
  });
  const leads = new Uint8Array(edges.length);
  const queue: number[] = [];
  sites.forEach((list, id) => {
    if (list.length > 0) queue.push(id);
  });
  for (const id of queue) leads[id] = 1;
  for (let next = 0; next < queue.length; next++)
    for (const id of from[queue[next]!]!) {
      if (leads[id] === 1) continue;
      leads[id] = 1;
      queue.push(id);
    }
  return leads;
}

/** The call that leads to a step, as evidence. */
function callOf(step: Step): Evidence | null {
  const { edge, parent } = step;
  if (edge === null || parent === null) return null;
  const { fn } = parent.node;
  return { message: `\`${printFunction(edge.to.fn)}\``, place: edge.site < 0 ? edge.to.place : fn.place(fn.scan.sites[edge.site]!.e) };
}

/** The calls from the start down to a step. */
function pathTo(step: Step): readonly Evidence[] {
  const path: Evidence[] = [];
  for (let s: Step | null = step; s !== null; s = s.parent) {
    const call = callOf(s);
    if (call) path.unshift(call);
  }
  return path;
}

/** Whether the site is in a clause that is meant, and no literal that is handed down rules it out. */
function isIn({ node, clause, clauses, bindings }: Step, site: Site): boolean {
  const own = site.unit.clause;
  if (clause < 0 ? !hasClause(clauses, own) : own !== clause) return false;
  return bindings.size === 0 || mayHold(needsAt(node.fn, site), bindings);
}

const start = { bindings: NO_BINDINGS, misses: false };

const storing = /^Elixir\.(Keyword|Map|Application)\.(get|get_env|put|put_env|put_new|fetch!?|pop|replace!?)\//;

/** A reference that is put away, or that stands in for one that is not given (`Keyword.get(options, :report, &report/0)`): nothing runs it here. */
function isStored({ scan }: FlowFunction, { e }: Site): boolean {
  return e.k === "funref" && storing.test(scan.hosts.get(e) ?? "");
}

/** One of several clauses may be another one than the one that matters: what is behind it is probable. */
function nextStep(step: Step, edge: Edge, { clauses, bindings }: Entered): Step {
  const { fn } = step.node;
  const sure = edge.site < 0 ? "certain" : fn.callees[edge.site]!.certainty;
  const single = (clauses & (clauses - 1)) === 0 || edge.to.fn.info.facts.clauses.length < 2;
  const certainty = step.certainty !== "certain" ? step.certainty : single ? sure : "probable";
  return {
    node: edge.to,
    clause: -1,
    clauses,
    bindings,
    misses: step.misses || (edge.site >= 0 && isOnMiss(fn, edge.site)),
    parent: step,
    edge,
    depth: step.depth + 1,
    certainty,
    ends: step.ends || endsProcess(edge.to),
    inTask: step.inTask,
  };
}

function isOnMiss({ scan }: FlowFunction, site: number): boolean {
  return underAt(scan.sites[site]!).includes("miss");
}

class Collector {
  private readonly blocks = new Map<string, BlockingStep>();
  private readonly tables = new Map<string, TableUse & { depth: number }>();
  private readonly others: ReachedEffect[] = [];
  private readonly seen = new Set<string>();
  private readonly targetText: (fn: FlowFunction, site: number) => string | null;

  constructor(targetText: (fn: FlowFunction, site: number) => string | null) {
    this.targetText = targetText;
  }

  result(): Reach {
    return { blocks: [...this.blocks.values()], tables: [...this.tables.values()], others: this.others };
  }

  see(step: Step, index: number): void {
    const { fn } = step.node;
    const site = fn.scan.sites[index]!;
    if (site.e.k === "receive") {
      if (!asksOnly(site.e)) this.receive(step, index, site.e);
      return;
    }
    const row = fn.callees[index]!.row;
    if (row === null) return;
    const name = rowName(row, site.e, fn);
    for (const operation of row.does) this.seeOperation(step, index, operation, name);
  }

  private seeOperation(step: Step, index: number, operation: Operation, name: string): void {
    switch (operation.op) {
      case "block":
        if (!doesNotWait(step.node.fn, index, operation.category))
          this.block(step, index, operation.category, `${operation.what} (${name})`);
        return;
      case "message":
      case "run_in":
        if (operation.mode === "call") return this.block(step, index, "call", this.callText(step.node.fn, index, name));
        return this.other(step, index, operation.mode === "info" ? "send" : "cast", name);
      case "start_child":
        this.block(step, index, "call", `starts a child and waits for it (${name})`);
        return this.other(step, index, "start_child", name);
      case "start":
        return this.other(step, index, "start", name);
      case "spawn":
        if (operation.waits) this.block(step, index, "call", `waits for tasks (${name})`);
        return this.other(step, index, operation.kind === "task" ? "task" : "spawn", name, operation.waits);
      case "table":
        return this.table(step, index, operation);
      case "effect":
        if (operation.kind === "trap_exit" && !trapsExits(step.node.fn, index)) return;
        return this.other(step, index, operation.kind, name, false, operation.target);
    }
  }

  private receive(step: Step, index: number, e: ReceiveExpression): void {
    const tags = e.clauses.map(({ params }) => (params[0] === undefined ? null : patternTag(params[0])));
    const awaits = tags.flatMap((tag) => tag ?? []);
    const more = { ...(isAnswer(e) ? { answer: true } : {}), ...(awaits.length === tags.length ? { awaits } : {}) };
    this.block(step, index, "receive", isAnswer(e) ? answerText : receiveText, more);
  }

  private callText(fn: FlowFunction, index: number, name: string): string {
    const target = this.targetText(fn, index);
    return target === null ? `call to another process (${name})` : `call to ${target} (${name})`;
  }

  private block(
    step: Step,
    index: number,
    category: BlockingStep["category"],
    what: string,
    more: Pick<BlockingStep, "answer" | "awaits"> = {},
  ): void {
    const key = `${category}|${what}`;
    if (step.ends || this.blocks.has(key) || this.blocks.size >= 12) return;
    const { fn } = step.node;
    const path = [...pathTo(step), { message: what, place: fn.place(fn.scan.sites[index]!.e) }];
    const always = step.certainty === "certain" && isAlwaysReached(step, index);
    this.blocks.set(key, {
      what,
      category,
      path,
      certainty: step.certainty,
      ...more,
      ...(always ? { always } : {}),
      ...(step.misses || isOnMiss(fn, index) ? { onMiss: true } : {}),
    });
  }

  private table(step: Step, index: number, operation: Operation & { op: "table" }): void {
    if (step.inTask) return;
    const { fn } = step.node;
    const table = printedName(fn.argument(index, operation.table), fn);
    const key = `${operation.operation}|${table}`;
    const place = fn.place(fn.scan.sites[index]!.e);
    if (this.tables.has(key)) return;
    const path = step.depth > 0 && table !== null ? { path: pathTo(step) } : {};
    const shared = operation.shared === true ? { shared: true } : {};
    this.tables.set(key, { operation: operation.operation, table, place, depth: step.depth, ...path, ...shared });
  }

  private other(step: Step, index: number, kind: Effect["kind"], text: string, waits = false, position?: number): void {
    if (step.inTask || this.others.length >= MAX_EFFECTS) return;
    const { fn } = step.node;
    const place = fn.place(fn.scan.sites[index]!.e);
    // A function that is looked at for several bindings says the same of all.
    const key = `${kind}|${place.file}|${place.at}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const target = position === undefined ? null : printedName(fn.argument(index, position), fn);
    const through = target === null ? {} : { target, ...(step.depth > 0 ? { path: pathTo(step) } : {}) };
    this.others.push({ kind, text, place, depth: step.depth, waits, ...through });
  }
}

/** Whether the clause that is read comes to the site whatever the values are. */
function isAlwaysReached(step: Step, index: number): boolean {
  const { fn } = step.node;
  const { e, unit } = fn.scan.sites[index]!;
  const body = unit.fn === null ? fn.info.facts.clauses[unit.clause]?.body : undefined;
  if (body === undefined || !isAlwaysRun(body, e)) return false;
  return step.parent === null || (step.edge !== null && step.edge.site >= 0 && isAlwaysReached(step.parent, step.edge.site));
}

const receiveText = "waits for a message (`receive`)";
const answerText = "waits for an answer (`receive`)";

/** Whether each clause asks for a value that was known before, as a call does for its reference. */
function isAnswer({ clauses }: ReceiveExpression): boolean {
  return clauses.length > 0 && clauses.every(({ params }) => params[0] !== undefined && pins(params[0]));
}

function pins(pattern: Expression): boolean {
  let found = false;
  visitExpression(pattern, (e) => {
    if (e.k === "operator" && e.operator === "^") found = true;
  });
  return found;
}

/** A `receive` that looks into the mailbox and goes on. */
function asksOnly({ timeout }: ReceiveExpression): boolean {
  return timeout?.k === "number" && timeout.value === 0;
}

/** `Req.get/1` between backticks, with the arity of the call. */
function rowName({ module, name }: FunctionRow, e: Expression, fn: FlowFunction): string {
  const arity = e.k === "call" ? e.args.length : e.k === "funref" ? e.arity : 0;
  return `\`${fn.values.questions.evaluator.printFunction(moduleAtom(module.replace(/^use:/, "")), name, arity)}\``;
}

function printedName(value: Value, fn: FlowFunction): string | null {
  return value.v === "atom" ? fn.values.questions.evaluator.printAtom(value.value) : null;
}

/** A timeout of 0, or `:brutal_kill`: asks and goes on. */
function doesNotWait(fn: FlowFunction, index: number, category: BlockingStep["category"]): boolean {
  const { e } = fn.scan.sites[index]!;
  if (e.k !== "call" || (category !== "call" && category !== "sleep")) return false;
  const last = e.args.at(-1);
  return (last?.k === "number" && last.value === 0) || (last?.k === "atom" && last.value === "brutal_kill");
}

function trapsExits(fn: FlowFunction, index: number): boolean {
  const flag = fn.argument(index, 0);
  const value = fn.argument(index, 1);
  return flag.v === "atom" && flag.value === "trap_exit" && !(value.v === "atom" && value.value === "false");
}
