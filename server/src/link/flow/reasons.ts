/** Evidence in a definition's source that it earns its place as a process. Pure. */
import type { EffectKind } from "../../model/effect-kind.ts";
import type { ReasonKind } from "../../model/reason-kind.ts";
import type { Evidence, Place, Reason } from "../../model/topology.ts";
import type { ArgueInput, Client } from "./argue.ts";
import { isSupervisor } from "./defined.ts";
import type { ReadClause } from "./describe.ts";
import type { ReachedEffect } from "./effects.ts";
import { isCatchAllFor } from "./handlers.ts";

/** Effects further away than this say little about the process itself. */
const MAX_DEPTH = 6;
const MAX_EVIDENCE = 6;

export function findReasons(input: ArgueInput, clients: readonly Client[]): Reason[] {
  const { defined, definition } = input;
  const at = (message: string, place: Place = definition.place): Evidence => ({ message, place });
  if (isSupervisor(defined.kind)) return [{ kind: "supervises", text: "supervises other processes", evidence: [at("is a supervisor")] }];
  const reasons = new ReasonList();
  const module = input.print(defined.module.name);
  if (defined.framework)
    reasons.add(
      "framework",
      `runs for ${defined.framework.module}`,
      at(`\`${module}\` is a callback module of ${defined.framework.module}`),
    );
  if (defined.module.file.role === "test") reasons.add("test_double", "stands in for a process in tests", at("is defined in a test"));
  else if (standIn.test(module)) reasons.add("test_double", "stands in for a process in tests", at(`\`${module}\` is named as a stand-in`));
  if (defined.kind === "registry") reasons.add("registered_names", "keeps registered names", at("is a registry"));
  if (defined.kind === "gen_statem")
    reasons.add("state_machine", "is a state machine", at(`is a \`${defined.behaviour?.module.replace(/^:/, "") ?? "gen_statem"}\``));
  if (defined.kind === "gen_stage" || defined.kind === "gen_event" || defined.kind === "broadway")
    reasons.add("event_source", "passes events on by demand or to handlers", at(`is a \`${defined.kind}\``));
  if (defined.kind === "task" && !defined.framework) reasons.add("own_work", "does its work beside its starter", at("is a task"));
  if (defined.kind === "process" && !defined.framework) reasons.add("own_work", "runs a loop of its own", at("is a spawned process"));
  for (const clause of input.clauses) readClause(clause, reasons);
  if (defined.kind !== "task") contend(input, clients, reasons);
  return reasons.result();
}

class ReasonList {
  private readonly found = new Map<ReasonKind, { text: string; evidence: Evidence[] }>();

  add(kind: ReasonKind, text: string, evidence: Evidence): void {
    const known = this.found.get(kind);
    if (known === undefined) this.found.set(kind, { text, evidence: [evidence] });
    else if (known.evidence.length < MAX_EVIDENCE && !known.evidence.some((e) => samePlace(e.place, evidence.place)))
      known.evidence.push(evidence);
  }

  result(): Reason[] {
    return [...this.found].map(([kind, { text, evidence }]) => ({ kind, text, evidence }));
  }
}

function samePlace(a: Place, b: Place): boolean {
  return a.at === b.at && a.file === b.file;
}

/** What test doubles that are no test code are called, by the last part of the name. */
const standIn = /(^|[a-z0-9_.])(Mock|Stub|Fake|Dummy|Double)$|(^|\.)(Mock|Stub|Fake|Dummy)[A-Z]\w*$/;

const BY_EFFECT: Partial<Record<EffectKind, { readonly kind: ReasonKind; readonly text: string; readonly words: string }>> = {
  timer: { kind: "timer", text: "keeps time", words: "sets a timer" },
  monitor: { kind: "monitor", text: "monitors other processes", words: "sets a monitor" },
  link: { kind: "link", text: "is linked to other processes", words: "links itself to another process" },
  trap_exit: { kind: "trap_exit", text: "traps exits", words: "traps exits" },
  port: { kind: "port", text: "holds a port or a socket", words: "works with a port or a socket" },
  subscribe: { kind: "subscriber", text: "subscribes to events", words: "subscribes to events" },
  resource: { kind: "shared_resource", text: "serialises access to a shared resource", words: "changes a resource that others share" },
  task: { kind: "runs_tasks", text: "runs tasks", words: "runs a task" },
  spawn: { kind: "runs_tasks", text: "runs tasks", words: "spawns a process" },
  start: { kind: "runs_tasks", text: "starts processes", words: "starts a process" },
  start_child: { kind: "runs_tasks", text: "starts processes", words: "starts a child" },
};

