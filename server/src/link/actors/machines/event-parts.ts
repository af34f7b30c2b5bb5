/**
 * Whom events name: `sendTo(({ event }) => event.sender, …)` reaches the actors that events of the types which are taken there hold under the name. What an event
 * holds is looked up where it is sent, so this is known once it is known what is sent. Pure.
 */
import { append } from "../../../model/append.ts";
import type { Expression } from "../../../model/expression.ts";
import { type Code, holds } from "../code.ts";
import type { Closed } from "../value.ts";
import type { Data } from "./data.ts";
import type { Logic } from "./logic.ts";
import { NONE, type Ref, union } from "./ref.ts";
import type { Sent, World } from "./world.ts";

export interface EventInput {
  readonly data: Data;
  readonly uses: World["uses"];
  readonly cases: World["cases"];
}

type EventRef = Extract<Ref, { r: "event" }>;

interface Received {
  /** A logic hands on what it has taken. */
  readonly event: Closed | Logic | null;
  /** Null where source does not tell. */
  readonly tags: readonly string[] | null;
}

export class EventParts {
  private readonly input: EventInput;
  private readonly received = new Map<Logic, Received[]>();
  /** What is being asked for: an event may hold what an event of its own type holds. */
  private readonly asking = new Set<string>();
  /** Somebody has asked for a part of an event. */
  isAsked = false;

  constructor(input: EventInput) {
    this.input = input;
  }

  /** Takes in all that is sent, in place of what was known before. */
  take(sent: readonly Sent[]): void {
    this.received.clear();
    for (const { to, event = null, tags } of sent) for (const logic of to?.of ?? []) append(this.received, logic, { event, tags });
  }

  /** The actors under a name of an event that an expression of the code speaks of; probable where not all such events name one. */
  actors({ logics, by }: EventRef, name: string, e: Expression, resolve: (closed: Closed) => Ref): Ref {
    this.isAsked = true;
    return this.named(logics, by === null ? null : this.typesIn(by, e, logics), name, resolve);
  }

  private named(logics: readonly Logic[], types: readonly string[] | null, name: string, resolve: (closed: Closed) => Ref): Ref {
    const all = logics.flatMap((logic) => this.received.get(logic) ?? []).filter(({ tags }) => mayBe(tags, types));
    const key = `${logics.map(({ module }) => module).join()} ${types?.join()} ${name}`;
    if (all.length === 0 || this.asking.has(key)) return NONE;
    this.asking.add(key);
    const found = all.flatMap(({ event, tags }) => {
      if (event === null) return [];
      const part = "module" in event ? null : this.input.data.get(event, name);
      const ref = "module" in event ? this.named([event], tags, name, resolve) : part === null ? NONE : resolve(part);
      return ref.r === "actors" ? [ref] : [];
    });
    this.asking.delete(key);
    const to = union(found);
    return to.r === "actors" && found.length < all.length ? { ...to, probable: true } : to;
  }

  /** Types of the events that the code may be run with where the expression stands; null for any. */
  private typesIn(by: Code, e: Expression, logics: readonly Logic[]): readonly string[] | null {
    const asserted = this.assertedIn(by);
    if (asserted !== null) return asserted;
    for (const logic of logics) {
      const known = this.input.cases.get(logic);
      const around = known?.code === by ? known.taken.cases.filter(({ body }) => body.some((part) => holds(part, e))) : [];
      if (around.length > 0) return around.some(({ tag }) => tag === null) ? null : around.flatMap(({ tag }) => tag ?? []);
    }
    let at: Code | null = by;
    while (at !== null && !this.input.uses.has(at)) at = at.parent;
    const uses = (at === null ? undefined : this.input.uses.get(at)) ?? [];
    const isAny = uses.some(({ transition: { kind } }) => kind === "entry" || kind === "exit" || kind === "always");
    return uses.length === 0 || isAny ? null : uses.flatMap(({ transition }) => (transition.kind === "event" ? transition.event : []));
  }

  /** `assertEvent(event, "PING")`, which fails for any other. */
  private assertedIn(by: Code): readonly string[] | null {
    const call = by.parts.calls.find(({ module, name }) => module === null && name === "assertEvent");
    if (call?.args[1] === undefined) return null;
    const { data } = this.input;
    const types = data.items({ e: call.args[1], code: by, args: null }).map((one) => data.text(one));
    return types.some((type) => type === null) ? null : types.flatMap((type) => type ?? []);
  }
}

function mayBe(tags: readonly string[] | null, types: readonly string[] | null): boolean {
  return tags === null || types === null || tags.some((tag) => types.some((type) => isTakenBy(type, tag)));
}

/** Whether what is written for a type, or for several (`feedback.*`, `*`), takes an event. https://stately.ai/docs/transitions#wildcard-transitions */
export function isTakenBy(descriptor: string, tag: string): boolean {
  if (descriptor === "*" || descriptor === tag) return true;
  return descriptor.endsWith(".*") && (tag === descriptor.slice(0, -2) || tag.startsWith(descriptor.slice(0, -1)));
}
