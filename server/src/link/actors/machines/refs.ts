/**
 * Which actors an expression means: what a machine's functions are given (`self`, `system`, `context`), what starts an actor gives, what components and
 * functions hold of it. Goes through parameters to the calls of a function. Bounded; what is not followed means nothing. Pure.
 */
import type { CallExpression, Expression } from "../../../model/expression.ts";
import { type Code, walkOwn } from "../code.ts";
import type { Evaluator } from "../evaluate.ts";
import type { Program } from "../program.ts";
import type { CallEdge } from "../sites.ts";
import type { Arguments, Closed, Value } from "../value.ts";
import { Callers, callerLimit } from "./callers.ts";
import { type ContextFields, speaksOf } from "./context-fields.ts";
import type { Data } from "./data.ts";
import type { EventParts } from "./event-parts.ts";
import type { Logic, Logics } from "./logic.ts";
import { actorsOf, type Given, givenBy, NONE, type Ref, type Role, union } from "./ref.ts";
import type { ActorSystem, Started } from "./started.ts";
import { StateFields } from "./state-fields.ts";

const depthLimit = 14;
const choosers: ReadonlySet<string> = new Set(["find", "at", "filter", "slice", "values", "pop", "shift"]);
const iterators: ReadonlySet<string> = new Set(["forEach", "map", "find", "filter", "some", "every", "flatMap"]);

export interface RefInput {
  readonly program: Program;
  readonly evaluator: Evaluator;
  readonly data: Data;
  readonly logics: Logics;
  readonly calls: readonly CallEdge[];
  readonly roles: ReadonlyMap<Code, readonly Role[]>;
  /** All that are known by now. */
  readonly started: readonly Started[];
  readonly systems: ReadonlyMap<Expression, ActorSystem>;
  readonly events: EventParts;
  readonly fields: ContextFields;
}

export class Refs {
  private readonly input: RefInput;
  private readonly callers: Callers;
  private readonly states: StateFields;
  /** Parts of states and contexts that have been looked up for the one that is asked for. */
  private readonly asked = new Map<string, Ref>();

  constructor(input: RefInput) {
    this.input = input;
    this.callers = new Callers(input.calls, input.roles);
    const isState = (closed: Closed, of: Code): boolean => {
      const ref = this.resolve(closed, 0);
      return ref.r === "given" && ref.what === "state" && ref.logics.some(({ code }) => code === of);
    };
    this.states = new StateFields({ data: input.data, isState });
  }

  evaluate(closed: Closed): Value {
    return this.input.evaluator.evaluate(closed);
  }

  isGiven(closed: Closed, what: Given): boolean {
    const ref = this.resolve(closed, 0);
    return ref.r === "given" && ref.what === what;
  }

  isEvent(closed: Closed): boolean {
    return this.resolve(closed, 0).r === "event";
  }

  /** A function that gives the event that it is given. */
  isHandedOn(event: Closed | null): boolean {
    const value = event === null ? null : this.evaluate(event);
    const [result, ...others] = value?.v === "code" ? value.code.parts.results : [];
    return value?.v === "code" && result !== undefined && others.length === 0 && this.isEvent({ e: result, code: value.code, args: null });
  }

  itself(logic: Logic): Ref {
    return actorsOf([logic], [], "itself");
  }

  /** Actors only; those of all calls of the function that the expression stands in, where it depends on them. */
  actors(closed: Closed): Extract<Ref, { r: "actors" }> | null {
    const ref = this.everywhere(closed);
    return ref.r === "actors" ? ref : ref.r === "list" || ref.r === "sender" ? ref.to : null;
  }

  everywhere(closed: Closed, depth = 0): Ref {
    const direct = this.resolve(closed, depth);
    if (direct.r !== "none") return direct;
    const found = this.variantsOf(closed).map((one) => this.resolve(one, depth));
    return union(found);
  }

  /** The expression in each call of the function around it. */
  variantsOf(closed: Closed): readonly Closed[] {
    return this.callers.variantsOf(closed);
  }

