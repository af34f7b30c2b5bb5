/** Process definitions of actor classes: what each method takes and does, why the class is an actor, and what that costs. Pure. */
import { append } from "../../model/append.ts";
import { listContexts } from "../../model/context-words.ts";
import type { Expression } from "../../model/expression.ts";
import type { ActorTable } from "../../model/library.ts";
import { packagesOf } from "../../model/library-packages.ts";
import type { ReasonKind } from "../../model/reason-kind.ts";
import type {
  BlockingStep,
  CallbackClause,
  ClauseEffects,
  Cost,
  Effect,
  Evidence,
  ExecutionContext,
  Message,
  ProcessDefinition,
  Reason,
  TreeNode,
} from "../../model/topology.ts";
import { type Code, forEachPart } from "./code.ts";
import type { Evaluator } from "./evaluate.ts";
import { exclusiveRun } from "./exclusive.ts";
import type { Nodes } from "./nodes.ts";
import type { Objects } from "./objects.ts";
import { readState, type StateSets } from "./own-state.ts";
import type { Program } from "./program.ts";
import type { Script } from "./scripts.ts";
import type { FoundEffect, Sites } from "./sites.ts";
import { packageOf } from "./specifiers.ts";
import { waitOf } from "./waits.ts";

export interface DefinitionInput {
  readonly program: Program;
  readonly evaluator: Evaluator;
  readonly sites: Sites;
  readonly objects: Objects;
  readonly nodes: Nodes;
  readonly trees: readonly TreeNode[];
  /** By the module of the definition that takes them. */
  readonly received: ReadonlyMap<string, readonly Message[]>;
}

const evidenceLimit = 6;
const hopLimit = 8;

/** With what all code does, by the code in which it stands. */
interface Input extends DefinitionInput {
  readonly byCode: ReadonlyMap<Code, readonly FoundEffect[]>;
  /** Libraries whose actors may be called back while they wait. */
  readonly reentrant: ReadonlySet<ActorTable>;
}

export function defineActors(given: DefinitionInput): Map<string, ProcessDefinition> {
  const effects = new Map<Code, FoundEffect[]>();
  const byCode = new Map<Code, FoundEffect[]>();
  for (const effect of given.sites.effects) {
    append(effects, given.nodes.nodeOf(effect.code), effect);
    append(byCode, effect.code, effect);
  }
  const input = { ...given, byCode, reentrant: reentrantIn(given.program) };
  const found = new Map<string, ProcessDefinition>();
  for (const module of input.objects.modules) found.set(module, define(module, effects, input));
  return found;
}

/** What a method does, itself and through what it calls in its own process. */
interface Reach {
  readonly effects: readonly FoundEffect[];
  /** What it sets of the actor's state. */
  readonly sets: StateSets;
  readonly reads: boolean;
}

function define(module: string, effects: ReadonlyMap<Code, readonly FoundEffect[]>, input: Input): ProcessDefinition {
  const { program, objects, trees } = input;
  const { module: facts, script } = program.moduleNamed(module)!;
  const base = program.baseOf(module);
  const outside = base?.outside;
  const methods = program.methodsOf(module).filter(([name]) => outside === undefined || !Object.hasOwn(outside, name));
  const reaches = new Map(methods.map(([, code]) => [code, reachOf(code, effects, input)] as const));
  const callbacks = methods.map(([name, code]) => clauseOf(module, name, code, reaches.get(code)!, input));
  const place = { file: script.path, at: facts.nameAt };
  return {
    module,
    kind: base?.kind ?? "durable_object",
    ...(base?.called === undefined ? {} : { called: base.called }),
    place,
    nodes: trees.filter(({ moduleAtom }) => moduleAtom === module),
    cardinality: objects.cardinalityOf(module),
    callbacks,
    reasons: reasonsOf(module, reaches, place, input),
    costs: costsOf(input.received.get(module) ?? [], input),
    unread: () => [],
    ...(isOpaque(module, program) ? { opaque: true } : {}),
  };
}

/** A class that extends something whose code is not read has what that brings. */
function isOpaque(module: string, program: Program): boolean {
  if (program.writtenOf(module)?.opaque === true || program.exported.has(module)) return true;
  return program.baseOf(module) === null && (program.moduleNamed(module)?.module.behaviours.length ?? 0) > 0;
}

