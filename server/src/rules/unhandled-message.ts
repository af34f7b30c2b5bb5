/**
 * A call, cast or info that no clause of its target takes.
 *
 * Rests on the linker's comparison (`Message.refused`): each clause of the callback, its guard included, was held against the message, and none can take
 * it. Needs: one target. `error` where the target is certain and the message ends the process; where the target is probable, or a default
 * `handle_info` only logs the message, a `warning`. An info to a process whose frame (a LiveView, a channel) may take messages before its callbacks
 * do counts only from the process itself.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { Refusal } from "../model/refusal.ts";
import type { Evidence, Message, ProcessDefinition } from "../model/topology.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { code, finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "unhandled-message",
  title: "A message that no clause takes",
  category: "messages",
  languages: ["elixir", "erlang"],
  variants: [],
  severity: "warning",
  cost: "typing",
  stage: "stable",
  inTests: false,
};

export const unhandledMessage: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const { topology } = context;
    return topology.messages.flatMap((message) => {
      const [module] = message.to;
      const definition = module === undefined ? undefined : topology.definitions.get(module);
      if (message.refused === undefined || definition === undefined || !isJudged(message, definition, context)) return [];
      return [report(message, message.refused, definition, context)];
    });
  },
};

function isJudged({ mode, from, place, certainty }: Message, { module, place: at }: ProcessDefinition, context: RuleContext): boolean {
  const { topology, roleOf } = context;
  if (certainty === "unknown" || roleOf(place.file) !== "source" || roleOf(at.file) !== "source") return false;
  return mode !== "info" || topology.contexts.has(`process:${module}`) || topology.functions.get(from)?.module === module;
}

function report(message: Message, refused: Refusal, { module }: ProcessDefinition, context: RuleContext): Finding {
  const name = code(context.print(module));
  const sent = code(message.pattern ?? "_");
  const survives = !refused.defined && message.mode === "info";
  const where = refused.defined
    ? `No clause of ${code(refused.callback)} in ${name} takes ${sent}`
    : `${name} has no ${code(refused.callback)} to take ${sent}`;
  return finding(meta, {
    variant: null,
    severity: message.certainty === "certain" && !survives ? "error" : "warning",
    certainty: message.certainty,
    process: module,
    place: message.place,
    what: `${where}.`,
    why: whyOf(message, survives),
    fix: fixOf(refused),
    evidence: [...message.via, ...nearest(refused, module, context)],
  });
}

function whyOf({ mode }: Message, survives: boolean): string {
  if (survives) return "Its default logs the message as unexpected and drops it.";
  return mode === "call"
    ? "The call ends the process, and the caller exits with it."
    : "The message ends the process, and with it the state.";
}

function fixOf({ takenAs, near, callback, namesake }: Refusal): string {
  if (namesake !== null) return `${code(`${callback}/${namesake.arity}`)} is no callback: give it the callback's arguments.`;
  if (takenAs !== null)
    return `A clause takes it as ${takenAs === "info" ? "an info" : `a ${takenAs}`}: send it as one, or add a clause to ${code(callback)}.`;
  if (near.length > 0) return "Send what its clause for the same tag asks for, or add a clause.";
  return `Add a clause to ${code(callback)}, or send what one of its clauses takes.`;
}

/** The clauses for the same tag, else where the process is defined. */
function nearest({ near, namesake }: Refusal, module: string, { topology }: RuleContext): readonly Evidence[] {
  if (namesake !== null) return [{ message: "has another number of arguments than the callback", place: namesake.place }];
  if (near.length > 0) return near.slice(0, 3).map(({ place }) => ({ message: "the clause for this tag asks for something else", place }));
  const definition = topology.definitions.get(module);
  return definition === undefined ? [] : [{ message: "the process that gets it", place: definition.place }];
}
