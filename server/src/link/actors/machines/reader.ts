/** Reads what machines, their functions and everybody else do with actors: starts, messages, effects. Pure. */
import type { CallExpression, Expression } from "../../../model/expression.ts";
import type { MachineAction } from "../../../model/logic-form.ts";
import { printName } from "../addresses.ts";
import { type Code, forEachPart, walkOwn } from "../code.ts";
import type { Program } from "../program.ts";
import type { Closed } from "../value.ts";
import { type ActionUse, actionOf, type Chart, eachAction, type Transition } from "./chart.ts";
import type { ContextFields } from "./context-fields.ts";
import type { Data } from "./data.ts";
import { isProduct, type Logic } from "./logic.ts";
import type { Ref, Role } from "./ref.ts";
import type { Refs } from "./refs.ts";
import type { Started } from "./started.ts";
import { type Origin, occasionOf, type Sent, type TransitionEffect } from "./world.ts";

export interface ReaderInput {
  readonly program: Program;
  readonly data: Data;
  readonly refs: Refs;
  readonly fields: ContextFields;
  readonly roles: ReadonlyMap<Code, readonly Role[]>;
  /** Added to while reading. */
  readonly started: Started[];
  /** Added to as well: which transitions run code. */
  readonly uses: Map<Code, { readonly logic: Logic; readonly transition: Transition }[]>;
  namedLogic(machine: Logic, name: string): Logic | null;
}

/** Where code is that is being read, in the machine's terms. */
interface Place {
  readonly logic: Logic;
  readonly transition: Transition | null;
  readonly origin: Origin;
}

export class Reader {
  readonly sent: Sent[] = [];
  readonly effects: TransitionEffect[] = [];
  private readonly input: ReaderInput;

  constructor(input: ReaderInput) {
    this.input = input;
  }

  /** First what machines start, then what they and others send: whom a message reaches depends on all that is started. */
  start(chart: Chart): void {
    for (const invoke of chart.invokes) {
      const { state } = invoke;
      this.input.started.push({
        parent: chart.logic,
        system: null,
        under: null,
        isRoot: false,
        logic: invoke.logic,
        id: invoke.id ?? invoke.source ?? invoke.logic?.name ?? null,
        systemId: invoke.systemId,
        cardinality: "one",
        condition: state.path === "" ? null : `in state ${state.path}`,
        origin: "init",
        certainty: invoke.logic === null ? "probable" : "certain",
        notes: invoke.handlesError ? ["failure handled by onError"] : [],
        onCrash: invoke.handlesError ? { answers: ["taken"] } : null,
        place: invoke.place,
        code: chart.logic.by.code,
        by: { e: { k: "unknown", at: invoke.place.at, parts: [] }, code: chart.logic.by.code, args: null },
        field: null,
        input: invoke.input,
      });
    }
    eachAction(chart, (use, transition) => {
      this.note(use, chart.logic, transition);
      if (use.kind === "call") this.startAction(use, { logic: chart.logic, transition, origin: { logic: chart.logic, transition } });
    });
    for (const code of chart.codes) this.startsIn(code, chart.logic);
  }

  /** What is sent is to be read again: more is known of whom it reaches. */
  forgetSent(): void {
    this.sent.length = this.effects.length = 0;
  }

  send(chart: Chart): void {
    eachAction(chart, (use, transition) => {
      const at = { logic: chart.logic, transition, origin: { logic: chart.logic, transition } };
      if (use.kind === "call") this.sendAction(actionOf(this.input.program, use), use.closed, at);
    });
  }

  /** An action by its name alone, as a method of what enqueues actions. */
  private actionNamed(name: string): MachineAction | null {
    for (const { operations } of this.input.program.tables)
      for (const { call, does } of operations) if (does.op === "action" && call.names.includes(name)) return does.action;
    return null;
  }

  /** Functions that a transition runs, itself or through an action that it is given to. */
  private note(use: ActionUse, logic: Logic, transition: Transition): void {
    const add = (code: Code): void => {
      const list = this.input.uses.get(code) ?? [];
      if (list.length < 64) list.push({ logic, transition });
      this.input.uses.set(code, list);
    };
    if (use.kind === "code") return add(use.code);
    const { e, code, args } = use.closed;
    const visit = (part: Expression): void => {
      if (part.k === "fn" || part.k === "funref") {
        const value = this.input.refs.evaluate({ e: part, code, args });
        if (value.v === "code") add(value.code);
      } else if (part.k === "call" || part.k === "map" || part.k === "list") forEachPart(part, visit);
    };
    if (e.k === "call") e.args.forEach(visit);
  }

  private startAction(use: Extract<ActionUse, { kind: "call" }>, at: Place): void {
    if (actionOf(this.input.program, use) === "spawn_child") this.spawn(use.closed, at, null);
  }

