/** Processes that ordinary code starts, not a supervisor. Pure. */
import type { Expression } from "../../model/expression.ts";
import type { EffectKind, LooseStart } from "../../model/topology.ts";
import type { Definitions } from "./defined.ts";
import type { FlowFunction, FlowGraph, FlowNode } from "./graph.ts";
import type { Followed, HandedOver } from "./operations.ts";
import type { Site } from "./scan.ts";
import { definitionOf } from "./targets.ts";

export interface StartInput {
  readonly graph: FlowGraph;
  readonly definitions: Definitions;
  readonly settled: readonly Followed[];
  readonly handedOver: readonly HandedOver[];
  /** Functions that child specifications of the trees name. */
  readonly startedBy: ReadonlyMap<string, unknown>;
}

export function findLooseStarts(input: StartInput): LooseStart[] {
  const found: LooseStart[] = [];
  const ran = new Map<Followed, FlowNode>();
  for (const { node, by } of input.handedOver) if (!ran.has(by)) ran.set(by, node);
  for (const f of input.settled) {
    if (f.operation.op === "spawn") found.push(...spawned(f, ran.get(f) ?? null, input));
    else if (f.operation.op === "start") found.push(...started(f, input));
  }
  const seen = new Set<string>();
  return found.filter((start) => {
    const key = `${start.fn}|${start.place.file}|${start.place.at}|${start.module}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** A start in a wrapper (`start_link` of the module itself) is a start wherever ordinary code calls the wrapper. */
function started(f: Followed, input: StartInput): LooseStart[] {
  const module = definitionOf(f, input.definitions);
  const { operation } = f;
  if (operation.op !== "start") return [];
  const make = (fn: FlowFunction, site: number): LooseStart => {
    const at = fn.scan.sites[site]!;
    const certainty = module === null ? "unknown" : "certain";
    return { fn: fn.nodeOf(at.unit).key, place: fn.place(at.e), kind: operation.kind, linked: operation.linked, module, lifetime: does(fn, "stop") ? "short" : "long", ...handling(fn, at), certainty };
  };
  return outermost(f.fn, f.site, input).map(({ fn, site }) => make(fn, site));
}

/** Whether the function itself has an effect. One that ends a process starts it for the time of the call. */
function does(fn: FlowFunction, kind: EffectKind): boolean {
  return fn.callees.some(({ row }) => row?.does.some((operation) => operation.op === "effect" && operation.kind === kind) === true);
}

/** What the function does with what it starts at the site. */
function handling(fn: FlowFunction, { e, unit }: Site): Pick<LooseStart, "monitored" | "returned"> {
  const body = unit.fn === null ? fn.info.facts.clauses[unit.clause]?.body : undefined;
  return { monitored: does(fn, "monitor"), returned: body !== undefined && gives(body, e) };
}

/** Whether the value of `part` is the value of `body`, at least on one way through it. */
function gives(body: Expression, part: Expression): boolean {
  if (body === part) return true;
  switch (body.k) {
    case "block": {
      const last = body.items.at(-1);
      return last !== undefined && gives(last, part);
    }
    case "match":
      return gives(body.value, part);
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

/** The calls of start wrappers in ordinary code. Wrappers that a child specification names, or that nothing calls, start for a supervisor. */
function outermost(fn: FlowFunction, site: number, input: StartInput, seen = new Set<FlowFunction>()): { fn: FlowFunction; site: number }[] {
  if (!isStartWrapper(fn, input)) return [{ fn, site }];
  if (seen.has(fn)) return [];
  seen.add(fn);
  return fn.callers.flatMap((caller) => (caller.fn.scan.sites[caller.site]!.e.k === "funref" ? [] : outermost(caller.fn, caller.site, input, seen)));
}

/** A function with which a supervisor may start the process: `start_link` and its like, `child_spec`, an application's `start`, a supervisor's `init`. */
function isStartWrapper(fn: FlowFunction, input: StartInput): boolean {
  const { name, arity } = fn.info.facts;
  if (input.startedBy.has(fn.info.key)) return true;
  const callback = input.definitions.callbacks.get(fn);
  if (callback) return callback.behaviour.context === "application_start";
  return /^start(_|$)/.test(name) || (name === "child_spec" && arity === 1);
}

function spawned(f: Followed, run: FlowNode | null, input: StartInput): LooseStart[] {
  const { operation, fn } = f;
  if (operation.op !== "spawn" || operation.supervisor !== null || operation.waits) return [];
  const own = run !== null && input.definitions.byModule.has(fn.module.name) && run.fn.module === fn.module && isStartWrapper(fn, input);
  const lifetime = own ? "long" : run === null ? "unknown" : loops(run) ? "long" : "short";
  const module = own ? fn.module.name : null;
  const make = (at: FlowFunction, index: number): LooseStart => {
    const site = at.scan.sites[index]!;
    const place = at.place(site.e);
    const certainty = run === null ? "unknown" : "certain";
    return { fn: at.nodeOf(site.unit).key, place, kind: operation.kind, linked: operation.linked, module, lifetime, ...handling(at, site), certainty };
  };
  if (own || (/^start_link/.test(fn.info.facts.name) && isStartWrapper(fn, input))) return outermost(fn, f.site, input).map((one) => make(one.fn, one.site));
  return [make(fn, f.site)];
}

/** Whether what is run comes back to itself: a function that calls itself, or one that it calls does. */
export function loops(node: FlowNode): boolean {
  const starts = node.unit === null ? [node.fn] : calledIn(node);
  return starts.some((start) => recurses(start));
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
