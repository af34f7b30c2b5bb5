/**
 * A virtual actor that is always reached by the same key, on the way of requests.
 *
 * An object of a virtual actor runs in one place and takes one event at a time; the platform scales by making more of them, one for each key. A constant key
 * gives that up. Sources: https://developers.cloudflare.com/durable-objects/best-practices/rules-of-durable-objects/ ("model around your atom of
 * coordination", "do not create a single global Durable Object", 500 to 1,000 requests a second for one object), https://developers.cloudflare.com/durable-objects/platform/limits/
 * (a soft limit of 1,000).
 *
 * Needs: one constant key in all of the source, and no other address; calls that are waited for in contexts of requests or connections. Left alone:
 * - an object that only other actors, queues or timers call: a coordinator that no request waits for;
 * - a class that a library has and source does not: what its methods do is not known;
 * - examples, demos, templates and tests, whose keys are constant for the sake of being short;
 * - where all calls come from one function and the key is the only one of its kind, it is an `info`: a single route of a small service may well go to a
 *   single object.
 */
import { keyedKinds } from "../../model/keyed-kinds.ts";
import type { ExecutionContext, ProcessDefinition } from "../../model/topology.ts";
import { type Caller, type Crowd, crowdOf } from "../callers.ts";
import { isShown } from "../shown.ts";
import { callerEvidence, code, crowdName } from "../wording.ts";
import { type Bottleneck, hasClusterWideName, type Singleton } from "./singleton.ts";

const requests: ReadonlySet<ExecutionContext["kind"]> = new Set(["request", "connection", "channel"]);

export function constantKey(singleton: Singleton): Bottleneck | null {
  const { definition, context, name, callers } = singleton;
  const [node] = definition.nodes.filter(hasClusterWideName);
  if (!keyedKinds.has(definition.kind) || node?.name == null || isShown(node.place.file) || isShown(definition.place.file)) return null;
  if (context.roleOf(node.place.file) !== "source" || isPlaceholder(node.name.value) || isLibrarys(definition)) return null;
  const waiting = callers.filter(({ message, contexts }) => message.mode === "call" && contexts.some(isRequest));
  const crowd = crowdOf(waiting, definition.module);
  if (crowd === null || !crowd.many.some(isRequest)) return null;
  return {
    variant: "global-singleton",
    ...(isNarrow(waiting) ? { severity: "info" as const } : {}),
    certainty: node.certainty,
    place: node.place,
    what: `${code(name)} is always reached ${keyPhrase(node.name.value)}: there is one for everybody.`,
    why: `It runs in one place and takes one event at a time, and it is called in ${crowdName(onlyRequests(crowd))}: they all wait for the same object.`,
    fix: "Make the key from what has to be coordinated (a room, a user, a tenant), or spread the work over several keys and add up what they say.",
    evidence: callerEvidence(context, crowd.callers),
  };
}

function isLibrarys({ opaque, callbacks }: ProcessDefinition): boolean {
  return opaque === true && callbacks.length === 0;
}

function isRequest({ kind, cardinality }: ExecutionContext): boolean {
  return requests.has(kind) && cardinality === "many";
}

function onlyRequests(crowd: Crowd): Crowd {
  return { ...crowd, many: crowd.many.filter(isRequest) };
}

/** `[]` stands for a key that is left out. */
function keyPhrase(key: string): string {
  return key === "[]" ? "without a key" : `by the key ${code(key)}`;
}

/** A key that only stands for one shows how something is done, too. */
function isPlaceholder(key: string): boolean {
  return /^"(my|demo|test|example|sample|foo|bar)\b/i.test(key);
}

function isNarrow(callers: readonly Caller[]): boolean {
  return new Set(callers.map(({ fn }) => fn.key)).size === 1;
}
