/**
 * A machine's configuration as a statechart: states, the transitions in each, what they do, and the actors that a state invokes. The form is that of SCXML
 * (https://www.w3.org/TR/scxml/) as JSON: `states`, `on`, `after`, `always`, `entry`, `exit`, `invoke`. Pure.
 */
import type { Expression } from "../../../model/expression.ts";
import type { MachineAction } from "../../../model/logic-form.ts";
import type { Place } from "../../../model/topology.ts";
import { type Code, forEachPart } from "../code.ts";
import type { Evaluator } from "../evaluate.ts";
import type { Program } from "../program.ts";
import type { Closed } from "../value.ts";
import type { Data } from "./data.ts";
import type { Logic, Logics } from "./logic.ts";

/** More than people write; what is beyond is left out. */
const stateLimit = 4000;
const depthLimit = 40;

export interface ChartState {
  /** `upload.retrying`; empty for the machine itself. */
  readonly path: string;
  readonly place: Place;
}

export type TransitionKind = "event" | "after" | "always" | "done" | "error" | "snapshot" | "entry" | "exit";

export interface Transition {
  readonly state: ChartState;
  readonly kind: TransitionKind;
  /** The event's type as written, `*` among it; a delay; the id of an invoked actor. */
  readonly event: string;
  /** Of what names it. */
  readonly place: Place;
  readonly guarded: boolean;
  readonly actions: readonly ActionUse[];
}

/** An action of a transition: a call that makes one, or a function. */
export type ActionUse =
  | { readonly kind: "call"; readonly closed: Closed; readonly library: string; readonly name: string }
  | { readonly kind: "code"; readonly code: Code; readonly place: Place };

export interface Invoke {
  readonly state: ChartState;
  readonly place: Place;
  readonly logic: Logic | null;
  /** `src` where it is a name. */
  readonly source: string | null;
  readonly id: string | null;
  readonly systemId: string | null;
  readonly input: Closed | null;
  readonly handlesError: boolean;
}

export interface Chart {
  readonly logic: Logic;
  readonly states: readonly ChartState[];
  readonly transitions: readonly Transition[];
  readonly invokes: readonly Invoke[];
  readonly context: Closed | null;
  /** Functions that stand in it or in what it is provided with. */
  readonly codes: ReadonlySet<Code>;
}

/** What an action that a call makes does, which the library's table says; null for any other call. */
export function actionOf(program: Program, { library, name }: Extract<ActionUse, { kind: "call" }>): MachineAction | null {
  const row = program.rows.ofPackage(library, name)?.does;
  return row?.op === "action" ? row.action : null;
}

/** Each use of an action, with the transition that it is an action of. */
export function eachAction({ transitions }: Chart, see: (use: ActionUse, transition: Transition) => void): void {
  for (const transition of transitions) for (const use of transition.actions) see(use, transition);
}

export class Charts {
  private readonly data: Data;
  private readonly logics: Logics;
  private readonly evaluator: Evaluator;
  /** Implementations that code provides to a machine apart from where it is made. */
  private readonly provided: ReadonlyMap<Logic, readonly Closed[]>;

  constructor(data: Data, logics: Logics, evaluator: Evaluator, provided: ReadonlyMap<Logic, readonly Closed[]>) {
    this.data = data;
    this.logics = logics;
    this.evaluator = evaluator;
    this.provided = provided;
  }

  read(logic: Logic): Chart {
    const { e, code, args } = logic.by;
    const config = e.k === "call" && e.args[0] !== undefined ? { e: e.args[0], code, args } : null;
    const implementations = this.implementationsOf(logic);
    const reader = new ChartReader(logic, this.data, this.logics, this.evaluator, implementations, (name) => this.namedLogic(logic, name));
    if (config !== null) reader.state(config, "", logic.place, 0);
    for (const one of config === null ? implementations : [config, ...implementations]) reader.functionsIn(one.e, one);
    return reader.chart(this.data.get(config, "context"));
  }

