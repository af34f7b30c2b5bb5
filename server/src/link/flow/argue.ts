/** Why a definition is a process, and what that costs its clients. Pure. */
import type { Cost, ExecutionContext, ProcessDefinition, Reason } from "../../model/topology.ts";
import { findCosts } from "./costs.ts";
import { contextIdOf, type Defined } from "./defined.ts";
import type { ReadClause } from "./describe.ts";
import type { Sent } from "./messages.ts";
import { findReasons } from "./reasons.ts";

export interface ArgueInput {
  readonly defined: Defined;
  readonly definition: ProcessDefinition;
  readonly clauses: readonly ReadClause[];
  readonly received: readonly Sent[];
  readonly contextsOf: readonly (readonly string[])[];
  readonly context: (id: string) => ExecutionContext | undefined;
  readonly print: (atom: string) => string;
}

export function argueDefinition(input: ArgueInput): { reasons: readonly Reason[]; costs: readonly Cost[] } {
  const clients = findClients(input);
  return { reasons: findReasons(input, clients), costs: findCosts(input, clients) };
}

/** A message to the definition from code that is no test, and the contexts that code runs in, without the process itself. */
export interface Client {
  readonly sent: Sent;
  readonly contexts: readonly ExecutionContext[];
}

function findClients({ received, contextsOf, context, defined }: ArgueInput): Client[] {
  const own = contextIdOf(defined.behaviour, defined.module.name).id;
  const clients: Client[] = [];
  for (const sent of received) {
    const { role } = sent.from.fn.module.file;
    if (role !== "source" && defined.module.file.role === "source") continue;
    const contexts = (contextsOf[sent.from.id] ?? []).flatMap((id) => (id === own ? [] : (context(id) ?? [])));
    const real = contexts.filter(({ kind }) => kind !== "test" && kind !== "script");
    clients.push({ sent, contexts: real });
  }
  return clients;
}
