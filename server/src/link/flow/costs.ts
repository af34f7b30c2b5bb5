/** Who waits for a process, and for what. Pure. */
import { listContexts } from "../../model/context-words.ts";
import type { ClauseEffects, Cost, Evidence } from "../../model/topology.ts";
import type { ArgueInput, Client } from "./argue.ts";
import { isSupervisor } from "./defined.ts";
import type { ReadClause } from "./describe.ts";

const MAX_EVIDENCE = 6;
const MAX_CONTEXTS = 3;

export function findCosts(input: ArgueInput, clients: readonly Client[]): Cost[] {
  const costs: Cost[] = [];
  const waiting = callersWait(clients);
  if (waiting) costs.push(waiting);
  if (isSupervisor(input.defined.kind)) return costs;
  for (const clause of input.clauses) {
    const blocking = blockingClause(clause);
    if (blocking) costs.push(blocking);
  }
  const reads = serializedReads(input.clauses);
  if (reads) costs.push(reads);
  const owned = readsThroughOwner(input.clauses);
  if (owned) costs.push(owned);
  return costs;
}

function callersWait(clients: readonly Client[]): Cost | null {
  const calls = clients.filter(({ sent }) => sent.message.mode === "call");
  if (calls.length === 0) return null;
  const functions = new Set(calls.map(({ sent }) => sent.message.from));
  const contexts = new Map(calls.flatMap((call) => call.contexts.map((context) => [context.id, context] as const)));
  const from = contexts.size === 0 ? "" : ` in ${listContexts(contexts.values(), MAX_CONTEXTS)}`;
  const evidence: Evidence[] = calls
    .slice(0, MAX_EVIDENCE)
    .map(({ sent }) => ({ message: "waits for the reply", place: sent.message.place }));
  const text = functions.size === 1 ? `1 function waits for it${from}` : `${functions.size} functions wait for it${from}`;
  return { kind: "callers_wait", text, evidence };
}

/** A clause that serves others and waits meanwhile. */
function blockingClause({ clause, callback }: ReadClause): Cost | null {
  if (clause.role === "init" || clause.role === "terminate" || clause.role === "other") return null;
  const block = clause.effects.blocks.find((step) => step.certainty !== "unknown");
  if (!block) return null;
  const name = `\`${callback?.fn.info.facts.name ?? clause.role}(${clause.pattern})\``;
  const more = clause.effects.blocks.length > 1 ? `, and ${clause.effects.blocks.length - 1} more` : "";
  return { kind: "blocking_clause", text: `${name} waits: ${block.what}${more}`, evidence: block.path };
}

/** Calls that only hand out what the state holds. */
function serializedReads(clauses: readonly ReadClause[]): Cost | null {
  const reads = clauses.filter(({ clause: { role, effects } }) => role === "call" && onlyReads(effects));
  if (reads.length === 0) return null;
  const evidence = reads
    .slice(0, MAX_EVIDENCE)
    .map(({ clause }) => ({ message: `\`${clause.pattern}\` only hands out state`, place: clause.place }));
  return {
    kind: "serialized_reads",
    text: `${reads.length === 1 ? "1 call only hands" : `${reads.length} calls only hand`} out state`,
    evidence,
  };
}

/** Looks at the state and answers at once, and touches nothing else. */
function onlyReads({ state, reply, readsState, blocks, tables, others }: ClauseEffects): boolean {
  const quiet =
    blocks.length === 0 &&
    tables.every((use) => use.operation === "read") &&
    others.every(({ kind }) => kind === "reply" || kind === "whereis");
  return state === "unchanged" && reply === "direct" && readsState && quiet;
}

/** Calls that read a table which the process itself made: readers could read it themselves. */
function readsThroughOwner(clauses: readonly ReadClause[]): Cost | null {
  if (!clauses.some(({ reach }) => reach.tables.some((use) => use.operation === "new"))) return null;
  const evidence: Evidence[] = [];
  for (const { clause } of clauses) {
    const uses = clause.effects.tables;
    if (clause.role !== "call" || clause.effects.state === "changed" || uses.length === 0 || uses.some((use) => use.operation !== "read"))
      continue;
    evidence.push({ message: `\`${clause.pattern}\` reads the table for its caller`, place: uses[0]!.place });
  }
  return evidence.length === 0
    ? null
    : { kind: "serialized_reads", text: "callers read its table through it", evidence: evidence.slice(0, MAX_EVIDENCE) };
}