function readClause(read: ReadClause, reasons: ReasonList): void {
  const { clause, reach, returns } = read;
  if (clause.role === "terminate" && reach.others.length + reach.tables.length + reach.blocks.length > 0)
    reasons.add("terminate", "cleans up when it ends", { message: "`terminate` cleans up", place: clause.place });
  for (const effect of reach.others) readEffect(effect, reasons);
  for (const table of reach.tables)
    if (table.operation === "new" && table.depth <= MAX_DEPTH)
      reasons.add("table_owner", `owns the table ${table.table ?? "it makes"}`, {
        message: `makes the table ${table.table ?? ""}`.trim(),
        place: table.place,
      });
  if (clause.role === "init" && returns?.ignored && works(read))
    reasons.add("own_work", "does its work while its supervisor starts", {
      message: "`init` works and gives `:ignore`",
      place: clause.place,
    });
  if (returns?.timeout)
    reasons.add("timer", "keeps time", { message: `${name(read)} asks to be woken up after a time`, place: clause.place });
  if (clause.role === "continue" && works(read))
    reasons.add("continue", "works on its own account", { message: `${name(read)} works when nobody calls`, place: clause.place });
  if (clause.role === "info") readInfo(read, reasons);
  if (clause.role === "call" && clause.effects.reply === "later" && keepsCaller(read) && !leavesUnanswered(read))
    reasons.add("conversation", "answers some callers later", { message: `${name(read)} does not reply at once`, place: clause.place });
}

function readEffect(effect: ReachedEffect, reasons: ReasonList): void {
  const reason = BY_EFFECT[effect.kind];
  if (effect.waits && effect.depth > 0) return;
  if (reason && effect.depth <= MAX_DEPTH)
    reasons.add(reason.kind, reason.text, { message: `${effect.text} ${reason.words}`, place: effect.place });
}

/** Messages that are no calls or casts: timers, exits, downs, data from ports, events. A clause that only drops what comes is none. */
function readInfo(read: ReadClause, reasons: ReasonList): void {
  const { clause, callback } = read;
  if (callback === null) return;
  const source = callback.fn.info.facts.clauses[clause.clause]!;
  if (!works(read) || (isCatchAllFor(source, callback.row) && clause.effects.state === "unchanged" && clause.effects.others.length === 0))
    return;
  if (clause.tag === "EXIT")
    reasons.add("trap_exit", "handles exits of others", { message: `${name(read)} handles an exit`, place: clause.place });
  else if (clause.tag === "DOWN")
    reasons.add("monitor", "monitors other processes", {
      message: `${name(read)} handles the end of a monitored process`,
      place: clause.place,
    });
  else
    reasons.add("info", "takes messages other than calls and casts", {
      message: `${name(read)} handles a message that is no call and no cast`,
      place: clause.place,
    });
}

/** Whether a clause does anything but hand its state on. */
function works({ clause, reach, callback }: ReadClause): boolean {
  const { effects } = clause;
  if (effects.state !== "unchanged" || reach.blocks.length + reach.tables.length + reach.others.length > 0) return true;
  if (callback === null) return false;
  const { scan, callees } = callback.fn;
  return scan.sites.some((site, i) => site.unit.clause === clause.clause && (site.e.k === "apply" || callees[i]!.targets.length > 0));
}

/** Whether it stops, and has not answered before: the caller exits with it. */
function leavesUnanswered({ returns, reach }: ReadClause): boolean {
  return returns?.stops === true && !reach.others.some(({ kind }) => kind === "reply");
}

/** Whether `from` is bound to a name that the clause may use. */
function keepsCaller({ callback, clause }: ReadClause): boolean {
  if (callback?.row.from == null) return callback !== null;
  const from = callback.fn.info.facts.clauses[clause.clause]?.params[callback.row.from];
  return from !== undefined && !(from.k === "variable" && from.name.startsWith("_"));
}

function name({ clause, callback }: ReadClause): string {
  const fn = callback?.fn.info.facts.name ?? clause.role;
  return `\`${fn}(${clause.pattern})\``;
}

/** State that a call or cast changes, and clients that are not one process. */
function contend(input: ArgueInput, clients: readonly Client[], reasons: ReasonList): void {
  const changing = input.clauses.filter(
    ({ clause, returns }) =>
      (clause.role === "call" || clause.role === "cast" || clause.role === "event") &&
      clause.effects.state === "changed" &&
      returns?.stops !== true,
  );
  if (changing.length === 0) return;
  const contexts = new Map<string, { readonly many: boolean; readonly label: string; readonly client: Client }>();
  for (const client of clients)
    if (client.sent.message.mode === "call" || client.sent.message.mode === "cast")
      for (const { id, label, cardinality, kind } of client.contexts)
        if (kind !== "external" && !contexts.has(id))
          contexts.set(id, { many: cardinality === "many" || cardinality === "fixed", label, client });
  const found = [...contexts.values()];
  if (found.length < 2 && !found.some((one) => one.many)) return;
  const [first] = changing;
  if (first)
    reasons.add("contended_state", "several processes share its state", {
      message: `${name(first)} changes the state`,
      place: first.clause.place,
    });
  for (const { label, client } of found)
    reasons.add("contended_state", "several processes share its state", {
      message: `used from ${label}`,
      place: client.sent.message.place,
    });
}