function reachOf(start: Code, effects: ReadonlyMap<Code, readonly FoundEffect[]>, { nodes, program }: DefinitionInput): Reach {
  const [seen, found, sets] = [new Set<Code>([start]), [] as FoundEffect[], { inMemory: [], stored: [] } as StateSets];
  let reads = false;
  let open = [start];
  for (let hops = 0; hops < hopLimit && open.length > 0; hops++) {
    const next: Code[] = [];
    for (const code of open) {
      found.push(...(effects.get(code) ?? []));
      const written = program.writtenOf(code.module.name) ?? program.writtenOf(start.module.name);
      if (code.module === start.module || written !== null) reads = readState(code, written?.form ?? null, sets) || reads;
      for (const { to } of nodes.callsOf(code)) {
        if (seen.has(to)) continue;
        seen.add(to);
        next.push(to);
      }
    }
    open = next;
  }
  return { effects: found, sets, reads };
}

function clauseOf(module: string, name: string, code: Code, reach: Reach, input: Input): CallbackClause {
  const { program } = input;
  const nameAt = code.facts?.nameAt ?? code.clause.at;
  const base = program.baseOf(module) ?? program.plainBase;
  const isExclusive = runsAlone(module, name, input);
  const isInit = name === "constructor" || base?.callbacks[name] === "init";
  const role = isInit ? "init" : (base?.callbacks[name.replace(/ of .*/, "")] ?? (base?.own.includes(name) ? "other" : "call"));
  // The first parameter is the actor itself.
  const params = code.clause.params
    .slice(program.givesContext(module) ? 1 : 0)
    .map((param) => (param.k === "variable" ? param.name : param.k === "map" ? "{…}" : "[…]"));
  return {
    fn: code.key,
    clause: 0,
    role,
    pattern: `${name}(${params.join(", ")})`,
    tag: name,
    place: code.place(code.clause),
    headPlace: code.place({ at: nameAt }),
    ...(isExclusive ? {} : { interleaves: true }),
    // What runs once for each key keeps no other message of that key waiting.
    effects: effectsOf(code, reach, isExclusive && program.writtenOf(module)?.form.once !== true, input),
  };
}

/** Whether no other message is taken until the function has come to its end. */
function runsAlone(module: string, name: string, { program, reentrant }: Input): boolean {
  const exclusive = program.baseOf(module)?.exclusive;
  const table = program.tableOf(module);
  if (table !== null && reentrant.has(table)) return false;
  if (exclusive === undefined || program.writtenOf(module)?.shared.has(name) === true) return false;
  return exclusive === "all" || exclusive.includes(name);
}

function effectsOf(code: Code, { effects, sets, reads }: Reach, isExclusive: boolean, { nodes, evaluator, byCode }: Input): ClauseEffects {
  const storage = effects.filter(({ does }) => does.op === "storage");
  const runs = effects.flatMap((found) => exclusiveRun(found, code, byCode, nodes, evaluator) ?? []);
  const stores = sets.stored.length > 0 || storage.some(({ does }) => does.op === "storage" && does.writes);
  return {
    state: stores || sets.inMemory.length > 0 ? "changed" : "unknown",
    ...(stores && sets.inMemory.length === 0 ? { isStored: true } : {}),
    readsState: reads || storage.length > 0,
    reply: "direct",
    // While an object waits for the outside, other messages are delivered; only what runs exclusively makes them wait.
    blocks: isExclusive ? effects.flatMap((found) => blockOf(found, nodes)) : [],
    tables: [],
    ...(runs.length === 0 ? {} : { exclusive: runs }),
    others: effects.flatMap((found): readonly Effect[] => {
      const { does, code, e } = found;
      return does.op === "effect" ? [{ kind: does.kind, text: does.text, place: code.place(e) }] : [];
    }),
  };
}

/** `reentrancy: { enabled: true }` */
function reentrantIn({ tables, codes }: Program): ReadonlySet<ActorTable> {
  const found = new Set<ActorTable>();
  for (const table of tables) {
    const { reentrancy } = table;
    if (reentrancy === undefined) continue;
    const packages = new Set(packagesOf(table));
    const look = (e: Expression): void => {
      if (e.k === "fn") return;
      if (e.k === "map" && e.pairs.some(([key, value]) => isNamed(key, reentrancy) && value.k === "map" && value.pairs.some(isEnabled)))
        found.add(table);
      forEachPart(e, look);
    };
    const importing = new Map<Script, boolean>();
    for (const { script, clause } of codes) {
      let imports = importing.get(script);
      if (imports === undefined) importing.set(script, (imports = script.facts.imports.some(({ from }) => packages.has(packageOf(from)))));
      if (imports) look(clause.body);
    }
  }
  return found;
}

function isNamed(key: Expression, name: string): boolean {
  return key.k === "text" && key.value === name;
}

