/**
 * A clause that only hands out data to a crowd: from the state (`serialized-reads`), or from an ETS table (`reads-through-owner`).
 *
 * Needs, besides the crowd in a context of cardinality `many`: the clause surely leaves the state as it was, answers at once, and has no other
 * effect, nor anything to go on with, so that nothing has to be serialized in it (a lock, a queue, a checkout, a sequence change the state in the clause that answers). For reads
 * from the state also:
 * - no other clause takes the same message and does more (one way to run it may have callers wait on purpose), and it is not answered by code that is
 *   not read, which may be what callers have to go through one at a time (a socket, a device, a store). Where the process has no other reason, neither
 *   is any other call;
 * - a reason to mind: other clauses of the process do slow work, not only to start, behind which readers wait too; or readers come at the rate of machines (requests,
 *   channels, jobs, connections, tasks) or from three functions, not counting what a process does when it starts, ends or restarts in place. A LiveView
 *   that asks once in a while is a hint: a quick answer is no bottleneck;
 * - what changes the state is not itself on the path of a request. Timers, `handle_continue`, and callers of cardinality one are fine; where a crowd
 *   writes too, be it through a clause that another state chooses, it is a hint of certainty `probable`, since readers may need to see what was written
 *   before.
 * Callers on other nodes can read no table of this one: they count where they wait behind slow work.
 * A read from a table is only one if the clause asks for nothing else of the state, which callers do not have, and callers are on the same node; without a reason to mind it is an `info`, too.
 * Reads from a table that the process made itself are an `info`, certainty `probable`, where nothing says who calls: the functions of a library do.
 */

import { isScript } from "../../model/function-name.ts";
import type { CallbackClause, ExecutionContext, Message } from "../../model/topology.ts";
import { type Caller, type CallerIndex, type Crowd, crowdOf, isMany } from "../callers.ts";
import { clauseKey, clausesOf, headOf } from "../clauses.ts";
import type { SlowStep } from "../slow-steps.ts";
import { termsOf } from "../terms.ts";
import { callerEvidence, clauseName, code, crowdName } from "../wording.ts";
import { isOccasional } from "./occasions.ts";
import { type Bottleneck, openClauses, type Served, type Singleton, servedClauses } from "./singleton.ts";

export function serializedReads(singleton: Singleton): Bottleneck | null {
  // JavaScript has no table that others read.
  if (isScript(singleton.definition.module)) return null;
  const served = servedClauses(singleton).filter(({ crowd, clause }) => crowd.many.length > 0 && isRead(clause));
  const [table] = served.filter((one) => readsTable(one) && readsOwnTable(one.clause, singleton));
  if (table !== undefined)
    return { ...reportTable(table, singleton), ...(matters(table.crowd, singleton) ? {} : { severity: "info" as const }) };
  const [state] = served.filter(
    ({ clause }) => clause.effects.tables.length === 0 && clause.effects.readsState && isOnlyRead(clause, singleton),
  );
  if (state !== undefined) return reportState(state, singleton);
  const isOpenRead = (one: Served): boolean => isRead(one.clause) && readsTable(one) && readsOwnTable(one.clause, singleton);
  const [open] = ownsTable(singleton) ? openClauses(singleton).filter(isOpenRead) : [];
  return open === undefined ? null : { ...reportTable(open, singleton), severity: "info" };
}

function ownsTable({ definition }: Singleton): boolean {
  return definition.reasons.some(({ kind }) => kind === "table_owner");
}

function isRead({ effects }: CallbackClause): boolean {
  return (
    effects.state === "unchanged" &&
    effects.reply === "direct" &&
    effects.goesOn !== true &&
    effects.blocks.length === 0 &&
    effects.others.length === 0 &&
    effects.tables.every(({ operation }) => operation === "read")
  );
}

