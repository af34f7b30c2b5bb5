/** A process that many wait for, as the variants of `singleton-bottleneck` look at it. Pure. */
import type { CallbackClause, Certainty, Evidence, Message, Place, ProcessDefinition, TreeNode } from "../../model/topology.ts";
import { type Caller, type CallerIndex, type Crowd, crowdOf } from "../callers.ts";
import { clauseKey, clausesOf } from "../clauses.ts";
import type { RuleContext } from "../rule.ts";
import type { SlowSteps } from "../slow-steps.ts";
import { isAdministrative, isOnceForAll } from "./occasions.ts";

export interface Singleton {
  readonly context: RuleContext;
  readonly definition: ProcessDefinition;
  /** As the language prints it. */
  readonly name: string;
  readonly callers: readonly Caller[];
  readonly slow: SlowSteps;
  readonly index: CallerIndex;
}

/** What a variant has to say; the rule adds the process. */
export interface Bottleneck {
  readonly variant: string;
  readonly severity?: "info" | "hint";
  readonly certainty: Certainty;
  readonly place: Place;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  readonly evidence: readonly Evidence[];
}

/** A clause of `handle_call` (or a function run in an Agent) and the crowd that waits for it. */
export interface Served {
  readonly clause: CallbackClause;
  readonly crowd: Crowd;
  readonly certainty: Certainty;
  /** True where the state, or a part of the message, chooses between it and a clause above that answers at once. */
  readonly sometimes?: boolean;
}

/** Clauses that answer a crowd before they return, most callers first. */
export function servedClauses({ context, definition, callers, index }: Singleton): readonly Served[] {
  const calls = callers.filter(
    (caller) =>
      caller.message.mode === "call" &&
      caller.message.certainty !== "unknown" &&
      !caller.rarely &&
      !givesUpAtOnce(caller.message) &&
      !isAdministrative(caller.message.tag) &&
      !isOnceForAll(caller, index, context),
  );
  return clausesOf(definition, "call")
    .flatMap((clause): readonly Served[] => {
      if (clause.effects.reply === "later" || clause.effects.reply === "none" || isAdministrative(clause.tag)) return [];
      const own = calls.filter(({ message }) => isServed(message, clause, definition));
      const crowd = crowdOf(own, definition.module);
      if (crowd === null) return [];
      const certain = crowd.callers.some(({ message }) => message.certainty === "certain" && isHandler(message, clause));
      const sometimes = crowd.callers.every(({ message }) => !isHandler(message, clause) && answersAtOnce(message, definition));
      return [{ clause, crowd, certainty: certain ? "certain" : "probable", ...(sometimes ? { sometimes } : {}) }];
    })
    .sort((a, b) => b.crowd.callers.length - a.crowd.callers.length);
}

/** No longer than people notice. */
const shortest = 100;

/** Whether it is ready to go without an answer, and asks for one so briefly that nobody waits. */
function givesUpAtOnce({ timeout, under }: Message): boolean {
  return typeof timeout === "number" && timeout <= shortest && under?.includes("caught") === true;
}

/**
 * Whether the clause answers the message: its handler, or one of those between which the state or a part of the message chooses; where none is known for
 * the handler, one of those that may be it if they all make callers wait alike. Of a name that several definitions take in turn (the real one and the one for
 * tests, by configuration) each answers.
 */
function isServed(message: Message, clause: CallbackClause, { callbacks }: ProcessDefinition): boolean {
  const key = clauseKey(clause);
  const keys = new Set(message.handlers.map(clauseKey));
  if (isHandler(message, clause)) return true;
  if (!keys.has(key)) return false;
  if (message.handler !== null) return true;
  const own = callbacks.filter((one) => keys.has(clauseKey(one)));
  return own.every(
    ({ effects }) => effects.blocks.length > 0 === clause.effects.blocks.length > 0 && effects.state === clause.effects.state,
  );
}

function isHandler({ handler }: Message, clause: CallbackClause): boolean {
  return handler !== null && clauseKey(handler) === clauseKey(clause);
}

/** Whether the first clause that may take it answers, and waits for nothing. */
function answersAtOnce({ handler }: Message, { callbacks }: ProcessDefinition): boolean {
  const first = handler === null ? undefined : callbacks.find((one) => clauseKey(one) === clauseKey(handler));
  return first !== undefined && first.effects.reply !== "later" && first.effects.blocks.length === 0;
}

/**
 * Clauses that answer code of which nobody in the workspace says where it runs, and nobody else: functions of a library, or of a framework that is not known,
 * call them.
 */
export function openClauses({ definition, callers }: Singleton): readonly Served[] {
  return clausesOf(definition, "call").flatMap((clause): readonly Served[] => {
    if (isAdministrative(clause.tag)) return [];
    const own = callers.filter(
      ({ message }) => message.mode === "call" && message.certainty !== "unknown" && isServed(message, clause, definition),
    );
    const isOpen = own.length > 0 && own.every(({ contexts }) => contexts.length > 0 && contexts.every(({ kind }) => kind === "external"));
    return isOpen ? [{ clause, crowd: { callers: own, many: [], grows: false }, certainty: "probable" }] : [];
  });
}

/** A name that a whole cluster shares: `global`, Horde, Swarm, Syn. */
export function hasClusterWideName({ name }: TreeNode): boolean {
  return name?.scope === "global" || (name?.scope === "via" && /\b(Horde|Swarm)\b|(^|[^\w@])(swarm|syn|global)\b/.test(name.value));
}

export function weakest(...all: readonly Certainty[]): Certainty {
  return all.includes("unknown") ? "unknown" : all.includes("probable") ? "probable" : "certain";
}