  /** `spawn(…)` and `enqueue.spawnChild(…)` in a function of a machine, and in the functions in it. */
  private startsIn(code: Code, logic: Logic): void {
    const use = this.input.uses.get(code)?.find((one) => one.logic === logic);
    const at: Place = { logic, transition: use?.transition ?? null, origin: { code } };
    const { refs } = this.input;
    const visit = (one: Code, isInner: boolean): void => {
      walkOwn(one.clause.body, (e) => {
        if (e.k !== "call") return true;
        const closed = { e, code: one, args: null };
        if (
          e.module === null
            ? refs.isGiven({ e: callee(e), code: one, args: null }, "spawn")
            : e.name === "spawnChild" && refs.isGiven({ e: e.module, code: one, args: null }, "enqueue")
        )
          this.spawn(closed, at, isInner ? "many" : null);
        else if (e.module === null && refs.isGiven({ e: callee(e), code: one, args: null }, "enqueue") && e.args[0] !== undefined) {
          const value = refs.evaluate({ e: e.args[0], code: one, args: null });
          if (value.v === "made") this.startAction({ kind: "call", closed: value.by, name: value.name, library: value.package }, at);
        }
        return true;
      });
      // What is enqueued runs once, as the function around it; any other function in it perhaps for each of several.
      for (const inner of one.inner.values()) visit(inner, isInner || !this.input.roles.has(inner));
    };
    visit(code, false);
  }

  private spawn(closed: Closed, { logic, transition }: Place, cardinality: "many" | null): void {
    const { e } = closed;
    const { data, refs, fields, started, namedLogic } = this.input;
    if (e.k !== "call" || e.args[0] === undefined || started.some(({ by, parent }) => by.e === e && parent === logic)) return;
    const src: Closed = { ...closed, e: e.args[0] };
    const options = e.args[1] === undefined ? null : { ...closed, e: e.args[1] };
    const source = data.text(src);
    const child = source === null ? (refs.logicsOf(src)[0] ?? null) : namedLogic(logic, source);
    const id = data.text(data.get(options, "id"));
    const isOnce = transition === null || (transition.kind === "entry" && transition.state.path === "");
    started.push({
      parent: logic,
      system: null,
      under: null,
      isRoot: false,
      logic: child,
      id,
      systemId: data.text(data.get(options, "systemId")),
      // An id of its own is a name: an actor of that name takes the place of the one before.
      cardinality: cardinality ?? (id !== null || isOnce ? "one" : "many"),
      condition: transition === null ? null : occasionOf(transition),
      origin: isOnce ? "init" : "dynamic",
      certainty: child === null ? "probable" : "certain",
      notes: [],
      onCrash: null,
      place: closed.code.place(e),
      code: closed.code,
      by: closed,
      field: fields.of(e),
      input: data.get(options, "input"),
    });
  }

  private sendAction(action: MachineAction | null, closed: Closed, at: Place): void {
    const { e } = closed;
    if (e.k !== "call" || action === null) return;
    const argument = (i: number): Closed | null => (e.args[i] === undefined ? null : { ...closed, e: e.args[i] });
    const place = closed.code.place(e);
    const effect = (kind: TransitionEffect["kind"], text: string): void => {
      if (at.transition !== null) this.effects.push({ logic: at.logic, transition: at.transition, kind, text, place });
    };
    switch (action) {
      case "send_to":
        return this.message(this.target(argument(0), at.logic), argument(1), closed, at);
      case "forward":
        return this.message(this.target(argument(0), at.logic), "same", closed, at);
      case "send_parent":
        return this.message(this.input.refs.parents([at.logic]), argument(0), closed, at, "the parent");
      case "raise":
        return this.message(this.input.refs.itself(at.logic), argument(0), closed, at, "itself");
      case "assign":
        return effect("assign", "changes its context");
      case "emit":
        return effect("emit", `emits ${this.typesOf(argument(0), at.transition)?.join(" or ") ?? "an event"}`);
      case "stop_child":
        return effect("stop", "stops a child");
      case "spawn_child":
        return effect("spawn", "starts a child");
      default:
    }
  }

  /** The id of a child, an actor, or a function that gives one. */
  private target(closed: Closed | null, logic: Logic): Ref {
    const { refs, data } = this.input;
    if (closed === null) return { r: "none" };
    const id = data.text(closed);
    if (id !== null) return refs.children([logic], id);
    const value = refs.evaluate(closed);
    if (value.v !== "code") return refs.everywhere(closed);
    for (const e of value.code.parts.results) {
      const one: Closed = { e, code: value.code, args: null };
      const found = refs.everywhere(one);
      if (found.r === "actors") return found;
      const named = data.text(one);
      if (named !== null) return refs.children([logic], named);
    }
    return { r: "none" };
  }

  private message(to: Ref, event: Closed | "same" | null, closed: Closed, at: Place, words?: string): void {
    const { e, code } = closed;
    const same = at.transition?.kind === "event" ? [at.transition.event] : null;
    const [first] = e.k === "call" ? e.args : [];
    this.sent.push({
      from: at.origin,
      place: code.place(e),
      mode: "cast",
      to: to.r === "actors" ? to : null,
      target: words ?? (first === undefined ? "an actor" : first.k === "text" ? first.value : printName(first)),
      tags: event === "same" ? same : this.typesOf(event, at.transition),
      event: event === "same" || this.input.refs.isHandedOn(event) ? at.logic : event,
      timeout: null,
      dropped: false,
    });
  }

