/** Which clause of a callback waits for which clause of another process. Pure. */
import type { CallbackClause, Certainty, Evidence, Message, ProcessDefinition } from "../../model/topology.ts";
import { type CallerIndex, indexCallers } from "../callers.ts";
import { clauseKey } from "../clauses.ts";
import { reachOf } from "../reach.ts";
import type { RuleContext } from "../rule.ts";

export interface End {
  readonly module: string;
  readonly clause: CallbackClause;
}

export interface Wait {
  readonly from: End;
  readonly to: End;
  /** Calls from the clause down to the message, the first in the clause itself; never empty. */
  readonly path: readonly Evidence[];
  readonly certainty: Certainty;
}

const maxProcesses = 6;

/** Waits between singletons, one for each pair of clauses. */
export function findWaits(context: RuleContext): readonly Wait[] {
  const { topology } = context;
  const index = indexCallers(context);
  const ends = new Map<string, End>();
  const singletons = [...topology.definitions.values()].filter(isJudged(context));
  for (const { module, callbacks } of singletons) for (const clause of callbacks) ends.set(clauseKey(clause), { module, clause });
  return [...ends.values()].flatMap((end) => waitsOf(end, ends, index, context));
}

function isJudged({ roleOf }: RuleContext): (definition: ProcessDefinition) => boolean {
  return ({ cardinality, place }) => cardinality === "one" && roleOf(place.file) === "source";
}

function waitsOf(from: End, ends: ReadonlyMap<string, End>, index: CallerIndex, context: RuleContext): readonly Wait[] {
  const waits = new Map<string, Wait>();
  for (const { fn, path, includes } of reachOf(from.clause, context))
    for (const message of index.messagesFrom(fn.key).filter(includes)) {
      const to = targetOf(message, ends, context);
      if (to !== null && !waits.has(clauseKey(to.clause))) waits.set(clauseKey(to.clause), waitFor(message, from, to, path, context));
    }
  return [...waits.values()];
}

function waitFor(message: Message, from: End, to: End, path: readonly Evidence[], context: RuleContext): Wait {
  const sent: Evidence = { message: `waits for ${context.print(to.module)}`, place: message.place };
  return { from, to, path: [...path, sent, ...message.via], certainty: message.certainty };
}

/** The clause of a singleton that surely takes the message, or null. */
function targetOf(message: Message, ends: ReadonlyMap<string, End>, { topology }: RuleContext): End | null {
  const [module] = message.to;
  if (message.mode !== "call" || message.to.length !== 1 || module === undefined || message.certainty === "unknown") return null;
  // `{Name, node}`: the process of that name on another node.
  if (message.target.startsWith("{") && !/^\{:?(global|via)\b/.test(message.target)) return null;
  const handler = message.handler ?? onlyHandler(topology.definitions.get(module));
  return handler === null ? null : (ends.get(clauseKey(handler)) ?? null);
}

function onlyHandler(definition: ProcessDefinition | undefined): CallbackClause | null {
  const clauses = definition?.callbacks.filter(({ role }) => role === "call") ?? [];
  return clauses.length === 1 ? (clauses[0] ?? null) : null;
}

/** Rows of waits through two or more processes that come back to the first, one for each set of processes, from the first by name. */
export function findCycles(waits: readonly Wait[]): readonly (readonly Wait[])[] {
  const byClause = new Map<string, Wait[]>();
  for (const wait of waits) {
    const key = clauseKey(wait.from.clause);
    const own = byClause.get(key);
    if (own === undefined) byClause.set(key, [wait]);
    else own.push(wait);
  }
  const cycles = new Map<string, readonly Wait[]>();
  const follow = (row: readonly Wait[], first: string): void => {
    const last = row.at(-1);
    if (last === undefined || row.length > maxProcesses) return;
    if (last.to.module === first) {
      const key = row.map(({ from }) => from.module).join(" ");
      if (row.length > 1 && !cycles.has(key)) cycles.set(key, row);
      return;
    }
    if (last.to.module < first || row.some(({ from }) => from.module === last.to.module) || last.to.clause.effects.reply === "later")
      return;
    for (const wait of byClause.get(clauseKey(last.to.clause)) ?? []) follow([...row, wait], first);
  };
  for (const wait of waits) follow([wait], wait.from.module);
  return [...cycles.values()];
}
