/** How findings speak: *what · why · what to do* in plain sentences, and evidence that names functions and contexts. Pure. */

import { contextKind } from "../model/context-words.ts";
import type { Finding, RuleMetadata, Severity } from "../model/finding.ts";
import { functionName as printFunction } from "../model/function-name.ts";
import type { CallbackClause, Certainty, Evidence, ExecutionContext, FunctionNode, Place } from "../model/topology.ts";
import type { Caller, Crowd } from "./callers.ts";
import type { RuleContext } from "./rule.ts";

export interface FindingParts {
  readonly variant: string | null;
  readonly severity?: Severity;
  readonly certainty: Certainty;
  /** BEAM atom of the process's module, or null. */
  readonly process: string | null;
  readonly place: Place;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  readonly evidence: readonly Evidence[];
}

/** The message is the three sentences in a row, `fix` its last part. */
export function finding(meta: RuleMetadata, { what, why, ...parts }: FindingParts): Finding {
  return { rule: meta.id, severity: meta.severity, ...parts, message: `${what} ${why} ${parts.fix}` };
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** `one`, `one and two`, `one, two and 3 more`. */
export function listed(items: readonly string[], limit = 3): string {
  const shown = items.length > limit ? [...items.slice(0, limit - 1), `${items.length - limit + 1} more`] : items;
  return shown.length < 2 ? (shown[0] ?? "") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

export function functionName(context: RuleContext, fn: Pick<FunctionNode, "module" | "name" | "arity">): string {
  return printFunction(context.topology.language, context.print(fn.module), fn);
}

/** A clause by what it takes: "`{:get, key}`", or its callback where it takes everything. */
export function clauseName({ pattern, role }: CallbackClause): string {
  const shown = pattern.length > 50 ? `${pattern.slice(0, 49)}…` : pattern;
  return shown === "_" || shown === "" ? `each ${role}` : code(shown);
}

/** The places from which it is called, in the order given, the first of each function. */
export function callerEvidence(context: RuleContext, callers: readonly Caller[], limit = 6): readonly Evidence[] {
  const first = new Map<string, Caller>();
  for (const caller of callers) if (!first.has(caller.fn.key)) first.set(caller.fn.key, caller);
  return [...first.values()].slice(0, limit).map(({ fn, place, message, contexts }) => ({
    message: `${functionName(context, fn)} ${message.mode === "call" ? "waits for" : "sends to"} it${runningIn(contexts)}`,
    place,
  }));
}

function runningIn(contexts: readonly ExecutionContext[]): string {
  const known = contexts.filter(({ kind }) => kind !== "external");
  return known.length === 0 ? "" : ` in ${listed([...new Set(known.map(contextKind))], 2)}`;
}

/** "each request and each LiveView (4 functions)", "3 other processes (5 functions)". */
export function crowdName({ callers, many }: Crowd): string {
  const functions = new Set(callers.map(({ fn }) => fn.key)).size;
  const count = functions === 1 ? "1 function" : `${functions} functions`;
  const processes = new Set(callers.flatMap(({ contexts }) => contexts.map(({ id }) => id))).size;
  const where = many.length === 0 ? `${processes} other processes` : listed([...new Set(many.map(contextKind))]);
  return `${where} (${count})`;
}
