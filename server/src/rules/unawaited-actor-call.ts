/**
 * A call of an actor whose promise nobody keeps.
 *
 * The call of a stub is a request over the network: it may fail, and what it throws has nowhere to go. On Workers the platform also cancels what is still
 * under way once the response is sent. Source: https://developers.cloudflare.com/durable-objects/best-practices/rules-of-durable-objects/#always-await-rpc-calls and
 * https://developers.cloudflare.com/workers/runtime-apis/context/#waituntil.
 *
 * Needs: the target's class and the method are known; the promise is the whole statement, or is dropped with what a function gives that a list calls, or
 * with the one that `Promise.all` and the like make of it. Left alone: `void`, which says that it is meant; a promise with a `catch` or `then`; one that is given to
 * `waitUntil`, returned, kept in a variable or passed on; tests. `Promise.allSettled` says that failures are taken as they come, as a `catch` does; it is spoken of
 * where the platform cancels what is under way, since then nobody can mean to leave it.
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

/** What never fails. */
const settling = "Promise.allSettled";

/** `of`: what is asked for. */
function whatOf(of: string, { lost }: Dropped): string {
  if (lost === undefined) return `Nobody keeps the promise of ${code(of)}.`;
  if (lost.gathered !== undefined) return `Nobody keeps the promise of ${code(lost.by)}, which waits for ${code(of)}.`;
  const whose = lost.isWaited ? `the functions that wait for ${code(of)}` : code(of);
  return `Nobody keeps the promises of ${whose}: ${code(lost.by)} drops them.`;
}

export const unawaitedActorCall: Rule = {
  meta,
  check({ topology, roleOf, print }: RuleContext): readonly Finding[] {
    const seen = new Set<string>();
    return topology.messages.flatMap((message) => {
      const { to, dropped, handlers, certainty, tag } = message;
      const [module] = to;
      if (dropped === undefined || module === undefined || handlers.length === 0 || certainty === "unknown") return [];
      const { lost } = dropped;
      const place = lost?.gathered ?? message.place;
      if (roleOf(place.file) !== "source") return [];
      // On Workers, what a request has started ends with it; what an actor does goes on when its handler has ended.
      const sender = topology.functions.get(message.from)?.module;
      const isActor = sender !== undefined && topology.definitions.has(sender);
      const endsWithRequest = !isActor && topology.definitions.get(module)?.kind === "durable_object";
      const isSettled = lost?.gathered !== undefined && lost.by === settling;
      if (isSettled && !endsWithRequest) return [];
      // Of several that are made one promise, the first one tells.
      const key = `${place.file}:${place.at}`;
      if (lost?.gathered !== undefined && seen.has(key)) return [];
      seen.add(key);
      return [
        finding(meta, {
          variant: null,
          certainty,
          process: module,
          place,
          what: whatOf(tag === null ? print(module) : `${print(module)}.${tag}`, dropped),
          why: whyOf(dropped, endsWithRequest, isSettled),
          fix:
            (lost === undefined || lost.gathered !== undefined ? dropped.fix : inList) ??
            (endsWithRequest
              ? "`await` it, or give it to `ctx.waitUntil()` if the answer can go out before; write `void` and a `catch` if it may be lost."
              : "`await` it; write `void` and a `catch` if it may be lost."),
          evidence: handlers.slice(0, 1).map((handler) => ({ message: "this is what it asks for", place: handler.place })),
        }),
      ];
    });
  },
};

function whyOf({ why }: Dropped, endsWithRequest: boolean, isSettled: boolean): string {
  if (isSettled) return "They are requests over the network: what is still under way when the handler ends may be cancelled.";
  if (why !== undefined) return why;
  return endsWithRequest
    ? "It is a request over the network: when it fails, nobody learns of it, and what is still under way when the handler ends may be cancelled."
    : "It is a request over the network: when it fails, nobody learns of it.";
}
