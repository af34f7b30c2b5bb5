/** Actors of a system of nact: functions that take messages, each the child of the system or of another. Pure. */
import type { OnCrash } from "../../../model/crash-answer.ts";
import type { Expression } from "../../../model/expression.ts";
import type { ActorEffect } from "../../../model/library.ts";
import { printName } from "../addresses.ts";
import { type Code, walkOwn } from "../code.ts";
import type { FoundEffect } from "../sites.ts";
import type { Arguments, Closed } from "../value.ts";
import type { Carried } from "./carried.ts";
import { tagText } from "./cases.ts";
import { actionsOf } from "./crashes.ts";
import type { Data } from "./data.ts";
import { isProduct, type Logic, type Logics, shownName } from "./logic.ts";
import type { Given, Ref, Role } from "./ref.ts";
import type { Refs } from "./refs.ts";
import type { ActorSystem, Started } from "./started.ts";
import type { Sent } from "./world.ts";

type Spawn = Extract<ActorEffect, { op: "spawn" }>;
type Tell = Extract<ActorEffect, { op: "tell" }>;

/** What a call that sends does: it tells an actor, or answers whoever asked, or one or the other. */
interface Told {
  readonly sent: Sent | null;
  readonly isReply: boolean;
}

/** What a function of an actor is given: its state and the message, or the message alone, and what it may use. */
export function roleOfFunction(logic: Logic): Role {
  const parameters: readonly (Given | "event" | null)[] = logic.form === "stateless" ? ["event", "actor"] : ["state", "event", "actor"];
  return { logic, parameters };
}

export class SpawnReader {
  private readonly logics: Logics;
  private readonly data: Data;

  constructor(logics: Logics, data: Data) {
    this.logics = logics;
    this.data = data;
  }

  /** The function that runs, for each call of the code around where it is not known there. */
  logicOf({ code, e }: FoundEffect, does: Spawn, refs: Refs | null): Logic | null {
    const call = e.k === "call" ? e : null;
    const run = call?.args[does.run];
    if (call === null || run === undefined || !isProduct(code)) return null;
    const closed: Closed = { e: run, code, args: null };
    const value = this.data.evaluate(closed);
    const known = value.v === "code" ? value.code : null;
    const found = known ?? (refs === null ? null : this.inCalls(closed, refs));
    if (found === null) return null;
    const name = this.nameOf(call.args, does, code, null) ?? code.outermost.facts?.name ?? "actor";
    const library = this.data.evaluate({ e, code, args: null });
    return this.logics.ofFunction(
      found,
      does.form,
      { name, place: found.place(found.clause) },
      library.v === "made" ? library.package : "",
    );
  }

  private inCalls(closed: Closed, refs: Refs): Code | null {
    for (const one of refs.variantsOf(closed)) {
      const value = this.data.evaluate(one);
      if (value.v === "code") return value.code;
    }
    return null;
  }

  private nameOf(args: readonly Expression[], does: Spawn, code: Code, given: Arguments | null): string | null {
    const own = args[does.name];
    if (own === undefined) return null;
    const closed = { e: own, code, args: given };
    return this.data.text(closed) ?? this.data.text(this.data.get(closed, "name"));
  }

  /** One for each parent and name that the call may have. */
  started({ code, e }: FoundEffect, does: Spawn, logic: Logic | null, refs: Refs): readonly Started[] {
    const parent = e.k === "call" ? e.args[does.parent] : undefined;
    if (e.k !== "call" || parent === undefined || !isProduct(code)) return [];
    const here: Closed = { e: parent, code, args: null };
    const direct = refs.resolve(here, 0);
    const ways: readonly (readonly [Ref, Arguments | null])[] =
      direct.r === "none"
        ? refs.variantsOf(here).map((one) => [refs.resolve(one, 0), one.args] as const)
        : this.namesOf(direct, here, refs);
    const found: Started[] = [];
    for (const [above, args] of ways) {
      const one = this.one(code, e, does, logic, above, args);
      if (!found.some((other) => other.parent === one.parent && other.system === one.system && other.id === one.id)) found.push(one);
    }
    return found;
  }

  private namesOf(parent: Ref, here: Closed, refs: Refs): readonly (readonly [Ref, Arguments | null])[] {
    return refs.variantsOf(here).map((one) => [parent, one.args] as const);
  }

  private one(
    code: Code,
    e: Extract<Expression, { k: "call" }>,
    does: Spawn,
    logic: Logic | null,
    above: Ref,
    args: Arguments | null,
  ): Started {
    const id = this.nameOf(e.args, does, code, args);
    const third = e.args[does.name];
    const written = e.args[does.options] ?? (third?.k === "map" ? third : undefined);
    const options = written === undefined ? null : { e: written, code, args };
    const parent = above.r === "actors" || above.r === "given" ? ((above.r === "actors" ? above.of : above.logics)[0] ?? null) : null;
    const isSelf = above.r === "given" || (above.r === "actors" && above.started.length === 0);
    const isLooped = code.parent !== null || isInLoop(code, e);
    return {
      parent,
      under: above.r === "actors" && above.started.length > 0 ? above.started : null,
      system: above.r === "system" ? above.system : null,
      isRoot: above.r === "system" && above.system === null,
      logic,
      id,
      systemId: null,
      // A name is taken once among the children of a parent.
      cardinality: id !== null ? "one" : isSelf || isLooped || third !== undefined ? "many" : "unknown",
      condition: null,
      origin: isSelf ? "dynamic" : "init",
      certainty: above.r === "none" ? "probable" : "certain",
      notes: this.notesOf(options, does),
      onCrash: this.onCrashOf(options, does),
      place: code.place(e),
      code,
      by: { e, code, args },
      field: null,
      input: null,
    };
  }

