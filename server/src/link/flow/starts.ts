/** Processes that ordinary code starts, not a supervisor. Pure. */

import type { EffectKind } from "../../model/effect-kind.ts";
import type { Expression } from "../../model/expression.ts";
import type { Operation } from "../../model/library.ts";
import type { LooseStart } from "../../model/loose-start.ts";
import type { Value } from "../evaluate/value.ts";
import { visitExpression } from "../visit.ts";
import { type Definitions, isSupervisor, startsDefined } from "./defined.ts";
import type { Followed } from "./followed.ts";
import { awaitsReady, givesBack, isDropped, isKeptByKey, isKeptInData, isValueOf } from "./given-back.ts";
import type { Callee, FlowFunction, FlowGraph, FlowNode } from "./graph.ts";
import type { HandedOver } from "./hand-over.ts";
import { loopOf } from "./loops.ts";
import { valueTag } from "./patterns.ts";
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
  const ends = module !== null && endsItself(module, input);
  const make = (fn: FlowFunction, site: number, onDemand: boolean): LooseStart => {
    const at = fn.scan.sites[site]!;
    // An Agent runs no module's code, so that its start says all.
    const certainty = module === null && operation.kind !== "agent" ? "unknown" : "certain";
    const lifetime = ends || does(fn, "stop") || closes(fn, module, input) ? "short" : "long";
    return {
      fn: fn.nodeOf(at.unit).key,
      place: fn.place(at.e),
      kind: operation.kind,
      linked: operation.linked,
      module,
      lifetime,
      ...handling(fn, at, input.graph),
      ...(onDemand ? { onDemand } : {}),
      certainty,
    };
  };
  return outermost(f.fn, f.site, input).map(({ fn, site, onDemand }) => make(fn, site, onDemand));
}

/** Whether it stops in a normal way when something happens that nobody asked it for: its work is done, its time is up, its owner is gone. */
function endsItself(module: string, { definitions }: StartInput): boolean {
  const callbacks = definitions.byModule.get(module)?.callbacks ?? [];
  return callbacks.some(
    ({ fn, row }) =>
      (row.role === "info" || row.role === "continue" || row.role === "event") &&
      fn.info.facts.clauses.some(({ body }) => stopsNormally(body)),
  );
}

function stopsNormally(body: Expression): boolean {
  let found = false;
  visitExpression(body, (e) => {
    if (e.k !== "tuple" || e.items[0]?.k !== "atom" || e.items[0].value !== "stop") return;
    const reason = e.items[1]?.k === "tuple" ? e.items[1].items[0] : e.items[1];
    if (reason?.k === "atom" && (reason.value === "normal" || reason.value === "shutdown")) found = true;
  });
  return found;
}

/** Whether the function has an effect, itself or by a client function that it calls. One that ends a process starts it for the time of the call. */
function does(fn: FlowFunction, kind: EffectKind): boolean {
  const has = ({ row }: Callee): boolean => row?.does.some((operation) => operation.op === "effect" && operation.kind === kind) === true;
  return fn.callees.some((callee) => has(callee) || callee.targets.some((target) => target.callees.some(has)));
}

/**
 * Whether the function, or one beside it in another module than the process's, also calls the module's own way to end its process: `Session.stop(pid)`,
 * however that is done.
 */
function closes(fn: FlowFunction, module: string | null, { graph }: StartInput): boolean {
  const ending = /^(stop|close|terminate|shutdown|disconnect)/;
  const ends = ({ callees }: FlowFunction): boolean =>
    callees.some(({ targets }) => targets.some(({ info }) => info.module === module && ending.test(info.facts.name)));
  if (module === null) return false;
  return ends(fn) || (fn.module.name !== module && graph.ofModule(fn.module.name).some(ends));
}

/** What the function does with what it starts at the site. */
function handling(fn: FlowFunction, site: Site, graph: FlowGraph): Pick<LooseStart, "monitored" | "returned"> {
  const returned = (givesBack(fn, site) && !isDropped(fn)) || isKeptInData(fn, site);
  const monitored =
    does(fn, "monitor") || (returned && fn.callers.some((caller) => does(caller.fn, "monitor"))) || isKnownByName(fn, site, graph);
  return { monitored, returned };
}

