/**
 * A virtual actor that keeps nothing, of which there is one for everybody.
 *
 * Needs: constant keys alone; at least one message, each answered without reading or changing what the actor keeps, and nothing else that it does (timers,
 * connections, events, queues, background work); no reason; all of its code is read. Actors whose library runs one message at a time for a key
 * (Restate, Dapr) are left alone: to come one after the other may be what they are for. Examples are left alone, too. Sources:
 * https://rivet.dev/docs/actors/design-patterns ("for stateless request handling, use regular functions"),
 * https://developers.cloudflare.com/durable-objects/best-practices/rules-of-durable-objects/ ("use Durable Objects for stateful coordination, not stateless request handling").
 */
import { keyedKinds } from "../../model/keyed-kinds.ts";
import { clausesOf, headOf } from "../clauses.ts";
import { isShown } from "../shown.ts";
import { callerEvidence, clauseName, code, listed } from "../wording.ts";
import type { Variant } from "./subject.ts";

export const statelessActor: Variant = ({ definition, context, name, callers }) => {
  const { kind, cardinality, reasons, callbacks, place } = definition;
  if (!keyedKinds.has(kind) || isShown(place.file) || reasons.length > 0) return null;
  if (cardinality !== "one" && cardinality !== "fixed") return null;
  const clauses = clausesOf(definition, "call");
  const isIdle = callbacks.every(
    ({ interleaves, role, effects }) =>
      interleaves === true &&
      (role === "call" || role === "init") &&
      effects.state !== "changed" &&
      !effects.readsState &&
      effects.others.length === 0 &&
      effects.exclusive === undefined,
  );
  if (clauses.length === 0 || !isIdle) return null;
  return {
    variant: "stateless",
    certainty: "probable",
    what: `${code(name)} is an actor, but ${listed(clauses.map(clauseName))} neither ${clauses.length === 1 ? "reads nor changes" : "read nor change"} anything that it keeps.`,
    why: "It is reached over the network and runs in one place, for work that each caller could do itself at the same time.",
    fix: `Make what ${code(name)} does plain functions, and call them where they are needed.`,
    evidence: [
      ...clauses.map((clause) => ({ message: `${clauseName(clause)} keeps nothing`, place: headOf(clause) })),
      ...callerEvidence(context, callers, 3),
    ],
  };
};