  private notesOf(options: Closed | null, does: Spawn): readonly string[] {
    const policy = this.policyOf(options);
    const idle = this.data.get(options, "shutdownAfter");
    const notes = [does.form === "stateless" ? "goes on after a crash" : policy === null ? "stops on a crash" : crashWords(policy)];
    if (idle !== null) {
      const limit = milliseconds(idle, this.data);
      notes.push(limit === null ? "stops when idle" : `stops when idle for ${duration(limit)}`);
    }
    return notes;
  }

  /** Null where the actor has no policy for crashes. */
  private policyOf(options: Closed | null): ReturnType<typeof actionsOf> | null {
    const crash = this.data.get(options, "onCrash");
    if (crash === null) return null;
    const value = this.data.evaluate(crash);
    return value.v === "code" ? actionsOf(value.code) : [];
  }

  private onCrashOf(options: Closed | null, { form, recovers }: Spawn): OnCrash {
    const policy = this.policyOf(options);
    const own = policy === null ? (["stops"] as const) : policy.map(({ answer }) => answer);
    return { answers: form === "stateless" ? ["goes_on"] : own, ...(recovers === true ? { recovers } : {}) };
  }

  tell({ code, e, waiting }: FoundEffect, does: Tell, refs: Refs, carried: Carried): Told | null {
    if (e.k !== "call" || !isProduct(code)) return null;
    const [target, message] = [e.args[does.target], e.args[does.message]];
    if (target === undefined) return null;
    const closed: Closed = { e: target, code, args: null };
    const to = refs.actors(closed) ?? carried.actors(closed, e);
    const isReply = (to === null || to.probable) && isAnswer(closed, refs);
    if (to === null && isReply) return { sent: null, isReply };
    const wait = does.timeout === null ? undefined : e.args[does.timeout];
    const sent: Sent = {
      from: { code },
      place: code.place(e),
      mode: does.mode,
      to,
      target: printName(target),
      tags: null,
      message: message === undefined ? null : { e: message, code, args: null },
      timeout: wait === undefined ? null : milliseconds({ e: wait, code, args: null }, this.data),
      dropped: does.mode === "call" && waiting === "dropped",
    };
    return { sent, isReply };
  }
}

function crashWords(policy: ReturnType<typeof actionsOf>): string {
  return policy.length === 0 ? "has a policy for crashes" : `on a crash: ${policy.map(({ words }) => words).join(", or ")}`;
}

/** Whoever sent the message, or whom it names: an answer. */
function isAnswer({ e, code }: Closed, refs: Refs): boolean {
  let base = e;
  while (base.k === "field") {
    if (base.key.k === "atom" && base.key.value === "sender") return true;
    base = base.base;
  }
  if (base.k === "variable" && code.bound(base.name)?.way.at(-1) === "sender") return true;
  return refs.isEvent({ e: base, code, args: null });
}

function isInLoop(code: Code, wanted: Expression): boolean {
  let found = false;
  walkOwn(code.clause.body, (e) => {
    if (e.k === "for")
      walkOwn(e.body, (inner) => {
        found ||= inner === wanted;
        return true;
      });
    return true;
  });
  return found;
}

const units: Readonly<Record<string, number>> = {
  millisecond: 1,
  milliseconds: 1,
  second: 1000,
  seconds: 1000,
  minute: 60_000,
  minutes: 60_000,
  hour: 3_600_000,
  hours: 3_600_000,
};

/** `5 * seconds`, `500`. */
function milliseconds(closed: Closed, data: Data): number | null {
  const { e, code, args } = closed;
  if (e.k === "operator" && e.operator === "*") {
    const parts = e.operands.map((one) => milliseconds({ e: one, code, args }, data));
    return parts.every((one) => one !== null) ? parts.reduce((product, one) => product * one, 1) : null;
  }
  const value = data.evaluate(closed);
  if (value.v === "external") return units[value.name] ?? null;
  const number = value.v === "text" ? Number(value.text) : Number.NaN;
  return Number.isFinite(number) ? number : null;
}

function duration(limit: number): string {
  return limit % 60_000 === 0 ? `${limit / 60_000} min` : limit % 1000 === 0 ? `${limit / 1000} s` : `${limit} ms`;
}

/** A message's type, or what a function that is given where to answer makes. */
export function tagOf(message: Closed | null, field: string | null, data: Data): string | null {
  if (message === null) return null;
  const object = data.written(message);
  if (object !== null && object.e.k === "map") {
    const type = data.get(object, field ?? "type");
    return type === null ? null : tagText(type, data);
  }
  return data.text(message);
}

export function systemOf({ code, e }: FoundEffect, options: number, data: Data, name: string | null): ActorSystem {
  const written = e.k === "call" ? e.args[options] : undefined;
  const given = written === undefined ? null : data.text(data.get({ e: written, code, args: null }, "name"));
  return { name: given ?? (name === null ? "system" : shownName(name, code)), place: code.place(e), by: { e, code, args: null } };
}