/** `register(loader, spawn(…))`, `Process.register(pid, Loader)`: the name that the function registers what it starts under. */
function registeredName(fn: FlowFunction, site: Site): string | null {
  const isStarted = (arg: Expression): boolean => arg === site.e || isValueOf(arg, fn, site);
  const index = fn.scan.sites.findIndex(
    ({ e }) => e.k === "call" && e.name === "register" && e.args.length === 2 && e.args.some(isStarted),
  );
  const call = fn.scan.sites[index]?.e;
  return call?.k === "call" ? valueTag(fn.argument(index, call.args.findIndex(isStarted) === 0 ? 1 : 0)) : null;
}

/** Whether a call of the function (of any name, if none is given) has the registered name as an argument. */
function names(fn: FlowFunction, tag: string, by?: string): boolean {
  return fn.scan.sites.some(
    ({ e }, i) =>
      e.k === "call" && (by === undefined || e.name === by) && e.args.some((_, position) => valueTag(fn.argument(i, position)) === tag),
  );
}

/** Where the module also monitors what has the name that it is registered under, or has another function that ends it by that. */
function isKnownByName(fn: FlowFunction, site: Site, graph: FlowGraph): boolean {
  const tag = registeredName(fn, site);
  if (tag === null) return false;
  return graph
    .ofModule(fn.module.name)
    .some((other) => names(other, tag, "monitor") || (other !== fn && names(other, tag) && does(other, "stop")));
}

/** Whether a function asks whether the process is there already, or takes it that it is. */
function startsOnDemand(fn: FlowFunction): boolean {
  if (does(fn, "whereis")) return true;
  let found = false;
  for (const { body } of fn.info.facts.clauses)
    visitExpression(body, (e) => {
      found ||= e.k === "atom" && e.value === "already_started";
    });
  return found;
}

interface Outermost {
  readonly fn: FlowFunction;
  readonly site: number;
  readonly onDemand: boolean;
}

/** The calls of start wrappers in ordinary code. Wrappers that a child specification names, or that nothing calls, start for a supervisor. */
function outermost(fn: FlowFunction, site: number, input: StartInput, seen = new Set<FlowFunction>(), below = false): Outermost[] {
  if (isBridged(fn, site, input)) return [];
  const onDemand = below || startsOnDemand(fn);
  if (!isStartWrapper(fn, input) || isBesideTree(fn, site, input)) return [{ fn, site, onDemand }];
  if (seen.has(fn)) return [];
  seen.add(fn);
  return fn.callers.flatMap((caller) =>
    caller.fn.scan.sites[caller.site]!.e.k === "funref" ? [] : outermost(caller.fn, caller.site, input, seen, onDemand),
  );
}

/** What the `init` of a `supervisor_bridge` gives back is the bridge's child. Source: https://www.erlang.org/doc/apps/stdlib/supervisor_bridge.html */
function isBridged(fn: FlowFunction, index: number, { definitions }: StartInput): boolean {
  const callback = definitions.callbacks.get(fn);
  return callback?.behaviour.module === ":supervisor_bridge" && callback.row.role === "init" && givesBack(fn, fn.scan.sites[index]!);
}

/** A start in an application's `start/2` that is not what it gives back: no part of the tree, unless it is a supervisor. */
function isBesideTree(fn: FlowFunction, index: number, { definitions, graph }: StartInput): boolean {
  if (definitions.callbacks.get(fn)?.behaviour.context !== "application_start") return false;
  const { row, targets } = fn.callees[index]!;
  const kinds = [
    ...(row?.does.flatMap((operation) => (operation.op === "start" ? [operation.kind] : [])) ?? []),
    ...targets.map(({ module }) => definitions.byModule.get(module.name)?.kind ?? "supervisor"),
  ];
  return !kinds.some(isSupervisor) && handling(fn, fn.scan.sites[index]!, graph).returned !== true;
}

/** A function with which a supervisor may start the process: `start_link` and its like, `child_spec`, an application's `start`, a supervisor's `init`. */
function isStartWrapper(fn: FlowFunction, input: StartInput): boolean {
  const { name, arity } = fn.info.facts;
  if (input.startedBy.has(fn.info.key)) return true;
  const callback = input.definitions.callbacks.get(fn);
  if (callback) return callback.behaviour.context === "application_start";
  return /^start(_|$)/.test(name) || (name === "child_spec" && arity === 1);
}