  /** The types of the events that an expression, or what a function gives, may be. */
  typesOf(event: Closed | null, transition: Transition | null): readonly string[] | null {
    const { data, refs } = this.input;
    if (event === null) return null;
    const text = data.text(event);
    if (text !== null) return [text];
    const type = data.get(event, "type");
    if (type !== null) {
      const known = data.text(type);
      return known !== null ? [known] : this.choices(type);
    }
    const value = refs.evaluate(event);
    const results =
      value.v === "code" ? value.code.parts.results.map((e): Closed => ({ e, code: (value as { code: Code }).code, args: null })) : [];
    if (results.length === 1 && transition?.kind === "event" && refs.isEvent(results[0]!)) return [transition.event];
    const found = results.flatMap((one) => (one.e.k === "map" || one.e.k === "branch" ? (this.typesOf(one, transition) ?? []) : []));
    if (found.length > 0) return [...new Set(found)];
    return event.e.k === "branch" ? this.choices(event) : null;
  }

  /** `ok ? "done" : "failed"`, or of two events. */
  private choices({ e, code, args }: Closed): readonly string[] | null {
    if (e.k !== "branch") return null;
    const all = e.clauses.map(({ body }) => this.typesOf({ e: body, code, args }, null));
    return all.some((one) => one === null) ? null : [...new Set(all.flatMap((one) => one ?? []))];
  }

  /** What any code sends to actors: calls of `send`, and of functions that send. */
  sendsIn(code: Code): void {
    const { refs } = this.input;
    walkOwn(code.clause.body, (e) => {
      if (e.k !== "call") return true;
      const closed: Closed = { e, code, args: null };
      const to = e.module !== null ? (e.name === "send" ? refs.actors({ ...closed, e: e.module }) : null) : this.calledSender(e, code);
      if (to !== null && isProduct(code)) this.sentBy(e, closed, to);
      else this.enqueued(e, closed);
      return true;
    });
  }

  private roleOf(code: Code): Logic | null {
    for (let at: Code | null = code; at !== null; at = at.parent) {
      const role = this.input.roles.get(at)?.[0];
      if (role !== undefined) return role.logic;
    }
    return null;
  }

  private sentBy(e: CallExpression, closed: Closed, to: Extract<Ref, { r: "actors" }>): void {
    const event = e.args[0] === undefined ? null : { ...closed, e: e.args[0] };
    const tags = this.typesOf(event, null) ?? this.typesInCalls(event);
    this.sent.push({
      from: { code: closed.code },
      place: closed.code.place(e),
      mode: "cast",
      to,
      target: to.text,
      tags,
      event,
      timeout: null,
      dropped: false,
    });
  }

  /** An event that a function is given: what its calls give it. */
  private typesInCalls(event: Closed | null): readonly string[] | null {
    if (event === null) return null;
    const found = this.input.refs.variantsOf(event).map((one) => (one.args === null ? null : this.typesOf(one, null)));
    return found.some((one) => one === null) ? null : [...new Set(found.flatMap((one) => one ?? []))];
  }

  /** `send({ type })` of a hook, `sendBack`; a name that no code binds to such is none. */
  private calledSender(e: CallExpression, code: Code): Extract<Ref, { r: "actors" }> | null {
    for (let at: Code | null = code; at !== null; at = at.parent) {
      const bound = at.bound(e.name, { at: e.nameAt });
      if (bound === null) continue;
      const isPart =
        bound.way.length > 0 ||
        bound.value === null ||
        (bound.value.k === "field" && bound.value.key.k === "atom" && bound.value.key.value === "send");
      const ref = isPart ? this.input.refs.everywhere({ e: callee(e), code, args: null }) : null;
      return ref?.r === "sender" ? ref.to : null;
    }
    return null;
  }

  /** `enqueue.sendTo(…)`, `enqueue(sendTo(…))`. */
  private enqueued(e: CallExpression, closed: Closed): void {
    const { refs } = this.input;
    const logic = this.roleOf(closed.code);
    if (logic === null) return;
    const at: Place = { logic, transition: null, origin: { code: closed.code } };
    if (e.module !== null) {
      const action = this.actionNamed(e.name);
      if (action !== null && refs.isGiven({ ...closed, e: e.module }, "enqueue")) this.sendAction(action, closed, at);
      return;
    }
    if (e.args[0] === undefined || !refs.isGiven({ ...closed, e: callee(e) }, "enqueue")) return;
    const value = refs.evaluate({ ...closed, e: e.args[0] });
    if (value.v === "made")
      this.sendAction(
        actionOf(this.input.program, { kind: "call", closed: value.by, name: value.name, library: value.package }),
        value.by,
        at,
      );
  }
}

function callee(e: CallExpression): Expression {
  return { k: "variable", at: e.nameAt, name: e.name };
}