/** Reads tables, and no persistent term, which every process reads by itself, for somebody on the same node. */
function readsTable({ clause: { effects }, crowd: { callers } }: Served): boolean {
  const { tables } = effects;
  return tables.length > 0 && tables.every(({ shared }) => shared !== true) && callers.some(({ message }) => message.remote !== true);
}

/** Whether readers wait behind slow work, or there are so many that they wait for each other. */
function matters(crowd: Crowd, singleton: Singleton): boolean {
  return slowWork(singleton) !== null || isBusy(crowd, singleton);
}

/** Tables that the process itself makes, and nothing else of its state: of others it is not the owner. One that the state holds is told by where it is read. */
function readsOwnTable({ effects, fields }: CallbackClause, { definition }: Singleton): boolean {
  const isNamed = effects.tables.every(({ table }) => table !== null);
  if (isNamed ? effects.readsState && fields?.read.length !== 0 : fields !== undefined && fields.read.length > 1) return false;
  const made = definition.callbacks.flatMap(({ effects: { tables } }) => tables.filter(({ operation }) => operation === "new"));
  return (
    made.length > 0 &&
    effects.tables.every(({ table, place }) =>
      table === null ? place.file === definition.place.file : made.some((one) => one.table === null || one.table === table),
    )
  );
}

function isOnlyRead(clause: CallbackClause, { definition }: Singleton): boolean {
  const { reasons, unread } = definition;
  const isSuspect = reasons.every(({ kind }) => kind === "contended_state");
  if (unread().some((call) => call.role === "call" && (isSuspect || clauseKey(call) === clauseKey(clause)))) return false;
  return clausesOf(definition, "call").every((other) => other.pattern !== clause.pattern || isRead(other));
}

function reportTable({ clause, crowd, certainty }: Served, { context, name, definition }: Singleton): Bottleneck {
  const terms = termsOf(definition.module, context.topology.language);
  const [use] = clause.effects.tables;
  const table = use?.table === null || use === undefined ? "an ETS table" : `the ETS table ${code(use.table)}`;
  return {
    variant: "reads-through-owner",
    certainty,
    place: headOf(clause),
    what: `${code(name)} reads ${table} for its callers: ${clauseName(clause)} does nothing else.`,
    why: `It is one process, and ${crowd.many.length === 0 ? "whoever calls it waits for all who do" : `it is called in ${crowdName(crowd)}`}; the table could serve all of them at the same time.`,
    fix: `Read the table in the caller: make it ${terms.protectedTable} and named, with ${terms.readConcurrency}; only writes need the owner.`,
    evidence: [
      ...(use === undefined ? [] : [{ message: "the table is read here", place: use.place }]),
      ...callerEvidence(context, crowd.callers),
    ],
  };
}

function reportState({ clause, crowd, certainty }: Served, singleton: Singleton): Bottleneck | null {
  const { context, name, definition } = singleton;
  const terms = termsOf(definition.module, context.topology.language);
  const writers = crowdedWriters(singleton);
  const work = slowWork(singleton);
  const near = crowd.callers.filter(({ message }) => message.remote !== true);
  if (work === null && crowdOf(near, definition.module) === null) return null;
  const matters = work !== null || isBusy(crowd, singleton);
  if (writers.length > 0 && !matters) return null;
  const severity = writers.length > 0 || !matters ? ("hint" as const) : null;
  const behind = work === null ? "" : `, also behind the slow work of ${clauseName(work.clause)} (${work.wait.step.what})`;
  return {
    variant: "serialized-reads",
    ...(severity === null ? {} : { severity }),
    certainty: writers.length === 0 ? certainty : "probable",
    place: headOf(clause),
    what: `${code(name)} only hands out what it knows when it handles ${clauseName(clause)}.`,
    why: `It is one process, and it is called in ${crowdName(crowd)}: reads queue up${behind}, although nothing about a read has to be serialized.`,
    fix: `Put the data into an ETS table with ${terms.readConcurrency} that callers read themselves, or into ${terms.persistentTerm} if it hardly ever changes${work === null ? "" : "; or do the slow work in a task"}.`,
    evidence: [
      ...(work === null
        ? []
        : [{ message: `while it handles ${clauseName(work.clause)}, readers wait`, place: headOf(work.clause) }, ...work.wait.path]),
      ...callerEvidence(context, crowd.callers),
      ...writers.slice(0, 2).map((writer) => ({ message: `${clauseName(writer)} changes what is read`, place: headOf(writer) })),
    ],
  };
}