/** Whether the module's own start spawns its process: what a server spawns besides is none. */
function isOwnProcess(fn: FlowFunction, run: FlowNode, input: StartInput): boolean {
  const defined = input.definitions.byModule.get(fn.module.name);
  if (defined === undefined || defined.behaviour === null) return false;
  return run.fn.module === fn.module && isStartWrapper(fn, input) && startsDefined(defined, run);
}

function spawned(f: Followed, run: FlowNode | null, input: StartInput): LooseStart[] {
  const { operation, fn } = f;
  if (operation.op !== "spawn" || operation.supervisor !== null || operation.waits || isTimer(f)) return [];
  const watched = operation.options !== undefined && !isUnwatched(f.primitive.fn.argument(f.primitive.site, operation.options));
  const own = run !== null && isOwnProcess(fn, run, input);
  const options = spawnOptions(f);
  const caretaker = options.has("monitor") || (run !== null && (performs(run, "link") || performs(run, "monitor")));
  const loop = run === null ? null : loopOf(run);
  const ends = loop !== null && (does(fn, "stop") || isOnOtherNode(operation));
  const lifetime = own || (loop !== null && !ends) ? "long" : run === null ? "unknown" : "short";
  const module = own ? fn.module.name : (loop?.module.name ?? null);
  const make = (at: FlowFunction, index: number): LooseStart => {
    const site = at.scan.sites[index]!;
    const place = at.place(site.e);
    const isKept = isKeptInData(at, site) || isKeptByKey(at, site);
    const isEnded = !own && isKept && input.graph.ofModule(at.module.name).some((one) => does(one, "stop"));
    const certainty = run === null ? "unknown" : "certain";
    return {
      fn: at.nodeOf(site.unit).key,
      place,
      kind: operation.kind,
      linked: operation.linked || watched,
      module,
      lifetime: isEnded ? "short" : lifetime,
      ...handling(at, site, input.graph),
      ...(awaitsReady(at, site) ? { awaited: true } : {}),
      ...(loop !== null && !loop.takesMessages ? { deaf: true } : {}),
      ...(caretaker ? { monitored: true } : {}),
      certainty,
    };
  };
  if (own || givesStarted(f, input) || (/^start_link/.test(fn.info.facts.name) && isStartWrapper(fn, input)))
    return outermost(fn, f.site, input).map((one) => make(one.fn, one.site));
  return isBridged(fn, f.site, input) ? [] : [make(fn, f.site)];
}

/** Whether options of a spawn surely ask for neither a link nor a monitor. */
function isUnwatched(options: Value): boolean {
  if (options.v !== "list" || !options.complete) return false;
  return options.items.every(({ value }) => {
    const tag = valueTag(value);
    return tag !== null && tag !== "link" && tag !== "monitor";
  });
}

/** `spawn_opt(fun loop/0, [link, monitor])`: the options without values. */
function spawnOptions({ primitive: { fn, site } }: Followed): ReadonlySet<string> {
  const { e } = fn.scan.sites[site]!;
  const last = e.k === "call" && /^spawn_(opt|request)$/.test(e.name) ? e.args.at(-1) : undefined;
  return new Set(last?.k === "list" ? last.items.flatMap((item) => (item.k === "atom" ? [item.value] : [])) : []);
}

/** `spawn(Node, Module, Function, Arguments)`: no supervisor of this node could have it as its child. */
function isOnOtherNode({ run, supervisor }: Operation & { readonly op: "spawn" }): boolean {
  return run === 1 && supervisor === null;
}

/** What a timer runs is done once a time. */
function isTimer({ primitive }: Followed): boolean {
  return (
    primitive.fn.callees[primitive.site]?.row?.does.some((operation) => operation.op === "effect" && operation.kind === "timer") === true
  );
}

/** Whether a node itself has an effect. What links itself to another process, or monitors it, ends with it. */
function performs(node: FlowNode, kind: EffectKind): boolean {
  const { fn } = node;
  return fn.scan.sites.some(
    (site, i) => fn.nodeOf(site.unit) === node && fn.callees[i]!.row?.does.some((o) => o.op === "effect" && o.kind === kind) === true,
  );
}

/** `start(…) -> {ok, proc_lib:spawn(…)}`: what a supervisor calls, or whoever wants one. */
function givesStarted({ fn, site }: Followed, input: StartInput): boolean {
  const at = fn.scan.sites[site]!;
  return (
    fn.module.file.language === "erlang" &&
    isStartWrapper(fn, input) &&
    (handling(fn, at, input.graph).returned === true || awaitsReady(fn, at))
  );
}
