/** A process definition as the variants of `process-as-object` look at it. Pure. */
import type { LooseStart } from "../../model/loose-start.ts";
import type { CallbackClause, Certainty, Evidence, ProcessDefinition, Reason, TreeNode } from "../../model/topology.ts";
import { type Caller, type CallerIndex, indexCallers } from "../callers.ts";
import { clausesOf, isQuiet } from "../clauses.ts";
import type { RuleContext } from "../rule.ts";
import { findSlowSteps, type SlowSteps } from "../slow-steps.ts";

export interface Subject {
  readonly context: RuleContext;
  readonly definition: ProcessDefinition;
  /** As the language prints it. */
  readonly name: string;
  readonly callers: readonly Caller[];
  /** Where ordinary code of the product starts it. */
  readonly starts: readonly LooseStart[];
  /** Where a supervisor has it; a node that nothing is known to start does not count. */
  readonly supervised: readonly TreeNode[];
  readonly index: CallerIndex;
  readonly slow: SlowSteps;
}

/** What a variant has to say; the rule adds the place and the severity. */
export interface Verdict {
  readonly variant: string;
  /** Where it is less than the rule's own. */
  readonly severity?: "info";
  readonly certainty: Certainty;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  readonly evidence: readonly Evidence[];
}

export type Variant = (subject: Subject, subjects: Subjects) => Verdict | null;

export interface Subjects {
  /** Null for a module that is no process definition, or one of test code, a script or a dependency. */
  of(module: string): Subject | null;
}

export function findSubjects(context: RuleContext): Subjects {
  const { topology, roleOf } = context;
  const index = indexCallers(context);
  const slow = findSlowSteps(topology);
  const unattached = new Set(topology.unattached);
  const subjects = new Map<string, Subject | null>();

  function create(module: string): Subject | null {
    const definition = topology.definitions.get(module);
    if (definition === undefined || roleOf(definition.place.file) !== "source") return null;
    const starts = topology.starts.filter((start) => start.module === module && roleOf(start.place.file) === "source");
    const supervised = definition.nodes.filter((node) => !unattached.has(node));
    return { context, definition, name: context.print(module), callers: index.callersOf(module), starts, supervised, index, slow };
  }

  return {
    of(module) {
      const known = subjects.get(module);
      if (known !== undefined) return known;
      const subject = create(module);
      subjects.set(module, subject);
      return subject;
    },
  };
}

/** Reasons but for these kinds. */
export function reasonsBut({ reasons }: ProcessDefinition, ...kinds: readonly Reason["kind"][]): readonly Reason[] {
  return reasons.filter(({ kind }) => !kinds.includes(kind));
}

/** A cast that asks it to end is no work. */
const endTag = /^(stop|shutdown|terminate|quit|close)$/;

/**
 * Leaves the state as it was and does nothing else. What a cast does is work beside its sender, even if it only writes a line, unless it ends. In
 * Erlang `handle_cast/2` has to be there: a clause that drops what nobody sends is no work.
 */
function isIdle(clause: CallbackClause, isErlang: boolean): boolean {
  if (clause.effects.state !== "unchanged" || !isQuiet(clause)) return false;
  return clause.role === "info" || (clause.role === "cast" && (endTag.test(clause.tag ?? "") || (isErlang && clause.pattern === "_")));
}

/** Work that is not an answer to a call: a cast, a message that changes something, work after `init`. */
export function worksOnItsOwn({ definition }: Subject): boolean {
  const isErlang = !definition.module.startsWith("Elixir.");
  return !clausesOf(definition, "cast", "continue", "event", "info").every((clause) => isIdle(clause, isErlang));
}

/** Every message that is known to be sent to it is a call, or asks it to end. */
export function isOnlyCalled({ definition, index }: Subject): boolean {
  return index.messagesTo(definition.module).every(({ mode, tag }) => mode === "call" || (mode === "cast" && endTag.test(tag ?? "")));
}

/** Whether callbacks of these roles (of any, if none is given) call code that nothing is known about. */
export function callsUnread({ definition }: Subject, ...roles: readonly CallbackClause["role"][]): boolean {
  return definition.unread().some(({ role }) => roles.length === 0 || roles.includes(role));
}

/** Whether a callback runs a function that it was given. */
export function runsGiven({ definition }: Subject): boolean {
  return definition.unread().some(({ given }) => given === true);
}