/** Contexts that do not come at the rate of machines, or of which nobody knows how many there are. */
const rare: ReadonlySet<ExecutionContext["kind"]> = new Set(["live_view", "spawned"]);

/** Callers that come at the rate of machines, or from so many places that it adds up. */
function isBusy({ callers }: Crowd, { context, index, definition }: Singleton): boolean {
  const often = callers.filter((caller) => !isOccasional(caller, index, context));
  if (often.some(({ contexts }) => contexts.some((one) => isMany(one) && !rare.has(one.kind) && one.module !== definition.module)))
    return true;
  return new Set(often.flatMap((caller) => placesOf(caller, index))).size >= 3;
}

/** The callbacks' clauses that the call serves, or where they are not known its function. */
function placesOf(caller: Caller, index: CallerIndex): readonly string[] {
  const entries = index.entriesOf(caller);
  return entries === null || entries.length === 0 ? [caller.fn.key] : entries.map(({ clause }) => clauseKey(clause));
}

/** A clause of the same process that makes everybody wait, readers included. */
function slowWork(singleton: Singleton): { readonly clause: CallbackClause; readonly wait: SlowStep } | null {
  const { definition, slow } = singleton;
  for (const clause of clausesOf(definition, "info", "continue", "cast", "call", "event")) {
    const [wait] = slow.of(clause);
    if (wait !== undefined && !isStart(clause, singleton)) return { clause, wait };
  }
  return null;
}

/** What `init` alone has the process do, by a message to itself: once in its life, and whoever asks then has to wait for the start. */
function isStart(clause: CallbackClause, { definition, index }: Singleton): boolean {
  const inits = new Set(clausesOf(definition, "init").map(clauseKey));
  const sent = index.messagesTo(definition.module).filter(({ handler }) => handler !== null && clauseKey(handler) === clauseKey(clause));
  return sent.length > 0 && sent.every(({ from, clause: of }) => inits.has(clauseKey({ fn: from, clause: of })));
}

/** Clauses that change the state and that a crowd, or somebody unknown, sends to, be it through another clause that hands the message on. */
function crowdedWriters(singleton: Singleton): readonly CallbackClause[] {
  return clausesOf(singleton.definition, "call", "cast", "info", "event").filter(
    (clause) => clause.effects.state !== "unchanged" && isCrowded(clause, singleton, []),
  );
}

function isCrowded(clause: CallbackClause, singleton: Singleton, above: readonly CallbackClause[]): boolean {
  const { definition, callers, index } = singleton;
  // Which of several clauses takes a message may be up to the state.
  const keys = new Set(clausesOf(definition, clause.role).flatMap((one) => (one.pattern === clause.pattern ? clauseKey(one) : [])));
  const isTaken = ({ handler }: Message): boolean => handler !== null && keys.has(clauseKey(handler));
  const toClause = index.messagesTo(definition.module).filter(isTaken);
  // A message that nothing in the source sends comes from a timer, or from a library at its own rate.
  if (toClause.length === 0)
    return clause.role === "info" && definition.reasons.some(({ kind }) => kind === "subscriber" || kind === "port");
  const own = callers.filter(({ message }) => isTaken(message));
  if (crowdOf(own, definition.module) !== null) return true;
  const senders = new Set(toClause.map((message) => clauseKey({ fn: message.from, clause: message.clause })));
  const before = [...above, clause];
  return clausesOf(definition, "call", "cast", "info").some(
    (other) => senders.has(clauseKey(other)) && !before.includes(other) && isCrowded(other, singleton, before),
  );
}