  resolve(closed: Closed, depth: number): Ref {
    if (depth > depthLimit) return NONE;
    const { e, code, args } = closed;
    const next = depth + 1;
    switch (e.k) {
      case "variable":
        return e.name === "this" ? this.self(code) : this.name(e.name, closed, next);
      case "field": {
        const base = this.resolve({ e: e.base, code, args }, next);
        const key = e.key.k === "atom" || e.key.k === "text" ? e.key.value : this.input.data.text({ e: e.key, code, args });
        // An element of several actors is one of them.
        if (base.r === "actors" && e.access && (key === null || /^\d+$/.test(key))) return base;
        const found = base.r === "none" ? NONE : this.member(base, key, e, next);
        return found.r === "none" ? this.value(closed, next) : found;
      }
      case "call":
        return this.call(closed, next);
      case "operator": {
        const [first] = e.operands;
        if (e.operator === "await" && first !== undefined) return this.resolve({ e: first, code, args }, next);
        if (e.operator === "??" || e.operator === "||" || e.operator === "&&")
          return union(e.operands.map((operand) => this.resolve({ e: operand, code, args }, next)));
        return NONE;
      }
      case "branch":
        return union(e.clauses.map(({ body }) => this.resolve({ e: body, code, args }, next)));
      case "match":
        return this.resolve({ e: e.value, code, args }, next);
      case "list":
        return union(e.items.map((item) => this.resolve({ e: item, code, args }, next)));
      default:
        return NONE;
    }
  }

  /** `this` of a nact actor is what it is also given as its last argument. */
  private self(code: Code): Ref {
    for (let at: Code | null = code; at !== null; at = at.parent) {
      const logics = (this.input.roles.get(at) ?? []).filter(({ parameters }) => parameters.includes("actor")).map(({ logic }) => logic);
      if (logics.length > 0) return { r: "given", logics, what: "actor" };
    }
    return NONE;
  }

  private name(name: string, closed: Closed, depth: number): Ref {
    const { code, args } = closed;
    for (let at: Code | null = code; at !== null; at = at.parent) {
      const bound = at.bound(name, closed.e);
      if (bound === null) continue;
      if (bound.value !== null) {
        const value = this.resolve({ e: bound.value, code: at, args }, depth);
        return this.along(value, bound.way, closed.e, depth);
      }
      const roles = this.input.roles.get(at) ?? [];
      if (roles.length > 0) return this.along(givenBy(roles, bound.parameter, at), bound.way, closed.e, depth);
      let outer: Arguments | null = args;
      while (outer !== null && outer.of !== at) outer = outer.outer;
      const given = outer?.values[bound.parameter];
      if (given === undefined) return bound.parameter === 0 ? this.along(this.iterated(at, depth), bound.way, closed.e, depth) : NONE;
      return this.given(given, bound.way, depth);
    }
    return this.value(closed, depth);
  }

  /** What a function is called with that is given to `forEach` of several actors. */
  private iterated(code: Code, depth: number): Ref {
    const { parent } = code;
    let found: Ref = NONE;
    if (parent !== null)
      walkOwn(parent.clause.body, (e) => {
        if (
          e.k === "call" &&
          e.module !== null &&
          iterators.has(e.name) &&
          e.args.some((arg) => arg.k === "fn" && parent.inner.get(arg) === code)
        ) {
          const base = this.resolve({ e: e.module, code: parent, args: null }, depth);
          if (base.r === "actors") found = base;
        }
        return true;
      });
    return found;
  }

  /** A part of an argument: of an object that is written out, or of what it means. */
  private given(given: Closed, way: readonly string[], depth: number): Ref {
    if (way.length === 0) return this.resolve(given, depth);
    let part: Closed | null = given;
    for (const key of way) part = this.input.data.get(part, key);
    return part === null ? this.along(this.resolve(given, depth), way, given.e, depth) : this.resolve(part, depth);
  }

  /** `e`: what means it. */
  private along(ref: Ref, way: readonly string[], e: Expression, depth: number): Ref {
    let found = ref;
    for (const key of way) found = found.r === "none" ? NONE : this.member(found, key, e, depth);
    return found;
  }

  /** What the evaluator says: an actor that is made somewhere, a function that gives one. */
  private value(closed: Closed, depth: number): Ref {
    const value = this.input.evaluator.evaluate(closed);
    return value.v === "made" ? this.made(value, depth) : NONE;
  }

  private made(value: Extract<Value, { v: "made" }>, depth: number): Ref {
    const { program, systems } = this.input;
    const row = program.rows.ofPackage(value.package, value.name)?.does ?? null;
    const { e } = value.by;
    if (row === null || e.k !== "call") return NONE;
    if (row.op === "actor_system") return { r: "system", system: systems.get(e) ?? null };
    if (row.op === "prepare") return e.module === null ? NONE : this.resolve({ ...value.by, e: e.module }, depth + 1);
    if (row.op !== "run" && row.op !== "spawn") return NONE;
    const started = this.input.started.filter((one) => one.by.e === e);
    const argument = e.args[row.op === "run" ? row.logic : row.run];
    const of = started.flatMap(({ logic }) => logic ?? []);
    if (of.length === 0 && argument !== undefined && row.op === "run") of.push(...this.logicsOf({ ...value.by, e: argument }));
    // A hook that is given an actor gives that actor.
    if (of.length === 0 && argument !== undefined && row.op === "run") {
      const passed = this.everywhere({ ...value.by, e: argument });
      if (passed.r === "actors") return row.gives === "list" ? { r: "list", to: passed } : passed;
    }
    const actors = actorsOf([...new Set(of)], started, started[0]?.id ?? started[0]?.logic?.name ?? "an actor");
    if (row.op === "run" && row.gives === "list") return { r: "list", to: actors };
    return actors;
  }

