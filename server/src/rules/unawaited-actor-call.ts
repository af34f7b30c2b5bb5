/**
 * A call of an actor whose promise nobody keeps.
 *
 * The call of a stub is a request over the network: it may fail, and what it throws has nowhere to go. On Workers the platform also cancels what is still
 * under way once the response is sent. Source: https://developers.cloudflare.com/durable-objects/best-practices/rules-of-durable-objects/#always-await-rpc-calls and
 * https://developers.cloudflare.com/workers/runtime-apis/context/#waituntil.
 *
 * Needs: the target's class and the method are known; the promise is the whole statement, or is dropped with what a function gives that a list calls. Left alone: `void`, which says that it is meant; a promise with a
 * `catch` or `then`; one that is given to `waitUntil`, returned, kept in a variable or passed on; tests.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { Dropped } from "../model/virtual-actor.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { code, finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "unawaited-actor-call",
  title: "A call of an actor whose promise is dropped",
  category: "virtual-actors",
  languages: ["typescript"],
  variants: [],
  severity: "warning",
  cost: "typing",
  stage: "stable",
  inTests: false,
};

const inList =
  "Use `for … of` with `await`, or `await Promise.all(list.map(…))` for all at once; write `void` and a `catch` if it may be lost.";

/** `of`: what is asked for. */
function whatOf(of: string, { lost }: Dropped): string {
  if (lost === undefined) return `Nobody keeps the promise of ${code(of)}.`;
  const whose = lost.isWaited ? `the functions that wait for ${code(of)}` : code(of);
  return `Nobody keeps the promises of ${whose}: ${code(lost.by)} drops them.`;
}

export const unawaitedActorCall: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    return context.topology.messages.flatMap((message) => {
      const [module] = message.to;
      if (message.dropped === undefined || module === undefined || message.handlers.length === 0 || message.certainty === "unknown")
        return [];
      if (context.roleOf(message.place.file) !== "source") return [];
      // On Workers, what a request has started ends with it; what an actor does goes on when its handler has ended.
      const sender = context.topology.functions.get(message.from)?.module;
      const isActor = sender !== undefined && context.topology.definitions.has(sender);
      const endsWithRequest = !isActor && context.topology.definitions.get(module)?.kind === "durable_object";
      return [
        finding(meta, {
          variant: null,
          certainty: message.certainty,
          process: module,
          place: message.place,
          what: whatOf(message.tag === null ? context.print(module) : `${context.print(module)}.${message.tag}`, message.dropped),
          why:
            message.dropped.why ??
            (endsWithRequest
              ? "It is a request over the network: when it fails, nobody learns of it, and what is still under way when the handler ends may be cancelled."
              : "It is a request over the network: when it fails, nobody learns of it."),
          fix:
            (message.dropped.lost === undefined ? message.dropped.fix : inList) ??
            (endsWithRequest
              ? "`await` it, or give it to `ctx.waitUntil()` if the answer can go out before; write `void` and a `catch` if it may be lost."
              : "`await` it; write `void` and a `catch` if it may be lost."),
          evidence: message.handlers.slice(0, 1).map(({ place }) => ({ message: "this is what it asks for", place })),
        }),
      ];
    });
  },
};