  /** The logic that a machine knows by a name; a name may be declared in one place and given a meaning in another. */
  namedLogic(machine: Logic, name: string): Logic | null {
    const named = (one: Closed): Logic | null => {
      const found = this.data.get(this.data.get(one, "actors"), name);
      return found === null ? null : this.logics.of(found);
    };
    // What is provided takes the place of what `setup` says, which may be there for the types alone.
    const provided = new Set((this.provided.get(machine) ?? []).flatMap((one) => named(one) ?? []));
    if (provided.size === 1) return [...provided][0]!;
    for (const one of this.implementationsOf(machine)) {
      const logic = named(one);
      if (logic !== null) return logic;
    }
    return null;
  }

  /** Objects with `actors`, `actions` … by name: of `setup`, of the second argument, of `provide`. */
  implementationsOf(logic: Logic): readonly Closed[] {
    const found: Closed[] = [];
    const { e, code, args } = logic.by;
    if (e.k !== "call") return found;
    if (e.args[1] !== undefined) found.push({ e: e.args[1], code, args });
    let base: Closed | null = e.module === null ? null : { e: e.module, code, args };
    for (let hops = 0; base !== null && hops < 8; hops++) {
      const value = this.evaluator.evaluate(base);
      if (value.v !== "made" || value.by.e.k !== "call") break;
      const { by } = value;
      const call = value.by.e;
      if (call.args[0] !== undefined) found.push({ ...by, e: call.args[0] });
      base = call.module === null ? null : { ...by, e: call.module };
    }
    return [...found, ...(this.provided.get(logic) ?? [])];
  }
}

class ChartReader {
  private readonly logic: Logic;
  private readonly data: Data;
  private readonly logics: Logics;
  private readonly evaluator: Evaluator;
  private readonly implementations: readonly Closed[];
  private readonly states: ChartState[] = [];
  private readonly transitions: Transition[] = [];
  private readonly invokes: Invoke[] = [];
  private readonly codes = new Set<Code>();
  /** Objects that have been looked into by their names. */
  private readonly followed = new Set<Expression>();

  private readonly namedLogic: (name: string) => Logic | null;

  constructor(
    logic: Logic,
    data: Data,
    logics: Logics,
    evaluator: Evaluator,
    implementations: readonly Closed[],
    namedLogic: (name: string) => Logic | null,
  ) {
    this.namedLogic = namedLogic;
    this.logic = logic;
    this.data = data;
    this.logics = logics;
    this.evaluator = evaluator;
    this.implementations = implementations;
  }

  chart(context: Closed | null): Chart {
    const { logic, states, transitions, invokes, codes } = this;
    return { logic, states, transitions, invokes, codes, context };
  }

  state(config: Closed, path: string, place: Place, depth: number): void {
    if (depth > depthLimit || this.states.length >= stateLimit) return;
    const state: ChartState = { path, place };
    this.states.push(state);
    for (const { key, place: at, value } of this.data.entries(config)) {
      if (key === "on") for (const one of this.data.entries(value)) this.transition(state, "event", one.key, one.place, one.value);
      else if (key === "after") for (const one of this.data.entries(value)) this.transition(state, "after", one.key, one.place, one.value);
      else if (key === "always") this.transition(state, "always", "always", at, value);
      else if (key === "onDone") this.transition(state, "done", path, at, value);
      else if (key === "entry" || key === "exit") this.add(state, key, key, at, false, this.actions(value));
      else if (key === "invoke") for (const one of this.data.items(value)) this.invoke(state, one);
      else if (key === "states")
        for (const one of this.data.entries(value))
          this.state(one.value, path === "" ? one.key : `${path}.${one.key}`, one.place, depth + 1);
    }
  }

  private add(state: ChartState, kind: TransitionKind, event: string, place: Place, guarded: boolean, actions: readonly ActionUse[]): void {
    this.transitions.push({ state, kind, event, place, guarded, actions });
  }