  /** The logic that an expression gives, for each call of the function that it stands in where it depends on that. */
  logicsOf(closed: Closed): readonly Logic[] {
    const direct = this.input.logics.of(closed);
    if (direct !== null) return [direct];
    const found = this.variantsOf(closed).flatMap((one) => this.input.logics.of(one) ?? []);
    return [...new Set(found)];
  }

  private call(closed: Closed, depth: number): Ref {
    const { e, code, args } = closed;
    if (e.k !== "call") return NONE;
    if (e.module === null) {
      const callee = this.name(e.name, { e: { k: "variable", at: e.nameAt, name: e.name }, code, args }, depth);
      if (callee.r === "given" && callee.what === "spawn") return this.startedBy(e);
      const made = this.value(closed, depth);
      return made.r === "none" ? this.result(e, closed, depth) : made;
    }
    if (e.module.k === "variable" && e.module.name === "Object" && e.name === "values" && e.args[0] !== undefined)
      return this.each(this.resolve({ e: e.args[0], code, args }, depth));
    const base = this.resolve({ e: e.module, code, args }, depth);
    if (base.r === "actors") {
      if (e.name === "getSnapshot") return { r: "given", logics: base.of, what: "snapshot" };
      // `createActor(machine).start()`, `context.parts.find(…)`
      if (e.name === "start" || choosers.has(e.name)) return base;
    }
    if (e.name === "concat") return union([base, ...e.args.map((arg) => this.resolve({ e: arg, code, args }, depth))]);
    if (base.r === "system" && (e.name === "get" || e.name === "find")) {
      const id = e.args[0] === undefined ? null : this.input.data.text({ e: e.args[0], code, args });
      return id === null ? NONE : this.bySystemId(id);
    }
    if (base.r === "given" && (base.what === "children" || base.what === "actor") && (e.name === "get" || e.name === "at")) {
      const id = e.args[0] === undefined ? null : this.input.data.text({ e: e.args[0], code, args });
      return this.children(base.logics, id);
    }
    if (base.r === "given" && base.what === "enqueue" && e.name === "spawnChild") return this.startedBy(e);
    return this.value(closed, depth);
  }

  /** `Object.values(context.parts)`, `Object.values(snapshot.children)`. */
  private each(record: Ref): Ref {
    if (record.r === "given" && record.what === "children") return this.children(record.logics, null);
    return record.r === "actors" ? record : NONE;
  }

  /** What a function of the workspace returns. */
  private result(e: CallExpression, { code, args }: Closed, depth: number): Ref {
    const called = this.input.evaluator.evaluate({ e: { k: "variable", at: e.nameAt, name: e.name }, code, args });
    if (called.v !== "code") return NONE;
    const values = e.args.map((arg): Closed => ({ e: arg, code, args }));
    const results = called.code.parts.results.slice(0, callerLimit);
    return union(results.map((one) => this.resolve({ e: one, code: called.code, args: { of: called.code, values, outer: args } }, depth)));
  }

  private startedBy(e: Expression): Ref {
    const started = this.input.started.filter((one) => one.by.e === e);
    return started.length === 0
      ? NONE
      : actorsOf([...new Set(started.flatMap(({ logic }) => logic ?? []))], started, started[0]?.id ?? "a child");
  }

  bySystemId(id: string): Ref {
    const started = this.input.started.filter(({ systemId }) => systemId === id);
    return started.length === 0 ? NONE : actorsOf([...new Set(started.flatMap(({ logic }) => logic ?? []))], started, id);
  }

  /** Children of actors of the logic by their id, or all of them where that is not known. */
  children(logics: readonly Logic[], id: string | null): Ref {
    const all = this.input.started.filter(({ parent }) => parent !== null && logics.includes(parent));
    const started = id === null ? all : all.filter((one) => one.id === id);
    if (started.length === 0) return NONE;
    return actorsOf([...new Set(started.flatMap(({ logic }) => logic ?? []))], started, id ?? "a child", id === null && started.length > 1);
  }