function isEnabled([key, value]: readonly [Expression, Expression]): boolean {
  return isNamed(key, "enabled") && value.k === "atom" && value.value === "true";
}

function blockOf(found: FoundEffect, nodes: Nodes): readonly BlockingStep[] {
  const wait = waitOf(found);
  if (wait === null) return [];
  const path = [{ message: `waits for ${wait.what}`, place: wait.place }];
  return [{ what: wait.what, category: wait.category, path, certainty: nodes.nodeOf(found.code) === found.code ? "certain" : "probable" }];
}

const reasonsByEffect: Partial<Record<Effect["kind"], { readonly kind: ReasonKind; readonly text: string }>> = {
  timer: { kind: "timer", text: "keeps time" },
  broadcast: { kind: "conversation", text: "tells its connections" },
  resource: { kind: "own_work", text: "works through a queue of its own" },
  task: { kind: "runs_tasks", text: "works in the background" },
  monitor: { kind: "subscriber", text: "waits for something from outside" },
  subscribe: { kind: "conversation", text: "holds connections to its clients" },
  port: { kind: "port", text: "holds a connection to the outside" },
};

function reasonsOf(module: string, reaches: ReadonlyMap<Code, Reach>, place: ProcessDefinition["place"], input: DefinitionInput): Reason[] {
  const found = new Map<ReasonKind, { text: string; evidence: Evidence[] }>();
  const add = (kind: ReasonKind, text: string, evidence: Evidence): void => {
    const known = found.get(kind);
    if (known === undefined) found.set(kind, { text, evidence: [evidence] });
    else if (known.evidence.length < evidenceLimit && !known.evidence.some((one) => one.place.at === evidence.place.at))
      known.evidence.push(evidence);
  };
  const base = input.program.baseOf(module);
  if (base?.framework === true) add("framework", `runs for ${base.package}`, { message: `extends ${base.name} of ${base.package}`, place });
  for (const [{ facts }, { effects, sets }] of reaches) {
    for (const { does, code, e } of effects) {
      if (does.op === "storage")
        add("durable_state", "keeps durable state", {
          message: does.writes ? "writes to its storage" : "reads its storage",
          place: code.place(e),
        });
      const reason = does.op === "effect" ? reasonsByEffect[does.kind] : undefined;
      if (reason !== undefined && does.op === "effect") add(reason.kind, reason.text, { message: does.text, place: code.place(e) });
      if (does.op === "exclusive")
        add("contended_state", "serializes what its clients do", {
          message: "runs alone, while other messages wait",
          place: code.place(e),
        });
    }
    if (facts?.name === "constructor") continue;
    for (const set of sets.inMemory) add("memory_state", "keeps state in memory between messages", set);
    for (const set of sets.stored) add("durable_state", "keeps durable state", set);
  }
  if (base?.kind === "worker_thread") add("own_work", "runs beside what starts it", { message: "is code of a thread of its own", place });
  const written = input.program.writtenOf(module);
  for (const [key] of written?.object.pairs ?? [])
    if (key.k === "text" && written!.form.works.includes(key.value))
      add("own_work", "does more than answer", { message: `has \`${key.value}\``, place: { file: place.file, at: key.at } });
  const keyed = input.objects.addressesOf(module).filter(({ key }) => key.k !== "constant" && key.k !== "own");
  for (const { place: written } of keyed.slice(0, 3))
    add("identity", "is one for each key", { message: "the key comes from what is given", place: written });
  return [...found].map(([kind, { text, evidence }]) => ({ kind, text, evidence }));
}

export function costsOf(received: readonly Message[], { nodes }: Pick<DefinitionInput, "nodes">): Cost[] {
  const calls = received.filter(({ mode }) => mode === "call");
  if (calls.length === 0) return [];
  const functions = new Set(calls.map(({ from }) => from));
  const contexts = new Map<string, ExecutionContext>();
  for (const id of calls.flatMap(({ from }) => nodes.contextsOfKey(from))) {
    const context = nodes.contexts.get(id);
    if (context !== undefined && context.kind !== "test" && context.kind !== "script" && context.kind !== "external")
      contexts.set(id, context);
  }
  const where = contexts.size === 0 ? "" : ` in ${listContexts(contexts.values(), 3)}`;
  const text = functions.size === 1 ? `1 function waits for it${where}` : `${functions.size} functions wait for it${where}`;
  const evidence = calls.slice(0, evidenceLimit).map(({ place }) => ({ message: "waits for the reply", place }));
  return [{ kind: "callers_wait", text, evidence }];
}
