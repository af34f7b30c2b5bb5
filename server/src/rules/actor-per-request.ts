/**
 * An actor that is made for one request, and that nobody can reach again.
 *
 * A virtual actor is worth what it costs because it is there for the next message: it keeps state, and coordinates those who share it. One with a key of which
 * nobody knows afterwards is a function that is run somewhere else. Sources: https://rivet.dev/docs/actors/design-patterns ("Actor-Per-Request"),
 * https://developers.cloudflare.com/durable-objects/best-practices/rules-of-durable-objects/.
 *
 * Needs: a key that is made there and then, in a context of requests; neither the key nor the address goes anywhere but into calls; the answer is waited for.
 * Left alone: actors that do something by themselves (timers, connections, queues, background work, what a framework runs), what runs once for each key
 * (a workflow), examples and tests.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { ReasonKind } from "../model/reason-kind.ts";
import type { Message, ProcessDefinition } from "../model/topology.ts";
import { indexCallers } from "./callers.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { isShown } from "./shown.ts";
import { code, finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "actor-per-request",
  title: "An actor for a single request",
  category: "virtual-actors",
  languages: ["typescript"],
  variants: [],
  severity: "info",
  cost: "typing",
  stage: "stable",
  inTests: false,
};

/** Reasons that do not need the actor to be found again. */
const lasting: ReadonlySet<ReasonKind> = new Set(["timer", "conversation", "own_work", "runs_tasks", "subscriber", "framework", "port"]);

export const actorPerRequest: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const index = indexCallers(context);
    const seen = new Set<string>();
    return context.topology.messages.flatMap((message) => {
      const definition = context.topology.definitions.get(message.to[0] ?? "");
      const key = message.key;
      if (definition === undefined || key?.kind !== "fresh" || key.kept || message.mode !== "call") return [];
      const mark = `${key.place.file} ${key.place.at}`;
      if (seen.has(mark) || !isJudged(message, definition, context)) return [];
      const requests = index.contextsOf(message.from).filter(({ kind, cardinality }) => kind === "request" && cardinality === "many");
      if (requests.length === 0) return [];
      seen.add(mark);
      return [report(message, key.place, definition, requests[0]!.label, context)];
    });
  },
};

function isJudged({ place, certainty }: Message, { reasons, opaque }: ProcessDefinition, { roleOf }: RuleContext): boolean {
  if (roleOf(place.file) !== "source" || isShown(place.file) || certainty === "unknown" || opaque === true) return false;
  return !reasons.some(({ kind }) => lasting.has(kind));
}

function report(message: Message, place: Finding["place"], { module }: ProcessDefinition, request: string, context: RuleContext): Finding {
  const name = code(context.print(module));
  return finding(meta, {
    variant: null,
    certainty: message.certainty,
    process: module,
    place,
    what: `Each ${request} makes a ${name} of its own, and nobody keeps its key.`,
    why: "It is started, asked, and never found again: what it keeps is of no use to anybody, and stays behind.",
    fix: "Do the work in a function, or make the key from what lasts longer than the request (a user, a document, a session).",
    evidence: [{ message: `${name} is asked here, and only here`, place: message.place }],
  });
}
