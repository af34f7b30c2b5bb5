/**
 * A clause that waits for something slow before it answers a crowd; `heavy-agent-function` where it runs inside an Agent.
 *
 * Needs, besides the crowd: a slow step (`slow-steps.ts`) of certainty certain or probable. Left alone:
 * - what the process is there to guard: its own port or socket, or a file, device or lock that is reached one at a time;
 * - a request without parameters that fills the state, such as a token that is fetched when it has run out: all who wait want the same answer, and
 *   one fetch for all is what the process is for. One that fetches each time, whatever the state, is none.
 * - a clause that starts or stops applications: the node's application controller does that one at a time, whoever asks, and no request asks for it;
 * - a clause that runs code which its message carries: the caller could run it and does not, so that one runs after the other is what is wanted.
 * Where few processes call, of each of which there is one, it is an `info`: no more than those ever wait. So is the database in a clause that starts a
 * process and monitors it: that runs once for each of those, and that no second one is started is what the process is for.
 * And so is a wait only where a table or a map does not hold what is asked for, if the clause keeps what it gets; or in a clause below one for the same
 * message that answers at once, as the state decides.
 */

import type { ReasonKind } from "../../model/reason-kind.ts";
import type { BlockingStep, CallbackClause, ProcessDefinition } from "../../model/topology.ts";
import { clausesOf, headOf } from "../clauses.ts";
import type { SlowStep } from "../slow-steps.ts";
import { termsOf } from "../terms.ts";
import { callerEvidence, clauseName, code, crowdName } from "../wording.ts";
import { type Bottleneck, type Served, type Singleton, servedClauses, weakest } from "./singleton.ts";

const guards: Partial<Record<ReasonKind, readonly BlockingStep["category"][]>> = {
  port: ["port", "socket", "file"],
  shared_resource: ["file", "port", "socket", "system"],
};

interface Slow extends Served {
  readonly wait: SlowStep;
}

export function serializedIo(singleton: Singleton): Bottleneck | null {
  const { definition, context, name, slow } = singleton;
  const agent = definition.kind === "agent";
  const waiting = servedClauses(singleton).flatMap((served): readonly Slow[] => {
    if (managesApplications(served.clause) || (!agent && context.topology.runsCarriedCode(served.clause))) return [];
    const waits = slow.of(served.clause).filter(({ step }) => !isGuarded(step, definition));
    const wait = waits.find(({ step }) => step.onMiss !== true) ?? waits[0];
    return wait === undefined || (!agent && fillsState(served, wait, definition)) ? [] : [{ ...served, wait }];
  });
  const [worst, ...others] = waiting.map((one) => ({ ...one, mild: isPassedBy(one) })).sort((a, b) => Number(a.mild) - Number(b.mild));
  if (worst === undefined) return null;
  const { clause, crowd, wait } = worst;
  const terms = termsOf(definition.module, context.topology.language);
  return {
    variant: agent ? "heavy-agent-function" : "serialized-io",
    ...(crowd.grows && !isRegistrar(worst) && !worst.mild ? {} : { severity: "info" as const }),
    certainty: weakest(worst.certainty, wait.certainty),
    place: headOf(clause),
    what: agent
      ? `A function that runs inside the Agent ${code(name)} keeps it waiting: ${wait.step.what}.`
      : `${code(name)} keeps its callers waiting while it handles ${clauseName(clause)}: ${wait.step.what}.`,
    why: `It is one process, and it is called in ${crowdName(crowd)}: each caller waits for the requests of all the others.`,
    fix: agent
      ? `Do the work in the caller and hand only its result to ${code(name)}.`
      : `Do the work in the caller, or ${terms.beside}, or share it among several processes (${terms.pool}).`,
    evidence: [
      ...wait.path,
      ...callerEvidence(context, crowd.callers),
      ...others.map((other) => ({
        message: `the same in ${clauseName(other.clause)}: ${other.wait.step.what}`,
        place: headOf(other.clause),
      })),
    ],
  };
}

function isGuarded({ category }: BlockingStep, { reasons }: ProcessDefinition): boolean {
  return reasons.some(({ kind }) => guards[kind]?.includes(category) === true);
}

function managesApplications({ effects: { blocks } }: CallbackClause): boolean {
  return blocks.some(({ category }) => category === "system");
}

/** Of those who ask, only some wait, and how many source does not tell. */
function isPassedBy(one: Slow): boolean {
  return one.sometimes === true || fillsCache(one);
}

/** Keeps what it fetched because it was not there. */
function fillsCache({ clause: { effects }, wait }: Slow): boolean {
  return wait.step.onMiss === true && (effects.state !== "unchanged" || effects.tables.some(({ operation }) => operation === "write"));
}

/** Enters each process that it starts into a database, and watches it. */
function isRegistrar({ clause: { effects }, wait }: Slow): boolean {
  const kinds = new Set(effects.others.map(({ kind }) => kind));
  return wait.step.category === "database" && kinds.has("monitor") && (kinds.has("start") || kinds.has("start_child"));
}

/**
 * `:get_token` (`get_token` in Erlang) that stores what it fetched when it is asked for and not there: a pattern without variables, a changed state, and a
 * wait that a condition or another clause passes by. What fetches for everybody who asks only has a state beside that.
 */
function fillsState({ clause }: Served, { step }: SlowStep, definition: ProcessDefinition): boolean {
  if (clause.effects.state === "unchanged" || clause.asksMore === true || !/^:?[a-z]\w*[?!]?$/.test(clause.pattern)) return false;
  const twin = clausesOf(definition, "call").some((other) => other !== clause && other.pattern === clause.pattern);
  return twin || step.always !== true;
}