  parents(logics: readonly Logic[]): Ref {
    const above = this.input.started.filter(({ logic }) => logic !== null && logics.includes(logic)).flatMap(({ parent }) => parent ?? []);
    const of = [...new Set(above)];
    return of.length === 0 ? NONE : actorsOf(of, [], "the parent", of.length > 1);
  }

  private member(base: Ref, key: string | null, e: Expression, depth: number): Ref {
    if (base.r === "event") return key === null ? NONE : this.input.events.actors(base, key, e, (part) => this.everywhere(part, depth + 1));
    if (base.r === "list") {
      if (key === "1" || key === "send") return { r: "sender", to: base.to };
      if (key === "2" || key === "actorRef") return base.to;
      return key === "0" || key === "snapshot" || key === "state" ? { r: "given", logics: base.to.of, what: "snapshot" } : NONE;
    }
    if (base.r === "actors") {
      if (key === "[]") return base;
      if (key === "send") return { r: "sender", to: base };
      if (key === "_parent") return this.parents(base.of);
      if (key === "system") return { r: "system", system: null };
      return NONE;
    }
    return base.r === "given" ? this.partOf(base, key, depth) : NONE;
  }

  private partOf({ logics, what, by }: Extract<Ref, { r: "given" }>, key: string | null, depth: number): Ref {
    const self = actorsOf(logics, [], "itself");
    if (what === "all" || what === "actor") {
      if (key === "self") return self;
      if (key === "parent") return what === "actor" ? this.parents(logics) : NONE;
      if (key === "system") return { r: "system", system: null };
      if (key === "sendBack") return this.senderTo(this.parents(logics));
      if (key === "event") return { r: "event", logics, by: by ?? null };
      if (key === "context" || key === "input" || key === "children" || key === "spawn" || key === "enqueue" || key === "receive")
        return { r: "given", logics, what: key };
      return NONE;
    }
    if (what === "snapshot") return key === "context" || key === "children" ? { r: "given", logics, what: key } : NONE;
    if (what === "children") return this.children(logics, key);
    if (what === "context" && key !== null) return this.contextField(logics, key, depth);
    if (what === "input" && key !== null) return this.inputField(logics, key, depth);
    if (what === "state" && key !== null) return union(logics.map((logic) => this.stateField(logic, key, depth)));
    return NONE;
  }

  private senderTo(ref: Ref): Ref {
    return ref.r === "actors" ? { r: "sender", to: ref } : NONE;
  }

  private contextField(logics: readonly Logic[], field: string, depth: number): Ref {
    const started = this.input.started.filter((one) => one.field === field && one.parent !== null && logics.includes(one.parent));
    const own = actorsOf([...new Set(started.flatMap(({ logic }) => logic ?? []))], started, field);
    const kept = logics.map((logic) => this.keptIn(logic, field, depth));
    return union(started.length > 0 ? [own, ...kept] : kept);
  }

  /** What a field of a machine's context is set to; probable where some of that is not known. */
  private keptIn(logic: Logic, field: string, depth: number): Ref {
    return this.once(`${logic.module}\n${field}`, () => {
      const values = this.input.fields.valuesOf(logic, field);
      const found = values.map((one) => this.resolve(one, depth + 1));
      const to = union(found);
      const isKnown = found.every(({ r }, i) => r !== "none" || speaksOf(field, values[i]!.e));
      return to.r === "actors" && !isKnown ? { ...to, probable: true } : to;
    });
  }

  /** Nothing for what is being looked up, since what an actor keeps it mostly keeps again; and each but once, since all may be kept in one another. */
  private once(key: string, find: () => Ref): Ref {
    const known = this.asked.get(key);
    if (known !== undefined) return known;
    const isFirst = this.asked.size === 0;
    this.asked.set(key, NONE);
    const found = find();
    if (isFirst) this.asked.clear();
    else this.asked.set(key, found);
    return found;
  }

  /** What an actor's state holds under a name. */
  private stateField({ code, module }: Logic, field: string, depth: number): Ref {
    if (code === null) return NONE;
    return this.once(`${module}\n${field}`, () => union(this.states.valuesOf(code, field).map((one) => this.resolve(one, depth + 1))));
  }

  /** What the parents of the actors give them under a name. */
  private inputField(logics: readonly Logic[], field: string, depth: number): Ref {
    const given = this.input.started.filter(({ logic, input }) => input !== null && logic !== null && logics.includes(logic));
    return union(
      given.slice(0, callerLimit).map(({ input }) => {
        const part = this.input.data.get(input, field);
        return part === null ? NONE : this.resolve(part, depth + 1);
      }),
    );
  }
}