  /** One clause for each of a list's transitions: which of them is taken their guards decide. */
  private transition(state: ChartState, kind: TransitionKind, event: string, place: Place, value: Closed): void {
    const items = this.data.items(value);
    const all = items.flatMap((item) => this.actions(this.data.get(item, "actions")));
    const guarded = items.length > 0 && items.every((item) => this.data.get(item, "guard") !== null);
    this.add(state, kind, event, place, guarded, all);
  }

  private invoke(state: ChartState, config: Closed): void {
    const src = this.data.get(config, "src");
    if (src === null) return;
    const source = this.data.text(src);
    const id = this.data.text(this.data.get(config, "id"));
    const logic = source === null ? this.logics.of(src) : this.namedLogic(source);
    let handlesError = false;
    for (const { key, place, value } of this.data.entries(config)) {
      const kind = key === "onDone" ? "done" : key === "onError" ? "error" : key === "onSnapshot" ? "snapshot" : null;
      if (kind === null) continue;
      if (kind === "error") handlesError = true;
      this.transition(state, kind, id ?? source ?? logic?.name ?? "", place, value);
    }
    this.invokes.push({
      state,
      place: src.code.place(src.e),
      logic,
      source,
      id,
      systemId: this.data.text(this.data.get(config, "systemId")),
      input: this.data.get(config, "input"),
      handlesError,
    });
  }

  private named(what: string, name: string): Closed | null {
    for (const one of this.implementations) {
      const found = this.data.get(this.data.get(one, what), name);
      if (found !== null) return found;
    }
    return null;
  }

  private actions(closed: Closed | null, hops = 0): readonly ActionUse[] {
    return this.data.items(closed).flatMap((item) => this.action(item, hops));
  }

  private action(item: Closed, hops: number): readonly ActionUse[] {
    if (hops > 6) return [];
    const value = this.evaluator.evaluate(item);
    if (value.v === "code") return [{ kind: "code", code: value.code, place: item.code.place(item.e) }];
    if (value.v === "made") return [{ kind: "call", closed: value.by, library: value.package, name: value.name }];
    const name = value.v === "text" ? value.text : this.data.text(this.data.get(item, "type"));
    const found = name === null ? null : this.named("actions", name);
    return found === null ? [] : this.actions(found, hops + 1);
  }

  /** Functions of the machine itself: those of logic that it only names or holds run in actors of their own. */
  functionsIn(e: Expression, closed: Closed): void {
    const { code, args } = closed;
    if (e.k === "call" && this.logics.of({ e, code, args }) !== null) return;
    if (e.k === "fn" || e.k === "funref") {
      const value = this.evaluator.evaluate({ e, code, args });
      if (value.v === "code") this.functionsOf(value.code);
      return;
    }
    if (e.k === "variable") return this.functionsNamed({ e, code, args });
    if (e.k === "field") return;
    forEachPart(e, (part) => this.functionsIn(part, closed));
  }

  /** A function, and those of actions that it enqueues: `enqueue(sendTo(({ event }) => …, …))`. */
  private functionsOf(code: Code): void {
    this.codes.add(code);
    for (const e of code.parts.calls) {
      const value = e.args.some(({ k }) => k === "fn") ? this.evaluator.evaluate({ e, code, args: null }) : null;
      const row = value?.v === "made" ? this.evaluator.program.rows.ofPackage(value.package, value.name) : null;
      if (row?.does.op === "action") for (const argument of e.args) this.functionsIn(argument, { e: argument, code, args: null });
    }
  }

  /** A function, or an object with functions, that is named instead of written out. */
  private functionsNamed(closed: Closed): void {
    const value = this.evaluator.evaluate(closed);
    if (value.v === "code") this.functionsOf(value.code);
    if (value.v !== "object" && value.v !== "made") return;
    const { e } = value.v === "object" ? value.of : value.by;
    if (this.followed.has(e) || this.logics.of(closed) !== null) return;
    this.followed.add(e);
    if (value.v === "object") this.functionsIn(e, value.of);
    else if (e.k === "call") for (const argument of e.args) this.functionsIn(argument, value.by);
  }
}
