/**
 * Whom a message names: `dispatch(message.sender, …)` reaches the actors that messages of that type hold under the name. What a message holds is looked up
 * where it is sent; one whose sender is a query's leads to an answer, not to an actor. Pure.
 */
import { append } from "../../../model/append.ts";
import type { Expression } from "../../../model/expression.ts";
import { type Code, holds } from "../code.ts";
import type { FoundEffect } from "../sites.ts";
import type { Closed } from "../value.ts";
import { messageField } from "./cases.ts";
import type { Data } from "./data.ts";
import { isProduct, type Logic } from "./logic.ts";
import { type Ref, type Role, union } from "./ref.ts";
import type { Refs } from "./refs.ts";
import { tagOf } from "./spawned.ts";
import type { World } from "./world.ts";

export interface CarriedInput {
  readonly tells: readonly FoundEffect[];
  readonly roles: ReadonlyMap<Code, readonly Role[]>;
  readonly cases: World["cases"];
  readonly refs: Refs;
  readonly data: Data;
}

type Actors = Extract<Ref, { r: "actors" }>;

interface Told {
  readonly call: Expression;
  readonly target: Closed;
  readonly message: Closed;
}

interface Received {
  readonly message: Closed;
  /** Null where source does not tell. */
  readonly tag: string | null;
}

export class Carried {
  private readonly input: CarriedInput;
  private readonly received = new Map<Logic, Received[]>();

  constructor(input: CarriedInput) {
    this.input = input;
    const { refs, data, cases } = input;
    const open = input.tells.flatMap(({ code, e, does }): readonly Told[] => {
      const [target, message] = does.op === "tell" && e.k === "call" ? [e.args[does.target], e.args[does.message]] : [];
      if (target === undefined || message === undefined || !isProduct(code)) return [];
      return [{ call: e, target: { e: target, code, args: null }, message: { e: message, code, args: null } }];
    });
    const take = (actors: Actors | null, message: Closed): boolean => {
      for (const logic of actors?.of ?? []) {
        append(this.received, logic, { message, tag: tagOf(message, cases.get(logic)?.taken.field ?? null, data) });
      }
      return actors !== null;
    };
    const others = open.filter(({ target, message }) => !take(refs.actors(target), message));
    // Whom a message names may be sent one that names somebody, too.
    for (const { call, target, message } of others) take(this.actors(target, call), message);
  }

  /** The actors that an expression in `call` means, if it is a part of a message; probable where not all of the messages are known to name one. */
  actors({ e, code }: Closed, call: Expression): Actors | null {
    const part = this.partOf(e, code);
    if (part === null) return null;
    const messages = part.logics.flatMap((logic) => this.receivedBy(logic, call));
    const named = messages.flatMap(({ message }) => this.named(message, part.name) ?? []);
    const all = union(named);
    if (all.r !== "actors") return null;
    return named.length < messages.length ? { ...all, probable: true } : all;
  }

  private partOf(e: Expression, code: Code): { readonly logics: readonly Logic[]; readonly name: string } | null {
    const root = e.k === "field" ? e.base : e;
    if (root.k !== "variable") return null;
    for (let at: Code | null = code; at !== null; at = at.parent) {
      const roles = this.input.roles.get(at) ?? [];
      const parameter = roles[0]?.parameters.indexOf("event") ?? -1;
      const name = parameter < 0 ? null : messageField(e, at, parameter);
      if (name !== null) return { name, logics: roles.filter((role) => role.parameters[parameter] === "event").map(({ logic }) => logic) };
      if (at.bound(root.name, root) !== null) return null;
    }
    return null;
  }

  /** Messages that the case takes in which the call stands; all where it stands in none. */
  private receivedBy(logic: Logic, call: Expression): readonly Received[] {
    const all = this.received.get(logic) ?? [];
    const cases = this.input.cases.get(logic)?.taken.cases ?? [];
    const around = new Set(cases.filter(({ body }) => body.some((e) => holds(e, call))).map(({ tag }) => tag));
    if (around.size === 0) return all;
    const isOther = (tag: string): boolean => around.has(null) && cases.every((one) => one.tag !== tag);
    return all.filter(({ tag }) => tag === null || around.has(tag) || isOther(tag));
  }

  private named(message: Closed, name: string): Actors | null {
    const part = this.input.data.get(message, name);
    return part === null ? null : this.input.refs.actors(part);
  }
}
